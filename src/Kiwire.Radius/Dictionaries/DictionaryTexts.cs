namespace Kiwire.Radius.Dictionaries;

/// <summary>Dictionaries held in memory, by plain name.</summary>
public sealed class DictionaryTexts : DictionarySource
{
    private readonly IReadOnlyDictionary<string, string> _texts;

    /// <summary>A source over texts by file name.</summary>
    public DictionaryTexts(IReadOnlyDictionary<string, string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _texts = texts;
    }

    /// <inheritdoc/>
    public override string Resolve(string name, string? includedFrom) => name;

    /// <inheritdoc/>
    public override TextReader? Open(string fullName) => _texts.TryGetValue(fullName, out string? text) ? new StringReader(text) : null;
}
