using System.Data.Common;
using System.Diagnostics;
using Kiwire.Server.Tenants;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Reads accounts into memory in the background once the server has started, the newest first and as many as there is room for, so that
/// logins seldom wait for the database. It rests between pages and so leaves most of the processor to requests.
/// </summary>
internal sealed partial class AccountWarmUp(
    AccountTable table,
    AccountEntryStore store,
    TenantDirectory tenants,
    IOptions<AccountsOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<AccountWarmUp> logger) : BackgroundService
{
    private const int PageSize = 1000;

    // For every two parts of work one of rest.
    private const double Rest = 0.5;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Reads all tenants' accounts; returns how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int read = 0;
        foreach (Tenant tenant in tenants.Tenants)
        {
            for (long before = long.MaxValue; before != 0 && table.Count < table.Capacity;)
            {
                long began = time.GetTimestamp();
                TableVersion version = table.Version;
                AccountPage page = await store.ReadPageAsync(tenant.TenantId, before, PageSize, cancellationToken);
                foreach (AccountEntry entry in page.Entries)
                {
                    // One that changed meanwhile is read when it is asked for.
                    read += table.Count < table.Capacity && table.TryAdd(entry, version) ? 1 : 0;
                }

                before = page.Before;
                await Task.Delay(time.GetElapsedTime(began) * Rest, time, cancellationToken);
            }
        }

        return read;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.WarmUp)
        {
            return;
        }

        // Nothing of it before the server is ready.
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.Register(started.SetResult))
        {
            await started.Task.WaitAsync(stoppingToken);
        }

        while (!await TryRunAsync(stoppingToken))
        {
            await Task.Delay(RetryAfter, time, stoppingToken);
        }
    }

    private async Task<bool> TryRunAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        try
        {
            int read = await RunAsync(cancellationToken);
            LogDone(read, Stopwatch.GetElapsedTime(began).TotalSeconds);
            return true;
        }
        catch (DbException e)
        {
            LogFailed(e.Message);
            return false;
        }
    }

    [LoggerMessage(401, LogLevel.Information, "{Accounts} accounts are in memory, read in {Seconds:F1} s")]
    private partial void LogDone(int accounts, double seconds);

    [LoggerMessage(402, LogLevel.Warning, "Reading accounts into memory was broken off and begins anew in 5 s: {Reason}")]
    private partial void LogFailed(string reason);
}
