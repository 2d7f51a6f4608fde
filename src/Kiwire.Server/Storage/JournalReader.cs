namespace Kiwire.Server.Storage;

/// <summary>
/// Gives the journal's durable records in their order, from behind what was applied when it was opened. Not safe for concurrent use.
/// </summary>
internal sealed partial class JournalReader(AccountingJournal journal, JournalSegments segments, long after, ILogger log) : IDisposable
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(SegmentCursor.BufferLength);
    private JournalRecord[] _records = [];
    private JournalSegment _segment = segments.Find(after + 1);
    private SegmentCursor? _cursor;
    private long _last = after;

    /// <summary>
    /// The next records, at least one and at most <paramref name="limit"/>; waits where there is none yet. They are the reader's until the
    /// next call: apply them, in a transaction with <see cref="JournalPositions.AdvanceAsync"/>, then tell
    /// <see cref="AccountingJournal.NotifyApplied"/>. Octets of a file that cannot be read as records come as one of kind
    /// <see cref="JournalRecordKind.Damaged"/>, to be set aside.
    /// </summary>
    public async ValueTask<ReadOnlyMemory<JournalRecord>> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        if (_records.Length < limit)
        {
            _records = new JournalRecord[limit];
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(limit) is > 0 and var count)
            {
                return _records.AsMemory(0, count);
            }

            await journal.WaitForMoreAsync(cancellationToken);
        }
    }

    public void Dispose() => _cursor?.Dispose();

    private int Read(int limit)
    {
        while (true)
        {
            // In this order: what is sealed has its final end.
            var isSealed = _segment.IsSealed;
            var end = _segment.End;
            _cursor ??= OpenCursor();
            if (_cursor.Offset < end)
            {
                if (ReadFrom(_cursor, end, limit) is > 0 and var count)
                {
                    journal.NoteRead(_last, _segment.Before(_cursor.Offset));
                    return count;
                }
            }
            else if (isSealed && segments.After(_segment) is { } next)
            {
                _cursor.Dispose();
                _cursor = null;
                _segment = next;
                if (next.FirstSequence > _last + 1)
                {
                    LogGap(log, _last + 1, next.FirstSequence - 1);
                    _last = next.FirstSequence - 1;
                }
            }
            else
            {
                return 0;
            }
        }
    }

    private SegmentCursor OpenCursor() => new(
        File.OpenHandle(_segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), _buffer, _segment.FirstSequence)
    {
        Offset = JournalFormat.HeaderLength,
    };

    private int ReadFrom(SegmentCursor cursor, long end, int limit)
    {
        var count = 0;
        if (!cursor.TryRead(end, out var record))
        {
            return TrySkipDamage(cursor, end, out _records[0]) ? 1 : 0;
        }

        do
        {
            // Those before are applied already: the first segment is entered at its start.
            if (record.Sequence > _last)
            {
                _last = record.Sequence;
                _records[count++] = record;
            }
        }
        while (count < limit && cursor.TryParse(end, out record));

        return count;
    }

    private bool TrySkipDamage(SegmentCursor cursor, long end, out JournalRecord record)
    {
        record = default;
        var rest = cursor.ReadRest(end);
        var from = cursor.Offset;
        var length = JournalFormat.FindRecord(rest, cursor.Expected, out var next);
        cursor.Offset = length < rest.Length ? from + length : end;
        next = next > 0 ? next : segments.After(_segment)?.FirstSequence ?? 0;

        // A segment that was sealed just before the power went may still have the zeros behind its records.
        var damaged = rest.AsMemory(0, length);
        if (!damaged.Span.ContainsAnyExcept((byte)0) || (next > 0 && next <= _last + 1))
        {
            return false;
        }

        LogDamaged(log, from, cursor.Offset, _segment.Path, _last + 1, next > 0 ? next - 1 : null);
        _last++;
        record = new JournalRecord(_last, JournalRecordKind.Damaged, damaged[..Math.Min(length, JournalFormat.PayloadLimit)]);
        return true;
    }

    [LoggerMessage(930, LogLevel.Error, "Octets {From} to {To} of journal segment {Path} cannot be read: records {First} to {Last} are set aside as they are")]
    private static partial void LogDamaged(ILogger log, long from, long to, string path, long first, long? last);

    [LoggerMessage(931, LogLevel.Error, "A segment of the journal is missing: records {First} to {Last} are lost")]
    private static partial void LogGap(ILogger log, long first, long last);
}
