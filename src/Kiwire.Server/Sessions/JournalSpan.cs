using System.Buffers.Binary;

namespace Kiwire.Server.Sessions;

/// <summary>Writes the fields of a journal record, little-endian; texts with their length in two octets before them.</summary>
internal ref struct JournalSpanWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Octets written so far.</summary>
    public int Length { get; private set; }

    public void Write(byte value) => _destination[Length++] = value;

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_destination[Length..], value);
        Length += sizeof(int);
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_destination[Length..], value);
        Length += sizeof(long);
    }

    public void Write(UInt128 value)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(_destination[Length..], value);
        Length += 16;
    }

    public void Write(ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_destination[Length..], checked((ushort)text.Length));
        Length += sizeof(ushort);
        text.CopyTo(_destination[Length..]);
        Length += text.Length;
    }
}

/// <summary>
/// Reads what <see cref="JournalSpanWriter"/> wrote. Past the end every field is empty, and <see cref="IsComplete"/> stays false.
/// </summary>
internal ref struct JournalSpanReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;
    private bool _short;

    /// <summary>Whether everything asked for was there, and nothing more.</summary>
    public readonly bool IsComplete => !_short && _rest.IsEmpty;

    public byte ReadByte() => Take(1, out ReadOnlySpan<byte> octets) ? octets[0] : (byte)0;

    public int ReadInt32() => Take(sizeof(int), out ReadOnlySpan<byte> octets) ? BinaryPrimitives.ReadInt32LittleEndian(octets) : 0;

    public long ReadInt64() => Take(sizeof(long), out ReadOnlySpan<byte> octets) ? BinaryPrimitives.ReadInt64LittleEndian(octets) : 0;

    public UInt128 ReadUInt128() => Take(16, out ReadOnlySpan<byte> octets) ? BinaryPrimitives.ReadUInt128LittleEndian(octets) : UInt128.Zero;

    public ReadOnlySpan<byte> ReadText() =>
        Take(sizeof(ushort), out ReadOnlySpan<byte> length) && Take(BinaryPrimitives.ReadUInt16LittleEndian(length), out ReadOnlySpan<byte> text) ? text : default;

    private bool Take(int count, out ReadOnlySpan<byte> octets)
    {
        if (_short || _rest.Length < count)
        {
            _short = true;
            octets = default;
            return false;
        }

        octets = _rest[..count];
        _rest = _rest[count..];
        return true;
    }
}
