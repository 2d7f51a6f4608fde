namespace Kiwire.Server.Storage;

/// <summary>Records that are gathering while others are being written, with who waits for them. Used under the journal's lock, or by its thread alone.</summary>
internal sealed class JournalBatch
{
    private const int BufferLength = 8 << 20;
    private const int TicketLimit = 1 << 16;
    private const int SinkLimit = byte.MaxValue;

    // Untouched pages of it cost nothing.
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferLength, pinned: true);
    private readonly int[] _tickets = new int[TicketLimit];
    private readonly int[] _ordered = new int[TicketLimit];
    private readonly long[] _sequences = new long[TicketLimit];
    private readonly byte[] _sinkOf = new byte[TicketLimit];
    private readonly IDurableSink?[] _sinks = new IDurableSink?[SinkLimit];
    private readonly int[] _counts = new int[SinkLimit];
    private int _sinkCount;
    private int _ticketCount;

    /// <summary>Octets of records.</summary>
    public int Length { get; private set; }

    public int RecordCount { get; private set; }

    /// <summary>The sequence of the first record in it.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>When the first record came; <see cref="Environment.TickCount64"/>.</summary>
    public long Since { get; private set; }

    /// <summary>Whether somebody waits for a record in it.</summary>
    public bool IsAwaited => _ticketCount > 0;

    /// <summary>Whether it should be written soon, whoever waits or not.</summary>
    public bool IsHalfFull => Length > BufferLength / 2;

    /// <summary>The records.</summary>
    public ReadOnlySpan<byte> Records => _buffer.AsSpan(0, Length);

    /// <summary>How many wait for a record in it.</summary>
    public int TicketCount => _ticketCount;

    /// <summary>Adds a record; false where there is no room.</summary>
    public bool TryAdd(long sequence, JournalRecordKind kind, ReadOnlySpan<byte> payload, IDurableSink? sink, int ticket)
    {
        if (payload.Length + JournalFormat.RecordOverhead > BufferLength - Length)
        {
            return false;
        }

        if (sink is not null && !TryAddTicket(sequence, sink, ticket))
        {
            return false;
        }

        if (RecordCount == 0)
        {
            FirstSequence = sequence;
            Since = Environment.TickCount64;
        }

        Length += JournalFormat.WriteRecord(_buffer.AsSpan(Length), sequence, kind, payload);
        RecordCount++;
        return true;
    }

    /// <summary>Completes the records; before they are written.</summary>
    public void Sign() => JournalFormat.Sign(_buffer.AsSpan(0, Length));

    /// <summary>Tells each sink once, with all of its tickets in their order.</summary>
    public void TellSinks()
    {
        Span<int> ends = stackalloc int[SinkLimit];
        var end = 0;
        for (var i = 0; i < _sinkCount; i++)
        {
            ends[i] = end;
            end += _counts[i];
        }

        for (var i = 0; i < _ticketCount; i++)
        {
            _ordered[ends[_sinkOf[i]]++] = _tickets[i];
        }

        for (var i = 0; i < _sinkCount; i++)
        {
            _sinks[i]!.Durable(_ordered.AsSpan(ends[i] - _counts[i], _counts[i]));
        }
    }

    /// <summary>Lets the sinks wait on.</summary>
    public void HandOver(AppliedSinks waiting)
    {
        for (var i = 0; i < _ticketCount; i++)
        {
            waiting.Add(_sequences[i], _sinks[_sinkOf[i]]!, _tickets[i]);
        }
    }

    public void Clear()
    {
        _sinks.AsSpan(0, _sinkCount).Clear();
        _sinkCount = 0;
        _ticketCount = 0;
        Length = 0;
        RecordCount = 0;
    }

    private bool TryAddTicket(long sequence, IDurableSink sink, int ticket)
    {
        var index = _sinks.AsSpan(0, _sinkCount).IndexOf(sink);
        if (index < 0)
        {
            if (_sinkCount == SinkLimit)
            {
                return false;
            }

            index = _sinkCount;
        }

        if (_ticketCount == TicketLimit)
        {
            return false;
        }

        if (index == _sinkCount)
        {
            _sinks[index] = sink;
            _counts[index] = 0;
            _sinkCount++;
        }

        _counts[index]++;
        _tickets[_ticketCount] = ticket;
        _sequences[_ticketCount] = sequence;
        _sinkOf[_ticketCount] = (byte)index;
        _ticketCount++;
        return true;
    }
}
