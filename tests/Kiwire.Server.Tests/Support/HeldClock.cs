namespace Kiwire.Server.Tests.Support;

/// <summary>The date stands still until it is put forward by hand; what waits goes on waiting real time.</summary>
internal sealed class HeldClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
