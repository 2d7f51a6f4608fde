namespace Kiwire.Server.Tests.Support;

/// <summary>A host's lifetime for services that run without one; tells whether something asked it to stop.</summary>
internal sealed class TestLifetime : Microsoft.Extensions.Hosting.IHostApplicationLifetime
{
    private readonly TaskCompletionSource _stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the host is asked to stop.</summary>
    public Task StopRequested => _stopRequested.Task;

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => _stopRequested.TrySetResult();
}
