using System.Text.Json.Nodes;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>/api/v1/logins and /api/v1/unauthorised-devices of a running server, after logins over the wire.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class LoginHistoryEndpointsTests
{
    private const string Logins = "/api/v1/logins";
    private const string Devices = "/api/v1/unauthorised-devices";

    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        _api = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task An_accept_is_explained_with_the_attributes_that_were_sent(CancellationToken cancellationToken)
    {
        using TestNas nas = new(_server);
        Answer answer = nas.Login("alice", "wonderland", "02-E0-00-00-00-01");

        JsonNode login = await NewestAsync("username=ALICE&mac=02e000000001", cancellationToken);
        ApiAnswer explained = await _api.GetAsync($"{Logins}/{login["id"]}/explain");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)login["outcome"], (string?)login["account"], (string?)login["nas"], (string?)login["method"]), Is.EqualTo(("accepted", "alice", "demo-nas", "PAP")));
            Assert.That(explained["decidedBy"], Is.Null);
            Assert.That(Outcomes(explained), Is.EqualTo(Enumerable.Repeat("passed", 10)));
            Assert.That(explained["checks"]!.AsArray().Select(check => (string?)check!["compared"]), Is.EqualTo(new string?[]
            {
                null, null, null, null, null, "profile gold", "no limit", "no limit", "1 in with this one, limit 3", null,
            }));
            Assert.That((string?)explained["answer"], Is.EqualTo("Access-Accept"));
            Assert.That(Sent(explained), Is.EqualTo(new[]
            {
                "Idle-Timeout = 600", $"Acct-Interim-Interval = {answer.Integer(85)}", $"Class = 0x{Convert.ToHexStringLower(answer.Octets(25)!)}",
                "WISPr-Bandwidth-Max-Down = 10240000", "WISPr-Bandwidth-Max-Up = 2048000",
            }));
            Assert.That((await _api.GetAsync($"{Logins}/{login["id"]}")).Json.ToJsonString(), Is.EqualTo(login.ToJsonString()));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task What_a_MikroTik_was_sent_is_shown_in_its_own_words_and_no_key_of_MS_CHAP_is(CancellationToken cancellationToken)
    {
        await _api.PostAsync("/api/v1/nas", new { identity = "router", address = "127.0.0.21", secret = "testing123", type = "mikrotik" });
        await _server.CreateProfileAsync(new ProfileSettings { Name = "capped", Type = "Free", DownKbps = 512, UpKbps = 256, VolumeLimited = true, VolumeGigabytes = 5 });
        await UserAsync("e-router", "capped");
        using TestNas nas = new(_server, "127.0.0.21");
        byte[] challenge = [.. Enumerable.Range(1, 8).Select(i => (byte)i)];
        byte[] response = new byte[50];
        response[1] = 1;
        byte[] hash = new byte[MsChap.HashLength];
        MsChap.NtPasswordHash("secret-1"u8, hash);
        MsChap.ChallengeResponse(challenge, hash, response.AsSpan(26));
        Answer answer = nas.Authenticate(writer =>
        {
            writer.Append(1, "e-router"u8);
            writer.AppendVendor(311, 11, challenge);
            writer.AppendVendor(311, 1, response);
        });

        JsonNode login = await NewestAsync("username=e-router", cancellationToken);
        ApiAnswer explained = await _api.GetAsync($"{Logins}/{login["id"]}/explain");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsAccept, Is.True);
            Assert.That(answer.Microsoft(12), Is.Not.Null, "it was sent keys");
            Assert.That((string?)login["method"], Is.EqualTo("MS-CHAP"));
            Assert.That((string?)login["detail"], Is.EqualTo("no limit; 5368709120 octets left; 1 in with this one, no limit; profile capped"));
            Assert.That(Sent(explained).Skip(2), Is.EqualTo(new[]
            {
                "Mikrotik-Rate-Limit = \"256k/512k\"", "Mikrotik-Total-Limit = 1073741824", "Mikrotik-Total-Limit-Gigawords = 1",
            }));
        }
    }

    [TestCase("wrong", "wrong_password", 1, "the password is wrong", "Wrong username or password")]
    [TestCase("zone", "zone", 4, "allowed from lobby; NAS demo-nas, location 'demo', Called-Station-Id 'AA-BB-CC-00-00-01:hall'", "Login is not allowed from this zone")]
    [TestCase("volume", "volume", 8, "limit 1073741824 octets on profile hour; used 0 in and 1073741824 out", "Data quota reached")]
    [TestCase("devices", "simultaneous", 9, "limit 1 at one time on profile hour; 1 are in; this device: 02:e0:00:00:01:09", "Too many devices are using this account")]
    [CancelAfter(300_000)]
    public async Task A_refusal_is_explained_with_what_was_compared(
        string what, string reason, int number, string compared, string text, CancellationToken cancellationToken)
    {
        string name = "e-" + what;
        await UserAsync(name, what is "volume" or "devices" ? "hour" : "gold", what == "zone" ? "lobby" : null);
        using TestNas nas = new(_server);
        if (what is "volume" or "devices")
        {
            nas.Login(name, "secret-1", "02-E0-00-00-01-01");
            nas.Account(what == "volume" ? 2u : 1u, name, name, "02-E0-00-00-01-01", 10, more: writer => writer.Append(43, what == "volume" ? 1u << 30 : 0));
        }

        nas.Login(name, what == "wrong" ? "guess" : "secret-1", "02-E0-00-00-01-09", writer => writer.Append(30, "AA-BB-CC-00-00-01:hall"u8));

        JsonNode login = await NewestAsync($"username={name}&outcome=rejected&reason={reason}", cancellationToken);
        ApiAnswer explained = await _api.GetAsync($"{Logins}/{login["id"]}/explain");
        JsonNode failed = explained["checks"]![number - 1]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int?)explained["decidedBy"]!["number"], (string?)explained["decidedBy"]!["word"], (string?)explained["decidedBy"]!["compared"]), Is.EqualTo((number, reason, compared)));
            Assert.That(Outcomes(explained), Is.EqualTo(Enumerable.Range(1, 10).Select(i => i < number ? "passed" : i == number ? "failed" : "notReached")));
            Assert.That(((int?)failed["number"], (string?)failed["word"], (string?)failed["compared"]), Is.EqualTo((number, reason, compared)));
            Assert.That((string?)explained["answer"], Is.EqualTo("Access-Reject"));
            Assert.That(Sent(explained), Is.EqualTo(new[] { $"Reply-Message = \"{text}\"" }));
            Assert.That(explained.Text, Does.Not.Contain("secret-1").And.Not.Contain("guess"));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_refusal_before_any_check_says_so(CancellationToken cancellationToken)
    {
        using TestNas nas = new(_server);
        nas.Authenticate(writer =>
        {
            writer.Append(1, "e-two"u8);
            writer.Append(2, new byte[16]);
            writer.Append(3, new byte[17]);
        });

        JsonNode login = await NewestAsync("username=e-two", cancellationToken);
        ApiAnswer explained = await _api.GetAsync($"{Logins}/{login["id"]}/explain");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)explained["decidedBy"]!["word"], (int?)explained["decidedBy"]!["number"]), Is.EqualTo(("bad_request", (int?)null)));
            Assert.That((string?)explained["decidedBy"]!["compared"], Is.EqualTo("credentials in the request: Pap, Chap"));
            Assert.That(Outcomes(explained), Is.EqualTo(Enumerable.Repeat("notReached", 10)));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_list_goes_page_by_page_and_bad_filters_are_named(CancellationToken cancellationToken)
    {
        using TestNas nas = new(_server);
        for (int i = 0; i < 5; i++)
        {
            nas.Login("e-nobody", "x", "02-E0-00-00-02-01");
        }

        await RunningServer.UntilAsync(() => _api.GetAsync($"{Logins}?username=e-nobody"), list => list["items"]!.AsArray().Count == 5, cancellationToken);
        ApiAnswer first = await _api.GetAsync($"{Logins}?mac=02-e0-00-00-02-01&nas=DEMO-NAS&limit=3");
        ApiAnswer second = await _api.GetAsync($"{Logins}?mac=02-e0-00-00-02-01&nas=DEMO-NAS&limit=3&cursor={first["next"]}");
        string?[] ids = [.. first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(login => (string?)login!["id"])];
        string moment = Uri.EscapeDataString((string)first["items"]![0]!["at"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.Ordered.Descending.And.Unique);
            Assert.That(ids, Has.Length.EqualTo(5));
            Assert.That(second["next"], Is.Null);
            Assert.That((await _api.GetAsync($"{Logins}?username=e-nobody&to={moment}"))["items"]!.AsArray(), Has.Count.LessThan(5));
            Assert.That((await _api.GetAsync($"{Logins}?username=e-nobody&from={moment}"))["items"]!.AsArray(), Has.Count.GreaterThan(0));
            Assert.That((await _api.GetAsync($"{Logins}?nas=nowhere")).Detail, Is.EqualTo("nas is 'nowhere', which no NAS is called; it must be a NAS's identity."));
            Assert.That((await _api.GetAsync($"{Logins}?mac=02")).Detail, Does.StartWith("mac is '02', which is no MAC address"));
            Assert.That((await _api.GetAsync($"{Logins}?outcome=perhaps")).Detail, Is.EqualTo("outcome is 'perhaps'; it must be accepted, rejected or challenged."));
            Assert.That((await _api.GetAsync($"{Logins}?reason=mood")).Detail, Does.StartWith("reason is 'mood', which is not known; it must be one of wrong_password, inactive"));
            Assert.That((await _api.GetAsync($"{Logins}?from={moment}&to={moment}")).Status, Is.EqualTo(400));
            Assert.That((await _api.GetAsync($"{Logins}/1")).Status, Is.EqualTo(404));
            Assert.That((await _api.GetAsync($"{Logins}/x/explain")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task An_unauthorised_device_is_listed_until_an_operator_has_dealt_with_it(CancellationToken cancellationToken)
    {
        using TestNas nas = new(_server);
        nas.Login("e-stranger", "x", "02-E0-00-00-03-01");
        nas.Login("e-stranger", "x", "02-E0-00-00-03-02");

        ApiAnswer both = await RunningServer.UntilAsync(
            () => _api.GetAsync($"{Devices}?reason=wrong_password&nas=demo-nas&limit=1000"),
            list => list["items"]!.AsArray().Count(device => ((string)device!["mac"]!).StartsWith("02:e0:00:00:03", StringComparison.Ordinal)) == 2,
            cancellationToken);
        ApiAnswer one = await _api.GetAsync($"{Devices}?mac=02E0.0000.0301");
        ApiAnswer deleted = await _api.DeleteAsync($"{Devices}/02-E0-00-00-03-01");
        ApiAnswer again = await _api.DeleteAsync($"{Devices}/02-E0-00-00-03-01");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(both["items"]!.AsArray().Select(device => (string?)device!["lastSeenAt"]), Is.Ordered.Descending);
            Assert.That(((string?)one["items"]![0]!["userName"], (string?)one["items"]![0]!["nas"], (long?)one["items"]![0]!["times"]), Is.EqualTo(("e-stranger", "demo-nas", 1L)));
            Assert.That((deleted.Status, again.Status), Is.EqualTo((204, 404)));
            Assert.That((await _api.GetAsync($"{Devices}?mac=02E0.0000.0301"))["items"]!.AsArray(), Is.Empty);
            Assert.That((await _api.DeleteAsync($"{Devices}/toaster")).Status, Is.EqualTo(400));
        }
    }

    private async Task<JsonNode> NewestAsync(string query, CancellationToken cancellationToken) =>
        (await RunningServer.UntilAsync(() => _api.GetAsync($"{Logins}?{query}&limit=1"), list => list["items"]!.AsArray().Count > 0, cancellationToken))["items"]![0]!;

    private static IEnumerable<string?> Outcomes(ApiAnswer explained) => explained["checks"]!.AsArray().Select(check => (string?)check!["outcome"]);

    private static IEnumerable<string?> Sent(ApiAnswer explained) => explained["sent"]!.AsArray().Select(attribute => (string?)attribute);

    private Task UserAsync(string name, string profile = "gold", string? allowNas = null) =>
        _server.CreateUserAsync(new AccountSettings { Username = name, Password = "secret-1", Profile = profile, AllowNas = allowNas });
}
