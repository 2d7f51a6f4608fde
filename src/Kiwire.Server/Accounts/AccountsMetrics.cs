using System.Data.Common;
using System.Diagnostics.Metrics;

namespace Kiwire.Server.Accounts;

/// <summary>What this room counts.</summary>
internal sealed class AccountsMetrics
{
    public const string MeterName = "Kiwire.Accounts";

    private readonly Counter<long> _reads;

    public AccountsMetrics(IMeterFactory meters, AccountTable table)
    {
        Meter meter = meters.Create(MeterName);
        _reads = meter.CreateCounter<long>("kiwire.accounts.reads", "{read}", "Accounts that logins had to wait for, by outcome");
        _ = meter.CreateObservableGauge("kiwire.accounts.in_memory", () => table.Count, "{account}", "Accounts in memory");
    }

    /// <summary>A read of one account has ended.</summary>
    public void Read(bool found) => Add(found ? "found" : "missing");

    /// <summary>A read has failed, or was not begun.</summary>
    public void Failed(DbException failure) => Add(failure is AccountsBusyException ? "busy" : "failed");

    private void Add(string outcome) => _reads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
