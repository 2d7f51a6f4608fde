using System.Data.Common;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>
/// Feeds campaigns into the outbox, a portion of accounts at a time: the portion's messages, what it came to and where the next one begins are
/// one transaction, so that a crash neither loses nor doubles any, and of several servers one takes each portion. Few wait at a time: a code
/// never stands behind a campaign.
/// </summary>
internal sealed partial class SmsCampaignFeeder(
    SmsCampaignStore store,
    SmsOptOutStore optOuts,
    ISmsRecipients recipients,
    IEnumerable<ISmsBudget> budgets,
    SmsOutbox outbox,
    CommitQueue commits,
    IOptions<SmsOptions> options,
    TimeProvider time,
    ILogger<SmsCampaignFeeder> logger) : BackgroundService
{
    /// <summary>A portion: a transaction so short that a code that is ordered meanwhile hardly waits for it.</summary>
    public const int PortionAccounts = 25;

    /// <summary>So many of a tenant's campaigns' messages wait in the outbox at most, a portion more or less.</summary>
    public const int MostWaiting = 500;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _pruneAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await PruneAsync(stoppingToken);
                foreach (SmsCampaign campaign in await store.ListAtWorkAsync(Now, stoppingToken))
                {
                    await TryRunAsync(campaign, stoppingToken);
                }
            }
            catch (DbException e)
            {
                LogAway(e.Message);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    /// <summary>Feeds a campaign as far as it may go now.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task RunAsync(SmsCampaign campaign, CancellationToken cancellationToken)
    {
        if (campaign.State == SmsCampaignState.Scheduled)
        {
            await commits.EnqueueAsync(unit => SmsCampaignStore.MoveAsync(unit, campaign, SmsCampaignState.Running, Now), cancellationToken);
        }

        while (await store.FindAsync(campaign.TenantId, campaign.CampaignId, cancellationToken) is { State: SmsCampaignState.Running } current
            && await FeedAsync(current, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task TryRunAsync(SmsCampaign campaign, CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(campaign, stoppingToken);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DbException))
        {
            // A bug: it must not end the campaigns behind this one.
            LogFailed(campaign.CampaignId, e);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Feeds one portion; false: there is nothing more to do at the moment.</summary>
    private async Task<bool> FeedAsync(SmsCampaign campaign, CancellationToken cancellationToken)
    {
        if (recipients.FindFaults(campaign.TenantId, campaign.Recipients) is { Count: > 0 } faults)
        {
            // A profile that it names is gone: who is to get it is the operator's to say.
            await commits.EnqueueAsync(
                unit => SmsCampaignStore.MoveAsync(unit, campaign, SmsCampaignState.Paused, Now, faults[0].Message), cancellationToken);
            return false;
        }

        SmsRecipientPortion accounts = await recipients.ReadAsync(campaign.TenantId, campaign.Recipients, campaign.Place, PortionAccounts, cancellationToken);
        SmsCampaignPortion portion = SmsCampaignPortion.Of(campaign, accounts.Recipients);
        try
        {
            return await commits.EnqueueAsync(unit => FeedAsync(unit, campaign, portion, accounts.Next), cancellationToken);
        }
        catch (NotNowException e)
        {
            if (e.Message != campaign.Problem)
            {
                await commits.EnqueueAsync(unit => SmsCampaignStore.WaitAsync(unit, campaign, e.Message), cancellationToken);
            }

            return false;
        }
    }

    private async Task<bool> FeedAsync(UnitOfWork unit, SmsCampaign campaign, SmsCampaignPortion portion, string? next)
    {
        // Another server may have taken the portion, or somebody paused the campaign.
        if (await SmsOutboxStore.CountNoticesAsync(unit, campaign.TenantId, MostWaiting) >= MostWaiting || !await SmsCampaignStore.TakeStepAsync(unit, campaign))
        {
            return false;
        }

        SmsCampaignTally tally = portion.Tally.Copy();
        List<SmsCampaignMessage> wanted = await ChooseAsync(unit, campaign, portion, tally);
        tally.Queued = wanted.Count;
        tally.Segments = wanted.Sum(message => message.Length.Segments);
        if (wanted.Count > 0)
        {
            await SpendAsync(unit, campaign.TenantId, (int)tally.Segments);
            await EnqueueAsync(unit, campaign, wanted);
        }

        await SmsCampaignStore.AdvanceAsync(unit, campaign, tally, next, Now);
        return next is not null;
    }

    private async Task<List<SmsCampaignMessage>> ChooseAsync(UnitOfWork unit, SmsCampaign campaign, SmsCampaignPortion portion, SmsCampaignTally tally)
    {
        HashSet<string> unwilling = await optOuts.FindAmongAsync(
            unit.Connection, unit.Transaction, campaign.TenantId, [.. portion.Messages.Select(message => message.Phone.Digits)]);
        HashSet<string> served = await store.FindDuplicatesAsync(unit, campaign, [.. portion.Messages.Select(message => outbox.HashOf(message.Phone))]);
        List<SmsCampaignMessage> wanted = [];
        foreach (SmsCampaignMessage message in portion.Messages)
        {
            if (unwilling.Contains(message.Phone.Digits))
            {
                tally.OptedOut++;
            }
            else if (served.Contains(outbox.HashOf(message.Phone)))
            {
                tally.Duplicate++;
            }
            else
            {
                wanted.Add(message);
            }
        }

        return wanted;
    }

    private async Task SpendAsync(UnitOfWork unit, long tenantId, int segments)
    {
        foreach (ISmsBudget budget in budgets)
        {
            if (await budget.TrySpendAsync(unit, tenantId, segments) is { } inTheWay)
            {
                throw new NotNowException(inTheWay);
            }
        }
    }

    private async Task EnqueueAsync(UnitOfWork unit, SmsCampaign campaign, List<SmsCampaignMessage> messages)
    {
        DateTimeOffset expiresAt = time.GetUtcNow().AddSeconds(campaign.LifetimeSeconds);
        IReadOnlyList<SmsEnqueued> outcomes = await outbox.EnqueueAsync(unit, [.. messages.Select(message => new SmsOrder
        {
            TenantId = campaign.TenantId,
            Phone = message.Phone,
            Text = message.Text,
            Purpose = SmsPurpose.Campaign,
            Account = message.Account,
            Connectors = campaign.ConnectorIds,
            ExpiresAt = expiresAt,
        })]);
        switch (outcomes[0])
        {
            case SmsEnqueued.Full full:
                throw new NotNowException($"{full.Limit} messages wait (Kiwire:Sms:OutboxLimit).");
            case SmsEnqueued.Refused refused:
                throw new NotNowException(refused.Faults[0].Message);
            default:
                foreach ((SmsCampaignMessage message, SmsEnqueued outcome) in messages.Zip(outcomes))
                {
                    await SmsCampaignStore.AddMessageAsync(unit, campaign, outbox.HashOf(message.Phone), ((SmsEnqueued.Queued)outcome).MessageId);
                }

                break;
        }
    }

    private async Task PruneAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < _pruneAt)
        {
            return;
        }

        long endedBefore = (now - TimeSpan.FromDays(options.Value.LogDays)).ToUnixTimeMilliseconds();
        while (await commits.EnqueueAsync(unit => SmsCampaignStore.PruneAsync(unit, endedBefore), stoppingToken))
        {
            // There is more.
        }

        _pruneAt = now + PruneEvery;
    }

    [LoggerMessage(1002, LogLevel.Warning, "Campaigns cannot go on at the moment, the database is away: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(1003, LogLevel.Error, "Campaign {CampaignId} failed")]
    private partial void LogFailed(long campaignId, Exception exception);

    /// <summary>Rolls the portion back.</summary>
    private sealed class NotNowException(string reason) : Exception(reason);
}
