// Written by dictionaries/Generate.cs from dictionary.rfc8559: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 8559: Dynamic Authorization Proxying.</summary>
public static class Rfc8559
{
    /// <summary>Operator-NAS-Identifier (241.8): octets.</summary>
    public static readonly AttributeKey<byte[]> OperatorNasIdentifier =
        new("Operator-NAS-Identifier", AttributePath.Extended(241, 8), Codecs.Octets);
}
