using System.Text.Json.Nodes;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Listening;

namespace Kiwire.Server.Tests.Api;

/// <summary>What a server says of itself, and to whom: /api/v1/status, /api/v1/settings, /metrics, /healthz.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class ServerEndpointsTests
{
    [Test]
    public async Task The_status_is_that_of_the_running_server()
    {
        HandMovedClock clock = new();
        await using RunningServer server = await RunningServer.StartAsync(clock);
        using ApiClient admin = await ApiClient.LogInAsync(server);
        clock.Advance(TimeSpan.FromSeconds(90));

        ApiAnswer status = await admin.GetAsync("/api/v1/status");

        JsonArray listeners = status["listeners"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Status, Is.EqualTo(200), status.ToString());
            Assert.That((string)status["version"]!, Does.Match(@"^\d+\.\d+"));
            Assert.That((long)status["uptimeSeconds"]!, Is.EqualTo(90));
            Assert.That(((bool)status["ready"]!, (bool)status["database"]!["reachable"]!, (string)status["database"]!["provider"]!), Is.EqualTo((true, true, "sqlite")));
            Assert.That((long)status["journal"]!["backlogRecords"]!, Is.Zero);
            Assert.That(listeners.Select(listener => ((string)listener!["purpose"]!, (int)listener["port"]!)), Is.EquivalentTo(
                [("authentication", server.AuthenticationPort), ("accounting", server.AccountingPort)]));
            Assert.That((string)status["httpUrls"]![0]!, Is.EqualTo(server.Http.ToString().TrimEnd('/')));
            Assert.That(((int)status["tenants"]!, (int)status["openSessions"]!), Is.EqualTo((1, 0)));
            Assert.That((int)status["accountsInMemory"]!, Is.Not.Negative);
        }
    }

    [Test]
    public async Task Settings_say_where_they_come_from_and_hide_secrets()
    {
        await using RunningServer server = await RunningServer.StartAsync(
            "--Kiwire:Accounts:Capacity=5000", "--Kiwire:Telemetry:OtlpEndpoint=http://user:hush@127.0.0.1:9/x?token=hush");
        using ApiClient admin = await ApiClient.LogInAsync(server);

        ApiAnswer settings = await admin.GetAsync("/api/v1/settings");

        JsonNode Of(string key) => settings["items"]!.AsArray().Single(item => (string)item!["key"]! == key)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string)Of("Kiwire:Accounts:Capacity")["value"]!, (string)Of("Kiwire:Accounts:Capacity")["source"]!), Is.EqualTo(("5000", "command line")));
            Assert.That(((string)Of("Kiwire:Telemetry:MetricsAccess")["value"]!, (string)Of("Kiwire:Telemetry:MetricsAccess")["source"]!), Is.EqualTo(("Anyone", "--demo")));
            Assert.That(((string)Of("Kiwire:Radius:ReplyCacheSeconds")["value"]!, (string)Of("Kiwire:Radius:ReplyCacheSeconds")["source"]!), Is.EqualTo(("30", "default")));
            Assert.That((string)Of("Kiwire:Radius:Authentication:0")["value"]!, Is.EqualTo("127.0.0.1:0"));
            Assert.That((string)Of("Kiwire:Telemetry:OtlpEndpoint")["value"]!, Is.EqualTo("http://127.0.0.1:9/x (hidden)"));
            Assert.That(settings.Text, Does.Not.Contain("hush"));
        }
    }

    [TestCase("Kiwire:Storage:ConnectionString", "Host=db;Password=hush", ExpectedResult = "(hidden)")]
    [TestCase("Kiwire:Storage:ConnectionString", "", ExpectedResult = "")]
    [TestCase("Kiwire:Mail:Password", "hush", ExpectedResult = "(hidden)")]
    [TestCase("Kiwire:Mail:Server", "smtps://user:hush@mail.example.org:465", ExpectedResult = "smtps://mail.example.org:465/ (hidden)")]
    [TestCase("Kiwire:Http:Urls", "http://127.0.0.1:8081;http://[::1]:8081", ExpectedResult = "http://127.0.0.1:8081;http://[::1]:8081")]
    public string A_secret_is_not_shown(string key, string value) => Kiwire.Server.Api.SettingsEndpoints.Show(key, value);

    [Test]
    public async Task Metrics_want_a_scope_unless_anyone_may_read_them_and_health_is_open()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Telemetry:MetricsAccess=Authenticated");
        using ApiClient nobody = new(server);
        using ApiClient admin = await ApiClient.LogInAsync(server);
        ApiAnswer made = await admin.PostAsync("/api/v1/keys", new { name = "prometheus", scopes = (string[])["server:read"] });
        using ApiClient prometheus = new(server) { Token = (string)made["key"]! };
        made = await admin.PostAsync("/api/v1/keys", new { name = "other", scopes = (string[])["network:read"] });
        using ApiClient other = new(server) { Token = (string)made["key"]! };

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await nobody.GetAsync("/metrics")).Status, Is.EqualTo(401));
            Assert.That((await other.GetAsync("/metrics")).Status, Is.EqualTo(403));
            Assert.That((await prometheus.GetAsync("/metrics")).Text, Does.Contain("radius_server"));
            Assert.That((await nobody.GetAsync("/healthz/live")).Status, Is.EqualTo(200));
            Assert.That((await nobody.GetAsync("/healthz/ready")).Status, Is.EqualTo(200));
        }

        await using RunningServer demo = await RunningServer.StartAsync();
        using ApiClient visitor = new(demo);
        Assert.That((await visitor.GetAsync("/metrics")).Status, Is.EqualTo(200));
    }
}
