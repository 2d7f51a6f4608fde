using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>The dynamic-authorization log in the database.</summary>
internal sealed class CoaLogStore(Database database)
{
    private const string Insert = """
        INSERT INTO dynamic_authorizations (tenant_id, request_id, at, nas_id, session_id, account_id, kind, reason, attributes, outcome, error_cause, detail,
            sends, round_trip_ms, proof)
        VALUES (@tenant, @request, @at, @nas, @session, @account, @kind, @reason, @attributes, @outcome, @cause, @detail, @sends, @roundTrip, @proof)
        """;

    private static readonly string[] InsertParameters =
    [
        "tenant", "request", "at", "nas", "session", "account", "kind", "reason", "attributes", "outcome", "cause", "detail", "sends", "roundTrip", "proof",
    ];

    /// <summary>The rows of a query, newest first.</summary>
    public async Task<IReadOnlyList<CoaLogRow>> ListAsync(CoaLogQuery query, CancellationToken cancellationToken)
    {
        StringBuilder sql = new(
            """
            SELECT tenant_id AS TenantId, request_id AS RequestId, at AS At, nas_id AS NasId, session_id AS SessionId, account_id AS AccountId, kind AS Kind,
                reason AS Reason, attributes AS Attributes, outcome AS Outcome, error_cause AS ErrorCause, detail AS Detail, sends AS Sends,
                round_trip_ms AS RoundTripMilliseconds, proof AS Proof
            FROM dynamic_authorizations WHERE tenant_id = @TenantId
            """);
        Condition(sql, query.SessionId is not null, "session_id = @SessionId");
        Condition(sql, query.NasId is not null, "nas_id = @NasId");
        Condition(sql, query.AccountId is not null, "account_id = @AccountId");
        Condition(sql, query.Before is not null, "request_id < @Before");
        sql.Append(" ORDER BY request_id DESC LIMIT @Limit");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<CoaLogRow>(new CommandDefinition(sql.ToString(), query, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The oldest disconnects of all tenants that are acknowledged and not borne out, with their sessions as they are now.</summary>
    public async Task<IReadOnlyList<PendingProof>> ListPendingAsync(int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<PendingProof>(new CommandDefinition(
            """
            SELECT d.tenant_id AS TenantId, d.request_id AS RequestId, d.session_id AS SessionId, d.nas_id AS NasId,
                d.at + COALESCE(d.round_trip_ms, 0) AS AcknowledgedAt, CASE WHEN s.ended_at IS NULL THEN 1 ELSE 0 END AS IsOpen,
                s.last_news_at AS LastNewsAt, s.seconds AS Seconds, s.octets_in + s.octets_out AS Octets
            FROM dynamic_authorizations d JOIN sessions s ON s.tenant_id = d.tenant_id AND s.session_id = d.session_id
            WHERE d.proof = 1
            ORDER BY d.tenant_id, d.request_id LIMIT @limit
            """,
            new { limit },
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>Adds a row.</summary>
    public static async Task InsertAsync(UnitOfWork unit, CoaLogRow row)
    {
        DbCommand command = unit.Command(Insert, InsertParameters);
        object?[] values =
        [
            row.TenantId, row.RequestId, row.At, row.NasId, row.SessionId, row.AccountId, (short)row.Kind, row.Reason, row.Attributes, (short)row.Outcome,
            (int?)row.ErrorCause, row.Detail, row.Sends, row.RoundTripMilliseconds, (short)row.Proof,
        ];
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        _ = await command.ExecuteNonQueryAsync();
        if (row is { Proof: not DisconnectProof.None, SessionId: { } session })
        {
            await SessionStore.SetDisconnectAsync(unit, row.TenantId, session, row.Proof);
        }
    }

    /// <summary>Takes down what accounting has said. False: that was known.</summary>
    public static async Task<bool> SetProofAsync(UnitOfWork unit, PendingProof pending, DisconnectProof proof)
    {
        int changed = await unit.Connection.ExecuteAsync(
            "UPDATE dynamic_authorizations SET proof = @proof WHERE tenant_id = @TenantId AND request_id = @RequestId AND proof = 1",
            new { pending.TenantId, pending.RequestId, proof = (short)proof },
            unit.Transaction);
        if (changed > 0)
        {
            await SessionStore.SetDisconnectAsync(unit, pending.TenantId, pending.SessionId, proof);
        }

        return changed > 0;
    }

    private static void Condition(StringBuilder sql, bool applies, string condition)
    {
        if (applies)
        {
            sql.Append(" AND ").Append(condition);
        }
    }
}
