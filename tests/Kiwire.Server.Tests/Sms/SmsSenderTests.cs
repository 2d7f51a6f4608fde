using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsSenderTests(StorageProvider provider)
{
    private static readonly SmsOptions Patient = new() { AllowPrivateAddresses = true, RequestSeconds = 60 };

    [Test]
    public async Task A_message_is_sent_and_its_text_erased()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Twilio);
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long connector = await room.AddConnectorAsync(Twilio(gateway.Url));
        await room.StartSenderAsync();

        long id = await room.EnqueueAsync(room.Order(connector));
        SmsLogEntry entry = await room.UntilAsync(id, entry => entry.State == SmsState.Sent);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(gateway.Requests.Single().Variables["Body"], Is.EqualTo("Your code is 482913"));
            Assert.That((entry.Phone, entry.Account, entry.Connector, entry.Attempts), Is.EqualTo(("+6012****789", "otto", "My Twilio", 1)));
            Assert.That((entry.ProviderId, entry.Segments, entry.Error), Is.EqualTo(("SM00000000000000000000000000000001", 2, "")));
            Assert.That(entry.SentAt, Is.Not.Null);
            Assert.That(await CountAsync(room), Is.Zero);
        }
    }

    [Test]
    public async Task What_waits_can_be_read_by_nobody_without_the_key()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);

        await room.EnqueueAsync(room.Order(1));

        await using var connection = await room.Database.OpenAsync(default);
        byte[] payload = await connection.ExecuteScalarAsync<byte[]>("SELECT payload FROM sms_outbox") ?? [];
        string[] log = [.. await connection.QueryAsync<string>("SELECT phone || phone_hash || account || connector || error FROM sms_messages")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(payload, Is.Not.Empty);
            foreach (string text in (string[])[Encoding.Latin1.GetString(payload), log.Single()])
            {
                Assert.That(text, Does.Not.Contain("482913").And.Not.Contain("0123456789"));
            }
        }
    }

    [Test]
    public async Task A_connector_that_refuses_for_good_gives_way_to_the_next()
    {
        await using FakeGateway first = await FakeGateway.StartAsync(GatewayRules.Twilio);
        await using FakeGateway second = await FakeGateway.StartAsync(GatewayRules.MessageBird);
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long refusing = await room.AddConnectorAsync(Twilio(first.Url) with { AuthToken = "wrong-one" });
        long willing = await room.AddConnectorAsync(MessageBird(second.Url));
        await room.StartSenderAsync();

        SmsLogEntry entry = await room.UntilAsync(await room.EnqueueAsync(room.Order(refusing, willing)), entry => entry.State == SmsState.Sent);

        Assert.That((entry.Connector, entry.Attempts, first.Requests.Count, second.Requests.Count), Is.EqualTo(("My MessageBird", 2, 1, 1)));
    }

    [Test]
    public async Task A_message_that_everybody_refuses_has_failed_with_the_reason_and_no_secret()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(
            request => new GatewayAnswer(200, $"error: text {request.Variables["msg"]} code 482913 for {request.Variables["mobileno"]} with {request.QueryVariables["password"]}"));
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long connector = await room.AddConnectorAsync(Acme(gateway.Url) with { Success = new SuccessRule { Begins = "OK" } });
        await room.StartSenderAsync();

        SmsLogEntry entry = await room.UntilAsync(await room.EnqueueAsync(room.Order(connector)), entry => entry.State == SmsState.Failed);

        Assert.That(entry.Error, Is.EqualTo("HTTP 200: error: text (message) code *** for +6012****789 with ***"));
        Assert.That((gateway.Requests.Count, await CountAsync(room)), Is.EqualTo((1, 0L)));
    }

    [TestCase(500)]
    [TestCase(429)]
    public async Task A_connector_that_fails_is_tried_three_times_and_then_the_next(int status)
    {
        await using FakeGateway first = await FakeGateway.StartAsync(_ => new GatewayAnswer(status, "not now"));
        await using FakeGateway second = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock, Patient);
        long failing = await room.AddConnectorAsync(Acme(first.Url, name: "first"));
        long willing = await room.AddConnectorAsync(Acme(second.Url, name: "second"));
        await room.StartSenderAsync();

        long id = await room.EnqueueAsync(room.Order(failing, willing) with { ExpiresAt = clock.GetUtcNow().AddDays(1) });
        SmsLogEntry waiting = await room.UntilAsync(id, entry => entry is { State: SmsState.Queued, Attempts: 1 });
        SmsLogEntry entry = await room.UntilAsync(id, entry => entry.State == SmsState.Sent, clock);

        Assert.That(waiting.Error, Is.EqualTo($"HTTP {status}: not now"));
        Assert.That((entry.Connector, entry.Attempts, first.Requests.Count, second.Requests.Count), Is.EqualTo(("second", 4, 3, 1)));
    }

    [Test]
    public async Task Retry_After_is_waited_for()
    {
        int asked = 0;
        await using FakeGateway gateway = await FakeGateway.StartAsync(
            _ => Interlocked.Increment(ref asked) == 1 ? new GatewayAnswer(429, "", ("Retry-After", "30")) : new GatewayAnswer(200, "OK"));
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock, Patient);
        long connector = await room.AddConnectorAsync(Acme(gateway.Url));
        await room.StartSenderAsync();

        long id = await room.EnqueueAsync(room.Order(connector));
        await room.UntilAsync(id, entry => entry is { State: SmsState.Queued, Attempts: 1 });
        clock.Advance(TimeSpan.FromSeconds(29));
        IReadOnlyList<SmsClaim> early = await room.Outbox.ClaimAsync(1, TimeSpan.FromMinutes(1), default);
        await room.UntilAsync(id, entry => entry.State == SmsState.Sent, clock);

        Assert.That((early.Count, gateway.Requests.Count), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task A_message_is_not_sent_when_it_is_out_of_date()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(503, ""));
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock, Patient);
        long connector = await room.AddConnectorAsync(Acme(gateway.Url));
        long id = await room.EnqueueAsync(room.Order(connector) with { ExpiresAt = clock.GetUtcNow().AddSeconds(60) });
        clock.Advance(TimeSpan.FromSeconds(60));

        await room.StartSenderAsync();
        SmsLogEntry entry = await room.UntilAsync(id, entry => entry.State == SmsState.Failed);

        Assert.That((entry.Error, gateway.Requests.Count, await CountAsync(room)), Is.EqualTo(("It was out of date before a gateway took it.", 0, 0L)));
    }

    [Test]
    public async Task A_connector_that_fails_five_times_in_a_row_rests()
    {
        await using FakeGateway first = await FakeGateway.StartAsync(_ => new GatewayAnswer(503, ""));
        await using FakeGateway second = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock, Patient);
        long failing = await room.AddConnectorAsync(Acme(first.Url, name: "first"));
        long willing = await room.AddConnectorAsync(Acme(second.Url, name: "second"));
        await room.StartSenderAsync();
        for (int i = 0; i < 5; i++)
        {
            await room.UntilAsync(await room.EnqueueAsync(room.Order(failing)), entry => entry is { State: SmsState.Queued, Attempts: 1 });
        }

        SmsLogEntry entry = await room.UntilAsync(await room.EnqueueAsync(room.Order(failing, willing)), entry => entry.State == SmsState.Sent);

        Assert.That((entry.Connector, entry.Attempts, first.Requests.Count), Is.EqualTo(("second", 1, 5)));
    }

    [Test]
    public async Task A_message_that_a_dead_server_held_is_not_sent_again()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock, Patient);
        long connector = await room.AddConnectorAsync(Acme(gateway.Url));
        long held = await room.EnqueueAsync(room.Order(connector));
        Assert.That(await room.Outbox.ClaimAsync(10, TimeSpan.FromMinutes(2), default), Has.Count.EqualTo(1));
        long waiting = await room.EnqueueAsync(room.Order(connector));

        await room.StartSenderAsync();
        SmsLogEntry sent = await room.UntilAsync(waiting, entry => entry.State == SmsState.Sent);
        SmsLogEntry lost = await room.UntilAsync(held, entry => entry.State == SmsState.Failed);

        Assert.That((sent.Attempts, gateway.Requests.Count), Is.EqualTo((1, 1)));
        Assert.That(lost.Error, Does.Contain("not sent again"));
    }

    [Test]
    public async Task A_message_that_a_gateway_has_when_the_server_stops_is_not_sent_again()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeGateway gateway = await FakeGateway.StartAsync(async _ =>
        {
            asked.TrySetResult();
            await never.Task;
            return new GatewayAnswer(200, "OK");
        });
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, options: Patient);
        long connector = await room.AddConnectorAsync(Acme(gateway.Url));
        await room.StartSenderAsync();
        long id = await room.EnqueueAsync(room.Order(connector));
        await asked.Task;

        await room.StopSenderAsync();

        SmsLogEntry entry = (await room.Log.GetAsync(1, id, default))!;
        Assert.That((entry.State, await CountAsync(room)), Is.EqualTo((SmsState.Failed, 0L)));
        Assert.That(entry.Error, Does.Contain("not sent again"));
        never.SetResult();
    }

    [Test]
    public async Task A_connector_that_is_made_inactive_sends_nothing_more()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long connector = await room.AddConnectorAsync(Acme(gateway.Url));
        await room.StartSenderAsync();
        await room.UntilAsync(await room.EnqueueAsync(room.Order(connector)), entry => entry.State == SmsState.Sent);

        await room.Connectors.UpdateAsync(1, connector, new SmsConnectorRequest { Active = false }, 0, default);
        SmsLogEntry entry = await room.UntilAsync(await room.EnqueueAsync(room.Order(connector)), entry => entry.State == SmsState.Failed);

        Assert.That((entry.Error, gateway.Requests.Count), Is.EqualTo(("The connector is not active.", 1)));
    }

    [Test]
    public async Task A_message_that_shares_a_transaction_goes_with_it()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);

        Assert.That(
            async () => await room.Commits.EnqueueAsync(
                async unit =>
                {
                    Assert.That(await room.Outbox.EnqueueAsync(unit, room.Order(1)), Is.TypeOf<SmsEnqueued.Queued>());
                    throw new InvalidOperationException("The rest of it failed.");
                },
                default),
            Throws.InvalidOperationException);

        Assert.That(await CountAsync(room), Is.Zero);
    }

    [Test]
    public async Task The_outbox_is_bounded()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, options: new SmsOptions { OutboxLimit = 2 });
        await room.EnqueueAsync(room.Order(1));
        await room.EnqueueAsync(room.Order(1));

        Assert.That(await room.Outbox.EnqueueAsync(room.Order(1), default), Is.EqualTo(new SmsEnqueued.Full(2)));
        Assert.That(await room.Outbox.EnqueueAsync(room.Order(1) with { TenantId = 2 }, default), Is.TypeOf<SmsEnqueued.Queued>());
    }

    [Test]
    public async Task Codes_go_before_notices()
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        await room.EnqueueAsync(room.Order(1) with { Purpose = SmsPurpose.Notice });
        long code = await room.EnqueueAsync(room.Order(1));

        IReadOnlyList<SmsClaim> claims = await room.Outbox.ClaimAsync(1, TimeSpan.FromMinutes(1), default);

        Assert.That(claims.Single().MessageId, Is.EqualTo(code));
    }

    [Test]
    public async Task A_thousand_messages_are_sent_by_as_many_servers_as_there_are_and_none_twice()
    {
        ConcurrentBag<string> taken = [];
        await using FakeGateway gateway = await FakeGateway.StartAsync(async request =>
        {
            await Task.Delay(300);
            taken.Add(request.Variables["msg"]);
            return new GatewayAnswer(200, "OK");
        });
        await using SmsRoom first = await SmsRoom.CreateAsync(provider, options: Patient);
        await using SmsRoom? second = provider == StorageProvider.PostgreSql ? await first.OpenSecondAsync() : null;
        long connector = await first.AddConnectorAsync(Acme(gateway.Url));
        await first.StartSenderAsync();
        await (second?.StartSenderAsync() ?? Task.CompletedTask);

        long began = TimeProvider.System.GetTimestamp();
        long[] ids = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => (i % 2 == 0 ? first : second ?? first).EnqueueAsync(first.Order(connector) with { Text = $"Message {i:D4}" })));
        foreach (long id in ids)
        {
            await first.UntilAsync(id, entry => entry.State == SmsState.Sent);
        }

        TestContext.Out.WriteLine($"1000 messages in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        Assert.That(taken, Has.Count.EqualTo(1000).And.Unique);
    }

    [Test]
    public async Task A_message_that_makes_no_sense_does_not_end_the_sender()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        long connector = await room.AddConnectorAsync(Acme(gateway.Url));
        long broken = await room.EnqueueAsync(room.Order(connector));
        await room.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync("UPDATE sms_outbox SET connectors = 'x' WHERE message_id = @broken", new { broken }, unit.Transaction), default);
        await room.StartSenderAsync();
        await room.UntilAsync(broken, entry => entry.State == SmsState.Sending);

        SmsLogEntry entry = await room.UntilAsync(await room.EnqueueAsync(room.Order(connector)), entry => entry.State == SmsState.Sent);

        Assert.That((entry.Connector, gateway.Requests.Count), Is.EqualTo(("acme", 1)));
    }

    [Test]
    public async Task All_that_is_old_in_the_log_is_deleted_however_much_it_is()
    {
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock);
        await room.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync(
                """
                INSERT INTO sms_messages (tenant_id, message_id, created_at, purpose, phone, phone_hash, account, connector, state, provider_id, error, segments, attempts)
                WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number <= @PruneLimit)
                SELECT 1, number, number, 0, '', '', '', '', 2, '', '', 1, 1 FROM numbers
                """,
                new { SmsLogStore.PruneLimit },
                unit.Transaction),
            default);
        await room.StartSenderAsync();

        DateTimeOffset soon = clock.GetUtcNow().AddMinutes(1);
        while ((await room.Log.ListAsync(1, new SmsLogFilter(), long.MaxValue, 1, default)).Count > 0)
        {
            Assert.That(clock.GetUtcNow(), Is.LessThan(soon), "an hour later would be too late for who sends a million a day");
            _ = clock.TryAdvanceToNext(within: TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    [Test]
    public async Task What_arrived_though_the_gateway_did_not_answer_in_time_is_not_sent_again([Values] bool isUnderWay)
    {
        HandMovedClock clock = new();
        await using SmsRoom room = await SmsRoom.CreateAsync(provider, clock);
        long id = await room.EnqueueAsync(room.Order(1));
        SmsClaim claim = (await room.Outbox.ClaimAsync(1, TimeSpan.FromMinutes(1), default)).Single();
        Func<Task>[] events =
        [
            () => room.Reports.RecordAsync(1, id, SmsState.Delivered, "", default),
            () => room.Outbox.AgainAsync(claim with { Attempts = 1 }, "acme", "It did not answer within 10 s.", clock.GetUtcNow()),
        ];

        foreach (Func<Task> happens in isUnderWay ? events : events.Reverse())
        {
            await happens();
        }

        Assert.That(((await room.Log.GetAsync(1, id, default))!.State, await CountAsync(room)), Is.EqualTo((SmsState.Delivered, 0L)));
    }

    private static async Task<long> CountAsync(SmsRoom room)
    {
        await using var connection = await room.Database.OpenAsync(default);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sms_outbox");
    }
}
