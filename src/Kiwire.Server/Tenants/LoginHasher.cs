using System.Threading.Channels;

namespace Kiwire.Server.Tenants;

/// <summary>
/// Does the slow hashing of log-ins on threads of its own, a quarter of the cores: whoever sends wrong passwords takes no more from the RADIUS
/// requests than that, and none of the threads that these are answered on. What waits is bounded.
/// </summary>
internal sealed class LoginHasher : IDisposable
{
    /// <summary>How many may wait; a hash takes about a tenth of a second.</summary>
    public const int MostWaiting = 64;

    private readonly Channel<Action> _work = Channel.CreateBounded<Action>(MostWaiting);

    public LoginHasher()
    {
        for (int i = 0; i < Math.Max(1, Environment.ProcessorCount / 4); i++)
        {
            new Thread(Run) { IsBackground = true, Name = $"Login hashes {i}", Priority = ThreadPriority.BelowNormal }.Start();
        }
    }

    /// <summary>Has <paramref name="work"/> done for somebody who is not known yet; null: too many wait already.</summary>
    public Task<T>? TryRun<T>(Func<T> work)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return _work.Writer.TryWrite(() => Complete(work, result)) ? result.Task : null;
    }

    /// <summary>Has <paramref name="work"/> done for somebody who is known, after those who wait.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _work.Writer.WriteAsync(() => Complete(work, result), cancellationToken);
        return await result.Task;
    }

    public void Dispose() => _work.Writer.TryComplete();

    private static void Complete<T>(Func<T> work, TaskCompletionSource<T> result)
    {
        try
        {
            result.SetResult(work());
        }
        catch (Exception e)
        {
            // It is the caller's, who gets it.
            result.SetException(e);
        }
    }

    private void Run()
    {
        while (_work.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_work.Reader.TryRead(out Action? work))
            {
                work();
            }
        }
    }
}
