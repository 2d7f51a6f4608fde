using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Radius.Attributes;

/// <summary>An attribute known by name and place, whatever the type of its values: what dictionaries and packet dumps hold.</summary>
/// <param name="Name">The dictionary's name, such as <c>Mikrotik-Rate-Limit</c>.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Concat">Whether one value is spread over all attributes of the type (EAP-Message, RFC 3579, 3.1; flag concat).</param>
public abstract record AttributeKey(string Name, AttributePath Path, bool Concat)
{
    /// <summary>What a value is in C#.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Whether values are hidden under the shared secret, and so must not be shown.</summary>
    public abstract bool IsHidden { get; }

    /// <summary>A value's octets as text; false where they are not a value of the type, or are hidden.</summary>
    public abstract bool TryFormat(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out string? text);

    /// <summary>The octets of a value written as text; false where the text is not a value of the type.</summary>
    /// <param name="text">The text, as <see cref="TryFormat"/> writes it.</param>
    /// <param name="context">Secret and authenticator, where the attribute is hidden.</param>
    /// <param name="octets">The octets.</param>
    public abstract bool TryParse(string text, in AttributeContext context, [NotNullWhen(true)] out byte[]? octets);

    /// <summary>The dictionary's name.</summary>
    public override string ToString() => Name;
}

/// <summary>
/// The name, place and type of an attribute: what is needed to read it from a packet or to append it to one. The generated classes
/// (<c>Rfc2865</c>, <c>Mikrotik</c> ...) hold one for each attribute of our dictionaries; others can be made from a dictionary at run time.
/// </summary>
/// <typeparam name="T">What a value is in C#.</typeparam>
/// <param name="Name">The dictionary's name, such as <c>Mikrotik-Rate-Limit</c>.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Codec">How its value is read and written.</param>
/// <param name="Concat">Whether one value is spread over all attributes of the type (EAP-Message, RFC 3579, 3.1; flag concat).</param>
public sealed record AttributeKey<T>(string Name, AttributePath Path, AttributeCodec<T> Codec, bool Concat = false)
    : AttributeKey(Name, Path, Concat)
{
    /// <inheritdoc/>
    public override Type ValueType => typeof(T);

    /// <inheritdoc/>
    public override bool IsHidden => Codec.IsHidden;

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out string? text)
    {
        text = Codec.TryRead(octets, default, out T? value) ? Codec.Format(value) : null;
        return text is not null;
    }

    /// <inheritdoc/>
    public override bool TryParse(string text, in AttributeContext context, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        if (!Codec.TryParse(text, out T? value) || (IsHidden && context.Secret is null))
        {
            return false;
        }

        byte[] buffer = new byte[Codec.MaximumLength(value)];
        try
        {
            octets = buffer[..Codec.Write(value, context, buffer)];
            return true;
        }
        catch (ArgumentException)
        {
            // Too long to be hidden, or too large beside a tag: no such attribute can hold it.
            return false;
        }
    }

    /// <summary>The dictionary's name.</summary>
    public override string ToString() => Name;
}
