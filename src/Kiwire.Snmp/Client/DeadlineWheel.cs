namespace Kiwire.Snmp;

/// <summary>
/// When each request under way is to be sent again or given up: a wheel of lists, so that setting and dropping a deadline costs the same
/// with ten thousand of them. Precise to two ticks. For the client's lock.
/// </summary>
internal sealed class DeadlineWheel(TimeProvider time)
{
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private const int Slots = 512;

    private readonly Exchange?[] _slots = new Exchange?[Slots];
    private readonly long _start = time.GetTimestamp();
    private long _doneTick;

    public int Count { get; private set; }

    /// <summary>Sets a deadline, in place of one that is set.</summary>
    public void Set(Exchange exchange, TimeSpan wait)
    {
        Drop(exchange);
        TimeSpan now = time.GetElapsedTime(_start);
        if (Count++ == 0)
        {
            _doneTick = now.Ticks / Tick.Ticks;
        }

        exchange.DueTick = (now + wait + Tick - TimeSpan.FromTicks(1)).Ticks / Tick.Ticks;
        ref Exchange? head = ref _slots[exchange.DueTick % Slots];
        exchange.NextDue = head;
        exchange.PreviousDue = null;
        if (head is not null)
        {
            head.PreviousDue = exchange;
        }

        head = exchange;
    }

    /// <summary>Drops a deadline, if one is set.</summary>
    public void Drop(Exchange exchange)
    {
        if (exchange.DueTick == 0)
        {
            return;
        }

        if (exchange.PreviousDue is { } previous)
        {
            previous.NextDue = exchange.NextDue;
        }
        else
        {
            _slots[exchange.DueTick % Slots] = exchange.NextDue;
        }

        if (exchange.NextDue is { } next)
        {
            next.PreviousDue = exchange.PreviousDue;
        }

        exchange.NextDue = exchange.PreviousDue = null;
        exchange.DueTick = 0;
        Count--;
    }

    /// <summary>Takes out everything whose deadline has passed.</summary>
    public void TakeDue(List<(Exchange Exchange, int Id)> due)
    {
        long nowTick = time.GetElapsedTime(_start).Ticks / Tick.Ticks;
        for (long tick = Math.Max(_doneTick + 1, nowTick - Slots + 1); tick <= nowTick; tick++)
        {
            Exchange? next;
            for (Exchange? exchange = _slots[tick % Slots]; exchange is not null; exchange = next)
            {
                next = exchange.NextDue;
                if (exchange.DueTick <= nowTick)
                {
                    due.Add((exchange, exchange.Id));
                    Drop(exchange);
                }
            }
        }

        _doneTick = nowTick;
    }
}
