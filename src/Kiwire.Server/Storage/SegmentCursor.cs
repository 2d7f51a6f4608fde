using Microsoft.Win32.SafeHandles;

namespace Kiwire.Server.Storage;

/// <summary>A record of the journal.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Its octets; the reader's, until it reads on.</param>
internal readonly record struct JournalRecord(long Sequence, JournalRecordKind Kind, ReadOnlyMemory<byte> Payload);

/// <summary>Reads the records of one segment.</summary>
internal sealed class SegmentCursor(SafeFileHandle file, byte[] buffer, long expected) : IDisposable
{
    /// <summary>How long a buffer to give it: far more than one record.</summary>
    public const int BufferLength = 1 << 20;

    private long _bufferStart;
    private int _bufferLength;

    /// <summary>Where the next record begins.</summary>
    public long Offset { get; set; }

    /// <summary>The lowest sequence that the next record may have.</summary>
    public long Expected { get; private set; } = expected;

    /// <summary>
    /// Reads on; false at <paramref name="limit"/>, or where there is no sound record (then <see cref="Offset"/> is before it). What it
    /// returned before may be overwritten.
    /// </summary>
    public bool TryRead(long limit, out JournalRecord record)
    {
        if (TryParse(limit, out record))
        {
            return true;
        }

        if (Offset >= limit)
        {
            return false;
        }

        Fill(limit);
        return TryParse(limit, out record);
    }

    /// <summary>Reads on within what is in memory; false also at its end.</summary>
    public bool TryParse(long limit, out JournalRecord record)
    {
        record = default;
        var from = Offset - _bufferStart;
        var length = Math.Min(_bufferLength, limit - _bufferStart);
        if (from < 0 || from >= length)
        {
            return false;
        }

        var source = buffer.AsMemory((int)from, (int)(length - from));
        if (!JournalFormat.TryReadRecord(source.Span, Expected, out var sequence, out var kind, out var payloadLength))
        {
            return false;
        }

        record = new JournalRecord(sequence, kind, source.Slice(JournalFormat.RecordOverhead, payloadLength));
        Offset += JournalFormat.RecordOverhead + payloadLength;
        Expected = sequence + 1;
        return true;
    }

    /// <summary>Reads from <see cref="Offset"/> into memory, over what was there.</summary>
    private void Fill(long limit)
    {
        _bufferStart = Offset;
        _bufferLength = 0;
        var wanted = (int)Math.Min(buffer.Length, limit - Offset);
        while (_bufferLength < wanted)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(_bufferLength, wanted - _bufferLength), Offset + _bufferLength);
            if (read == 0)
            {
                return;
            }

            _bufferLength += read;
        }
    }

    /// <summary>All octets from <see cref="Offset"/>; for looking behind a fault.</summary>
    public byte[] ReadRest(long limit)
    {
        var rest = new byte[Math.Max(0, limit - Offset)];
        var length = 0;
        while (length < rest.Length && RandomAccess.Read(file, rest.AsSpan(length), Offset + length) is > 0 and var read)
        {
            length += read;
        }

        return rest;
    }

    public void Dispose() => file.Dispose();
}
