namespace Kiwire.Radius.Attributes;

/// <summary>
/// The name, place and type of an attribute: what is needed to read it from a packet or to append it to one. The generated classes
/// (<c>Rfc2865</c>, <c>Mikrotik</c> ...) hold one for each attribute of our dictionaries; others can be made from a dictionary at run time.
/// </summary>
/// <typeparam name="T">What a value is in C#.</typeparam>
/// <param name="Name">The dictionary's name, such as <c>Mikrotik-Rate-Limit</c>.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Codec">How its value is read and written.</param>
public sealed record AttributeKey<T>(string Name, AttributePath Path, AttributeCodec<T> Codec)
{
    /// <summary>The dictionary's name.</summary>
    public override string ToString() => Name;
}
