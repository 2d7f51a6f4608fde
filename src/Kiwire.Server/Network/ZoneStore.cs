using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>The zones in the database.</summary>
internal sealed class ZoneStore(Database database)
{
    private const string Select =
        """
        SELECT z.tenant_id AS TenantId, z.zone_id AS ZoneId, z.name AS Name, z.version AS Version, COALESCE(m.kind, -1) AS Kind,
               COALESCE(m.value, '') AS Value
        FROM zones z LEFT JOIN zone_members m ON m.tenant_id = z.tenant_id AND m.zone_id = z.zone_id
        """;

    /// <summary>Every tenant's zones, by name.</summary>
    public async Task<IReadOnlyList<Zone>> ListAllAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return Group(await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} ORDER BY z.tenant_id, z.name_key, m.kind, m.value", cancellationToken: cancellationToken)));
    }

    /// <summary>
    /// Makes other servers' changes to the zone wait until this transaction ends, so that what is read in it stays so.
    /// </summary>
    public static Task LockAsync(UnitOfWork unit, long tenantId, long zoneId) =>
        unit.Connection.ExecuteAsync(
            "UPDATE zones SET version = version WHERE tenant_id = @tenantId AND zone_id = @zoneId", new { tenantId, zoneId }, unit.Transaction);

    /// <summary>One zone, in a transaction under way; null: there is none.</summary>
    public static async Task<Zone?> GetAsync(UnitOfWork unit, long tenantId, long zoneId) =>
        Group(await unit.Connection.QueryAsync<Row>(
            $"{Select} WHERE z.tenant_id = @tenantId AND z.zone_id = @zoneId ORDER BY m.kind, m.value", new { tenantId, zoneId }, unit.Transaction))
        .SingleOrDefault();

    /// <summary>Whether another zone of the tenant than <paramref name="zoneId"/> has that name, in a transaction under way.</summary>
    public static async Task<bool> IsNameTakenAsync(UnitOfWork unit, long tenantId, string name, long zoneId) =>
        await unit.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM zones WHERE tenant_id = @tenantId AND name_key = @Key AND zone_id <> @zoneId",
            new { tenantId, Key = FoldedName.Fold(name), zoneId },
            unit.Transaction) > 0;

    /// <summary>False: the tenant has one of that name.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork unit, Zone zone)
    {
        int inserted = await unit.Connection.ExecuteAsync(
            "INSERT INTO zones (tenant_id, zone_id, name, name_key) VALUES (@TenantId, @ZoneId, @Name, @Key) ON CONFLICT DO NOTHING",
            new { zone.TenantId, zone.ZoneId, zone.Name, Key = FoldedName.Fold(zone.Name) },
            unit.Transaction);
        if (inserted == 0)
        {
            return false;
        }

        _ = await InsertMembersAsync(unit, zone);
        return true;
    }

    /// <summary>False: there is no such zone.</summary>
    public static async Task<bool> UpdateAsync(UnitOfWork unit, Zone zone)
    {
        int updated = await unit.Connection.ExecuteAsync(
            "UPDATE zones SET name = @Name, name_key = @Key, version = version + 1 WHERE tenant_id = @TenantId AND zone_id = @ZoneId",
            new { zone.TenantId, zone.ZoneId, zone.Name, Key = FoldedName.Fold(zone.Name) },
            unit.Transaction);
        if (updated == 0)
        {
            return false;
        }

        _ = await DeleteMembersAsync(unit, zone.TenantId, zone.ZoneId);
        _ = await InsertMembersAsync(unit, zone);
        return true;
    }

    /// <summary>False: there is no such zone.</summary>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, long tenantId, long zoneId)
    {
        _ = await DeleteMembersAsync(unit, tenantId, zoneId);
        return await unit.Connection.ExecuteAsync(
            "DELETE FROM zones WHERE tenant_id = @tenantId AND zone_id = @zoneId", new { tenantId, zoneId }, unit.Transaction) > 0;
    }

    private static Zone[] Group(IEnumerable<Row> rows) =>
    [
        .. rows.GroupBy(row => (row.TenantId, row.ZoneId)).Select(zone => new Zone
        {
            TenantId = zone.Key.TenantId,
            ZoneId = zone.Key.ZoneId,
            Name = zone.First().Name,
            Version = zone.First().Version,
            Members = [.. zone.Where(row => row.Kind >= 0).Select(row => new ZoneMember((ZoneMemberKind)row.Kind, row.Value))],
        }),
    ];

    private static Task<int> DeleteMembersAsync(UnitOfWork unit, long tenantId, long zoneId) =>
        unit.Connection.ExecuteAsync(
            "DELETE FROM zone_members WHERE tenant_id = @tenantId AND zone_id = @zoneId", new { tenantId, zoneId }, unit.Transaction);

    private static Task<int> InsertMembersAsync(UnitOfWork unit, Zone zone) =>
        unit.Connection.ExecuteAsync(
            "INSERT INTO zone_members (tenant_id, zone_id, kind, value) VALUES (@TenantId, @ZoneId, @Kind, @Value) ON CONFLICT DO NOTHING",
            zone.Members.Select(member => new { zone.TenantId, zone.ZoneId, Kind = (int)member.Kind, member.Value }),
            unit.Transaction);

    private sealed class Row
    {
        public long TenantId { get; set; }

        public long ZoneId { get; set; }

        public string Name { get; set; } = "";

        public long Version { get; set; }

        public int Kind { get; set; }

        public string Value { get; set; } = "";
    }
}
