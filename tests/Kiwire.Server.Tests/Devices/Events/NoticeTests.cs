using System.Security.Cryptography;
using System.Text;
using Dapper;
using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Mail;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Sms;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Devices.Events;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class NoticeStoreTests(StorageProvider provider)
{
    private const long Now = 1_767_225_600_000;
    private static readonly NoticeTarget Ann = new(1, NoticeChannel.Mail, "ann@example.net");
    private static readonly NoticeTarget Hook = new(1, NoticeChannel.Webhook, "");

    [Test]
    public async Task What_waits_for_a_recipient_is_taken_once_until_the_claim_ends_and_again_when_it_is_due()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        NoticeStore store = new(storage.Database);
        await storage.Commits.EnqueueAsync(
            async unit =>
            {
                for (long id = 1; id <= 3; id++)
                {
                    await NoticeStore.InsertAsync(unit, Ann, id, Now + id);
                }

                await NoticeStore.InsertAsync(unit, Hook, 3, Now);
            },
            default);

        IReadOnlyList<NoticeTarget> due = await store.ListDueAsync(Now + 2, 10, default);
        IReadOnlyList<(long, int)> taken = await ClaimAsync(Now + 2);
        IReadOnlyList<(long, int)> again = await ClaimAsync(Now + 2);
        IReadOnlyList<(long, int)> afterClaim = await ClaimAsync(Now + 60_002);
        await storage.Commits.EnqueueAsync(unit => store.DeleteAsync(unit, Ann, [1]), default);
        await storage.Commits.EnqueueAsync(unit => store.ReleaseAsync(unit, Ann, [2, 3], Now + 100_000), default);
        IReadOnlyList<(long, int)> early = await ClaimAsync(Now + 99_999);
        IReadOnlyList<(long, int)> retried = await ClaimAsync(Now + 100_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(due, Is.EqualTo([Hook, Ann]));
            Assert.That(taken.Order(), Is.EqualTo(new[] { (1L, 0), (2L, 0) }));
            Assert.That(again, Is.Empty);
            Assert.That(afterClaim.Order(), Is.EqualTo(new[] { (1L, 0), (2L, 0), (3L, 0) }));
            Assert.That(early, Is.Empty);
            Assert.That(retried.Order(), Is.EqualTo(new[] { (2L, 1), (3L, 1) }));
        }

        Task<IReadOnlyList<(long, int)>> ClaimAsync(long now) =>
            storage.Commits.EnqueueAsync(unit => NoticeStore.ClaimAsync(unit, Ann, now, now + 60_000, 100), default);
    }

    [Test]
    public async Task Only_administrators_with_monitor_and_an_address_and_an_active_webhook_are_told()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        AdministratorStore administrators = new(storage.Database, TimeProvider.System);
        WebhookStore webhooks = new(storage.Database, storage.Secrets);
        DeviceNews news = new(new MailSender(
            Options.Create(new MailOptions { Host = "127.0.0.1", From = "kiwire@example.net" }), TimeProvider.System, new MailMetrics(new TestMeters())));
        NoticeStore store = new(storage.Database);
        DeviceEvent happened = new() { TenantId = 1, EventId = 10, DeviceId = 7, Identity = "edge", At = Now, Kind = DeviceEventKind.Down, Detail = "d" };
        await storage.Commits.EnqueueAsync(
            async unit =>
            {
                _ = await administrators.InsertAsync(unit, Administrator(1, 11, "ann@example.net", monitor: true), "hash");
                _ = await administrators.InsertAsync(unit, Administrator(1, 12, "bob@example.net", monitor: false), "hash");
                _ = await administrators.InsertAsync(unit, Administrator(1, 13, "", monitor: true), "hash");
                _ = await administrators.InsertAsync(unit, Administrator(2, 14, "eve@example.net", monitor: true), "hash");
                await webhooks.SaveAsync(unit, new Webhook { TenantId = 1, Url = "https://a.example", Active = false }, "0123456789abcdef");
                await news.AddAsync(unit, happened, isNews: true, Now);
                await webhooks.SaveAsync(unit, new Webhook { TenantId = 1, Url = "https://a.example", Active = true }, null);
                await news.AddAsync(unit, happened with { EventId = 11 }, isNews: true, Now);
                await news.AddAsync(unit, happened with { EventId = 12 }, isNews: false, Now);
            },
            default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await store.ListDueAsync(Now, 10, default), Is.EquivalentTo(new[] { Ann, Hook }));
            Assert.That((await ClaimAsync(Ann)).Select(row => row.EventId).Order(), Is.EqualTo(new long[] { 10, 11 }));
            Assert.That((await ClaimAsync(Hook)).Select(row => row.EventId), Is.EqualTo(new long[] { 11 }));
            Assert.That(Encoding.UTF8.GetString((await webhooks.GetSecretAsync(1, default))!), Is.EqualTo("0123456789abcdef"));
            Assert.That(
                (await new DeviceEventStore(storage.Database).ReadAsync(new DeviceEventQuery { TenantId = 1, Limit = 2 }, default)).Rows.Select(row => row.EventId),
                Is.EqualTo(new long[] { 12, 11 }));
            Assert.That((await new DeviceEventStore(storage.Database).ReadAsync(new DeviceEventQuery { TenantId = 2, Limit = 2 }, default)).Rows, Is.Empty);
        }

        Task<IReadOnlyList<(long EventId, int Tries)>> ClaimAsync(NoticeTarget target) =>
            storage.Commits.EnqueueAsync(unit => NoticeStore.ClaimAsync(unit, target, Now, Now + 60_000, 100), default);
    }

    [Test]
    public async Task An_event_that_goes_along_with_the_last_try_of_an_older_one_has_its_own_tries()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        NoticeStore store = new(storage.Database);
        WebhookStore webhooks = new(storage.Database, storage.Secrets);
        using TenantDirectory tenants = new(new TenantStore(storage.Database, storage.Secrets, TimeProvider.System));
        using WebhookHttp http = new(allowPrivate: false, TimeProvider.System, (_, _) => throw new InvalidOperationException());
        using NoticeSender sender = new(
            store, webhooks, http, new MailSender(Options.Create(new MailOptions()), TimeProvider.System, new MailMetrics(new TestMeters())), storage.Database, storage.Commits,
            tenants, new DevicesMetrics(new TestMeters()), TimeProvider.System, NullLogger<NoticeSender>.Instance);
        DeviceEvent happened = new() { TenantId = 1, EventId = 10, DeviceId = 7, Identity = "edge", At = Now, Kind = DeviceEventKind.Down, Detail = "d" };
        await storage.Commits.EnqueueAsync(
            async unit =>
            {
                // An address that is refused before anything is sent.
                await webhooks.SaveAsync(unit, new Webhook { TenantId = 1, Url = "https://10.0.0.1/" }, "0123456789abcdef");
                foreach (long id in (long[])[10, 11])
                {
                    _ = await DeviceEventStore.InsertAsync(unit, happened with { EventId = id });
                    await NoticeStore.InsertAsync(unit, Hook, id, Now);
                }

                _ = await unit.Connection.ExecuteAsync("UPDATE device_notices SET tries = 29 WHERE event_id = 10", transaction: unit.Transaction);
            },
            default);

        await sender.TellAsync(default);

        long later = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        IReadOnlyList<(long, int)> left = await storage.Commits.EnqueueAsync(unit => NoticeStore.ClaimAsync(unit, Hook, later, later + 1, 100), default);
        Assert.That(left, Is.EqualTo(new[] { (11L, 1) }));
    }

    private static Administrator Administrator(long tenantId, long id, string email, bool monitor) => new()
    {
        TenantId = tenantId, AdministratorId = id, Username = $"admin-{id}", Role = AdministratorRole.Operator, Email = email, Monitor = monitor,
    };
}

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class NoticeFormTests
{
    [Test]
    public void A_mail_names_the_device_or_counts_them_and_has_a_line_for_each_event()
    {
        DeviceEvent down = new() { TenantId = 1, EventId = 1, DeviceId = 1, Identity = "edge", At = 1_767_225_600_000, Kind = DeviceEventKind.Down, Detail = "It missed 3 polls in a row." };
        DeviceEvent up = down with { EventId = 2, DeviceId = 2, Identity = "core", Kind = DeviceEventKind.Up, Detail = "It was down for 2 min 0 s." };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(NoticeText.Subject([down]), Is.EqualTo("edge is down"));
            Assert.That(NoticeText.Subject([up, down, down with { DeviceId = 3 }]), Is.EqualTo("2 devices are down, 1 device is up again"));
            Assert.That(NoticeText.Body([down, up], "default", isMore: false), Is.EqualTo(
                "2026-01-01 00:00:00 UTC  edge is down. It missed 3 polls in a row.\r\n2026-01-01 00:00:00 UTC  core is up again. It was down for 2 min 0 s.\r\n\r\n"
                + "Tenant default. You get this as one of its administrators with 'monitor'.\r\n"));
        }
    }

    [Test]
    public async Task A_mail_server_that_refuses_for_now_is_tried_again_and_one_that_refuses_for_good_is_not()
    {
        await using SmtpSink sink = new();
        sink.Refuse = address => address.StartsWith("full", StringComparison.Ordinal) ? "452 full" : address.StartsWith("gone", StringComparison.Ordinal) ? "550 no such user" : null;
        MailSender sender = Sender(sink.Port);

        MailOutcome sent = await sender.SendAsync("ann@example.net", "Größe\r\nBcc: x@example.net", ".a line\r\nünd", default);
        MailOutcome full = await sender.SendAsync("full@example.net", "s", "t", default);
        MailOutcome gone = await sender.SendAsync("gone@example.net", "s", "t", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.TypeOf<MailOutcome.Sent>());
            Assert.That(full, Is.TypeOf<MailOutcome.Retry>());
            Assert.That(gone, Is.TypeOf<MailOutcome.Final>());
            Assert.That(sink.Faults, Is.Empty);
            Assert.That(sink.Messages, Has.Count.EqualTo(1));
            Assert.That((sink.Messages[0].From, sink.Messages[0].To[0], sink.Messages[0].Header("Bcc")), Is.EqualTo(("kiwire@example.net", "ann@example.net", "")));
            Assert.That(sink.Messages[0].Body.TrimEnd(), Is.EqualTo(".a line\r\nünd"));
            Assert.That(await Sender(1).SendAsync("ann@example.net", "s", "t", default), Is.TypeOf<MailOutcome.Retry>(), "nobody listens");
            Assert.That(await Sender(sink.Port, startTls: true).SendAsync("ann@example.net", "s", "t", default), Is.TypeOf<MailOutcome.Retry>(), "no mail without STARTTLS");
        }
    }

    [Test]
    public async Task A_webhooks_address_must_be_public_and_https_and_what_is_posted_is_signed()
    {
        await using FakeGateway receiver = await FakeGateway.StartAsync(request => new GatewayAnswer(request.Path == "/away" ? 302 : request.Path == "/no" ? 500 : 204, ""));
        using WebhookHttp strict = new(allowPrivate: false, TimeProvider.System, (_, _) => Task.FromResult(new[] { System.Net.IPAddress.Loopback }));
        using WebhookHttp open = new(allowPrivate: true, TimeProvider.System, (_, _) => throw new InvalidOperationException());
        byte[] body = Encoding.UTF8.GetBytes("{}");
        byte[] secret = Encoding.UTF8.GetBytes("0123456789abcdef");

        string? taken = await open.PostAsync(receiver.Url + "/events", secret, body, default);

        string signature = receiver.Requests[0].Headers[WebhookHttp.SignatureHeader];
        string seconds = signature.Split(',')[0][2..];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.Null);
            Assert.That(signature, Is.EqualTo($"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(seconds + ".{}")))}"));
            Assert.That(await open.PostAsync(receiver.Url + "/no", secret, body, default), Is.EqualTo("It answered HTTP 500; 2xx is wanted."));
            Assert.That(await open.PostAsync(receiver.Url + "/away", secret, body, default), Is.EqualTo("It answered HTTP 302; 2xx is wanted."));
            Assert.That(await strict.PostAsync("https://inside.example/", secret, body, default), Is.EqualTo(WebhookHttp.PrivateAddress));
            Assert.That(strict.FindFault("http://alerts.example.net"), Does.StartWith("is no https:// address"));
            Assert.That(strict.FindFault("https://10.0.0.1/"), Does.StartWith("leads to a private or special address"));
            Assert.That(strict.FindFault("https://u:p@alerts.example.net/"), Does.StartWith("has a user name in it"));
            Assert.That(strict.FindFault("https://alerts.example.net/"), Is.Null);
        }
    }

    private static MailSender Sender(int port, bool startTls = false) => new(
        Options.Create(new MailOptions { Host = "127.0.0.1", Port = port, From = "kiwire@example.net", StartTls = startTls }), TimeProvider.System, new MailMetrics(new TestMeters()));
}
