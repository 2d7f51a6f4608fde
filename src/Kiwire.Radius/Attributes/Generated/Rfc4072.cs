// Written by dictionaries/Generate.cs from dictionary.rfc4072: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 4072: EAP-Key-Name.</summary>
public static class Rfc4072
{
    /// <summary>EAP-Key-Name (102): octets.</summary>
    public static readonly AttributeKey<byte[]> EapKeyName =
        new("EAP-Key-Name", AttributePath.Standard(102), Codecs.Octets);
}
