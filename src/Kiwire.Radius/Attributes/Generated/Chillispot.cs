// Written by dictionaries/Generate.cs from dictionary.chillispot: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>ChilliSpot and CoovaChilli (vendor 14559).</summary>
public static class Chillispot
{
    /// <summary>ChilliSpot-Max-Input-Octets (26.14559.1): integer; octets from the client.</summary>
    public static readonly AttributeKey<uint> MaxInputOctets =
        new("ChilliSpot-Max-Input-Octets", AttributePath.OfVendor(14559, 1), Codecs.Integer);

    /// <summary>ChilliSpot-Max-Output-Octets (26.14559.2): integer; octets to the client.</summary>
    public static readonly AttributeKey<uint> MaxOutputOctets =
        new("ChilliSpot-Max-Output-Octets", AttributePath.OfVendor(14559, 2), Codecs.Integer);

    /// <summary>ChilliSpot-Max-Total-Octets (26.14559.3): integer; octets both ways.</summary>
    public static readonly AttributeKey<uint> MaxTotalOctets =
        new("ChilliSpot-Max-Total-Octets", AttributePath.OfVendor(14559, 3), Codecs.Integer);

    /// <summary>ChilliSpot-Bandwidth-Max-Up (26.14559.4): integer; kbit/s from the client; beats WISPr's.</summary>
    public static readonly AttributeKey<uint> BandwidthMaxUp =
        new("ChilliSpot-Bandwidth-Max-Up", AttributePath.OfVendor(14559, 4), Codecs.Integer);

    /// <summary>ChilliSpot-Bandwidth-Max-Down (26.14559.5): integer; kbit/s to the client; beats WISPr's.</summary>
    public static readonly AttributeKey<uint> BandwidthMaxDown =
        new("ChilliSpot-Bandwidth-Max-Down", AttributePath.OfVendor(14559, 5), Codecs.Integer);

    /// <summary>ChilliSpot-Max-Input-Gigawords (26.14559.21): integer; times 2^32 octets from the client.</summary>
    public static readonly AttributeKey<uint> MaxInputGigawords =
        new("ChilliSpot-Max-Input-Gigawords", AttributePath.OfVendor(14559, 21), Codecs.Integer);

    /// <summary>ChilliSpot-Max-Output-Gigawords (26.14559.22): integer; times 2^32 octets to the client.</summary>
    public static readonly AttributeKey<uint> MaxOutputGigawords =
        new("ChilliSpot-Max-Output-Gigawords", AttributePath.OfVendor(14559, 22), Codecs.Integer);

    /// <summary>ChilliSpot-Max-Total-Gigawords (26.14559.23): integer; times 2^32 octets both ways.</summary>
    public static readonly AttributeKey<uint> MaxTotalGigawords =
        new("ChilliSpot-Max-Total-Gigawords", AttributePath.OfVendor(14559, 23), Codecs.Integer);

    /// <summary>ChilliSpot-OriginalURL (26.14559.9): string.</summary>
    public static readonly AttributeKey<string> OriginalURL =
        new("ChilliSpot-OriginalURL", AttributePath.OfVendor(14559, 9), Codecs.Text);

    /// <summary>ChilliSpot-Acct-View-Point (26.14559.10): integer.</summary>
    public static readonly AttributeKey<uint> AcctViewPoint =
        new("ChilliSpot-Acct-View-Point", AttributePath.OfVendor(14559, 10), Codecs.Integer);

    /// <summary>ChilliSpot-Session-State (26.14559.15): integer.</summary>
    public static readonly AttributeKey<uint> SessionState =
        new("ChilliSpot-Session-State", AttributePath.OfVendor(14559, 15), Codecs.Integer);

    /// <summary>ChilliSpot-Session-Id (26.14559.16): string.</summary>
    public static readonly AttributeKey<string> SessionId =
        new("ChilliSpot-Session-Id", AttributePath.OfVendor(14559, 16), Codecs.Text);

    /// <summary>ChilliSpot-AP-Session-Id (26.14559.17): string.</summary>
    public static readonly AttributeKey<string> APSessionId =
        new("ChilliSpot-AP-Session-Id", AttributePath.OfVendor(14559, 17), Codecs.Text);

    /// <summary>ChilliSpot-User-Agent (26.14559.18): string.</summary>
    public static readonly AttributeKey<string> UserAgent =
        new("ChilliSpot-User-Agent", AttributePath.OfVendor(14559, 18), Codecs.Text);

    /// <summary>ChilliSpot-Accept-Language (26.14559.19): string.</summary>
    public static readonly AttributeKey<string> AcceptLanguage =
        new("ChilliSpot-Accept-Language", AttributePath.OfVendor(14559, 19), Codecs.Text);

    /// <summary>ChilliSpot-Config (26.14559.6): string; name=value, or words such as require-uam-auth.</summary>
    public static readonly AttributeKey<string> Config =
        new("ChilliSpot-Config", AttributePath.OfVendor(14559, 6), Codecs.Text);

    /// <summary>ChilliSpot-Lang (26.14559.7): string.</summary>
    public static readonly AttributeKey<string> Lang =
        new("ChilliSpot-Lang", AttributePath.OfVendor(14559, 7), Codecs.Text);

    /// <summary>ChilliSpot-Version (26.14559.8): string.</summary>
    public static readonly AttributeKey<string> Version =
        new("ChilliSpot-Version", AttributePath.OfVendor(14559, 8), Codecs.Text);

    /// <summary>ChilliSpot-Require-UAM (26.14559.11): string.</summary>
    public static readonly AttributeKey<string> RequireUam =
        new("ChilliSpot-Require-UAM", AttributePath.OfVendor(14559, 11), Codecs.Text);

    /// <summary>ChilliSpot-Require-Splash (26.14559.12): string.</summary>
    public static readonly AttributeKey<string> RequireSplash =
        new("ChilliSpot-Require-Splash", AttributePath.OfVendor(14559, 12), Codecs.Text);

    /// <summary>ChilliSpot-Route-To-Interface (26.14559.13): string.</summary>
    public static readonly AttributeKey<string> RouteToInterface =
        new("ChilliSpot-Route-To-Interface", AttributePath.OfVendor(14559, 13), Codecs.Text);

    /// <summary>ChilliSpot-Config-File (26.14559.14): string.</summary>
    public static readonly AttributeKey<string> ConfigFile =
        new("ChilliSpot-Config-File", AttributePath.OfVendor(14559, 14), Codecs.Text);

    /// <summary>ChilliSpot-Inject-URL (26.14559.70): string.</summary>
    public static readonly AttributeKey<string> InjectUrl =
        new("ChilliSpot-Inject-URL", AttributePath.OfVendor(14559, 70), Codecs.Text);

    /// <summary>ChilliSpot-PostAuthProxy-Address (26.14559.75): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> PostAuthProxyAddress =
        new("ChilliSpot-PostAuthProxy-Address", AttributePath.OfVendor(14559, 75), Codecs.IPv4Address);

    /// <summary>ChilliSpot-PostAuthProxy-Port (26.14559.76): integer.</summary>
    public static readonly AttributeKey<uint> PostAuthProxyPort =
        new("ChilliSpot-PostAuthProxy-Port", AttributePath.OfVendor(14559, 76), Codecs.Integer);

    /// <summary>ChilliSpot-UAM-Allowed (26.14559.100): string.</summary>
    public static readonly AttributeKey<string> UamAllowed =
        new("ChilliSpot-UAM-Allowed", AttributePath.OfVendor(14559, 100), Codecs.Text);

    /// <summary>ChilliSpot-MAC-Allowed (26.14559.101): string.</summary>
    public static readonly AttributeKey<string> MacAllowed =
        new("ChilliSpot-MAC-Allowed", AttributePath.OfVendor(14559, 101), Codecs.Text);

    /// <summary>ChilliSpot-Interval (26.14559.102): integer.</summary>
    public static readonly AttributeKey<uint> Interval =
        new("ChilliSpot-Interval", AttributePath.OfVendor(14559, 102), Codecs.Integer);

    /// <summary>ChilliSpot-VLAN-Id (26.14559.24): integer.</summary>
    public static readonly AttributeKey<uint> VlanId =
        new("ChilliSpot-VLAN-Id", AttributePath.OfVendor(14559, 24), Codecs.Integer);

    /// <summary>ChilliSpot-Location (26.14559.25): string.</summary>
    public static readonly AttributeKey<string> Location =
        new("ChilliSpot-Location", AttributePath.OfVendor(14559, 25), Codecs.Text);

    /// <summary>ChilliSpot-Old-Location (26.14559.26): string.</summary>
    public static readonly AttributeKey<string> OldLocation =
        new("ChilliSpot-Old-Location", AttributePath.OfVendor(14559, 26), Codecs.Text);

    /// <summary>ChilliSpot-Location-Change-Count (26.14559.27): integer.</summary>
    public static readonly AttributeKey<uint> LocationChangeCount =
        new("ChilliSpot-Location-Change-Count", AttributePath.OfVendor(14559, 27), Codecs.Integer);

    /// <summary>ChilliSpot-Garden-Input-Octets (26.14559.80): integer.</summary>
    public static readonly AttributeKey<uint> GardenInputOctets =
        new("ChilliSpot-Garden-Input-Octets", AttributePath.OfVendor(14559, 80), Codecs.Integer);

    /// <summary>ChilliSpot-Garden-Output-Octets (26.14559.81): integer.</summary>
    public static readonly AttributeKey<uint> GardenOutputOctets =
        new("ChilliSpot-Garden-Output-Octets", AttributePath.OfVendor(14559, 81), Codecs.Integer);

    /// <summary>ChilliSpot-Garden-Input-Gigawords (26.14559.82): integer.</summary>
    public static readonly AttributeKey<uint> GardenInputGigawords =
        new("ChilliSpot-Garden-Input-Gigawords", AttributePath.OfVendor(14559, 82), Codecs.Integer);

    /// <summary>ChilliSpot-Garden-Output-Gigawords (26.14559.83): integer.</summary>
    public static readonly AttributeKey<uint> GardenOutputGigawords =
        new("ChilliSpot-Garden-Output-Gigawords", AttributePath.OfVendor(14559, 83), Codecs.Integer);

    /// <summary>ChilliSpot-Other-Input-Octets (26.14559.84): integer.</summary>
    public static readonly AttributeKey<uint> OtherInputOctets =
        new("ChilliSpot-Other-Input-Octets", AttributePath.OfVendor(14559, 84), Codecs.Integer);

    /// <summary>ChilliSpot-Other-Output-Octets (26.14559.85): integer.</summary>
    public static readonly AttributeKey<uint> OtherOutputOctets =
        new("ChilliSpot-Other-Output-Octets", AttributePath.OfVendor(14559, 85), Codecs.Integer);

    /// <summary>ChilliSpot-Other-Input-Gigawords (26.14559.86): integer.</summary>
    public static readonly AttributeKey<uint> OtherInputGigawords =
        new("ChilliSpot-Other-Input-Gigawords", AttributePath.OfVendor(14559, 86), Codecs.Integer);

    /// <summary>ChilliSpot-Other-Output-Gigawords (26.14559.87): integer.</summary>
    public static readonly AttributeKey<uint> OtherOutputGigawords =
        new("ChilliSpot-Other-Output-Gigawords", AttributePath.OfVendor(14559, 87), Codecs.Integer);

    /// <summary>ChilliSpot-Sys-Uptime (26.14559.40): integer.</summary>
    public static readonly AttributeKey<uint> SysUptime =
        new("ChilliSpot-Sys-Uptime", AttributePath.OfVendor(14559, 40), Codecs.Integer);

    /// <summary>ChilliSpot-Sys-LoadAvg (26.14559.41): string.</summary>
    public static readonly AttributeKey<string> SysLoadAvg =
        new("ChilliSpot-Sys-LoadAvg", AttributePath.OfVendor(14559, 41), Codecs.Text);

    /// <summary>ChilliSpot-Sys-Memory (26.14559.42): string.</summary>
    public static readonly AttributeKey<string> SysMemory =
        new("ChilliSpot-Sys-Memory", AttributePath.OfVendor(14559, 42), Codecs.Text);

    /// <summary>ChilliSpot-DHCP-Vendor-Class-Id (26.14559.50): octets.</summary>
    public static readonly AttributeKey<byte[]> DhcpVendorClassId =
        new("ChilliSpot-DHCP-Vendor-Class-Id", AttributePath.OfVendor(14559, 50), Codecs.Octets);

    /// <summary>ChilliSpot-DHCP-Client-Id (26.14559.51): octets.</summary>
    public static readonly AttributeKey<byte[]> DhcpClientId =
        new("ChilliSpot-DHCP-Client-Id", AttributePath.OfVendor(14559, 51), Codecs.Octets);

    /// <summary>ChilliSpot-DHCP-Options (26.14559.52): octets.</summary>
    public static readonly AttributeKey<byte[]> DhcpOptions =
        new("ChilliSpot-DHCP-Options", AttributePath.OfVendor(14559, 52), Codecs.Octets);

    /// <summary>ChilliSpot-DHCP-Filename (26.14559.53): string.</summary>
    public static readonly AttributeKey<string> DhcpFilename =
        new("ChilliSpot-DHCP-Filename", AttributePath.OfVendor(14559, 53), Codecs.Text);

    /// <summary>ChilliSpot-DHCP-Hostname (26.14559.54): string.</summary>
    public static readonly AttributeKey<string> DhcpHostname =
        new("ChilliSpot-DHCP-Hostname", AttributePath.OfVendor(14559, 54), Codecs.Text);

    /// <summary>ChilliSpot-DHCP-Server-Name (26.14559.55): string.</summary>
    public static readonly AttributeKey<string> DhcpServerName =
        new("ChilliSpot-DHCP-Server-Name", AttributePath.OfVendor(14559, 55), Codecs.Text);

    /// <summary>ChilliSpot-DHCP-Client-FQDN (26.14559.56): string.</summary>
    public static readonly AttributeKey<string> DhcpClientFqdn =
        new("ChilliSpot-DHCP-Client-FQDN", AttributePath.OfVendor(14559, 56), Codecs.Text);

    /// <summary>ChilliSpot-DHCP-Parameter-Request-List (26.14559.57): octets.</summary>
    public static readonly AttributeKey<byte[]> DhcpParameterRequestList =
        new("ChilliSpot-DHCP-Parameter-Request-List", AttributePath.OfVendor(14559, 57), Codecs.Octets);

    /// <summary>ChilliSpot-DHCP-IP-Address (26.14559.60): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DhcpIPAddress =
        new("ChilliSpot-DHCP-IP-Address", AttributePath.OfVendor(14559, 60), Codecs.IPv4Address);

    /// <summary>ChilliSpot-DHCP-Netmask (26.14559.61): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DhcpNetmask =
        new("ChilliSpot-DHCP-Netmask", AttributePath.OfVendor(14559, 61), Codecs.IPv4Address);

    /// <summary>ChilliSpot-DHCP-DNS1 (26.14559.62): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DhcpDns1 =
        new("ChilliSpot-DHCP-DNS1", AttributePath.OfVendor(14559, 62), Codecs.IPv4Address);

    /// <summary>ChilliSpot-DHCP-DNS2 (26.14559.63): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DhcpDns2 =
        new("ChilliSpot-DHCP-DNS2", AttributePath.OfVendor(14559, 63), Codecs.IPv4Address);

    /// <summary>ChilliSpot-DHCP-Gateway (26.14559.64): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DhcpGateway =
        new("ChilliSpot-DHCP-Gateway", AttributePath.OfVendor(14559, 64), Codecs.IPv4Address);

    /// <summary>ChilliSpot-DHCP-Domain (26.14559.65): string.</summary>
    public static readonly AttributeKey<string> DhcpDomain =
        new("ChilliSpot-DHCP-Domain", AttributePath.OfVendor(14559, 65), Codecs.Text);

    /// <summary>ChilliSpot-DHCP-Relay (26.14559.66): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DhcpRelay =
        new("ChilliSpot-DHCP-Relay", AttributePath.OfVendor(14559, 66), Codecs.IPv4Address);
}

/// <summary>Values of ChilliSpot-Acct-View-Point (26.14559.10).</summary>
public enum ChilliSpotAcctViewPoint : uint
{
    /// <summary>ChilliSpot-NAS-View-Point.</summary>
    ChilliSpotNasViewPoint = 1,

    /// <summary>ChilliSpot-Client-View-Point.</summary>
    ChilliSpotClientViewPoint = 2,
}

/// <summary>Values of ChilliSpot-Session-State (26.14559.15).</summary>
public enum ChilliSpotSessionState : uint
{
    /// <summary>Authorized.</summary>
    Authorized = 1,

    /// <summary>NotAuthorized.</summary>
    NotAuthorized = 2,

    /// <summary>Started.</summary>
    Started = 3,

    /// <summary>Stopped.</summary>
    Stopped = 4,

    /// <summary>UserLogoutUrl.</summary>
    UserLogoutUrl = 10,

    /// <summary>IdleTimeoutReached.</summary>
    IdleTimeoutReached = 11,

    /// <summary>TimeoutReached.</summary>
    TimeoutReached = 12,

    /// <summary>LogoutTimeReached.</summary>
    LogoutTimeReached = 13,

    /// <summary>InDataLimitReached.</summary>
    InDataLimitReached = 14,

    /// <summary>OutDataLimitReached.</summary>
    OutDataLimitReached = 15,

    /// <summary>TotalDataLimitReached.</summary>
    TotalDataLimitReached = 16,

    /// <summary>LocationChanged.</summary>
    LocationChanged = 17,
}
