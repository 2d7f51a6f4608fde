using System.Data.Common;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>Credentials that the operator gave; null: generate them where needed.</summary>
internal sealed record GivenCredentials(FirstCredentials? Credentials);

/// <summary>Readies the tenants before other rooms start, and reads them again when one changes.</summary>
internal sealed partial class TenantStart(
    FirstStart firstStart,
    TenantDirectory directory,
    ChangeFeed changes,
    GivenCredentials given,
    TimeProvider time,
    ILogger<TenantStart> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ChangeSignal _changed = new(changes, ChangeKind.Tenant);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (given.Credentials is { } credentials)
        {
            await firstStart.UseAsync(credentials, cancellationToken);
        }
        else
        {
            await firstStart.RunAsync(cancellationToken);
        }

        await directory.LoadAsync(cancellationToken);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            while (!await TryReloadAsync(stoppingToken))
            {
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
        }
    }

    private async Task<bool> TryReloadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await directory.LoadAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is DbException or InvalidDataException)
        {
            LogReloadFailed(e.Message);
            return false;
        }
    }

    [LoggerMessage(301, LogLevel.Warning, "Tenants have changed and cannot be read again yet; what was known stays in force: {Reason}")]
    private partial void LogReloadFailed(string reason);
}
