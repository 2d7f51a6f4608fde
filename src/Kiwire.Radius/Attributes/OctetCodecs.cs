using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Kiwire.Radius.Attributes;

internal sealed class TextCodec : AttributeCodec<string>
{
    // Not Encoding.UTF8: that one puts U+FFFD in place of what it cannot read, and would make one name of many.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, [MaybeNullWhen(false)] out string value)
    {
        value = System.Text.Unicode.Utf8.IsValid(octets) ? Strict.GetString(octets) : null;
        return value is not null;
    }

    public override int MaximumLength(string value) => Encoding.UTF8.GetByteCount(value);

    public override int Write(string value, in AttributeContext context, Span<byte> destination) => Strict.GetBytes(value, destination);

    public override string Format(string value) => value;

    public override bool TryParse(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return true;
    }
}

internal sealed class OctetsCodec(int length) : AttributeCodec<byte[]>
{
    public override int FixedLength => length;

    public override bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, [MaybeNullWhen(false)] out byte[] value)
    {
        value = length == 0 || octets.Length == length ? octets.ToArray() : null;
        return value is not null;
    }

    public override int MaximumLength(byte[] value) => value.Length;

    public override int Write(byte[] value, in AttributeContext context, Span<byte> destination)
    {
        if (length != 0 && value.Length != length)
        {
            throw new ArgumentException($"The attribute takes {length} octets, not {value.Length}.", nameof(value));
        }

        value.CopyTo(destination);
        return value.Length;
    }

    public override string Format(byte[] value) => "0x" + Convert.ToHexStringLower(value);

    public override bool TryParse(string text, [MaybeNullWhen(false)] out byte[] value)
    {
        value = null;
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || text.Length % 2 != 0)
        {
            return false;
        }

        byte[] octets = new byte[(text.Length / 2) - 1];
        if (Convert.FromHexString(text.AsSpan(2), octets, out _, out _) != System.Buffers.OperationStatus.Done
            || (length != 0 && octets.Length != length))
        {
            return false;
        }

        value = octets;
        return true;
    }
}
