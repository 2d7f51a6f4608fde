// Written by dictionaries/Generate.cs from dictionary.ruckus: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>Ruckus Wireless, RUCKUS Networks (vendor 25053).</summary>
public static class Ruckus
{
    /// <summary>Ruckus-User-Groups (26.25053.1): string.</summary>
    public static readonly AttributeKey<string> UserGroups =
        new("Ruckus-User-Groups", AttributePath.OfVendor(25053, 1), Codecs.Text);

    /// <summary>Ruckus-SSID (26.25053.3): string.</summary>
    public static readonly AttributeKey<string> Ssid =
        new("Ruckus-SSID", AttributePath.OfVendor(25053, 3), Codecs.Text);

    /// <summary>Ruckus-Wlan-Id (26.25053.4): integer.</summary>
    public static readonly AttributeKey<uint> WlanId =
        new("Ruckus-Wlan-Id", AttributePath.OfVendor(25053, 4), Codecs.Integer);

    /// <summary>Ruckus-VLAN-ID (26.25053.9): integer.</summary>
    public static readonly AttributeKey<uint> VlanId =
        new("Ruckus-VLAN-ID", AttributePath.OfVendor(25053, 9), Codecs.Integer);

    /// <summary>Ruckus-WSG-User (26.25053.10): string.</summary>
    public static readonly AttributeKey<string> WsgUser =
        new("Ruckus-WSG-User", AttributePath.OfVendor(25053, 10), Codecs.Text);

    /// <summary>Ruckus-Sta-Inner-Id (26.25053.13): string.</summary>
    public static readonly AttributeKey<string> StaInnerId =
        new("Ruckus-Sta-Inner-Id", AttributePath.OfVendor(25053, 13), Codecs.Text);

    /// <summary>Ruckus-FlexAuth-AVP (26.25053.20): string.</summary>
    public static readonly AttributeKey<string> FlexAuthAvp =
        new("Ruckus-FlexAuth-AVP", AttributePath.OfVendor(25053, 20), Codecs.Text);

    /// <summary>Ruckus-Policy-Name (26.25053.115): string.</summary>
    public static readonly AttributeKey<string> PolicyName =
        new("Ruckus-Policy-Name", AttributePath.OfVendor(25053, 115), Codecs.Text);

    /// <summary>Ruckus-Zone-Id (26.25053.127): string.</summary>
    public static readonly AttributeKey<string> ZoneId =
        new("Ruckus-Zone-Id", AttributePath.OfVendor(25053, 127), Codecs.Text);

    /// <summary>Ruckus-Wispr-Redirect-Policy (26.25053.132): string.</summary>
    public static readonly AttributeKey<string> WisprRedirectPolicy =
        new("Ruckus-Wispr-Redirect-Policy", AttributePath.OfVendor(25053, 132), Codecs.Text);

    /// <summary>Ruckus-Zone-Name (26.25053.134): string.</summary>
    public static readonly AttributeKey<string> ZoneName =
        new("Ruckus-Zone-Name", AttributePath.OfVendor(25053, 134), Codecs.Text);

    /// <summary>Ruckus-Wlan-Name (26.25053.135): string.</summary>
    public static readonly AttributeKey<string> WlanName =
        new("Ruckus-Wlan-Name", AttributePath.OfVendor(25053, 135), Codecs.Text);

    /// <summary>Ruckus-Vlan-Pool (26.25053.141): string.</summary>
    public static readonly AttributeKey<string> VlanPool =
        new("Ruckus-Vlan-Pool", AttributePath.OfVendor(25053, 141), Codecs.Text);

    /// <summary>Ruckus-Max-DL-UL-Quota (26.25053.144): integer.</summary>
    public static readonly AttributeKey<uint> MaxDLULQuota =
        new("Ruckus-Max-DL-UL-Quota", AttributePath.OfVendor(25053, 144), Codecs.Integer);

    /// <summary>Ruckus-Sta-RSSI (26.25053.2): integer.</summary>
    public static readonly AttributeKey<uint> StaRssi =
        new("Ruckus-Sta-RSSI", AttributePath.OfVendor(25053, 2), Codecs.Integer);

    /// <summary>Ruckus-Grace-Period (26.25053.6): integer.</summary>
    public static readonly AttributeKey<uint> GracePeriod =
        new("Ruckus-Grace-Period", AttributePath.OfVendor(25053, 6), Codecs.Integer);

    /// <summary>Ruckus-Sta-UUID (26.25053.11): string.</summary>
    public static readonly AttributeKey<string> StaUuid =
        new("Ruckus-Sta-UUID", AttributePath.OfVendor(25053, 11), Codecs.Text);

    /// <summary>Ruckus-Accept-Enhancement-Reason (26.25053.12): integer.</summary>
    public static readonly AttributeKey<uint> AcceptEnhancementReason =
        new("Ruckus-Accept-Enhancement-Reason", AttributePath.OfVendor(25053, 12), Codecs.Integer);

    /// <summary>Ruckus-BSSID (26.25053.14): octets.</summary>
    public static readonly AttributeKey<byte[]> Bssid =
        new("Ruckus-BSSID", AttributePath.OfVendor(25053, 14), Codecs.Octets);

    /// <summary>Ruckus-AP-Roamed (26.25053.136): integer.</summary>
    public static readonly AttributeKey<uint> APRoamed =
        new("Ruckus-AP-Roamed", AttributePath.OfVendor(25053, 136), Codecs.Integer);

    /// <summary>Ruckus-Client-Host-Name (26.25053.138): string.</summary>
    public static readonly AttributeKey<string> ClientHostName =
        new("Ruckus-Client-Host-Name", AttributePath.OfVendor(25053, 138), Codecs.Text);

    /// <summary>Ruckus-Client-Os-Type (26.25053.139): string.</summary>
    public static readonly AttributeKey<string> ClientOsType =
        new("Ruckus-Client-Os-Type", AttributePath.OfVendor(25053, 139), Codecs.Text);

    /// <summary>Ruckus-Client-Os-Class (26.25053.140): string.</summary>
    public static readonly AttributeKey<string> ClientOsClass =
        new("Ruckus-Client-Os-Class", AttributePath.OfVendor(25053, 140), Codecs.Text);

    /// <summary>Ruckus-Sta-SVlan-Id (26.25053.148): integer.</summary>
    public static readonly AttributeKey<uint> StaSVlanId =
        new("Ruckus-Sta-SVlan-Id", AttributePath.OfVendor(25053, 148), Codecs.Integer);

    /// <summary>Ruckus-Traffic-Class-Attribute-Ids (26.25053.145): string.</summary>
    public static readonly AttributeKey<string> TrafficClassAttributeIds =
        new("Ruckus-Traffic-Class-Attribute-Ids", AttributePath.OfVendor(25053, 145), Codecs.Text);

    /// <summary>Ruckus-TC-Attr-Ids-With-Quota (26.25053.146): tlv.</summary>
    public static readonly AttributeKey<byte[]> TCAttrIdsWithQuota =
        new("Ruckus-TC-Attr-Ids-With-Quota", AttributePath.OfVendor(25053, 146), Codecs.Tlv);

    /// <summary>Ruckus-TC-Name-Quota (26.25053.146.1): string.</summary>
    public static readonly AttributeKey<string> TCNameQuota =
        new("Ruckus-TC-Name-Quota", AttributePath.OfVendor(25053, 146).Member(1), Codecs.Text);

    /// <summary>Ruckus-TC-Quota (26.25053.146.2): octets.</summary>
    public static readonly AttributeKey<byte[]> TCQuota =
        new("Ruckus-TC-Quota", AttributePath.OfVendor(25053, 146).Member(2), Codecs.Octets);

    /// <summary>Ruckus-TC-Acct-Ctrs (26.25053.149): tlv.</summary>
    public static readonly AttributeKey<byte[]> TCAcctCtrs =
        new("Ruckus-TC-Acct-Ctrs", AttributePath.OfVendor(25053, 149), Codecs.Tlv);

    /// <summary>Ruckus-Acct-Ctrs_TC-Name (26.25053.149.1): string.</summary>
    public static readonly AttributeKey<string> AcctCtrsTCName =
        new("Ruckus-Acct-Ctrs_TC-Name", AttributePath.OfVendor(25053, 149).Member(1), Codecs.Text);

    /// <summary>Ruckus-Acct-Ctrs_Input-Octets (26.25053.149.2): integer.</summary>
    public static readonly AttributeKey<uint> AcctCtrsInputOctets =
        new("Ruckus-Acct-Ctrs_Input-Octets", AttributePath.OfVendor(25053, 149).Member(2), Codecs.Integer);

    /// <summary>Ruckus-Acct-Ctrs_Output-Octets (26.25053.149.3): integer.</summary>
    public static readonly AttributeKey<uint> AcctCtrsOutputOctets =
        new("Ruckus-Acct-Ctrs_Output-Octets", AttributePath.OfVendor(25053, 149).Member(3), Codecs.Integer);

    /// <summary>Ruckus-Acct-Ctrs_Input-Packets (26.25053.149.4): integer.</summary>
    public static readonly AttributeKey<uint> AcctCtrsInputPackets =
        new("Ruckus-Acct-Ctrs_Input-Packets", AttributePath.OfVendor(25053, 149).Member(4), Codecs.Integer);

    /// <summary>Ruckus-Acct-Ctrs_Output-Packets (26.25053.149.5): integer.</summary>
    public static readonly AttributeKey<uint> AcctCtrsOutputPackets =
        new("Ruckus-Acct-Ctrs_Output-Packets", AttributePath.OfVendor(25053, 149).Member(5), Codecs.Integer);

    /// <summary>Ruckus-Dpsk (26.25053.142): octets.</summary>
    public static readonly AttributeKey<byte[]> Dpsk =
        new("Ruckus-Dpsk", AttributePath.OfVendor(25053, 142), Codecs.Octets);

    /// <summary>Ruckus-CP-Token (26.25053.143): string.</summary>
    public static readonly AttributeKey<string> CPToken =
        new("Ruckus-CP-Token", AttributePath.OfVendor(25053, 143), Codecs.Text);

    /// <summary>Ruckus-DPSK-Params (26.25053.153): tlv.</summary>
    public static readonly AttributeKey<byte[]> DpskParams =
        new("Ruckus-DPSK-Params", AttributePath.OfVendor(25053, 153), Codecs.Tlv);

    /// <summary>Ruckus-DPSK-AKM-Suite (26.25053.153.1): octets.</summary>
    public static readonly AttributeKey<byte[]> DpskAkmSuite =
        new("Ruckus-DPSK-AKM-Suite", AttributePath.OfVendor(25053, 153).Member(1), Codecs.Octets);

    /// <summary>Ruckus-DPSK-Cipher (26.25053.153.2): byte.</summary>
    public static readonly AttributeKey<byte> DpskCipher =
        new("Ruckus-DPSK-Cipher", AttributePath.OfVendor(25053, 153).Member(2), Codecs.Byte);

    /// <summary>Ruckus-DPSK-Anonce (26.25053.153.3): octets.</summary>
    public static readonly AttributeKey<byte[]> DpskAnonce =
        new("Ruckus-DPSK-Anonce", AttributePath.OfVendor(25053, 153).Member(3), Codecs.Octets);

    /// <summary>Ruckus-DPSK-EAPOL-Key-Frame (26.25053.153.4): octets.</summary>
    public static readonly AttributeKey<byte[]> DpskEapolKeyFrame =
        new("Ruckus-DPSK-EAPOL-Key-Frame", AttributePath.OfVendor(25053, 153).Member(4), Codecs.Octets);

    /// <summary>Ruckus-Triplets (26.25053.101): octets.</summary>
    public static readonly AttributeKey<byte[]> Triplets =
        new("Ruckus-Triplets", AttributePath.OfVendor(25053, 101), Codecs.Octets);

    /// <summary>Ruckus-IMSI (26.25053.102): octets.</summary>
    public static readonly AttributeKey<byte[]> Imsi =
        new("Ruckus-IMSI", AttributePath.OfVendor(25053, 102), Codecs.Octets);

    /// <summary>Ruckus-MSISDN (26.25053.103): octets.</summary>
    public static readonly AttributeKey<byte[]> Msisdn =
        new("Ruckus-MSISDN", AttributePath.OfVendor(25053, 103), Codecs.Octets);

    /// <summary>Ruckus-APN-NI (26.25053.104): string.</summary>
    public static readonly AttributeKey<string> ApnNI =
        new("Ruckus-APN-NI", AttributePath.OfVendor(25053, 104), Codecs.Text);

    /// <summary>Ruckus-QoS (26.25053.105): octets.</summary>
    public static readonly AttributeKey<byte[]> QoS =
        new("Ruckus-QoS", AttributePath.OfVendor(25053, 105), Codecs.Octets);

    /// <summary>Ruckus-Selection-Mode (26.25053.106): integer.</summary>
    public static readonly AttributeKey<uint> SelectionMode =
        new("Ruckus-Selection-Mode", AttributePath.OfVendor(25053, 106), Codecs.Integer);

    /// <summary>Ruckus-APN-Resolution-Req (26.25053.107): integer.</summary>
    public static readonly AttributeKey<uint> ApnResolutionReq =
        new("Ruckus-APN-Resolution-Req", AttributePath.OfVendor(25053, 107), Codecs.Integer);

    /// <summary>Ruckus-Start-Time (26.25053.108): octets.</summary>
    public static readonly AttributeKey<byte[]> StartTime =
        new("Ruckus-Start-Time", AttributePath.OfVendor(25053, 108), Codecs.Octets);

    /// <summary>Ruckus-NAS-Type (26.25053.109): integer.</summary>
    public static readonly AttributeKey<uint> NasType =
        new("Ruckus-NAS-Type", AttributePath.OfVendor(25053, 109), Codecs.Integer);

    /// <summary>Ruckus-Status (26.25053.110): integer.</summary>
    public static readonly AttributeKey<uint> Status =
        new("Ruckus-Status", AttributePath.OfVendor(25053, 110), Codecs.Integer);

    /// <summary>Ruckus-APN-OI (26.25053.111): string.</summary>
    public static readonly AttributeKey<string> ApnOI =
        new("Ruckus-APN-OI", AttributePath.OfVendor(25053, 111), Codecs.Text);

    /// <summary>Ruckus-Auth-Type (26.25053.112): integer.</summary>
    public static readonly AttributeKey<uint> AuthType =
        new("Ruckus-Auth-Type", AttributePath.OfVendor(25053, 112), Codecs.Integer);

    /// <summary>Ruckus-Gn-User-Name (26.25053.113): string.</summary>
    public static readonly AttributeKey<string> GnUserName =
        new("Ruckus-Gn-User-Name", AttributePath.OfVendor(25053, 113), Codecs.Text);

    /// <summary>Ruckus-Brand-Code (26.25053.114): string.</summary>
    public static readonly AttributeKey<string> BrandCode =
        new("Ruckus-Brand-Code", AttributePath.OfVendor(25053, 114), Codecs.Text);

    /// <summary>Ruckus-Client-Local-IP (26.25053.116): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> ClientLocalIP =
        new("Ruckus-Client-Local-IP", AttributePath.OfVendor(25053, 116), Codecs.IPv4Address);

    /// <summary>Ruckus-SGSN-IP (26.25053.117): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> SgsnIP =
        new("Ruckus-SGSN-IP", AttributePath.OfVendor(25053, 117), Codecs.IPv4Address);

    /// <summary>Ruckus-Charging-Charac (26.25053.118): octets.</summary>
    public static readonly AttributeKey<byte[]> ChargingCharac =
        new("Ruckus-Charging-Charac", AttributePath.OfVendor(25053, 118), Codecs.Octets);

    /// <summary>Ruckus-PDP-Type (26.25053.119): octets.</summary>
    public static readonly AttributeKey<byte[]> PdpType =
        new("Ruckus-PDP-Type", AttributePath.OfVendor(25053, 119), Codecs.Octets);

    /// <summary>Ruckus-Dynamic-Address-Flag (26.25053.120): octets.</summary>
    public static readonly AttributeKey<byte[]> DynamicAddressFlag =
        new("Ruckus-Dynamic-Address-Flag", AttributePath.OfVendor(25053, 120), Codecs.Octets);

    /// <summary>Ruckus-ChCh-Selection-Mode (26.25053.121): octets.</summary>
    public static readonly AttributeKey<byte[]> ChChSelectionMode =
        new("Ruckus-ChCh-Selection-Mode", AttributePath.OfVendor(25053, 121), Codecs.Octets);

    /// <summary>Ruckus-AAA-IP (26.25053.122): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> AaaIP =
        new("Ruckus-AAA-IP", AttributePath.OfVendor(25053, 122), Codecs.IPv4Address);

    /// <summary>Ruckus-CDR-TYPE (26.25053.123): integer.</summary>
    public static readonly AttributeKey<uint> CdrType =
        new("Ruckus-CDR-TYPE", AttributePath.OfVendor(25053, 123), Codecs.Integer);

    /// <summary>Ruckus-SGSN-Number (26.25053.124): octets.</summary>
    public static readonly AttributeKey<byte[]> SgsnNumber =
        new("Ruckus-SGSN-Number", AttributePath.OfVendor(25053, 124), Codecs.Octets);

    /// <summary>Ruckus-Session-Type (26.25053.125): integer.</summary>
    public static readonly AttributeKey<uint> SessionType =
        new("Ruckus-Session-Type", AttributePath.OfVendor(25053, 125), Codecs.Integer);

    /// <summary>Ruckus-Accounting-Status (26.25053.126): integer.</summary>
    public static readonly AttributeKey<uint> AccountingStatus =
        new("Ruckus-Accounting-Status", AttributePath.OfVendor(25053, 126), Codecs.Integer);

    /// <summary>Ruckus-Area-Code (26.25053.130): octets.</summary>
    public static readonly AttributeKey<byte[]> AreaCode =
        new("Ruckus-Area-Code", AttributePath.OfVendor(25053, 130), Codecs.Octets);

    /// <summary>Ruckus-Cell-Identifier (26.25053.131): octets.</summary>
    public static readonly AttributeKey<byte[]> CellIdentifier =
        new("Ruckus-Cell-Identifier", AttributePath.OfVendor(25053, 131), Codecs.Octets);

    /// <summary>Ruckus-Location (26.25053.5): string.</summary>
    public static readonly AttributeKey<string> Location =
        new("Ruckus-Location", AttributePath.OfVendor(25053, 5), Codecs.Text);

    /// <summary>Ruckus-SCG-CBlade-IP (26.25053.7): integer.</summary>
    public static readonly AttributeKey<uint> ScgCBladeIP =
        new("Ruckus-SCG-CBlade-IP", AttributePath.OfVendor(25053, 7), Codecs.Integer);

    /// <summary>Ruckus-SCG-DBlade-IP (26.25053.8): integer.</summary>
    public static readonly AttributeKey<uint> ScgDBladeIP =
        new("Ruckus-SCG-DBlade-IP", AttributePath.OfVendor(25053, 8), Codecs.Integer);

    /// <summary>Ruckus-Auth-Server-Id (26.25053.128): string.</summary>
    public static readonly AttributeKey<string> AuthServerId =
        new("Ruckus-Auth-Server-Id", AttributePath.OfVendor(25053, 128), Codecs.Text);

    /// <summary>Ruckus-Utp-Id (26.25053.129): string.</summary>
    public static readonly AttributeKey<string> UtpId =
        new("Ruckus-Utp-Id", AttributePath.OfVendor(25053, 129), Codecs.Text);

    /// <summary>Ruckus-Eth-Profile-Id (26.25053.133): integer.</summary>
    public static readonly AttributeKey<uint> EthProfileId =
        new("Ruckus-Eth-Profile-Id", AttributePath.OfVendor(25053, 133), Codecs.Integer);

    /// <summary>Ruckus-Read-Preference (26.25053.137): octets.</summary>
    public static readonly AttributeKey<byte[]> ReadPreference =
        new("Ruckus-Read-Preference", AttributePath.OfVendor(25053, 137), Codecs.Octets);

    /// <summary>Ruckus-Nat-Pool-Name (26.25053.147): string.</summary>
    public static readonly AttributeKey<string> NatPoolName =
        new("Ruckus-Nat-Pool-Name", AttributePath.OfVendor(25053, 147), Codecs.Text);

    /// <summary>Ruckus-AAA-Id (26.25053.152): string.</summary>
    public static readonly AttributeKey<string> AaaId =
        new("Ruckus-AAA-Id", AttributePath.OfVendor(25053, 152), Codecs.Text);

    /// <summary>Ruckus-SCI-Role (26.25053.200): string.</summary>
    public static readonly AttributeKey<string> SciRole =
        new("Ruckus-SCI-Role", AttributePath.OfVendor(25053, 200), Codecs.Text);

    /// <summary>Ruckus-SCI-Resource-Group (26.25053.201): string.</summary>
    public static readonly AttributeKey<string> SciResourceGroup =
        new("Ruckus-SCI-Resource-Group", AttributePath.OfVendor(25053, 201), Codecs.Text);
}

/// <summary>Values of Ruckus-Selection-Mode (26.25053.106).</summary>
public enum RuckusSelectionMode : uint
{
    /// <summary>Subscribed.</summary>
    Subscribed = 0,

    /// <summary>SentByMS.</summary>
    SentByMS = 1,

    /// <summary>ChosenBySGSN.</summary>
    ChosenBySGSN = 2,
}

/// <summary>Values of Ruckus-APN-Resolution-Req (26.25053.107).</summary>
public enum RuckusApnResolutionReq : uint
{
    /// <summary>NotRequired.</summary>
    NotRequired = 0,

    /// <summary>Required.</summary>
    Required = 1,
}

/// <summary>Values of Ruckus-NAS-Type (26.25053.109).</summary>
public enum RuckusNasType : uint
{
    /// <summary>SCG.</summary>
    Scg = 1,

    /// <summary>Others.</summary>
    Others = 2,
}

/// <summary>Values of Ruckus-Status (26.25053.110).</summary>
public enum RuckusStatus : uint
{
    /// <summary>Success.</summary>
    Success = 0,

    /// <summary>Failure.</summary>
    Failure = 1,
}

/// <summary>Values of Ruckus-Auth-Type (26.25053.112).</summary>
public enum RuckusAuthType : uint
{
    /// <summary>PPP-SIM.</summary>
    PppSim = 1,

    /// <summary>DummyIMSI.</summary>
    DummyIMSI = 2,

    /// <summary>SoftSIM.</summary>
    SoftSIM = 3,

    /// <summary>RadiusSIM.</summary>
    RadiusSIM = 4,

    /// <summary>Postpaid.</summary>
    Postpaid = 5,

    /// <summary>Prepaid.</summary>
    Prepaid = 6,

    /// <summary>LocalRadius.</summary>
    LocalRadius = 7,

    /// <summary>ProxyRadius.</summary>
    ProxyRadius = 8,

    /// <summary>Voucher.</summary>
    Voucher = 9,

    /// <summary>EAP-SIM.</summary>
    EapSim = 10,
}

/// <summary>Values of Ruckus-Session-Type (26.25053.125).</summary>
public enum RuckusSessionType : uint
{
    /// <summary>TTG.</summary>
    Ttg = 2,

    /// <summary>Local-Breakout.</summary>
    LocalBreakout = 3,

    /// <summary>Local-Breakout-AP.</summary>
    LocalBreakoutAP = 4,

    /// <summary>L3GRE.</summary>
    L3gre = 5,

    /// <summary>L2GRE.</summary>
    L2gre = 6,

    /// <summary>QinQL3.</summary>
    QinQL3 = 7,

    /// <summary>PMIP.</summary>
    Pmip = 8,
}

/// <summary>Values of Ruckus-Accounting-Status (26.25053.126).</summary>
public enum RuckusAccountingStatus : uint
{
    /// <summary>Accounting-Off.</summary>
    AccountingOff = 0,

    /// <summary>Accounting-On.</summary>
    AccountingOn = 1,
}
