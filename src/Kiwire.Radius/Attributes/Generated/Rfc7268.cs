// Written by dictionaries/Generate.cs from dictionary.rfc7268: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 7268: RADIUS Attributes for IEEE 802 Networks.</summary>
public static class Rfc7268
{
    /// <summary>Allowed-Called-Station-Id (174): string.</summary>
    public static readonly AttributeKey<string> AllowedCalledStationId =
        new("Allowed-Called-Station-Id", AttributePath.Standard(174), Codecs.Text);

    /// <summary>EAP-Peer-Id (175): octets.</summary>
    public static readonly AttributeKey<byte[]> EapPeerId =
        new("EAP-Peer-Id", AttributePath.Standard(175), Codecs.Octets);

    /// <summary>EAP-Server-Id (176): octets.</summary>
    public static readonly AttributeKey<byte[]> EapServerId =
        new("EAP-Server-Id", AttributePath.Standard(176), Codecs.Octets);

    /// <summary>Network-Id-Name (179): octets.</summary>
    public static readonly AttributeKey<byte[]> NetworkIdName =
        new("Network-Id-Name", AttributePath.Standard(179), Codecs.Octets);

    /// <summary>EAPoL-Announcement (180): octets, in pieces.</summary>
    public static readonly AttributeKey<byte[]> EAPoLAnnouncement =
        new("EAPoL-Announcement", AttributePath.Standard(180), Codecs.Octets, Concat: true);

    /// <summary>Mobility-Domain-Id (177): integer.</summary>
    public static readonly AttributeKey<uint> MobilityDomainId =
        new("Mobility-Domain-Id", AttributePath.Standard(177), Codecs.Integer);

    /// <summary>Preauth-Timeout (178): integer.</summary>
    public static readonly AttributeKey<uint> PreauthTimeout =
        new("Preauth-Timeout", AttributePath.Standard(178), Codecs.Integer);

    /// <summary>WLAN-HESSID (181): string.</summary>
    public static readonly AttributeKey<string> WlanHessid =
        new("WLAN-HESSID", AttributePath.Standard(181), Codecs.Text);

    /// <summary>WLAN-Venue-Info (182): integer.</summary>
    public static readonly AttributeKey<uint> WlanVenueInfo =
        new("WLAN-Venue-Info", AttributePath.Standard(182), Codecs.Integer);

    /// <summary>WLAN-Venue-Language (183): octets[3].</summary>
    public static readonly AttributeKey<byte[]> WlanVenueLanguage =
        new("WLAN-Venue-Language", AttributePath.Standard(183), Codecs.OctetsOf(3));

    /// <summary>WLAN-Venue-Name (184): string.</summary>
    public static readonly AttributeKey<string> WlanVenueName =
        new("WLAN-Venue-Name", AttributePath.Standard(184), Codecs.Text);

    /// <summary>WLAN-Reason-Code (185): integer.</summary>
    public static readonly AttributeKey<uint> WlanReasonCode =
        new("WLAN-Reason-Code", AttributePath.Standard(185), Codecs.Integer);

    /// <summary>WLAN-Pairwise-Cipher (186): integer.</summary>
    public static readonly AttributeKey<uint> WlanPairwiseCipher =
        new("WLAN-Pairwise-Cipher", AttributePath.Standard(186), Codecs.Integer);

    /// <summary>WLAN-Group-Cipher (187): integer.</summary>
    public static readonly AttributeKey<uint> WlanGroupCipher =
        new("WLAN-Group-Cipher", AttributePath.Standard(187), Codecs.Integer);

    /// <summary>WLAN-AKM-Suite (188): integer.</summary>
    public static readonly AttributeKey<uint> WlanAkmSuite =
        new("WLAN-AKM-Suite", AttributePath.Standard(188), Codecs.Integer);

    /// <summary>WLAN-Group-Mgmt-Cipher (189): integer.</summary>
    public static readonly AttributeKey<uint> WlanGroupMgmtCipher =
        new("WLAN-Group-Mgmt-Cipher", AttributePath.Standard(189), Codecs.Integer);

    /// <summary>WLAN-RF-Band (190): integer.</summary>
    public static readonly AttributeKey<uint> WlanRFBand =
        new("WLAN-RF-Band", AttributePath.Standard(190), Codecs.Integer);
}
