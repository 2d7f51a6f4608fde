using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Listening;

namespace Kiwire.Server.Tests.Api;

/// <summary>Long-lived keys of programs: what they may do, until when, and that nothing of them is kept in clear.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ApiKeyEndpointsTests
{
    private readonly HandMovedClock _clock = new();
    private RunningServer _server = null!;
    private ApiClient _admin = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync(_clock);
        _admin = await ApiClient.LogInAsync(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_key_does_what_its_scopes_say_until_it_is_deleted()
    {
        ApiAnswer made = await MakeAsync("Grafana", ["network:write", "server:read"]);
        string key = (string)made["key"]!;
        using ApiClient program = new(_server) { Token = key };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key, Does.Match("^kwk_1_[0-9a-f]{32}$"));
            Assert.That((made.Location, made.ETag), Is.EqualTo(("/api/v1/keys/Grafana", "\"1\"")));
            Assert.That((await program.GetAsync("/api/v1/zones")).Status, Is.EqualTo(200), "write holds read");
            Assert.That((await program.PostAsync("/api/v1/zones", new { name = "roof" })).Status, Is.EqualTo(201));
            Assert.That((await program.GetAsync("/api/v1/keys")).Status, Is.EqualTo(403));
            Assert.That((await _admin.GetAsync("/api/v1/audit?kind=zone")).Text, Does.Contain("\"author\":\"key:Grafana\""));
            Assert.That((await _admin.GetAsync("/api/v1/keys/grafana")).Text, Does.Not.Contain(key[^32..]).And.Contain("\"createdBy\":\"admin\""));
        }

        Assert.That((await _admin.DeleteAsync("/api/v1/keys/grafana", "\"7\"")).Status, Is.EqualTo(412));
        Assert.That((await _admin.DeleteAsync("/api/v1/keys/grafana")).Status, Is.EqualTo(204));
        Assert.That((await program.GetAsync("/api/v1/zones")).Status, Is.EqualTo(401));
        Assert.That((await _admin.GetAsync("/api/v1/keys/grafana")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_key_ends_with_its_time()
    {
        ApiAnswer made = await MakeAsync("brief", ["network:read"], _clock.GetUtcNow().AddMinutes(5));
        using ApiClient program = new(_server) { Token = (string)made["key"]! };
        Assert.That((await program.GetAsync("/api/v1/zones")).Status, Is.EqualTo(200));

        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.That((await program.GetAsync("/api/v1/zones")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Its_use_is_noted_to_the_minute()
    {
        using ApiClient program = new(_server) { Token = (string)(await MakeAsync("k", ["network:read"]))["key"]! };
        DateTimeOffset first = _clock.GetUtcNow();
        await program.GetAsync("/api/v1/zones");
        _clock.Advance(TimeSpan.FromSeconds(59));
        await program.GetAsync("/api/v1/zones");
        Assert.That(await LastUsedAsync(), Is.EqualTo(first));

        _clock.Advance(TimeSpan.FromSeconds(1));
        await program.GetAsync("/api/v1/zones");

        Assert.That(await LastUsedAsync(), Is.EqualTo(first.AddMinutes(1)));

        async Task<DateTimeOffset> LastUsedAsync() => (DateTimeOffset)(await _admin.GetAsync("/api/v1/keys/k"))["lastUsedAt"]!;
    }

    [Test]
    public async Task Only_a_hash_of_it_is_kept()
    {
        string key = (string)(await MakeAsync("k", ["network:read"]))["key"]!;

        await using System.Data.Common.DbConnection connection = await _server.Get<Database>().OpenAsync(default);
        string hash = await connection.QuerySingleAsync<string>("SELECT key_hash FROM api_keys");

        Assert.That(hash, Does.Match("^[0-9a-f]{64}$").And.Not.Contain(key[^32..]));
    }

    [Test]
    public async Task A_key_gives_no_more_than_it_has()
    {
        using ApiClient program = new(_server) { Token = (string)(await MakeAsync("maker", ["administrators:write", "network:read"]))["key"]! };

        ApiAnswer more = await program.PostAsync("/api/v1/keys", new { name = "more", scopes = (string[])["network:read", "network:write"] });
        ApiAnswer less = await program.PostAsync("/api/v1/keys", new { name = "less", scopes = (string[])["network:read"] });

        Assert.That((more.Status, more.Detail), Is.EqualTo((400, "scopes names 'network:write', which you do not have yourself.")));
        Assert.That((less.Status, (string)less["details"]!["createdBy"]!), Is.EqualTo((201, "key:maker")));
    }

    private async Task<ApiAnswer> MakeAsync(string name, string[] scopes, DateTimeOffset? expiresAt = null)
    {
        ApiAnswer made = await _admin.PostAsync("/api/v1/keys", new { name, scopes, expiresAt });
        Assert.That(made.Status, Is.EqualTo(201), made.ToString());
        return made;
    }
}
