using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kiwire.Radius.Attributes;

/// <summary>A type whose values all take the same number of octets.</summary>
internal abstract class FixedCodec<T>(int length) : AttributeCodec<T>
{
    public sealed override int FixedLength => length;

    public sealed override int MaximumLength(T value) => length;

    public sealed override bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return octets.Length == length && TryRead(octets, out value);
    }

    public sealed override int Write(T value, in AttributeContext context, Span<byte> destination)
    {
        Write(destination[..length], value);
        return length;
    }

    protected abstract bool TryRead(ReadOnlySpan<byte> octets, [MaybeNullWhen(false)] out T value);

    protected abstract void Write(Span<byte> octets, T value);
}

internal sealed class NumberCodec<T>(NumberCodec<T>.Reader read, NumberCodec<T>.Writer write) : FixedCodec<T>(Unsafe.SizeOf<T>())
    where T : struct, IBinaryInteger<T>
{
    public delegate T Reader(ReadOnlySpan<byte> octets);

    public delegate void Writer(Span<byte> octets, T value);

    public override string Format(T value) => value.ToString(null, CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out T value) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? T.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    protected override bool TryRead(ReadOnlySpan<byte> octets, out T value)
    {
        value = read(octets);
        return true;
    }

    protected override void Write(Span<byte> octets, T value) => write(octets, value);
}

internal sealed class IntegerCodec : FixedCodec<uint>
{
    public IntegerCodec()
        : base(sizeof(uint))
    {
    }

    internal override TagPlace TagPlace => TagPlace.InHighestOctet;

    public override string Format(uint value) => value.ToString(CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out uint value)
    {
        bool parsed = Codecs.TryParseNumber(text, out ulong number) && number <= uint.MaxValue;
        value = parsed ? (uint)number : 0;
        return parsed;
    }

    protected override bool TryRead(ReadOnlySpan<byte> octets, out uint value) => BinaryPrimitives.TryReadUInt32BigEndian(octets, out value);

    protected override void Write(Span<byte> octets, uint value) => BinaryPrimitives.WriteUInt32BigEndian(octets, value);
}

internal sealed class BoolCodec : FixedCodec<bool>
{
    public BoolCodec()
        : base(1)
    {
    }

    public override string Format(bool value) => value ? "yes" : "no";

    public override bool TryParse(string text, out bool value)
    {
        value = text is "yes" or "true" or "1";
        return value || text is "no" or "false" or "0";
    }

    protected override bool TryRead(ReadOnlySpan<byte> octets, out bool value)
    {
        value = octets[0] == 1;
        return octets[0] <= 1;
    }

    protected override void Write(Span<byte> octets, bool value) => octets[0] = value ? (byte)1 : (byte)0;
}
