using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices;

/// <summary>Which devices to list, by identity; what is null does not matter.</summary>
internal sealed record DeviceQuery
{
    public required long TenantId { get; init; }

    /// <summary>What identities begin with; case does not count.</summary>
    public string? Prefix { get; init; }

    public string? Type { get; init; }

    /// <summary>Only those behind this folded identity.</summary>
    public string? After { get; init; }

    /// <summary>For /apiv2: so many are passed over.</summary>
    public int Start { get; init; }

    public required int Limit { get; init; }
}

/// <summary>The devices in the database.</summary>
internal sealed class DeviceStore(Database database, SecretBox secrets)
{
    private const string CommunityPurpose = "device.community";
    private const string PasswordPurpose = "device.password";
    private const string AuthenticationPurpose = "device.authentication";
    private const string PrivacyPurpose = "device.privacy";

    private const string Columns =
        """
        tenant_id AS TenantId, device_id AS DeviceId, identity AS Identity, address AS Address, type AS Type, mac AS Mac,
        snmp_version AS SnmpVersion, mib AS Mib, description AS Description, location AS Location, username AS Username,
        created_at AS CreatedAt, version AS Version, authentication_protocol AS AuthenticationProtocol, privacy_protocol AS PrivacyProtocol,
        poll_seconds AS PollSeconds
        """;

    // What rows are split at is never null.
    private const string SecretColumns =
        "1 AS Split, community AS Community, password AS Password, authentication_password AS AuthenticationPassword, privacy_password AS PrivacyPassword";

    /// <summary>By identity.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(DeviceQuery query, CancellationToken cancellationToken)
    {
        StringBuilder sql = new($"SELECT {Columns} FROM devices WHERE tenant_id = @TenantId");
        _ = sql.Append(query.After is null ? "" : " AND identity_key > @After");
        _ = sql.Append(query.Prefix is null ? "" : " AND SUBSTR(identity_key, 1, @PrefixLength) = @Prefix");
        _ = sql.Append(query.Type is null ? "" : " AND LOWER(type) = LOWER(@Type)");
        _ = sql.Append(" ORDER BY identity_key LIMIT @Limit OFFSET @Start");
        string prefix = FoldedName.Fold(query.Prefix ?? "");
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return (await connection.QueryAsync<Device>(new CommandDefinition(
            sql.ToString(),
            new { query.TenantId, query.After, Prefix = prefix, PrefixLength = prefix.EnumerateRunes().Count(), query.Type, query.Limit, query.Start },
            cancellationToken: cancellationToken))).AsList();
    }

    public async Task<Device?> GetAsync(long tenantId, long deviceId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Device>(new CommandDefinition(
            $"SELECT {Columns} FROM devices WHERE tenant_id = @tenantId AND device_id = @deviceId", new { tenantId, deviceId }, cancellationToken: cancellationToken));
    }

    public async Task<Device?> FindAsync(long tenantId, string identity, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Device>(new CommandDefinition(
            $"SELECT {Columns} FROM devices WHERE tenant_id = @tenantId AND identity_key = @Key",
            new { tenantId, Key = FoldedName.Fold(identity.Trim()) },
            cancellationToken: cancellationToken));
    }

    /// <summary>As it is in a transaction under way.</summary>
    public static Task<Device?> GetAsync(UnitOfWork unit, long tenantId, long deviceId) =>
        unit.Connection.QuerySingleOrDefaultAsync<Device?>(
            $"SELECT {Columns} FROM devices WHERE tenant_id = @tenantId AND device_id = @deviceId", new { tenantId, deviceId }, unit.Transaction);

    /// <summary>A device's secrets in a transaction under way.</summary>
    public async Task<DeviceSecrets> GetSecretsAsync(UnitOfWork unit, long tenantId, long deviceId) =>
        (await unit.Connection.QuerySingleOrDefaultAsync<SecretRow>(
            $"SELECT {SecretColumns} FROM devices WHERE tenant_id = @tenantId AND device_id = @deviceId", new { tenantId, deviceId }, unit.Transaction)) is { } row
            ? ToSecrets(row)
            : DeviceSecrets.None;

    /// <summary>All devices of all tenants with their secrets.</summary>
    public async IAsyncEnumerable<(Device Device, DeviceSecrets Secrets)> ReadAccessAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        foreach ((Device device, SecretRow row) in await connection.QueryAsync<Device, SecretRow, (Device, SecretRow)>(
            new CommandDefinition($"SELECT {Columns}, {SecretColumns} FROM devices", cancellationToken: cancellationToken),
            (device, row) => (device, row),
            splitOn: "Split"))
        {
            yield return (device, ToSecrets(row));
        }
    }

    /// <summary>A device with its secrets; null: it is gone.</summary>
    public async Task<(Device Device, DeviceSecrets Secrets)?> FindAccessAsync(long tenantId, long deviceId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        foreach ((Device device, SecretRow row) in await connection.QueryAsync<Device, SecretRow, (Device, SecretRow)>(
            new CommandDefinition(
                $"SELECT {Columns}, {SecretColumns} FROM devices WHERE tenant_id = @tenantId AND device_id = @deviceId", new { tenantId, deviceId }, cancellationToken: cancellationToken),
            (device, row) => (device, row),
            splitOn: "Split"))
        {
            return (device, ToSecrets(row));
        }

        return null;
    }

    /// <summary>Whether another device of the tenant than <paramref name="deviceId"/> has that identity, in a transaction under way.</summary>
    public static async Task<bool> IsIdentityTakenAsync(UnitOfWork unit, long tenantId, string identity, long deviceId) =>
        await unit.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM devices WHERE tenant_id = @tenantId AND identity_key = @Key AND device_id <> @deviceId",
            new { tenantId, Key = FoldedName.Fold(identity), deviceId },
            unit.Transaction) > 0;

    /// <summary>False: the tenant has one of that identity.</summary>
    public async Task<bool> InsertAsync(UnitOfWork unit, Device device, DeviceSettings given) =>
        await unit.Connection.ExecuteAsync(
            """
            INSERT INTO devices (tenant_id, device_id, identity, identity_key, address, type, mac, snmp_version, community, mib, description,
                                 location, username, password, created_at, authentication_protocol, authentication_password, privacy_protocol,
                                 privacy_password, poll_seconds)
            VALUES (@TenantId, @DeviceId, @Identity, @IdentityKey, @Address, @Type, @Mac, @SnmpVersion, @Community, @Mib, @Description,
                    @Location, @Username, @Password, @CreatedAt, @AuthenticationProtocol, @AuthenticationPassword, @PrivacyProtocol,
                    @PrivacyPassword, @PollSeconds)
            ON CONFLICT DO NOTHING
            """,
            Parameters(device, given),
            unit.Transaction) > 0;

    /// <summary>Secrets that are not given stay as they are.</summary>
    /// <returns>False: another server has changed or deleted it since it was read.</returns>
    public async Task<bool> UpdateAsync(UnitOfWork unit, Device device, DeviceSettings given) =>
        await unit.Connection.ExecuteAsync(
            """
            UPDATE devices SET identity = @Identity, identity_key = @IdentityKey, address = @Address, type = @Type, mac = @Mac,
                               snmp_version = @SnmpVersion, community = COALESCE(@Community, community), mib = @Mib,
                               description = @Description, location = @Location, username = @Username,
                               password = COALESCE(@Password, password), authentication_protocol = @AuthenticationProtocol,
                               authentication_password = COALESCE(@AuthenticationPassword, authentication_password),
                               privacy_protocol = @PrivacyProtocol, privacy_password = COALESCE(@PrivacyPassword, privacy_password),
                               poll_seconds = @PollSeconds, version = version + 1
            WHERE tenant_id = @TenantId AND device_id = @DeviceId AND version = @Version
            """,
            Parameters(device, given),
            unit.Transaction) > 0;

    /// <summary>False: another server has changed or deleted it since that version was read.</summary>
    public static async Task<bool> DeleteAsync(UnitOfWork unit, long tenantId, long deviceId, long version) =>
        await unit.Connection.ExecuteAsync(
            "DELETE FROM devices WHERE tenant_id = @tenantId AND device_id = @deviceId AND version = @version",
            new { tenantId, deviceId, version },
            unit.Transaction) > 0;

    private DynamicParameters Parameters(Device device, DeviceSettings given)
    {
        DynamicParameters parameters = new(device);
        parameters.Add("IdentityKey", FoldedName.Fold(device.Identity));
        parameters.Add("Community", Protect(given.Community, CommunityPurpose), System.Data.DbType.Binary);
        parameters.Add("Password", Protect(given.Password, PasswordPurpose), System.Data.DbType.Binary);
        parameters.Add("AuthenticationPassword", Protect(given.AuthenticationPassword, AuthenticationPurpose), System.Data.DbType.Binary);
        parameters.Add("PrivacyPassword", Protect(given.PrivacyPassword, PrivacyPurpose), System.Data.DbType.Binary);
        return parameters;
    }

    private DeviceSecrets ToSecrets(SecretRow row) => new(
        Reveal(row.Community, CommunityPurpose), Reveal(row.Password, PasswordPurpose), Reveal(row.AuthenticationPassword, AuthenticationPurpose),
        Reveal(row.PrivacyPassword, PrivacyPurpose));

    // What cannot be read with this installation's key is as good as not there.
    private string Reveal(byte[]? box, string purpose) =>
        box is not null && secrets.TryUnprotect(box, purpose, out byte[] secret) ? Encoding.UTF8.GetString(secret) : "";

    private byte[]? Protect(string? secret, string purpose) =>
        secret is null ? null : secrets.Protect(Encoding.UTF8.GetBytes(secret), purpose);

    private class SecretRow
    {
        public byte[]? Community { get; set; }

        public byte[]? Password { get; set; }

        public byte[]? AuthenticationPassword { get; set; }

        public byte[]? PrivacyPassword { get; set; }
    }
}
