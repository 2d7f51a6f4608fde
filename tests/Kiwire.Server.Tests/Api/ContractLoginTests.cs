using System.Globalization;
using System.Text.Json;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Api;

/// <summary>Module login and the log-in itself, over time.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractLoginTests
{
    private const string Phone = "02-AA-00-00-00-01";
    private const string Laptop = "02-AA-00-00-00-02";

    // In daylight saving time and past it, New York's clocks show 01:30 twice on that day.
    private static readonly DateTimeOffset Moment = new(2030, 11, 3, 5, 30, 0, TimeSpan.Zero);

    private HeldClock _clock = null!;
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _clock = new HeldClock(Moment);
        _server = await RunningServer.StartAsync(_clock);
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_token_lives_twenty_minutes_from_the_login()
    {
        using ContractClient client = await ContractClient.LogInAsync(_server);

        _clock.Advance(TimeSpan.FromSeconds((20 * 60) - 1));
        _ = await client.DoAsync("nas/get");
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await client.FailAsync("nas/get"), Is.EqualTo("login expired. please complete the api login again"));
    }

    [Test]
    public async Task Ten_wrong_codes_shut_an_address_out_for_ten_minutes_the_right_one_too()
    {
        using ContractClient nobody = new(_server);
        (string, string) cloudId = ("cloud_id", "default");
        (string, string) right = ("code", ContractClient.Md5("admin|demo-password"));

        for (int i = 0; i < 10; i++)
        {
            (string, string) wrong = ("code", ContractClient.Md5("admin|" + i.ToString(CultureInfo.InvariantCulture)));
            Assert.That(ContractClient.ErrorOf(await nobody.PostAsync("/admin/agent/api_login.php", [wrong, cloudId])), Is.EqualTo("not valid user"));
        }

        Assert.That(ContractClient.ErrorOf(await nobody.PostAsync("/admin/agent/api_login.php", [right, cloudId])), Is.EqualTo("not valid user"));
        _clock.Advance(TimeSpan.FromMinutes(10));
        JsonElement again = await nobody.PostAsync("/admin/agent/api_login.php", [right, cloudId]);
        Assert.That(again.TryGetProperty("token", out _), Is.True, again.ToString());
    }

    [Test]
    public async Task After_a_rotation_both_keys_are_good_for_as_long_as_was_granted()
    {
        using ContractClient old = await ContractClient.LogInAsync(_server);
        ApiKeyRotation rotation = await _server.Get<TenantRegister>().RotateApiKeyAsync(TenantDirectory.DefaultTenantId, 600, 0, default);
        using ContractClient client = await ContractClient.LogInAsync(_server, apiKey: rotation.ApiKey!);

        _ = await old.DoAsync("nas/get");
        _ = await client.DoAsync("nas/get");
        _clock.Advance(TimeSpan.FromSeconds(600));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await old.FailAsync("nas/get"), Is.EqualTo("invalid api key"));
            Assert.That((await client.DoAsync("nas/get")).GetArrayLength(), Is.Positive);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task History_shows_sessions_newest_first_in_the_tenants_time_zone(CancellationToken cancellationToken)
    {
        await SetZoneAsync("America/New_York");
        using ContractClient early = await ContractClient.LogInAsync(_server);
        using TestNas nas = new(_server);
        nas.Account(1, "first", "alice", Phone, more: writer => writer.Append(8, 0xc0000207));
        nas.Account(2, "first", "alice", Phone, 90, more: writer =>
        {
            writer.Append(42, 1000);
            writer.Append(43, 5000);
            writer.Append(49, 4);
        });
        await HistoryAsync(early, "", data => data.GetArrayLength() == 1 && !data[0].GetProperty("open").GetBoolean(), cancellationToken);
        _clock.Advance(TimeSpan.FromHours(1));
        nas.Account(1, "second", "bob", Laptop);
        using ContractClient client = await ContractClient.LogInAsync(_server);

        JsonElement all = await HistoryAsync(client, "", data => data.GetArrayLength() == 2, cancellationToken);
        JsonElement ofAlice = await client.DoAsync("login/history/ALICE");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all[0].GetProperty("username").GetString(), Is.EqualTo("bob"));
            Assert.That(ofAlice.GetArrayLength(), Is.EqualTo(1));
            Assert.That(ofAlice[0].GetRawText(), Is.EqualTo(all[1].GetRawText()));
            Assert.That(
                all[1].GetRawText(),
                Does.Match(
                    """
                    ^{"username":"alice","nas-id":"demo-nas","mac":"02:aa:00:00:00:01","ip":"192.0.2.7","session_id":"first","start_time":"2030-11-03 01:(2[89]|3\d):\d\d","stop_time":"2030-11-03 01:3\d:\d\d","session_time":90,"octets_in":1000,"octets_out":5000,"terminate_cause":"Idle-Timeout","open":false}$
                    """.Trim()));
            Assert.That(
                all[0].GetRawText(),
                Does.Match("""^{"username":"bob","nas-id":"demo-nas",.*"start_time":"2030-11-03 01:3\d:\d\d","stop_time":"","session_time":0,.*"terminate_cause":"","open":true}$"""));
            Assert.That((await client.DoAsync("login/history", ("start", "1"), ("limit", "1")))[0].GetRawText(), Is.EqualTo(all[1].GetRawText()));
            Assert.That((await client.DoAsync("login/history/bob", ("limit", "5"))).GetArrayLength(), Is.EqualTo(1));
        }

        // 01:30 comes twice that night: from the first, until the second.
        foreach ((string from, string to, int sessions) in ((string, string, int)[])
            [("2030-11-03 01:20:00", "2030-11-03 01:59:59", 2), ("2030-11-03 02:00:00", "", 0), ("", "2030-11-03 00:59:59", 0), ("2017-06-08 00:00:00", "2017-06-08 23:59:59", 0)])
        {
            Assert.That((await client.DoAsync("login/history", ("start_time", from), ("end_time", to))).GetArrayLength(), Is.EqualTo(sessions), $"{from} to {to}");
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Unauthorised_devices_are_listed_until_they_log_in(CancellationToken cancellationToken)
    {
        await SetZoneAsync("Asia/Kuala_Lumpur");
        using ContractClient client = await ContractClient.LogInAsync(_server);
        using TestNas nas = new(_server);
        _ = nas.Login("alice", "wrong", Phone);
        _ = nas.Login("bob", "builder", Phone);
        using TestNas lobby = new(_server, "127.0.0.2");
        _ = lobby.Login("nobody", "wrong", Laptop);

        JsonElement all = await RunningServer.UntilAsync(
            () => client.DoAsync("login/unauthorize"), data => data.EnumerateArray().Sum(one => one.GetProperty("times").GetInt32()) == 3, cancellationToken);
        JsonElement ofNas = await client.DoAsync("login/unauthorize/DEMO-NAS");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.GetArrayLength(), Is.EqualTo(2));
            Assert.That((await client.DoAsync("login/unauthorize/demo-nas-ipv6")).GetArrayLength(), Is.Zero);
            Assert.That((await client.DoAsync("login/unauthorize", ("limit", "1"))).GetArrayLength(), Is.EqualTo(1));
            Assert.That(
                ofNas.GetRawText(),
                Does.Match("""^\[{"mac":"02:aa:00:00:00:01","ip":"","nas-id":"demo-nas","username":"bob","reason":"zone","first_seen":"2030-11-03 13:3\d:\d\d","last_seen":"2030-11-03 13:3\d:\d\d","times":2}\]$"""));
        }

        Assert.That(nas.Login("alice", "wonderland", Phone).IsAccept, Is.True);
        await RunningServer.UntilAsync(() => client.DoAsync("login/unauthorize/demo-nas"), data => data.GetArrayLength() == 0, cancellationToken);
    }

    private static Task<JsonElement> HistoryAsync(ContractClient client, string name, Predicate<JsonElement> done, CancellationToken cancellationToken) =>
        RunningServer.UntilAsync(() => client.DoAsync("login/history/" + name), done, cancellationToken);

    private async Task SetZoneAsync(string zone) => Assert.That(
        await _server.Get<TenantRegister>().UpdateAsync(TenantDirectory.DefaultTenantId, new TenantSettings { TimeZone = zone }, 0, default),
        Is.InstanceOf<SaveOutcome.Saved>());
}
