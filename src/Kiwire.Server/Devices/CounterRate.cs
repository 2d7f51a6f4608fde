namespace Kiwire.Server.Devices;

/// <summary>How wide a counter is.</summary>
internal enum CounterWidth
{
    Bits32 = 32,
    Bits64 = 64,
}

/// <summary>What happened to a counter between two polls.</summary>
internal enum CounterChange
{
    /// <summary>There is no earlier value: no rate.</summary>
    First,

    /// <summary>It stayed or went up.</summary>
    Counted,

    /// <summary>It went round its end, once.</summary>
    Wrapped,

    /// <summary>The agent restarted: no rate.</summary>
    Restarted,

    /// <summary>It fell, and not by going round: it was set back without a restart. No rate.</summary>
    Reset,

    /// <summary>It may have gone round more often than can be told: no rate.</summary>
    Ambiguous,

    /// <summary>No time passed: no rate.</summary>
    NoTime,
}

/// <summary>What a counter's two values make.</summary>
/// <param name="Change">What happened to it.</param>
/// <param name="PerSecond">The mean rate of the span; null where there is none.</param>
internal readonly record struct CounterRate(CounterChange Change, double? PerSecond)
{
    private const double Turn32 = 4294967296.0;

    /// <summary>Counters of 64 bits never went round where this is not enough: 100 Tbit/s in octets.</summary>
    private const double MostOfAll = 12.5e12;

    /// <summary>Counters are read a moment before or after the clock is, and links carry a little more than their name says.</summary>
    private const double Tolerance = 1.25;

    /// <summary>The rate between two polls, however many were missed between them.</summary>
    /// <param name="before">The earlier value; null: there is none.</param>
    /// <param name="now">The later value.</param>
    /// <param name="width">Of both; a caller that changes from 32 to 64 bits begins anew.</param>
    /// <param name="elapsed">The time between them by our own clock.</param>
    /// <param name="restarted">Whether the agent restarted between them (<see cref="SysUpTime"/>); null: it does not say how long it is up.</param>
    /// <param name="mostPerSecond">What it can count in a second, as <see cref="OctetsPerSecond"/> of the interface's speed; null: unknown.</param>
    public static CounterRate Between(ulong? before, ulong now, CounterWidth width, TimeSpan elapsed, bool? restarted, double? mostPerSecond = null)
    {
        if (before is not { } earlier)
        {
            return new(CounterChange.First, null);
        }

        if (elapsed <= TimeSpan.Zero)
        {
            return new(CounterChange.NoTime, null);
        }

        if (restarted == true)
        {
            return new(CounterChange.Restarted, null);
        }

        return width == CounterWidth.Bits32
            ? Between32(unchecked((uint)earlier), unchecked((uint)now), elapsed, isUp: restarted == false, mostPerSecond)
            : Between64(earlier, now, elapsed, mostPerSecond);
    }

    /// <summary>What an interface's octet counter can count in a second at most; null for a speed of 0, which means that it is not known.</summary>
    public static double? OctetsPerSecond(ulong speedBitsPerSecond) => speedBitsPerSecond == 0 ? null : speedBitsPerSecond / 8.0;

    private static CounterRate Between32(uint before, uint now, TimeSpan elapsed, bool isUp, double? most)
    {
        uint counted = unchecked(now - before);
        double seconds = elapsed.TotalSeconds;

        // Another whole turn would fit: one of several rates, and nothing says which.
        if (most is { } speed && counted + Turn32 <= speed * seconds)
        {
            return new(CounterChange.Ambiguous, null);
        }

        if (now >= before)
        {
            return new(CounterChange.Counted, counted / seconds);
        }

        // Without a speed: an agent that stayed up is believed; one that does not say so, only where the way round is the shorter one.
        bool wrapped = most is { } limit ? counted <= limit * seconds * Tolerance : isUp || counted < Turn32 / 2;
        return wrapped ? new(CounterChange.Wrapped, counted / seconds) : new(CounterChange.Reset, null);
    }

    private static CounterRate Between64(ulong before, ulong now, TimeSpan elapsed, double? most)
    {
        ulong counted = unchecked(now - before);
        double seconds = elapsed.TotalSeconds;
        if (now >= before)
        {
            return new(CounterChange.Counted, counted / seconds);
        }

        return counted <= (most ?? MostOfAll) * seconds * Tolerance
            ? new(CounterChange.Wrapped, counted / seconds)
            : new(CounterChange.Reset, null);
    }
}
