// Written by dictionaries/Generate.cs from dictionary.rfc4372: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 4372: Chargeable User Identity.</summary>
public static class Rfc4372
{
    /// <summary>Chargeable-User-Identity (89): octets; in requests: one zero octet asks for it.</summary>
    public static readonly AttributeKey<byte[]> ChargeableUserIdentity =
        new("Chargeable-User-Identity", AttributePath.Standard(89), Codecs.Octets);
}
