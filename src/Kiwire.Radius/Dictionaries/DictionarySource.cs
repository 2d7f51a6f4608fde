namespace Kiwire.Radius.Dictionaries;

/// <summary>Where dictionaries are read from, so that a load needs no disk.</summary>
public abstract class DictionarySource
{
    /// <summary>The full name of a file that another one names.</summary>
    /// <param name="name">The name as written after <c>$INCLUDE</c>, or the root's.</param>
    /// <param name="includedFrom">The full name of the file that has the <c>$INCLUDE</c>; null for the root.</param>
    public abstract string Resolve(string name, string? includedFrom);

    /// <summary>Opens a file by its full name; null where there is none.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is there and may not be read.</exception>
    public abstract TextReader? Open(string fullName);
}
