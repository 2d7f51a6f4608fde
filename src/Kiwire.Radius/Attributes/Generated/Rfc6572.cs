// Written by dictionaries/Generate.cs from dictionary.rfc6572: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 6572: RADIUS Support for Proxy Mobile IPv6.</summary>
public static class Rfc6572
{
    /// <summary>Mobile-Node-Identifier (145): octets.</summary>
    public static readonly AttributeKey<byte[]> MobileNodeIdentifier =
        new("Mobile-Node-Identifier", AttributePath.Standard(145), Codecs.Octets);

    /// <summary>Service-Selection (146): string.</summary>
    public static readonly AttributeKey<string> ServiceSelection =
        new("Service-Selection", AttributePath.Standard(146), Codecs.Text);

    /// <summary>PMIP6-Home-LMA-IPv6-Address (147): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6HomeLmaIPv6Address =
        new("PMIP6-Home-LMA-IPv6-Address", AttributePath.Standard(147), Codecs.IPv6Address);

    /// <summary>PMIP6-Home-LMA-IPv4-Address (149): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6HomeLmaIPv4Address =
        new("PMIP6-Home-LMA-IPv4-Address", AttributePath.Standard(149), Codecs.IPv4Address);

    /// <summary>PMIP6-Home-HN-Prefix (151): ipv6prefix.</summary>
    public static readonly AttributeKey<IPNetwork> Pmip6HomeHNPrefix =
        new("PMIP6-Home-HN-Prefix", AttributePath.Standard(151), Codecs.IPv6Prefix);

    /// <summary>PMIP6-Home-Interface-ID (153): ifid.</summary>
    public static readonly AttributeKey<ulong> Pmip6HomeInterfaceId =
        new("PMIP6-Home-Interface-ID", AttributePath.Standard(153), Codecs.InterfaceId);

    /// <summary>PMIP6-Home-IPv4-HoA (155): ipv4prefix.</summary>
    public static readonly AttributeKey<IPNetwork> Pmip6HomeIPv4HoA =
        new("PMIP6-Home-IPv4-HoA", AttributePath.Standard(155), Codecs.IPv4Prefix);

    /// <summary>PMIP6-Home-DHCP4-Server-Address (157): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6HomeDhcp4ServerAddress =
        new("PMIP6-Home-DHCP4-Server-Address", AttributePath.Standard(157), Codecs.IPv4Address);

    /// <summary>PMIP6-Home-DHCP6-Server-Address (159): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6HomeDhcp6ServerAddress =
        new("PMIP6-Home-DHCP6-Server-Address", AttributePath.Standard(159), Codecs.IPv6Address);

    /// <summary>PMIP6-Home-IPv4-Gateway (161): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6HomeIPv4Gateway =
        new("PMIP6-Home-IPv4-Gateway", AttributePath.Standard(161), Codecs.IPv4Address);

    /// <summary>PMIP6-Visited-LMA-IPv6-Address (148): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6VisitedLmaIPv6Address =
        new("PMIP6-Visited-LMA-IPv6-Address", AttributePath.Standard(148), Codecs.IPv6Address);

    /// <summary>PMIP6-Visited-LMA-IPv4-Address (150): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6VisitedLmaIPv4Address =
        new("PMIP6-Visited-LMA-IPv4-Address", AttributePath.Standard(150), Codecs.IPv4Address);

    /// <summary>PMIP6-Visited-HN-Prefix (152): ipv6prefix.</summary>
    public static readonly AttributeKey<IPNetwork> Pmip6VisitedHNPrefix =
        new("PMIP6-Visited-HN-Prefix", AttributePath.Standard(152), Codecs.IPv6Prefix);

    /// <summary>PMIP6-Visited-Interface-ID (154): ifid.</summary>
    public static readonly AttributeKey<ulong> Pmip6VisitedInterfaceId =
        new("PMIP6-Visited-Interface-ID", AttributePath.Standard(154), Codecs.InterfaceId);

    /// <summary>PMIP6-Visited-IPv4-HoA (156): ipv4prefix.</summary>
    public static readonly AttributeKey<IPNetwork> Pmip6VisitedIPv4HoA =
        new("PMIP6-Visited-IPv4-HoA", AttributePath.Standard(156), Codecs.IPv4Prefix);

    /// <summary>PMIP6-Visited-DHCP4-Server-Address (158): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6VisitedDhcp4ServerAddress =
        new("PMIP6-Visited-DHCP4-Server-Address", AttributePath.Standard(158), Codecs.IPv4Address);

    /// <summary>PMIP6-Visited-DHCP6-Server-Address (160): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6VisitedDhcp6ServerAddress =
        new("PMIP6-Visited-DHCP6-Server-Address", AttributePath.Standard(160), Codecs.IPv6Address);

    /// <summary>PMIP6-Visited-IPv4-Gateway (162): ipaddr.</summary>
    public static readonly AttributeKey<IPAddress> Pmip6VisitedIPv4Gateway =
        new("PMIP6-Visited-IPv4-Gateway", AttributePath.Standard(162), Codecs.IPv4Address);
}
