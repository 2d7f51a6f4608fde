namespace Kiwire.Radius.Dictionaries;

/// <summary>The dictionaries inside this assembly.</summary>
internal sealed class EmbeddedDictionaries : DictionarySource
{
    public static readonly EmbeddedDictionaries Instance = new();

    public override string Resolve(string name, string? includedFrom) => name;

    public override TextReader? Open(string fullName) =>
        typeof(EmbeddedDictionaries).Assembly.GetManifestResourceStream($"dictionaries/{fullName}") is { } stream ? new StreamReader(stream) : null;
}
