using System.Data.Common;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Reads the profiles before logins come, and again when another server has changed one; gives each tenant its temporary profile, also
/// those that are made later.
/// </summary>
internal sealed partial class ProfileStart(
    ProfileStore store, TenantStore tenants, ChangeFeed changes, TimeProvider time, ILogger<ProfileStart> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ChangeSignal _changed = new(changes, ChangeKind.Profile, ChangeKind.Tenant);

    public Task StartingAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

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

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await store.LoadDirectoryAsync(cancellationToken);

        // From the database: the directory of tenants may not have heard of a new one yet.
        IReadOnlyList<Tenant> all = await tenants.ListAsync(cancellationToken);
        await store.EnsureTemporaryAsync([.. all.Select(tenant => tenant.TenantId)], cancellationToken);
    }

    private async Task<bool> TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LoadAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is DbException or InvalidDataException)
        {
            LogLoadFailed(e.Message);
            return false;
        }
    }

    [LoggerMessage(403, LogLevel.Warning, "Profiles have changed and cannot be read again yet; what was known stays in force: {Reason}")]
    private partial void LogLoadFailed(string reason);
}
