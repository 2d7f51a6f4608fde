using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Sms;

/// <summary>Creates, changes and deletes templates.</summary>
internal sealed class SmsTemplateRegister(SmsTemplateStore store, IEnumerable<IUse> uses, CommitQueue commits, IdSource ids, TimeProvider time)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "sms-template";

    private const int LongestName = 100;

    public Task<IReadOnlyList<SmsTemplate>> ListAsync(long tenantId, string afterKey, int limit, CancellationToken cancellationToken) =>
        store.ListAsync(tenantId, afterKey, limit, cancellationToken);

    /// <summary>The tenant's template of that name, whatever the case; null: there is none.</summary>
    public Task<SmsTemplate?> FindAsync(long tenantId, string name, CancellationToken cancellationToken) =>
        store.FindAsync(tenantId, name, cancellationToken);

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(long tenantId, string name, string text, CancellationToken cancellationToken)
    {
        SmsTemplate template = new() { TenantId = tenantId, TemplateId = ids.Next(), Name = name.Trim(), Text = text };
        if (FindFaults(template) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (!await SmsTemplateStore.InsertAsync(unit, template, time.GetUtcNow().ToUnixTimeMilliseconds()))
                {
                    return new SaveOutcome.Exists();
                }

                await unit.AuditAsync(
                    tenantId, AuditAction.Create, Kind, template.Name, new AuditChanges().Set("name", template.Name).Set("text", template.Text));
                return new SaveOutcome.Saved(template.TemplateId);
            },
            cancellationToken);
    }

    /// <summary>Changes what is given.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="templateId">Which.</param>
    /// <param name="name">Null: it stays.</param>
    /// <param name="text">Null: it stays.</param>
    /// <param name="ifVersion">Only if it still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> UpdateAsync(
        long tenantId, long templateId, string? name, string? text, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await SmsTemplateStore.GetAsync(unit, tenantId, templateId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                SmsTemplate template = new() { TenantId = tenantId, TemplateId = templateId, Name = name?.Trim() ?? current.Name, Text = text ?? current.Text };
                if (FindFaults(template) is { Count: > 0 } faults)
                {
                    return new SaveOutcome.Refused(faults);
                }

                if (CarriesSecret(current) && !CarriesSecret(template)
                    && await uses.FindUseAsync(unit, tenantId, UsedKind.SmsTemplate, templateId) is { } use)
                {
                    return new SaveOutcome.Refused([new("text", $"has neither {{code}} nor {{password}}, and {use} sends it to guests who wait for one; it must have one of them.")]);
                }

                if (await SmsTemplateStore.IsNameTakenAsync(unit, template))
                {
                    return new SaveOutcome.Exists();
                }

                await SmsTemplateStore.UpdateAsync(unit, template);
                unit.Announce(new Change(ChangeKind.SmsTemplate, tenantId, templateId));
                await unit.AuditAsync(
                    tenantId,
                    AuditAction.Update,
                    Kind,
                    current.Name,
                    new AuditChanges().Compare("name", current.Name, template.Name).Compare("text", current.Text, template.Text));
                return new SaveOutcome.Saved(templateId);
            },
            cancellationToken);

    /// <returns>Saved, Missing, Stale or InUse.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> DeleteAsync(long tenantId, long templateId, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await SmsTemplateStore.GetAsync(unit, tenantId, templateId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, current.Version))
                {
                    return new SaveOutcome.Stale();
                }

                if (await uses.FindUseAsync(unit, tenantId, UsedKind.SmsTemplate, templateId) is { } use)
                {
                    return new SaveOutcome.InUse(use);
                }

                await SmsTemplateStore.DeleteAsync(unit, tenantId, templateId);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, current.Name, AuditChanges.None);
                return new SaveOutcome.Saved(templateId);
            },
            cancellationToken);

    private static bool CarriesSecret(SmsTemplate template) =>
        MessageTemplate.Parse(template.Text, out _)?.Variables.Any(MessageTemplate.Secret.Contains) == true;

    private static List<FieldFault> FindFaults(SmsTemplate template)
    {
        List<FieldFault> faults = [];
        if (template.Name.Length is 0 or > LongestName || template.Name.Any(char.IsControl))
        {
            faults.Add(new("name", $"has {template.Name.Length} characters; it must have 1 to {LongestName}, no control characters among them."));
        }

        if (MessageTemplate.Parse(template.Text, out string? fault) is null)
        {
            faults.Add(new("text", fault!));
        }

        return faults;
    }
}
