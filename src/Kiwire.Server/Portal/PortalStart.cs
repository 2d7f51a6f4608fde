using System.Data.Common;
using System.Text.Json;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Portal;

/// <summary>Reads the portals' settings before guests come, and again when another server has changed some.</summary>
internal sealed partial class PortalStart(PortalSettingsDirectory directory, ChangeFeed changes, TimeProvider time, ILogger<PortalStart> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ChangeSignal _changed = new(changes, ChangeKind.Portal);

    public Task StartingAsync(CancellationToken cancellationToken) => directory.LoadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            while (!await TryLoadAsync(stoppingToken))
            {
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await directory.LoadAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is DbException or JsonException)
        {
            LogLoadFailed(e.Message);
            return false;
        }
    }

    [LoggerMessage(1301, LogLevel.Warning, "The portal's settings could not be read again, and those of before hold: {Reason}")]
    private partial void LogLoadFailed(string reason);
}
