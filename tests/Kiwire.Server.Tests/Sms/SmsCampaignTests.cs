using Dapper;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Listening;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsCampaignTests(StorageProvider provider)
{
    private static readonly SmsCampaignRequest News = new() { Name = "News", Text = "The pool is open again" };

    [Test]
    public async Task Each_number_gets_it_once_and_those_who_get_none_are_counted_by_reason()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, new HandMovedClock());
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        Assert.That(await room.Templates.CreateAsync(1, "expiry", "Dear {username} of {tenant}, {profile} ends on {expiry}", default), Is.TypeOf<SaveOutcome.Saved>());
        DateTimeOffset expiry = new(2026, 12, 24, 0, 0, 0, TimeSpan.Zero);
        room.Recipients.Add("ann", "+60123456781", expiresAt: expiry);
        room.Recipients.Add("ann2", "+60 12-345 6781", expiresAt: expiry);
        room.Recipients.Add("bob", "", expiresAt: expiry);
        room.Recipients.Add("cyd", "012-345", expiresAt: expiry);
        room.Recipients.Add("dan", "+60123456782", expiresAt: null);
        room.Recipients.Add("eve", "+60123456783", expiresAt: expiry);
        room.Recipients.AddMany(40);
        room.Recipients.Add("late", "+60123456781", expiresAt: expiry);
        await room.OptOuts.CreateAsync(1, "+60123456783", "by telephone", default);
        await room.OptOuts.CreateAsync(2, "+60123456781", "another tenant's", default);

        SmsCampaign campaign = await MakeAsync(room, new() { Name = "Expiry", Template = "expiry", Variables = new Dictionary<string, string> { ["tenant"] = "Hotel" } });
        SmsCampaignEstimate estimate = await room.Campaigns.EstimateAsync(campaign, default);
        await StartAsync(room, campaign);
        await room.Feeder().RunAsync(await FindAsync(room, campaign), default);

        SmsCampaign done = await FindAsync(room, campaign);
        IReadOnlyList<SmsClaim> messages = await room.Outbox.ClaimAsync(100, TimeSpan.FromMinutes(1), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(done.State, Is.EqualTo(SmsCampaignState.Done));
            Assert.That(messages.Select(message => (message.Phone!.Value.E164, message.Text)), Is.EqualTo(((string, string)[])[("+60123456781", "Dear ann of Hotel, gold ends on 2026-12-24")]));
            Assert.That((done.Queued, done.Segments, done.NoPhone, done.BadPhone, done.OptedOut, done.Duplicate, done.NoValue), Is.EqualTo((1L, 1L, 1L, 1L, 1L, 2L, 41L)));
            Assert.That(
                (estimate.Tally.Queued, estimate.Tally.Segments, estimate.Tally.NoPhone, estimate.Tally.BadPhone, estimate.Tally.OptedOut, estimate.Tally.Duplicate, estimate.Tally.NoValue, estimate.IsPartial),
                Is.EqualTo((1L, 1L, 1L, 1L, 1L, 2L, 41L, false)), "the dry run said so");
            Assert.That(estimate.Example, Is.EqualTo("Dear ann of Hotel, gold ends on 2026-12-24"));
        }
    }

    [Test]
    public async Task An_account_whose_text_would_be_too_long_or_empty_gets_none_and_keeps_nobody_waiting()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, new HandMovedClock());
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        await room.Templates.CreateAsync(1, "long", new string('x', 1580) + "{username}", default);
        await room.Templates.CreateAsync(1, "profile", "{profile}", default);
        room.Recipients.Add("ann", "+60123456781");
        room.Recipients.Add(new string('b', 21), "+60123456782");
        room.Recipients.Add("cyd", "+60123456783", profile: " ");

        List<(SmsCampaignState, long, long, string)> ends = [];
        foreach (string template in (string[])["long", "profile"])
        {
            SmsCampaign campaign = await MakeAsync(room, new() { Name = template, Template = template });
            SmsCampaignEstimate estimate = await room.Campaigns.EstimateAsync(campaign, default);
            await StartAsync(room, campaign);
            await room.Feeder().RunAsync(await FindAsync(room, campaign), default);
            SmsCampaign end = await FindAsync(room, campaign);
            Assert.That((estimate.Tally.Queued, estimate.Tally.NoValue), Is.EqualTo((end.Queued, end.NoValue)), "the dry run says so");
            ends.Add((end.State, end.Queued, end.NoValue, end.Problem));
        }

        Assert.That(ends, Is.All.EqualTo((SmsCampaignState.Done, 2L, 1L, "")));
    }

    [Test]
    public async Task Few_of_its_messages_wait_and_a_code_goes_before_them()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, new HandMovedClock());
        long connector = await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        room.Recipients.AddMany(SmsCampaignFeeder.MostWaiting + 60);
        SmsCampaign campaign = await MakeAsync(room, News);
        await StartAsync(room, campaign);

        await room.Feeder().RunAsync(await FindAsync(room, campaign), default);
        SmsCampaign waiting = await FindAsync(room, campaign);
        long code = await room.EnqueueAsync(room.Order(connector));
        IReadOnlyList<SmsClaim> first = await room.Outbox.ClaimAsync(200, TimeSpan.FromMinutes(1), default);
        foreach (SmsClaim claim in first)
        {
            await room.Outbox.SentAsync(claim, "My Twilio", new SmsOutcome.Sent("id", 1));
        }

        await room.Feeder().RunAsync(waiting, default);
        SmsCampaign done = await FindAsync(room, campaign);
        IReadOnlyDictionary<SmsState, long> counts = await room.Campaigns.Store.CountAsync(1, campaign.CampaignId, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((waiting.State, waiting.Queued), Is.EqualTo((SmsCampaignState.Running, (long)SmsCampaignFeeder.MostWaiting)));
            Assert.That(first[0].MessageId, Is.EqualTo(code));
            Assert.That((done.State, done.Queued), Is.EqualTo((SmsCampaignState.Done, SmsCampaignFeeder.MostWaiting + 60L)));
            Assert.That((counts[SmsState.Sent], counts[SmsState.Queued]), Is.EqualTo((199L, SmsCampaignFeeder.MostWaiting + 60L - 199)));
        }
    }

    [Test]
    public async Task A_portion_that_fails_in_the_middle_is_neither_lost_nor_sent_twice()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, new HandMovedClock());
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        room.Recipients.AddMany(110);
        SmsCampaign campaign = await MakeAsync(room, News);
        await StartAsync(room, campaign);

        for (int i = 0; i < 3; i++)
        {
            SmsCampaign current = await FindAsync(room, campaign);
            Assert.That(async () => await room.Feeder(new FailingBudget(after: 1)).RunAsync(current, default), Throws.InstanceOf<TimeoutException>());
        }

        await room.Feeder().RunAsync(await FindAsync(room, campaign), default);
        await AssertAllOnceAsync(room, campaign, 110);
    }

    [Test]
    public async Task What_the_budget_has_nothing_left_for_waits_with_the_reason_and_goes_on_later()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, new HandMovedClock());
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        room.Recipients.AddMany(60);
        SmsCampaign campaign = await MakeAsync(room, News);
        await StartAsync(room, campaign);

        await room.Feeder(new SmallBudget(30)).RunAsync(await FindAsync(room, campaign), default);
        SmsCampaign waiting = await FindAsync(room, campaign);
        await room.Feeder(new SmallBudget(100)).RunAsync(waiting, default);

        Assert.That((waiting.State, waiting.Queued, waiting.Problem), Is.EqualTo((SmsCampaignState.Running, 25L, "It is spent.")));
        await AssertAllOnceAsync(room, campaign, 60);
        Assert.That((await FindAsync(room, campaign)).Problem, Is.Empty);
    }

    [Test]
    public async Task It_begins_when_it_is_scheduled_pauses_goes_on_and_is_cancelled()
    {
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock);
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        room.Recipients.AddMany(SmsCampaignFeeder.MostWaiting + 100);
        SmsCampaign campaign = await MakeAsync(room, News with { ScheduledAt = clock.GetUtcNow().AddHours(1) });
        await StartAsync(room, campaign);

        IReadOnlyList<SmsCampaign> early = await room.Campaigns.Store.ListAtWorkAsync(clock.GetUtcNow().ToUnixTimeMilliseconds(), default);
        SmsCampaignState scheduled = (await FindAsync(room, campaign)).State;
        clock.Advance(TimeSpan.FromHours(1));
        IReadOnlyList<SmsCampaign> due = await room.Campaigns.Store.ListAtWorkAsync(clock.GetUtcNow().ToUnixTimeMilliseconds(), default);
        await room.Feeder().RunAsync(due.Single(), default);
        string? paused = await room.Campaigns.MoveAsync(1, campaign.CampaignId, SmsCampaignMove.Pause, default);
        IReadOnlyList<SmsCampaign> none = await room.Campaigns.Store.ListAtWorkAsync(clock.GetUtcNow().ToUnixTimeMilliseconds(), default);
        string? twice = await room.Campaigns.MoveAsync(1, campaign.CampaignId, SmsCampaignMove.Pause, default);
        string? resumed = await room.Campaigns.MoveAsync(1, campaign.CampaignId, SmsCampaignMove.Resume, default);
        IReadOnlyList<SmsClaim> inHand = await room.Outbox.ClaimAsync(10, TimeSpan.FromMinutes(1), default);
        string? foreign = await room.Campaigns.MoveAsync(2, campaign.CampaignId, SmsCampaignMove.Cancel, default);
        string? cancelled = await room.Campaigns.MoveAsync(1, campaign.CampaignId, SmsCampaignMove.Cancel, default);
        await room.Feeder().RunAsync(await FindAsync(room, campaign), default);

        IReadOnlyDictionary<SmsState, long> counts = await room.Campaigns.Store.CountAsync(1, campaign.CampaignId, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((early, scheduled, none), Is.EqualTo((Array.Empty<SmsCampaign>(), SmsCampaignState.Scheduled, Array.Empty<SmsCampaign>())));
            Assert.That((paused, resumed, cancelled, foreign), Is.EqualTo(((string?)null, (string?)null, (string?)null, "")));
            Assert.That(twice, Is.EqualTo("The campaign is paused; it cannot be told to pause."));
            Assert.That(inHand, Has.Count.EqualTo(10));
            Assert.That((await FindAsync(room, campaign)).State, Is.EqualTo(SmsCampaignState.Cancelled));
            Assert.That((counts[SmsState.Sending], counts[SmsState.Failed]), Is.EqualTo((10L, SmsCampaignFeeder.MostWaiting - 10L)), "what a server has in hand is sent");
            Assert.That((await room.Log.ListAsync(1, new SmsLogFilter { State = SmsState.Failed }, long.MaxValue, 1, default))[0].Error, Is.EqualTo("The campaign was cancelled."));
        }
    }

    [Test]
    public async Task A_filter_whose_profile_is_gone_pauses_it_and_it_does_not_go_to_everybody()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, new HandMovedClock());
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        room.Recipients.Add("ann", "+60123456781", "silver");
        room.Recipients.AddMany(3);
        SmsCampaign campaign = await MakeAsync(room, News with { Filter = new() { Profile = "silver" } });
        room.Recipients.Accounts.RemoveAt(0);
        await StartAsync(room, campaign);

        await room.Feeder().RunAsync(await FindAsync(room, campaign), default);

        SmsCampaign paused = await FindAsync(room, campaign);
        Assert.That(
            (paused.State, paused.Queued, paused.Problem), Is.EqualTo((SmsCampaignState.Paused, 0L, "filter.profile is 'silver', which is no profile of yours.")));
    }

    [Test]
    public async Task What_cannot_be_sent_is_refused_with_its_faults()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        await room.Templates.CreateAsync(1, "code", "{code} for {tenant}", default);
        foreach ((SmsCampaignRequest request, string fault) in (IEnumerable<(SmsCampaignRequest, string)>)
        [
            (News with { Name = "" }, "name is missing or empty"),
            (News with { Text = null }, "text is not given, nor is template"),
            (News with { Template = "code" }, "text is given, and template too"),
            (News with { Text = null, Template = "none" }, "template is 'none', which is no template of yours"),
            (News with { Text = null, Template = "code" }, "template has {code}, which lets somebody in"),
            (News with { Text = null, Template = "code" }, "variables has no tenant"),
            (News with { Text = new string('x', 1601) }, "text has 1601 characters"),
            (News with { LifetimeSeconds = 59 }, "lifetimeSeconds is 59; it must be 60 to 259200."),
            (News with { Connector = "none" }, "connector has 'none', which is no connector of yours"),
            (News with { Filter = new() { Profile = "none" } }, "filter.profile is 'none', which is no profile of yours."),
        ])
        {
            Assert.That((await room.Campaigns.CreateAsync(1, request, default) as SaveOutcome.Refused)?.Message, Does.Contain(fault));
        }

        Assert.That(await room.Campaigns.Store.ListAsync(1, long.MaxValue, 10, default), Is.Empty);
    }

    [Test]
    public async Task Campaigns_that_ended_long_ago_are_deleted_with_who_got_them()
    {
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock);
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        room.Recipients.AddMany(3);
        SmsCampaign old = await MakeAsync(room, News);
        SmsCampaign draft = await MakeAsync(room, News);
        await StartAsync(room, old);
        await room.Feeder().RunAsync(await FindAsync(room, old), default);

        long before = clock.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        while (await room.Commits.EnqueueAsync(unit => SmsCampaignStore.PruneAsync(unit, before), default))
        {
        }

        await using var connection = await room.Database.OpenAsync(default);
        Assert.That((await room.Campaigns.Store.ListAsync(1, long.MaxValue, 10, default)).Select(one => one.CampaignId), Is.EqualTo((long[])[draft.CampaignId]));
        Assert.That(await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sms_campaign_messages"), Is.Zero);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task One_that_fails_does_not_keep_those_behind_it_from_going_on(CancellationToken cancellationToken)
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        room.Recipients.AddMany(3);
        SmsCampaign broken = await MakeAsync(room, News);
        SmsCampaign sound = await MakeAsync(room, News);
        await room.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync("UPDATE sms_campaigns SET place = 'nowhere' WHERE campaign_id = @CampaignId", new { broken.CampaignId }, unit.Transaction), default);
        await StartAsync(room, broken);
        await StartAsync(room, sound);

        using SmsCampaignFeeder feeder = room.Feeder();
        await feeder.StartAsync(cancellationToken);
        SmsCampaign done = await RunningServer.UntilAsync(() => FindAsync(room, sound), found => found.State == SmsCampaignState.Done, cancellationToken);
        await feeder.StopAsync(cancellationToken);

        Assert.That((done.Queued, (await FindAsync(room, broken)).State), Is.EqualTo((3L, SmsCampaignState.Running)));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_slow_gateway_with_a_campaign_leaves_room_for_a_code(CancellationToken cancellationToken)
    {
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeGateway gateway = await FakeGateway.StartAsync(async request =>
        {
            if (request.Variables["Body"].Contains("code", StringComparison.Ordinal))
            {
                arrived.TrySetResult();
            }
            else
            {
                await release.Task;
            }

            return GatewayRules.Twilio(request);
        });
        await using SmsRoom room = await SmsRoom.CreateAsync(
            provider, options: new SmsOptions { AllowPrivateAddresses = true, RequestSeconds = 60, ParallelRequests = 4 });
        long connector = await room.AddConnectorAsync(Twilio(gateway.Url));
        room.Recipients.AddMany(20);
        SmsCampaign campaign = await MakeAsync(room, News);
        await StartAsync(room, campaign);
        await room.Feeder().RunAsync(await FindAsync(room, campaign), cancellationToken);
        await room.StartSenderAsync();

        long code = await room.EnqueueAsync(room.Order(connector));
        await arrived.Task.WaitAsync(cancellationToken);
        int held = gateway.Requests.Count - 1;
        release.SetResult();
        await room.UntilAsync(code, entry => entry.State == SmsState.Sent);
        foreach (SmsLogEntry entry in await room.Log.ListAsync(1, new SmsLogFilter { Purpose = SmsPurpose.Campaign }, long.MaxValue, 100, default))
        {
            await room.UntilAsync(entry.MessageId, one => one.State == SmsState.Sent);
        }

        Assert.That(held, Is.LessThanOrEqualTo(3));
        Assert.That(gateway.Requests, Has.Count.EqualTo(21));
    }

    internal static async Task<SmsCampaign> MakeAsync(SmsRoom room, SmsCampaignRequest request)
    {
        SaveOutcome outcome = await room.Campaigns.CreateAsync(1, request, default);
        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>(), (outcome as SaveOutcome.Refused)?.Message);
        return (await room.Campaigns.Store.FindAsync(1, ((SaveOutcome.Saved)outcome).Id, default))!;
    }

    internal static async Task StartAsync(SmsRoom room, SmsCampaign campaign) =>
        Assert.That(await room.Campaigns.MoveAsync(1, campaign.CampaignId, SmsCampaignMove.Start, default), Is.Null);

    internal static async Task<SmsCampaign> FindAsync(SmsRoom room, SmsCampaign campaign) =>
        (await room.Campaigns.Store.FindAsync(1, campaign.CampaignId, default))!;

    internal static async Task AssertAllOnceAsync(SmsRoom room, SmsCampaign campaign, int count)
    {
        SmsCampaign done = await FindAsync(room, campaign);
        IReadOnlyList<SmsClaim> messages = await room.Outbox.ClaimAsync(1000, TimeSpan.FromMinutes(1), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((done.State, done.Queued), Is.EqualTo((SmsCampaignState.Done, (long)count)));
            Assert.That(
                messages.Select(message => message.Phone!.Value.E164), Is.EquivalentTo(room.Recipients.Accounts.Select(account => account.Phone)), "all, and none twice");
        }
    }

    /// <summary>The server fails after some portions, in the middle of a transaction.</summary>
    private sealed class FailingBudget(int after) : ISmsBudget
    {
        private int _portions;

        public Task<string?> TrySpendAsync(UnitOfWork unit, long tenantId, int segments) =>
            ++_portions <= after ? Task.FromResult<string?>(null) : throw new TimeoutException("The server is no more.");
    }

    private sealed class SmallBudget(int segments) : ISmsBudget
    {
        private int _left = segments;

        public Task<string?> TrySpendAsync(UnitOfWork unit, long tenantId, int segments) =>
            Task.FromResult((_left -= segments) >= 0 ? null : "It is spent.");
    }
}
