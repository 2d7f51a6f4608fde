// Written by dictionaries/Generate.cs from dictionary.nomadix: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>Nomadix (vendor 3309).</summary>
public static class Nomadix
{
    /// <summary>Nomadix-Bw-Up (26.3309.1): integer; kbit/s from the client.</summary>
    public static readonly AttributeKey<uint> BwUp =
        new("Nomadix-Bw-Up", AttributePath.OfVendor(3309, 1), Codecs.Integer);

    /// <summary>Nomadix-Bw-Down (26.3309.2): integer; kbit/s to the client.</summary>
    public static readonly AttributeKey<uint> BwDown =
        new("Nomadix-Bw-Down", AttributePath.OfVendor(3309, 2), Codecs.Integer);

    /// <summary>Nomadix-MaxBytesUp (26.3309.7): integer; octets from the client.</summary>
    public static readonly AttributeKey<uint> MaxBytesUp =
        new("Nomadix-MaxBytesUp", AttributePath.OfVendor(3309, 7), Codecs.Integer);

    /// <summary>Nomadix-MaxBytesDown (26.3309.8): integer; octets to the client.</summary>
    public static readonly AttributeKey<uint> MaxBytesDown =
        new("Nomadix-MaxBytesDown", AttributePath.OfVendor(3309, 8), Codecs.Integer);

    /// <summary>Nomadix-Qos-Policy (26.3309.14): string.</summary>
    public static readonly AttributeKey<string> QosPolicy =
        new("Nomadix-Qos-Policy", AttributePath.OfVendor(3309, 14), Codecs.Text);

    /// <summary>Nomadix-Group-Policy-Id (26.3309.19): integer.</summary>
    public static readonly AttributeKey<uint> GroupPolicyId =
        new("Nomadix-Group-Policy-Id", AttributePath.OfVendor(3309, 19), Codecs.Integer);

    /// <summary>Nomadix-Group-Bw-Max-Up (26.3309.20): integer.</summary>
    public static readonly AttributeKey<uint> GroupBwMaxUp =
        new("Nomadix-Group-Bw-Max-Up", AttributePath.OfVendor(3309, 20), Codecs.Integer);

    /// <summary>Nomadix-Group-Bw-Max-Down (26.3309.21): integer.</summary>
    public static readonly AttributeKey<uint> GroupBwMaxDown =
        new("Nomadix-Group-Bw-Max-Down", AttributePath.OfVendor(3309, 21), Codecs.Integer);

    /// <summary>Nomadix-URL-Redirection (26.3309.3): string; where the client is sent after logging in.</summary>
    public static readonly AttributeKey<string> UrlRedirection =
        new("Nomadix-URL-Redirection", AttributePath.OfVendor(3309, 3), Codecs.Text);

    /// <summary>Nomadix-EndofSession (26.3309.9): integer.</summary>
    public static readonly AttributeKey<uint> EndofSession =
        new("Nomadix-EndofSession", AttributePath.OfVendor(3309, 9), Codecs.Integer);

    /// <summary>Nomadix-Logoff-URL (26.3309.10): string.</summary>
    public static readonly AttributeKey<string> LogoffUrl =
        new("Nomadix-Logoff-URL", AttributePath.OfVendor(3309, 10), Codecs.Text);

    /// <summary>Nomadix-Config-URL (26.3309.12): string.</summary>
    public static readonly AttributeKey<string> ConfigUrl =
        new("Nomadix-Config-URL", AttributePath.OfVendor(3309, 12), Codecs.Text);

    /// <summary>Nomadix-Goodbye-URL (26.3309.13): string.</summary>
    public static readonly AttributeKey<string> GoodbyeUrl =
        new("Nomadix-Goodbye-URL", AttributePath.OfVendor(3309, 13), Codecs.Text);

    /// <summary>Nomadix-IP-Upsell (26.3309.4): integer.</summary>
    public static readonly AttributeKey<uint> IPUpsell =
        new("Nomadix-IP-Upsell", AttributePath.OfVendor(3309, 4), Codecs.Integer);

    /// <summary>Nomadix-Subnet (26.3309.6): string.</summary>
    public static readonly AttributeKey<string> Subnet =
        new("Nomadix-Subnet", AttributePath.OfVendor(3309, 6), Codecs.Text);

    /// <summary>Nomadix-Net-VLAN (26.3309.11): integer.</summary>
    public static readonly AttributeKey<uint> NetVlan =
        new("Nomadix-Net-VLAN", AttributePath.OfVendor(3309, 11), Codecs.Integer);

    /// <summary>Nomadix-Expiration (26.3309.5): string.</summary>
    public static readonly AttributeKey<string> Expiration =
        new("Nomadix-Expiration", AttributePath.OfVendor(3309, 5), Codecs.Text);

    /// <summary>Nomadix-SMTP-Redirect (26.3309.17): integer.</summary>
    public static readonly AttributeKey<uint> SmtpRedirect =
        new("Nomadix-SMTP-Redirect", AttributePath.OfVendor(3309, 17), Codecs.Integer);

    /// <summary>Nomadix-Centralized-Mgmt (26.3309.18): string.</summary>
    public static readonly AttributeKey<string> CentralizedMgmt =
        new("Nomadix-Centralized-Mgmt", AttributePath.OfVendor(3309, 18), Codecs.Text);
}

/// <summary>Values of Nomadix-IP-Upsell (26.3309.4).</summary>
public enum NomadixIPUpsell : uint
{
    /// <summary>PrivatePool.</summary>
    PrivatePool = 0,

    /// <summary>PublicPool.</summary>
    PublicPool = 1,
}
