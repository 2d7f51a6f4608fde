using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Changes SMS policies. When a call returns, the change is committed, this server acts on it, and other servers have been told.</summary>
internal sealed class SmsPolicyRegister(
    SmsPolicyDirectory directory,
    SmsConnectorStore connectors,
    SmsTemplateStore templates,
    ProfileDirectory profiles,
    ZoneDirectory zones,
    CommitQueue commits)
{
    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "sms-policy";

    /// <summary>What the tenant's policy has chosen, by name.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SmsPolicyNames> NamesOfAsync(SmsPolicy policy, CancellationToken cancellationToken)
    {
        long tenantId = policy.TenantId;
        List<string> fallbacks = [];
        foreach (long id in policy.FallbackIds)
        {
            if (await connectors.GetAsync(tenantId, id, cancellationToken) is { } fallback)
            {
                fallbacks.Add(fallback.Name);
            }
        }

        return new SmsPolicyNames(
            policy.ConnectorId == 0 ? null : (await connectors.GetAsync(tenantId, policy.ConnectorId, cancellationToken))?.Name,
            fallbacks,
            policy.TemplateId == 0 ? null : (await templates.GetAsync(tenantId, policy.TemplateId, cancellationToken))?.Name,
            profiles.TryGet(tenantId, policy.ProfileId, out Profile? profile) ? profile.Name : null,
            zones.Zones.FirstOrDefault(zone => zone.TenantId == tenantId && zone.ZoneId == policy.ZoneId)?.Name);
    }

    /// <summary>Changes what is given.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="given">What changes.</param>
    /// <param name="ifVersion">Only if the policy still has that version; 0: whatever it has.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(long tenantId, SmsPolicyRequest given, long ifVersion, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        SmsPolicyChoice choice = await ResolveAsync(tenantId, given, faults, cancellationToken);
        SaveOutcome outcome = await commits.EnqueueAsync(unit => UpdateAsync(unit, tenantId, given, choice, faults, ifVersion), cancellationToken);
        if (outcome is SaveOutcome.Saved)
        {
            await directory.LoadAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<SaveOutcome> UpdateAsync(
        UnitOfWork unit, long tenantId, SmsPolicyRequest given, SmsPolicyChoice choice, List<FieldFault> unknown, long ifVersion)
    {
        // Two servers that change one policy at the same time do so one after the other.
        await TenantStore.LockAsync(unit, tenantId);
        SmsPolicy current = await SmsPolicyStore.GetAsync(unit, tenantId);
        if (!EntityTags.Matches(ifVersion, current.Version))
        {
            return new SaveOutcome.Stale();
        }

        SmsPolicy changed = SmsPolicyDraft.Apply(given, choice, current);
        List<FieldFault> faults = [.. unknown, .. SmsPolicyValidator.FindFaults(changed).Where(fault => unknown.All(other => other.Field != fault.Field))];
        await CheckConnectorsAsync(unit, changed, faults);
        await CheckTemplateAsync(unit, changed, faults);
        if (faults.Count > 0)
        {
            return new SaveOutcome.Refused(faults);
        }

        AuditChanges changes = SmsPolicyDraft.Compare(current, changed);
        if (!changes.IsEmpty)
        {
            await SmsPolicyStore.SaveAsync(unit, changed);
            unit.Announce(new Change(ChangeKind.SmsPolicy, tenantId, tenantId));
            await unit.AuditAsync(tenantId, AuditAction.Update, Kind, "policy", changes);
        }

        return new SaveOutcome.Saved(tenantId);
    }

    private async Task<SmsPolicyChoice> ResolveAsync(long tenantId, SmsPolicyRequest given, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        SmsPolicyChoice choice = new();
        if (given.Connector is { } connector)
        {
            choice = choice with { ConnectorId = await ConnectorIdAsync(tenantId, "connector", connector, faults, cancellationToken) };
        }

        if (given.Fallbacks is { } fallbacks)
        {
            if (fallbacks.Count > SmsPolicy.MostFallbacks)
            {
                faults.Add(new("fallbacks", $"has {fallbacks.Count} connectors; there may be {SmsPolicy.MostFallbacks}."));
            }

            List<long> found = [];
            foreach (string? name in fallbacks.Take(SmsPolicy.MostFallbacks))
            {
                found.Add(await ConnectorIdAsync(tenantId, "fallbacks", name ?? "", faults, cancellationToken));
            }

            choice = choice with { FallbackIds = [.. found.Where(id => id != 0).Distinct()] };
        }

        if (given.Template is { } template)
        {
            choice = choice with { TemplateId = template.Trim().Length == 0 ? 0 : (await templates.FindAsync(tenantId, template, cancellationToken))?.TemplateId };
            CheckFound(choice.TemplateId, "template", template, "template", faults);
        }

        if (given.Profile is { } profile)
        {
            choice = choice with { ProfileId = profile.Trim().Length == 0 ? 0 : profiles.TryGetByName(tenantId, profile, out Profile? known) ? known.ProfileId : null };
            CheckFound(choice.ProfileId, "profile", profile, "profile", faults);
        }

        if (given.Zone is { } zone)
        {
            string key = FoldedName.Fold(zone.Trim());
            choice = choice with
            {
                ZoneId = key is "" or "none" ? 0 : zones.Zones.FirstOrDefault(known => known.TenantId == tenantId && FoldedName.Fold(known.Name) == key)?.ZoneId,
            };
            CheckFound(choice.ZoneId, "zone", zone, "zone", faults);
        }

        return choice;
    }

    private static void CheckFound(long? id, string field, string name, string kind, List<FieldFault> faults)
    {
        if (id is null)
        {
            faults.Add(new(field, $"is '{name}', which is no {kind} of yours; it must be the name of one."));
        }
    }

    /// <summary>0: there is none of that name.</summary>
    private async Task<long> ConnectorIdAsync(long tenantId, string field, string name, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if (field == "connector" && name.Trim().Length == 0)
        {
            return 0;
        }

        if (await connectors.FindAsync(tenantId, name, cancellationToken) is { } connector)
        {
            return connector.ConnectorId;
        }

        faults.Add(new(field, $"has '{name}', which is no connector of yours; /api/v1/sms/connectors lists them."));
        return 0;
    }

    private async Task CheckConnectorsAsync(UnitOfWork unit, SmsPolicy policy, List<FieldFault> faults)
    {
        foreach (long id in policy.Connectors.Where(id => id != 0))
        {
            string field = id == policy.ConnectorId ? "connector" : "fallbacks";
            if (await connectors.GetAsync(unit, policy.TenantId, id) is not { } connector)
            {
                faults.Add(new(field, "has a connector that was deleted meanwhile; choose another one."));
            }
            else if (!connector.Active)
            {
                faults.Add(new(field, $"has '{connector.Name}', which is not active; only an active connector can be chosen."));
            }
        }

        if (policy.FallbackIds.Contains(policy.ConnectorId))
        {
            faults.Add(new("fallbacks", "has the connector that is the first choice; a fall-back must be another one."));
        }
    }

    private static async Task CheckTemplateAsync(UnitOfWork unit, SmsPolicy policy, List<FieldFault> faults)
    {
        if (policy.TemplateId == 0)
        {
            return;
        }

        if (await SmsTemplateStore.GetAsync(unit, policy.TenantId, policy.TemplateId) is not { } template)
        {
            faults.Add(new("template", "was deleted meanwhile; choose another one."));
        }
        else if (!CodeText.Carries(MessageTemplate.Parse(template.Text, out _), policy.Mode))
        {
            string wanted = policy.Mode == SmsMode.PasswordOnce ? "{password} or {code}" : "{code}";
            faults.Add(new("template", $"is '{template.Name}', which has no {wanted} in its text; guests would get a message without what they wait for."));
        }
    }
}
