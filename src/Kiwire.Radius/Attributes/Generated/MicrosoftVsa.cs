// Written by dictionaries/Generate.cs from dictionary.microsoft: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>Microsoft (vendor 311).</summary>
public static class MicrosoftVsa
{
    /// <summary>MS-CHAP-Response (26.311.1): octets[50].</summary>
    public static readonly AttributeKey<byte[]> MSChapResponse =
        new("MS-CHAP-Response", AttributePath.OfVendor(311, 1), Codecs.OctetsOf(50));

    /// <summary>MS-CHAP-Error (26.311.2): string; identifier, then E=691 and the like.</summary>
    public static readonly AttributeKey<string> MSChapError =
        new("MS-CHAP-Error", AttributePath.OfVendor(311, 2), Codecs.Text);

    /// <summary>MS-CHAP-CPW-1 (26.311.3): octets[70].</summary>
    public static readonly AttributeKey<byte[]> MSChapCpw1 =
        new("MS-CHAP-CPW-1", AttributePath.OfVendor(311, 3), Codecs.OctetsOf(70));

    /// <summary>MS-CHAP-CPW-2 (26.311.4): octets[84].</summary>
    public static readonly AttributeKey<byte[]> MSChapCpw2 =
        new("MS-CHAP-CPW-2", AttributePath.OfVendor(311, 4), Codecs.OctetsOf(84));

    /// <summary>MS-CHAP-LM-Enc-PW (26.311.5): octets.</summary>
    public static readonly AttributeKey<byte[]> MSChapLMEncPW =
        new("MS-CHAP-LM-Enc-PW", AttributePath.OfVendor(311, 5), Codecs.Octets);

    /// <summary>MS-CHAP-NT-Enc-PW (26.311.6): octets.</summary>
    public static readonly AttributeKey<byte[]> MSChapNTEncPW =
        new("MS-CHAP-NT-Enc-PW", AttributePath.OfVendor(311, 6), Codecs.Octets);

    /// <summary>MS-CHAP-Domain (26.311.10): string.</summary>
    public static readonly AttributeKey<string> MSChapDomain =
        new("MS-CHAP-Domain", AttributePath.OfVendor(311, 10), Codecs.Text);

    /// <summary>MS-CHAP-Challenge (26.311.11): octets; 8 octets, MS-CHAPv2: 16.</summary>
    public static readonly AttributeKey<byte[]> MSChapChallenge =
        new("MS-CHAP-Challenge", AttributePath.OfVendor(311, 11), Codecs.Octets);

    /// <summary>MS-CHAP2-Response (26.311.25): octets[50].</summary>
    public static readonly AttributeKey<byte[]> MSChap2Response =
        new("MS-CHAP2-Response", AttributePath.OfVendor(311, 25), Codecs.OctetsOf(50));

    /// <summary>MS-CHAP2-Success (26.311.26): octets; identifier, then S= and 40 hexadecimal digits.</summary>
    public static readonly AttributeKey<byte[]> MSChap2Success =
        new("MS-CHAP2-Success", AttributePath.OfVendor(311, 26), Codecs.Octets);

    /// <summary>MS-CHAP2-CPW (26.311.27): octets[68].</summary>
    public static readonly AttributeKey<byte[]> MSChap2Cpw =
        new("MS-CHAP2-CPW", AttributePath.OfVendor(311, 27), Codecs.OctetsOf(68));

    /// <summary>MS-MPPE-Encryption-Policy (26.311.7): integer.</summary>
    public static readonly AttributeKey<uint> MSMppeEncryptionPolicy =
        new("MS-MPPE-Encryption-Policy", AttributePath.OfVendor(311, 7), Codecs.Integer);

    /// <summary>MS-MPPE-Encryption-Types (26.311.8): integer.</summary>
    public static readonly AttributeKey<uint> MSMppeEncryptionTypes =
        new("MS-MPPE-Encryption-Types", AttributePath.OfVendor(311, 8), Codecs.Integer);

    /// <summary>MS-CHAP-MPPE-Keys (26.311.12): octets[24], hidden as UserPassword.</summary>
    public static readonly AttributeKey<byte[]> MSChapMppeKeys =
        new("MS-CHAP-MPPE-Keys", AttributePath.OfVendor(311, 12), Codecs.Hidden(HiddenAs.UserPassword, Codecs.OctetsOf(24)));

    /// <summary>MS-MPPE-Send-Key (26.311.16): octets, hidden as TunnelPassword; 32 octets for MS-CHAPv2 and EAP.</summary>
    public static readonly AttributeKey<byte[]> MSMppeSendKey =
        new("MS-MPPE-Send-Key", AttributePath.OfVendor(311, 16), Codecs.Hidden(HiddenAs.TunnelPassword, Codecs.Octets));

    /// <summary>MS-MPPE-Recv-Key (26.311.17): octets, hidden as TunnelPassword; 32 octets for MS-CHAPv2 and EAP.</summary>
    public static readonly AttributeKey<byte[]> MSMppeRecvKey =
        new("MS-MPPE-Recv-Key", AttributePath.OfVendor(311, 17), Codecs.Hidden(HiddenAs.TunnelPassword, Codecs.Octets));

    /// <summary>MS-BAP-Usage (26.311.13): integer.</summary>
    public static readonly AttributeKey<uint> MSBapUsage =
        new("MS-BAP-Usage", AttributePath.OfVendor(311, 13), Codecs.Integer);

    /// <summary>MS-Link-Utilization-Threshold (26.311.14): integer.</summary>
    public static readonly AttributeKey<uint> MSLinkUtilizationThreshold =
        new("MS-Link-Utilization-Threshold", AttributePath.OfVendor(311, 14), Codecs.Integer);

    /// <summary>MS-Link-Drop-Time-Limit (26.311.15): integer.</summary>
    public static readonly AttributeKey<uint> MSLinkDropTimeLimit =
        new("MS-Link-Drop-Time-Limit", AttributePath.OfVendor(311, 15), Codecs.Integer);

    /// <summary>MS-Filter (26.311.22): octets.</summary>
    public static readonly AttributeKey<byte[]> MSFilter =
        new("MS-Filter", AttributePath.OfVendor(311, 22), Codecs.Octets);

    /// <summary>MS-Primary-DNS-Server (26.311.28): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> MSPrimaryDnsServer =
        new("MS-Primary-DNS-Server", AttributePath.OfVendor(311, 28), Codecs.IPv4Address);

    /// <summary>MS-Secondary-DNS-Server (26.311.29): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> MSSecondaryDnsServer =
        new("MS-Secondary-DNS-Server", AttributePath.OfVendor(311, 29), Codecs.IPv4Address);

    /// <summary>MS-Primary-NBNS-Server (26.311.30): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> MSPrimaryNbnsServer =
        new("MS-Primary-NBNS-Server", AttributePath.OfVendor(311, 30), Codecs.IPv4Address);

    /// <summary>MS-Secondary-NBNS-Server (26.311.31): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> MSSecondaryNbnsServer =
        new("MS-Secondary-NBNS-Server", AttributePath.OfVendor(311, 31), Codecs.IPv4Address);

    /// <summary>MS-RAS-Vendor (26.311.9): integer.</summary>
    public static readonly AttributeKey<uint> MSRasVendor =
        new("MS-RAS-Vendor", AttributePath.OfVendor(311, 9), Codecs.Integer);

    /// <summary>MS-RAS-Version (26.311.18): string.</summary>
    public static readonly AttributeKey<string> MSRasVersion =
        new("MS-RAS-Version", AttributePath.OfVendor(311, 18), Codecs.Text);

    /// <summary>MS-RAS-Client-Name (26.311.34): string.</summary>
    public static readonly AttributeKey<string> MSRasClientName =
        new("MS-RAS-Client-Name", AttributePath.OfVendor(311, 34), Codecs.Text);

    /// <summary>MS-RAS-Client-Version (26.311.35): string.</summary>
    public static readonly AttributeKey<string> MSRasClientVersion =
        new("MS-RAS-Client-Version", AttributePath.OfVendor(311, 35), Codecs.Text);

    /// <summary>MS-Network-Access-Server-Type (26.311.47): integer.</summary>
    public static readonly AttributeKey<uint> MSNetworkAccessServerType =
        new("MS-Network-Access-Server-Type", AttributePath.OfVendor(311, 47), Codecs.Integer);

    /// <summary>MS-Machine-Name (26.311.50): string.</summary>
    public static readonly AttributeKey<string> MSMachineName =
        new("MS-Machine-Name", AttributePath.OfVendor(311, 50), Codecs.Text);

    /// <summary>MS-RAS-Correlation (26.311.56): octets.</summary>
    public static readonly AttributeKey<byte[]> MSRasCorrelation =
        new("MS-RAS-Correlation", AttributePath.OfVendor(311, 56), Codecs.Octets);

    /// <summary>MS-HCAP-User-Name (26.311.60): string.</summary>
    public static readonly AttributeKey<string> MSHcapUserName =
        new("MS-HCAP-User-Name", AttributePath.OfVendor(311, 60), Codecs.Text);

    /// <summary>MS-User-IPv4-Address (26.311.61): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> MSUserIPv4Address =
        new("MS-User-IPv4-Address", AttributePath.OfVendor(311, 61), Codecs.IPv4Address);

    /// <summary>MS-User-IPv6-Address (26.311.62): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> MSUserIPv6Address =
        new("MS-User-IPv6-Address", AttributePath.OfVendor(311, 62), Codecs.IPv6Address);

    /// <summary>MS-TSG-Device-Redirection (26.311.63): integer.</summary>
    public static readonly AttributeKey<uint> MSTsgDeviceRedirection =
        new("MS-TSG-Device-Redirection", AttributePath.OfVendor(311, 63), Codecs.Integer);

    /// <summary>MS-Old-ARAP-Password (26.311.19): octets.</summary>
    public static readonly AttributeKey<byte[]> MSOldArapPassword =
        new("MS-Old-ARAP-Password", AttributePath.OfVendor(311, 19), Codecs.Octets);

    /// <summary>MS-New-ARAP-Password (26.311.20): octets.</summary>
    public static readonly AttributeKey<byte[]> MSNewArapPassword =
        new("MS-New-ARAP-Password", AttributePath.OfVendor(311, 20), Codecs.Octets);

    /// <summary>MS-ARAP-PW-Change-Reason (26.311.21): integer.</summary>
    public static readonly AttributeKey<uint> MSArapPWChangeReason =
        new("MS-ARAP-PW-Change-Reason", AttributePath.OfVendor(311, 21), Codecs.Integer);

    /// <summary>MS-Acct-Auth-Type (26.311.23): integer.</summary>
    public static readonly AttributeKey<uint> MSAcctAuthType =
        new("MS-Acct-Auth-Type", AttributePath.OfVendor(311, 23), Codecs.Integer);

    /// <summary>MS-Acct-EAP-Type (26.311.24): integer.</summary>
    public static readonly AttributeKey<uint> MSAcctEapType =
        new("MS-Acct-EAP-Type", AttributePath.OfVendor(311, 24), Codecs.Integer);

    /// <summary>MS-Quarantine-IPFilter (26.311.36): octets.</summary>
    public static readonly AttributeKey<byte[]> MSQuarantineIPFilter =
        new("MS-Quarantine-IPFilter", AttributePath.OfVendor(311, 36), Codecs.Octets);

    /// <summary>MS-Quarantine-Session-Timeout (26.311.37): integer.</summary>
    public static readonly AttributeKey<uint> MSQuarantineSessionTimeout =
        new("MS-Quarantine-Session-Timeout", AttributePath.OfVendor(311, 37), Codecs.Integer);

    /// <summary>MS-User-Security-Identity (26.311.40): string.</summary>
    public static readonly AttributeKey<string> MSUserSecurityIdentity =
        new("MS-User-Security-Identity", AttributePath.OfVendor(311, 40), Codecs.Text);

    /// <summary>MS-Identity-Type (26.311.41): integer.</summary>
    public static readonly AttributeKey<uint> MSIdentityType =
        new("MS-Identity-Type", AttributePath.OfVendor(311, 41), Codecs.Integer);

    /// <summary>MS-Service-Class (26.311.42): string.</summary>
    public static readonly AttributeKey<string> MSServiceClass =
        new("MS-Service-Class", AttributePath.OfVendor(311, 42), Codecs.Text);

    /// <summary>MS-Quarantine-User-Class (26.311.44): string.</summary>
    public static readonly AttributeKey<string> MSQuarantineUserClass =
        new("MS-Quarantine-User-Class", AttributePath.OfVendor(311, 44), Codecs.Text);

    /// <summary>MS-Quarantine-State (26.311.45): integer.</summary>
    public static readonly AttributeKey<uint> MSQuarantineState =
        new("MS-Quarantine-State", AttributePath.OfVendor(311, 45), Codecs.Integer);

    /// <summary>MS-Quarantine-Grace-Time (26.311.46): integer.</summary>
    public static readonly AttributeKey<uint> MSQuarantineGraceTime =
        new("MS-Quarantine-Grace-Time", AttributePath.OfVendor(311, 46), Codecs.Integer);

    /// <summary>MS-AFW-Zone (26.311.48): integer.</summary>
    public static readonly AttributeKey<uint> MSAfwZone =
        new("MS-AFW-Zone", AttributePath.OfVendor(311, 48), Codecs.Integer);

    /// <summary>MS-AFW-Protection-Level (26.311.49): integer.</summary>
    public static readonly AttributeKey<uint> MSAfwProtectionLevel =
        new("MS-AFW-Protection-Level", AttributePath.OfVendor(311, 49), Codecs.Integer);

    /// <summary>MS-IPv6-Filter (26.311.51): octets.</summary>
    public static readonly AttributeKey<byte[]> MSIPv6Filter =
        new("MS-IPv6-Filter", AttributePath.OfVendor(311, 51), Codecs.Octets);

    /// <summary>MS-IPv4-Remediation-Servers (26.311.52): octets.</summary>
    public static readonly AttributeKey<byte[]> MSIPv4RemediationServers =
        new("MS-IPv4-Remediation-Servers", AttributePath.OfVendor(311, 52), Codecs.Octets);

    /// <summary>MS-IPv6-Remediation-Servers (26.311.53): octets.</summary>
    public static readonly AttributeKey<byte[]> MSIPv6RemediationServers =
        new("MS-IPv6-Remediation-Servers", AttributePath.OfVendor(311, 53), Codecs.Octets);

    /// <summary>MS-RNAP-Not-Quarantine-Capable (26.311.54): integer.</summary>
    public static readonly AttributeKey<uint> MSRnapNotQuarantineCapable =
        new("MS-RNAP-Not-Quarantine-Capable", AttributePath.OfVendor(311, 54), Codecs.Integer);

    /// <summary>MS-Quarantine-SOH (26.311.55): octets.</summary>
    public static readonly AttributeKey<byte[]> MSQuarantineSoh =
        new("MS-Quarantine-SOH", AttributePath.OfVendor(311, 55), Codecs.Octets);

    /// <summary>MS-Extended-Quarantine-State (26.311.57): integer.</summary>
    public static readonly AttributeKey<uint> MSExtendedQuarantineState =
        new("MS-Extended-Quarantine-State", AttributePath.OfVendor(311, 57), Codecs.Integer);

    /// <summary>MS-HCAP-User-Groups (26.311.58): string.</summary>
    public static readonly AttributeKey<string> MSHcapUserGroups =
        new("MS-HCAP-User-Groups", AttributePath.OfVendor(311, 58), Codecs.Text);

    /// <summary>MS-HCAP-Location-Group-Name (26.311.59): string.</summary>
    public static readonly AttributeKey<string> MSHcapLocationGroupName =
        new("MS-HCAP-Location-Group-Name", AttributePath.OfVendor(311, 59), Codecs.Text);
}

/// <summary>Values of MS-MPPE-Encryption-Policy (26.311.7).</summary>
public enum MSMppeEncryptionPolicy : uint
{
    /// <summary>Encryption-Allowed.</summary>
    EncryptionAllowed = 1,

    /// <summary>Encryption-Required.</summary>
    EncryptionRequired = 2,
}

/// <summary>Values of MS-MPPE-Encryption-Types (26.311.8).</summary>
public enum MSMppeEncryptionTypes : uint
{
    /// <summary>RC4-40bit-Allowed.</summary>
    Rc440bitAllowed = 1,

    /// <summary>RC4-128bit-Allowed.</summary>
    Rc4128bitAllowed = 2,

    /// <summary>RC4-40or128-bit-Allowed.</summary>
    Rc440or128BitAllowed = 6,
}

/// <summary>Values of MS-BAP-Usage (26.311.13).</summary>
public enum MSBapUsage : uint
{
    /// <summary>Not-Allowed.</summary>
    NotAllowed = 0,

    /// <summary>Allowed.</summary>
    Allowed = 1,

    /// <summary>Required.</summary>
    Required = 2,
}

/// <summary>Values of MS-Network-Access-Server-Type (26.311.47).</summary>
public enum MSNetworkAccessServerType : uint
{
    /// <summary>Unspecified.</summary>
    Unspecified = 0,

    /// <summary>Terminal-Server-Gateway.</summary>
    TerminalServerGateway = 1,

    /// <summary>Remote-Access-Server.</summary>
    RemoteAccessServer = 2,

    /// <summary>DHCP-Server.</summary>
    DhcpServer = 3,

    /// <summary>Wireless-Access-Point.</summary>
    WirelessAccessPoint = 4,

    /// <summary>HRA.</summary>
    Hra = 5,

    /// <summary>HCAP-Server.</summary>
    HcapServer = 6,
}

/// <summary>Values of MS-ARAP-PW-Change-Reason (26.311.21).</summary>
public enum MSArapPWChangeReason : uint
{
    /// <summary>Just-Change-Password.</summary>
    JustChangePassword = 1,

    /// <summary>Expired-Password.</summary>
    ExpiredPassword = 2,

    /// <summary>Admin-Requires-Password-Change.</summary>
    AdminRequiresPasswordChange = 3,

    /// <summary>Password-Too-Short.</summary>
    PasswordTooShort = 4,
}

/// <summary>Values of MS-Acct-Auth-Type (26.311.23).</summary>
public enum MSAcctAuthType : uint
{
    /// <summary>PAP.</summary>
    Pap = 1,

    /// <summary>CHAP.</summary>
    Chap = 2,

    /// <summary>MS-CHAP-1.</summary>
    MSChap1 = 3,

    /// <summary>MS-CHAP-2.</summary>
    MSChap2 = 4,

    /// <summary>EAP.</summary>
    Eap = 5,
}

/// <summary>Values of MS-Acct-EAP-Type (26.311.24).</summary>
public enum MSAcctEapType : uint
{
    /// <summary>MD5.</summary>
    Md5 = 4,

    /// <summary>OTP.</summary>
    Otp = 5,

    /// <summary>Generic-Token-Card.</summary>
    GenericTokenCard = 6,

    /// <summary>TLS.</summary>
    Tls = 13,
}

/// <summary>Values of MS-Identity-Type (26.311.41).</summary>
public enum MSIdentityType : uint
{
    /// <summary>Machine-Health-Check.</summary>
    MachineHealthCheck = 1,

    /// <summary>Ignore-User-Lookup-Failure.</summary>
    IgnoreUserLookupFailure = 2,
}

/// <summary>Values of MS-Quarantine-State (26.311.45).</summary>
public enum MSQuarantineState : uint
{
    /// <summary>Full-Access.</summary>
    FullAccess = 0,

    /// <summary>Quarantine.</summary>
    Quarantine = 1,

    /// <summary>Probation.</summary>
    Probation = 2,
}

/// <summary>Values of MS-AFW-Zone (26.311.48).</summary>
public enum MSAfwZone : uint
{
    /// <summary>MS-AFW-Zone-Boundary-Policy.</summary>
    MSAfwZoneBoundaryPolicy = 1,

    /// <summary>MS-AFW-Zone-Unprotected-Policy.</summary>
    MSAfwZoneUnprotectedPolicy = 2,

    /// <summary>MS-AFW-Zone-Protected-Policy.</summary>
    MSAfwZoneProtectedPolicy = 3,
}

/// <summary>Values of MS-AFW-Protection-Level (26.311.49).</summary>
public enum MSAfwProtectionLevel : uint
{
    /// <summary>HECP-Response-Sign-Only.</summary>
    HecpResponseSignOnly = 1,

    /// <summary>HECP-Response-Sign-And-Encrypt.</summary>
    HecpResponseSignAndEncrypt = 2,
}

/// <summary>Values of MS-RNAP-Not-Quarantine-Capable (26.311.54).</summary>
public enum MSRnapNotQuarantineCapable : uint
{
    /// <summary>SoH-Sent.</summary>
    SoHSent = 0,

    /// <summary>SoH-Not-Sent.</summary>
    SoHNotSent = 1,
}

/// <summary>Values of MS-Extended-Quarantine-State (26.311.57).</summary>
public enum MSExtendedQuarantineState : uint
{
    /// <summary>Transition.</summary>
    Transition = 1,

    /// <summary>Infected.</summary>
    Infected = 2,

    /// <summary>Unknown.</summary>
    Unknown = 3,

    /// <summary>No-Data.</summary>
    NoData = 4,
}
