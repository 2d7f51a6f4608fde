using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>The administrators in the database. Their passwords are not there, only <see cref="LoginHash"/>es.</summary>
internal sealed class AdministratorStore(Database database, TimeProvider time)
{
    /// <summary>What a <see cref="Row"/> is read from.</summary>
    internal const string Columns =
        """
        tenant_id AS TenantId, administrator_id AS AdministratorId, username AS Username, login_hash AS LoginHash, role AS Role,
        fullname AS FullName, email AS Email, monitor AS Monitor, must_change AS MustChange, last_login_at AS LastLoginAt, version AS Version
        """;

    private const string ByName = $"SELECT {Columns} FROM administrators WHERE tenant_id = @tenantId AND username_key = @Key";

    /// <summary>The administrator of that name, whatever the case; null: there is none.</summary>
    public async Task<Administrator?> FindAsync(long tenantId, string username, CancellationToken cancellationToken) =>
        (await FindLoginAsync(tenantId, username, cancellationToken))?.Administrator;

    /// <summary>The administrator of that name with what their password is compared with; null: there is none.</summary>
    public async Task<KeptLogin?> FindLoginAsync(long tenantId, string username, CancellationToken cancellationToken)
    {
        if (!IsPossible(username))
        {
            return null;
        }

        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            ByName, new { tenantId, Key = KeyOf(username) }, cancellationToken: cancellationToken)))?.ToLogin();
    }

    /// <summary>All of a tenant with what their passwords are compared with; those who logged in last come first.</summary>
    public async Task<IReadOnlyList<KeptLogin>> ListLoginsAsync(long tenantId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM administrators WHERE tenant_id = @tenantId ORDER BY COALESCE(last_login_at, 0) DESC, administrator_id",
            new { tenantId },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToLogin())];
    }

    /// <summary>A tenant's administrators by name.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="after">The <see cref="KeyOf">key</see> of the last one seen; null: from the first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<Administrator>> ListAsync(long tenantId, string? after, int limit, CancellationToken cancellationToken) =>
        ListAsync("AND username_key > @after ORDER BY username_key LIMIT @limit", new { tenantId, after = after ?? "", limit }, cancellationToken);

    /// <summary>A tenant's administrators by name, from row <paramref name="start"/> on: as /apiv2 lists them.</summary>
    public Task<IReadOnlyList<Administrator>> ListAsync(long tenantId, int start, int limit, CancellationToken cancellationToken) =>
        ListAsync("ORDER BY username_key LIMIT @limit OFFSET @start", new { tenantId, limit, start }, cancellationToken);

    /// <summary>Where a tenant's administrators get e-mail who are told of devices, in a transaction under way.</summary>
    public static async Task<IReadOnlyList<string>> ListMonitorAddressesAsync(UnitOfWork unit, long tenantId, int limit) =>
        (await unit.Connection.QueryAsync<string>(
            "SELECT DISTINCT email FROM administrators WHERE tenant_id = @tenantId AND monitor <> 0 AND email <> '' ORDER BY email LIMIT @limit",
            new { tenantId, limit },
            unit.Transaction)).AsList();

    /// <summary>What names are compared and listed by.</summary>
    public static string KeyOf(string username) => FoldedName.Fold(username.Trim());

    /// <summary>The administrator of that name in a transaction under way; null: there is none.</summary>
    public static async Task<Administrator?> GetAsync(UnitOfWork unit, long tenantId, string username) =>
        !IsPossible(username) ? null : (await unit.Connection.QuerySingleOrDefaultAsync<Row>(
            ByName, new { tenantId, Key = KeyOf(username) }, unit.Transaction))?.ToLogin().Administrator;

    /// <summary>Adds one in a transaction that is under way; false: the tenant has one of that name.</summary>
    public async Task<bool> InsertAsync(UnitOfWork unit, Administrator administrator, string loginHash) =>
        await unit.Connection.ExecuteAsync(
            """
            INSERT INTO administrators (tenant_id, administrator_id, username, username_key, login_hash, role, fullname, email, monitor, must_change, created_at)
            VALUES (@TenantId, @AdministratorId, @Username, @UsernameKey, @loginHash, @Role, @FullName, @Email, @Monitor, @MustChange, @CreatedAt)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                administrator.TenantId,
                administrator.AdministratorId,
                administrator.Username,
                UsernameKey = KeyOf(administrator.Username),
                loginHash,
                administrator.Role,
                administrator.FullName,
                administrator.Email,
                Monitor = administrator.Monitor ? 1 : 0,
                MustChange = administrator.MustChange ? 1 : 0,
                CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            unit.Transaction) > 0;

    /// <summary>Keeps what may change of one, the password apart, in a transaction that is under way.</summary>
    public static Task UpdateAsync(UnitOfWork unit, Administrator administrator) =>
        unit.Connection.ExecuteAsync(
            """
            UPDATE administrators SET role = @Role, fullname = @FullName, email = @Email, monitor = @Monitor, must_change = @MustChange,
                                      version = version + 1
            WHERE tenant_id = @TenantId AND administrator_id = @AdministratorId
            """,
            new
            {
                administrator.TenantId,
                administrator.AdministratorId,
                administrator.Role,
                administrator.FullName,
                administrator.Email,
                Monitor = administrator.Monitor ? 1 : 0,
                MustChange = administrator.MustChange ? 1 : 0,
            },
            unit.Transaction);

    /// <summary>
    /// Gives one another password in a transaction that is under way, with the name spelt as in its hash, and ends their tokens; false: there is
    /// none of that name.
    /// </summary>
    public static async Task<bool> UpdateLoginAsync(UnitOfWork unit, long tenantId, string username, string loginHash, bool mustChange)
    {
        if (await GetAsync(unit, tenantId, username) is not { } administrator)
        {
            return false;
        }

        _ = await unit.Connection.ExecuteAsync(
            """
            UPDATE administrators SET username = @username, login_hash = @loginHash, must_change = @MustChange, version = version + 1
            WHERE tenant_id = @tenantId AND administrator_id = @AdministratorId
            """,
            new { username, loginHash, MustChange = mustChange ? 1 : 0, tenantId, administrator.AdministratorId },
            unit.Transaction);
        await ApiTokenStore.RevokeAllAsync(unit, tenantId, administrator.AdministratorId);
        return true;
    }

    /// <summary>Deletes one with their tokens, in a transaction that is under way.</summary>
    public static async Task DeleteAsync(UnitOfWork unit, long tenantId, long administratorId)
    {
        await ApiTokenStore.RevokeAllAsync(unit, tenantId, administratorId);
        _ = await unit.Connection.ExecuteAsync(
            "DELETE FROM administrators WHERE tenant_id = @tenantId AND administrator_id = @administratorId",
            new { tenantId, administratorId },
            unit.Transaction);
    }

    /// <summary>Whether there is another one in the role administrator; under <see cref="TenantStore.LockAsync"/> it holds until the transaction ends.</summary>
    public static async Task<bool> IsAnotherAdministratorAsync(UnitOfWork unit, long tenantId, long administratorId) =>
        await unit.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM administrators WHERE tenant_id = @tenantId AND administrator_id <> @administratorId AND role = @Role",
            new { tenantId, administratorId, Role = AdministratorRole.Administrator },
            unit.Transaction) > 0;

    // Others are known to be missing; a database would refuse some of them.
    private static bool IsPossible(string username) => TextFault.FindInName(username.Trim(), AdministratorValidator.MostNameOctets) is null;

    private async Task<IReadOnlyList<Administrator>> ListAsync(string rest, object parameters, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM administrators WHERE tenant_id = @tenantId {rest}", parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToLogin().Administrator)];
    }

    internal sealed class Row
    {
        public long TenantId { get; set; }

        public long AdministratorId { get; set; }

        public string Username { get; set; } = "";

        public string LoginHash { get; set; } = "";

        public string Role { get; set; } = "";

        public string FullName { get; set; } = "";

        public string Email { get; set; } = "";

        public int Monitor { get; set; }

        public int MustChange { get; set; }

        public long? LastLoginAt { get; set; }

        public long Version { get; set; }

        public KeptLogin ToLogin() => new(
            new Administrator
            {
                TenantId = TenantId,
                AdministratorId = AdministratorId,
                Username = Username,
                Role = Role,
                FullName = FullName,
                Email = Email,
                Monitor = Monitor != 0,
                MustChange = MustChange != 0,
                LastLoginAt = LastLoginAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                Version = Version,
            },
            LoginHash);
    }
}

/// <summary>An administrator, and the hash that their password is compared with.</summary>
internal sealed record KeptLogin(Administrator Administrator, string LoginHash)
{
    /// <summary>Without the hash.</summary>
    public override string ToString() => Administrator.Username;
}
