using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>/api/v1/profiles and /api/v1/vouchers of a running server.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class ProfileEndpointsTests
{
    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _api = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_profile_is_made_changed_under_its_ETag_and_deleted()
    {
        ApiAnswer created = await _api.PostAsync("/api/v1/profiles", new
        {
            name = "Silver", price = 1.25, type = "Pay As You Use", edx = "link", minutes = 0, volumeLimited = true, volumeGigabytes = 1.5, idleMinutes = 5,
            simultaneous = 2, downKbps = 2048, upKbps = 1024, minDownKbps = 256, minUpKbps = 128,
        });
        ApiAnswer changed = await _api.PatchAsync("/api/v1/profiles/silver", new { downKbps = 4096 }, created.ETag);
        ApiAnswer stale = await _api.PatchAsync("/api/v1/profiles/silver", new { downKbps = 1 }, created.ETag);
        ApiAnswer staleDelete = await _api.DeleteAsync("/api/v1/profiles/silver", created.ETag);
        ApiAnswer shown = await _api.GetAsync("/api/v1/profiles/SILVER");
        ApiAnswer deleted = await _api.DeleteAsync("/api/v1/profiles/silver", shown.ETag);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(201), created.ToString());
            Assert.That(created.Location, Is.EqualTo("/api/v1/profiles/Silver"));
            Assert.That((string?)created["type"], Is.EqualTo("Pay As You Use"));
            Assert.That((decimal?)created["price"], Is.EqualTo(1.25m));
            Assert.That((decimal?)created["volumeGigabytes"], Is.EqualTo(1.5m));
            Assert.That(changed.Status, Is.EqualTo(200));
            Assert.That(stale.Status, Is.EqualTo(412));
            Assert.That(staleDelete.Status, Is.EqualTo(412));
            Assert.That((int?)shown["downKbps"], Is.EqualTo(4096));
            Assert.That((int?)shown["upKbps"], Is.EqualTo(1024), "what is not given stays");
            Assert.That(deleted.Status, Is.EqualTo(204));
            Assert.That((await _api.GetAsync("/api/v1/profiles/silver")).Status, Is.EqualTo(404));
            Assert.That((await AuditRows.ReadAsync(_server, "profile", "Silver")).Select(row => row.Action), Is.EqualTo(new[] { "create", "update", "delete" }));
        }
    }

    [TestCase("""{"name":"x","minutes":-1}""", "minutes is -1")]
    [TestCase("""{"name":"x","downKbps":99999999999}""", "downKbps")]
    [TestCase("""{"name":"x","price":"1"}""", "price")]
    [TestCase("""{"name":"x","price":-0.5}""", "price is -0.5")]
    [TestCase("""{"name":"x","type":"Monthly"}""", "type is 'Monthly'; it must be Countdown, Expiration, Free or Pay As You Use.")]
    [TestCase("""{"name":"a\u0001"}""", "name has a control character")]
    [TestCase("""{"name":"x","volumeGigabytes":1e40}""", "volumeGigabytes")]
    [TestCase("""{"name":"x","autoReset":"daily"}""", "autoReset is 'daily'; it must be never, halfHour, hour, day, week, month or year.")]
    [TestCase("""{"name":"x","loginHours":["mon 8-18"]}""", "loginHours has 'mon 8-18'; it must be a day and a range")]
    [TestCase("""{"name":"x","loginHours":[null]}""", "loginHours has 'null'; it must be a day and a range")]
    [TestCase("""{"name":"x","loginHours":"mon 08:00-18:00"}""", "loginHours")]
    [TestCase("""{}""", "name is missing")]
    public async Task What_cannot_be_is_refused(string body, string sentence)
    {
        ApiAnswer answer = await _api.PostAsync("/api/v1/profiles", body);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That(answer.Detail, Does.Contain(sentence));
    }

    [Test]
    public async Task Login_hours_and_reset_are_kept_changed_and_cleared()
    {
        ApiAnswer made = await _api.PostAsync("/api/v1/profiles", new { name = "office", autoReset = "DAY", loginHours = (string[])["Mon-Fri 08:00 - 18:00", "fri 22:00-02:00"] });
        ApiAnswer kept = await _api.PatchAsync("/api/v1/profiles/office", new { downKbps = 512 });
        ApiAnswer cleared = await _api.PatchAsync("/api/v1/profiles/office", new { autoReset = "never", loginHours = Array.Empty<string>() });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)made["autoReset"], Is.EqualTo("day"), made.ToString());
            foreach (ApiAnswer answer in (ApiAnswer[])[made, kept])
            {
                Assert.That(answer["loginHours"]!.AsArray().Select(range => (string)range!), Is.EqualTo((string[])["mon-fri 08:00-18:00", "fri 22:00-02:00"]));
            }

            Assert.That((string?)cleared["autoReset"], Is.EqualTo("never"));
            Assert.That(cleared["loginHours"]!.AsArray(), Is.Empty);
            Assert.That(await AuditRows.ReadAsync(_server, "profile", "office"), Has.Some.Matches<(string Action, string Changes)>(row => row.Changes.Contains("loginHours", StringComparison.Ordinal)));
        }
    }

    [Test]
    public async Task Wx_temp_and_a_profile_in_use_are_not_deleted()
    {
        ApiAnswer kept = await _api.DeleteAsync("/api/v1/profiles/wx_temp");
        ApiAnswer used = await _api.DeleteAsync("/api/v1/profiles/gold");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept.Status, Is.EqualTo(409));
            Assert.That(kept.Detail, Is.EqualTo("Every tenant keeps the profile wx_temp."));
            Assert.That(used.Status, Is.EqualTo(409));
            Assert.That(used.Detail, Is.EqualTo("Accounts are on the profile 'gold'; give them another one first."));
        }
    }

    [Test]
    public async Task Profiles_are_listed_by_name_page_by_page()
    {
        ApiAnswer first = await _api.GetAsync("/api/v1/profiles?limit=2");
        ApiAnswer second = await _api.GetAsync("/api/v1/profiles?limit=2&cursor=" + (string)first["next"]!);

        string[] names = [.. first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => (string)item!["name"]!)];
        Assert.That(names, Is.SupersetOf(new[] { "gold", "hour", "wx_temp" }).And.Ordered.And.Unique);
    }

    [Test]
    public async Task Vouchers_that_are_ordered_log_in_at_once()
    {
        using TestNas nas = new(_server);
        ApiAnswer ordered = await _api.PostAsync(
            "/api/v1/vouchers", new { prefix = "EV-", quantity = 3, profile = "gold", allowNas = "none", expiry = "2031-01-01", remark = "Event 7" });
        string[] codes = [.. ordered["codes"]!.AsArray().Select(code => (string)code!)];

        ApiAnswer listed = await _api.GetAsync("/api/v1/vouchers?remark=Event%207&status=active");
        ApiAnswer prefixed = await _api.GetAsync("/api/v1/vouchers?q=ev-");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ordered.Status, Is.EqualTo(201), ordered.ToString());
            Assert.That(codes, Has.Length.EqualTo(3).And.Unique.And.All.StartsWith("EV-"));
            Assert.That(nas.Login(codes[0], codes[0]).IsAccept, Is.True);
            Assert.That(nas.Login(codes[1], "").IsAccept, Is.True);
            Assert.That(listed["items"]!.AsArray().Select(item => (string)item!["code"]!), Is.EqualTo(codes.Order(StringComparer.OrdinalIgnoreCase)));
            Assert.That(prefixed["items"]!.AsArray(), Has.Count.EqualTo(3));
            Assert.That((string?)listed["items"]![0]!["remark"], Is.EqualTo("Event 7"));
        }

        ApiAnswer suspended = await _api.PatchAsync($"/api/v1/vouchers/{codes[2]}", new { status = "suspended", remark = "<script>" });
        ApiAnswer deleted = await _api.DeleteAsync($"/api/v1/vouchers/{codes[1]}");
        (string action, string changes) = (await AuditRows.ReadAsync(_server, "voucher", "EV-")).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)suspended["status"], Is.EqualTo("suspended"));
            Assert.That((string?)suspended["remark"], Is.EqualTo("<script>"));
            Assert.That(nas.Login(codes[2], codes[2]).Text, Is.EqualTo("This account is not active"));
            Assert.That(deleted.Status, Is.EqualTo(204));
            Assert.That(nas.Login(codes[1], codes[1]).IsAccept, Is.False);
            Assert.That(action, Is.EqualTo("create"));
            Assert.That(changes, Does.Contain("\"quantity\":{\"to\":3}").And.Not.Contain(codes[0]));
        }
    }

    [TestCase("""{"quantity":0}""", "quantity is 0; it must be 1 to 10000.")]
    [TestCase("""{"quantity":10001}""", "quantity is 10001; it must be 1 to 10000.")]
    [TestCase("""{"quantity":"ten"}""", "quantity")]
    [TestCase("""{"quantity":3000000000}""", "quantity")]
    [TestCase("""{"profile":"platinum"}""", "profile is 'platinum'")]
    [TestCase("""{"code":"MINE"}""", "code")]
    public async Task An_order_that_cannot_be_is_refused(string body, string sentence)
    {
        ApiAnswer answer = await _api.PostAsync("/api/v1/vouchers", body);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That(answer.Detail, Does.Contain(sentence));
    }

    [Test]
    public async Task An_order_under_one_Idempotency_Key_is_carried_out_once()
    {
        object order = new { prefix = "IDEM-", quantity = 2 };
        ApiAnswer first = await _api.PostAsync("/api/v1/vouchers", order, ("Idempotency-Key", "order-1"));
        ApiAnswer second = await _api.PostAsync("/api/v1/vouchers", order, ("Idempotency-Key", "order-1"));

        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That((await _api.GetAsync("/api/v1/vouchers?q=IDEM-"))["items"]!.AsArray(), Has.Count.EqualTo(2));
    }
}
