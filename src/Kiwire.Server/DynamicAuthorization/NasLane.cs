using System.Net;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What became of a request's wait for its turn.</summary>
internal enum LaneTurn
{
    /// <summary>It may be sent; the lane is to be left afterwards.</summary>
    Granted,

    /// <summary>As many wait as may.</summary>
    Full,

    /// <summary>While it waited, the NAS was found to be silent.</summary>
    Silent,
}

/// <summary>
/// The requests of one NAS: so many under way at a time, so many waiting, in their order. Where all that were under way get no answer, the
/// NAS is silent, and those that wait are given up at once, rather than each after its own time.
/// </summary>
internal sealed class NasLane(IPEndPoint endPoint, int underWayLimit, int waitingLimit)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<LaneTurn>> _waiting = new();
    private int _underWay;
    private long _answers;

    public IPEndPoint EndPoint { get; } = endPoint;

    /// <summary>Callers that hold on to the lane; for the sender's lock.</summary>
    public int Users { get; set; }

    /// <summary>How many answers came; given back to <see cref="Leave"/>.</summary>
    public long Answers => Volatile.Read(ref _answers);

    public Task<LaneTurn> EnterAsync()
    {
        lock (_lock)
        {
            if (_underWay < underWayLimit)
            {
                _underWay++;
                return Task.FromResult(LaneTurn.Granted);
            }

            if (_waiting.Count >= waitingLimit)
            {
                return Task.FromResult(LaneTurn.Full);
            }

            TaskCompletionSource<LaneTurn> turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn.Task;
        }
    }

    /// <summary>A request is done with.</summary>
    /// <param name="answered">Whether an answer came.</param>
    /// <param name="answersBefore">How many had come when it was sent.</param>
    public void Leave(bool answered, long answersBefore)
    {
        lock (_lock)
        {
            _underWay--;
            if (answered)
            {
                _answers++;
            }
            else if (_answers == answersBefore)
            {
                while (_waiting.TryDequeue(out TaskCompletionSource<LaneTurn>? given))
                {
                    given.SetResult(LaneTurn.Silent);
                }
            }

            if (_waiting.TryDequeue(out TaskCompletionSource<LaneTurn>? next))
            {
                _underWay++;
                next.SetResult(LaneTurn.Granted);
            }
        }
    }
}
