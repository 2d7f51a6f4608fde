using System.Data.Common;
using System.Threading.Channels;
using Kiwire.Server.Accounts;

namespace Kiwire.Server.Authentication;

/// <summary>
/// Suspends accounts that a login found expired or used up, where the tenant's policy asks for it. A login does not wait for it: the
/// account is refused for its own reason until the change is stored. Bounded; full, the next refused login asks again.
/// </summary>
internal sealed partial class Suspensions(AccountStore store, ILogger<Suspensions> logger) : BackgroundService
{
    private readonly Channel<(long TenantId, long AccountId)> _asked =
        Channel.CreateBounded<(long, long)>(new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void TryAdd(long tenantId, long accountId) => _asked.Writer.TryWrite((tenantId, accountId));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach ((long tenantId, long accountId) in _asked.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                await SuspendAsync(tenantId, accountId, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops, or another room kept it from starting.
        }
    }

    private async Task SuspendAsync(long tenantId, long accountId, CancellationToken cancellationToken)
    {
        try
        {
            await store.SetActiveAsync(tenantId, accountId, active: false, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            LogNotSuspended(logger, accountId, e.Message);
        }
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "Account {AccountId} could not be suspended; the next refused login tries again: {Fault}")]
    private static partial void LogNotSuspended(ILogger logger, long accountId, string fault);
}
