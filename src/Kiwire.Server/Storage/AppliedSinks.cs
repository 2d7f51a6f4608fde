namespace Kiwire.Server.Storage;

/// <summary>Sinks that are told only when their records are in the database, in the order of the records.</summary>
internal sealed class AppliedSinks
{
    /// <summary>How many may wait.</summary>
    public const int Limit = 1 << 18;

    private readonly Lock _lock = new();
    private readonly Queue<(long Sequence, IDurableSink Sink, int Ticket)> _waiting = [];
    private int[] _tickets = new int[64];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    public void Add(long sequence, IDurableSink sink, int ticket)
    {
        lock (_lock)
        {
            _waiting.Enqueue((sequence, sink, ticket));
        }
    }

    /// <summary>Tells those that waited for a record up to <paramref name="applied"/>. Called by one thread at a time.</summary>
    public void Tell(long applied)
    {
        while (true)
        {
            IDurableSink? sink = null;
            var count = 0;
            lock (_lock)
            {
                while (_waiting.TryPeek(out var next) && next.Sequence <= applied && (sink is null || sink == next.Sink))
                {
                    _waiting.Dequeue();
                    sink = next.Sink;
                    if (count == _tickets.Length)
                    {
                        Array.Resize(ref _tickets, 2 * count);
                    }

                    _tickets[count++] = next.Ticket;
                }
            }

            if (sink is null)
            {
                return;
            }

            sink.Durable(_tickets.AsSpan(0, count));
        }
    }
}
