using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The templates in the database.</summary>
internal sealed class SmsTemplateStore(Database database)
{
    private const string Select =
        "SELECT tenant_id AS TenantId, template_id AS TemplateId, name AS Name, text AS Text, version AS Version FROM sms_templates";

    /// <summary>A tenant's templates by name, from behind a name on.</summary>
    public async Task<IReadOnlyList<SmsTemplate>> ListAsync(long tenantId, string afterKey, int limit, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<SmsTemplate>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND name_key {database.Dialect.Binary} > @afterKey ORDER BY name_key {database.Dialect.Binary} LIMIT @limit",
            new { tenantId, afterKey, limit },
            cancellationToken: cancellationToken))];
    }

    public async Task<SmsTemplate?> FindAsync(long tenantId, string name, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SmsTemplate>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND name_key = @Key",
            new { tenantId, Key = FoldedName.Fold(name.Trim()) },
            cancellationToken: cancellationToken));
    }

    public async Task<SmsTemplate?> GetAsync(long tenantId, long templateId, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<SmsTemplate>(new CommandDefinition(
            $"{Select} WHERE tenant_id = @tenantId AND template_id = @templateId", new { tenantId, templateId }, cancellationToken: cancellationToken));
    }

    /// <summary>As it is in a transaction under way.</summary>
    public static Task<SmsTemplate?> GetAsync(UnitOfWork unit, long tenantId, long templateId) =>
        unit.Connection.QuerySingleOrDefaultAsync<SmsTemplate>(
            $"{Select} WHERE tenant_id = @tenantId AND template_id = @templateId", new { tenantId, templateId }, unit.Transaction);

    /// <summary>Whether another template of the tenant has that name, in a transaction under way.</summary>
    public static async Task<bool> IsNameTakenAsync(UnitOfWork unit, SmsTemplate template) =>
        await unit.Connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM sms_templates WHERE tenant_id = @TenantId AND name_key = @Key AND template_id <> @TemplateId",
            new { template.TenantId, Key = FoldedName.Fold(template.Name), template.TemplateId },
            unit.Transaction) > 0;

    /// <summary>False: the tenant has one of that name.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork unit, SmsTemplate template, long createdAt) =>
        await unit.Connection.ExecuteAsync(
            """
            INSERT INTO sms_templates (tenant_id, template_id, name, name_key, text, created_at)
            VALUES (@TenantId, @TemplateId, @Name, @Key, @Text, @createdAt) ON CONFLICT DO NOTHING
            """,
            new { template.TenantId, template.TemplateId, template.Name, Key = FoldedName.Fold(template.Name), template.Text, createdAt },
            unit.Transaction) > 0;

    public static Task UpdateAsync(UnitOfWork unit, SmsTemplate template) =>
        unit.Connection.ExecuteAsync(
            """
            UPDATE sms_templates SET name = @Name, name_key = @Key, text = @Text, version = version + 1
            WHERE tenant_id = @TenantId AND template_id = @TemplateId
            """,
            new { template.TenantId, template.TemplateId, template.Name, Key = FoldedName.Fold(template.Name), template.Text },
            unit.Transaction);

    public static Task DeleteAsync(UnitOfWork unit, long tenantId, long templateId) =>
        unit.Connection.ExecuteAsync(
            "DELETE FROM sms_templates WHERE tenant_id = @tenantId AND template_id = @templateId", new { tenantId, templateId }, unit.Transaction);
}
