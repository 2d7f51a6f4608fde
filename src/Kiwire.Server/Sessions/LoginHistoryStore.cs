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

    public required long NasId { get; init; }

    public required string Mac { get; init; }

    public required string ClientIp { get; init; }

    public required LoginOutcome Outcome { get; init; }

    public required string Method { get; init; }

    public required string Reason { get; init; }

    public required string Detail { get; init; }
}

/// <summary>Which decisions to list; what is null does not matter.</summary>
internal sealed record LoginQuery
{
    public required long TenantId { get; init; }

    /// <summary>Case does not count.</summary>
    public string? UserName { get; init; }

    public long? NasId { get; init; }

    /// <summary>At or after; Unix milliseconds.</summary>
    public long? From { get; init; }

    /// <summary>Before; Unix milliseconds.</summary>
    public long? To { get; init; }

    public int Start { get; init; }

    public int Limit { get; init; } = 50;
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
    /// <summary>The decisions of a query, newest first.</summary>
    public async Task<IReadOnlyList<LoginInfo>> ListAsync(LoginQuery query, CancellationToken cancellationToken)
    {
        StringBuilder sql = new(
            """
            SELECT login_id AS LoginId, at AS At, user_name AS UserName, account_id AS AccountId, nas_id AS NasId, mac AS Mac, client_ip AS ClientIp,
                accepted AS Outcome, method AS Method, reason AS Reason, detail AS Detail
            FROM login_history WHERE tenant_id = @TenantId
            """);
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
        StringBuilder sql = new(
            """
            SELECT mac AS Mac, client_ip AS ClientIp, nas_id AS NasId, user_name AS UserName, reason AS Reason, first_seen_at AS FirstSeenAt,
                last_seen_at AS LastSeenAt, times AS Times
            FROM unauthorised_devices WHERE tenant_id = @tenantId
            """);
        Condition(sql, nasId is not null, "nas_id = @nasId");
        sql.Append(" ORDER BY last_seen_at DESC, mac LIMIT @limit OFFSET @start");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<UnauthorisedDevice>(
            new CommandDefinition(sql.ToString(), new { tenantId, nasId, start, limit }, cancellationToken: cancellationToken))).AsList();
    }

    private static void Condition(StringBuilder sql, bool applies, string condition)
    {
        if (applies)
        {
            sql.Append(" AND ").Append(condition);
        }
    }
}
