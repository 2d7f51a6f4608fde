namespace Kiwire.Server.Listening;

/// <summary>How many requests wait, in the whole server. Requests that are answered at once never touch the count.</summary>
internal sealed class WaitingRequests(int limit)
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether one more may wait.</summary>
    public bool HasRoom => Count < limit;

    public void Enter() => Interlocked.Increment(ref _count);

    public void Leave() => Interlocked.Decrement(ref _count);
}
