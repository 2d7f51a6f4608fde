using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>A session as it is read from the database. Times are Unix milliseconds.</summary>
internal sealed record SessionInfo
{
    public required long SessionId { get; init; }

    public required long NasId { get; init; }

    public required string AcctSessionId { get; init; }

    public required string ClientKey { get; init; }

    public long? AccountId { get; init; }

    public long? LoginId { get; init; }

    public required string UserName { get; init; }

    public required string Mac { get; init; }

    public required string CallingStationId { get; init; }

    public required string CalledStationId { get; init; }

    public required string ClientIp { get; init; }

    public required string NasAddress { get; init; }

    public required string NasPort { get; init; }

    public required string MultiSessionId { get; init; }

    public required long StartedAt { get; init; }

    public required long LastNewsAt { get; init; }

    /// <summary>Null: it is open.</summary>
    public long? EndedAt { get; init; }

    /// <summary>RFC 2866, 5.10.</summary>
    public int? TerminateCause { get; init; }

    public required long Seconds { get; init; }

    /// <summary>From the client (upload).</summary>
    public required long OctetsIn { get; init; }

    /// <summary>To the client (download).</summary>
    public required long OctetsOut { get; init; }

    /// <summary>Decimal text; Pay As You Use.</summary>
    public string? Charge { get; init; }

    /// <summary>What has become of the last disconnect that its NAS acknowledged.</summary>
    public DisconnectProof Disconnect { get; init; }
}

/// <summary>Which sessions to list; what is null does not matter.</summary>
internal sealed record SessionQuery
{
    public required long TenantId { get; init; }

    public long? AccountId { get; init; }

    public long? NasId { get; init; }

    /// <summary>Canonical: <c>aa:bb:cc:dd:ee:ff</c>.</summary>
    public string? Mac { get; init; }

    public bool OpenOnly { get; init; }

    /// <summary>Started at or after; Unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Started before; Unix milliseconds.</summary>
    public long? To { get; init; }

    public int Start { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Reads sessions.</summary>
internal sealed class SessionStore(Database database)
{
    private const string Columns = """
        session_id AS SessionId, nas_id AS NasId, acct_session_id AS AcctSessionId, client_key AS ClientKey, account_id AS AccountId, login_id AS LoginId,
        user_name AS UserName, mac AS Mac, calling_station_id AS CallingStationId, called_station_id AS CalledStationId, client_ip AS ClientIp,
        nas_address AS NasAddress, nas_port AS NasPort, multi_session_id AS MultiSessionId, started_at AS StartedAt, last_news_at AS LastNewsAt,
        ended_at AS EndedAt, terminate_cause AS TerminateCause, seconds AS Seconds, octets_in AS OctetsIn, octets_out AS OctetsOut, charge AS Charge,
        disconnect AS Disconnect
        """;

    /// <summary>The sessions of a query, newest first.</summary>
    public async Task<IReadOnlyList<SessionInfo>> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {Columns} FROM sessions WHERE tenant_id = @TenantId");
        Condition(sql, query.AccountId is not null, "account_id = @AccountId");
        Condition(sql, query.NasId is not null, "nas_id = @NasId");
        Condition(sql, query.Mac is not null, "mac = @Mac");
        Condition(sql, query.OpenOnly, "ended_at IS NULL");
        Condition(sql, query.From is not null, "started_at >= @From");
        Condition(sql, query.To is not null, "started_at < @To");
        sql.Append(" ORDER BY session_id DESC LIMIT @Limit OFFSET @Start");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<SessionInfo>(new CommandDefinition(sql.ToString(), query, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>One session; null: there is none with that id.</summary>
    public async Task<SessionInfo?> FindAsync(long tenantId, long sessionId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SessionInfo>(new CommandDefinition(
            $"SELECT {Columns} FROM sessions WHERE tenant_id = @tenantId AND session_id = @sessionId", new { tenantId, sessionId }, cancellationToken: cancellationToken));
    }

    /// <summary>How many sessions of a tenant are open.</summary>
    public async Task<long> CountOpenAsync(long tenantId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COUNT(*) FROM sessions WHERE tenant_id = @tenantId AND ended_at IS NULL", new { tenantId }, cancellationToken: cancellationToken));
    }

    /// <summary>Takes down what has become of a disconnect.</summary>
    public static Task SetDisconnectAsync(UnitOfWork unit, long tenantId, long sessionId, DisconnectProof proof) =>
        unit.Connection.ExecuteAsync(
            "UPDATE sessions SET disconnect = @proof WHERE tenant_id = @tenantId AND session_id = @sessionId",
            new { tenantId, sessionId, proof = (short)proof },
            unit.Transaction);

    private static void Condition(StringBuilder sql, bool applies, string condition)
    {
        if (applies)
        {
            sql.Append(" AND ").Append(condition);
        }
    }
}
