namespace Kiwire.Server.Telemetry;

/// <summary>
/// A fixed set of counters that many threads raise without waiting for each other: each thread has a stripe of its own as far as there
/// are stripes. Reading sums them, and may miss what is being added at that moment.
/// </summary>
internal sealed class StripedCounters
{
    private const int CacheLineLongs = 16;
    private readonly long[] _values;
    private readonly int _stride;
    private readonly int _mask;

    /// <param name="count">How many counters.</param>
    public StripedCounters(int count)
    {
        Count = count;
        _stride = (count + CacheLineLongs - 1) / CacheLineLongs * CacheLineLongs + CacheLineLongs;
        int stripes = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount * 2, 64));
        _mask = stripes - 1;
        _values = new long[stripes * _stride];
    }

    public int Count { get; }

    public void Add(int counter, long amount = 1) =>
        Interlocked.Add(ref _values[(Environment.CurrentManagedThreadId & _mask) * _stride + counter], amount);

    public long Read(int counter)
    {
        long sum = 0;
        for (int at = counter; at < _values.Length; at += _stride)
        {
            sum += Volatile.Read(ref _values[at]);
        }

        return sum;
    }
}
