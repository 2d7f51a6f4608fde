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
        fullname AS FullName, email AS Email, monitor AS Monitor, must_change AS MustChange, version AS Version
        """;

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
                UsernameKey = FoldedName.Fold(administrator.Username),
                loginHash,
                administrator.Role,
                administrator.FullName,
                administrator.Email,
                Monitor = administrator.Monitor ? 1 : 0,
                MustChange = administrator.MustChange ? 1 : 0,
                CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            unit.Transaction) > 0;

    /// <summary>Gives one another password in a transaction that is under way; false: there is none of that name.</summary>
    public static async Task<bool> UpdateLoginAsync(UnitOfWork unit, long tenantId, string username, string loginHash) =>
        await unit.Connection.ExecuteAsync(
            "UPDATE administrators SET login_hash = @loginHash WHERE tenant_id = @tenantId AND username_key = @UsernameKey",
            new { loginHash, tenantId, UsernameKey = FoldedName.Fold(username) },
            unit.Transaction) > 0;

    /// <summary>The administrator of the tenant whose login code this is; null: nobody's. Costs one slow hash for each there is.</summary>
    public async Task<Administrator?> FindByLoginCodeAsync(long tenantId, string loginCode, CancellationToken cancellationToken)
    {
        if (loginCode.Length != LoginCode.Length)
        {
            return null;
        }

        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM administrators WHERE tenant_id = @tenantId ORDER BY administrator_id",
            new { tenantId },
            cancellationToken: cancellationToken));
        return rows.FirstOrDefault(row => LoginHash.Verify(row.LoginHash, loginCode))?.ToAdministrator();
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

        public long Version { get; set; }

        public Administrator ToAdministrator() => new()
        {
            TenantId = TenantId,
            AdministratorId = AdministratorId,
            Username = Username,
            Role = Role,
            FullName = FullName,
            Email = Email,
            Monitor = Monitor != 0,
            MustChange = MustChange != 0,
            Version = Version,
        };
    }
}
