// Written by dictionaries/Generate.cs from dictionary.aruba: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>Aruba Networks, HPE Aruba Networking (vendor 14823).</summary>
public static class Aruba
{
    /// <summary>Aruba-User-Role (26.14823.1): string; carries all limits; single values cannot be sent.</summary>
    public static readonly AttributeKey<string> UserRole =
        new("Aruba-User-Role", AttributePath.OfVendor(14823, 1), Codecs.Text);

    /// <summary>Aruba-User-Vlan (26.14823.2): integer; VLAN number.</summary>
    public static readonly AttributeKey<uint> UserVlan =
        new("Aruba-User-Vlan", AttributePath.OfVendor(14823, 2), Codecs.Integer);

    /// <summary>Aruba-Named-User-Vlan (26.14823.9): string.</summary>
    public static readonly AttributeKey<string> NamedUserVlan =
        new("Aruba-Named-User-Vlan", AttributePath.OfVendor(14823, 9), Codecs.Text);

    /// <summary>Aruba-CPPM-Role (26.14823.23): string.</summary>
    public static readonly AttributeKey<string> CppmRole =
        new("Aruba-CPPM-Role", AttributePath.OfVendor(14823, 23), Codecs.Text);

    /// <summary>Aruba-User-Group (26.14823.36): string.</summary>
    public static readonly AttributeKey<string> UserGroup =
        new("Aruba-User-Group", AttributePath.OfVendor(14823, 36), Codecs.Text);

    /// <summary>Aruba-Captive-Portal-URL (26.14823.43): string.</summary>
    public static readonly AttributeKey<string> CaptivePortalUrl =
        new("Aruba-Captive-Portal-URL", AttributePath.OfVendor(14823, 43), Codecs.Text);

    /// <summary>Aruba-Network-Profile (26.14823.47): string.</summary>
    public static readonly AttributeKey<string> NetworkProfile =
        new("Aruba-Network-Profile", AttributePath.OfVendor(14823, 47), Codecs.Text);

    /// <summary>Aruba-NAS-Filter-Rule (26.14823.51): string.</summary>
    public static readonly AttributeKey<string> NasFilterRule =
        new("Aruba-NAS-Filter-Rule", AttributePath.OfVendor(14823, 51), Codecs.Text);

    /// <summary>Aruba-UBT-Gateway-Role (26.14823.53): string.</summary>
    public static readonly AttributeKey<string> UbtGatewayRole =
        new("Aruba-UBT-Gateway-Role", AttributePath.OfVendor(14823, 53), Codecs.Text);

    /// <summary>Aruba-Gateway-Zone (26.14823.54): string.</summary>
    public static readonly AttributeKey<string> GatewayZone =
        new("Aruba-Gateway-Zone", AttributePath.OfVendor(14823, 54), Codecs.Text);

    /// <summary>Aruba-UBT-Gateway-CPPM-Role (26.14823.59): string.</summary>
    public static readonly AttributeKey<string> UbtGatewayCppmRole =
        new("Aruba-UBT-Gateway-CPPM-Role", AttributePath.OfVendor(14823, 59), Codecs.Text);

    /// <summary>Aruba-Device-Traffic-Class (26.14823.63): integer.</summary>
    public static readonly AttributeKey<uint> DeviceTrafficClass =
        new("Aruba-Device-Traffic-Class", AttributePath.OfVendor(14823, 63), Codecs.Integer);

    /// <summary>Aruba-Essid-Name (26.14823.5): string.</summary>
    public static readonly AttributeKey<string> EssidName =
        new("Aruba-Essid-Name", AttributePath.OfVendor(14823, 5), Codecs.Text);

    /// <summary>Aruba-Location-Id (26.14823.6): string.</summary>
    public static readonly AttributeKey<string> LocationId =
        new("Aruba-Location-Id", AttributePath.OfVendor(14823, 6), Codecs.Text);

    /// <summary>Aruba-Port-Identifier (26.14823.7): string.</summary>
    public static readonly AttributeKey<string> PortIdentifier =
        new("Aruba-Port-Identifier", AttributePath.OfVendor(14823, 7), Codecs.Text);

    /// <summary>Aruba-AP-Group (26.14823.10): string.</summary>
    public static readonly AttributeKey<string> APGroup =
        new("Aruba-AP-Group", AttributePath.OfVendor(14823, 10), Codecs.Text);

    /// <summary>Aruba-Framed-IPv6-Address (26.14823.11): string.</summary>
    public static readonly AttributeKey<string> FramedIPv6Address =
        new("Aruba-Framed-IPv6-Address", AttributePath.OfVendor(14823, 11), Codecs.Text);

    /// <summary>Aruba-Device-Type (26.14823.12): string.</summary>
    public static readonly AttributeKey<string> DeviceType =
        new("Aruba-Device-Type", AttributePath.OfVendor(14823, 12), Codecs.Text);

    /// <summary>Aruba-No-DHCP-Fingerprint (26.14823.14): integer.</summary>
    public static readonly AttributeKey<uint> NoDhcpFingerprint =
        new("Aruba-No-DHCP-Fingerprint", AttributePath.OfVendor(14823, 14), Codecs.Integer);

    /// <summary>Aruba-AP-IP-Address (26.14823.34): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> APIPAddress =
        new("Aruba-AP-IP-Address", AttributePath.OfVendor(14823, 34), Codecs.IPv4Address);

    /// <summary>Aruba-MPSK-Passphrase (26.14823.44): octets, hidden as TunnelPassword.</summary>
    public static readonly AttributeKey<byte[]> MpskPassphrase =
        new("Aruba-MPSK-Passphrase", AttributePath.OfVendor(14823, 44), Codecs.Hidden(HiddenAs.TunnelPassword, Codecs.Octets));

    /// <summary>Aruba-AP-MAC-Address (26.14823.60): string.</summary>
    public static readonly AttributeKey<string> APMacAddress =
        new("Aruba-AP-MAC-Address", AttributePath.OfVendor(14823, 60), Codecs.Text);

    /// <summary>Aruba-Device-MAC-Address (26.14823.61): string.</summary>
    public static readonly AttributeKey<string> DeviceMacAddress =
        new("Aruba-Device-MAC-Address", AttributePath.OfVendor(14823, 61), Codecs.Text);

    /// <summary>Aruba-Priv-Admin-User (26.14823.3): integer.</summary>
    public static readonly AttributeKey<uint> PrivAdminUser =
        new("Aruba-Priv-Admin-User", AttributePath.OfVendor(14823, 3), Codecs.Integer);

    /// <summary>Aruba-Admin-Role (26.14823.4): string.</summary>
    public static readonly AttributeKey<string> AdminRole =
        new("Aruba-Admin-Role", AttributePath.OfVendor(14823, 4), Codecs.Text);

    /// <summary>Aruba-MMS-User-Template (26.14823.8): string.</summary>
    public static readonly AttributeKey<string> MmsUserTemplate =
        new("Aruba-MMS-User-Template", AttributePath.OfVendor(14823, 8), Codecs.Text);

    /// <summary>Aruba-Admin-Path (26.14823.42): string.</summary>
    public static readonly AttributeKey<string> AdminPath =
        new("Aruba-Admin-Path", AttributePath.OfVendor(14823, 42), Codecs.Text);

    /// <summary>Aruba-Command-String (26.14823.46): string.</summary>
    public static readonly AttributeKey<string> CommandString =
        new("Aruba-Command-String", AttributePath.OfVendor(14823, 46), Codecs.Text);

    /// <summary>Aruba-Admin-Device-Group (26.14823.48): string.</summary>
    public static readonly AttributeKey<string> AdminDeviceGroup =
        new("Aruba-Admin-Device-Group", AttributePath.OfVendor(14823, 48), Codecs.Text);

    /// <summary>Aruba-AirGroup-User-Name (26.14823.24): string.</summary>
    public static readonly AttributeKey<string> AirGroupUserName =
        new("Aruba-AirGroup-User-Name", AttributePath.OfVendor(14823, 24), Codecs.Text);

    /// <summary>Aruba-AirGroup-Shared-User (26.14823.25): string.</summary>
    public static readonly AttributeKey<string> AirGroupSharedUser =
        new("Aruba-AirGroup-Shared-User", AttributePath.OfVendor(14823, 25), Codecs.Text);

    /// <summary>Aruba-AirGroup-Shared-Role (26.14823.26): string.</summary>
    public static readonly AttributeKey<string> AirGroupSharedRole =
        new("Aruba-AirGroup-Shared-Role", AttributePath.OfVendor(14823, 26), Codecs.Text);

    /// <summary>Aruba-AirGroup-Device-Type (26.14823.27): integer.</summary>
    public static readonly AttributeKey<uint> AirGroupDeviceType =
        new("Aruba-AirGroup-Device-Type", AttributePath.OfVendor(14823, 27), Codecs.Integer);

    /// <summary>Aruba-AirGroup-Shared-Group (26.14823.35): string.</summary>
    public static readonly AttributeKey<string> AirGroupSharedGroup =
        new("Aruba-AirGroup-Shared-Group", AttributePath.OfVendor(14823, 35), Codecs.Text);

    /// <summary>Aruba-AirGroup-Version (26.14823.38): integer.</summary>
    public static readonly AttributeKey<uint> AirGroupVersion =
        new("Aruba-AirGroup-Version", AttributePath.OfVendor(14823, 38), Codecs.Integer);

    /// <summary>Aruba-Mdps-Device-Udid (26.14823.15): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceUdid =
        new("Aruba-Mdps-Device-Udid", AttributePath.OfVendor(14823, 15), Codecs.Text);

    /// <summary>Aruba-Mdps-Device-Imei (26.14823.16): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceImei =
        new("Aruba-Mdps-Device-Imei", AttributePath.OfVendor(14823, 16), Codecs.Text);

    /// <summary>Aruba-Mdps-Device-Iccid (26.14823.17): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceIccid =
        new("Aruba-Mdps-Device-Iccid", AttributePath.OfVendor(14823, 17), Codecs.Text);

    /// <summary>Aruba-Mdps-Max-Devices (26.14823.18): integer.</summary>
    public static readonly AttributeKey<uint> MdpsMaxDevices =
        new("Aruba-Mdps-Max-Devices", AttributePath.OfVendor(14823, 18), Codecs.Integer);

    /// <summary>Aruba-Mdps-Device-Name (26.14823.19): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceName =
        new("Aruba-Mdps-Device-Name", AttributePath.OfVendor(14823, 19), Codecs.Text);

    /// <summary>Aruba-Mdps-Device-Product (26.14823.20): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceProduct =
        new("Aruba-Mdps-Device-Product", AttributePath.OfVendor(14823, 20), Codecs.Text);

    /// <summary>Aruba-Mdps-Device-Version (26.14823.21): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceVersion =
        new("Aruba-Mdps-Device-Version", AttributePath.OfVendor(14823, 21), Codecs.Text);

    /// <summary>Aruba-Mdps-Device-Serial (26.14823.22): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceSerial =
        new("Aruba-Mdps-Device-Serial", AttributePath.OfVendor(14823, 22), Codecs.Text);

    /// <summary>Aruba-WorkSpace-App-Name (26.14823.31): string.</summary>
    public static readonly AttributeKey<string> WorkSpaceAppName =
        new("Aruba-WorkSpace-App-Name", AttributePath.OfVendor(14823, 31), Codecs.Text);

    /// <summary>Aruba-Mdps-Provisioning-Settings (26.14823.32): string.</summary>
    public static readonly AttributeKey<string> MdpsProvisioningSettings =
        new("Aruba-Mdps-Provisioning-Settings", AttributePath.OfVendor(14823, 32), Codecs.Text);

    /// <summary>Aruba-Mdps-Device-Profile (26.14823.33): string.</summary>
    public static readonly AttributeKey<string> MdpsDeviceProfile =
        new("Aruba-Mdps-Device-Profile", AttributePath.OfVendor(14823, 33), Codecs.Text);

    /// <summary>Aruba-Auth-Survivability (26.14823.28): string.</summary>
    public static readonly AttributeKey<string> AuthSurvivability =
        new("Aruba-Auth-Survivability", AttributePath.OfVendor(14823, 28), Codecs.Text);

    /// <summary>Aruba-AS-User-Name (26.14823.29): string.</summary>
    public static readonly AttributeKey<string> ASUserName =
        new("Aruba-AS-User-Name", AttributePath.OfVendor(14823, 29), Codecs.Text);

    /// <summary>Aruba-AS-Credential-Hash (26.14823.30): string.</summary>
    public static readonly AttributeKey<string> ASCredentialHash =
        new("Aruba-AS-Credential-Hash", AttributePath.OfVendor(14823, 30), Codecs.Text);

    /// <summary>Aruba-Network-SSO-Token (26.14823.37): string.</summary>
    public static readonly AttributeKey<string> NetworkSsoToken =
        new("Aruba-Network-SSO-Token", AttributePath.OfVendor(14823, 37), Codecs.Text);

    /// <summary>Aruba-Auth-SurvMethod (26.14823.39): integer.</summary>
    public static readonly AttributeKey<uint> AuthSurvMethod =
        new("Aruba-Auth-SurvMethod", AttributePath.OfVendor(14823, 39), Codecs.Integer);

    /// <summary>Aruba-Port-Bounce-Host (26.14823.40): integer.</summary>
    public static readonly AttributeKey<uint> PortBounceHost =
        new("Aruba-Port-Bounce-Host", AttributePath.OfVendor(14823, 40), Codecs.Integer);

    /// <summary>Aruba-Calea-Server-Ip (26.14823.41): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> CaleaServerIp =
        new("Aruba-Calea-Server-Ip", AttributePath.OfVendor(14823, 41), Codecs.IPv4Address);

    /// <summary>Aruba-ACL-Server-Query-Info (26.14823.45): string.</summary>
    public static readonly AttributeKey<string> AclServerQueryInfo =
        new("Aruba-ACL-Server-Query-Info", AttributePath.OfVendor(14823, 45), Codecs.Text);

    /// <summary>Aruba-PoE-Priority (26.14823.49): integer.</summary>
    public static readonly AttributeKey<uint> PoEPriority =
        new("Aruba-PoE-Priority", AttributePath.OfVendor(14823, 49), Codecs.Integer);

    /// <summary>Aruba-Port-Auth-Mode (26.14823.50): integer.</summary>
    public static readonly AttributeKey<uint> PortAuthMode =
        new("Aruba-Port-Auth-Mode", AttributePath.OfVendor(14823, 50), Codecs.Integer);

    /// <summary>Aruba-QoS-Trust-Mode (26.14823.52): integer.</summary>
    public static readonly AttributeKey<uint> QoSTrustMode =
        new("Aruba-QoS-Trust-Mode", AttributePath.OfVendor(14823, 52), Codecs.Integer);

    /// <summary>Aruba-STP-Admin-Edge-Port (26.14823.58): integer.</summary>
    public static readonly AttributeKey<uint> StpAdminEdgePort =
        new("Aruba-STP-Admin-Edge-Port", AttributePath.OfVendor(14823, 58), Codecs.Integer);
}

/// <summary>Values of Aruba-AirGroup-Device-Type (26.14823.27).</summary>
public enum ArubaAirGroupDeviceType : uint
{
    /// <summary>Personal-Device.</summary>
    PersonalDevice = 1,

    /// <summary>Shared-Device.</summary>
    SharedDevice = 2,

    /// <summary>Deleted-Device.</summary>
    DeletedDevice = 3,
}

/// <summary>Values of Aruba-AirGroup-Version (26.14823.38).</summary>
public enum ArubaAirGroupVersion : uint
{
    /// <summary>AirGroup-v1.</summary>
    AirGroupV1 = 1,

    /// <summary>AirGroup-v2.</summary>
    AirGroupV2 = 2,
}

/// <summary>Values of Aruba-PoE-Priority (26.14823.49).</summary>
public enum ArubaPoEPriority : uint
{
    /// <summary>Critical.</summary>
    Critical = 0,

    /// <summary>High.</summary>
    High = 1,

    /// <summary>Low.</summary>
    Low = 2,
}

/// <summary>Values of Aruba-Port-Auth-Mode (26.14823.50).</summary>
public enum ArubaPortAuthMode : uint
{
    /// <summary>Infrastructure-Mode.</summary>
    InfrastructureMode = 1,

    /// <summary>Client-Mode.</summary>
    ClientMode = 2,

    /// <summary>Multi-Domain-Mode.</summary>
    MultiDomainMode = 3,
}

/// <summary>Values of Aruba-QoS-Trust-Mode (26.14823.52).</summary>
public enum ArubaQoSTrustMode : uint
{
    /// <summary>DSCP.</summary>
    Dscp = 0,

    /// <summary>QoS.</summary>
    QoS = 1,

    /// <summary>None.</summary>
    None = 2,
}

/// <summary>Values of Aruba-STP-Admin-Edge-Port (26.14823.58).</summary>
public enum ArubaStpAdminEdgePort : uint
{
    /// <summary>Disable.</summary>
    Disable = 0,

    /// <summary>Enable.</summary>
    Enable = 1,
}
