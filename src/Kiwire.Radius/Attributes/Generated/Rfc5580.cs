// Written by dictionaries/Generate.cs from dictionary.rfc5580: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 5580: Carrying Location Objects in RADIUS.</summary>
public static class Rfc5580
{
    /// <summary>Operator-Name (126): string.</summary>
    public static readonly AttributeKey<string> OperatorName =
        new("Operator-Name", AttributePath.Standard(126), Codecs.Text);

    /// <summary>Location-Information (127): octets.</summary>
    public static readonly AttributeKey<byte[]> LocationInformation =
        new("Location-Information", AttributePath.Standard(127), Codecs.Octets);

    /// <summary>Location-Data (128): octets.</summary>
    public static readonly AttributeKey<byte[]> LocationData =
        new("Location-Data", AttributePath.Standard(128), Codecs.Octets);

    /// <summary>Basic-Location-Policy-Rules (129): octets.</summary>
    public static readonly AttributeKey<byte[]> BasicLocationPolicyRules =
        new("Basic-Location-Policy-Rules", AttributePath.Standard(129), Codecs.Octets);

    /// <summary>Extended-Location-Policy-Rules (130): string.</summary>
    public static readonly AttributeKey<string> ExtendedLocationPolicyRules =
        new("Extended-Location-Policy-Rules", AttributePath.Standard(130), Codecs.Text);

    /// <summary>Location-Capable (131): integer.</summary>
    public static readonly AttributeKey<uint> LocationCapable =
        new("Location-Capable", AttributePath.Standard(131), Codecs.Integer);

    /// <summary>Requested-Location-Info (132): integer.</summary>
    public static readonly AttributeKey<uint> RequestedLocationInfo =
        new("Requested-Location-Info", AttributePath.Standard(132), Codecs.Integer);
}

/// <summary>Values of Location-Capable (131).</summary>
public enum LocationCapable : uint
{
    /// <summary>Civic-Location.</summary>
    CivicLocation = 1,

    /// <summary>Geo-Location.</summary>
    GeoLocation = 2,

    /// <summary>Users-Location.</summary>
    UsersLocation = 4,

    /// <summary>NAS-Location.</summary>
    NasLocation = 8,
}

/// <summary>Values of Requested-Location-Info (132).</summary>
public enum RequestedLocationInfo : uint
{
    /// <summary>Civic-Location.</summary>
    CivicLocation = 1,

    /// <summary>Geo-Location.</summary>
    GeoLocation = 2,

    /// <summary>Users-Location.</summary>
    UsersLocation = 4,

    /// <summary>NAS-Location.</summary>
    NasLocation = 8,

    /// <summary>Future-Requests.</summary>
    FutureRequests = 16,

    /// <summary>None.</summary>
    None = 32,
}
