using System.Data.Common;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// Reads NAS entries and zones before the listeners start, reads them again when one changes, and writes what NASes were seen to send
/// every 30 seconds and at the end.
/// </summary>
internal sealed partial class NetworkStart(
    NetworkLoader loader, ChangeFeed changes, TimeProvider time, ILogger<NetworkStart> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    // Before the signal, so that it knows which when that is raised.
    private readonly ChangedNas _changedNas = new(changes);
    private readonly ChangeSignal _changed = new(changes, ChangeKind.Nas, ChangeKind.Zone);

    public Task StartingAsync(CancellationToken cancellationToken) => loader.LoadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Rooms that were added later, the listeners among them, have stopped by now: what is written is the last word.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        _ = await TryAsync("written", loader.SaveObservationsAsync, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReloadAsync(stoppingToken), SaveAsync(stoppingToken));

    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            IReadOnlyCollection<(long TenantId, long NasId)>? entries = _changedNas.Take();
            while (!await TryAsync("read again", token => entries is null ? loader.LoadAsync(token) : loader.LoadAsync(entries, token), stoppingToken))
            {
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task SaveAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(SaveEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            _ = await TryAsync("written", loader.SaveObservationsAsync, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(string what, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
            return true;
        }
        catch (DbException e)
        {
            LogFailed(what, e.Message);
            return false;
        }
    }

    [LoggerMessage(220, LogLevel.Warning, "NAS entries and zones cannot be {What} yet; what is known stays in force: {Reason}")]
    private partial void LogFailed(string what, string reason);
}
