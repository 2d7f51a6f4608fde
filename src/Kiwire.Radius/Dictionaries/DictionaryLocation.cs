namespace Kiwire.Radius.Dictionaries;

/// <summary>A line of a dictionary.</summary>
/// <param name="File">The file's name as its source gives it.</param>
/// <param name="Line">The line, from 1; 0 for the file as a whole.</param>
public readonly record struct DictionaryLocation(string File, int Line)
{
    /// <summary>The place as compilers write it: <c>file:line</c>.</summary>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}
