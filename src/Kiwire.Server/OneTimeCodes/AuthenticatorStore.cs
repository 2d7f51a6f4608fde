using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The authenticators in the database, which all servers share: what is used up here is used up for all.</summary>
internal sealed class AuthenticatorStore(Database database)
{
    /// <summary>So many wrong codes in <see cref="WrongCodesMilliseconds"/>, and no code is looked at until these are over (RFC 4226, 7.3).</summary>
    public const int MostWrongCodes = 10;

    public const long WrongCodesMilliseconds = 10 * 60_000;

    private const string Columns =
        """
        tenant_id AS TenantId, account_id AS AccountId, kind AS Kind, algorithm AS Algorithm, digits AS Digits, period_seconds AS PeriodSeconds,
        secret AS Secret, confirmed AS Confirmed, next_factor AS NextFactor, wrong_codes AS WrongCodes, wrong_since AS WrongSince,
        created_at AS CreatedAt, confirmed_at AS ConfirmedAt, last_used_at AS LastUsedAt, version AS Version
        """;

    /// <summary>An account's; null: it has none.</summary>
    public async Task<Authenticator?> FindAsync(long tenantId, long accountId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM authenticators WHERE tenant_id = @tenantId AND account_id = @accountId",
            new { tenantId, accountId },
            cancellationToken: cancellationToken));
        return row?.ToAuthenticator();
    }

    /// <summary>As it is in a transaction under way.</summary>
    public static async Task<Authenticator?> GetAsync(UnitOfWork unit, long tenantId, long accountId) =>
        (await unit.Connection.QuerySingleOrDefaultAsync<Row>(
            $"SELECT {Columns} FROM authenticators WHERE tenant_id = @tenantId AND account_id = @accountId", new { tenantId, accountId }, unit.Transaction))
        ?.ToAuthenticator();

    /// <summary>
    /// Counts an attempt as a wrong one, until <see cref="TryUseAsync"/> says otherwise: counted before it is judged, so that many at one
    /// time are not more than as many in a row. The row is this transaction's until it ends.
    /// </summary>
    /// <returns>The authenticator; null: there is none, or too many codes were wrong.</returns>
    public static async Task<Authenticator?> BeginAttemptAsync(UnitOfWork unit, long tenantId, long accountId, long now) =>
        (await unit.Connection.QuerySingleOrDefaultAsync<Row>(
            $"""
            UPDATE authenticators SET wrong_codes = CASE WHEN wrong_since > @Horizon THEN wrong_codes + 1 ELSE 1 END,
                                      wrong_since = CASE WHEN wrong_since > @Horizon THEN wrong_since ELSE @now END
            WHERE tenant_id = @tenantId AND account_id = @accountId AND (wrong_since <= @Horizon OR wrong_codes < {MostWrongCodes})
            RETURNING {Columns}
            """,
            new { tenantId, accountId, now, Horizon = now - WrongCodesMilliseconds },
            unit.Transaction))?.ToAuthenticator();

    /// <summary>Uses up the code of a step or counter, and all before it; false: it is used up already.</summary>
    public static async Task<bool> TryUseAsync(UnitOfWork unit, long tenantId, long accountId, long factor, long now) =>
        await unit.Connection.ExecuteAsync(
            """
            UPDATE authenticators SET next_factor = @factor + 1, wrong_codes = 0, wrong_since = 0, last_used_at = @now
            WHERE tenant_id = @tenantId AND account_id = @accountId AND next_factor <= @factor
            """,
            new { tenantId, accountId, factor, now },
            unit.Transaction) > 0;

    /// <summary>Puts one in the place of what the account has.</summary>
    public static Task ReplaceAsync(UnitOfWork unit, Authenticator authenticator) => unit.Connection.ExecuteAsync(
        """
        INSERT INTO authenticators (tenant_id, account_id, kind, algorithm, digits, period_seconds, secret, confirmed, next_factor, wrong_codes,
                                    wrong_since, created_at)
        VALUES (@TenantId, @AccountId, @Kind, @Algorithm, @Digits, @PeriodSeconds, @Secret, 0, @NextFactor, 0, 0, @CreatedAt)
        ON CONFLICT (tenant_id, account_id) DO UPDATE SET kind = excluded.kind, algorithm = excluded.algorithm, digits = excluded.digits,
            period_seconds = excluded.period_seconds, secret = excluded.secret, confirmed = 0, next_factor = excluded.next_factor, wrong_codes = 0,
            wrong_since = 0, created_at = excluded.created_at, confirmed_at = NULL, last_used_at = NULL, version = authenticators.version + 1
        """,
        new
        {
            authenticator.TenantId,
            authenticator.AccountId,
            Kind = (int)authenticator.Kind,
            Algorithm = (int)authenticator.Algorithm,
            authenticator.Digits,
            authenticator.PeriodSeconds,
            authenticator.Secret,
            authenticator.NextFactor,
            CreatedAt = authenticator.CreatedAt.ToUnixTimeMilliseconds(),
        },
        unit.Transaction);

    public static Task ConfirmAsync(UnitOfWork unit, long tenantId, long accountId, long now) => unit.Connection.ExecuteAsync(
        "UPDATE authenticators SET confirmed = 1, confirmed_at = @now, version = version + 1 WHERE tenant_id = @tenantId AND account_id = @accountId",
        new { tenantId, accountId, now },
        unit.Transaction);

    /// <summary>Makes earlier If-Match stale.</summary>
    public static Task RaiseVersionAsync(UnitOfWork unit, long tenantId, long accountId) => unit.Connection.ExecuteAsync(
        "UPDATE authenticators SET version = version + 1 WHERE tenant_id = @tenantId AND account_id = @accountId", new { tenantId, accountId }, unit.Transaction);

    /// <summary>False: there is none.</summary>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, long tenantId, long accountId) =>
        await unit.Connection.ExecuteAsync(
            "DELETE FROM authenticators WHERE tenant_id = @tenantId AND account_id = @accountId", new { tenantId, accountId }, unit.Transaction) > 0;

    private sealed class Row
    {
        public long TenantId { get; set; }

        public long AccountId { get; set; }

        public int Kind { get; set; }

        public int Algorithm { get; set; }

        public int Digits { get; set; }

        public int PeriodSeconds { get; set; }

        public byte[] Secret { get; set; } = [];

        public int Confirmed { get; set; }

        public long NextFactor { get; set; }

        public int WrongCodes { get; set; }

        public long WrongSince { get; set; }

        public long CreatedAt { get; set; }

        public long? ConfirmedAt { get; set; }

        public long? LastUsedAt { get; set; }

        public long Version { get; set; }

        public Authenticator ToAuthenticator() => new()
        {
            TenantId = TenantId,
            AccountId = AccountId,
            Kind = (AuthenticatorKind)Kind,
            Algorithm = (OneTimePasswordAlgorithm)Algorithm,
            Digits = Digits,
            PeriodSeconds = PeriodSeconds,
            Secret = Secret,
            Confirmed = Confirmed != 0,
            NextFactor = NextFactor,
            WrongCodes = WrongCodes,
            WrongSince = WrongSince,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            ConfirmedAt = ConfirmedAt is { } confirmed ? DateTimeOffset.FromUnixTimeMilliseconds(confirmed) : null,
            LastUsedAt = LastUsedAt is { } used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null,
            Version = Version,
        };
    }
}
