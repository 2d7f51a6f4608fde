namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// One thing after another for each session, in the order in which it was asked for: what ends a session does not overtake what changes
/// it.
/// </summary>
internal sealed class SessionTurns
{
    /// <summary>How many may wait for their turn.</summary>
    public const int WaitingLimit = 65_536;

    private readonly Lock _lock = new();
    private readonly Dictionary<TurnKey, Queue<TaskCompletionSource<bool>>> _waiting = [];
    private int _count;

    /// <summary>Waits for the turn; whoever has it must <see cref="Leave"/>. False: as many wait as may.</summary>
    public Task<bool> EnterAsync(TurnKey key)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(key, out Queue<TaskCompletionSource<bool>>? queue))
            {
                _waiting.Add(key, new Queue<TaskCompletionSource<bool>>());
                return Task.FromResult(true);
            }

            if (_count >= WaitingLimit)
            {
                return Task.FromResult(false);
            }

            _count++;
            TaskCompletionSource<bool> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            queue.Enqueue(turn);
            return turn.Task;
        }
    }

    public void Leave(TurnKey key)
    {
        lock (_lock)
        {
            if (_waiting[key].TryDequeue(out TaskCompletionSource<bool>? next))
            {
                _count--;
                next.SetResult(true);
            }
            else
            {
                _waiting.Remove(key);
            }
        }
    }
}

/// <summary>Whose turn: a session by its id, or (id 0) a client at a NAS that has none yet.</summary>
internal readonly record struct TurnKey(long TenantId, long SessionId, long NasId = 0, string Client = "");
