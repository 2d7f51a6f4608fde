// Written by dictionaries/Generate.cs from dictionary.airespace: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>Cisco Wireless LAN Controller, formerly Airespace (vendor 14179).</summary>
public static class Airespace
{
    /// <summary>Airespace-Wlan-Id (26.14179.1): integer.</summary>
    public static readonly AttributeKey<uint> WlanId =
        new("Airespace-Wlan-Id", AttributePath.OfVendor(14179, 1), Codecs.Integer);

    /// <summary>Airespace-Interface-Name (26.14179.5): string; an interface on the controller, so a VLAN.</summary>
    public static readonly AttributeKey<string> InterfaceName =
        new("Airespace-Interface-Name", AttributePath.OfVendor(14179, 5), Codecs.Text);

    /// <summary>Airespace-ACL-Name (26.14179.6): string; an access list on the controller.</summary>
    public static readonly AttributeKey<string> AclName =
        new("Airespace-ACL-Name", AttributePath.OfVendor(14179, 6), Codecs.Text);

    /// <summary>Airespace-Guest-Role-Name (26.14179.11): string.</summary>
    public static readonly AttributeKey<string> GuestRoleName =
        new("Airespace-Guest-Role-Name", AttributePath.OfVendor(14179, 11), Codecs.Text);

    /// <summary>Airespace-QOS-Level (26.14179.2): integer.</summary>
    public static readonly AttributeKey<uint> QosLevel =
        new("Airespace-QOS-Level", AttributePath.OfVendor(14179, 2), Codecs.Integer);

    /// <summary>Airespace-DSCP (26.14179.3): integer.</summary>
    public static readonly AttributeKey<uint> Dscp =
        new("Airespace-DSCP", AttributePath.OfVendor(14179, 3), Codecs.Integer);

    /// <summary>Airespace-8021p-Tag (26.14179.4): integer.</summary>
    public static readonly AttributeKey<uint> Airespace8021pTag =
        new("Airespace-8021p-Tag", AttributePath.OfVendor(14179, 4), Codecs.Integer);

    /// <summary>Airespace-Data-Bandwidth-Average-Contract (26.14179.7): integer.</summary>
    public static readonly AttributeKey<uint> DataBandwidthAverageContract =
        new("Airespace-Data-Bandwidth-Average-Contract", AttributePath.OfVendor(14179, 7), Codecs.Integer);

    /// <summary>Airespace-Real-Time-Bandwidth-Average-Contract (26.14179.8): integer.</summary>
    public static readonly AttributeKey<uint> RealTimeBandwidthAverageContract =
        new("Airespace-Real-Time-Bandwidth-Average-Contract", AttributePath.OfVendor(14179, 8), Codecs.Integer);

    /// <summary>Airespace-Data-Bandwidth-Burst-Contract (26.14179.9): integer.</summary>
    public static readonly AttributeKey<uint> DataBandwidthBurstContract =
        new("Airespace-Data-Bandwidth-Burst-Contract", AttributePath.OfVendor(14179, 9), Codecs.Integer);

    /// <summary>Airespace-Real-Time-Bandwidth-Burst-Contract (26.14179.10): integer.</summary>
    public static readonly AttributeKey<uint> RealTimeBandwidthBurstContract =
        new("Airespace-Real-Time-Bandwidth-Burst-Contract", AttributePath.OfVendor(14179, 10), Codecs.Integer);

    /// <summary>Airespace-Data-Bandwidth-Average-Contract-Upstream (26.14179.13): integer.</summary>
    public static readonly AttributeKey<uint> DataBandwidthAverageContractUpstream =
        new("Airespace-Data-Bandwidth-Average-Contract-Upstream", AttributePath.OfVendor(14179, 13), Codecs.Integer);

    /// <summary>Airespace-Real-Time-Bandwidth-Average-Contract-Upstream (26.14179.14): integer.</summary>
    public static readonly AttributeKey<uint> RealTimeBandwidthAverageContractUpstream =
        new("Airespace-Real-Time-Bandwidth-Average-Contract-Upstream", AttributePath.OfVendor(14179, 14), Codecs.Integer);

    /// <summary>Airespace-Data-Bandwidth-Burst-Contract-Upstream (26.14179.15): integer.</summary>
    public static readonly AttributeKey<uint> DataBandwidthBurstContractUpstream =
        new("Airespace-Data-Bandwidth-Burst-Contract-Upstream", AttributePath.OfVendor(14179, 15), Codecs.Integer);

    /// <summary>Airespace-Real-Time-Bandwidth-Burst-Contract-Upstream (26.14179.16): integer.</summary>
    public static readonly AttributeKey<uint> RealTimeBandwidthBurstContractUpstream =
        new("Airespace-Real-Time-Bandwidth-Burst-Contract-Upstream", AttributePath.OfVendor(14179, 16), Codecs.Integer);
}

/// <summary>Values of Airespace-QOS-Level (26.14179.2).</summary>
public enum AirespaceQosLevel : uint
{
    /// <summary>Silver.</summary>
    Silver = 0,

    /// <summary>Gold.</summary>
    Gold = 1,

    /// <summary>Platinum.</summary>
    Platinum = 2,

    /// <summary>Bronze.</summary>
    Bronze = 3,
}
