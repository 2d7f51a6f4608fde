using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The SMS policies in the database. A tenant that has changed nothing has no row, and the default policy.</summary>
internal sealed class SmsPolicyStore(Database database)
{
    private const string Select = "SELECT tenant_id AS TenantId, settings AS Settings, version AS Version FROM sms_policies";

    /// <summary>Every tenant's that is not the default.</summary>
    public async Task<IReadOnlyList<SmsPolicy>> ListAllAsync(CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return [.. (await connection.QueryAsync<Row>(new CommandDefinition(Select, cancellationToken: cancellationToken))).Select(row => row.ToPolicy())];
    }

    /// <summary>As it is in a transaction under way.</summary>
    public static async Task<SmsPolicy> GetAsync(UnitOfWork unit, long tenantId)
    {
        Row? row = await unit.Connection.QuerySingleOrDefaultAsync<Row>($"{Select} WHERE tenant_id = @tenantId", new { tenantId }, unit.Transaction);
        return row?.ToPolicy() ?? new SmsPolicy { TenantId = tenantId };
    }

    /// <summary>Puts a policy in the place of the tenant's; its version is one more than the given one's.</summary>
    public static Task SaveAsync(UnitOfWork unit, SmsPolicy policy) =>
        unit.Connection.ExecuteAsync(
            """
            INSERT INTO sms_policies (tenant_id, settings, version) VALUES (@TenantId, @Settings, @Version)
            ON CONFLICT (tenant_id) DO UPDATE SET settings = excluded.settings, version = excluded.version
            """,
            new { policy.TenantId, Settings = policy.ToJson(), Version = policy.Version + 1 },
            unit.Transaction);

    private sealed class Row
    {
        public long TenantId { get; set; }

        public string Settings { get; set; } = "";

        public long Version { get; set; }

        public SmsPolicy ToPolicy() => SmsPolicy.FromJson(Settings) with { TenantId = TenantId, Version = Version };
    }
}
