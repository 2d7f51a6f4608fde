using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Lists of accounts out of a million, each part of one in the time of its own length: a walk along an index from where the last part
/// ended, or a few accounts sorted here.
/// </summary>
internal sealed class AccountListStore(Database database)
{
    /// <summary>The most accounts that one phone, address or device may have to be looked for.</summary>
    public const int MostNarrow = 500;

    /// <summary>The longest remark that is looked for: of a longer one the index has the beginning.</summary>
    public const int LongestRemark = 63;

    // As the index says it.
    private const string ExpiryKey = "COALESCE(expires_at, 9223372036854775807)";

    // Without the password.
    private const string OwnColumns =
        """
        tenant_id, account_id, name, name_key, kind, active, profile_id, fullname, email, phone, remark, allow_nas, integration, statistics,
        expires_at, first_login_at, used_seconds, used_in, used_out, window_started_at, before_seconds, before_in, before_out, created_at, version
        """;

    private readonly string _nameKey = $"name_key {database.Dialect.Binary}";

    /// <summary>The next accounts of a list.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="query">Which, in which order.</param>
    /// <param name="after">Those after this one; null: from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null: more than <see cref="MostNarrow"/> accounts have the phone, address or device.</returns>
    public async Task<IReadOnlyList<AccountRecord>?> ReadAsync(
        long tenantId, AccountListQuery query, AccountListPlace? after, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        DynamicParameters parameters = ParametersOf(tenantId, query, after, limit);
        if (query.IsNarrow)
        {
            if (await FindNarrowAsync(connection, query, parameters, cancellationToken) is not { } ids)
            {
                return null;
            }

            if (ids.Count == 0)
            {
                return [];
            }

            parameters.Add("ids", ids);
        }

        return (await connection.QueryAsync<AccountRecord>(new CommandDefinition(
            StatementOf(query, after), parameters, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>A tenant's users or vouchers by name, from a place that is counted out: the further in, the longer it takes.</summary>
    public async Task<IReadOnlyList<AccountRecord>> ReadAsync(long tenantId, AccountKind kind, int start, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        AccountListQuery query = new() { Kind = kind };
        DynamicParameters parameters = ParametersOf(tenantId, query, after: null, limit);
        parameters.Add("through", (long)start + limit);
        parameters.Add("start", start);
        string walks = string.Join(" UNION ALL ", WalksOf(query, after: null).Select((walk, i) => Invariant($"SELECT * FROM ({walk}) AS w{i}")));
        return (await connection.QueryAsync<AccountRecord>(new CommandDefinition(
            $"""
            SELECT {AccountRecord.Columns}
            FROM ({walks.Replace("@limit", "@through", StringComparison.Ordinal)}) a
            {AccountRecord.JoinProfiles}
            ORDER BY {OrderOf(query, "a.")} LIMIT @limit OFFSET @start
            """,
            parameters,
            cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>The devices of accounts, of each the newest registration first.</summary>
    public async Task<ILookup<long, string>> ReadMacsAsync(long tenantId, IReadOnlyList<long> accountIds, CancellationToken cancellationToken)
    {
        if (accountIds.Count == 0)
        {
            return Enumerable.Empty<string>().ToLookup(_ => 0L);
        }

        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<(long AccountId, string Mac)>(new CommandDefinition(
            $"""
            SELECT account_id, mac FROM account_macs WHERE tenant_id = @tenantId AND {database.Dialect.IsAnyOf("account_id", "@accountIds")}
            ORDER BY registered_at DESC, mac
            """,
            new { tenantId, accountIds },
            cancellationToken: cancellationToken))).ToLookup(row => row.AccountId, row => row.Mac);
    }

    /// <summary>The statement that reads the next accounts.</summary>
    internal string StatementOf(AccountListQuery query, AccountListPlace? after)
    {
        List<string> walks = query.IsNarrow ? [NarrowWalk(query, after)] : WalksOf(query, after);
        return
            $"""
            SELECT {AccountRecord.Columns}
            FROM ({string.Join(" UNION ALL ", walks.Select((walk, i) => Invariant($"SELECT * FROM ({walk}) AS w{i}")))}) a
            {AccountRecord.JoinProfiles}
            ORDER BY {OrderOf(query, "a.")} LIMIT @limit
            """;
    }

    /// <summary>What the statement's parameters hold.</summary>
    internal static DynamicParameters ParametersOf(long tenantId, AccountListQuery query, AccountListPlace? after, int limit)
    {
        DynamicParameters parameters = new();
        parameters.Add("tenantId", tenantId);
        parameters.Add("limit", limit);
        parameters.Add("afterName", after?.NameKey ?? "");
        parameters.Add("afterId", after?.AccountId ?? 0);
        parameters.Add("afterExpiry", after?.ExpiryKey ?? 0);
        parameters.Add("profileId", query.ProfileId ?? 0);
        parameters.Add("prefix", query.NamePrefix ?? "");
        parameters.Add("prefixEnd", NameRange.EndOf(query.NamePrefix ?? "") ?? "");
        parameters.Add("remark", query.Remark ?? "");
        parameters.Add("phone", query.Phone ?? "");
        parameters.Add("email", query.Email ?? "");
        parameters.Add("mac", query.Mac.ToString());
        parameters.Add("expiresAfter", query.ExpiresAfter ?? 0);
        parameters.Add("expiresBefore", query.ExpiresBefore ?? AccountListPlace.Never);
        return parameters;
    }

    // A walk for those active and one for those suspended; for a second page by expiry, besides one for those that share the last one's.
    private List<string> WalksOf(AccountListQuery query, AccountListPlace? after)
    {
        List<string> walks = [];
        foreach (int active in query.Active is { } one ? (int[])[one ? 1 : 0] : [1, 0])
        {
            string start = Invariant(
                $"SELECT {OwnColumns} FROM accounts WHERE tenant_id = @tenantId AND kind = {(int)query.Kind} AND active = {active}");
            string end = $" ORDER BY {OrderOf(query, "")} LIMIT @limit";
            switch (query.Sort)
            {
                case AccountSort.Name:
                    walks.Add(start + Equalities(query) + NameBounds(query, after) + end);
                    break;
                case AccountSort.CreatedAt:
                    walks.Add(start + (after is null ? "" : $" AND account_id {Onward(query)} @afterId") + end);
                    break;
                default:
                    if (after is not null)
                    {
                        // SQLite does not see that an expression which equals a value need not be sorted by.
                        walks.Add(
                            $"{start} AND {ExpiryKey} = @afterExpiry AND account_id {Onward(query)} @afterId ORDER BY account_id{DirectionOf(query)} LIMIT @limit");
                    }

                    walks.Add(start + ExpiryBounds(query, after) + end);
                    break;
            }
        }

        return walks;
    }

    private static string Equalities(AccountListQuery query)
    {
        string profile = query.ProfileId is null ? "" : " AND profile_id = @profileId";
        return query.Remark is null ? profile : $"{profile} AND remark <> '' AND substr(remark, 1, 64) = @remark";
    }

    // One bound each side: a second one would be tried on row after row.
    private string NameBounds(AccountListQuery query, AccountListPlace? after)
    {
        bool bounded = query.NamePrefix is not null;
        string from = (bounded, after) switch
        {
            (_, not null) when !query.Descending => $" AND {_nameKey} > @afterName",
            (true, _) => $" AND {_nameKey} >= @prefix",
            _ => "",
        };
        string to = (bounded, after) switch
        {
            (_, not null) when query.Descending => $" AND {_nameKey} < @afterName",
            (true, _) when NameRange.EndOf(query.NamePrefix!) is not null => $" AND {_nameKey} < @prefixEnd",
            _ => "",
        };
        return from + to;
    }

    private static string ExpiryBounds(AccountListQuery query, AccountListPlace? after)
    {
        bool bounded = query.ExpiresAfter is not null || query.ExpiresBefore is not null;
        string from = query switch
        {
            { Descending: false } when after is not null => $" AND {ExpiryKey} > @afterExpiry",
            { ExpiresAfter: not null } => $" AND {ExpiryKey} >= @expiresAfter",
            _ => "",
        };
        string to = query switch
        {
            { Descending: true } when after is not null => $" AND {ExpiryKey} < @afterExpiry",
            _ when bounded => $" AND {ExpiryKey} < @expiresBefore",
            _ => "",
        };
        return from + to;
    }

    private string NarrowWalk(AccountListQuery query, AccountListPlace? after)
    {
        StringBuilder sql = new(Invariant(
            $"SELECT {OwnColumns} FROM accounts WHERE tenant_id = @tenantId AND {database.Dialect.IsAnyOf("account_id", "@ids")} AND kind = {(int)query.Kind}"));
        _ = sql.Append(query.Active is { } active ? Invariant($" AND active = {(active ? 1 : 0)}") : "")
            .Append(Equalities(query))
            .Append(query.Phone is null ? "" : " AND phone = @phone")
            .Append(query.Email is null ? "" : " AND lower(email) = lower(@email)")
            .Append(query.Mac.IsNone ? "" : " AND account_id IN (SELECT account_id FROM account_macs WHERE tenant_id = @tenantId AND mac = @mac)")
            .Append(query.NamePrefix is null ? "" : NameBounds(query, after: null))
            .Append(ExpiryBounds(query, after: null));
        if (after is not null)
        {
            _ = sql.Append(query.Sort switch
            {
                AccountSort.Name => $" AND {_nameKey} {Onward(query)} @afterName",
                AccountSort.CreatedAt => $" AND account_id {Onward(query)} @afterId",
                _ => $" AND ({ExpiryKey} {Onward(query)} @afterExpiry OR ({ExpiryKey} = @afterExpiry AND account_id {Onward(query)} @afterId))",
            });
        }

        return sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {OrderOf(query, "")} LIMIT @limit").ToString();
    }

    private static async Task<List<long>?> FindNarrowAsync(
        DbConnection connection, AccountListQuery query, DynamicParameters parameters, CancellationToken cancellationToken)
    {
        List<string> ways = [];
        if (!query.Mac.IsNone)
        {
            ways.Add("FROM account_macs WHERE tenant_id = @tenantId AND mac = @mac");
        }

        if (query.Phone is not null)
        {
            ways.Add("FROM accounts WHERE tenant_id = @tenantId AND phone <> '' AND phone = @phone");
        }

        if (query.Email is not null)
        {
            ways.Add("FROM accounts WHERE tenant_id = @tenantId AND email <> '' AND lower(email) = lower(@email)");
        }

        // The first that names few will do: the others are asked of each of those.
        foreach (string way in ways)
        {
            List<long> ids = (await connection.QueryAsync<long>(new CommandDefinition(
                Invariant($"SELECT account_id {way} LIMIT {MostNarrow + 1}"), parameters, cancellationToken: cancellationToken))).AsList();
            if (ids.Count <= MostNarrow)
            {
                return ids;
            }
        }

        return null;
    }

    private string OrderOf(AccountListQuery query, string table)
    {
        string direction = DirectionOf(query);
        return query.Sort switch
        {
            AccountSort.Name => $"{table}{_nameKey}{direction}",
            AccountSort.CreatedAt => $"{table}account_id{direction}",
            _ => $"COALESCE({table}expires_at, 9223372036854775807){direction}, {table}account_id{direction}",
        };
    }

    private static string DirectionOf(AccountListQuery query) => query.Descending ? " DESC" : "";

    private static string Onward(AccountListQuery query) => query.Descending ? "<" : ">";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
