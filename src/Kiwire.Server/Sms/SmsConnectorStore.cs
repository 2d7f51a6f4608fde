using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The connectors in the database.</summary>
internal sealed class SmsConnectorStore(Database database, SecretBox secrets)
{
    private const string Purpose = "sms.connector";

    private const string Select =
        """
        SELECT tenant_id AS TenantId, connector_id AS ConnectorId, name AS Name, provider AS Provider, active AS Active, settings AS Settings,
               secrets AS Secrets, version AS Version
        FROM sms_connectors
        """;

    /// <summary>A tenant's connectors by name, from behind a name on.</summary>
    public async Task<IReadOnlyList<SmsConnector>> ListAsync(long tenantId, string afterKey, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND name_key {database.Dialect.Binary} > @afterKey ORDER BY name_key {database.Dialect.Binary} LIMIT @limit",
            new { tenantId, afterKey, limit },
            cancellationToken: cancellationToken))).Select(ToConnector)];
    }

    public async Task<SmsConnector?> FindAsync(long tenantId, string name, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND name_key = @Key",
            new { tenantId, Key = FoldedName.Fold(name.Trim()) },
            cancellationToken: cancellationToken));
        return row is null ? null : ToConnector(row);
    }

    public async Task<SmsConnector?> GetAsync(long tenantId, long connectorId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        Row? row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND connector_id = @connectorId", new { tenantId, connectorId }, cancellationToken: cancellationToken));
        return row is null ? null : ToConnector(row);
    }

    /// <summary>As it is in a transaction under way.</summary>
    public async Task<SmsConnector?> GetAsync(UnitOfWork unit, long tenantId, long connectorId)
    {
        Row? row = await unit.Connection.QuerySingleOrDefaultAsync<Row>(
            $"{Select} WHERE tenant_id = @tenantId AND connector_id = @connectorId", new { tenantId, connectorId }, unit.Transaction);
        return row is null ? null : ToConnector(row);
    }

    /// <summary>Whether another connector of the tenant has that name, in a transaction under way.</summary>
    public static async Task<bool> IsNameTakenAsync(UnitOfWork unit, SmsConnector connector) =>
        await unit.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM sms_connectors WHERE tenant_id = @TenantId AND name_key = @Key AND connector_id <> @ConnectorId",
            new { connector.TenantId, Key = FoldedName.Fold(connector.Name), connector.ConnectorId },
            unit.Transaction) > 0;

    /// <summary>False: the tenant has one of that name.</summary>
    public async Task<bool> InsertAsync(UnitOfWork unit, SmsConnector connector, long createdAt) =>
        await unit.Connection.ExecuteAsync(
            """
            INSERT INTO sms_connectors (tenant_id, connector_id, name, name_key, provider, active, settings, secrets, created_at)
            VALUES (@TenantId, @ConnectorId, @Name, @NameKey, @Provider, @Active, @Settings, @Secrets, @createdAt)
            ON CONFLICT DO NOTHING
            """,
            Parameters(connector, createdAt),
            unit.Transaction) > 0;

    public Task UpdateAsync(UnitOfWork unit, SmsConnector connector) =>
        unit.Connection.ExecuteAsync(
            """
            UPDATE sms_connectors SET name = @Name, name_key = @NameKey, active = @Active, settings = @Settings, secrets = @Secrets, version = version + 1
            WHERE tenant_id = @TenantId AND connector_id = @ConnectorId
            """,
            Parameters(connector, createdAt: 0),
            unit.Transaction);

    public static async Task DeleteAsync(UnitOfWork unit, long tenantId, long connectorId)
    {
        _ = await DeleteLogoAsync(unit, tenantId, connectorId);
        _ = await unit.Connection.ExecuteAsync(
            "DELETE FROM sms_connectors WHERE tenant_id = @tenantId AND connector_id = @connectorId", new { tenantId, connectorId }, unit.Transaction);
    }

    /// <summary>Its picture; null: it has none.</summary>
    public async Task<SmsLogo?> FindLogoAsync(long tenantId, long connectorId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SmsLogo>(new CommandDefinition(
            "SELECT media_type AS MediaType, picture AS Picture FROM sms_logos WHERE tenant_id = @tenantId AND connector_id = @connectorId",
            new { tenantId, connectorId },
            cancellationToken: cancellationToken));
    }

    public static async Task SaveLogoAsync(UnitOfWork unit, long tenantId, long connectorId, SmsLogo logo)
    {
        _ = await unit.Connection.ExecuteAsync(
            """
            INSERT INTO sms_logos (tenant_id, connector_id, media_type, picture) VALUES (@tenantId, @connectorId, @MediaType, @Picture)
            ON CONFLICT (tenant_id, connector_id) DO UPDATE SET media_type = excluded.media_type, picture = excluded.picture
            """,
            new { tenantId, connectorId, logo.MediaType, logo.Picture },
            unit.Transaction);
        await BumpAsync(unit, tenantId, connectorId);
    }

    /// <summary>False: it had none.</summary>
    public static async Task<bool> DeleteLogoAsync(UnitOfWork unit, long tenantId, long connectorId)
    {
        bool had = await unit.Connection.ExecuteAsync(
            "DELETE FROM sms_logos WHERE tenant_id = @tenantId AND connector_id = @connectorId", new { tenantId, connectorId }, unit.Transaction) > 0;
        await BumpAsync(unit, tenantId, connectorId);
        return had;
    }

    private static Task<int> BumpAsync(UnitOfWork unit, long tenantId, long connectorId) =>
        unit.Connection.ExecuteAsync(
            "UPDATE sms_connectors SET version = version + 1 WHERE tenant_id = @tenantId AND connector_id = @connectorId",
            new { tenantId, connectorId },
            unit.Transaction);

    private object Parameters(SmsConnector connector, long createdAt) => new
    {
        connector.TenantId,
        connector.ConnectorId,
        connector.Name,
        NameKey = FoldedName.Fold(connector.Name),
        Provider = connector.Provider.ToString(),
        Active = connector.Active ? 1 : 0,
        Settings = connector.Settings.ToJson(),
        Secrets = secrets.Protect(connector.Secrets.ToJson(), Purpose),
        createdAt,
    };

    private SmsConnector ToConnector(Row row) => new()
    {
        TenantId = row.TenantId,
        ConnectorId = row.ConnectorId,
        Name = row.Name,
        Provider = Enum.Parse<SmsProvider>(row.Provider),
        Active = row.Active != 0,
        Settings = SmsConnectorSettings.FromJson(row.Settings),
        // Written under another data key, they are as good as not set.
        Secrets = secrets.TryUnprotect(row.Secrets, Purpose, out byte[] json) ? SmsSecrets.FromJson(json) : SmsSecrets.None,
        Version = row.Version,
    };

    private sealed class Row
    {
        public long TenantId { get; set; }

        public long ConnectorId { get; set; }

        public string Name { get; set; } = "";

        public string Provider { get; set; } = "";

        public int Active { get; set; }

        public string Settings { get; set; } = "";

        public byte[] Secrets { get; set; } = [];

        public long Version { get; set; }
    }
}
