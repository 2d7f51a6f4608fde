using System.Data.Common;
using Dapper;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>
/// The grants in the database, which all servers share: what is given here is known to the others within a second, and is used once,
/// wherever the device turns up.
/// </summary>
internal sealed class GrantStore(Database database, CommitQueue commits, IdSource ids, GrantTable table, TimeProvider time)
{
    private const string Columns =
        "tenant_id AS TenantId, grant_id AS GrantId, nas_id AS NasId, mac AS Mac, account_id AS AccountId, expires_at AS ExpiresAt";

    /// <summary>Has a device let in once from a NAS as an account, in the place of what it was granted there before.</summary>
    /// <returns>The grant; null: as many wait as may.</returns>
    public async Task<Grant?> GiveAsync(long tenantId, long nasId, MacAddress device, long accountId, CancellationToken cancellationToken)
    {
        long now = Now;
        table.Sweep(now);
        if (table.Count >= GrantTable.Capacity)
        {
            return null;
        }

        Grant grant = new()
        {
            TenantId = tenantId,
            GrantId = ids.Next(),
            NasId = nasId,
            Device = device,
            AccountId = accountId,
            ExpiresAt = now + (long)Grant.Lifetime.TotalMilliseconds,
        };
        await commits.EnqueueAsync(unit => InsertAsync(unit, grant), cancellationToken);
        return table.TryAdd(grant) ? grant : null;
    }

    /// <summary>Uses a grant up; false: somebody else has, on this server or another, or it has expired.</summary>
    /// <exception cref="DbException">The database is away; the grant may still wait.</exception>
    public async Task<bool> TryConsumeAsync(Grant grant, CancellationToken cancellationToken)
    {
        bool consumed = await commits.EnqueueAsync(
            async unit =>
            {
                int deleted = await unit.Connection.ExecuteAsync(
                    "DELETE FROM grants WHERE tenant_id = @TenantId AND grant_id = @GrantId AND expires_at > @Now",
                    new { grant.TenantId, grant.GrantId, Now },
                    unit.Transaction);
                if (deleted > 0)
                {
                    unit.Announce(new Change(ChangeKind.Grant, grant.TenantId, grant.GrantId));
                }

                return deleted > 0;
            },
            cancellationToken);
        table.Remove(grant.GrantId);
        return consumed;
    }

    /// <summary>The grants that wait, of all tenants; as many as memory holds.</summary>
    public async Task<IReadOnlyList<Grant>> ListAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM grants WHERE expires_at > @Now ORDER BY expires_at LIMIT {GrantTable.Capacity}",
            new { Now },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToGrant())];
    }

    /// <summary>One that waits; null: it is used, replaced or expired.</summary>
    public async Task<Grant?> FindAsync(long tenantId, long grantId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM grants WHERE tenant_id = @tenantId AND grant_id = @grantId AND expires_at > @Now",
            new { tenantId, grantId, Now },
            cancellationToken: cancellationToken));
        return row?.ToGrant();
    }

    /// <summary>Deletes what has expired.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => commits.EnqueueAsync(
        unit => unit.Connection.ExecuteAsync("DELETE FROM grants WHERE expires_at <= @Now", new { Now }, unit.Transaction), cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static async Task InsertAsync(UnitOfWork unit, Grant grant)
    {
        long? replaced = await unit.Connection.ExecuteScalarAsync<long?>(
            "DELETE FROM grants WHERE tenant_id = @TenantId AND nas_id = @NasId AND mac = @Mac RETURNING grant_id",
            new { grant.TenantId, grant.NasId, Mac = grant.Device.ToString() },
            unit.Transaction);
        _ = await unit.Connection.ExecuteAsync(
            """
            INSERT INTO grants (tenant_id, grant_id, nas_id, mac, account_id, expires_at)
            VALUES (@TenantId, @GrantId, @NasId, @Mac, @AccountId, @ExpiresAt)
            """,
            new { grant.TenantId, grant.GrantId, grant.NasId, Mac = grant.Device.ToString(), grant.AccountId, grant.ExpiresAt },
            unit.Transaction);
        if (replaced is { } before)
        {
            unit.Announce(new Change(ChangeKind.Grant, grant.TenantId, before));
        }

        unit.Announce(new Change(ChangeKind.Grant, grant.TenantId, grant.GrantId));
        await unit.AuditAsync(
            grant.TenantId, "let-in", "client-device", grant.Device.ToString(), new AuditChanges().Set("accountId", grant.AccountId).Set("nasId", grant.NasId));
    }

    private sealed class Row
    {
        public long TenantId { get; set; }

        public long GrantId { get; set; }

        public long NasId { get; set; }

        public string Mac { get; set; } = "";

        public long AccountId { get; set; }

        public long ExpiresAt { get; set; }

        public Grant ToGrant() => new()
        {
            TenantId = TenantId,
            GrantId = GrantId,
            NasId = NasId,
            Device = MacAddress.TryParse(Mac, out MacAddress device) ? device : default,
            AccountId = AccountId,
            ExpiresAt = ExpiresAt,
        };
    }
}
