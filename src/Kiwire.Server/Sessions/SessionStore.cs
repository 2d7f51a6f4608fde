using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Accounts;
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

    /// <summary>The account's name; null: there was none, or it is gone. Not in lists by number.</summary>
    public string? Account { get; init; }

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

    /// <summary>For lists by page: of the account of this name or, where there is none, under this name; case does not count.</summary>
    public string? UserName { get; init; }

    public bool OpenOnly { get; init; }

    /// <summary>For lists by page.</summary>
    public bool EndedOnly { get; init; }

    /// <summary>Started at or after; Unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Started before; Unix milliseconds.</summary>
    public long? To { get; init; }

    /// <summary>For lists by page: only sessions below this id.</summary>
    public long? Below { get; init; }

    /// <summary>For lists by number: so many are passed over.</summary>
    public int Start { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Reads sessions.</summary>
internal sealed class SessionStore(Database database)
{
    // A session's id is made when it is first heard of; clocks of equipment may run ahead by a day.
    private const long DayMilliseconds = 86_400_000;

    // Where rows are looked through in memory, so many at a time and so often.
    private const int ChunkLength = 1000;
    private const int MostChunks = 5;

    private const string NameOfAccount = "(SELECT a.name FROM accounts a WHERE a.tenant_id = t.tenant_id AND a.account_id = t.account_id) AS Account";

    private const string Columns = """
        session_id AS SessionId, nas_id AS NasId, acct_session_id AS AcctSessionId, client_key AS ClientKey, account_id AS AccountId, login_id AS LoginId,
        user_name AS UserName, mac AS Mac, calling_station_id AS CallingStationId, called_station_id AS CalledStationId, client_ip AS ClientIp,
        nas_address AS NasAddress, nas_port AS NasPort, multi_session_id AS MultiSessionId, started_at AS StartedAt, last_news_at AS LastNewsAt,
        ended_at AS EndedAt, terminate_cause AS TerminateCause, seconds AS Seconds, octets_in AS OctetsIn, octets_out AS OctetsOut, charge AS Charge,
        disconnect AS Disconnect
        """;

    /// <summary>Some sessions of a query, newest first, and where the list goes on.</summary>
    /// <param name="query">Its <see cref="SessionQuery.Start"/> does not count.</param>
    /// <param name="isWanted">What the database cannot say of a session; null: nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<HistoryPart<SessionInfo>> ReadAsync(SessionQuery query, Predicate<SessionInfo>? isWanted, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        if (query.UserName is { } name)
        {
            query = query with { AccountId = await FindAccountAsync(connection, query.TenantId, name, cancellationToken) };
        }

        if (isWanted is null)
        {
            return await ReadPartAsync(connection, query, cancellationToken);
        }

        List<SessionInfo> wanted = [];
        SessionQuery rest = query with { Limit = ChunkLength };
        for (int chunk = 0; chunk < MostChunks; chunk++)
        {
            HistoryPart<SessionInfo> part = await ReadPartAsync(connection, rest, cancellationToken);
            wanted.AddRange(part.Rows.Where(session => isWanted(session)));
            if (wanted.Count > query.Limit)
            {
                return new HistoryPart<SessionInfo>(wanted[..query.Limit], wanted[query.Limit - 1].SessionId);
            }

            rest = rest with { Below = part.Next };
            if (part.Next is null)
            {
                break;
            }
        }

        return new HistoryPart<SessionInfo>(wanted, rest.Below);
    }

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
            $"SELECT {Columns}, {NameOfAccount} FROM sessions t WHERE tenant_id = @tenantId AND session_id = @sessionId", new { tenantId, sessionId }, cancellationToken: cancellationToken));
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

    private static Task<HistoryPart<SessionInfo>> ReadPartAsync(DbConnection connection, SessionQuery query, CancellationToken cancellationToken)
    {
        string? account = query.AccountId is null ? null : "account_id = @AccountId";
        string? mac = query.Mac is null ? null : "mac = @Mac";
        string? nas = query.NasId is null ? null : "nas_id = @NasId";
        string? open = query.OpenOnly ? HistoryScan.OpenSessions : null;
        bool isFew = account is not null || mac is not null;

        // Few sessions are of one account or device: there the times of all can be looked at, and need not be bounded by ids.
        HistoryScan scan = new HistoryScan("sessions", "session_id")
            .Between(query.Below, isFew ? null : query.From, isFew ? null : query.To, DayMilliseconds, DayMilliseconds)
            .Indexed(account ?? mac ?? nas)
            .Indexed(isFew ? null : open)
            .Filter(account is null ? null : mac)
            .Filter(isFew ? nas : null)
            .Filter(isFew ? open : null)
            .Filter(query.EndedOnly ? "ended_at IS NOT NULL" : null)
            .Filter(query.UserName is null || account is not null ? null : "LOWER(user_name) = LOWER(@UserName)")
            .Filter(query.From is null ? null : "started_at >= @From")
            .Filter(query.To is null ? null : "started_at < @To");
        scan.Parameters.AddDynamicParams(new { query.AccountId, query.Mac, query.NasId, query.UserName, query.From, query.To });
        return scan.ReadAsync<SessionInfo>(
            connection, $"SELECT {Columns}, {NameOfAccount} FROM sessions t", query.TenantId, query.Limit, session => session.SessionId, cancellationToken);
    }

    private static Task<long?> FindAccountAsync(DbConnection connection, long tenantId, string name, CancellationToken cancellationToken) =>
        connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "SELECT account_id FROM accounts WHERE tenant_id = @tenantId AND name_key = @Key",
            new { tenantId, Key = AccountName.KeyOf(name) },
            cancellationToken: cancellationToken));

    private static void Condition(StringBuilder sql, bool applies, string condition)
    {
        if (applies)
        {
            sql.Append(" AND ").Append(condition);
        }
    }
}
