using System.Net;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Sms;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>/api/v1/sms/guard as an operator's program uses it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class GuardEndpointsTests
{
    private const string Guard = "/api/v1/sms/guard";
    private const string Allowed = "/api/v1/sms/guard/allowed";

    private RunningServer _server = null!;
    private ApiClient _api = null!;
    private ShiftedClock _clock = null!;

    [SetUp]
    public async Task StartAsync()
    {
        // In the middle of an hour: windows do not turn meanwhile.
        _clock = ShiftedClock.At(GuardRoom.Beginning);
        _server = await RunningServer.StartAsync(_clock);
        _api = await ApiClient.LogInAsync(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_stop_is_shown_with_its_figures_and_lifted()
    {
        Assert.That((await _api.PatchAsync("/api/v1/sms/policy", new { dailyBudget = 6 })).Status, Is.EqualTo(200));
        await OrderAsync(6);

        ApiAnswer shown = await _api.GetAsync(Guard);
        string id = (string)shown["stops"]![0]!["id"]!;
        ApiAnswer lifted = await _api.DeleteAsync($"{Guard}/stops/{id}");
        ApiAnswer twice = await _api.DeleteAsync($"{Guard}/stops/{id}");
        ApiAnswer after = await _api.GetAsync(Guard);
        ApiAnswer audit = await _api.GetAsync("/api/v1/audit?kind=sms-guard-stop");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)shown["mode"], (long?)shown["sentToday"]), Is.EqualTo(("enforce", 5L)), shown.Text);
            Assert.That((string?)shown["stops"]![0]!["subject"], Is.EqualTo("203.0.113.7"));
            Assert.That((string?)shown["stops"]![0]!["cause"], Is.EqualTo("sourceHour"));
            Assert.That(
                ((long?)shown["budget"]!["used"], (bool?)shown["budget"]!["isNear"], (bool?)shown["budget"]!["isSpent"]), Is.EqualTo((5L, true, false)));
            Assert.That(
                shown["counters"]!.AsArray().Select(counter => $"{counter!["of"]} {counter["window"]} {counter["subject"]} {counter["unverified"]}"),
                Is.EqualTo((string[])["source hour 203.0.113.7 5", "source day 203.0.113.7 5", "country hour MY 5", "country day MY 5"]));
            Assert.That((lifted.Status, twice.Status), Is.EqualTo((204, 404)));
            Assert.That(after["stops"]!.AsArray(), Is.Empty);
            Assert.That((string?)audit["items"]![0]!["name"], Is.EqualTo("203.0.113.7"));
        }
    }

    [Test]
    public async Task Decisions_are_found_by_what_they_are_about()
    {
        Assert.That((await _api.PatchAsync("/api/v1/sms/policy", new { dailyBudget = 6 })).Status, Is.EqualTo(200));
        await OrderAsync(6);
        foreach ((string query, int count) in (IEnumerable<(string, int)>)
        [
            ("", 2), ("?outcome=stopped", 1), ("?cause=budgetNear", 1), ("?cause=prefix", 0), ("?source=203.0.113.7", 1), ("?source=203.0.113.8", 0),
            ("?country=MY", 0), ("?phone=%2B60123000000", 0), ("?from=2090-01-01T00:00:00Z", 0), ("?to=2090-01-01T00:00:00Z", 2), ("?limit=1", 1),
        ])
        {
            ApiAnswer found = await _api.GetAsync($"{Guard}/decisions{query}");
            Assert.That(found.Status, Is.EqualTo(200), found.Text);
            Assert.That(found["items"]!.AsArray(), Has.Count.EqualTo(count), query);
        }

        ApiAnswer first = await _api.GetAsync($"{Guard}/decisions?limit=1");
        ApiAnswer second = await _api.GetAsync($"{Guard}/decisions?limit=1&cursor={first["next"]}");
        Assert.That(((string?)first["items"]![0]!["cause"], (string?)second["items"]![0]!["cause"], (string?)second["next"]), Is.EqualTo(("sourceHour", "budgetNear", (string?)null)));
    }

    [TestCase("?cause=9", "cause is '9'; it must be prefix, perPhone")]
    [TestCase("?outcome=maybe", "outcome is 'maybe'; it must be refused, stopped, recorded or noticed.")]
    [TestCase("?phone=0123", "phone has no country calling code")]
    [TestCase("?source=there", "source is neither an address such as 192.0.2.1 nor a device")]
    [TestCase("?country=Malaysia", "country is 'Malaysia'; it must be two letters such as MY.")]
    [TestCase("?country=MY&source=192.0.2.1", "cannot be asked for together")]
    [TestCase("?cursor=abc", "cursor is not one that this list gave out")]
    public async Task A_question_with_a_fault_is_told_which(string query, string fault)
    {
        ApiAnswer answer = await _api.GetAsync($"{Guard}/decisions{query}");

        Assert.That((answer.Status, answer.Detail), Is.EqualTo((400, answer.Detail)));
        Assert.That(answer.Detail, Does.Contain(fault));
    }

    [Test]
    public async Task The_allow_list_is_kept()
    {
        ApiAnswer made = await _api.PostAsync(Allowed, new { number = "+60 12-345 6789", remark = "the owner" });
        ApiAnswer same = await _api.PostAsync(Allowed, new { number = "0060123456789" });
        ApiAnswer network = await _api.PostAsync(Allowed, new { address = "203.0.113.77/24", remark = "the mall" });
        string path = $"{Allowed}/{made["id"]}";
        ApiAnswer changed = await _api.PatchAsync(path, new { remark = "the owner's wife", number = "+60123456780" }, made.ETag);
        ApiAnswer stale = await _api.PatchAsync(path, new { remark = "late" }, made.ETag);
        ApiAnswer taken = await _api.PatchAsync(path, new { address = "203.0.113.0/24" });
        ApiAnswer listed = await _api.GetAsync(Allowed);
        ApiAnswer deleted = await _api.DeleteAsync(path, changed.ETag);
        ApiAnswer audit = await _api.GetAsync("/api/v1/audit?kind=sms-guard-allowed");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, (string?)made["number"], made.Location), Is.EqualTo((201, "+60123456789", path)), made.Text);
            Assert.That((same.Status, stale.Status, taken.Status, deleted.Status), Is.EqualTo((409, 412, 409, 204)));
            Assert.That((string?)network["address"], Is.EqualTo("203.0.113.0/24"));
            Assert.That(((string?)changed["number"], (string?)changed["remark"]), Is.EqualTo(("+60123456780", "the owner's wife")));
            Assert.That(listed["items"]!.AsArray().Select(entry => (string?)entry!["remark"]), Is.EqualTo((string[])["the owner's wife", "the mall"]));
            Assert.That((await _api.GetAsync(path)).Status, Is.EqualTo(404));
            Assert.That(audit["items"]!.AsArray().Select(entry => (string?)entry!["action"]), Is.EqualTo((string[])["delete", "update", "create", "create"]));
        }
    }

    [TestCase("""{"remark":"neither"}""", "number is not given, nor is address; one of them must be.")]
    [TestCase("""{"number":"+60123456789","address":"192.0.2.1"}""", "only one of them may be.")]
    [TestCase("""{"number":"0123456789"}""", "number has no country calling code")]
    [TestCase("""{"number":"+6012345678९"}""", "number has a digit that is not one of 0 to 9")]
    [TestCase("""{"address":"192.0.2"}""", "address is neither an address such as 192.0.2.1 nor a prefix such as 192.0.2.0/24.")]
    [TestCase("""{"address":"192.0.2.1","remark":"a\u0007b"}""", "remark has a control character")]
    public async Task An_entry_with_a_fault_is_refused_with_it(string entry, string fault)
    {
        ApiAnswer answer = await _api.PostAsync(Allowed, entry);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Detail, Does.Contain(fault));
    }

    [Test]
    public async Task A_robot_is_stopped_at_the_door_and_a_guest_who_verified_last_week_gets_a_code()
    {
        ApiAnswer policy = await _api.PatchAsync("/api/v1/sms/policy", new { enabled = true, connector = "demo", profile = "gold", mode = "registration" });
        Assert.That(policy.Status, Is.EqualTo(200), policy.Text);
        Assert.That((await AskAsync("+60123456789", "198.51.100.9")).Status, Is.EqualTo(202));
        Assert.That((string?)(await _api.PostAsync("/api/v1/one-time-codes/verify", new { phone = "+60123456789", code = await CodeOfAsync("+60123456789") }))["verdict"], Is.EqualTo("right"));
        _clock.Advance(TimeSpan.FromDays(7));
        _api.Dispose();
        _api = await ApiClient.LogInAsync(_server);

        List<ApiAnswer> robot = [];
        for (int i = 0; i < 40; i++)
        {
            robot.Add(await AskAsync(GuardRoom.Number(i), "203.0.113.7"));
        }

        ApiAnswer guest = await AskAsync("+60123456789", "203.0.113.7");
        ApiAnswer shown = await _api.GetAsync(Guard);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(robot.Select(answer => answer.Status), Is.EqualTo(Enumerable.Repeat(202, 5).Concat(Enumerable.Repeat(429, 35))));
            Assert.That(robot[^1].Detail, Is.EqualTo("No code can be sent to this number at the moment; try again later."));
            Assert.That(int.Parse(robot[^1].Header("Retry-After"), System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 3600));
            Assert.That(guest.Status, Is.EqualTo(202), guest.Text);
            Assert.That((long?)shown["stops"]![0]!["requests"], Is.EqualTo(35L));
        }

        Task<ApiAnswer> AskAsync(string phone, string address) => _api.PostAsync("/api/v1/one-time-codes", new { phone, address });
    }

    private async Task<string> CodeOfAsync(string phone)
    {
        StoredCode? stored = await _server.Get<CodeVerification>().FindAsync(TenantDirectory.DefaultTenantId, SmsSamples.Phone(phone), default);
        return System.Text.Encoding.UTF8.GetString(_server.Get<CodeSecrets>().Reveal(stored!)!);
    }

    private async Task OrderAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            PhoneNumber phone = SmsSamples.Phone(GuardRoom.Number(i));
            GuardQuestion question = new()
            {
                Policy = _server.Get<SmsPolicyDirectory>().Of(TenantDirectory.DefaultTenantId),
                Phone = phone,
                PhoneHash = _server.Get<SmsOutbox>().HashOf(phone),
                Address = IPAddress.Parse("203.0.113.7"),
                Now = _server.Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(),
            };
            await _server.Get<CommitQueue>().EnqueueAsync(
                async unit =>
                {
                    if (await _server.Get<CodeGuard>().JudgeAsync(unit, question) is GuardVerdict.Passed)
                    {
                        await _server.Get<CodeGuard>().SentAsync(unit, question, _server.Get<IdSource>().Next());
                    }
                },
                default);
        }
    }
}
