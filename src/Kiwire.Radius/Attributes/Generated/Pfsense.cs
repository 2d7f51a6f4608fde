// Written by dictionaries/Generate.cs from dictionary.pfsense: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>pfSense (vendor 13644).</summary>
public static class Pfsense
{
    /// <summary>pfSense-Bandwidth-Max-Up (26.13644.1): integer; from the client.</summary>
    public static readonly AttributeKey<uint> BandwidthMaxUp =
        new("pfSense-Bandwidth-Max-Up", AttributePath.OfVendor(13644, 1), Codecs.Integer);

    /// <summary>pfSense-Bandwidth-Max-Down (26.13644.2): integer; to the client.</summary>
    public static readonly AttributeKey<uint> BandwidthMaxDown =
        new("pfSense-Bandwidth-Max-Down", AttributePath.OfVendor(13644, 2), Codecs.Integer);

    /// <summary>pfSense-Max-Total-Octets (26.13644.3): integer; octets both ways.</summary>
    public static readonly AttributeKey<uint> MaxTotalOctets =
        new("pfSense-Max-Total-Octets", AttributePath.OfVendor(13644, 3), Codecs.Integer);
}
