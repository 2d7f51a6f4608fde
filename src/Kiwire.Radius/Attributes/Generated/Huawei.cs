// Written by dictionaries/Generate.cs from dictionary.huawei: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>Huawei (vendor 2011).</summary>
public static class Huawei
{
    /// <summary>Huawei-Input-Burst-Size (26.2011.1): integer.</summary>
    public static readonly AttributeKey<uint> InputBurstSize =
        new("Huawei-Input-Burst-Size", AttributePath.OfVendor(2011, 1), Codecs.Integer);

    /// <summary>Huawei-Input-Average-Rate (26.2011.2): integer; bit/s from the user.</summary>
    public static readonly AttributeKey<uint> InputAverageRate =
        new("Huawei-Input-Average-Rate", AttributePath.OfVendor(2011, 2), Codecs.Integer);

    /// <summary>Huawei-Input-Peak-Rate (26.2011.3): integer; bit/s from the user.</summary>
    public static readonly AttributeKey<uint> InputPeakRate =
        new("Huawei-Input-Peak-Rate", AttributePath.OfVendor(2011, 3), Codecs.Integer);

    /// <summary>Huawei-Output-Burst-Size (26.2011.4): integer.</summary>
    public static readonly AttributeKey<uint> OutputBurstSize =
        new("Huawei-Output-Burst-Size", AttributePath.OfVendor(2011, 4), Codecs.Integer);

    /// <summary>Huawei-Output-Average-Rate (26.2011.5): integer; bit/s to the user.</summary>
    public static readonly AttributeKey<uint> OutputAverageRate =
        new("Huawei-Output-Average-Rate", AttributePath.OfVendor(2011, 5), Codecs.Integer);

    /// <summary>Huawei-Output-Peak-Rate (26.2011.6): integer; bit/s to the user.</summary>
    public static readonly AttributeKey<uint> OutputPeakRate =
        new("Huawei-Output-Peak-Rate", AttributePath.OfVendor(2011, 6), Codecs.Integer);

    /// <summary>Huawei-Priority (26.2011.22): integer.</summary>
    public static readonly AttributeKey<uint> Priority =
        new("Huawei-Priority", AttributePath.OfVendor(2011, 22), Codecs.Integer);

    /// <summary>Huawei-Qos-Profile-Name (26.2011.31): string.</summary>
    public static readonly AttributeKey<string> QosProfileName =
        new("Huawei-Qos-Profile-Name", AttributePath.OfVendor(2011, 31), Codecs.Text);

    /// <summary>Huawei-Up-Priority (26.2011.61): integer.</summary>
    public static readonly AttributeKey<uint> UpPriority =
        new("Huawei-Up-Priority", AttributePath.OfVendor(2011, 61), Codecs.Integer);

    /// <summary>Huawei-Down-Priority (26.2011.62): integer.</summary>
    public static readonly AttributeKey<uint> DownPriority =
        new("Huawei-Down-Priority", AttributePath.OfVendor(2011, 62), Codecs.Integer);

    /// <summary>Huawei-Input-Peak-Burst-Size (26.2011.77): integer.</summary>
    public static readonly AttributeKey<uint> InputPeakBurstSize =
        new("Huawei-Input-Peak-Burst-Size", AttributePath.OfVendor(2011, 77), Codecs.Integer);

    /// <summary>Huawei-Output-Peak-Burst-Size (26.2011.78): integer.</summary>
    public static readonly AttributeKey<uint> OutputPeakBurstSize =
        new("Huawei-Output-Peak-Burst-Size", AttributePath.OfVendor(2011, 78), Codecs.Integer);

    /// <summary>Huawei-Reduced-CIR (26.2011.79): integer.</summary>
    public static readonly AttributeKey<uint> ReducedCir =
        new("Huawei-Reduced-CIR", AttributePath.OfVendor(2011, 79), Codecs.Integer);

    /// <summary>Huawei-Queue-Profile (26.2011.91): string.</summary>
    public static readonly AttributeKey<string> QueueProfile =
        new("Huawei-Queue-Profile", AttributePath.OfVendor(2011, 91), Codecs.Text);

    /// <summary>Huawei-Reduced-PIR (26.2011.100): integer.</summary>
    public static readonly AttributeKey<uint> ReducedPir =
        new("Huawei-Reduced-PIR", AttributePath.OfVendor(2011, 100), Codecs.Integer);

    /// <summary>Huawei-QoS-Profile-Type (26.2011.142): integer.</summary>
    public static readonly AttributeKey<uint> QoSProfileType =
        new("Huawei-QoS-Profile-Type", AttributePath.OfVendor(2011, 142), Codecs.Integer);

    /// <summary>Huawei-Down-QOS-Profile-Name (26.2011.182): string.</summary>
    public static readonly AttributeKey<string> DownQosProfileName =
        new("Huawei-Down-QOS-Profile-Name", AttributePath.OfVendor(2011, 182), Codecs.Text);

    /// <summary>Huawei-User-Priority (26.2011.218): integer.</summary>
    public static readonly AttributeKey<uint> UserPriority =
        new("Huawei-User-Priority", AttributePath.OfVendor(2011, 218), Codecs.Integer);

    /// <summary>Huawei-In-Kb-Before-T-Switch (26.2011.7): integer.</summary>
    public static readonly AttributeKey<uint> InKbBeforeTSwitch =
        new("Huawei-In-Kb-Before-T-Switch", AttributePath.OfVendor(2011, 7), Codecs.Integer);

    /// <summary>Huawei-Out-Kb-Before-T-Switch (26.2011.8): integer.</summary>
    public static readonly AttributeKey<uint> OutKbBeforeTSwitch =
        new("Huawei-Out-Kb-Before-T-Switch", AttributePath.OfVendor(2011, 8), Codecs.Integer);

    /// <summary>Huawei-In-Pkt-Before-T-Switch (26.2011.9): integer.</summary>
    public static readonly AttributeKey<uint> InPktBeforeTSwitch =
        new("Huawei-In-Pkt-Before-T-Switch", AttributePath.OfVendor(2011, 9), Codecs.Integer);

    /// <summary>Huawei-Out-Pkt-Before-T-Switch (26.2011.10): integer.</summary>
    public static readonly AttributeKey<uint> OutPktBeforeTSwitch =
        new("Huawei-Out-Pkt-Before-T-Switch", AttributePath.OfVendor(2011, 10), Codecs.Integer);

    /// <summary>Huawei-In-Kb-After-T-Switch (26.2011.11): integer.</summary>
    public static readonly AttributeKey<uint> InKbAfterTSwitch =
        new("Huawei-In-Kb-After-T-Switch", AttributePath.OfVendor(2011, 11), Codecs.Integer);

    /// <summary>Huawei-Out-Kb-After-T-Switch (26.2011.12): integer.</summary>
    public static readonly AttributeKey<uint> OutKbAfterTSwitch =
        new("Huawei-Out-Kb-After-T-Switch", AttributePath.OfVendor(2011, 12), Codecs.Integer);

    /// <summary>Huawei-In-Pkt-After-T-Switch (26.2011.13): integer.</summary>
    public static readonly AttributeKey<uint> InPktAfterTSwitch =
        new("Huawei-In-Pkt-After-T-Switch", AttributePath.OfVendor(2011, 13), Codecs.Integer);

    /// <summary>Huawei-Out-Pkt-After-T-Switch (26.2011.14): integer.</summary>
    public static readonly AttributeKey<uint> OutPktAfterTSwitch =
        new("Huawei-Out-Pkt-After-T-Switch", AttributePath.OfVendor(2011, 14), Codecs.Integer);

    /// <summary>Huawei-Remanent-Volume (26.2011.15): integer; what is left; the unit is the device's setting.</summary>
    public static readonly AttributeKey<uint> RemanentVolume =
        new("Huawei-Remanent-Volume", AttributePath.OfVendor(2011, 15), Codecs.Integer);

    /// <summary>Huawei-Tariff-Switch-Interval (26.2011.16): integer.</summary>
    public static readonly AttributeKey<uint> TariffSwitchInterval =
        new("Huawei-Tariff-Switch-Interval", AttributePath.OfVendor(2011, 16), Codecs.Integer);

    /// <summary>Huawei-Destnation-IP-Addr (26.2011.39): string.</summary>
    public static readonly AttributeKey<string> DestnationIPAddr =
        new("Huawei-Destnation-IP-Addr", AttributePath.OfVendor(2011, 39), Codecs.Text);

    /// <summary>Huawei-Destnation-Volume (26.2011.40): string.</summary>
    public static readonly AttributeKey<string> DestnationVolume =
        new("Huawei-Destnation-Volume", AttributePath.OfVendor(2011, 40), Codecs.Text);

    /// <summary>Huawei-Accounting-Level (26.2011.84): integer.</summary>
    public static readonly AttributeKey<uint> AccountingLevel =
        new("Huawei-Accounting-Level", AttributePath.OfVendor(2011, 84), Codecs.Integer);

    /// <summary>Huawei-Multi-Account-Mode (26.2011.90): integer.</summary>
    public static readonly AttributeKey<uint> MultiAccountMode =
        new("Huawei-Multi-Account-Mode", AttributePath.OfVendor(2011, 90), Codecs.Integer);

    /// <summary>Huawei-Acct-Connection-Time (26.2011.110): integer.</summary>
    public static readonly AttributeKey<uint> AcctConnectionTime =
        new("Huawei-Acct-Connection-Time", AttributePath.OfVendor(2011, 110), Codecs.Integer);

    /// <summary>Huawei-Remain-Monney (26.2011.113): integer.</summary>
    public static readonly AttributeKey<uint> RemainMonney =
        new("Huawei-Remain-Monney", AttributePath.OfVendor(2011, 113), Codecs.Integer);

    /// <summary>Huawei-Remain-Time (26.2011.128): integer.</summary>
    public static readonly AttributeKey<uint> RemainTime =
        new("Huawei-Remain-Time", AttributePath.OfVendor(2011, 128), Codecs.Integer);

    /// <summary>Huawei-PortalURL (26.2011.27): string.</summary>
    public static readonly AttributeKey<string> PortalURL =
        new("Huawei-PortalURL", AttributePath.OfVendor(2011, 27), Codecs.Text);

    /// <summary>Huawei-Portal-Mode (26.2011.85): integer.</summary>
    public static readonly AttributeKey<uint> PortalMode =
        new("Huawei-Portal-Mode", AttributePath.OfVendor(2011, 85), Codecs.Integer);

    /// <summary>Huawei-HTTP-Redirect-URL (26.2011.140): string.</summary>
    public static readonly AttributeKey<string> HttpRedirectUrl =
        new("Huawei-HTTP-Redirect-URL", AttributePath.OfVendor(2011, 140), Codecs.Text);

    /// <summary>Huawei-ACS-Url (26.2011.219): string.</summary>
    public static readonly AttributeKey<string> AcsUrl =
        new("Huawei-ACS-Url", AttributePath.OfVendor(2011, 219), Codecs.Text);

    /// <summary>Huawei-Web-URL (26.2011.253): string.</summary>
    public static readonly AttributeKey<string> WebUrl =
        new("Huawei-Web-URL", AttributePath.OfVendor(2011, 253), Codecs.Text);

    /// <summary>Huawei-ISP-ID (26.2011.17): string.</summary>
    public static readonly AttributeKey<string> IspId =
        new("Huawei-ISP-ID", AttributePath.OfVendor(2011, 17), Codecs.Text);

    /// <summary>Huawei-Max-Users-Per-Logic-Port (26.2011.18): integer.</summary>
    public static readonly AttributeKey<uint> MaxUsersPerLogicPort =
        new("Huawei-Max-Users-Per-Logic-Port", AttributePath.OfVendor(2011, 18), Codecs.Integer);

    /// <summary>Huawei-Command (26.2011.20): integer.</summary>
    public static readonly AttributeKey<uint> Command =
        new("Huawei-Command", AttributePath.OfVendor(2011, 20), Codecs.Integer);

    /// <summary>Huawei-Control-Identifier (26.2011.24): integer.</summary>
    public static readonly AttributeKey<uint> ControlIdentifier =
        new("Huawei-Control-Identifier", AttributePath.OfVendor(2011, 24), Codecs.Integer);

    /// <summary>Huawei-Result-Code (26.2011.25): integer.</summary>
    public static readonly AttributeKey<uint> ResultCode =
        new("Huawei-Result-Code", AttributePath.OfVendor(2011, 25), Codecs.Integer);

    /// <summary>Huawei-Connect-ID (26.2011.26): integer.</summary>
    public static readonly AttributeKey<uint> ConnectId =
        new("Huawei-Connect-ID", AttributePath.OfVendor(2011, 26), Codecs.Integer);

    /// <summary>Huawei-Command-Mode (26.2011.34): string.</summary>
    public static readonly AttributeKey<string> CommandMode =
        new("Huawei-Command-Mode", AttributePath.OfVendor(2011, 34), Codecs.Text);

    /// <summary>Huawei-Startup-Stamp (26.2011.59): integer.</summary>
    public static readonly AttributeKey<uint> StartupStamp =
        new("Huawei-Startup-Stamp", AttributePath.OfVendor(2011, 59), Codecs.Integer);

    /// <summary>Huawei-IPHost-Addr (26.2011.60): string.</summary>
    public static readonly AttributeKey<string> IPHostAddr =
        new("Huawei-IPHost-Addr", AttributePath.OfVendor(2011, 60), Codecs.Text);

    /// <summary>Huawei-User-Date (26.2011.65): string.</summary>
    public static readonly AttributeKey<string> UserDate =
        new("Huawei-User-Date", AttributePath.OfVendor(2011, 65), Codecs.Text);

    /// <summary>Huawei-User-Class (26.2011.66): string.</summary>
    public static readonly AttributeKey<string> UserClass =
        new("Huawei-User-Class", AttributePath.OfVendor(2011, 66), Codecs.Text);

    /// <summary>Huawei-Zone-Name (26.2011.81): string.</summary>
    public static readonly AttributeKey<string> ZoneName =
        new("Huawei-Zone-Name", AttributePath.OfVendor(2011, 81), Codecs.Text);

    /// <summary>Huawei-Access-Service (26.2011.83): string.</summary>
    public static readonly AttributeKey<string> AccessService =
        new("Huawei-Access-Service", AttributePath.OfVendor(2011, 83), Codecs.Text);

    /// <summary>Huawei-Service-Chg-Cmd (26.2011.105): integer.</summary>
    public static readonly AttributeKey<uint> ServiceChgCmd =
        new("Huawei-Service-Chg-Cmd", AttributePath.OfVendor(2011, 105), Codecs.Integer);

    /// <summary>Huawei-Acct-Packet-Type (26.2011.106): integer.</summary>
    public static readonly AttributeKey<uint> AcctPacketType =
        new("Huawei-Acct-Packet-Type", AttributePath.OfVendor(2011, 106), Codecs.Integer);

    /// <summary>Huawei-ONLY-Account-Type (26.2011.137): integer.</summary>
    public static readonly AttributeKey<uint> OnlyAccountType =
        new("Huawei-ONLY-Account-Type", AttributePath.OfVendor(2011, 137), Codecs.Integer);

    /// <summary>Huawei-Domain-Name (26.2011.138): string.</summary>
    public static readonly AttributeKey<string> DomainName =
        new("Huawei-Domain-Name", AttributePath.OfVendor(2011, 138), Codecs.Text);

    /// <summary>Huawei-Max-List-Num (26.2011.143): integer.</summary>
    public static readonly AttributeKey<uint> MaxListNum =
        new("Huawei-Max-List-Num", AttributePath.OfVendor(2011, 143), Codecs.Integer);

    /// <summary>Huawei-User-Mac (26.2011.153): string.</summary>
    public static readonly AttributeKey<string> UserMac =
        new("Huawei-User-Mac", AttributePath.OfVendor(2011, 153), Codecs.Text);

    /// <summary>Huawei-Acct-Update-Address (26.2011.159): integer.</summary>
    public static readonly AttributeKey<uint> AcctUpdateAddress =
        new("Huawei-Acct-Update-Address", AttributePath.OfVendor(2011, 159), Codecs.Integer);

    /// <summary>Huawei-Auth-Type (26.2011.180): integer.</summary>
    public static readonly AttributeKey<uint> AuthType =
        new("Huawei-Auth-Type", AttributePath.OfVendor(2011, 180), Codecs.Integer);

    /// <summary>Huawei-Acct-Terminate-Subcause (26.2011.181): string.</summary>
    public static readonly AttributeKey<string> AcctTerminateSubcause =
        new("Huawei-Acct-Terminate-Subcause", AttributePath.OfVendor(2011, 181), Codecs.Text);

    /// <summary>Huawei-Account-Info (26.2011.184): string.</summary>
    public static readonly AttributeKey<string> AccountInfo =
        new("Huawei-Account-Info", AttributePath.OfVendor(2011, 184), Codecs.Text);

    /// <summary>Huawei-Service-Info (26.2011.185): string.</summary>
    public static readonly AttributeKey<string> ServiceInfo =
        new("Huawei-Service-Info", AttributePath.OfVendor(2011, 185), Codecs.Text);

    /// <summary>Huawei-AVpair (26.2011.188): string.</summary>
    public static readonly AttributeKey<string> AVpair =
        new("Huawei-AVpair", AttributePath.OfVendor(2011, 188), Codecs.Text);

    /// <summary>Huawei-Flow-Info (26.2011.211): string.</summary>
    public static readonly AttributeKey<string> FlowInfo =
        new("Huawei-Flow-Info", AttributePath.OfVendor(2011, 211), Codecs.Text);

    /// <summary>Huawei-Flow-Id (26.2011.212): integer.</summary>
    public static readonly AttributeKey<uint> FlowId =
        new("Huawei-Flow-Id", AttributePath.OfVendor(2011, 212), Codecs.Integer);

    /// <summary>Huawei-Ext-Specific (26.2011.238): string.</summary>
    public static readonly AttributeKey<string> ExtSpecific =
        new("Huawei-Ext-Specific", AttributePath.OfVendor(2011, 238), Codecs.Text);

    /// <summary>Huawei-Version (26.2011.254): string.</summary>
    public static readonly AttributeKey<string> Version =
        new("Huawei-Version", AttributePath.OfVendor(2011, 254), Codecs.Text);

    /// <summary>Huawei-Product-ID (26.2011.255): string.</summary>
    public static readonly AttributeKey<string> ProductId =
        new("Huawei-Product-ID", AttributePath.OfVendor(2011, 255), Codecs.Text);

    /// <summary>Huawei-IP-Address (26.2011.30): integer.</summary>
    public static readonly AttributeKey<uint> IPAddress =
        new("Huawei-IP-Address", AttributePath.OfVendor(2011, 30), Codecs.Integer);

    /// <summary>Huawei-Renewal-Time (26.2011.35): integer.</summary>
    public static readonly AttributeKey<uint> RenewalTime =
        new("Huawei-Renewal-Time", AttributePath.OfVendor(2011, 35), Codecs.Integer);

    /// <summary>Huawei-Rebinding-Time (26.2011.36): integer.</summary>
    public static readonly AttributeKey<uint> RebindingTime =
        new("Huawei-Rebinding-Time", AttributePath.OfVendor(2011, 36), Codecs.Integer);

    /// <summary>Huawei-Subnet-Mask (26.2011.72): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> SubnetMask =
        new("Huawei-Subnet-Mask", AttributePath.OfVendor(2011, 72), Codecs.IPv4Address);

    /// <summary>Huawei-Gateway-Address (26.2011.73): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> GatewayAddress =
        new("Huawei-Gateway-Address", AttributePath.OfVendor(2011, 73), Codecs.IPv4Address);

    /// <summary>Huawei-Lease-Time (26.2011.74): integer.</summary>
    public static readonly AttributeKey<uint> LeaseTime =
        new("Huawei-Lease-Time", AttributePath.OfVendor(2011, 74), Codecs.Integer);

    /// <summary>Huawei-Primary-WINS (26.2011.75): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> PrimaryWins =
        new("Huawei-Primary-WINS", AttributePath.OfVendor(2011, 75), Codecs.IPv4Address);

    /// <summary>Huawei-Secondary-WINS (26.2011.76): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> SecondaryWins =
        new("Huawei-Secondary-WINS", AttributePath.OfVendor(2011, 76), Codecs.IPv4Address);

    /// <summary>Huawei-Policy-Route (26.2011.87): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> PolicyRoute =
        new("Huawei-Policy-Route", AttributePath.OfVendor(2011, 87), Codecs.IPv4Address);

    /// <summary>Huawei-Framed-Pool (26.2011.88): string.</summary>
    public static readonly AttributeKey<string> FramedPool =
        new("Huawei-Framed-Pool", AttributePath.OfVendor(2011, 88), Codecs.Text);

    /// <summary>Huawei-Primary-DNS (26.2011.135): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> PrimaryDns =
        new("Huawei-Primary-DNS", AttributePath.OfVendor(2011, 135), Codecs.IPv4Address);

    /// <summary>Huawei-Secondary-DNS (26.2011.136): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> SecondaryDns =
        new("Huawei-Secondary-DNS", AttributePath.OfVendor(2011, 136), Codecs.IPv4Address);

    /// <summary>Huawei-Loopback-Address (26.2011.141): string.</summary>
    public static readonly AttributeKey<string> LoopbackAddress =
        new("Huawei-Loopback-Address", AttributePath.OfVendor(2011, 141), Codecs.Text);

    /// <summary>Huawei-DHCPv6-Option37 (26.2011.150): string.</summary>
    public static readonly AttributeKey<string> DHCPv6Option37 =
        new("Huawei-DHCPv6-Option37", AttributePath.OfVendor(2011, 150), Codecs.Text);

    /// <summary>Huawei-DHCPv6-Option38 (26.2011.151): string.</summary>
    public static readonly AttributeKey<string> DHCPv6Option38 =
        new("Huawei-DHCPv6-Option38", AttributePath.OfVendor(2011, 151), Codecs.Text);

    /// <summary>Huawei-DNS-Server-IPv6-address (26.2011.154): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> DnsServerIPv6Address =
        new("Huawei-DNS-Server-IPv6-address", AttributePath.OfVendor(2011, 154), Codecs.IPv6Address);

    /// <summary>Huawei-DHCPv4-Option121 (26.2011.155): string.</summary>
    public static readonly AttributeKey<string> DHCPv4Option121 =
        new("Huawei-DHCPv4-Option121", AttributePath.OfVendor(2011, 155), Codecs.Text);

    /// <summary>Huawei-DHCPv4-Option43 (26.2011.156): string.</summary>
    public static readonly AttributeKey<string> DHCPv4Option43 =
        new("Huawei-DHCPv4-Option43", AttributePath.OfVendor(2011, 156), Codecs.Text);

    /// <summary>Huawei-Framed-Pool-Group (26.2011.157): string.</summary>
    public static readonly AttributeKey<string> FramedPoolGroup =
        new("Huawei-Framed-Pool-Group", AttributePath.OfVendor(2011, 157), Codecs.Text);

    /// <summary>Huawei-Framed-IPv6-Address (26.2011.158): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> FramedIPv6Address =
        new("Huawei-Framed-IPv6-Address", AttributePath.OfVendor(2011, 158), Codecs.IPv6Address);

    /// <summary>Huawei-DHCP-Option (26.2011.187): octets.</summary>
    public static readonly AttributeKey<byte[]> DhcpOption =
        new("Huawei-DHCP-Option", AttributePath.OfVendor(2011, 187), Codecs.Octets);

    /// <summary>Huawei-Delegated-IPv6-Prefix-Pool (26.2011.191): string.</summary>
    public static readonly AttributeKey<string> DelegatedIPv6PrefixPool =
        new("Huawei-Delegated-IPv6-Prefix-Pool", AttributePath.OfVendor(2011, 191), Codecs.Text);

    /// <summary>Huawei-IPv6-Prefix-Lease (26.2011.192): octets.</summary>
    public static readonly AttributeKey<byte[]> IPv6PrefixLease =
        new("Huawei-IPv6-Prefix-Lease", AttributePath.OfVendor(2011, 192), Codecs.Octets);

    /// <summary>Huawei-IPv6-Address-Lease (26.2011.193): octets.</summary>
    public static readonly AttributeKey<byte[]> IPv6AddressLease =
        new("Huawei-IPv6-Address-Lease", AttributePath.OfVendor(2011, 193), Codecs.Octets);

    /// <summary>Huawei-IPv6-Policy-Route (26.2011.194): ipv6prefix.</summary>
    public static readonly AttributeKey<IPNetwork> IPv6PolicyRoute =
        new("Huawei-IPv6-Policy-Route", AttributePath.OfVendor(2011, 194), Codecs.IPv6Prefix);

    /// <summary>Huawei-MNG-IPv6 (26.2011.196): integer.</summary>
    public static readonly AttributeKey<uint> MngIPv6 =
        new("Huawei-MNG-IPv6", AttributePath.OfVendor(2011, 196), Codecs.Integer);

    /// <summary>Huawei-DHCP-Server-IP (26.2011.214): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DhcpServerIP =
        new("Huawei-DHCP-Server-IP", AttributePath.OfVendor(2011, 214), Codecs.IPv4Address);

    /// <summary>Huawei-Acct-IPv6-Input-Octets (26.2011.144): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6InputOctets =
        new("Huawei-Acct-IPv6-Input-Octets", AttributePath.OfVendor(2011, 144), Codecs.Integer);

    /// <summary>Huawei-Acct-IPv6-Output-Octets (26.2011.145): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6OutputOctets =
        new("Huawei-Acct-IPv6-Output-Octets", AttributePath.OfVendor(2011, 145), Codecs.Integer);

    /// <summary>Huawei-Acct-IPv6-Input-Packets (26.2011.146): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6InputPackets =
        new("Huawei-Acct-IPv6-Input-Packets", AttributePath.OfVendor(2011, 146), Codecs.Integer);

    /// <summary>Huawei-Acct-IPv6-Output-Packets (26.2011.147): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6OutputPackets =
        new("Huawei-Acct-IPv6-Output-Packets", AttributePath.OfVendor(2011, 147), Codecs.Integer);

    /// <summary>Huawei-Acct-IPv6-Input-Gigawords (26.2011.148): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6InputGigawords =
        new("Huawei-Acct-IPv6-Input-Gigawords", AttributePath.OfVendor(2011, 148), Codecs.Integer);

    /// <summary>Huawei-Acct-IPv6-Output-Gigawords (26.2011.149): integer.</summary>
    public static readonly AttributeKey<uint> AcctIPv6OutputGigawords =
        new("Huawei-Acct-IPv6-Output-Gigawords", AttributePath.OfVendor(2011, 149), Codecs.Integer);

    /// <summary>Huawei-NAT-Policy-Name (26.2011.160): string.</summary>
    public static readonly AttributeKey<string> NatPolicyName =
        new("Huawei-NAT-Policy-Name", AttributePath.OfVendor(2011, 160), Codecs.Text);

    /// <summary>Huawei-NAT-Public-Address (26.2011.161): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> NatPublicAddress =
        new("Huawei-NAT-Public-Address", AttributePath.OfVendor(2011, 161), Codecs.IPv4Address);

    /// <summary>Huawei-NAT-Start-Port (26.2011.162): integer.</summary>
    public static readonly AttributeKey<uint> NatStartPort =
        new("Huawei-NAT-Start-Port", AttributePath.OfVendor(2011, 162), Codecs.Integer);

    /// <summary>Huawei-NAT-End-Port (26.2011.163): integer.</summary>
    public static readonly AttributeKey<uint> NatEndPort =
        new("Huawei-NAT-End-Port", AttributePath.OfVendor(2011, 163), Codecs.Integer);

    /// <summary>Huawei-NAT-Port-Forwarding (26.2011.164): integer.</summary>
    public static readonly AttributeKey<uint> NatPortForwarding =
        new("Huawei-NAT-Port-Forwarding", AttributePath.OfVendor(2011, 164), Codecs.Integer);

    /// <summary>Huawei-NAT-Port-Range-Update (26.2011.165): integer.</summary>
    public static readonly AttributeKey<uint> NatPortRangeUpdate =
        new("Huawei-NAT-Port-Range-Update", AttributePath.OfVendor(2011, 165), Codecs.Integer);

    /// <summary>Huawei-DS-Lite-Tunnel-Name (26.2011.166): string.</summary>
    public static readonly AttributeKey<string> DSLiteTunnelName =
        new("Huawei-DS-Lite-Tunnel-Name", AttributePath.OfVendor(2011, 166), Codecs.Text);

    /// <summary>Huawei-PCP-Server-Name (26.2011.167): string.</summary>
    public static readonly AttributeKey<string> PcpServerName =
        new("Huawei-PCP-Server-Name", AttributePath.OfVendor(2011, 167), Codecs.Text);

    /// <summary>Huawei-Public-IP-Addr-State (26.2011.168): integer.</summary>
    public static readonly AttributeKey<uint> PublicIPAddrState =
        new("Huawei-Public-IP-Addr-State", AttributePath.OfVendor(2011, 168), Codecs.Integer);

    /// <summary>Huawei-Tunnel-VPN-Instance (26.2011.63): string.</summary>
    public static readonly AttributeKey<string> TunnelVpnInstance =
        new("Huawei-Tunnel-VPN-Instance", AttributePath.OfVendor(2011, 63), Codecs.Text);

    /// <summary>Huawei-VT-Name (26.2011.64): integer.</summary>
    public static readonly AttributeKey<uint> VTName =
        new("Huawei-VT-Name", AttributePath.OfVendor(2011, 64), Codecs.Integer);

    /// <summary>Huawei-PPP-NCP-Type (26.2011.70): integer.</summary>
    public static readonly AttributeKey<uint> PppNcpType =
        new("Huawei-PPP-NCP-Type", AttributePath.OfVendor(2011, 70), Codecs.Integer);

    /// <summary>Huawei-VSI-Name (26.2011.71): string.</summary>
    public static readonly AttributeKey<string> VsiName =
        new("Huawei-VSI-Name", AttributePath.OfVendor(2011, 71), Codecs.Text);

    /// <summary>Huawei-Tunnel-Session-Limit (26.2011.80): integer.</summary>
    public static readonly AttributeKey<uint> TunnelSessionLimit =
        new("Huawei-Tunnel-Session-Limit", AttributePath.OfVendor(2011, 80), Codecs.Integer);

    /// <summary>Huawei-Data-Filter (26.2011.82): string.</summary>
    public static readonly AttributeKey<string> DataFilter =
        new("Huawei-Data-Filter", AttributePath.OfVendor(2011, 82), Codecs.Text);

    /// <summary>Huawei-DPI-Policy-Name (26.2011.86): string.</summary>
    public static readonly AttributeKey<string> DpiPolicyName =
        new("Huawei-DPI-Policy-Name", AttributePath.OfVendor(2011, 86), Codecs.Text);

    /// <summary>Huawei-L2TP-Terminate-Cause (26.2011.89): string.</summary>
    public static readonly AttributeKey<string> L2tpTerminateCause =
        new("Huawei-L2TP-Terminate-Cause", AttributePath.OfVendor(2011, 89), Codecs.Text);

    /// <summary>Huawei-Layer4-Session-Limit (26.2011.92): integer.</summary>
    public static readonly AttributeKey<uint> Layer4SessionLimit =
        new("Huawei-Layer4-Session-Limit", AttributePath.OfVendor(2011, 92), Codecs.Integer);

    /// <summary>Huawei-VPN-Instance (26.2011.94): string.</summary>
    public static readonly AttributeKey<string> VpnInstance =
        new("Huawei-VPN-Instance", AttributePath.OfVendor(2011, 94), Codecs.Text);

    /// <summary>Huawei-Policy-Name (26.2011.95): string.</summary>
    public static readonly AttributeKey<string> PolicyName =
        new("Huawei-Policy-Name", AttributePath.OfVendor(2011, 95), Codecs.Text);

    /// <summary>Huawei-Tunnel-Group-Name (26.2011.96): string.</summary>
    public static readonly AttributeKey<string> TunnelGroupName =
        new("Huawei-Tunnel-Group-Name", AttributePath.OfVendor(2011, 96), Codecs.Text);

    /// <summary>Huawei-ANCP-Profile (26.2011.139): string.</summary>
    public static readonly AttributeKey<string> AncpProfile =
        new("Huawei-ANCP-Profile", AttributePath.OfVendor(2011, 139), Codecs.Text);

    /// <summary>Huawei-Port-Mirror (26.2011.183): integer.</summary>
    public static readonly AttributeKey<uint> PortMirror =
        new("Huawei-Port-Mirror", AttributePath.OfVendor(2011, 183), Codecs.Integer);

    /// <summary>Huawei-IGMP-Enable (26.2011.37): integer.</summary>
    public static readonly AttributeKey<uint> IgmpEnable =
        new("Huawei-IGMP-Enable", AttributePath.OfVendor(2011, 37), Codecs.Integer);

    /// <summary>Huawei-Multicast-Profile (26.2011.93): string.</summary>
    public static readonly AttributeKey<string> MulticastProfile =
        new("Huawei-Multicast-Profile", AttributePath.OfVendor(2011, 93), Codecs.Text);

    /// <summary>Huawei-Multicast-Source-Group (26.2011.97): string.</summary>
    public static readonly AttributeKey<string> MulticastSourceGroup =
        new("Huawei-Multicast-Source-Group", AttributePath.OfVendor(2011, 97), Codecs.Text);

    /// <summary>Huawei-Multicast-Receive-Group (26.2011.98): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> MulticastReceiveGroup =
        new("Huawei-Multicast-Receive-Group", AttributePath.OfVendor(2011, 98), Codecs.IPv4Address);

    /// <summary>Huawei-User-Multicast-Type (26.2011.99): integer.</summary>
    public static readonly AttributeKey<uint> UserMulticastType =
        new("Huawei-User-Multicast-Type", AttributePath.OfVendor(2011, 99), Codecs.Integer);

    /// <summary>Huawei-FTP-Directory (26.2011.28): string.</summary>
    public static readonly AttributeKey<string> FtpDirectory =
        new("Huawei-FTP-Directory", AttributePath.OfVendor(2011, 28), Codecs.Text);

    /// <summary>Huawei-Exec-Privilege (26.2011.29): integer.</summary>
    public static readonly AttributeKey<uint> ExecPrivilege =
        new("Huawei-Exec-Privilege", AttributePath.OfVendor(2011, 29), Codecs.Integer);

    /// <summary>Huawei-User-Password (26.2011.33): string.</summary>
    public static readonly AttributeKey<string> UserPassword =
        new("Huawei-User-Password", AttributePath.OfVendor(2011, 33), Codecs.Text);

    /// <summary>Huawei-SIP-Server (26.2011.32): string.</summary>
    public static readonly AttributeKey<string> SipServer =
        new("Huawei-SIP-Server", AttributePath.OfVendor(2011, 32), Codecs.Text);

    /// <summary>Huawei-Call-Reference (26.2011.107): integer.</summary>
    public static readonly AttributeKey<uint> CallReference =
        new("Huawei-Call-Reference", AttributePath.OfVendor(2011, 107), Codecs.Integer);

    /// <summary>Huawei-PSTN-Port (26.2011.108): integer.</summary>
    public static readonly AttributeKey<uint> PstnPort =
        new("Huawei-PSTN-Port", AttributePath.OfVendor(2011, 108), Codecs.Integer);

    /// <summary>Huawei-Voip-Service-Type (26.2011.109): integer.</summary>
    public static readonly AttributeKey<uint> VoipServiceType =
        new("Huawei-Voip-Service-Type", AttributePath.OfVendor(2011, 109), Codecs.Integer);

    /// <summary>Huawei-Error-Reason (26.2011.112): integer.</summary>
    public static readonly AttributeKey<uint> ErrorReason =
        new("Huawei-Error-Reason", AttributePath.OfVendor(2011, 112), Codecs.Integer);

    /// <summary>Huawei-Org-GK-ipaddr (26.2011.123): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> OrgGKIpaddr =
        new("Huawei-Org-GK-ipaddr", AttributePath.OfVendor(2011, 123), Codecs.IPv4Address);

    /// <summary>Huawei-Org-GW-ipaddr (26.2011.124): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> OrgGWIpaddr =
        new("Huawei-Org-GW-ipaddr", AttributePath.OfVendor(2011, 124), Codecs.IPv4Address);

    /// <summary>Huawei-Dst-GK-ipaddr (26.2011.125): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DstGKIpaddr =
        new("Huawei-Dst-GK-ipaddr", AttributePath.OfVendor(2011, 125), Codecs.IPv4Address);

    /// <summary>Huawei-Dst-GW-ipaddr (26.2011.126): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> DstGWIpaddr =
        new("Huawei-Dst-GW-ipaddr", AttributePath.OfVendor(2011, 126), Codecs.IPv4Address);

    /// <summary>Huawei-Access-Num (26.2011.127): string.</summary>
    public static readonly AttributeKey<string> AccessNum =
        new("Huawei-Access-Num", AttributePath.OfVendor(2011, 127), Codecs.Text);

    /// <summary>Huawei-Codec-Type (26.2011.131): integer.</summary>
    public static readonly AttributeKey<uint> CodecType =
        new("Huawei-Codec-Type", AttributePath.OfVendor(2011, 131), Codecs.Integer);

    /// <summary>Huawei-Transfer-Num (26.2011.132): string.</summary>
    public static readonly AttributeKey<string> TransferNum =
        new("Huawei-Transfer-Num", AttributePath.OfVendor(2011, 132), Codecs.Text);

    /// <summary>Huawei-New-User-Name (26.2011.133): string.</summary>
    public static readonly AttributeKey<string> NewUserName =
        new("Huawei-New-User-Name", AttributePath.OfVendor(2011, 133), Codecs.Text);

    /// <summary>Huawei-Transfer-Station-Id (26.2011.134): string.</summary>
    public static readonly AttributeKey<string> TransferStationId =
        new("Huawei-Transfer-Station-Id", AttributePath.OfVendor(2011, 134), Codecs.Text);

    /// <summary>Huawei-LI-ID (26.2011.101): string.</summary>
    public static readonly AttributeKey<string> LIId =
        new("Huawei-LI-ID", AttributePath.OfVendor(2011, 101), Codecs.Text);

    /// <summary>Huawei-LI-Md-Address (26.2011.102): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> LIMdAddress =
        new("Huawei-LI-Md-Address", AttributePath.OfVendor(2011, 102), Codecs.IPv4Address);

    /// <summary>Huawei-LI-Md-Port (26.2011.103): integer.</summary>
    public static readonly AttributeKey<uint> LIMdPort =
        new("Huawei-LI-Md-Port", AttributePath.OfVendor(2011, 103), Codecs.Integer);

    /// <summary>Huawei-LI-Md-VpnInstance (26.2011.104): string.</summary>
    public static readonly AttributeKey<string> LIMdVpnInstance =
        new("Huawei-LI-Md-VpnInstance", AttributePath.OfVendor(2011, 104), Codecs.Text);

    /// <summary>Huawei-Application-Type (26.2011.215): integer.</summary>
    public static readonly AttributeKey<uint> ApplicationType =
        new("Huawei-Application-Type", AttributePath.OfVendor(2011, 215), Codecs.Integer);

    /// <summary>Huawei-Indication-Flag (26.2011.216): octets.</summary>
    public static readonly AttributeKey<byte[]> IndicationFlag =
        new("Huawei-Indication-Flag", AttributePath.OfVendor(2011, 216), Codecs.Octets);

    /// <summary>Huawei-Original_NAS-IP_Address (26.2011.217): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> OriginalNasIPAddress =
        new("Huawei-Original_NAS-IP_Address", AttributePath.OfVendor(2011, 217), Codecs.IPv4Address);

    /// <summary>Huawei-Provision-Code (26.2011.220): string.</summary>
    public static readonly AttributeKey<string> ProvisionCode =
        new("Huawei-Provision-Code", AttributePath.OfVendor(2011, 220), Codecs.Text);

    /// <summary>Huawei-Application-Scene (26.2011.221): octets.</summary>
    public static readonly AttributeKey<byte[]> ApplicationScene =
        new("Huawei-Application-Scene", AttributePath.OfVendor(2011, 221), Codecs.Octets);

    /// <summary>Huawei-MS-Maximum-MAC-Study-Number (26.2011.222): octets.</summary>
    public static readonly AttributeKey<byte[]> MSMaximumMacStudyNumber =
        new("Huawei-MS-Maximum-MAC-Study-Number", AttributePath.OfVendor(2011, 222), Codecs.Octets);

    /// <summary>Huawei-GGSN-Vendor (26.2011.232): string.</summary>
    public static readonly AttributeKey<string> GgsnVendor =
        new("Huawei-GGSN-Vendor", AttributePath.OfVendor(2011, 232), Codecs.Text);

    /// <summary>Huawei-GGSN-Version (26.2011.233): string.</summary>
    public static readonly AttributeKey<string> GgsnVersion =
        new("Huawei-GGSN-Version", AttributePath.OfVendor(2011, 233), Codecs.Text);
}

/// <summary>Values of Huawei-QoS-Profile-Type (26.2011.142).</summary>
public enum HuaweiQoSProfileType : uint
{
    /// <summary>Original.</summary>
    Original = 0,

    /// <summary>L2TP-Inbound.</summary>
    L2tpInbound = 1,

    /// <summary>L2TP-Outbound.</summary>
    L2tpOutbound = 2,

    /// <summary>L2TP.</summary>
    L2tp = 3,
}

/// <summary>Values of Huawei-User-Priority (26.2011.218).</summary>
public enum HuaweiUserPriority : uint
{
    /// <summary>Common.</summary>
    Common = 0,

    /// <summary>Copper.</summary>
    Copper = 1,

    /// <summary>Silver.</summary>
    Silver = 2,

    /// <summary>Gold.</summary>
    Gold = 3,
}

/// <summary>Values of Huawei-Portal-Mode (26.2011.85).</summary>
public enum HuaweiPortalMode : uint
{
    /// <summary>PADM.</summary>
    Padm = 0,

    /// <summary>Redirectional.</summary>
    Redirectional = 1,

    /// <summary>Non-captive.</summary>
    NonCaptive = 2,
}

/// <summary>Values of Huawei-Result-Code (26.2011.25).</summary>
public enum HuaweiResultCode : uint
{
    /// <summary>Succeeded.</summary>
    Succeeded = 0,
}

/// <summary>Values of Huawei-Auth-Type (26.2011.180).</summary>
public enum HuaweiAuthType : uint
{
    /// <summary>PPP.</summary>
    Ppp = 1,

    /// <summary>Web.</summary>
    Web = 2,

    /// <summary>Dot1x.</summary>
    Dot1x = 3,

    /// <summary>Fast.</summary>
    Fast = 4,

    /// <summary>Bind.</summary>
    Bind = 5,

    /// <summary>WLAN.</summary>
    Wlan = 6,

    /// <summary>Administrative.</summary>
    Administrative = 7,

    /// <summary>Tunnel.</summary>
    Tunnel = 8,

    /// <summary>MIP.</summary>
    Mip = 9,

    /// <summary>None.</summary>
    None = 10,
}

/// <summary>Values of Huawei-MNG-IPv6 (26.2011.196).</summary>
public enum HuaweiMngIPv6 : uint
{
    /// <summary>Unsupported.</summary>
    Unsupported = 0,

    /// <summary>Supported.</summary>
    Supported = 1,
}

/// <summary>Values of Huawei-Public-IP-Addr-State (26.2011.168).</summary>
public enum HuaweiPublicIPAddrState : uint
{
    /// <summary>Safe.</summary>
    Safe = 0,

    /// <summary>Warning.</summary>
    Warning = 1,

    /// <summary>Danger.</summary>
    Danger = 2,
}

/// <summary>Values of Huawei-Port-Mirror (26.2011.183).</summary>
public enum HuaweiPortMirror : uint
{
    /// <summary>Disable.</summary>
    Disable = 0,

    /// <summary>Uplink-Enable.</summary>
    UplinkEnable = 1,

    /// <summary>Downlink-Enable.</summary>
    DownlinkEnable = 2,

    /// <summary>Enable.</summary>
    Enable = 3,
}

/// <summary>Values of Huawei-Application-Type (26.2011.215).</summary>
public enum HuaweiApplicationType : uint
{
    /// <summary>Fixed.</summary>
    Fixed = 1,

    /// <summary>Nomadic.</summary>
    Nomadic = 2,

    /// <summary>Portable.</summary>
    Portable = 3,

    /// <summary>Simple-Mobile.</summary>
    SimpleMobile = 4,

    /// <summary>Full-Mobile.</summary>
    FullMobile = 5,
}
