namespace Kiwire.Radius.Dictionaries;

/// <summary>Dictionaries on disk; an <c>$INCLUDE</c> is relative to the file that has it.</summary>
public sealed class DictionaryFolder : DictionarySource
{
    private readonly string _folder;

    /// <summary>A source whose root names are relative to <paramref name="folder"/>.</summary>
    public DictionaryFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <inheritdoc/>
    public override string Resolve(string name, string? includedFrom)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        string folder = includedFrom is null ? _folder : Path.GetDirectoryName(includedFrom) ?? _folder;
        return Path.GetFullPath(name, folder);
    }

    /// <inheritdoc/>
    public override TextReader? Open(string fullName) => File.Exists(fullName) ? new StreamReader(fullName) : null;
}
