using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Answers that wait until their record is in the database (<see cref="AnswerAfter.Database"/>). As many as the listeners have places for
/// answers that wait.
/// </summary>
internal sealed class AppliedAnswers
{
    private readonly Lock _lock = new();
    private readonly Queue<(long Sequence, IDurableSink Sink, int Ticket)> _held = new();

    /// <summary>Keeps an answer back until <see cref="Release"/> reaches its record.</summary>
    public void Hold(long sequence, IDurableSink sink, int ticket)
    {
        lock (_lock)
        {
            _held.Enqueue((sequence, sink, ticket));
        }
    }

    /// <summary>Lets all answers go whose records are applied. To be called again and again, as one may be held after it was applied.</summary>
    public void Release(long applied)
    {
        while (true)
        {
            IDurableSink sink;
            int ticket;
            lock (_lock)
            {
                // Two threads may hold theirs in another order than they journalled them: the first then waits for the second.
                if (!_held.TryPeek(out (long Sequence, IDurableSink Sink, int Ticket) first) || first.Sequence > applied)
                {
                    return;
                }

                _held.Dequeue();
                (sink, ticket) = (first.Sink, first.Ticket);
            }

            sink.Durable([ticket]);
        }
    }
}
