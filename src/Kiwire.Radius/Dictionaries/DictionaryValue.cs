namespace Kiwire.Radius.Dictionaries;

/// <summary>A name for one value of an attribute.</summary>
/// <param name="Name">The name, such as <c>Framed-User</c>.</param>
/// <param name="Number">The value; a negative one as its two's complement in the type's width.</param>
public sealed record DictionaryValue(string Name, ulong Number);
