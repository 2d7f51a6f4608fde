using System.Data.Common;
using System.Threading.Channels;
using Kiwire.Server.Accounts;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Suspends accounts that have used up their time or volume, where their tenant wants it (suspend_when_exhausted). Bounded: past the bound
/// one is left active, which changes nothing for its owner, whose logins are refused for the same cause.
/// </summary>
internal sealed partial class ExhaustedAccounts(AccountStore accounts, TenantDirectory tenants, ILogger<ExhaustedAccounts> log) : BackgroundService
{
    private readonly Channel<ExhaustedAccount> _reported = Channel.CreateBounded<ExhaustedAccount>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Says that an account has reached a limit.</summary>
    public void Report(ExhaustedAccount account)
    {
        if (tenants.TryGet(account.TenantId, out Tenant? tenant) && tenant.Policy.SuspendWhenExhausted)
        {
            _reported.Writer.TryWrite(account);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (ExhaustedAccount account in _reported.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (await accounts.SetActiveAsync(account.TenantId, account.AccountId, active: false, stoppingToken))
                {
                    LogSuspended(log, account.AccountId, account.TenantId);
                }
            }
            catch (DbException e)
            {
                LogFailed(log, account.AccountId, e.Message);
            }
        }
    }

    [LoggerMessage(610, LogLevel.Information, "Account {AccountId} of tenant {TenantId} has used up what its profile allows and is suspended")]
    private static partial void LogSuspended(ILogger log, long accountId, long tenantId);

    [LoggerMessage(611, LogLevel.Warning, "Account {AccountId} has used up what its profile allows and could not be suspended: {Reason}")]
    private static partial void LogFailed(ILogger log, long accountId, string reason);
}
