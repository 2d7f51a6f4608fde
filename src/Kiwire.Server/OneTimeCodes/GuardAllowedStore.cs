using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The allow lists in the database.</summary>
internal sealed class GuardAllowedStore(Database database)
{
    private const string Select =
        """
        SELECT tenant_id AS TenantId, entry_id AS EntryId, kind AS Kind, value AS Value, remark AS Remark, created_at AS CreatedAt, version AS Version
        FROM guard_allowed
        """;

    /// <summary>All of the tenant's entries, in a transaction under way.</summary>
    public static async Task<IReadOnlyList<GuardAllowed>> ListAsync(UnitOfWork unit, long tenantId) =>
        (await unit.Connection.QueryAsync<GuardAllowed>($"{Select} WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction)).AsList();

    /// <summary>In the order in which they were made.</summary>
    public async Task<IReadOnlyList<GuardAllowed>> ListAsync(long tenantId, long after, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<GuardAllowed>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND entry_id > @after ORDER BY entry_id LIMIT @limit",
            new { tenantId, after, limit },
            cancellationToken: cancellationToken))).AsList();
    }

    public async Task<GuardAllowed?> FindAsync(long tenantId, long entryId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<GuardAllowed>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND entry_id = @entryId", new { tenantId, entryId }, cancellationToken: cancellationToken));
    }

    public static Task<GuardAllowed?> GetAsync(UnitOfWork unit, long tenantId, long entryId) =>
        unit.Connection.QuerySingleOrDefaultAsync<GuardAllowed>(
            $"{Select} WHERE tenant_id = @tenantId AND entry_id = @entryId", new { tenantId, entryId }, unit.Transaction);

    public static async Task<long> CountAsync(UnitOfWork unit, long tenantId) => await unit.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM guard_allowed WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction);

    /// <summary>False: the tenant has an entry for the same.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork unit, GuardAllowed entry) => await unit.Connection.ExecuteAsync(
        """
        INSERT INTO guard_allowed (tenant_id, entry_id, kind, value, remark, created_at) VALUES (@TenantId, @EntryId, @Kind, @Value, @Remark, @CreatedAt)
        ON CONFLICT DO NOTHING
        """,
        new { entry.TenantId, entry.EntryId, Kind = (int)entry.Kind, entry.Value, entry.Remark, entry.CreatedAt },
        unit.Transaction) > 0;

    /// <summary>Whether another entry of the tenant is for the same, in a transaction under way.</summary>
    public static async Task<bool> IsTakenAsync(UnitOfWork unit, GuardAllowed entry) => await unit.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM guard_allowed WHERE tenant_id = @TenantId AND kind = @Kind AND value = @Value AND entry_id <> @EntryId",
        new { entry.TenantId, Kind = (int)entry.Kind, entry.Value, entry.EntryId },
        unit.Transaction) > 0;

    public static Task UpdateAsync(UnitOfWork unit, GuardAllowed entry) => unit.Connection.ExecuteAsync(
        """
        UPDATE guard_allowed SET kind = @Kind, value = @Value, remark = @Remark, version = version + 1
        WHERE tenant_id = @TenantId AND entry_id = @EntryId
        """,
        new { entry.TenantId, entry.EntryId, Kind = (int)entry.Kind, entry.Value, entry.Remark },
        unit.Transaction);

    public static Task DeleteAsync(UnitOfWork unit, long tenantId, long entryId) => unit.Connection.ExecuteAsync(
        "DELETE FROM guard_allowed WHERE tenant_id = @tenantId AND entry_id = @entryId", new { tenantId, entryId }, unit.Transaction);
}
