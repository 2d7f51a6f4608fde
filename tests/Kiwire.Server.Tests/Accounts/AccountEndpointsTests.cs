using System.Text.Json.Nodes;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>/api/v1/accounts of a running server: what an operator does, and who then comes in by RADIUS.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class AccountEndpointsTests
{
    private RunningServer _server = null!;
    private ApiClient _api = null!;
    private TestNas _nas = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        _api = await ApiClient.LogInAsync(_server);
        _nas = new TestNas(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _nas.Dispose();
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_user_logs_in_at_once_is_refused_at_once_when_suspended_and_is_gone_when_deleted()
    {
        Assert.That(_nas.Login("erin", "secret-1").Text, Is.EqualTo("Wrong username or password"));

        ApiAnswer created = await _api.PostAsync("/api/v1/accounts", new { username = "erin", password = "secret-1", profile = "gold" });
        Answer first = _nas.Login("erin", "secret-1");
        ApiAnswer suspended = await _api.PatchAsync("/api/v1/accounts/ERIN", new { status = "suspended" });
        Answer second = _nas.Login("erin", "secret-1");
        ApiAnswer deleted = await _api.DeleteAsync("/api/v1/accounts/erin");
        Answer third = _nas.Login("erin", "secret-1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(201), created.ToString());
            Assert.That(created.Location, Is.EqualTo("/api/v1/accounts/erin"));
            Assert.That(first.IsAccept, Is.True);
            Assert.That(suspended.Status, Is.EqualTo(200), suspended.ToString());
            Assert.That(second.Text, Is.EqualTo("This account is not active"));
            Assert.That(deleted.Status, Is.EqualTo(204));
            Assert.That(third.Text, Is.EqualTo("Wrong username or password"));
            Assert.That((await _api.GetAsync("/api/v1/accounts/erin")).Status, Is.EqualTo(404));
            Assert.That((await _api.DeleteAsync("/api/v1/accounts/erin")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Every_field_is_shown_as_it_was_given_but_the_password_never()
    {
        ApiAnswer created = await _api.PostAsync("/api/v1/accounts", new
        {
            username = "full", password = "top-secret-1", fullName = "<b>Full</b> & Co.", email = "full@example.org", phone = "+60 12-345", profile = "gold",
            remark = "'; DROP TABLE accounts; --", status = "active", allowNas = "lobby", expiry = "2031-05-06T07:08:09+02:00",
            macs = new[] { "AA-BB-CC-DD-EE-01", "aabb.ccdd.ee02" }, integration = "=1+1", statistics = "ümläut 漢字",
        });

        ApiAnswer shown = await _api.GetAsync("/api/v1/accounts/full");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(201), created.ToString());
            Assert.That(created.Text + shown.Text, Does.Not.Contain("top-secret-1").And.Not.Contain("password"));
            Assert.That((string?)shown["fullName"], Is.EqualTo("<b>Full</b> & Co."));
            Assert.That((string?)shown["email"], Is.EqualTo("full@example.org"));
            Assert.That((string?)shown["phone"], Is.EqualTo("+60 12-345"));
            Assert.That((string?)shown["profile"], Is.EqualTo("gold"));
            Assert.That((string?)shown["remark"], Is.EqualTo("'; DROP TABLE accounts; --"));
            Assert.That((string?)shown["allowNas"], Is.EqualTo("lobby"));
            Assert.That(DateTimeOffset.Parse((string)shown["expiresAt"]!, null), Is.EqualTo(new DateTimeOffset(2031, 5, 6, 5, 8, 9, TimeSpan.Zero)));
            Assert.That(shown["macs"]!.AsArray().Select(mac => (string?)mac), Is.EquivalentTo(new[] { "aa:bb:cc:dd:ee:01", "aa:bb:cc:dd:ee:02" }));
            Assert.That((string?)shown["integration"], Is.EqualTo("=1+1"));
            Assert.That((string?)shown["statistics"], Is.EqualTo("ümläut 漢字"));
            Assert.That((long?)shown["usedSeconds"], Is.Zero);
            Assert.That(shown["firstLoginAt"], Is.Null);
        }

        ApiAnswer cleared = await _api.PatchAsync("/api/v1/accounts/full", new { remark = "", macs = Array.Empty<string>(), expiry = "", allowNas = "none" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)cleared["remark"], Is.Empty);
            Assert.That(cleared["macs"]!.AsArray(), Is.Empty);
            Assert.That(cleared["expiresAt"], Is.Null);
            Assert.That((string?)cleared["allowNas"], Is.EqualTo("none"));
            Assert.That((string?)cleared["fullName"], Is.EqualTo("<b>Full</b> & Co."), "what is not given stays");
        }
    }

    [TestCase("""{"username":"x1","password":"p","simultaneous":1}""", "simultaneous")]
    [TestCase("""{"username":17,"password":"p"}""", "username")]
    [TestCase("""{"username":"x1","password":"p","macs":"aa:bb:cc:dd:ee:ff"}""", "macs")]
    [TestCase("""{"username":"x1","password":"p","macs":["no mac"]}""", "macs has 'no mac'")]
    [TestCase("""{"username":"x1","password":"p","macs":[null]}""", "macs has 'null'")]
    [TestCase("""{"username":"x1"}""", "password is missing")]
    [TestCase("""{"username":"x1","password":""}""", "password is empty")]
    [TestCase("""{"password":"p"}""", "username is missing")]
    [TestCase("""{"username":"x\u00011","password":"p"}""", "username has a control character")]
    [TestCase("""{"username":"x\ud8001","password":"p"}""", "username")]
    [TestCase("""{"username":"x1","password":"p","profile":"platinum"}""", "profile is 'platinum', which is no profile of this tenant")]
    [TestCase("""{"username":"x1","password":"p","status":"on"}""", "status is 'on'; it must be active or suspended.")]
    [TestCase("""{"username":"x1","password":"p","expiry":"2030-02-30"}""", "expiry is '2030-02-30'")]
    [TestCase("""{"username":"x1","password":"p","expiry":"99999-01-01"}""", "expiry is '99999-01-01'")]
    [TestCase("""{"username":"x1","password":"p","allowNas":"pool"}""", "allowNas names 'pool'")]
    [TestCase("""{"username":"x1","password":"p","email":"nobody"}""", "email is 'nobody'")]
    [TestCase("""{"username":"x1","password":"p","phone":"call me"}""", "phone is 'call me'")]
    [TestCase("""{"username":"x1","password":"p"} trailing""", "")]
    public async Task What_cannot_be_is_refused_with_its_field_and_nothing_is_made(string body, string sentence)
    {
        ApiAnswer answer = await _api.PostAsync("/api/v1/accounts", body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
            Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"));
            Assert.That(answer.Detail, Does.Contain(sentence));
            Assert.That((await _api.GetAsync("/api/v1/accounts/x1")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_value_that_is_too_long_is_refused_with_the_most_it_may_have()
    {
        ApiAnswer answer = await _api.PostAsync("/api/v1/accounts", new
        {
            username = new string('u', 254), password = new string('p', 129), fullName = new string('f', 1001), email = new string('e', 255),
            phone = new string('1', 33), macs = Enumerable.Range(0, 65).Select(i => $"02:00:00:00:00:{i:x2}"),
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(400));
            Assert.That(answer.Detail, Does.Contain("username has more than 253 octets").And.Contain("password has more than 128 octets"));
            Assert.That(answer.Detail, Does.Contain("fullName has 1001 characters; 1000 is the most").And.Contain("email has 255 characters; 254 is the most"));
            Assert.That(answer.Detail, Does.Contain("at most 32 characters").And.Contain("macs has 65 addresses; 64 is the most"));
            Assert.That(answer.Detail, Does.Not.Contain("ppp"), "a password is not said");
            Assert.That(answer["errors"]!.AsObject().Count, Is.EqualTo(6));
        }
    }

    [Test]
    public async Task Octets_that_are_no_UTF8_are_refused()
    {
        using ByteArrayContent body = new([.. "{\"username\":\""u8, 0xC3, 0x28, .. "\",\"password\":\"p\"}"u8]);
        body.Headers.ContentType = new("application/json");

        ApiAnswer answer = await _api.SendAsync(HttpMethod.Post, "/api/v1/accounts", body);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
    }

    [Test]
    public async Task A_name_is_one_whatever_its_case_and_may_have_any_character()
    {
        const string Name = "Gäste/7 & 100% <x>";
        ApiAnswer created = await _api.PostAsync("/api/v1/accounts", new { username = Name, password = "p-1" });
        ApiAnswer again = await _api.PostAsync("/api/v1/accounts", new { username = Name.ToUpperInvariant(), password = "p-2" });
        ApiAnswer shown = await _api.GetAsync(created.Location!);
        ApiAnswer recased = await _api.PatchAsync(created.Location!, new { username = Name.ToLowerInvariant() });
        ApiAnswer renamed = await _api.PatchAsync(created.Location!, new { username = "another" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(201), created.ToString());
            Assert.That(again.Status, Is.EqualTo(409));
            Assert.That((string?)shown["username"], Is.EqualTo(Name));
            Assert.That((string?)recased["username"], Is.EqualTo(Name.ToLowerInvariant()));
            Assert.That(renamed.Detail, Does.Contain("username cannot be changed"));
        }
    }

    [Test]
    public async Task A_change_under_an_old_ETag_is_refused_and_changes_nothing()
    {
        ApiAnswer created = await _api.PostAsync("/api/v1/accounts", new { username = "tagged", password = "p-1", profile = "wx_temp" });
        ApiAnswer changed = await _api.PatchAsync("/api/v1/accounts/tagged", new { remark = "one" }, created.ETag);
        ApiAnswer stale = await _api.PatchAsync("/api/v1/accounts/tagged", new { remark = "two" }, created.ETag);
        ApiAnswer staleDelete = await _api.DeleteAsync("/api/v1/accounts/tagged", created.ETag);
        Assert.That(_nas.Login("tagged", "p-1").IsAccept, Is.True);
        ApiAnswer afterLogin = await _api.PatchAsync("/api/v1/accounts/tagged", new { remark = "three" }, changed.ETag);
        ApiAnswer shown = await _api.GetAsync("/api/v1/accounts/tagged");
        ApiAnswer deleted = await _api.DeleteAsync("/api/v1/accounts/tagged", shown.ETag);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed.Status, Is.EqualTo(200));
            Assert.That(changed.ETag, Is.Not.EqualTo(created.ETag));
            Assert.That(stale.Status, Is.EqualTo(412), stale.ToString());
            Assert.That(staleDelete.Status, Is.EqualTo(412));
            Assert.That(afterLogin.Status, Is.EqualTo(412), "its first login is something that an operator sees");
            Assert.That((string?)shown["remark"], Is.EqualTo("one"));
            Assert.That(shown["firstLoginAt"], Is.Not.Null);
            Assert.That(deleted.Status, Is.EqualTo(204));
        }
    }

    [Test]
    public async Task A_voucher_is_no_user_and_a_user_no_voucher()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _api.GetAsync("/api/v1/accounts/V_DEMO2345")).Status, Is.EqualTo(404));
            Assert.That((await _api.DeleteAsync("/api/v1/accounts/V_DEMO2345")).Status, Is.EqualTo(404));
            Assert.That((await _api.GetAsync("/api/v1/vouchers/alice")).Status, Is.EqualTo(404));
            Assert.That((await _api.GetAsync("/api/v1/vouchers/v_demo2345")).Status, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task Pages_give_each_of_a_thousand_once_while_others_come_and_go()
    {
        for (int i = 0; i < 1000; i++)
        {
            await _server.CreateUserAsync(new() { Username = $"page{i:D4}", Password = "p-1" });
        }

        List<string> seen = [];
        string? cursor = null;
        int page = 0;
        do
        {
            string next = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            ApiAnswer answer = await _api.GetAsync($"/api/v1/accounts?q=PAGE&limit=37{next}");
            Assert.That(answer.Status, Is.EqualTo(200), answer.ToString());
            seen.AddRange(answer["items"]!.AsArray().Select(item => (string)item!["username"]!));
            cursor = (string?)answer["next"];

            // Before and behind the place that the list is at.
            _ = await _api.PostAsync("/api/v1/accounts", new { username = $"page0000-{page}", password = "p-1" });
            _ = await _api.PostAsync("/api/v1/accounts", new { username = $"page9999-{page}", password = "p-1" });
            _ = await _api.DeleteAsync($"/api/v1/accounts/{Uri.EscapeDataString(seen[^1])}");
            page++;
        }
        while (cursor is not null);

        string[] original = [.. seen.Where(name => name.Length == 8)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.Unique);
            Assert.That(original, Is.EqualTo(Enumerable.Range(0, 1000).Select(i => $"page{i:D4}")));
        }
    }

    [TestCase("sort=age", "sort must be name, -name, createdAt, -createdAt, expiresAt or -expiresAt.")]
    [TestCase("status=on", "status must be active or suspended.")]
    [TestCase("profile=platinum", "profile is 'platinum', which is no profile of this tenant")]
    [TestCase("mac=xyz", "mac must be a MAC address")]
    [TestCase("q=a%01b", "q must be the beginning of a name")]
    [TestCase("email=%00", "NUL character")]
    [TestCase("sort=createdAt&profile=gold", "profile cannot be asked for in this order; it needs sort=name or sort=-name")]
    [TestCase("sort=-createdAt&q=a", "q cannot be asked for in this order")]
    [TestCase("sort=name&expiresBefore=2030-01-01T00:00:00Z", "expiresBefore cannot be asked for in this order; it needs sort=expiresAt")]
    [TestCase("expiresAfter=2030-01-01T00:00:00Z&q=a", "q cannot be asked for in this order")]
    [TestCase("expiresBefore=soon", "expiresBefore is 'soon'; it must be a moment such as 2030-12-31T18:00:00Z")]
    [TestCase("limit=0", "limit is 0; it must be 1 to 1000.")]
    [TestCase("limit=1001", "limit is 1001; it must be 1 to 1000.")]
    [TestCase("limit=99999999999", "limit is '99999999999'; it must be a whole number")]
    [TestCase("cursor=AAAA", "cursor is not one that this list gave out")]
    public async Task A_list_that_cannot_be_had_is_refused_in_words(string query, string sentence)
    {
        ApiAnswer answer = await _api.GetAsync("/api/v1/accounts?" + query);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That(answer.Detail, Does.Contain(sentence));
    }

    [Test]
    public async Task A_cursor_of_another_list_is_refused()
    {
        ApiAnswer first = await _api.GetAsync("/api/v1/accounts?limit=1");

        ApiAnswer other = await _api.GetAsync($"/api/v1/accounts?limit=1&sort=-name&cursor={(string)first["next"]!}");

        Assert.That(other.Detail, Does.Contain("cursor is not one that this list gave out with these filters and this sort"));
    }

    [Test]
    public async Task Changes_are_in_the_audit_log_without_passwords()
    {
        _ = await _api.PostAsync("/api/v1/accounts", new { username = "audited", password = "hidden-1", profile = "gold", phone = "12345" });
        _ = await _api.PatchAsync("/api/v1/accounts/audited", new { password = "hidden-2", profile = "hour", macs = new[] { "02:00:00:00:00:99" } });
        _ = await _api.PatchAsync("/api/v1/accounts/audited", new { profile = "hour" });
        _ = await _api.DeleteAsync("/api/v1/accounts/audited");

        List<(string Action, string Changes)> rows = await AuditRows.ReadAsync(_server, "account", "audited");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => row.Action), Is.EqualTo(new[] { "create", "update", "delete" }));
            Assert.That(JsonNode.Parse(rows[0].Changes)!["phone"]!["to"]!.ToString(), Is.EqualTo("12345"));
            Assert.That(
                rows[1].Changes,
                Is.EqualTo("""{"password":"changed","profile":{"from":"gold","to":"hour"},"macs":{"from":[],"to":["02:00:00:00:00:99"]}}"""));
            Assert.That(rows.Select(row => row.Changes), Has.None.Contain("hidden"));
        }
    }
}
