using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Portal;

/// <summary>The portals' settings in the database. A tenant that has changed nothing has no row.</summary>
internal sealed class PortalSettingsStore(Database database)
{
    private const string Select = "SELECT tenant_id AS TenantId, settings AS Settings, version AS Version FROM portal_settings";

    /// <summary>Every tenant's that are not the default.</summary>
    public async Task<IReadOnlyList<PortalSettings>> ListAllAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(Select, cancellationToken: cancellationToken))).Select(row => row.ToSettings())];
    }

    /// <summary>As they are in a transaction under way.</summary>
    public static async Task<PortalSettings> GetAsync(UnitOfWork unit, long tenantId)
    {
        Row? row = await unit.Connection.QuerySingleOrDefaultAsync<Row>($"{Select} WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction);
        return row?.ToSettings() ?? new PortalSettings { TenantId = tenantId };
    }

    /// <summary>Puts settings in the place of the tenant's; their version is one more than the given ones'.</summary>
    public static Task SaveAsync(UnitOfWork unit, PortalSettings settings) =>
        unit.Connection.ExecuteAsync(
            """
            INSERT INTO portal_settings (tenant_id, settings, version) VALUES (@TenantId, @Settings, @Version)
            ON CONFLICT (tenant_id) DO UPDATE SET settings = excluded.settings, version = excluded.version
            """,
            new { settings.TenantId, Settings = settings.ToJson(), Version = settings.Version + 1 },
            unit.Transaction);

    private sealed class Row
    {
        public long TenantId { get; set; }

        public string Settings { get; set; } = "";

        public long Version { get; set; }

        public PortalSettings ToSettings() => PortalSettings.FromJson(Settings) with { TenantId = TenantId, Version = Version };
    }
}
