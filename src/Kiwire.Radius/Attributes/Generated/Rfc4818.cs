// Written by dictionaries/Generate.cs from dictionary.rfc4818: change that, and run it again.
#nullable enable
using System.Net;

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 4818: Delegated-IPv6-Prefix.</summary>
public static class Rfc4818
{
    /// <summary>Delegated-IPv6-Prefix (123): ipv6prefix.</summary>
    public static readonly AttributeKey<IPNetwork> DelegatedIPv6Prefix =
        new("Delegated-IPv6-Prefix", AttributePath.Standard(123), Codecs.IPv6Prefix);
}
