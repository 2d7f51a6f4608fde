// Written by dictionaries/Generate.cs from dictionary.cambium: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>Cambium Networks (vendor 17713).</summary>
public static class Cambium
{
    /// <summary>Cambium-Traffic-Quota-Limit-Up (26.17713.151): integer; octets from the client.</summary>
    public static readonly AttributeKey<uint> TrafficQuotaLimitUp =
        new("Cambium-Traffic-Quota-Limit-Up", AttributePath.OfVendor(17713, 151), Codecs.Integer);

    /// <summary>Cambium-Traffic-Quota-Limit-Down (26.17713.152): integer; octets to the client.</summary>
    public static readonly AttributeKey<uint> TrafficQuotaLimitDown =
        new("Cambium-Traffic-Quota-Limit-Down", AttributePath.OfVendor(17713, 152), Codecs.Integer);

    /// <summary>Cambium-Traffic-Quota-Limit-Up-Gigwords (26.17713.153): integer.</summary>
    public static readonly AttributeKey<uint> TrafficQuotaLimitUpGigwords =
        new("Cambium-Traffic-Quota-Limit-Up-Gigwords", AttributePath.OfVendor(17713, 153), Codecs.Integer);

    /// <summary>Cambium-Traffic-Quota-Limit-Down-Gigwords (26.17713.154): integer.</summary>
    public static readonly AttributeKey<uint> TrafficQuotaLimitDownGigwords =
        new("Cambium-Traffic-Quota-Limit-Down-Gigwords", AttributePath.OfVendor(17713, 154), Codecs.Integer);

    /// <summary>Cambium-Traffic-Quota-Limit-Total (26.17713.155): integer; octets both ways.</summary>
    public static readonly AttributeKey<uint> TrafficQuotaLimitTotal =
        new("Cambium-Traffic-Quota-Limit-Total", AttributePath.OfVendor(17713, 155), Codecs.Integer);

    /// <summary>Cambium-Traffic-Quota-Limit-Total-Gigwords (26.17713.156): integer.</summary>
    public static readonly AttributeKey<uint> TrafficQuotaLimitTotalGigwords =
        new("Cambium-Traffic-Quota-Limit-Total-Gigwords", AttributePath.OfVendor(17713, 156), Codecs.Integer);

    /// <summary>Cambium-VLAN-Pool-Id (26.17713.157): string.</summary>
    public static readonly AttributeKey<string> VlanPoolId =
        new("Cambium-VLAN-Pool-Id", AttributePath.OfVendor(17713, 157), Codecs.Text);

    /// <summary>Cambium-Walled-Garden-State (26.17713.160): integer.</summary>
    public static readonly AttributeKey<uint> WalledGardenState =
        new("Cambium-Walled-Garden-State", AttributePath.OfVendor(17713, 160), Codecs.Integer);

    /// <summary>Cambium-Authorize-Classes (26.17713.158): tlv.</summary>
    public static readonly AttributeKey<byte[]> AuthorizeClasses =
        new("Cambium-Authorize-Classes", AttributePath.OfVendor(17713, 158), Codecs.Tlv);

    /// <summary>Cambium-Authorize-Class-Name (26.17713.158.1): string.</summary>
    public static readonly AttributeKey<string> AuthorizeClassName =
        new("Cambium-Authorize-Class-Name", AttributePath.OfVendor(17713, 158).Member(1), Codecs.Text);

    /// <summary>Cambium-Authorize-Bytes-Left (26.17713.158.2): integer64.</summary>
    public static readonly AttributeKey<ulong> AuthorizeBytesLeft =
        new("Cambium-Authorize-Bytes-Left", AttributePath.OfVendor(17713, 158).Member(2), Codecs.Integer64);

    /// <summary>Cambium-Traffic-Classes-Acct (26.17713.159): tlv.</summary>
    public static readonly AttributeKey<byte[]> TrafficClassesAcct =
        new("Cambium-Traffic-Classes-Acct", AttributePath.OfVendor(17713, 159), Codecs.Tlv);

    /// <summary>Cambium-Acct-Class-Name (26.17713.159.1): string.</summary>
    public static readonly AttributeKey<string> AcctClassName =
        new("Cambium-Acct-Class-Name", AttributePath.OfVendor(17713, 159).Member(1), Codecs.Text);

    /// <summary>Cambium-Acct-Input-Octets (26.17713.159.2): integer.</summary>
    public static readonly AttributeKey<uint> AcctInputOctets =
        new("Cambium-Acct-Input-Octets", AttributePath.OfVendor(17713, 159).Member(2), Codecs.Integer);

    /// <summary>Cambium-Acct-Output-Octets (26.17713.159.3): integer.</summary>
    public static readonly AttributeKey<uint> AcctOutputOctets =
        new("Cambium-Acct-Output-Octets", AttributePath.OfVendor(17713, 159).Member(3), Codecs.Integer);

    /// <summary>Cambium-Acct-Input-Packets (26.17713.159.4): integer.</summary>
    public static readonly AttributeKey<uint> AcctInputPackets =
        new("Cambium-Acct-Input-Packets", AttributePath.OfVendor(17713, 159).Member(4), Codecs.Integer);

    /// <summary>Cambium-Acct-Output-Packets (26.17713.159.5): integer.</summary>
    public static readonly AttributeKey<uint> AcctOutputPackets =
        new("Cambium-Acct-Output-Packets", AttributePath.OfVendor(17713, 159).Member(5), Codecs.Integer);

    /// <summary>Cambium-ePMP-Max-Burst-Uplink-Rate (26.17713.26): integer.</summary>
    public static readonly AttributeKey<uint> EPMPMaxBurstUplinkRate =
        new("Cambium-ePMP-Max-Burst-Uplink-Rate", AttributePath.OfVendor(17713, 26), Codecs.Integer);

    /// <summary>Cambium-ePMP-Max-Burst-Downlink-Rate (26.17713.27): integer.</summary>
    public static readonly AttributeKey<uint> EPMPMaxBurstDownlinkRate =
        new("Cambium-ePMP-Max-Burst-Downlink-Rate", AttributePath.OfVendor(17713, 27), Codecs.Integer);

    /// <summary>Cambium-ePMP-SM-Priority (26.17713.51): integer.</summary>
    public static readonly AttributeKey<uint> EPMPSMPriority =
        new("Cambium-ePMP-SM-Priority", AttributePath.OfVendor(17713, 51), Codecs.Integer);

    /// <summary>Cambium-ePMP-Data-VLAN-Id (26.17713.21): integer.</summary>
    public static readonly AttributeKey<uint> EPMPDataVlanId =
        new("Cambium-ePMP-Data-VLAN-Id", AttributePath.OfVendor(17713, 21), Codecs.Integer);

    /// <summary>Cambium-ePMP-Management-VLAN-Id (26.17713.22): integer.</summary>
    public static readonly AttributeKey<uint> EPMPManagementVlanId =
        new("Cambium-ePMP-Management-VLAN-Id", AttributePath.OfVendor(17713, 22), Codecs.Integer);

    /// <summary>Cambium-ePMP-VLAN-Membersip-Set (26.17713.52): integer.</summary>
    public static readonly AttributeKey<uint> EPMPVlanMembersipSet =
        new("Cambium-ePMP-VLAN-Membersip-Set", AttributePath.OfVendor(17713, 52), Codecs.Integer);

    /// <summary>Cambium-ePMP-Management-VLAN-Priority (26.17713.53): integer.</summary>
    public static readonly AttributeKey<uint> EPMPManagementVlanPriority =
        new("Cambium-ePMP-Management-VLAN-Priority", AttributePath.OfVendor(17713, 53), Codecs.Integer);

    /// <summary>Cambium-ePMP-Data-VLAN-Priority (26.17713.54): integer.</summary>
    public static readonly AttributeKey<uint> EPMPDataVlanPriority =
        new("Cambium-ePMP-Data-VLAN-Priority", AttributePath.OfVendor(17713, 54), Codecs.Integer);

    /// <summary>Cambium-ePMP-Separate-Management-VLAN-Id (26.17713.55): integer.</summary>
    public static readonly AttributeKey<uint> EPMPSeparateManagementVlanId =
        new("Cambium-ePMP-Separate-Management-VLAN-Id", AttributePath.OfVendor(17713, 55), Codecs.Integer);

    /// <summary>Cambium-ePMP-Separate-Management-VLAN-Priority (26.17713.56): integer.</summary>
    public static readonly AttributeKey<uint> EPMPSeparateManagementVlanPriority =
        new("Cambium-ePMP-Separate-Management-VLAN-Priority", AttributePath.OfVendor(17713, 56), Codecs.Integer);

    /// <summary>Cambium-ePMP-Multicast-VLAN-Id (26.17713.57): integer.</summary>
    public static readonly AttributeKey<uint> EPMPMulticastVlanId =
        new("Cambium-ePMP-Multicast-VLAN-Id", AttributePath.OfVendor(17713, 57), Codecs.Integer);

    /// <summary>Cambium-ePMP-VLAN-Mapping (26.17713.58): integer.</summary>
    public static readonly AttributeKey<uint> EPMPVlanMapping =
        new("Cambium-ePMP-VLAN-Mapping", AttributePath.OfVendor(17713, 58), Codecs.Integer);

    /// <summary>Cambium-Auth-Role (26.17713.1): integer.</summary>
    public static readonly AttributeKey<uint> AuthRole =
        new("Cambium-Auth-Role", AttributePath.OfVendor(17713, 1), Codecs.Integer);

    /// <summary>Cambium-ePMP-UserLevel (26.17713.50): integer.</summary>
    public static readonly AttributeKey<uint> EPMPUserLevel =
        new("Cambium-ePMP-UserLevel", AttributePath.OfVendor(17713, 50), Codecs.Integer);
}

/// <summary>Values of Cambium-ePMP-SM-Priority (26.17713.51).</summary>
public enum CambiumEPMPSMPriority : uint
{
    /// <summary>Normal.</summary>
    Normal = 0,

    /// <summary>High.</summary>
    High = 1,

    /// <summary>Low.</summary>
    Low = 2,
}

/// <summary>Values of Cambium-Auth-Role (26.17713.1).</summary>
public enum CambiumAuthRole : uint
{
    /// <summary>Invalid.</summary>
    Invalid = 0,

    /// <summary>Read-Only.</summary>
    ReadOnly = 1,

    /// <summary>System-Admin.</summary>
    SystemAdmin = 2,

    /// <summary>Security-Officer.</summary>
    SecurityOfficer = 3,

    /// <summary>Deliberately-Bad.</summary>
    DeliberatelyBad = 4,
}

/// <summary>Values of Cambium-ePMP-UserLevel (26.17713.50).</summary>
public enum CambiumEPMPUserLevel : uint
{
    /// <summary>Install.</summary>
    Install = 2,

    /// <summary>Admin.</summary>
    Admin = 3,

    /// <summary>User.</summary>
    User = 4,

    /// <summary>Read-Only.</summary>
    ReadOnly = 5,
}
