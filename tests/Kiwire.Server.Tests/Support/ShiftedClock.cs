namespace Kiwire.Server.Tests.Support;

/// <summary>The system's clock, put forward by hand: what waits goes on waiting real time, what looks at the time sees another.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _ticks;

    /// <summary>A clock that shows this moment now.</summary>
    public static ShiftedClock At(DateTimeOffset moment)
    {
        ShiftedClock clock = new();
        clock.Advance(moment - System.GetUtcNow());
        return clock;
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref _ticks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
