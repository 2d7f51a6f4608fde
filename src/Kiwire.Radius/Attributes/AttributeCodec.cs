using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Radius.Attributes;

/// <summary>How values of one data type (RFC 8044) lie in an attribute, and how they are written as text.</summary>
/// <typeparam name="T">What a value is in C#.</typeparam>
public abstract class AttributeCodec<T>
{
    /// <summary>Whether values are hidden under the shared secret, and so must not be shown.</summary>
    public virtual bool IsHidden => false;

    /// <summary>How many octets every value takes, or 0 where that varies.</summary>
    public virtual int FixedLength => 0;

    /// <summary>Where the tag of a tagged attribute stands (RFC 2868, 3).</summary>
    internal virtual TagPlace TagPlace => TagPlace.BeforeUnlessPrintable;

    /// <summary>Reads a value; false where the octets are not one (wrong length, bad padding ...).</summary>
    /// <param name="octets">The attribute's value, pieces already joined.</param>
    /// <param name="context">Secret and authenticator, for hidden values.</param>
    /// <param name="value">The value.</param>
    public abstract bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, [MaybeNullWhen(false)] out T value);

    /// <summary>How many octets a value takes at the most when written.</summary>
    public abstract int MaximumLength(T value);

    /// <summary>Writes a value and returns the number of octets it took.</summary>
    /// <param name="value">The value.</param>
    /// <param name="context">Secret and authenticator, for hidden values.</param>
    /// <param name="destination">At least <see cref="MaximumLength"/> octets.</param>
    /// <exception cref="ArgumentException">The value cannot be written as this type; the message says why.</exception>
    public abstract int Write(T value, in AttributeContext context, Span<byte> destination);

    /// <summary>A value as text, as FreeRADIUS programs print it; what <see cref="TryParse"/> reads back.</summary>
    public virtual string Format(T value) => value?.ToString() ?? string.Empty;

    /// <summary>Reads a value from text; false where the text is not one of this type.</summary>
    public virtual bool TryParse(string text, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return false;
    }
}
