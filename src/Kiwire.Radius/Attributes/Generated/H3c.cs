// Written by dictionaries/Generate.cs from dictionary.h3c: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>H3C (vendor 25506).</summary>
public static class H3c
{
    /// <summary>H3C-Input-Peak-Rate (26.25506.1): integer; bit/s from the user.</summary>
    public static readonly AttributeKey<uint> InputPeakRate =
        new("H3C-Input-Peak-Rate", AttributePath.OfVendor(25506, 1), Codecs.Integer);

    /// <summary>H3C-Input-Average-Rate (26.25506.2): integer; bit/s from the user.</summary>
    public static readonly AttributeKey<uint> InputAverageRate =
        new("H3C-Input-Average-Rate", AttributePath.OfVendor(25506, 2), Codecs.Integer);

    /// <summary>H3C-Input-Basic-Rate (26.25506.3): integer.</summary>
    public static readonly AttributeKey<uint> InputBasicRate =
        new("H3C-Input-Basic-Rate", AttributePath.OfVendor(25506, 3), Codecs.Integer);

    /// <summary>H3C-Output-Peak-Rate (26.25506.4): integer; bit/s to the user.</summary>
    public static readonly AttributeKey<uint> OutputPeakRate =
        new("H3C-Output-Peak-Rate", AttributePath.OfVendor(25506, 4), Codecs.Integer);

    /// <summary>H3C-Output-Average-Rate (26.25506.5): integer; bit/s to the user.</summary>
    public static readonly AttributeKey<uint> OutputAverageRate =
        new("H3C-Output-Average-Rate", AttributePath.OfVendor(25506, 5), Codecs.Integer);

    /// <summary>H3C-Output-Basic-Rate (26.25506.6): integer.</summary>
    public static readonly AttributeKey<uint> OutputBasicRate =
        new("H3C-Output-Basic-Rate", AttributePath.OfVendor(25506, 6), Codecs.Integer);

    /// <summary>H3C-Remanent-Volume (26.25506.15): integer; what is left; the unit is the device's setting.</summary>
    public static readonly AttributeKey<uint> RemanentVolume =
        new("H3C-Remanent-Volume", AttributePath.OfVendor(25506, 15), Codecs.Integer);

    /// <summary>H3C-Up-Priority (26.25506.106): integer.</summary>
    public static readonly AttributeKey<uint> UpPriority =
        new("H3C-Up-Priority", AttributePath.OfVendor(25506, 106), Codecs.Integer);

    /// <summary>H3C-Down-Priority (26.25506.107): integer.</summary>
    public static readonly AttributeKey<uint> DownPriority =
        new("H3C-Down-Priority", AttributePath.OfVendor(25506, 107), Codecs.Integer);

    /// <summary>H3C-Input-Committed-Burst-Size (26.25506.247): integer.</summary>
    public static readonly AttributeKey<uint> InputCommittedBurstSize =
        new("H3C-Input-Committed-Burst-Size", AttributePath.OfVendor(25506, 247), Codecs.Integer);

    /// <summary>H3C-Output-Committed-Burst-Size (26.25506.248): integer.</summary>
    public static readonly AttributeKey<uint> OutputCommittedBurstSize =
        new("H3C-Output-Committed-Burst-Size", AttributePath.OfVendor(25506, 248), Codecs.Integer);

    /// <summary>H3C-Portal-URL (26.25506.27): string.</summary>
    public static readonly AttributeKey<string> PortalUrl =
        new("H3C-Portal-URL", AttributePath.OfVendor(25506, 27), Codecs.Text);

    /// <summary>H3C-WEB-URL (26.25506.250): string.</summary>
    public static readonly AttributeKey<string> WebUrl =
        new("H3C-WEB-URL", AttributePath.OfVendor(25506, 250), Codecs.Text);

    /// <summary>H3C-ISP-ID (26.25506.17): string.</summary>
    public static readonly AttributeKey<string> IspId =
        new("H3C-ISP-ID", AttributePath.OfVendor(25506, 17), Codecs.Text);

    /// <summary>H3C-Command (26.25506.20): integer.</summary>
    public static readonly AttributeKey<uint> Command =
        new("H3C-Command", AttributePath.OfVendor(25506, 20), Codecs.Integer);

    /// <summary>H3C-Control-Identifier (26.25506.24): integer.</summary>
    public static readonly AttributeKey<uint> ControlIdentifier =
        new("H3C-Control-Identifier", AttributePath.OfVendor(25506, 24), Codecs.Integer);

    /// <summary>H3C-Result-Code (26.25506.25): integer.</summary>
    public static readonly AttributeKey<uint> ResultCode =
        new("H3C-Result-Code", AttributePath.OfVendor(25506, 25), Codecs.Integer);

    /// <summary>H3C-Connect_Id (26.25506.26): integer.</summary>
    public static readonly AttributeKey<uint> ConnectId =
        new("H3C-Connect_Id", AttributePath.OfVendor(25506, 26), Codecs.Integer);

    /// <summary>H3C-NAS-Startup-Timestamp (26.25506.59): integer.</summary>
    public static readonly AttributeKey<uint> NasStartupTimestamp =
        new("H3C-NAS-Startup-Timestamp", AttributePath.OfVendor(25506, 59), Codecs.Integer);

    /// <summary>H3C-Ip-Host-Addr (26.25506.60): string.</summary>
    public static readonly AttributeKey<string> IpHostAddr =
        new("H3C-Ip-Host-Addr", AttributePath.OfVendor(25506, 60), Codecs.Text);

    /// <summary>H3C-User-Notify (26.25506.61): string.</summary>
    public static readonly AttributeKey<string> UserNotify =
        new("H3C-User-Notify", AttributePath.OfVendor(25506, 61), Codecs.Text);

    /// <summary>H3C-User-HeartBeat (26.25506.62): string.</summary>
    public static readonly AttributeKey<string> UserHeartBeat =
        new("H3C-User-HeartBeat", AttributePath.OfVendor(25506, 62), Codecs.Text);

    /// <summary>H3C-Longitude-Latitude (26.25506.111): string.</summary>
    public static readonly AttributeKey<string> LongitudeLatitude =
        new("H3C-Longitude-Latitude", AttributePath.OfVendor(25506, 111), Codecs.Text);

    /// <summary>H3C-Av-Pair (26.25506.210): string.</summary>
    public static readonly AttributeKey<string> AvPair =
        new("H3C-Av-Pair", AttributePath.OfVendor(25506, 210), Codecs.Text);

    /// <summary>H3C-Accounting-Level (26.25506.215): integer.</summary>
    public static readonly AttributeKey<uint> AccountingLevel =
        new("H3C-Accounting-Level", AttributePath.OfVendor(25506, 215), Codecs.Integer);

    /// <summary>H3C-Ita-Policy (26.25506.216): string.</summary>
    public static readonly AttributeKey<string> ItaPolicy =
        new("H3C-Ita-Policy", AttributePath.OfVendor(25506, 216), Codecs.Text);

    /// <summary>H3C-NAS-Port-Name (26.25506.230): string.</summary>
    public static readonly AttributeKey<string> NasPortName =
        new("H3C-NAS-Port-Name", AttributePath.OfVendor(25506, 230), Codecs.Text);

    /// <summary>H3C-Auth-Detail-Result (26.25506.246): integer.</summary>
    public static readonly AttributeKey<uint> AuthDetailResult =
        new("H3C-Auth-Detail-Result", AttributePath.OfVendor(25506, 246), Codecs.Integer);

    /// <summary>H3C-Authentication-Type (26.25506.249): integer.</summary>
    public static readonly AttributeKey<uint> AuthenticationType =
        new("H3C-Authentication-Type", AttributePath.OfVendor(25506, 249), Codecs.Integer);

    /// <summary>H3C-Subscriber-ID (26.25506.251): string.</summary>
    public static readonly AttributeKey<string> SubscriberId =
        new("H3C-Subscriber-ID", AttributePath.OfVendor(25506, 251), Codecs.Text);

    /// <summary>H3C-Subscriber-Profile (26.25506.252): string.</summary>
    public static readonly AttributeKey<string> SubscriberProfile =
        new("H3C-Subscriber-Profile", AttributePath.OfVendor(25506, 252), Codecs.Text);

    /// <summary>H3C-Product-ID (26.25506.255): string.</summary>
    public static readonly AttributeKey<string> ProductId =
        new("H3C-Product-ID", AttributePath.OfVendor(25506, 255), Codecs.Text);

    /// <summary>H3C-Ftp-Directory (26.25506.28): string.</summary>
    public static readonly AttributeKey<string> FtpDirectory =
        new("H3C-Ftp-Directory", AttributePath.OfVendor(25506, 28), Codecs.Text);

    /// <summary>H3C-Exec-Privilege (26.25506.29): integer.</summary>
    public static readonly AttributeKey<uint> ExecPrivilege =
        new("H3C-Exec-Privilege", AttributePath.OfVendor(25506, 29), Codecs.Integer);

    /// <summary>H3C-User-Group (26.25506.140): string.</summary>
    public static readonly AttributeKey<string> UserGroup =
        new("H3C-User-Group", AttributePath.OfVendor(25506, 140), Codecs.Text);

    /// <summary>H3C-Security-Level (26.25506.141): integer.</summary>
    public static readonly AttributeKey<uint> SecurityLevel =
        new("H3C-Security-Level", AttributePath.OfVendor(25506, 141), Codecs.Integer);

    /// <summary>H3C-User-Role (26.25506.155): string.</summary>
    public static readonly AttributeKey<string> UserRole =
        new("H3C-User-Role", AttributePath.OfVendor(25506, 155), Codecs.Text);

    /// <summary>H3C-Acct-IPv6-Input-Octets (26.25506.144): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6InputOctets =
        new("H3C-Acct-IPv6-Input-Octets", AttributePath.OfVendor(25506, 144), Codecs.Integer);

    /// <summary>H3C-Acct-IPv6-Output-Octets (26.25506.145): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6OutputOctets =
        new("H3C-Acct-IPv6-Output-Octets", AttributePath.OfVendor(25506, 145), Codecs.Integer);

    /// <summary>H3C-Acct-IPv6-Input-Packets (26.25506.146): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6InputPackets =
        new("H3C-Acct-IPv6-Input-Packets", AttributePath.OfVendor(25506, 146), Codecs.Integer);

    /// <summary>H3C-Acct-IPv6-Output-Packets (26.25506.147): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6OutputPackets =
        new("H3C-Acct-IPv6-Output-Packets", AttributePath.OfVendor(25506, 147), Codecs.Integer);

    /// <summary>H3C-Acct-IPv6-Input-Gigawords (26.25506.148): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6InputGigawords =
        new("H3C-Acct-IPv6-Input-Gigawords", AttributePath.OfVendor(25506, 148), Codecs.Integer);

    /// <summary>H3C-Acct-IPv6-Output-Gigawords (26.25506.149): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6OutputGigawords =
        new("H3C-Acct-IPv6-Output-Gigawords", AttributePath.OfVendor(25506, 149), Codecs.Integer);

    /// <summary>H3C-Input-Interval-Octets (26.25506.201): integer.</summary>
    public static readonly AttributeKey<uint> InputIntervalOctets =
        new("H3C-Input-Interval-Octets", AttributePath.OfVendor(25506, 201), Codecs.Integer);

    /// <summary>H3C-Output-Interval-Octets (26.25506.202): integer.</summary>
    public static readonly AttributeKey<uint> OutputIntervalOctets =
        new("H3C-Output-Interval-Octets", AttributePath.OfVendor(25506, 202), Codecs.Integer);

    /// <summary>H3C-Input-Interval-Packets (26.25506.203): integer.</summary>
    public static readonly AttributeKey<uint> InputIntervalPackets =
        new("H3C-Input-Interval-Packets", AttributePath.OfVendor(25506, 203), Codecs.Integer);

    /// <summary>H3C-Output-Interval-Packets (26.25506.204): integer.</summary>
    public static readonly AttributeKey<uint> OutputIntervalPackets =
        new("H3C-Output-Interval-Packets", AttributePath.OfVendor(25506, 204), Codecs.Integer);

    /// <summary>H3C-Input-Interval-Gigawords (26.25506.205): integer.</summary>
    public static readonly AttributeKey<uint> InputIntervalGigawords =
        new("H3C-Input-Interval-Gigawords", AttributePath.OfVendor(25506, 205), Codecs.Integer);

    /// <summary>H3C-Output-Interval-Gigawords (26.25506.206): integer.</summary>
    public static readonly AttributeKey<uint> OutputIntervalGigawords =
        new("H3C-Output-Interval-Gigawords", AttributePath.OfVendor(25506, 206), Codecs.Integer);

    /// <summary>H3C-NAT-IP-Address (26.25506.32): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> NatIPAddress =
        new("H3C-NAT-IP-Address", AttributePath.OfVendor(25506, 32), Codecs.IPv4Address);

    /// <summary>H3C-NAT-Start-Port (26.25506.33): integer.</summary>
    public static readonly AttributeKey<uint> NatStartPort =
        new("H3C-NAT-Start-Port", AttributePath.OfVendor(25506, 33), Codecs.Integer);

    /// <summary>H3C-NAT-End-Port (26.25506.34): integer.</summary>
    public static readonly AttributeKey<uint> NatEndPort =
        new("H3C-NAT-End-Port", AttributePath.OfVendor(25506, 34), Codecs.Integer);

    /// <summary>H3C-Client-Primary-DNS (26.25506.135): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> ClientPrimaryDns =
        new("H3C-Client-Primary-DNS", AttributePath.OfVendor(25506, 135), Codecs.IPv4Address);

    /// <summary>H3C-Client-Secondary-DNS (26.25506.136): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> ClientSecondaryDns =
        new("H3C-Client-Secondary-DNS", AttributePath.OfVendor(25506, 136), Codecs.IPv4Address);

    /// <summary>H3C-Backup-NAS-IP (26.25506.207): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> BackupNasIP =
        new("H3C-Backup-NAS-IP", AttributePath.OfVendor(25506, 207), Codecs.IPv4Address);

    /// <summary>H3C-IPv4-Multicast-Receive-Group (26.25506.98): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> IPv4MulticastReceiveGroup =
        new("H3C-IPv4-Multicast-Receive-Group", AttributePath.OfVendor(25506, 98), Codecs.IPv4Address);

    /// <summary>H3C-IPv6-Multicast-Receive-Group (26.25506.100): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> IPv6MulticastReceiveGroup =
        new("H3C-IPv6-Multicast-Receive-Group", AttributePath.OfVendor(25506, 100), Codecs.IPv6Address);

    /// <summary>H3C-MLD-Access-Limit (26.25506.101): integer.</summary>
    public static readonly AttributeKey<uint> MldAccessLimit =
        new("H3C-MLD-Access-Limit", AttributePath.OfVendor(25506, 101), Codecs.Integer);

    /// <summary>H3C-L2TP-Local-Name (26.25506.102): string.</summary>
    public static readonly AttributeKey<string> L2tpLocalName =
        new("H3C-L2TP-Local-Name", AttributePath.OfVendor(25506, 102), Codecs.Text);

    /// <summary>H3C-IGMP-Access-Limit (26.25506.103): integer.</summary>
    public static readonly AttributeKey<uint> IgmpAccessLimit =
        new("H3C-IGMP-Access-Limit", AttributePath.OfVendor(25506, 103), Codecs.Integer);

    /// <summary>H3C-VPN-Instance (26.25506.104): string.</summary>
    public static readonly AttributeKey<string> VpnInstance =
        new("H3C-VPN-Instance", AttributePath.OfVendor(25506, 104), Codecs.Text);

    /// <summary>H3C-ANCP-Profile (26.25506.105): string.</summary>
    public static readonly AttributeKey<string> AncpProfile =
        new("H3C-ANCP-Profile", AttributePath.OfVendor(25506, 105), Codecs.Text);
}

/// <summary>Values of H3C-Command (26.25506.20).</summary>
public enum H3cCommand : uint
{
    /// <summary>Trigger-Request.</summary>
    TriggerRequest = 1,

    /// <summary>Terminate-Request.</summary>
    TerminateRequest = 2,

    /// <summary>SetPolicy.</summary>
    SetPolicy = 3,

    /// <summary>Result.</summary>
    Result = 4,

    /// <summary>PortalClear.</summary>
    PortalClear = 5,
}

/// <summary>Values of H3C-Exec-Privilege (26.25506.29).</summary>
public enum H3cExecPrivilege : uint
{
    /// <summary>Visit.</summary>
    Visit = 0,

    /// <summary>Monitor.</summary>
    Monitor = 1,

    /// <summary>System.</summary>
    System = 2,

    /// <summary>Manage.</summary>
    Manage = 3,
}
