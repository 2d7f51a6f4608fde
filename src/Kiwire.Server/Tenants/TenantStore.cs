using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>The tenants in the database.</summary>
internal sealed class TenantStore(Database database, SecretBox secrets, TimeProvider time)
{
    private const string ApiKeyPurpose = "tenant.api-key";
    private const int ApiKeyOctets = 16;

    private const string Select =
        """
        SELECT tenant_id AS TenantId, cloud_id AS CloudId, name AS Name, active AS Active, time_zone AS TimeZone, api_enabled AS ApiEnabled,
               permissions AS Permissions, policy AS Policy, api_key_previous_until AS PreviousUntil, version AS Version
        FROM tenants
        """;

    /// <summary>A new API key: 128 bits.</summary>
    public static string GenerateApiKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ApiKeyOctets));

    /// <summary>All tenants.</summary>
    /// <exception cref="InvalidDataException">A row cannot be understood; the message names the tenant and the column.</exception>
    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        IEnumerable<Row> rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} ORDER BY tenant_id", cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToTenant())];
    }

    /// <summary>One tenant in a transaction under way; null: there is none.</summary>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public static async Task<Tenant?> GetAsync(UnitOfWork unit, long tenantId) =>
        (await unit.Connection.QuerySingleOrDefaultAsync<Row>($"{Select} WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction))?.ToTenant();

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(
            new CommandDefinition("SELECT COUNT(*) FROM tenants", cancellationToken: cancellationToken)) > 0;
    }

    /// <summary>
    /// Makes other servers' changes to the tenant and its administrators wait until this transaction ends, so that what is read in it stays so: the
    /// tenant's row is written as the lock that they share.
    /// </summary>
    public static Task LockAsync(UnitOfWork unit, long tenantId) =>
        unit.Connection.ExecuteAsync("UPDATE tenants SET version = version WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction);

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

    /// <summary>Keeps what may change of a tenant, in a transaction that is under way.</summary>
    public static async Task UpdateAsync(UnitOfWork unit, Tenant tenant)
    {
        _ = await unit.Connection.ExecuteAsync(
            """
            UPDATE tenants SET name = @Name, active = @Active, time_zone = @TimeZone, api_enabled = @ApiEnabled, permissions = @Permissions,
                               policy = @Policy, version = version + 1
            WHERE tenant_id = @TenantId
            """,
            new
            {
                tenant.TenantId,
                tenant.Name,
                Active = tenant.Active ? 1 : 0,
                TimeZone = tenant.TimeZone.Id,
                ApiEnabled = tenant.ApiEnabled ? 1 : 0,
                Permissions = ToJson(tenant.Permissions),
                Policy = tenant.Policy.ToJson(),
            },
            unit.Transaction);
        unit.Announce(new Change(ChangeKind.Tenant, tenant.TenantId, tenant.TenantId));
    }

    /// <summary>Puts another API key in the place of a tenant's, in a transaction that is under way; the old one is valid too until then.</summary>
    public async Task ReplaceApiKeyAsync(UnitOfWork unit, long tenantId, string apiKey, DateTimeOffset? oldUntil)
    {
        // Of the right-hand sides, SQL takes the values from before.
        _ = await unit.Connection.ExecuteAsync(
            """
            UPDATE tenants SET api_key = @ApiKey, api_key_previous = CASE WHEN @Until IS NULL THEN NULL ELSE api_key END,
                               api_key_previous_until = @Until, version = version + 1
            WHERE tenant_id = @tenantId
            """,
            new { ApiKey = Protect(apiKey), Until = oldUntil?.ToUnixTimeMilliseconds(), tenantId },
            unit.Transaction);
        unit.Announce(new Change(ChangeKind.Tenant, tenantId, tenantId));
    }

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

    /// <summary>
    /// The API keys that are valid for the tenant now: the present one, and the one before for as long as that was granted. To be compared with in
    /// constant time. Empty: it has none, or they cannot be decrypted.
    /// </summary>
    public async Task<IReadOnlyList<string>> ReadApiKeysAsync(long tenantId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        KeyRow? row = await connection.QuerySingleOrDefaultAsync<KeyRow>(new CommandDefinition(
            """
            SELECT api_key AS Present, CASE WHEN api_key_previous_until > @Now THEN api_key_previous END AS Previous
            FROM tenants WHERE tenant_id = @tenantId
            """,
            new { tenantId, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            cancellationToken: cancellationToken));
        List<string> keys = [];
        foreach (byte[]? box in (byte[]?[])[row?.Present, row?.Previous])
        {
            if (box is not null && secrets.TryUnprotect(box, ApiKeyPurpose, out byte[] key))
            {
                keys.Add(Encoding.UTF8.GetString(key));
            }
        }

        return keys;
    }

    private byte[]? Protect(string? apiKey) => apiKey is null ? null : secrets.Protect(Encoding.UTF8.GetBytes(apiKey), ApiKeyPurpose);

    private static string ToJson(ApiPermissions permissions) => JsonSerializer.Serialize(ApiPermissionNames.Of(permissions), TenantJson.Options);

    private sealed class KeyRow
    {
        public byte[]? Present { get; set; }

        public byte[]? Previous { get; set; }
    }

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

        public long? PreviousUntil { get; set; }

        public long Version { get; set; }

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
            PreviousApiKeyUntil = PreviousUntil is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
            Version = Version,
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
                (all, name) => ApiPermissionNames.TryRead(name, out ApiPermissions one) ? all | one : all);
    }
}
