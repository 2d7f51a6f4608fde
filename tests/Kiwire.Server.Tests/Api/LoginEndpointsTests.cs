using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Listening;

namespace Kiwire.Server.Tests.Api;

/// <summary>Who gets in at /api/v1, for how long, and who is kept out; over HTTP, with a clock that goes when told.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LoginEndpointsTests
{
    private readonly HandMovedClock _clock = new();
    private RunningServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync(_clock);

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_token_is_good_for_20_minutes_and_until_its_log_out()
    {
        using ApiClient admin = await ApiClient.LogInAsync(_server);
        Assert.That((await admin.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(200));

        _clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromSeconds(1));
        Assert.That((await admin.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(200));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await admin.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(401));

        using ApiClient again = await ApiClient.LogInAsync(_server, "ADMIN");
        Assert.That((await again.PostAsync("/api/v1/logout")).Status, Is.EqualTo(204));
        Assert.That((await again.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_wrong_tenant_name_or_password_gets_the_same_answer()
    {
        using ApiClient nobody = new(_server);

        ApiAnswer[] answers =
        [
            await nobody.PostAsync("/api/v1/login", new { username = "admin", password = "wrong" }),
            await nobody.PostAsync("/api/v1/login", new { username = "nobody", password = "demo-password" }),
            await nobody.PostAsync("/api/v1/login", new { cloudId = "nowhere", username = "admin", password = "demo-password" }),
            await nobody.PostAsync("/api/v1/login", new { }),
            await nobody.PostAsync("/api/v1/login", new { username = "a\tb", password = "x" }),
            await nobody.PostAsync("/api/v1/login", new { username = new string('a', 5000), password = new string('b', 5000) }),
        ];

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(401));
        Assert.That(answers.Select(answer => answer.Detail).Distinct().Single(), Is.EqualTo("There is no such tenant, name and password together."));
    }

    [Test]
    public async Task Ten_failures_shut_the_address_for_ten_minutes()
    {
        using ApiClient admin = await ApiClient.LogInAsync(_server);
        using ApiClient guesser = new(_server);
        for (int i = 0; i < 10; i++)
        {
            Assert.That((await guesser.PostAsync("/api/v1/login", new { username = $"guess{i}", password = "wrong" })).Status, Is.EqualTo(401));
        }

        ApiAnswer right = await guesser.PostAsync("/api/v1/login", new { username = "admin", password = "demo-password" });
        Assert.That(right.Status, Is.EqualTo(429), "not even the right one");
        Assert.That(right.Header("Retry-After"), Is.EqualTo("600"));
        Assert.That((await admin.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(200), "who is in stays in");

        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That((await guesser.PostAsync("/api/v1/login", new { username = "admin", password = "demo-password" })).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Failures_at_the_contracts_log_in_count_with_those_here()
    {
        using ApiClient guesser = new(_server);
        for (int i = 0; i < 10; i++)
        {
            using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["cloud_id"] = "default", ["code"] = new('0', 32) });
            Assert.That((await guesser.SendAsync(HttpMethod.Post, "/admin/agent/api_login.php", form)).Text, Does.Contain("not valid user"));
        }

        Assert.That((await guesser.PostAsync("/api/v1/login", new { username = "admin", password = "demo-password" })).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task With_a_temporary_password_nothing_but_its_change_is_allowed()
    {
        using ApiClient admin = await ApiClient.LogInAsync(_server);
        string password = (string)(await admin.PostAsync("/api/v1/administrators", new { username = "nora", role = "operator" }))["generatedPassword"]!;
        using ApiClient nora = new(_server);
        ApiAnswer login = await nora.PostAsync("/api/v1/login", new { username = "nora", password });
        nora.Token = (string)login["token"]!;

        Assert.That((bool)login["mustChangePassword"]!, Is.True);
        ApiAnswer refused = await nora.GetAsync("/api/v1/zones");
        Assert.That(refused.Status, Is.EqualTo(403));
        Assert.That(refused.Detail, Does.Contain("POST /api/v1/password"));
        Assert.That((await nora.PostAsync("/api/v1/password", new { currentPassword = password, newPassword = "a-better-one" })).Status, Is.EqualTo(204));
        Assert.That((await nora.GetAsync("/api/v1/zones")).Status, Is.EqualTo(401), "its tokens have ended");
        using ApiClient again = await ApiClient.LogInAsync(_server, "nora", "a-better-one");
        Assert.That((await again.GetAsync("/api/v1/zones")).Status, Is.EqualTo(200));
        Assert.That((await nora.PostAsync("/api/v1/login", new { username = "nora", password })).Status, Is.EqualTo(401));
    }

    [TestCase("wrong", "another-good-one", "currentPassword is not your password.")]
    [TestCase("demo-password", "short", "newPassword has 5 characters;")]
    [TestCase("demo-password", "demo-password", "newPassword is the same as before;")]
    [TestCase("demo-password", null, "newPassword is missing;")]
    [TestCase("demo-password", "the-admin-himself", "newPassword has the administrator's name in it;")]
    public async Task A_password_is_changed_with_the_present_one_to_a_decent_one(string current, string? wanted, string message)
    {
        using ApiClient admin = await ApiClient.LogInAsync(_server);

        ApiAnswer answer = await admin.PostAsync("/api/v1/password", new { currentPassword = current, newPassword = wanted });

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Detail, Does.StartWith(message).And.Not.Contain(wanted ?? "\0"));
        using ApiClient still = await ApiClient.LogInAsync(_server);
        Assert.That((await admin.GetAsync("/api/v1/tenant")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Guesses_at_the_present_password_are_counted_too()
    {
        using ApiClient thief = await ApiClient.LogInAsync(_server);
        for (int i = 0; i < 10; i++)
        {
            Assert.That((await thief.PostAsync("/api/v1/password", new { currentPassword = "wrong", newPassword = $"my-own-word-{i}" })).Status, Is.EqualTo(400));
        }

        Assert.That((await thief.PostAsync("/api/v1/password", new { currentPassword = "demo-password", newPassword = "my-own-word" })).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task A_role_reaches_as_far_as_its_scopes()
    {
        using ApiClient admin = await ApiClient.LogInAsync(_server);
        await MakeAsync(admin, "oper", "operator");
        await MakeAsync(admin, "viewer", "read-only");
        using ApiClient oper = await ApiClient.LogInAsync(_server, "oper", "a-good-password");
        using ApiClient viewer = await ApiClient.LogInAsync(_server, "viewer", "a-good-password");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await viewer.GetAsync("/api/v1/policy")).Status, Is.EqualTo(200));
            Assert.That((await viewer.PatchAsync("/api/v1/policy", new { macSecurity = true })).Status, Is.EqualTo(403));
            Assert.That((await oper.PatchAsync("/api/v1/policy", new { macSecurity = true })).Detail, Does.Contain("settings:write"));
            Assert.That((await oper.GetAsync("/api/v1/administrators")).Status, Is.EqualTo(403));
            Assert.That((await oper.GetAsync("/api/v1/audit")).Status, Is.EqualTo(403));
            Assert.That((await oper.GetAsync("/api/v1/tenants")).Status, Is.EqualTo(403));
            Assert.That((await oper.GetAsync("/api/v1/keys")).Status, Is.EqualTo(403));
            Assert.That((await oper.GetAsync("/api/v1/status")).Status, Is.EqualTo(200));
            Assert.That((await admin.GetAsync("/api/v1/tenants")).Status, Is.EqualTo(200));
        }

        Assert.That((await admin.PatchAsync("/api/v1/administrators/oper", new { role = "read-only" })).Status, Is.EqualTo(200));
        Assert.That((await oper.GetAsync("/api/v1/policy")).Status, Is.EqualTo(401), "another role is another log-in");
    }

    private static async Task MakeAsync(ApiClient admin, string username, string role)
    {
        ApiAnswer made = await admin.PostAsync(
            "/api/v1/administrators", new { username, role, password = "a-good-password", mustChangePassword = false });
        Assert.That(made.Status, Is.EqualTo(201), made.ToString());
        Assert.That(made.Json.AsObject().ContainsKey("generatedPassword"), Is.False);
    }
}
