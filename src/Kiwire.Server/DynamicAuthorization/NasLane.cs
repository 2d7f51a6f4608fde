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
/// NAS is silent, and those that wait are given up at once, rather than each after its own time. It begins with a few under way, one more for
/// each answer and half as many for each that stays away: what a burst fills is the sockets' buffers, and what is lost waits for 2 s.
/// </summary>
internal sealed class NasLane(IPEndPoint endPoint, int underWayLimit, int waitingLimit)
{
    /// <summary>How many are under way at first.</summary>
    public const int FirstUnderWay = 16;

    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<LaneTurn>> _waiting = new();
    private int _underWay;
    private int _window = Math.Min(underWayLimit, FirstUnderWay);
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
            if (_underWay < _window)
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
                _window = Math.Min(underWayLimit, _window + 1);
            }
            else
            {
                _window = Math.Max(Math.Min(underWayLimit, FirstUnderWay), _window / 2);
            }

            if (!answered && _answers == answersBefore)
            {
                while (_waiting.TryDequeue(out TaskCompletionSource<LaneTurn>? given))
                {
                    given.SetResult(LaneTurn.Silent);
                }
            }

            while (_underWay < _window && _waiting.TryDequeue(out TaskCompletionSource<LaneTurn>? next))
            {
                _underWay++;
                next.SetResult(LaneTurn.Granted);
            }
        }
    }
}
