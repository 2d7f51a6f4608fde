using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices.Events;

/// <summary>The tenants' webhooks in the database.</summary>
internal sealed class WebhookStore(Database database, SecretBox secrets)
{
    private const string Purpose = "device.webhook";
    private const string Columns = "tenant_id AS TenantId, url AS Url, active AS Active, version AS Version";

    /// <summary>Null: the tenant has none.</summary>
    public async Task<Webhook?> GetAsync(long tenantId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"SELECT {Columns} FROM device_webhooks WHERE tenant_id = @tenantId", new { tenantId }, cancellationToken: cancellationToken)))?.ToWebhook();
    }

    /// <summary>As it is in a transaction under way.</summary>
    public static async Task<Webhook?> GetAsync(UnitOfWork unit, long tenantId) => (await unit.Connection.QuerySingleOrDefaultAsync<Row>(
        $"SELECT {Columns} FROM device_webhooks WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction))?.ToWebhook();

    public static async Task<bool> IsActiveAsync(UnitOfWork unit, long tenantId) => await unit.Connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM device_webhooks WHERE tenant_id = @tenantId AND active <> 0", new { tenantId }, unit.Transaction) > 0;

    /// <summary>What requests are signed with; null: there is none, or it cannot be read with this installation's key.</summary>
    public async Task<byte[]?> GetSecretAsync(long tenantId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        byte[]? box = await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "SELECT secret FROM device_webhooks WHERE tenant_id = @tenantId", new { tenantId }, cancellationToken: cancellationToken));
        return box is not null && secrets.TryUnprotect(box, Purpose, out byte[] secret) ? secret : null;
    }

    /// <summary>Makes or changes it; a secret that is null stays as it is, and must be given where there is none yet.</summary>
    public Task SaveAsync(UnitOfWork unit, Webhook webhook, string? secret) => unit.Connection.ExecuteAsync(
        secret is null
            ? "UPDATE device_webhooks SET url = @Url, active = @Active, version = version + 1 WHERE tenant_id = @TenantId"
            : """
              INSERT INTO device_webhooks (tenant_id, url, secret, active) VALUES (@TenantId, @Url, @Secret, @Active)
              ON CONFLICT (tenant_id) DO UPDATE SET url = excluded.url, secret = excluded.secret, active = excluded.active, version = device_webhooks.version + 1
              """,
        new
        {
            webhook.TenantId,
            webhook.Url,
            Active = (short)(webhook.Active ? 1 : 0),
            Secret = secret is null ? null : secrets.Protect(Encoding.UTF8.GetBytes(secret), Purpose),
        },
        unit.Transaction);

    /// <summary>Deletes it, and what was still to be sent to it; false: there is none.</summary>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, long tenantId)
    {
        _ = await unit.Connection.ExecuteAsync(
            "DELETE FROM device_notices WHERE tenant_id = @tenantId AND channel = @Channel", new { tenantId, Channel = (short)NoticeChannel.Webhook }, unit.Transaction);
        return await unit.Connection.ExecuteAsync("DELETE FROM device_webhooks WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction) > 0;
    }

    private sealed class Row
    {
        public long TenantId { get; set; }

        public string Url { get; set; } = "";

        public int Active { get; set; }

        public long Version { get; set; }

        public Webhook ToWebhook() => new() { TenantId = TenantId, Url = Url, Active = Active != 0, Version = Version };
    }
}
