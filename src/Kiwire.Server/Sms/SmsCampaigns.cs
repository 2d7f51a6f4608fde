using System.Text.Json;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.Sms;

/// <summary>Makes campaigns, starts and stops them, and says beforehand what they would come to.</summary>
internal sealed class SmsCampaigns(
    SmsCampaignStore store,
    SmsConnectorChoice connectors,
    SmsTemplateStore templates,
    SmsOptOutStore optOuts,
    ISmsRecipients recipients,
    CommitQueue commits,
    IdSource ids,
    TimeProvider time)
{
    /// <summary>What the audit log calls one.</summary>
    private const string Kind = "sms-campaign";
    private const int LongestNameOctets = 200;
    private const int LeastLifetime = 60;
    private const int MostLifetime = 259_200;
    private const int UsualLifetime = 86_400;

    /// <summary>What is known of an account, where it has it.</summary>
    private static readonly string[] KnownOfAccounts = ["phone", "username", "profile", "expiry"];

    public SmsCampaignStore Store => store;

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> CreateAsync(long tenantId, SmsCampaignRequest request, CancellationToken cancellationToken)
    {
        SmsCampaign campaign = new() { TenantId = tenantId, CampaignId = ids.Next(), CreatedAt = Now, LifetimeSeconds = UsualLifetime };
        if (await ApplyAsync(campaign, request, isNew: true, cancellationToken) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                await SmsCampaignStore.InsertAsync(unit, campaign);
                await unit.AuditAsync(tenantId, AuditAction.Create, Kind, campaign.Name, ChangesOf(new(), campaign));
                return new SaveOutcome.Saved(campaign.CampaignId);
            },
            cancellationToken);
    }

    /// <summary>Changes what is given of a draft.</summary>
    /// <returns>What became of it; Exists: it is a draft no more.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SaveOutcome> UpdateAsync(
        long tenantId, long campaignId, SmsCampaignRequest request, long ifVersion, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(tenantId, campaignId, cancellationToken) is not { } before)
        {
            return new SaveOutcome.Missing();
        }

        // Of one reading: what somebody changed between two would be taken back, and nobody told.
        SmsCampaign campaign = before.Copy();

        if (await ApplyAsync(campaign, request, isNew: false, cancellationToken) is { Count: > 0 } faults)
        {
            return new SaveOutcome.Refused(faults);
        }

        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await SmsCampaignStore.GetAsync(unit, tenantId, campaignId) is not { } current)
                {
                    return new SaveOutcome.Missing();
                }

                // What was made of the request was made of what was read before.
                if (!EntityTags.Matches(ifVersion, current.Version) || current.Version != before.Version)
                {
                    return new SaveOutcome.Stale();
                }

                if (current.State != SmsCampaignState.Draft)
                {
                    return new SaveOutcome.Exists();
                }

                await SmsCampaignStore.UpdateAsync(unit, campaign);
                await unit.AuditAsync(tenantId, AuditAction.Update, Kind, before.Name, ChangesOf(before, campaign));
                return new SaveOutcome.Saved(campaignId);
            },
            cancellationToken);
    }

    /// <summary>Has it begin, wait, go on or end.</summary>
    /// <returns>Null: it is so now. Else why not, a sentence; empty: there is none.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<string?> MoveAsync(long tenantId, long campaignId, SmsCampaignMove move, CancellationToken cancellationToken) => commits.EnqueueAsync<string?>(
        async unit =>
        {
            if (await SmsCampaignStore.GetAsync(unit, tenantId, campaignId) is not { } campaign)
            {
                return "";
            }

            SmsCampaignState? to = TargetOf(campaign, move);
            if (to is not { } target || !await SmsCampaignStore.MoveAsync(unit, campaign, target, Now))
            {
                return $"The campaign is {WordOf(campaign.State)}; it cannot be told to {move.ToString().ToLowerInvariant()}.";
            }

            if (target == SmsCampaignState.Cancelled)
            {
                await WithdrawAsync(unit, campaign);
            }

            await unit.AuditAsync(
                tenantId, move.ToString().ToLowerInvariant(), Kind, campaign.Name, new AuditChanges().Compare("state", WordOf(campaign.State), WordOf(target)));
            return null;
        },
        cancellationToken);

    /// <returns>Saved, Missing or Stale; Exists: it is at work.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SaveOutcome> DeleteAsync(long tenantId, long campaignId, long ifVersion, CancellationToken cancellationToken) =>
        commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await SmsCampaignStore.GetAsync(unit, tenantId, campaignId) is not { } campaign)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, campaign.Version))
                {
                    return new SaveOutcome.Stale();
                }

                if (campaign.State is SmsCampaignState.Scheduled or SmsCampaignState.Running or SmsCampaignState.Paused)
                {
                    return new SaveOutcome.Exists();
                }

                await SmsCampaignStore.DeleteAsync(unit, tenantId, campaignId);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, campaign.Name, AuditChanges.None);
                return new SaveOutcome.Saved(campaignId);
            },
            cancellationToken);

    /// <summary>What a campaign would come to, if it began now; nothing is sent.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<SmsCampaignEstimate> EstimateAsync(SmsCampaign campaign, CancellationToken cancellationToken) =>
        SmsCampaignEstimate.OfAsync(campaign, recipients, optOuts, cancellationToken);

    /// <summary>What is wrong with the filter of a campaign that was made before.</summary>
    public IReadOnlyList<FieldFault> FindFilterFaults(SmsCampaign campaign) => recipients.FindFaults(campaign.TenantId, campaign.Recipients);

    /// <summary>A state's word in answers.</summary>
    public static string WordOf(SmsCampaignState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private SmsCampaignState? TargetOf(SmsCampaign campaign, SmsCampaignMove move)
    {
        bool isToCome = campaign.StartedAt is null && campaign.ScheduledAt > Now;
        return (move, campaign.State) switch
        {
            (SmsCampaignMove.Start, SmsCampaignState.Draft) or (SmsCampaignMove.Resume, SmsCampaignState.Paused) =>
                isToCome ? SmsCampaignState.Scheduled : SmsCampaignState.Running,
            (SmsCampaignMove.Pause, SmsCampaignState.Scheduled or SmsCampaignState.Running) => SmsCampaignState.Paused,
            (SmsCampaignMove.Cancel, SmsCampaignState.Draft or SmsCampaignState.Scheduled or SmsCampaignState.Running or SmsCampaignState.Paused) =>
                SmsCampaignState.Cancelled,
            _ => null,
        };
    }

    // What a server has in hand by now is sent.
    private async Task WithdrawAsync(UnitOfWork unit, SmsCampaign campaign)
    {
        foreach (long messageId in await SmsCampaignStore.ListWaitingAsync(unit, campaign))
        {
            if (await SmsOutboxStore.WithdrawAsync(unit, campaign.TenantId, messageId))
            {
                await SmsLogStore.FailedAsync(unit, campaign.TenantId, messageId, connector: null, "The campaign was cancelled.", attempts: 0, Now);
            }
        }
    }

    private async Task<List<FieldFault>> ApplyAsync(SmsCampaign campaign, SmsCampaignRequest request, bool isNew, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        campaign.Name = request.Name?.Trim() ?? campaign.Name;
        if (TextFault.FindInName(campaign.Name, LongestNameOctets) is { } fault)
        {
            faults.Add(new("name", $"{fault}; it must have 1 to {LongestNameOctets} octets."));
        }

        campaign.LifetimeSeconds = request.LifetimeSeconds ?? campaign.LifetimeSeconds;
        if (campaign.LifetimeSeconds is < LeastLifetime or > MostLifetime)
        {
            faults.Add(new("lifetimeSeconds", $"is {campaign.LifetimeSeconds}; it must be {LeastLifetime} to {MostLifetime}."));
        }

        campaign.ScheduledAt = request.ScheduledAt?.ToUnixTimeMilliseconds() ?? campaign.ScheduledAt;
        campaign.Filter = request.Filter is { } filter ? JsonSerializer.Serialize(filter.ToFilter()) : campaign.Filter;
        faults.AddRange(recipients.FindFaults(campaign.TenantId, campaign.Recipients));
        if (isNew || request.Connector is not null || request.Fallbacks is not null)
        {
            campaign.Connectors = string.Join(
                ' ', await connectors.ChooseAsync(campaign.TenantId, request.Connector, request.Fallbacks, faults, cancellationToken));
        }

        campaign.Variables = request.Variables is { } variables ? JsonSerializer.Serialize(SmsVariables.Given(variables)) : campaign.Variables;
        if (isNew || request.Text is not null || request.Template is not null)
        {
            await ApplyTextAsync(campaign, request, faults, cancellationToken);
        }

        CheckVariables(campaign, faults);
        return faults;
    }

    // The text is kept as it is now: a template that is changed later changes no campaign that somebody has looked at.
    private async Task ApplyTextAsync(SmsCampaign campaign, SmsCampaignRequest request, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if ((request.Text is null) == (request.Template is null))
        {
            faults.Add(new("text", request.Text is null ? "is not given, nor is template; one of them must be." : "is given, and template too; only one of them may be."));
        }
        else if (request.Text is { } text)
        {
            (campaign.Text, campaign.Template) = (text, null);
            if (text.Trim().Length == 0 || text.Length > MessageTemplate.LongestText)
            {
                faults.Add(new("text", $"has {text.Length} characters; it must have 1 to {MessageTemplate.LongestText}."));
            }
        }
        else if (await templates.FindAsync(campaign.TenantId, request.Template!, cancellationToken) is { } found)
        {
            (campaign.Text, campaign.Template) = (found.Text, found.Name);
        }
        else
        {
            faults.Add(new("template", $"is '{request.Template}', which is no template of yours; /api/v1/sms/templates lists them."));
        }
    }

    private static void CheckVariables(SmsCampaign campaign, List<FieldFault> faults)
    {
        if (campaign.Template is null || MessageTemplate.Parse(campaign.Text, out _) is not { } template)
        {
            return;
        }

        if (template.Variables.FirstOrDefault(MessageTemplate.Secret.Contains) is { } secret)
        {
            faults.Add(new("template", $"has {{{secret}}}, which lets somebody in; a campaign may not have it."));
        }

        string[] missing = [.. template.Variables.Except(KnownOfAccounts).Except(MessageTemplate.Secret).Except(campaign.Values.Keys)];
        if (missing.Length > 0)
        {
            faults.Add(new("variables", $"has no {string.Join(", ", missing)}, which the template asks for."));
        }
    }

    private static AuditChanges ChangesOf(SmsCampaign before, SmsCampaign after) => new AuditChanges()
        .Compare("name", before.Name, after.Name)
        .Compare("text", before.Text, after.Text)
        .Compare("filter", before.Filter, after.Filter)
        .Compare("scheduledAt", before.ScheduledAt ?? 0, after.ScheduledAt ?? 0)
        .Compare("lifetimeSeconds", before.LifetimeSeconds, after.LifetimeSeconds);
}

/// <summary>What a campaign can be told.</summary>
internal enum SmsCampaignMove
{
    Start,
    Pause,
    Resume,
    Cancel,
}
