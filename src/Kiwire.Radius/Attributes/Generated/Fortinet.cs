// Written by dictionaries/Generate.cs from dictionary.fortinet: change that, and run it again.
#nullable enable
using System.Net;
using System.Net.NetworkInformation;

namespace Kiwire.Radius.Attributes;

/// <summary>Fortinet (vendor 12356).</summary>
public static class Fortinet
{
    /// <summary>Fortinet-Group-Name (26.12356.1): string.</summary>
    public static readonly AttributeKey<string> GroupName =
        new("Fortinet-Group-Name", AttributePath.OfVendor(12356, 1), Codecs.Text);

    /// <summary>Fortinet-Client-IP-Address (26.12356.2): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> ClientIPAddress =
        new("Fortinet-Client-IP-Address", AttributePath.OfVendor(12356, 2), Codecs.IPv4Address);

    /// <summary>Fortinet-Vdom-Name (26.12356.3): string.</summary>
    public static readonly AttributeKey<string> VdomName =
        new("Fortinet-Vdom-Name", AttributePath.OfVendor(12356, 3), Codecs.Text);

    /// <summary>Fortinet-Client-IPv6-Address (26.12356.4): octets.</summary>
    public static readonly AttributeKey<byte[]> ClientIPv6Address =
        new("Fortinet-Client-IPv6-Address", AttributePath.OfVendor(12356, 4), Codecs.Octets);

    /// <summary>Fortinet-Interface-Name (26.12356.5): string.</summary>
    public static readonly AttributeKey<string> InterfaceName =
        new("Fortinet-Interface-Name", AttributePath.OfVendor(12356, 5), Codecs.Text);

    /// <summary>Fortinet-Access-Profile (26.12356.6): string.</summary>
    public static readonly AttributeKey<string> AccessProfile =
        new("Fortinet-Access-Profile", AttributePath.OfVendor(12356, 6), Codecs.Text);

    /// <summary>Fortinet-SSID (26.12356.7): string.</summary>
    public static readonly AttributeKey<string> Ssid =
        new("Fortinet-SSID", AttributePath.OfVendor(12356, 7), Codecs.Text);

    /// <summary>Fortinet-AP-Name (26.12356.8): string.</summary>
    public static readonly AttributeKey<string> APName =
        new("Fortinet-AP-Name", AttributePath.OfVendor(12356, 8), Codecs.Text);

    /// <summary>Fortinet-Tenant-Identification (26.12356.41): string.</summary>
    public static readonly AttributeKey<string> TenantIdentification =
        new("Fortinet-Tenant-Identification", AttributePath.OfVendor(12356, 41), Codecs.Text);

    /// <summary>Fortinet-Host-Port-AVPair (26.12356.42): string; action=bounce-port and the like.</summary>
    public static readonly AttributeKey<string> HostPortAVPair =
        new("Fortinet-Host-Port-AVPair", AttributePath.OfVendor(12356, 42), Codecs.Text);

    /// <summary>Fortinet-FAC-Auth-Status (26.12356.11): string.</summary>
    public static readonly AttributeKey<string> FacAuthStatus =
        new("Fortinet-FAC-Auth-Status", AttributePath.OfVendor(12356, 11), Codecs.Text);

    /// <summary>Fortinet-FAC-Token-ID (26.12356.12): string.</summary>
    public static readonly AttributeKey<string> FacTokenId =
        new("Fortinet-FAC-Token-ID", AttributePath.OfVendor(12356, 12), Codecs.Text);

    /// <summary>Fortinet-FAC-Challenge-Code (26.12356.15): string.</summary>
    public static readonly AttributeKey<string> FacChallengeCode =
        new("Fortinet-FAC-Challenge-Code", AttributePath.OfVendor(12356, 15), Codecs.Text);

    /// <summary>Fortinet-Webfilter-Category-Allow (26.12356.16): octets.</summary>
    public static readonly AttributeKey<byte[]> WebfilterCategoryAllow =
        new("Fortinet-Webfilter-Category-Allow", AttributePath.OfVendor(12356, 16), Codecs.Octets);

    /// <summary>Fortinet-Webfilter-Category-Block (26.12356.17): octets.</summary>
    public static readonly AttributeKey<byte[]> WebfilterCategoryBlock =
        new("Fortinet-Webfilter-Category-Block", AttributePath.OfVendor(12356, 17), Codecs.Octets);

    /// <summary>Fortinet-Webfilter-Category-Monitor (26.12356.18): octets.</summary>
    public static readonly AttributeKey<byte[]> WebfilterCategoryMonitor =
        new("Fortinet-Webfilter-Category-Monitor", AttributePath.OfVendor(12356, 18), Codecs.Octets);

    /// <summary>Fortinet-AppCtrl-Category-Allow (26.12356.19): octets.</summary>
    public static readonly AttributeKey<byte[]> AppCtrlCategoryAllow =
        new("Fortinet-AppCtrl-Category-Allow", AttributePath.OfVendor(12356, 19), Codecs.Octets);

    /// <summary>Fortinet-AppCtrl-Category-Block (26.12356.20): octets.</summary>
    public static readonly AttributeKey<byte[]> AppCtrlCategoryBlock =
        new("Fortinet-AppCtrl-Category-Block", AttributePath.OfVendor(12356, 20), Codecs.Octets);

    /// <summary>Fortinet-AppCtrl-Risk-Allow (26.12356.21): octets.</summary>
    public static readonly AttributeKey<byte[]> AppCtrlRiskAllow =
        new("Fortinet-AppCtrl-Risk-Allow", AttributePath.OfVendor(12356, 21), Codecs.Octets);

    /// <summary>Fortinet-AppCtrl-Risk-Block (26.12356.22): octets.</summary>
    public static readonly AttributeKey<byte[]> AppCtrlRiskBlock =
        new("Fortinet-AppCtrl-Risk-Block", AttributePath.OfVendor(12356, 22), Codecs.Octets);

    /// <summary>Fortinet-WirelessController-Device-MAC (26.12356.23): ether.</summary>
    public static readonly AttributeKey<PhysicalAddress> WirelessControllerDeviceMac =
        new("Fortinet-WirelessController-Device-MAC", AttributePath.OfVendor(12356, 23), Codecs.Ethernet);

    /// <summary>Fortinet-WirelessController-WTP-ID (26.12356.24): string.</summary>
    public static readonly AttributeKey<string> WirelessControllerWtpId =
        new("Fortinet-WirelessController-WTP-ID", AttributePath.OfVendor(12356, 24), Codecs.Text);

    /// <summary>Fortinet-WirelessController-Assoc-Time (26.12356.25): date.</summary>
    public static readonly AttributeKey<DateTimeOffset> WirelessControllerAssocTime =
        new("Fortinet-WirelessController-Assoc-Time", AttributePath.OfVendor(12356, 25), Codecs.Date);

    /// <summary>Fortinet-FortiWAN-AVPair (26.12356.26): string.</summary>
    public static readonly AttributeKey<string> FortiWANAVPair =
        new("Fortinet-FortiWAN-AVPair", AttributePath.OfVendor(12356, 26), Codecs.Text);

    /// <summary>Fortinet-FDD-Access-Profile (26.12356.30): string.</summary>
    public static readonly AttributeKey<string> FddAccessProfile =
        new("Fortinet-FDD-Access-Profile", AttributePath.OfVendor(12356, 30), Codecs.Text);

    /// <summary>Fortinet-FDD-Trusted-Hosts (26.12356.31): string.</summary>
    public static readonly AttributeKey<string> FddTrustedHosts =
        new("Fortinet-FDD-Trusted-Hosts", AttributePath.OfVendor(12356, 31), Codecs.Text);

    /// <summary>Fortinet-FDD-SPP-Name (26.12356.32): string.</summary>
    public static readonly AttributeKey<string> FddSppName =
        new("Fortinet-FDD-SPP-Name", AttributePath.OfVendor(12356, 32), Codecs.Text);

    /// <summary>Fortinet-FDD-Is-System-Admin (26.12356.33): string.</summary>
    public static readonly AttributeKey<string> FddIsSystemAdmin =
        new("Fortinet-FDD-Is-System-Admin", AttributePath.OfVendor(12356, 33), Codecs.Text);

    /// <summary>Fortinet-FDD-Is-SPP-Admin (26.12356.34): string.</summary>
    public static readonly AttributeKey<string> FddIsSppAdmin =
        new("Fortinet-FDD-Is-SPP-Admin", AttributePath.OfVendor(12356, 34), Codecs.Text);

    /// <summary>Fortinet-FDD-SPP-Policy-Group (26.12356.35): string.</summary>
    public static readonly AttributeKey<string> FddSppPolicyGroup =
        new("Fortinet-FDD-SPP-Policy-Group", AttributePath.OfVendor(12356, 35), Codecs.Text);

    /// <summary>Fortinet-FDD-Allow-API-Access (26.12356.36): string.</summary>
    public static readonly AttributeKey<string> FddAllowApiAccess =
        new("Fortinet-FDD-Allow-API-Access", AttributePath.OfVendor(12356, 36), Codecs.Text);

    /// <summary>Fortinet-Fpc-User-Role (26.12356.40): string.</summary>
    public static readonly AttributeKey<string> FpcUserRole =
        new("Fortinet-Fpc-User-Role", AttributePath.OfVendor(12356, 40), Codecs.Text);
}
