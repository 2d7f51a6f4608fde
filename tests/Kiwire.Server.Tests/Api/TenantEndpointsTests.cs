using System.Text.Json.Nodes;
using Kiwire.Server.Accounts;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Listening;

namespace Kiwire.Server.Tests.Api;

/// <summary>Tenants, the caller's own and all of them, their keys, switches and texts, and what the audit log says of it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TenantEndpointsTests
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
    public async Task A_new_tenant_can_be_used_at_once_and_sees_nothing_of_others()
    {
        ApiAnswer made = await _admin.PostAsync(
            "/api/v1/tenants",
            new { cloudId = "Hotel-1", name = "The hotel", timeZone = "Asia/Kuala_Lumpur", administrator = new { username = "boss", email = "boss@example.org" } });
        Assert.That((made.Status, made.Location, made.ETag), Is.EqualTo((201, "/api/v1/tenants/Hotel-1", "\"1\"")), made.ToString());
        using ApiClient boss = await LogInFirstAsync((string)made["generatedPassword"]!);

        TenantDirectory tenants = _server.Get<TenantDirectory>();
        _ = tenants.TryGetByCloudId("hotel-1", out Tenant? hotel);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _server.Get<ProfileStore>().FindAsync(hotel!.TenantId, ProfileStore.TemporaryName, default), Is.Not.Null);
            Assert.That(_server.Get<ProfileDirectory>().TryGetByName(hotel.TenantId, ProfileStore.TemporaryName, out _), Is.True);
            Assert.That(await _server.Get<TenantStore>().ReadApiKeysAsync(hotel.TenantId, default), Is.EqualTo([(string)made["apiKey"]!]));
            Assert.That((string)(await boss.GetAsync("/api/v1/tenant"))["name"]!, Is.EqualTo("The hotel"));
            Assert.That((await boss.GetAsync("/api/v1/zones"))["items"]!.AsArray(), Is.Empty);
            Assert.That((await boss.GetAsync("/api/v1/administrators"))["items"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((await boss.GetAsync("/api/v1/tenants")).Status, Is.EqualTo(403));
            Assert.That((await boss.GetAsync("/api/v1/status")).Status, Is.EqualTo(403), "about all tenants");
            Assert.That((await boss.GetAsync("/api/v1/settings")).Status, Is.EqualTo(403));
            Assert.That((await boss.GetAsync("/api/v1/audit")).Text, Does.Not.Contain("\"tenant\""));
            Assert.That((await _admin.PostAsync("/api/v1/tenants", new { cloudId = "hotel-1" })).Status, Is.EqualTo(409));
            Assert.That((await _admin.PostAsync("/api/v1/keys", new { name = "all", scopes = (string[])["tenants:write"] })).Status, Is.EqualTo(400), "no key has it");
        }
    }

    [Test]
    public async Task A_suspended_tenant_is_shut_at_once_and_comes_back_as_it_was()
    {
        ApiAnswer made = await _admin.PostAsync("/api/v1/tenants", new { cloudId = "hotel-1", administrator = new { username = "boss" } });
        using ApiClient boss = await LogInFirstAsync((string)made["generatedPassword"]!);
        string key = (string)(await boss.PostAsync("/api/v1/keys", new { name = "k", scopes = (string[])["settings:read"] }))["key"]!;
        using ApiClient program = new(_server) { Token = key };
        Assert.That((await program.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(200));

        Assert.That((await _admin.PatchAsync("/api/v1/tenants/HOTEL-1", new { active = false })).Status, Is.EqualTo(200));
        Assert.That((await boss.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(401));
        Assert.That((await program.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(401));
        Assert.That((await boss.PostAsync("/api/v1/login", new { cloudId = "hotel-1", username = "boss", password = "a-better-one" })).Status, Is.EqualTo(401));

        Assert.That((await _admin.PatchAsync("/api/v1/tenants/hotel-1", new { active = true })).Status, Is.EqualTo(200));
        Assert.That((await boss.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(200));
        ApiAnswer refused = await _admin.PatchAsync("/api/v1/tenants/default", new { active = false });
        Assert.That((refused.Status, refused.Detail), Is.EqualTo((400, "active is false; the tenant default runs the installation and cannot be suspended.")));
    }

    [Test]
    public async Task A_tenant_whose_administrators_are_all_locked_out_gets_a_new_password_from_the_installations()
    {
        await _admin.PostAsync("/api/v1/tenants", new { cloudId = "hotel-1", administrator = new { username = "boss" } });

        ApiAnswer reset = await _admin.PostAsync("/api/v1/tenants/hotel-1/administrators/boss/password");

        using ApiClient boss = await LogInFirstAsync((string)reset["generatedPassword"]!);
        Assert.That((await boss.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(200));
        Assert.That((await _admin.PostAsync("/api/v1/tenants/hotel-1/administrators/nobody/password")).Status, Is.EqualTo(404));
        Assert.That((await _admin.PostAsync("/api/v1/tenants/nowhere/administrators/boss/password")).Status, Is.EqualTo(404));
        Assert.That((await _admin.PostAsync("/api/v1/tenants/default/administrators/admin/password")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Tenant_policy_and_texts_share_a_version_and_only_what_is_given_changes()
    {
        ApiAnswer tenant = await _admin.GetAsync("/api/v1/tenant");
        string first = tenant.ETag!;

        ApiAnswer named = await _admin.PatchAsync("/api/v1/tenant", new { name = "Ours", timeZone = "Europe/Zurich", permissions = (string[])["addUser"] }, first);
        ApiAnswer policy = await _admin.PatchAsync("/api/v1/policy", new { macSecurity = true, rejectDelaySeconds = 0.5, eapMethods = (string[])["GTC"] }, named.ETag);
        ApiAnswer text = await _admin.SendAsync(HttpMethod.Put, "/api/v1/reply-texts/expired", new { text = "Zu spät" }, ("If-Match", policy.ETag!));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((named.Status, (string)named["name"]!, (string)named["timeZone"]!, (bool)named["apiEnabled"]!), Is.EqualTo((200, "Ours", "Europe/Zurich", true)));
            Assert.That(((bool)policy["macSecurity"]!, (double)policy["rejectDelaySeconds"]!, (bool)policy["lockout"]!), Is.EqualTo((true, 0.5, true)));
            Assert.That(((string)text["reason"]!, (string)text["default"]!, (string)text["text"]!), Is.EqualTo(("expired", "This account has expired", "Zu spät")));
            Assert.That((await _admin.PatchAsync("/api/v1/policy", new { lockout = false }, first)).Status, Is.EqualTo(412));
            Assert.That((await _admin.PatchAsync("/api/v1/tenant", new { name = "Mine" }, first)).Status, Is.EqualTo(412));
            Assert.That((await _admin.SendAsync(HttpMethod.Put, "/api/v1/reply-texts/mac", new { text = "x" }, ("If-Match", first))).Status, Is.EqualTo(412));
            Assert.That(_server.Get<TenantDirectory>().TryGet(1, out Tenant? held) && held.Policy.MacSecurity && held.Policy.ReplyTexts["expired"] == "Zu spät", Is.True);
        }

        JsonArray texts = (await _admin.GetAsync("/api/v1/reply-texts"))["items"]!.AsArray();
        Assert.That(texts, Has.Count.EqualTo(ReplyReason.All.Count));
        Assert.That(texts.Count(item => item!["text"] is not null), Is.EqualTo(1));
        Assert.That((await _admin.DeleteAsync("/api/v1/reply-texts/expired")).Status, Is.EqualTo(204));
        Assert.That((await _admin.DeleteAsync("/api/v1/reply-texts/expired")).Status, Is.EqualTo(404));
        Assert.That((await _admin.SendAsync(HttpMethod.Put, "/api/v1/reply-texts/nonsense", new { text = "x" })).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_rotated_API_key_is_shown_once_and_the_old_one_is_valid_until_its_time()
    {
        ApiAnswer rotated = await _admin.PostAsync("/api/v1/tenant/api-key/rotate", new { keepOldSeconds = 60 });
        string key = (string)rotated["apiKey"]!;
        TenantStore store = _server.Get<TenantStore>();

        Assert.That(await store.ReadApiKeysAsync(1, default), Is.EqualTo([key, "demo-api-key"]));
        Assert.That((await _admin.GetAsync("/api/v1/tenant")).Text, Does.Not.Contain(key).And.Contain((string)rotated["previousApiKeyUntil"]!));
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.That(await store.ReadApiKeysAsync(1, default), Is.EqualTo([key]));
        Assert.That((await _admin.PostAsync("/api/v1/tenant/api-key/rotate", new { })).Detail, Does.StartWith("keepOldSeconds is missing;"));
        Assert.That((await _admin.PostAsync("/api/v1/tenant/api-key/rotate", new { keepOldSeconds = 2592001 })).Status, Is.EqualTo(400));
        Assert.That((await _admin.PostAsync("/api/v1/tenant/api-key/rotate", new { keepOldSeconds = 0 }, ("If-Match", "\"999\""))).Status, Is.EqualTo(412));
        Assert.That(await store.ReadApiKeysAsync(1, default), Is.EqualTo([key]));
    }

    [Test]
    public async Task The_audit_log_says_who_did_what_newest_first_and_holds_no_secret()
    {
        ApiAnswer made = await _admin.PostAsync("/api/v1/administrators", new { username = "nora", role = "operator" });
        _clock.Advance(TimeSpan.FromSeconds(10));
        DateTimeOffset middle = _clock.GetUtcNow();
        ApiAnswer rotated = await _admin.PostAsync("/api/v1/tenant/api-key/rotate", new { keepOldSeconds = 0 });
        ApiAnswer key = await _admin.PostAsync("/api/v1/keys", new { name = "reader", scopes = (string[])["audit:read"] });
        using ApiClient reader = new(_server) { Token = (string)key["key"]! };

        ApiAnswer audit = await reader.GetAsync("/api/v1/audit");
        JsonArray items = audit["items"]!.AsArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(items.Select(item => $"{item!["action"]} {item["kind"]} {item["name"]} by {item["author"]} via {item["via"]}"), Is.EqualTo(
            [
                "create key reader by admin via v1", "update tenant default by admin via v1", "create administrator nora by admin via v1",
            ]));
            Assert.That((string)items[0]!["changes"]!["key"]!, Is.EqualTo("changed"));
            Assert.That((string)items[1]!["changes"]!["apiKey"]!, Is.EqualTo("changed"));
            Assert.That((string)items[2]!["changes"]!["password"]!, Is.EqualTo("changed"));
            Assert.That((string)items[2]!["address"]!, Is.EqualTo("127.0.0.1"));
            Assert.That(audit.Text, Does.Not.Contain((string)made["generatedPassword"]!).And.Not.Contain((string)rotated["apiKey"]!).And.Not.Contain((string)key["key"]!));
            Assert.That(await CountAsync("kind=administrator"), Is.EqualTo(1));
            Assert.That(await CountAsync("name=nora&author=admin"), Is.EqualTo(1));
            Assert.That(await CountAsync("author=nora"), Is.Zero);
            Assert.That(await CountAsync($"from={middle:yyyy-MM-ddTHH:mm:ssZ}"), Is.EqualTo(2));
            Assert.That(await CountAsync($"to={middle:yyyy-MM-ddTHH:mm:ssZ}"), Is.EqualTo(1));
            Assert.That((await reader.GetAsync("/api/v1/audit?from=yesterday")).Status, Is.EqualTo(400));
            Assert.That((await reader.GetAsync("/api/v1/policy")).Status, Is.EqualTo(403));
        }

        ApiAnswer page = await reader.GetAsync("/api/v1/audit?limit=2");
        ApiAnswer rest = await reader.GetAsync($"/api/v1/audit?limit=2&cursor={page["next"]}");
        Assert.That((string)rest["items"]![0]!["name"]!, Is.EqualTo("nora"));
        Assert.That(rest.Json["next"], Is.Null);
        Assert.That((await reader.GetAsync($"/api/v1/audit?kind=key&cursor={page["next"]}")).Status, Is.EqualTo(400), "a cursor of another list");

        async Task<int> CountAsync(string query) => (await reader.GetAsync("/api/v1/audit?" + query))["items"]!.AsArray().Count;
    }

    private async Task<ApiClient> LogInFirstAsync(string temporary)
    {
        using ApiClient first = await ApiClient.LogInAsync(_server, "boss", temporary, "hotel-1");
        Assert.That((await first.PostAsync("/api/v1/password", new { currentPassword = temporary, newPassword = "a-better-one" })).Status, Is.EqualTo(204));
        return await ApiClient.LogInAsync(_server, "boss", "a-better-one", "hotel-1");
    }
}
