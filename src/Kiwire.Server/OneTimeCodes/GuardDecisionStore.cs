using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The guard's decisions in the database.</summary>
internal sealed class GuardDecisionStore(Database database)
{
    /// <summary>So many of a tenant are kept of a day: who asks from ever new addresses does not fill the database.</summary>
    public const int MostPerDay = 10_000;

    private const string Columns =
        """
        tenant_id AS TenantId, decision_id AS DecisionId, cause AS Cause, outcome AS Outcome, subject AS Subject, shown AS Shown, reason AS Reason,
        window_start AS WindowStart, until AS Until, requests AS Requests, first_at AS FirstAt, last_at AS LastAt, ended_at AS EndedAt, ending AS Ending
        """;

    /// <summary>Counts one more request for a decision that was made and holds; false: there is none.</summary>
    public static async Task<bool> CountAsync(UnitOfWork unit, GuardDecision decision) => await unit.Connection.ExecuteAsync(
        """
        UPDATE guard_decisions SET requests = requests + 1, last_at = @LastAt
        WHERE tenant_id = @TenantId AND subject = @Subject AND window_start = @WindowStart AND cause = @Cause AND outcome = @Outcome AND ended_at IS NULL
        """,
        new { decision.TenantId, decision.Subject, decision.WindowStart, Cause = (int)decision.Cause, Outcome = (int)decision.Outcome, decision.LastAt },
        unit.Transaction) > 0;

    /// <summary>False: the day has too many.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork unit, GuardDecision decision, long day)
    {
        long rows = await unit.Connection.ExecuteScalarAsync<long>(
            """
            INSERT INTO guard_counters (tenant_id, kind, window_start, subject, sent, unverified, verified, segments) VALUES (@TenantId, 6, @day, '', 1, 0, 0, 0)
            ON CONFLICT (tenant_id, kind, window_start, subject) DO UPDATE SET sent = guard_counters.sent + 1 RETURNING sent
            """,
            new { decision.TenantId, day },
            unit.Transaction);
        return rows <= MostPerDay && await unit.Connection.ExecuteAsync(
            """
            INSERT INTO guard_decisions (tenant_id, decision_id, cause, outcome, subject, shown, reason, window_start, until, requests, first_at, last_at)
            VALUES (@TenantId, @DecisionId, @Cause, @Outcome, @Subject, @Shown, @Reason, @WindowStart, @Until, 1, @FirstAt, @LastAt)
            """,
            new
            {
                decision.TenantId,
                decision.DecisionId,
                Cause = (int)decision.Cause,
                Outcome = (int)decision.Outcome,
                decision.Subject,
                decision.Shown,
                decision.Reason,
                decision.WindowStart,
                decision.Until,
                decision.FirstAt,
                decision.LastAt,
            },
            unit.Transaction) > 0;
    }

    /// <summary>The stops of a source or country that are in force.</summary>
    public static async Task<IReadOnlyList<GuardDecision>> ListStopsAsync(UnitOfWork unit, long tenantId, string subject, long now) =>
        (await unit.Connection.QueryAsync<GuardDecision>(
            $"SELECT {Columns} FROM guard_decisions WHERE tenant_id = @tenantId AND subject = @subject AND outcome = 1 AND ended_at IS NULL AND until > @now",
            new { tenantId, subject, now },
            unit.Transaction)).AsList();

    public static Task<GuardDecision?> GetAsync(UnitOfWork unit, long tenantId, long decisionId) =>
        unit.Connection.QuerySingleOrDefaultAsync<GuardDecision>(
            $"SELECT {Columns} FROM guard_decisions WHERE tenant_id = @tenantId AND decision_id = @decisionId", new { tenantId, decisionId }, unit.Transaction);

    public static Task EndAsync(UnitOfWork unit, GuardDecision decision, GuardEnding ending, long now) => unit.Connection.ExecuteAsync(
        "UPDATE guard_decisions SET ended_at = @now, ending = @ending WHERE tenant_id = @TenantId AND decision_id = @DecisionId",
        new { decision.TenantId, decision.DecisionId, now, ending = (int)ending },
        unit.Transaction);

    /// <summary>The tenant's stops that are in force, the newest first.</summary>
    public async Task<IReadOnlyList<GuardDecision>> ListStopsAsync(long tenantId, long now, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<GuardDecision>(new CommandDefinition(
            $"""
            SELECT {Columns} FROM guard_decisions WHERE tenant_id = @tenantId AND until > @now AND outcome = 1 AND ended_at IS NULL
            ORDER BY decision_id DESC LIMIT @limit
            """,
            new { tenantId, now, limit },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The tenant's decisions, the newest first.</summary>
    public async Task<IReadOnlyList<GuardDecision>> ListAsync(
        long tenantId, GuardDecisionFilter filter, long before, int limit, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {Columns} FROM guard_decisions WHERE tenant_id = @tenantId AND decision_id < @before");
        DynamicParameters parameters = new(new { tenantId, before, limit });
        void Where(string condition, string name, object? value)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(condition);
                parameters.Add(name, value);
            }
        }

        Where("subject = @Subject", "Subject", filter.Subject);
        Where("cause = @Cause", "Cause", (int?)filter.Cause);
        Where("outcome = @Outcome", "Outcome", (int?)filter.Outcome);
        Where("last_at >= @From", "From", filter.From);
        Where("first_at < @To", "To", filter.To);
        sql.Append(" ORDER BY decision_id DESC LIMIT @limit");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<GuardDecision>(new CommandDefinition(sql.ToString(), parameters, cancellationToken: cancellationToken))).AsList();
    }
}

/// <summary>Which decisions; what is null is not asked for.</summary>
internal sealed record GuardDecisionFilter
{
    public string? Subject { get; init; }

    public GuardCause? Cause { get; init; }

    public GuardOutcome? Outcome { get; init; }

    public long? From { get; init; }

    public long? To { get; init; }
}
