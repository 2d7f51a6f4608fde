using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>A decision on a login, as it is read from the history.</summary>
internal sealed record LoginInfo
{
    public required long LoginId { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    public required string UserName { get; init; }

    public long? AccountId { get; init; }

    /// <summary>The account's name; null: there was none, or it is gone. Not in lists by number.</summary>
    public string? Account { get; init; }

    public required long NasId { get; init; }

    public required string Mac { get; init; }

    public required string ClientIp { get; init; }

    public required LoginOutcome Outcome { get; init; }

    public required string Method { get; init; }

    public required string Reason { get; init; }

    public required string Detail { get; init; }

    /// <summary>The answer's attributes, as sent; null: they were not recorded.</summary>
    public byte[]? Reply { get; init; }
}

/// <summary>Which decisions to list; what is null does not matter.</summary>
internal sealed record LoginQuery
{
    public required long TenantId { get; init; }

    /// <summary>Case does not count.</summary>
    public string? UserName { get; init; }

    public long? NasId { get; init; }

    /// <summary>Canonical: <c>aa:bb:cc:dd:ee:ff</c>.</summary>
    public string? Mac { get; init; }

    public LoginOutcome? Outcome { get; init; }

    /// <summary>The word of an admission check.</summary>
    public string? Reason { get; init; }

    /// <summary>At or after; Unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Before; Unix milliseconds.</summary>
    public long? To { get; init; }

    /// <summary>For lists by page: only logins below this id.</summary>
    public long? Below { get; init; }

    /// <summary>For lists by number: so many are passed over.</summary>
    public int Start { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Which unauthorised devices to list; what is null does not matter.</summary>
internal sealed record UnauthorisedQuery
{
    public required long TenantId { get; init; }

    public long? NasId { get; init; }

    /// <summary>Canonical: <c>aa:bb:cc:dd:ee:ff</c>.</summary>
    public string? Mac { get; init; }

    public string? Reason { get; init; }

    /// <summary>Only those behind this one in the list.</summary>
    public (long LastSeenAt, string Mac)? After { get; init; }

    public required int Limit { get; init; }
}

/// <summary>A client device that tried and was refused, and has not logged in since.</summary>
internal sealed record UnauthorisedDevice
{
    public required string Mac { get; init; }

    public required string ClientIp { get; init; }

    public required long NasId { get; init; }

    /// <summary>The name that it tried last.</summary>
    public required string UserName { get; init; }

    public required string Reason { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long FirstSeenAt { get; init; }

    public required long LastSeenAt { get; init; }

    public required long Times { get; init; }
}

/// <summary>Reads the login history and the unauthorised devices.</summary>
internal sealed class LoginHistoryStore(Database database)
{
    // A login's id is made when it is decided, which may be after a wait for the database.
    private const long EarlyMilliseconds = 60_000;
    private const long LateMilliseconds = 600_000;

    private const string Columns = """
        login_id AS LoginId, at AS At, user_name AS UserName, account_id AS AccountId, nas_id AS NasId, mac AS Mac, client_ip AS ClientIp,
        accepted AS Outcome, method AS Method, reason AS Reason, detail AS Detail
        """;

    private const string NameOfAccount = "(SELECT a.name FROM accounts a WHERE a.tenant_id = t.tenant_id AND a.account_id = t.account_id) AS Account";

    private const string DeviceColumns = """
        mac AS Mac, client_ip AS ClientIp, nas_id AS NasId, user_name AS UserName, reason AS Reason, first_seen_at AS FirstSeenAt,
        last_seen_at AS LastSeenAt, times AS Times
        """;

    /// <summary>Some decisions of a query, newest first, and where the list goes on; <see cref="LoginQuery.Start"/> does not count.</summary>
    public async Task<HistoryPart<LoginInfo>> ReadAsync(LoginQuery query, CancellationToken cancellationToken)
    {
        HistoryScan scan = new HistoryScan("login_history", "login_id").Between(query.Below, query.From, query.To, EarlyMilliseconds, LateMilliseconds);
        string? name = query.UserName is null ? null : "name_key = @NameKey";
        string? mac = query.Mac is null ? null : "mac = @Mac";
        _ = scan.Indexed(name ?? mac)
            .Filter(name is null ? null : mac)
            .Filter(query.NasId is null ? null : "nas_id = @NasId")
            .Filter(query.Outcome is null ? null : "accepted = @Outcome")
            .Filter(query.Reason is null ? null : "reason = @Reason")
            .Filter(query.From is null ? null : "at >= @From")
            .Filter(query.To is null ? null : "at < @To");
        scan.Parameters.AddDynamicParams(new
        {
            NameKey = query.UserName is { } userName ? AccountName.KeyOf(userName) : null, query.Mac, query.NasId, Outcome = (short?)query.Outcome, query.Reason, query.From, query.To,
        });
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await scan.ReadAsync<LoginInfo>(
            connection, $"SELECT {Columns}, {NameOfAccount} FROM login_history t", query.TenantId, query.Limit, login => login.LoginId, cancellationToken);
    }

    /// <summary>One decision, with the answer's attributes; null: there is none with that id.</summary>
    public async Task<LoginInfo?> FindAsync(long tenantId, long loginId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<LoginInfo>(new CommandDefinition(
            $"SELECT {Columns}, {NameOfAccount}, reply AS Reply FROM login_history t WHERE tenant_id = @tenantId AND login_id = @loginId",
            new { tenantId, loginId },
            cancellationToken: cancellationToken));
    }

    /// <summary>The decisions of a query, newest first; its device, outcome, reason and page do not count.</summary>
    public async Task<IReadOnlyList<LoginInfo>> ListAsync(LoginQuery query, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {Columns} FROM login_history WHERE tenant_id = @TenantId");
        Condition(sql, query.UserName is not null, "name_key = @NameKey");
        Condition(sql, query.NasId is not null, "nas_id = @NasId");
        Condition(sql, query.From is not null, "at >= @From");
        Condition(sql, query.To is not null, "at < @To");
        sql.Append(" ORDER BY login_id DESC LIMIT @Limit OFFSET @Start");
        var parameters = new
        {
            query.TenantId, NameKey = query.UserName is { } name ? AccountName.KeyOf(name) : null, query.NasId, query.From, query.To, query.Limit, query.Start,
        };
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<LoginInfo>(new CommandDefinition(sql.ToString(), parameters, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The unauthorised devices, of all NASes or of one, the last seen first.</summary>
    public async Task<IReadOnlyList<UnauthorisedDevice>> ListUnauthorisedAsync(long tenantId, long? nasId, int start, int limit, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {DeviceColumns} FROM unauthorised_devices WHERE tenant_id = @tenantId");
        Condition(sql, nasId is not null, "nas_id = @nasId");
        sql.Append(" ORDER BY last_seen_at DESC, mac LIMIT @limit OFFSET @start");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<UnauthorisedDevice>(
            new CommandDefinition(sql.ToString(), new { tenantId, nasId, start, limit }, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The unauthorised devices of a query, the last seen first.</summary>
    public async Task<IReadOnlyList<UnauthorisedDevice>> ListUnauthorisedAsync(UnauthorisedQuery query, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {DeviceColumns} FROM unauthorised_devices WHERE tenant_id = @TenantId");
        Condition(sql, query.Mac is not null, "mac = @Mac");
        Condition(sql, query.NasId is not null, "nas_id = @NasId");
        Condition(sql, query.Reason is not null, "reason = @Reason");
        Condition(sql, query.After is not null, "(last_seen_at < @LastSeenAt OR (last_seen_at = @LastSeenAt AND mac > @AfterMac))");
        sql.Append(" ORDER BY last_seen_at DESC, mac LIMIT @Limit");
        var parameters = new { query.TenantId, query.Mac, query.NasId, query.Reason, query.After?.LastSeenAt, AfterMac = query.After?.Mac, query.Limit };
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<UnauthorisedDevice>(new CommandDefinition(sql.ToString(), parameters, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>
    /// Takes note of client devices that are connected to a NAS: those without an open session are in the list. One that was refused keeps its
    /// reason.
    /// </summary>
    /// <returns>How many have no session.</returns>
    public async Task<int> NoteConnectedAsync(UnitOfWork unit, long tenantId, long nasId, IReadOnlyList<string> macs, long now)
    {
        int noted = 0;
        foreach (string[] some in macs.Chunk(500))
        {
            HashSet<string> open = [.. await unit.Connection.QueryAsync<string>(
                $"SELECT DISTINCT mac FROM sessions WHERE tenant_id = @tenantId AND {database.Dialect.IsAnyOf("mac", "@some")} AND ended_at IS NULL",
                new { tenantId, some },
                unit.Transaction)];
            foreach (string mac in some.Where(mac => !open.Contains(mac)))
            {
                noted += await unit.Connection.ExecuteAsync(
                    """
                    INSERT INTO unauthorised_devices (tenant_id, mac, client_ip, nas_id, user_name, reason, first_seen_at, last_seen_at, times)
                    VALUES (@tenantId, @mac, '', @nasId, '', @Reason, @now, @now, 0)
                    ON CONFLICT (tenant_id, mac) DO UPDATE SET nas_id = excluded.nas_id, last_seen_at = excluded.last_seen_at
                    """,
                    new { tenantId, mac, nasId, Reason = LoginWords.NoSession, now },
                    unit.Transaction);
            }
        }

        return noted;
    }

    /// <summary>Takes a device from the list, until it tries again; what it was, or null: it is not there.</summary>
    public static async Task<UnauthorisedDevice?> DeleteUnauthorisedAsync(UnitOfWork unit, long tenantId, string mac) =>
        await unit.Connection.QuerySingleOrDefaultAsync<UnauthorisedDevice>(
            $"DELETE FROM unauthorised_devices WHERE tenant_id = @tenantId AND mac = @mac RETURNING {DeviceColumns}", new { tenantId, mac }, unit.Transaction);

    private static void Condition(StringBuilder sql, bool applies, string condition)
    {
        if (applies)
        {
            sql.Append(" AND ").Append(condition);
        }
    }
}
