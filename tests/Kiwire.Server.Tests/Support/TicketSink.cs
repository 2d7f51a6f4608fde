using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Support;

/// <summary>Keeps the tickets it is told of, call by call.</summary>
internal sealed class TicketSink : IDurableSink
{
    private readonly Lock _lock = new();
    private readonly List<int[]> _calls = [];
    private readonly List<(int Count, TaskCompletionSource Completion)> _waiting = [];

    public IReadOnlyList<int[]> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public int[] Tickets => [.. Calls.SelectMany(call => call)];

    public void Durable(ReadOnlySpan<int> tickets)
    {
        lock (_lock)
        {
            _calls.Add(tickets.ToArray());
            var count = _calls.Sum(call => call.Length);
            foreach (var (_, completion) in _waiting.Where(waiting => waiting.Count <= count))
            {
                completion.TrySetResult();
            }
        }
    }

    /// <summary>Completes when it has been told of so many; fails after two minutes.</summary>
    public Task WaitAsync(int count)
    {
        lock (_lock)
        {
            var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, completion));
            if (_calls.Sum(call => call.Length) >= count)
            {
                completion.SetResult();
            }

            return completion.Task.WaitAsync(TimeSpan.FromMinutes(2));
        }
    }
}
