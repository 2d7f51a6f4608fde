namespace Kiwire.Server.Storage;

/// <summary>
/// A loop of this room: begun before any other service starts and ended after all others have stopped, so that they can use it
/// throughout. One that fails takes the host down with it, exit code 1.
/// </summary>
internal abstract partial class StorageService(IHostApplicationLifetime lifetime, ILogger log) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public virtual Task StartingAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(GuardAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        OnStopping();
        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
    }

    public virtual void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs until told to stop; what is left to do when the token is cancelled is done first.</summary>
    protected abstract Task RunAsync(CancellationToken stoppingToken);

    protected virtual void OnStopping()
    {
    }

    private async Task GuardAsync()
    {
        try
        {
            await RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Told to stop.
        }
        catch (Exception e)
        {
            LogFailed(log, GetType().Name, e);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(903, LogLevel.Critical, "{Service} failed; the server stops")]
    private static partial void LogFailed(ILogger log, string service, Exception exception);
}
