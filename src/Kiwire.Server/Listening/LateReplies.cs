namespace Kiwire.Server.Listening;

/// <summary>
/// Answers that do not leave with the batch their request came in: those of requests that had to wait, and those held back
/// (reject_delay), in places made beforehand, in a heap by the time they are due, with one timer for all. Full, the answer that is due next leaves at
/// once to make room. Safe for concurrent use.
/// </summary>
internal sealed class LateReplies : IDisposable
{
    private const int SlotOctets = 512;

    private readonly byte[] _octets;
    private readonly byte[]?[] _long;
    private readonly int[] _lengths;
    private readonly DatagramPath[] _paths;
    private readonly PriorityQueue<int, long> _due;
    private readonly int[] _free;
    private readonly DatagramBatch _batch;
    private readonly ListenerCounters _counters;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private int _freeCount;
    private long _timerDue = long.MaxValue;
    private bool _stopping;
    private bool _disposed;

    public LateReplies(int capacity, DatagramBatch batch, ListenerCounters counters, TimeProvider time)
    {
        _octets = GC.AllocateUninitializedArray<byte>(capacity * SlotOctets);
        _long = new byte[capacity][];
        _lengths = new int[capacity];
        _paths = new DatagramPath[capacity];
        _due = new PriorityQueue<int, long>(capacity);
        _free = new int[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _free[i] = capacity - 1 - i;
        }

        _freeCount = capacity;
        _batch = batch;
        _counters = counters;
        _time = time;
        _timer = time.CreateTimer(static state => ((LateReplies)state!).SendDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many answers are held back.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _due.Count;
            }
        }
    }

    /// <summary>Sends an answer now.</summary>
    public void Send(ReadOnlySpan<byte> reply, in DatagramPath path)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                _counters.CountElsewhere(DropReason.SendFailed);
                return;
            }

            Gather(reply, path);
            Flush();
        }
    }

    /// <summary>Copies an answer and sends it after a delay.</summary>
    public void SendAfter(TimeSpan delay, ReadOnlySpan<byte> reply, in DatagramPath path)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                Send(reply, path);
                return;
            }

            if (_freeCount == 0)
            {
                _counters.CountElsewhere(ListenerEvent.DelayCutShort);
                GatherFromSlot(_due.Dequeue());
                Flush();
            }

            int slot = _free[--_freeCount];
            _lengths[slot] = reply.Length;
            _paths[slot] = path;
            if (reply.Length <= SlotOctets)
            {
                reply.CopyTo(_octets.AsSpan(slot * SlotOctets));
            }
            else
            {
                _long[slot] = reply.ToArray();
            }

            _due.Enqueue(slot, _time.GetTimestamp() + (long)(delay.TotalSeconds * _time.TimestampFrequency));
            Schedule();
        }
    }

    /// <summary>Sends all that is held back, and holds nothing back any more: the server is stopping.</summary>
    public void SendAll()
    {
        lock (_gate)
        {
            _stopping = true;
            while (SendSome(long.MaxValue))
            {
            }
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _stopping = true;
            _disposed = true;
            _due.Clear();
            _batch.Dispose();
        }
    }

    private void SendDue()
    {
        bool more = true;
        while (more)
        {
            // The listening thread may be waiting to add: it gets its turn after each batch.
            lock (_gate)
            {
                _timerDue = long.MaxValue;
                more = SendSome(_time.GetTimestamp());
                if (!more)
                {
                    Schedule();
                }
            }
        }
    }

    /// <summary>Sends up to a batch of what is due; false where that was all.</summary>
    private bool SendSome(long now)
    {
        while (!_batch.IsFull && _due.TryPeek(out int slot, out long due) && due <= now)
        {
            _due.Dequeue();
            GatherFromSlot(slot);
        }

        bool full = _batch.IsFull;
        Flush();
        return full;
    }

    private void GatherFromSlot(int slot)
    {
        Gather(_long[slot] is { } octets ? octets : _octets.AsSpan(slot * SlotOctets, _lengths[slot]), _paths[slot]);
        _long[slot] = null;
        _free[_freeCount++] = slot;
    }

    private void Gather(ReadOnlySpan<byte> reply, in DatagramPath path)
    {
        _counters.CountElsewhere(ListenerCounters.ReplyOf(reply[0]));
        _batch.Add(reply, path);
    }

    private void Flush()
    {
        int failed = _batch.Count == 0 ? 0 : _batch.Flush();
        if (failed > 0)
        {
            _counters.CountElsewhere(DropReason.SendFailed, failed);
        }
    }

    private void Schedule()
    {
        if (_disposed || !_due.TryPeek(out _, out long due) || due >= _timerDue)
        {
            return;
        }

        // Timers keep whole milliseconds; rounded down, this one would come early and find nothing due.
        _timerDue = due;
        double wait = Math.Ceiling(_time.GetElapsedTime(_time.GetTimestamp(), due).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(wait, 0)), Timeout.InfiniteTimeSpan);
    }
}
