// Written by dictionaries/Generate.cs from dictionary.rfc6911: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 6911: RADIUS Attributes for IPv6 Access Networks.</summary>
public static class Rfc6911
{
    /// <summary>Framed-IPv6-Address (168): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> FramedIPv6Address =
        new("Framed-IPv6-Address", AttributePath.Standard(168), Codecs.IPv6Address);

    /// <summary>DNS-Server-IPv6-Address (169): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> DnsServerIPv6Address =
        new("DNS-Server-IPv6-Address", AttributePath.Standard(169), Codecs.IPv6Address);

    /// <summary>Route-IPv6-Information (170): ipv6prefix.</summary>
    public static readonly AttributeKey<IPNetwork> RouteIPv6Information =
        new("Route-IPv6-Information", AttributePath.Standard(170), Codecs.IPv6Prefix);

    /// <summary>Delegated-IPv6-Prefix-Pool (171): string.</summary>
    public static readonly AttributeKey<string> DelegatedIPv6PrefixPool =
        new("Delegated-IPv6-Prefix-Pool", AttributePath.Standard(171), Codecs.Text);

    /// <summary>Stateful-IPv6-Address-Pool (172): string.</summary>
    public static readonly AttributeKey<string> StatefulIPv6AddressPool =
        new("Stateful-IPv6-Address-Pool", AttributePath.Standard(172), Codecs.Text);
}
