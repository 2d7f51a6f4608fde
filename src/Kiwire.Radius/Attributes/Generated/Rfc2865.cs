// Written by dictionaries/Generate.cs from dictionary.rfc2865: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 2865: Remote Authentication Dial In User Service.</summary>
public static class Rfc2865
{
    /// <summary>User-Name (1): string; who wants in; an answer may name the user for accounting.</summary>
    public static readonly AttributeKey<string> UserName =
        new("User-Name", AttributePath.Standard(1), Codecs.Text);

    /// <summary>User-Password (2): string, hidden as UserPassword; PAP.</summary>
    public static readonly AttributeKey<string> UserPassword =
        new("User-Password", AttributePath.Standard(2), Codecs.Hidden(HiddenAs.UserPassword, Codecs.Text));

    /// <summary>CHAP-Password (3): octets; one octet of identifier, 16 of MD5.</summary>
    public static readonly AttributeKey<byte[]> ChapPassword =
        new("CHAP-Password", AttributePath.Standard(3), Codecs.Octets);

    /// <summary>CHAP-Challenge (60): octets; where absent, the Request Authenticator is the challenge.</summary>
    public static readonly AttributeKey<byte[]> ChapChallenge =
        new("CHAP-Challenge", AttributePath.Standard(60), Codecs.Octets);

    /// <summary>NAS-IP-Address (4): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> NasIPAddress =
        new("NAS-IP-Address", AttributePath.Standard(4), Codecs.IPv4Address);

    /// <summary>NAS-Port (5): integer; the port's number; see also NAS-Port-Id.</summary>
    public static readonly AttributeKey<uint> NasPort =
        new("NAS-Port", AttributePath.Standard(5), Codecs.Integer);

    /// <summary>Called-Station-Id (30): string; Wi-Fi: access point's MAC address and the SSID (RFC 3580, 3.20).</summary>
    public static readonly AttributeKey<string> CalledStationId =
        new("Called-Station-Id", AttributePath.Standard(30), Codecs.Text);

    /// <summary>Calling-Station-Id (31): string; Wi-Fi: the client's MAC address (RFC 3580, 3.21).</summary>
    public static readonly AttributeKey<string> CallingStationId =
        new("Calling-Station-Id", AttributePath.Standard(31), Codecs.Text);

    /// <summary>NAS-Identifier (32): string.</summary>
    public static readonly AttributeKey<string> NasIdentifier =
        new("NAS-Identifier", AttributePath.Standard(32), Codecs.Text);

    /// <summary>NAS-Port-Type (61): integer.</summary>
    public static readonly AttributeKey<uint> NasPortType =
        new("NAS-Port-Type", AttributePath.Standard(61), Codecs.Integer);

    /// <summary>Service-Type (6): integer.</summary>
    public static readonly AttributeKey<uint> ServiceType =
        new("Service-Type", AttributePath.Standard(6), Codecs.Integer);

    /// <summary>Framed-Protocol (7): integer.</summary>
    public static readonly AttributeKey<uint> FramedProtocol =
        new("Framed-Protocol", AttributePath.Standard(7), Codecs.Integer);

    /// <summary>Session-Timeout (27): integer; seconds until the session is ended.</summary>
    public static readonly AttributeKey<uint> SessionTimeout =
        new("Session-Timeout", AttributePath.Standard(27), Codecs.Integer);

    /// <summary>Idle-Timeout (28): integer; seconds without traffic until the session is ended.</summary>
    public static readonly AttributeKey<uint> IdleTimeout =
        new("Idle-Timeout", AttributePath.Standard(28), Codecs.Integer);

    /// <summary>Termination-Action (29): integer; what follows a session's timeout.</summary>
    public static readonly AttributeKey<uint> TerminationAction =
        new("Termination-Action", AttributePath.Standard(29), Codecs.Integer);

    /// <summary>Port-Limit (62): integer; how many ports, or sessions, at once.</summary>
    public static readonly AttributeKey<uint> PortLimit =
        new("Port-Limit", AttributePath.Standard(62), Codecs.Integer);

    /// <summary>Framed-IP-Address (8): ipaddr; 255.255.255.255: the client chooses; 255.255.255.254: the NAS does.</summary>
    public static readonly AttributeKey<IPAddress> FramedIPAddress =
        new("Framed-IP-Address", AttributePath.Standard(8), Codecs.IPv4Address);

    /// <summary>Framed-IP-Netmask (9): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> FramedIPNetmask =
        new("Framed-IP-Netmask", AttributePath.Standard(9), Codecs.IPv4Address);

    /// <summary>Framed-Routing (10): integer.</summary>
    public static readonly AttributeKey<uint> FramedRouting =
        new("Framed-Routing", AttributePath.Standard(10), Codecs.Integer);

    /// <summary>Filter-Id (11): string.</summary>
    public static readonly AttributeKey<string> FilterId =
        new("Filter-Id", AttributePath.Standard(11), Codecs.Text);

    /// <summary>Framed-MTU (12): integer; octets.</summary>
    public static readonly AttributeKey<uint> FramedMtu =
        new("Framed-MTU", AttributePath.Standard(12), Codecs.Integer);

    /// <summary>Framed-Compression (13): integer.</summary>
    public static readonly AttributeKey<uint> FramedCompression =
        new("Framed-Compression", AttributePath.Standard(13), Codecs.Integer);

    /// <summary>Framed-Route (22): string.</summary>
    public static readonly AttributeKey<string> FramedRoute =
        new("Framed-Route", AttributePath.Standard(22), Codecs.Text);

    /// <summary>Reply-Message (18): string.</summary>
    public static readonly AttributeKey<string> ReplyMessage =
        new("Reply-Message", AttributePath.Standard(18), Codecs.Text);

    /// <summary>State (24): octets; comes back in the answer to a challenge as it was sent.</summary>
    public static readonly AttributeKey<byte[]> State =
        new("State", AttributePath.Standard(24), Codecs.Octets);

    /// <summary>Class (25): octets; comes back in accounting as it was sent.</summary>
    public static readonly AttributeKey<byte[]> Class =
        new("Class", AttributePath.Standard(25), Codecs.Octets);

    /// <summary>Vendor-Specific (26): vsa.</summary>
    public static readonly AttributeKey<byte[]> VendorSpecific =
        new("Vendor-Specific", AttributePath.Standard(26), Codecs.Vsa);

    /// <summary>Proxy-State (33): octets; goes back to each proxy in order.</summary>
    public static readonly AttributeKey<byte[]> ProxyState =
        new("Proxy-State", AttributePath.Standard(33), Codecs.Octets);

    /// <summary>Login-IP-Host (14): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> LoginIPHost =
        new("Login-IP-Host", AttributePath.Standard(14), Codecs.IPv4Address);

    /// <summary>Login-Service (15): integer.</summary>
    public static readonly AttributeKey<uint> LoginService =
        new("Login-Service", AttributePath.Standard(15), Codecs.Integer);

    /// <summary>Login-TCP-Port (16): integer.</summary>
    public static readonly AttributeKey<uint> LoginTcpPort =
        new("Login-TCP-Port", AttributePath.Standard(16), Codecs.Integer);

    /// <summary>Callback-Number (19): string.</summary>
    public static readonly AttributeKey<string> CallbackNumber =
        new("Callback-Number", AttributePath.Standard(19), Codecs.Text);

    /// <summary>Callback-Id (20): string.</summary>
    public static readonly AttributeKey<string> CallbackId =
        new("Callback-Id", AttributePath.Standard(20), Codecs.Text);

    /// <summary>Framed-IPX-Network (23): ipaddr; four octets, written as an IPv4 address.</summary>
    public static readonly AttributeKey<IPAddress> FramedIpxNetwork =
        new("Framed-IPX-Network", AttributePath.Standard(23), Codecs.IPv4Address);

    /// <summary>Login-LAT-Service (34): string.</summary>
    public static readonly AttributeKey<string> LoginLatService =
        new("Login-LAT-Service", AttributePath.Standard(34), Codecs.Text);

    /// <summary>Login-LAT-Node (35): string.</summary>
    public static readonly AttributeKey<string> LoginLatNode =
        new("Login-LAT-Node", AttributePath.Standard(35), Codecs.Text);

    /// <summary>Login-LAT-Group (36): octets.</summary>
    public static readonly AttributeKey<byte[]> LoginLatGroup =
        new("Login-LAT-Group", AttributePath.Standard(36), Codecs.Octets);

    /// <summary>Framed-AppleTalk-Link (37): integer.</summary>
    public static readonly AttributeKey<uint> FramedAppleTalkLink =
        new("Framed-AppleTalk-Link", AttributePath.Standard(37), Codecs.Integer);

    /// <summary>Framed-AppleTalk-Network (38): integer.</summary>
    public static readonly AttributeKey<uint> FramedAppleTalkNetwork =
        new("Framed-AppleTalk-Network", AttributePath.Standard(38), Codecs.Integer);

    /// <summary>Framed-AppleTalk-Zone (39): string.</summary>
    public static readonly AttributeKey<string> FramedAppleTalkZone =
        new("Framed-AppleTalk-Zone", AttributePath.Standard(39), Codecs.Text);

    /// <summary>Login-LAT-Port (63): string.</summary>
    public static readonly AttributeKey<string> LoginLatPort =
        new("Login-LAT-Port", AttributePath.Standard(63), Codecs.Text);
}

/// <summary>Values of NAS-Port-Type (61).</summary>
public enum NasPortType : uint
{
    /// <summary>Async.</summary>
    Async = 0,

    /// <summary>Sync.</summary>
    Sync = 1,

    /// <summary>ISDN.</summary>
    Isdn = 2,

    /// <summary>ISDN-V120.</summary>
    IsdnV120 = 3,

    /// <summary>ISDN-V110.</summary>
    IsdnV110 = 4,

    /// <summary>Virtual.</summary>
    Virtual = 5,

    /// <summary>PIAFS.</summary>
    Piafs = 6,

    /// <summary>HDLC-Clear-Channel.</summary>
    HdlcClearChannel = 7,

    /// <summary>X.25.</summary>
    X25 = 8,

    /// <summary>X.75.</summary>
    X75 = 9,

    /// <summary>G.3-Fax.</summary>
    G3Fax = 10,

    /// <summary>SDSL.</summary>
    Sdsl = 11,

    /// <summary>ADSL-CAP.</summary>
    AdslCap = 12,

    /// <summary>ADSL-DMT.</summary>
    AdslDmt = 13,

    /// <summary>IDSL.</summary>
    Idsl = 14,

    /// <summary>Ethernet.</summary>
    Ethernet = 15,

    /// <summary>xDSL.</summary>
    XDSL = 16,

    /// <summary>Cable.</summary>
    Cable = 17,

    /// <summary>Wireless-Other.</summary>
    WirelessOther = 18,

    /// <summary>Wireless-802.11.</summary>
    Wireless80211 = 19,

    /// <summary>Token-Ring.</summary>
    TokenRing = 20,

    /// <summary>FDDI.</summary>
    Fddi = 21,

    /// <summary>Wireless-CDMA2000.</summary>
    WirelessCdma2000 = 22,

    /// <summary>Wireless-UMTS.</summary>
    WirelessUmts = 23,

    /// <summary>Wireless-1X-EV.</summary>
    Wireless1XEV = 24,

    /// <summary>IAPP.</summary>
    Iapp = 25,

    /// <summary>FTTP.</summary>
    Fttp = 26,

    /// <summary>Wireless-802.16.</summary>
    Wireless80216 = 27,

    /// <summary>Wireless-802.20.</summary>
    Wireless80220 = 28,

    /// <summary>Wireless-802.22.</summary>
    Wireless80222 = 29,

    /// <summary>xPON.</summary>
    XPON = 35,

    /// <summary>Wireless-XGP.</summary>
    WirelessXgp = 36,
}

/// <summary>Values of Service-Type (6).</summary>
public enum ServiceType : uint
{
    /// <summary>Login-User.</summary>
    LoginUser = 1,

    /// <summary>Framed-User.</summary>
    FramedUser = 2,

    /// <summary>Callback-Login-User.</summary>
    CallbackLoginUser = 3,

    /// <summary>Callback-Framed-User.</summary>
    CallbackFramedUser = 4,

    /// <summary>Outbound-User.</summary>
    OutboundUser = 5,

    /// <summary>Administrative-User.</summary>
    AdministrativeUser = 6,

    /// <summary>NAS-Prompt-User.</summary>
    NasPromptUser = 7,

    /// <summary>Authenticate-Only.</summary>
    AuthenticateOnly = 8,

    /// <summary>Callback-NAS-Prompt.</summary>
    CallbackNasPrompt = 9,

    /// <summary>Call-Check.</summary>
    CallCheck = 10,

    /// <summary>Callback-Administrative.</summary>
    CallbackAdministrative = 11,

    /// <summary>Voice.</summary>
    Voice = 12,

    /// <summary>Fax.</summary>
    Fax = 13,

    /// <summary>Modem-Relay.</summary>
    ModemRelay = 14,

    /// <summary>IAPP-Register.</summary>
    IappRegister = 15,

    /// <summary>IAPP-AP-Check.</summary>
    IappAPCheck = 16,

    /// <summary>Authorize-Only.</summary>
    AuthorizeOnly = 17,

    /// <summary>ChilliSpot-Authorize-Only.</summary>
    ChilliSpotAuthorizeOnly = 954138625,
}

/// <summary>Values of Framed-Protocol (7).</summary>
public enum FramedProtocol : uint
{
    /// <summary>PPP.</summary>
    Ppp = 1,

    /// <summary>SLIP.</summary>
    Slip = 2,

    /// <summary>ARAP.</summary>
    Arap = 3,

    /// <summary>Gandalf-SLML.</summary>
    GandalfSlml = 4,

    /// <summary>Xylogics-IPX-SLIP.</summary>
    XylogicsIpxSlip = 5,

    /// <summary>X.75-Synchronous.</summary>
    X75Synchronous = 6,

    /// <summary>GPRS-PDP-Context.</summary>
    GprsPdpContext = 7,

    /// <summary>PPTP.</summary>
    Pptp = 9,
}

/// <summary>Values of Termination-Action (29).</summary>
public enum TerminationAction : uint
{
    /// <summary>Default.</summary>
    Default = 0,

    /// <summary>RADIUS-Request.</summary>
    RadiusRequest = 1,
}

/// <summary>Values of Framed-Routing (10).</summary>
public enum FramedRouting : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Broadcast.</summary>
    Broadcast = 1,

    /// <summary>Listen.</summary>
    Listen = 2,

    /// <summary>Broadcast-Listen.</summary>
    BroadcastListen = 3,
}

/// <summary>Values of Framed-Compression (13).</summary>
public enum FramedCompression : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Van-Jacobson-TCP-IP.</summary>
    VanJacobsonTcpIP = 1,

    /// <summary>IPX-Header-Compression.</summary>
    IpxHeaderCompression = 2,

    /// <summary>Stac-LZS.</summary>
    StacLzs = 3,
}

/// <summary>Values of Login-Service (15).</summary>
public enum LoginService : uint
{
    /// <summary>Telnet.</summary>
    Telnet = 0,

    /// <summary>Rlogin.</summary>
    Rlogin = 1,

    /// <summary>TCP-Clear.</summary>
    TcpClear = 2,

    /// <summary>PortMaster.</summary>
    PortMaster = 3,

    /// <summary>LAT.</summary>
    Lat = 4,

    /// <summary>X25-PAD.</summary>
    X25Pad = 5,

    /// <summary>X25-T3POS.</summary>
    X25T3pos = 6,

    /// <summary>TCP-Clear-Quiet.</summary>
    TcpClearQuiet = 8,
}

/// <summary>Values of Login-TCP-Port (16).</summary>
public enum LoginTcpPort : uint
{
    /// <summary>Telnet.</summary>
    Telnet = 23,

    /// <summary>Rlogin.</summary>
    Rlogin = 513,

    /// <summary>Rsh.</summary>
    Rsh = 514,
}
