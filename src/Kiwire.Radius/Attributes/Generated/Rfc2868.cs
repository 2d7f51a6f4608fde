// Written by dictionaries/Generate.cs from dictionary.rfc2868: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 2868: RADIUS Attributes for Tunnel Protocol Support.</summary>
public static class Rfc2868
{
    /// <summary>Tunnel-Type (64): integer, tagged.</summary>
    public static readonly AttributeKey<Tagged<uint>> TunnelType =
        new("Tunnel-Type", AttributePath.Standard(64), Codecs.Tagged(Codecs.Integer));

    /// <summary>Tunnel-Medium-Type (65): integer, tagged.</summary>
    public static readonly AttributeKey<Tagged<uint>> TunnelMediumType =
        new("Tunnel-Medium-Type", AttributePath.Standard(65), Codecs.Tagged(Codecs.Integer));

    /// <summary>Tunnel-Preference (83): integer, tagged.</summary>
    public static readonly AttributeKey<Tagged<uint>> TunnelPreference =
        new("Tunnel-Preference", AttributePath.Standard(83), Codecs.Tagged(Codecs.Integer));

    /// <summary>Tunnel-Client-Endpoint (66): string, tagged.</summary>
    public static readonly AttributeKey<Tagged<string>> TunnelClientEndpoint =
        new("Tunnel-Client-Endpoint", AttributePath.Standard(66), Codecs.Tagged(Codecs.Text));

    /// <summary>Tunnel-Server-Endpoint (67): string, tagged.</summary>
    public static readonly AttributeKey<Tagged<string>> TunnelServerEndpoint =
        new("Tunnel-Server-Endpoint", AttributePath.Standard(67), Codecs.Tagged(Codecs.Text));

    /// <summary>Tunnel-Client-Auth-Id (90): string, tagged.</summary>
    public static readonly AttributeKey<Tagged<string>> TunnelClientAuthId =
        new("Tunnel-Client-Auth-Id", AttributePath.Standard(90), Codecs.Tagged(Codecs.Text));

    /// <summary>Tunnel-Server-Auth-Id (91): string, tagged.</summary>
    public static readonly AttributeKey<Tagged<string>> TunnelServerAuthId =
        new("Tunnel-Server-Auth-Id", AttributePath.Standard(91), Codecs.Tagged(Codecs.Text));

    /// <summary>Tunnel-Password (69): string, tagged, hidden as TunnelPassword.</summary>
    public static readonly AttributeKey<Tagged<string>> TunnelPassword =
        new("Tunnel-Password", AttributePath.Standard(69), Codecs.Tagged(Codecs.Hidden(HiddenAs.TunnelPassword, Codecs.Text)));

    /// <summary>Tunnel-Private-Group-Id (81): string, tagged; with Tunnel-Type VLAN: the VLAN's number or name.</summary>
    public static readonly AttributeKey<Tagged<string>> TunnelPrivateGroupId =
        new("Tunnel-Private-Group-Id", AttributePath.Standard(81), Codecs.Tagged(Codecs.Text));

    /// <summary>Tunnel-Assignment-Id (82): string, tagged.</summary>
    public static readonly AttributeKey<Tagged<string>> TunnelAssignmentId =
        new("Tunnel-Assignment-Id", AttributePath.Standard(82), Codecs.Tagged(Codecs.Text));
}

/// <summary>Values of Tunnel-Type (64).</summary>
public enum TunnelType : uint
{
    /// <summary>PPTP.</summary>
    Pptp = 1,

    /// <summary>L2F.</summary>
    L2f = 2,

    /// <summary>L2TP.</summary>
    L2tp = 3,

    /// <summary>ATMP.</summary>
    Atmp = 4,

    /// <summary>VTP.</summary>
    Vtp = 5,

    /// <summary>AH.</summary>
    AH = 6,

    /// <summary>IP.</summary>
    IP = 7,

    /// <summary>MIN-IP.</summary>
    MinIP = 8,

    /// <summary>ESP.</summary>
    Esp = 9,

    /// <summary>GRE.</summary>
    Gre = 10,

    /// <summary>DVS.</summary>
    Dvs = 11,

    /// <summary>IP-in-IP.</summary>
    IPInIP = 12,

    /// <summary>VLAN.</summary>
    Vlan = 13,
}

/// <summary>Values of Tunnel-Medium-Type (65).</summary>
public enum TunnelMediumType : uint
{
    /// <summary>IPv4.</summary>
    IPv4 = 1,

    /// <summary>IPv6.</summary>
    IPv6 = 2,

    /// <summary>NSAP.</summary>
    Nsap = 3,

    /// <summary>HDLC.</summary>
    Hdlc = 4,

    /// <summary>BBN-1822.</summary>
    Bbn1822 = 5,

    /// <summary>IEEE-802.</summary>
    Ieee802 = 6,

    /// <summary>E.163.</summary>
    E163 = 7,

    /// <summary>E.164.</summary>
    E164 = 8,

    /// <summary>F.69.</summary>
    F69 = 9,

    /// <summary>X.121.</summary>
    X121 = 10,

    /// <summary>IPX.</summary>
    Ipx = 11,

    /// <summary>Appletalk.</summary>
    Appletalk = 12,

    /// <summary>DecNet-IV.</summary>
    DecNetIV = 13,

    /// <summary>Banyan-Vines.</summary>
    BanyanVines = 14,

    /// <summary>E.164-NSAP.</summary>
    E164Nsap = 15,
}
