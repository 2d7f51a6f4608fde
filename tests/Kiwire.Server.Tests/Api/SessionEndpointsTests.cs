using System.Text.Json.Nodes;
using Kiwire.Server.Accounts;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>/api/v1/sessions of a running server, after accounting over the wire.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class SessionEndpointsTests
{
    private const string Sessions = "/api/v1/sessions";

    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _api = await ApiClient.LogInAsync(_server);
        await _server.CreateProfileAsync(new ProfileSettings { Name = "metered", Type = "Pay As You Use", Price = 0.25m });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_session_is_shown_with_all_that_it_used_and_cost(CancellationToken cancellationToken)
    {
        await _server.CreateUserAsync(new AccountSettings { Username = "s-metered", Password = "secret-1", Profile = "metered" });
        using TestNas nas = new(_server);
        byte[] loginClass = nas.Login("s-metered", "secret-1", "02-50-00-00-00-01").Octets(25)!;
        nas.Account(1, "s-1", "s-metered", "02-50-00-00-00-01", 0, loginClass, writer => writer.Append(8, [192, 0, 2, 9]));
        ApiAnswer open = await UntilAsync("open=true&username=S-Metered", 1, cancellationToken);
        nas.Account(2, "s-1", "s-metered", "02-50-00-00-00-01", 90, loginClass, writer =>
        {
            writer.Append(42, 100);
            writer.Append(43, 200);
            writer.Append(49, 4);
        });

        JsonNode ended = (await UntilAsync("open=false&username=s-metered", 1, cancellationToken))["items"]![0]!;
        JsonNode login = (await _api.GetAsync("/api/v1/logins?username=s-metered"))["items"]![0]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(open["items"]![0]!["endedAt"], Is.Null);
            Assert.That(((string?)ended["userName"], (string?)ended["account"], (string?)ended["nas"], (string?)ended["mac"]), Is.EqualTo(("s-metered", "s-metered", "demo-nas", "02:50:00:00:00:01")));
            Assert.That(((string?)ended["ip"], (string?)ended["acctSessionId"], (string?)ended["terminateCause"]), Is.EqualTo(("192.0.2.9", "s-1", "Idle-Timeout")));
            Assert.That(((long?)ended["seconds"], (long?)ended["octetsIn"], (long?)ended["octetsOut"], (decimal?)ended["charge"]), Is.EqualTo((90L, 100L, 200L, 0.5m)));
            Assert.That((string?)ended["loginId"], Is.EqualTo((string?)login["id"]));
            Assert.That((string?)open["items"]![0]!["id"], Is.EqualTo((string?)ended["id"]));
            Assert.That((await _api.GetAsync($"{Sessions}/{ended["id"]}")).Json.ToJsonString(), Is.EqualTo(ended.ToJsonString()));
            Assert.That((await _api.GetAsync($"{Sessions}/1")).Status, Is.EqualTo(404));
            Assert.That((await _api.GetAsync($"{Sessions}/x")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Filters_find_what_they_say_page_by_page(CancellationToken cancellationToken)
    {
        await _api.PostAsync("/api/v1/zones", new { name = "ballroom", members = new[] { new { kind = "ssid", value = "Ball" } } });
        using TestNas nas = new(_server);
        using TestNas lobby = new(_server, "127.0.0.2");
        for (int i = 1; i <= 3; i++)
        {
            nas.Account(1, $"f-{i}", "s-nobody", "02-50-00-00-01-01", more: writer => writer.Append(30, i == 2 ? "AA-BB-CC-00-00-01:ball"u8 : "AA-BB-CC-00-00-01:hall"u8));
        }

        lobby.Account(1, "f-4", "s-nobody", "02-50-00-00-01-01");
        await UntilAsync("mac=025000000101", 4, cancellationToken);
        ApiAnswer first = await _api.GetAsync($"{Sessions}?mac=0250.0000.0101&limit=3");
        ApiAnswer second = await _api.GetAsync($"{Sessions}?mac=0250.0000.0101&limit=3&cursor={first["next"]}");
        string later = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(1).ToString("O"));
        string earlier = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-1).ToString("O"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(first).Concat(Names(second)), Is.EqualTo(["f-4", "f-3", "f-2", "f-1"]));
            Assert.That(second["next"], Is.Null);
            Assert.That(Names(await _api.GetAsync($"{Sessions}?nas=LOBBY-ap&username=s-nobody")), Is.EqualTo(["f-4"]));
            Assert.That(Names(await _api.GetAsync($"{Sessions}?zone=Ballroom")), Is.EqualTo(["f-2"]));
            Assert.That(Names(await _api.GetAsync($"{Sessions}?zone=lobby&open=true")), Is.EqualTo(["f-4"]));
            Assert.That(Names(await _api.GetAsync($"{Sessions}?mac=025000000101&from={earlier}&to={later}")), Has.Exactly(4).Items);
            Assert.That(Names(await _api.GetAsync($"{Sessions}?from={later}")), Is.Empty);
            Assert.That((await _api.GetAsync($"{Sessions}?zone=nowhere")).Detail, Is.EqualTo("zone is 'nowhere', which no zone is called; it must be a zone's name."));
            Assert.That((await _api.GetAsync($"{Sessions}?nas=nowhere")).Status, Is.EqualTo(400));
            Assert.That((await _api.GetAsync($"{Sessions}?mac=1")).Status, Is.EqualTo(400));
            Assert.That((await _api.GetAsync($"{Sessions}?from={later}&to={earlier}")).Detail, Is.EqualTo("to is not after from; it must be a later moment."));
            Assert.That((await _api.GetAsync($"{Sessions}?open=perhaps")).Status, Is.EqualTo(400));
            Assert.That((await _api.GetAsync($"{Sessions}?cursor={first["next"]}")).Status, Is.EqualTo(400));
        }
    }

    private Task<ApiAnswer> UntilAsync(string query, int count, CancellationToken cancellationToken) =>
        RunningServer.UntilAsync(() => _api.GetAsync($"{Sessions}?{query}"), list => list["items"]!.AsArray().Count == count, cancellationToken);

    private static IEnumerable<string?> Names(ApiAnswer list) => list["items"]!.AsArray().Select(session => (string?)session!["acctSessionId"]);
}
