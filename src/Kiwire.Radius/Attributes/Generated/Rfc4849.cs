// Written by dictionaries/Generate.cs from dictionary.rfc4849: change that, and run it again.
#nullable enable

namespace Kiwire.Radius.Attributes;

/// <summary>RFC 4849: NAS-Filter-Rule.</summary>
public static class Rfc4849
{
    /// <summary>NAS-Filter-Rule (92): string.</summary>
    public static readonly AttributeKey<string> NasFilterRule =
        new("NAS-Filter-Rule", AttributePath.Standard(92), Codecs.Text);
}
