using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>The tenants in the database.</summary>
internal sealed class TenantStore(Database database, CommitQueue commits, SecretBox secrets, TimeProvider time)
{
    private const string ApiKeyPurpose = "tenant.api-key";

    /// <summary>All tenants.</summary>
    /// <exception cref="InvalidDataException">A row cannot be understood; the message names the tenant and the column.</exception>
    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            SELECT tenant_id AS TenantId, cloud_id AS CloudId, name AS Name, active AS Active, time_zone AS TimeZone,
                   api_enabled AS ApiEnabled, permissions AS Permissions, policy AS Policy
            FROM tenants ORDER BY tenant_id
            """,
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToTenant())];
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("SELECT COUNT(*) FROM tenants", cancellationToken: cancellationToken)) > 0;
    }

    /// <summary>Adds a tenant in a transaction that is under way; false: there is one with that number or cloud id.</summary>
    public async Task<bool> InsertAsync(UnitOfWork unit, Tenant tenant, string? apiKey)
    {
        int inserted = await unit.Connection.ExecuteAsync(
            """
            INSERT INTO tenants (tenant_id, cloud_id, cloud_id_key, name, active, time_zone, api_enabled, api_key, permissions, policy, created_at)
            VALUES (@TenantId, @CloudId, @CloudIdKey, @Name, @Active, @TimeZone, @ApiEnabled, @ApiKey, @Permissions, @Policy, @CreatedAt)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                tenant.TenantId,
                tenant.CloudId,
                CloudIdKey = FoldedName.Fold(tenant.CloudId),
                tenant.Name,
                Active = tenant.Active ? 1 : 0,
                TimeZone = tenant.TimeZone.Id,
                ApiEnabled = tenant.ApiEnabled ? 1 : 0,
                ApiKey = Protect(apiKey),
                Permissions = ToJson(tenant.Permissions),
                Policy = tenant.Policy.ToJson(),
                CreatedAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            unit.Transaction);
        if (inserted == 0)
        {
            return false;
        }

        unit.Announce(new Change(ChangeKind.Tenant, tenant.TenantId, tenant.TenantId));
        return true;
    }

    /// <summary>Keeps another policy; false: no such tenant.</summary>
    public Task<bool> UpdatePolicyAsync(long tenantId, TenantPolicy policy, CancellationToken cancellationToken) =>
        commits.EnqueueAsync(
            async unit =>
            {
                int updated = await unit.Connection.ExecuteAsync(
                    "UPDATE tenants SET policy = @Policy WHERE tenant_id = @tenantId",
                    new { Policy = policy.ToJson(), tenantId },
                    unit.Transaction);
                unit.Announce(new Change(ChangeKind.Tenant, tenantId, tenantId));
                return updated > 0;
            },
            cancellationToken);

    /// <summary>Sets the API's key and switches in a transaction that is under way.</summary>
    public async Task SetApiAccessAsync(UnitOfWork unit, long tenantId, bool enabled, string apiKey, ApiPermissions permissions)
    {
        _ = await unit.Connection.ExecuteAsync(
            """
            UPDATE tenants SET api_enabled = @Enabled, api_key = @ApiKey, permissions = @Permissions WHERE tenant_id = @tenantId
            """,
            new { Enabled = enabled ? 1 : 0, ApiKey = Protect(apiKey), Permissions = ToJson(permissions), tenantId },
            unit.Transaction);
        unit.Announce(new Change(ChangeKind.Tenant, tenantId, tenantId));
    }

    /// <summary>The tenant's API key; null: it has none, or it cannot be decrypted.</summary>
    public async Task<string?> ReadApiKeyAsync(long tenantId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        byte[]? box = await connection.ExecuteScalarAsync<byte[]?>(new CommandDefinition(
            "SELECT api_key FROM tenants WHERE tenant_id = @tenantId", new { tenantId }, cancellationToken: cancellationToken));
        return box is not null && secrets.TryUnprotect(box, ApiKeyPurpose, out byte[] key) ? Encoding.UTF8.GetString(key) : null;
    }

    private byte[]? Protect(string? apiKey) => apiKey is null ? null : secrets.Protect(Encoding.UTF8.GetBytes(apiKey), ApiKeyPurpose);

    private static string ToJson(ApiPermissions permissions) => JsonSerializer.Serialize(
        Enum.GetValues<ApiPermissions>().Where(one => int.IsPow2((int)one) && permissions.HasFlag(one)).Select(one => one.ToString()),
        TenantJson.Options);

    private sealed class Row
    {
        public long TenantId { get; set; }

        public string CloudId { get; set; } = "";

        public string Name { get; set; } = "";

        public int Active { get; set; }

        public string TimeZone { get; set; } = "";

        public int ApiEnabled { get; set; }

        public string Permissions { get; set; } = "";

        public string Policy { get; set; } = "";

        public Tenant ToTenant() => new()
        {
            TenantId = TenantId,
            CloudId = CloudId,
            Name = Name,
            Active = Active != 0,
            TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out TimeZoneInfo? zone)
                ? zone
                : throw new InvalidDataException($"Tenant '{CloudId}': time_zone '{TimeZone}' is not known to this system; an IANA name such as Asia/Kuala_Lumpur is."),
            Policy = Read("policy", Policy, TenantPolicy.FromJson),
            ApiEnabled = ApiEnabled != 0,
            Permissions = Read("permissions", Permissions, ReadPermissions),
        };

        private T Read<T>(string column, string json, Func<string, T> read)
        {
            try
            {
                return read(json);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"Tenant '{CloudId}': {column} is not the JSON it should be ({e.Path}, line {e.LineNumber + 1}).", e);
            }
        }

        // A name that another version wrote is no permission of this one.
        private static ApiPermissions ReadPermissions(string json) =>
            (JsonSerializer.Deserialize<string[]>(json, TenantJson.Options) ?? [])
            .Aggregate(
                ApiPermissions.None,
                (all, name) => Enum.TryParse(name, ignoreCase: true, out ApiPermissions one) ? all | one : all);
    }
}
