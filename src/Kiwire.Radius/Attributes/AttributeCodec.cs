namespace Kiwire.Radius.Attributes;

/// <summary>How values of one data type (RFC 8044) lie in an attribute.</summary>
/// <typeparam name="T">What a value is in C#.</typeparam>
public abstract class AttributeCodec<T>
{
    /// <summary>Reads a value; false where the octets are not one (wrong length, bad padding ...).</summary>
    /// <param name="octets">The attribute's value, pieces already joined.</param>
    /// <param name="context">Secret and authenticator, for hidden values.</param>
    /// <param name="value">The value.</param>
    public abstract bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, out T value);

    /// <summary>How many octets a value takes at the most when written.</summary>
    public abstract int MaximumLength(T value);

    /// <summary>Writes a value and returns the number of octets it took.</summary>
    /// <exception cref="ArgumentException">The value cannot be written as this type; the message says why.</exception>
    public abstract int Write(T value, in AttributeContext context, Span<byte> destination);
}
