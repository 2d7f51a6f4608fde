namespace Kiwire.Server.Storage;

/// <summary>
/// Makes 63-bit identifiers that ascend with time and that no other server makes: milliseconds, then the server's number, then a
/// counter. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <code>
/// 0 | 42 bits: milliseconds since 2024-01-01 | 8 bits: server | 13 bits: counter
/// </code>
/// More than 8192 in a millisecond run ahead of the clock; a clock that steps back is waited for in the same way.
/// </remarks>
internal sealed class IdSource(TimeProvider time)
{
    /// <summary>Servers on one database.</summary>
    public const int ServerLimit = 1 << ServerBits;

    private const int ServerBits = 8;
    private const int CounterBits = 13;
    private const long Epoch = 1_704_067_200_000;

    // Milliseconds and counter side by side, so that one addition carries from the counter into the milliseconds.
    private long _last;
    private volatile int _server;

    /// <summary>The least identifier that can be made at a moment or after it (Unix milliseconds): identifiers order by time.</summary>
    public static long LeastAt(long unixMilliseconds) =>
        Math.Clamp(unixMilliseconds - Epoch, 0, (1L << 42) - 1) << (ServerBits + CounterBits);

    /// <summary>Sets this server's number; before the first identifier is made.</summary>
    public void UseServer(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, ServerLimit);
        _server = number;
    }

    /// <summary>The next identifier.</summary>
    public long Next()
    {
        var now = (time.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << CounterBits;
        long last, next;
        do
        {
            last = Volatile.Read(ref _last);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);

        var milliseconds = next >> CounterBits;
        var counter = next & ((1 << CounterBits) - 1);
        return (milliseconds << (ServerBits + CounterBits)) | ((long)_server << CounterBits) | counter;
    }
}
