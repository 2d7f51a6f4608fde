using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Storage;

/// <summary>
/// Deletes what is older than it is to be kept, once an hour, a few thousand rows to a transaction so that nobody waits for it. Several
/// servers on one database may do it at once: each deletes what is still there.
/// </summary>
internal sealed partial class Retention(
    Database database, CommitQueue commits, TimeProvider time, IOptions<RetentionOptions> options, ILogger<Retention> logger) : BackgroundService
{
    private const int MostRows = 2_000;

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly Kept[] _kept =
    [
        new("login_history", "login_id", "login_id < @beforeId", options.Value.LoginDays),
        new("sessions", "session_id", "session_id < @beforeId AND ended_at IS NOT NULL", options.Value.SessionDays),
        new("unauthorised_devices", "mac", "last_seen_at < @before", options.Value.UnauthorisedDeviceDays),
        new("audit_log", "audit_id", "audit_id < @beforeId", options.Value.AuditDays),
        new("dynamic_authorizations", "request_id", "request_id < @beforeId", options.Value.CoaDays),
    ];

    /// <summary>Deletes all that is too old by now.</summary>
    /// <returns>How many rows went.</returns>
    /// <exception cref="DbException">The database is away; what was deleted stays deleted.</exception>
    public async Task<long> PruneAsync(CancellationToken cancellationToken)
    {
        long rows = 0;
        foreach (long tenantId in await ListTenantsAsync(cancellationToken))
        {
            foreach (Kept kept in _kept.Where(one => one.Days > 0))
            {
                int deleted;
                do
                {
                    deleted = await commits.EnqueueAsync(unit => DeleteAsync(unit, kept, tenantId), cancellationToken);
                    rows += deleted;
                }
                while (deleted == MostRows);
            }
        }

        return rows;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Every, time);
        do
        {
            try
            {
                long rows = await PruneAsync(stoppingToken);
                if (rows > 0)
                {
                    LogPruned(rows);
                }
            }
            catch (DbException e)
            {
                LogAway(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<IReadOnlyList<long>> ListTenantsAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>(new CommandDefinition("SELECT tenant_id FROM tenants ORDER BY tenant_id", cancellationToken: cancellationToken))];
    }

    private Task<int> DeleteAsync(UnitOfWork unit, Kept kept, long tenantId)
    {
        long before = time.GetUtcNow().AddDays(-kept.Days).ToUnixTimeMilliseconds();
        return unit.Connection.ExecuteAsync(
            $"""
            DELETE FROM {kept.Table} WHERE tenant_id = @tenantId AND {kept.Key} IN
                (SELECT {kept.Key} FROM {kept.Table} WHERE tenant_id = @tenantId AND {kept.IsOld} LIMIT @MostRows)
            """,
            new { tenantId, before, beforeId = IdSource.LeastAt(before), MostRows },
            unit.Transaction);
    }

    [LoggerMessage(EventId = 260, Level = LogLevel.Information, Message = "{Rows} rows older than Kiwire:Retention allows were deleted")]
    private partial void LogPruned(long rows);

    [LoggerMessage(EventId = 261, Level = LogLevel.Warning, Message = "What is too old could not be deleted, because the database is away; it is tried again in an hour: {Fault}")]
    private partial void LogAway(string fault);

    /// <summary>Rows that are kept for so long.</summary>
    /// <param name="Table">Where.</param>
    /// <param name="Key">What names one, within its tenant.</param>
    /// <param name="IsOld">Which ones go.</param>
    /// <param name="Days">0: none goes.</param>
    private sealed record Kept(string Table, string Key, string IsOld, int Days);
}
