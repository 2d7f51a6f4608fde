namespace Kiwire.Server.Storage;

/// <summary>Tasks that wait for a sequence to be reached.</summary>
internal sealed class SequenceWaiters
{
    private readonly Lock _lock = new();
    private readonly List<(long Sequence, TaskCompletionSource Completion)> _waiting = [];
    private long _reached;
    private Exception? _failure;

    public long Reached => Volatile.Read(ref _reached);

    public Task WaitAsync(long sequence)
    {
        lock (_lock)
        {
            if (sequence <= _reached)
            {
                return Task.CompletedTask;
            }

            if (_failure is not null)
            {
                return Task.FromException(_failure);
            }

            var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((sequence, completion));
            return completion.Task;
        }
    }

    public void Reach(long sequence)
    {
        lock (_lock)
        {
            Volatile.Write(ref _reached, Math.Max(_reached, sequence));
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Sequence <= _reached)
                {
                    _waiting[i].Completion.SetResult();
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>What waits will not be reached any more.</summary>
    public void Fail(Exception failure)
    {
        lock (_lock)
        {
            _failure = failure;
            foreach (var (_, completion) in _waiting)
            {
                completion.SetException(failure);
            }

            _waiting.Clear();
        }
    }
}
