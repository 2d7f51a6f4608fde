using System.Buffers.Binary;
using System.Numerics;

namespace Kiwire.Server.Storage;

/// <summary>How the journal lies on disc. Integers are little-endian.</summary>
/// <remarks>
/// <code>
/// segment: header, then records, then zeros to the end of the file
/// header:  | "KWJOURNL" 8 | version 2 | length 2 | 0 4 | journal id 16 | first sequence 8 | made at, Unix ms 8 | 0 12 | CRC-32C of the rest 4 |
/// record:  | CRC-32C of the rest 4 | payload length 4 | sequence 8 | kind 1 | payload |
/// </code>
/// The CRC of a record that is all zeros is not zero, so the zeros behind the last record are never one.
/// </remarks>
internal static class JournalFormat
{
    public const int HeaderLength = 64;
    public const int RecordOverhead = 17;

    /// <summary>The most octets in a record's payload.</summary>
    public const int PayloadLimit = 1 << 16;

    private const ushort Version = 1;

    // What damage may take from the sequence: a bound that keeps garbage from passing for a record.
    private const long SequenceLeap = 1L << 32;

    private static ReadOnlySpan<byte> Magic => "KWJOURNL"u8;

    /// <summary>What a segment's header says.</summary>
    public readonly record struct Header(Guid JournalId, long FirstSequence, long MadeAt);

    public static void WriteHeader(Span<byte> destination, Header header)
    {
        destination = destination[..HeaderLength];
        destination.Clear();
        Magic.CopyTo(destination);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[10..], HeaderLength);
        header.JournalId.TryWriteBytes(destination[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(destination[32..], header.FirstSequence);
        BinaryPrimitives.WriteInt64LittleEndian(destination[40..], header.MadeAt);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[60..], Crc32C(destination[..60]));
    }

    /// <summary>Reads a header; false where it is damaged.</summary>
    /// <exception cref="StartUpException">A later version of the program wrote it.</exception>
    public static bool TryReadHeader(ReadOnlySpan<byte> source, out Header header)
    {
        header = default;
        if (source.Length < HeaderLength
            || !source.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(source[60..]) != Crc32C(source[..60]))
        {
            return false;
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(source[8..]);
        if (version != Version)
        {
            throw new StartUpException($"The journal is of version {version}, this program knows {Version}: let the newer program empty it first.");
        }

        header = new Header(
            new Guid(source.Slice(16, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(source[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[40..]));
        return true;
    }

    /// <summary>Writes a record but for its CRC, which <see cref="Sign"/> adds; returns its length.</summary>
    public static int WriteRecord(Span<byte> destination, long sequence, JournalRecordKind kind, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(destination[8..], sequence);
        destination[16] = (byte)kind;
        payload.CopyTo(destination[RecordOverhead..]);
        return RecordOverhead + payload.Length;
    }

    /// <summary>Adds the CRCs to records that lie one behind the other.</summary>
    public static void Sign(Span<byte> records)
    {
        while (!records.IsEmpty)
        {
            var length = RecordOverhead + BinaryPrimitives.ReadInt32LittleEndian(records[4..]);
            BinaryPrimitives.WriteUInt32LittleEndian(records, Crc32C(records[4..length]));
            records = records[length..];
        }
    }

    /// <summary>Reads the record at the start of <paramref name="source"/>; false where there is no whole and sound one.</summary>
    /// <param name="source">Octets of a segment.</param>
    /// <param name="expected">The lowest sequence it may have.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="payloadLength">The octets behind its first <see cref="RecordOverhead"/>.</param>
    public static bool TryReadRecord(ReadOnlySpan<byte> source, long expected, out long sequence, out JournalRecordKind kind, out int payloadLength)
    {
        sequence = 0;
        kind = default;
        payloadLength = 0;
        if (source.Length < RecordOverhead)
        {
            return false;
        }

        payloadLength = BinaryPrimitives.ReadInt32LittleEndian(source[4..]);
        sequence = BinaryPrimitives.ReadInt64LittleEndian(source[8..]);
        kind = (JournalRecordKind)source[16];
        return (uint)payloadLength <= PayloadLimit
            && payloadLength <= source.Length - RecordOverhead
            && sequence >= expected
            && sequence - expected < SequenceLeap
            && BinaryPrimitives.ReadUInt32LittleEndian(source) == Crc32C(source.Slice(4, RecordOverhead - 4 + payloadLength));
    }

    /// <summary>The place of the next sound record behind damage, or the length of <paramref name="source"/> where there is none.</summary>
    public static int FindRecord(ReadOnlySpan<byte> source, long expected, out long sequence)
    {
        for (var i = 1; i <= source.Length - RecordOverhead; i++)
        {
            if (TryReadRecord(source[i..], expected, out sequence, out _, out _))
            {
                return i;
            }
        }

        sequence = 0;
        return source.Length;
    }

    private static uint Crc32C(ReadOnlySpan<byte> octets)
    {
        var crc = uint.MaxValue;
        while (octets.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(octets));
            octets = octets[sizeof(ulong)..];
        }

        foreach (var octet in octets)
        {
            crc = BitOperations.Crc32C(crc, octet);
        }

        return ~crc;
    }
}
