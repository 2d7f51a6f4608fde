namespace Kiwire.Radius.Dictionaries;

/// <summary>One mistake in a dictionary.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record DictionaryError(DictionaryLocation Location, string Message)
{
    /// <summary>The mistake as compilers write it: <c>file:line: message</c>.</summary>
    public override string ToString() => $"{Location}: {Message}";
}
