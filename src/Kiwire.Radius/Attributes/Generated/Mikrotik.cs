// Written by dictionaries/Generate.cs from dictionary.mikrotik: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>MikroTik RouterOS (vendor 14988).</summary>
public static class Mikrotik
{
    /// <summary>Mikrotik-Recv-Limit (26.14988.1): integer; octets from the client.</summary>
    public static readonly AttributeKey<uint> RecvLimit =
        new("Mikrotik-Recv-Limit", AttributePath.OfVendor(14988, 1), Codecs.Integer);

    /// <summary>Mikrotik-Xmit-Limit (26.14988.2): integer; octets to the client.</summary>
    public static readonly AttributeKey<uint> XmitLimit =
        new("Mikrotik-Xmit-Limit", AttributePath.OfVendor(14988, 2), Codecs.Integer);

    /// <summary>Mikrotik-Rate-Limit (26.14988.8): string; rx/tx, then optional burst rates, thresholds, times, priority and least rates; beats all other rate attributes.</summary>
    public static readonly AttributeKey<string> RateLimit =
        new("Mikrotik-Rate-Limit", AttributePath.OfVendor(14988, 8), Codecs.Text);

    /// <summary>Mikrotik-Recv-Limit-Gigawords (26.14988.14): integer; times 2^32 octets from the client.</summary>
    public static readonly AttributeKey<uint> RecvLimitGigawords =
        new("Mikrotik-Recv-Limit-Gigawords", AttributePath.OfVendor(14988, 14), Codecs.Integer);

    /// <summary>Mikrotik-Xmit-Limit-Gigawords (26.14988.15): integer; times 2^32 octets to the client.</summary>
    public static readonly AttributeKey<uint> XmitLimitGigawords =
        new("Mikrotik-Xmit-Limit-Gigawords", AttributePath.OfVendor(14988, 15), Codecs.Integer);

    /// <summary>Mikrotik-Total-Limit (26.14988.17): integer; octets both ways.</summary>
    public static readonly AttributeKey<uint> TotalLimit =
        new("Mikrotik-Total-Limit", AttributePath.OfVendor(14988, 17), Codecs.Integer);

    /// <summary>Mikrotik-Total-Limit-Gigawords (26.14988.18): integer; times 2^32 octets both ways.</summary>
    public static readonly AttributeKey<uint> TotalLimitGigawords =
        new("Mikrotik-Total-Limit-Gigawords", AttributePath.OfVendor(14988, 18), Codecs.Integer);

    /// <summary>Mikrotik-Group (26.14988.3): string; the router's user group or hotspot profile.</summary>
    public static readonly AttributeKey<string> Group =
        new("Mikrotik-Group", AttributePath.OfVendor(14988, 3), Codecs.Text);

    /// <summary>Mikrotik-Realm (26.14988.9): string.</summary>
    public static readonly AttributeKey<string> Realm =
        new("Mikrotik-Realm", AttributePath.OfVendor(14988, 9), Codecs.Text);

    /// <summary>Mikrotik-Host-IP (26.14988.10): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> HostIP =
        new("Mikrotik-Host-IP", AttributePath.OfVendor(14988, 10), Codecs.IPv4Address);

    /// <summary>Mikrotik-Mark-Id (26.14988.11): string.</summary>
    public static readonly AttributeKey<string> MarkId =
        new("Mikrotik-Mark-Id", AttributePath.OfVendor(14988, 11), Codecs.Text);

    /// <summary>Mikrotik-Address-List (26.14988.19): string; a firewall address list for the client.</summary>
    public static readonly AttributeKey<string> AddressList =
        new("Mikrotik-Address-List", AttributePath.OfVendor(14988, 19), Codecs.Text);

    /// <summary>Mikrotik-Switching-Filter (26.14988.30): string.</summary>
    public static readonly AttributeKey<string> SwitchingFilter =
        new("Mikrotik-Switching-Filter", AttributePath.OfVendor(14988, 30), Codecs.Text);

    /// <summary>Mikrotik-Advertise-URL (26.14988.12): string.</summary>
    public static readonly AttributeKey<string> AdvertiseUrl =
        new("Mikrotik-Advertise-URL", AttributePath.OfVendor(14988, 12), Codecs.Text);

    /// <summary>Mikrotik-Advertise-Interval (26.14988.13): integer; seconds.</summary>
    public static readonly AttributeKey<uint> AdvertiseInterval =
        new("Mikrotik-Advertise-Interval", AttributePath.OfVendor(14988, 13), Codecs.Integer);

    /// <summary>Mikrotik-Wireless-Forward (26.14988.4): integer.</summary>
    public static readonly AttributeKey<uint> WirelessForward =
        new("Mikrotik-Wireless-Forward", AttributePath.OfVendor(14988, 4), Codecs.Integer);

    /// <summary>Mikrotik-Wireless-Skip-Dot1x (26.14988.5): integer.</summary>
    public static readonly AttributeKey<uint> WirelessSkipDot1x =
        new("Mikrotik-Wireless-Skip-Dot1x", AttributePath.OfVendor(14988, 5), Codecs.Integer);

    /// <summary>Mikrotik-Wireless-Enc-Algo (26.14988.6): integer.</summary>
    public static readonly AttributeKey<uint> WirelessEncAlgo =
        new("Mikrotik-Wireless-Enc-Algo", AttributePath.OfVendor(14988, 6), Codecs.Integer);

    /// <summary>Mikrotik-Wireless-Enc-Key (26.14988.7): string.</summary>
    public static readonly AttributeKey<string> WirelessEncKey =
        new("Mikrotik-Wireless-Enc-Key", AttributePath.OfVendor(14988, 7), Codecs.Text);

    /// <summary>Mikrotik-Wireless-PSK (26.14988.16): string.</summary>
    public static readonly AttributeKey<string> WirelessPsk =
        new("Mikrotik-Wireless-PSK", AttributePath.OfVendor(14988, 16), Codecs.Text);

    /// <summary>Mikrotik-Wireless-MPKey (26.14988.20): string.</summary>
    public static readonly AttributeKey<string> WirelessMPKey =
        new("Mikrotik-Wireless-MPKey", AttributePath.OfVendor(14988, 20), Codecs.Text);

    /// <summary>Mikrotik-Wireless-Comment (26.14988.21): string.</summary>
    public static readonly AttributeKey<string> WirelessComment =
        new("Mikrotik-Wireless-Comment", AttributePath.OfVendor(14988, 21), Codecs.Text);

    /// <summary>Mikrotik-Wireless-VLANID (26.14988.26): integer.</summary>
    public static readonly AttributeKey<uint> WirelessVlanid =
        new("Mikrotik-Wireless-VLANID", AttributePath.OfVendor(14988, 26), Codecs.Integer);

    /// <summary>Mikrotik-Wireless-VLANID-Type (26.14988.27): integer.</summary>
    public static readonly AttributeKey<uint> WirelessVlanidType =
        new("Mikrotik-Wireless-VLANID-Type", AttributePath.OfVendor(14988, 27), Codecs.Integer);

    /// <summary>Mikrotik-Wireless-Minsignal (26.14988.28): string.</summary>
    public static readonly AttributeKey<string> WirelessMinsignal =
        new("Mikrotik-Wireless-Minsignal", AttributePath.OfVendor(14988, 28), Codecs.Text);

    /// <summary>Mikrotik-Wireless-Maxsignal (26.14988.29): string.</summary>
    public static readonly AttributeKey<string> WirelessMaxsignal =
        new("Mikrotik-Wireless-Maxsignal", AttributePath.OfVendor(14988, 29), Codecs.Text);

    /// <summary>Mikrotik-Delegated-IPv6-Pool (26.14988.22): string.</summary>
    public static readonly AttributeKey<string> DelegatedIPv6Pool =
        new("Mikrotik-Delegated-IPv6-Pool", AttributePath.OfVendor(14988, 22), Codecs.Text);

    /// <summary>Mikrotik-DHCP-Option-Set (26.14988.23): string.</summary>
    public static readonly AttributeKey<string> DhcpOptionSet =
        new("Mikrotik-DHCP-Option-Set", AttributePath.OfVendor(14988, 23), Codecs.Text);

    /// <summary>Mikrotik-DHCP-Option-Param-STR1 (26.14988.24): string.</summary>
    public static readonly AttributeKey<string> DhcpOptionParamStr1 =
        new("Mikrotik-DHCP-Option-Param-STR1", AttributePath.OfVendor(14988, 24), Codecs.Text);

    /// <summary>Mikrotik-DHCP-Option-Param-STR2 (26.14988.25): string.</summary>
    public static readonly AttributeKey<string> DhcpOptionParamStr2 =
        new("Mikrotik-DHCP-Option-Param-STR2", AttributePath.OfVendor(14988, 25), Codecs.Text);
}

/// <summary>Values of Mikrotik-Wireless-Enc-Algo (26.14988.6).</summary>
public enum MikrotikWirelessEncAlgo : uint
{
    /// <summary>No-encryption.</summary>
    NoEncryption = 0,

    /// <summary>40-bit-WEP.</summary>
    _40BitWep = 1,

    /// <summary>104-bit-WEP.</summary>
    _104BitWep = 2,

    /// <summary>AES-CCM.</summary>
    AesCcm = 3,

    /// <summary>TKIP.</summary>
    Tkip = 4,
}

/// <summary>Values of Mikrotik-Wireless-VLANID-Type (26.14988.27).</summary>
public enum MikrotikWirelessVlanidType : uint
{
    /// <summary>802.1q.</summary>
    _8021q = 0,

    /// <summary>802.1ad.</summary>
    _8021ad = 1,
}
