namespace Kiwire.Server.Listening;

/// <summary>
/// What other threads tell the listening thread about requests that had to wait, so that nobody else touches its cache. It looks before
/// each batch, and so there are never more than could wait.
/// </summary>
internal sealed class FinishedRequests
{
    private readonly Lock _gate = new();
    private List<Finished> _arriving = [];
    private List<Finished> _taken = [];
    private volatile bool _any;

    /// <summary>Any thread: this request was answered, or, where <paramref name="reply"/> is empty, will not be.</summary>
    public void Add(CachePlace place, ReadOnlyMemory<byte> reply, long leavesAt)
    {
        lock (_gate)
        {
            _arriving.Add(new Finished(place, reply, leavesAt));
            _any = true;
        }
    }

    /// <summary>The listening thread: brings the cache up to date.</summary>
    public void Apply(ReplyCache cache)
    {
        if (!_any)
        {
            return;
        }

        lock (_gate)
        {
            (_arriving, _taken) = (_taken, _arriving);
            _any = false;
        }

        foreach (Finished finished in _taken)
        {
            if (finished.Reply.IsEmpty)
            {
                cache.Forget(finished.Place);
            }
            else
            {
                cache.Answer(finished.Place, finished.Reply.Span, finished.LeavesAt);
            }
        }

        _taken.Clear();
    }

    private readonly record struct Finished(CachePlace Place, ReadOnlyMemory<byte> Reply, long LeavesAt);
}
