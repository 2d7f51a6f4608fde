// Written by dictionaries/Generate.cs from dictionary.rfc3162: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 3162: RADIUS and IPv6.</summary>
public static class Rfc3162
{
    /// <summary>NAS-IPv6-Address (95): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> NasIPv6Address =
        new("NAS-IPv6-Address", AttributePath.Standard(95), Codecs.IPv6Address);

    /// <summary>Framed-Interface-Id (96): ifid.</summary>
    public static readonly AttributeKey<ulong> FramedInterfaceId =
        new("Framed-Interface-Id", AttributePath.Standard(96), Codecs.InterfaceId);

    /// <summary>Framed-IPv6-Prefix (97): ipv6prefix.</summary>
    public static readonly AttributeKey<IPNetwork> FramedIPv6Prefix =
        new("Framed-IPv6-Prefix", AttributePath.Standard(97), Codecs.IPv6Prefix);

    /// <summary>Login-IPv6-Host (98): ipv6addr.</summary>
    public static readonly AttributeKey<IPAddress> LoginIPv6Host =
        new("Login-IPv6-Host", AttributePath.Standard(98), Codecs.IPv6Address);

    /// <summary>Framed-IPv6-Route (99): string.</summary>
    public static readonly AttributeKey<string> FramedIPv6Route =
        new("Framed-IPv6-Route", AttributePath.Standard(99), Codecs.Text);

    /// <summary>Framed-IPv6-Pool (100): string.</summary>
    public static readonly AttributeKey<string> FramedIPv6Pool =
        new("Framed-IPv6-Pool", AttributePath.Standard(100), Codecs.Text);
}
