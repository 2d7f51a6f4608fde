using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class AdministratorEndpointsTests
{
    private const string Path = "/api/v1/administrators";

    private RunningServer _server = null!;
    private ApiClient _admin = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _admin = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task One_is_made_shown_changed_and_deleted()
    {
        ApiAnswer made = await _admin.PostAsync(Path, new { username = "Al/50% b", role = "operator", fullName = "Al", email = "al@example.org", monitor = true });
        Assert.That((made.Status, made.Location, made.ETag), Is.EqualTo((201, "/api/v1/administrators/Al%2F50%25%20b", "\"1\"")), made.ToString());
        Assert.That((string)made["generatedPassword"]!, Has.Length.EqualTo(20));

        ApiAnswer shown = await _admin.GetAsync(made.Location!);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.ETag, Is.EqualTo("\"1\""));
            Assert.That(shown.Text, Does.Contain("\"username\":\"Al/50% b\"").And.Contain("\"role\":\"operator\"").And.Contain("\"mustChangePassword\":true"));
            Assert.That(shown.Text, Does.Not.Contain("generatedPassword").And.Not.Contain("hash"));
        }

        ApiAnswer changed = await _admin.PatchAsync(made.Location!, new { email = "", monitor = false }, "\"1\"");
        Assert.That((changed.Status, (string)changed["email"]!, (string)changed["fullName"]!, changed.ETag), Is.EqualTo((200, "", "Al", "\"2\"")));
        Assert.That((await _admin.PatchAsync(made.Location!, new { email = "x@y.z" }, "\"1\"")).Status, Is.EqualTo(412));
        Assert.That((await _admin.DeleteAsync(made.Location!, "\"1\"")).Status, Is.EqualTo(412));
        Assert.That((await _admin.PostAsync(Path, new { username = "AL/50% B", role = "operator" })).Status, Is.EqualTo(409));
        Assert.That((await _admin.DeleteAsync(made.Location!, "\"2\"")).Status, Is.EqualTo(204));
        Assert.That((await _admin.DeleteAsync(made.Location!)).Status, Is.EqualTo(404));
        Assert.That((await _admin.GetAsync(made.Location!)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Sent_again_with_its_idempotency_key_a_create_shows_the_same_password()
    {
        var body = new { username = "twice", role = "read-only" };

        ApiAnswer first = await _admin.PostAsync(Path, body, ("Idempotency-Key", "make-twice"));
        ApiAnswer second = await _admin.PostAsync(Path, body, ("Idempotency-Key", "make-twice"));

        Assert.That((first.Status, second.Status), Is.EqualTo((201, 201)));
        Assert.That(second.Text, Is.EqualTo(first.Text));
        Assert.That(second.Header("Idempotency-Replayed"), Is.EqualTo("true"));
        using ApiClient twice = await ApiClient.LogInAsync(_server, "twice", (string)second["generatedPassword"]!);
    }

    [Test]
    public async Task The_last_administrator_stays()
    {
        ApiAnswer deleted = await _admin.DeleteAsync(Path + "/admin");
        ApiAnswer demoted = await _admin.PatchAsync(Path + "/admin", new { role = "operator" });

        Assert.That((deleted.Status, demoted.Status), Is.EqualTo((400, 400)));
        Assert.That(deleted.Detail, Is.EqualTo("role is administrator, and nobody else in the tenant has that role; give it to another one first."));
    }

    [Test]
    public async Task Another_ones_password_is_reset_and_ones_own_is_not()
    {
        await _admin.PostAsync(Path, new { username = "forgetful", role = "operator" });

        ApiAnswer reset = await _admin.PostAsync(Path + "/forgetful/password", new { mustChangePassword = false });
        using ApiClient forgetful = await ApiClient.LogInAsync(_server, "forgetful", (string)reset["generatedPassword"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await forgetful.GetAsync("/api/v1/zones")).Status, Is.EqualTo(200));
            Assert.That((await _admin.PostAsync(Path + "/forgetful/password", new { password = "short" })).Detail, Does.StartWith("password has 5 characters"));
            Assert.That((await _admin.PostAsync(Path + "/forgetful/password", new { password = "quite-long-enough" })).Json["generatedPassword"], Is.Null);
            Assert.That((await forgetful.GetAsync("/api/v1/zones")).Status, Is.EqualTo(401));
            Assert.That((await _admin.PostAsync(Path + "/admin/password", new { })).Status, Is.EqualTo(403));
            Assert.That((await _admin.PostAsync(Path + "/nobody/password", new { })).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_key_makes_nobody_who_may_do_more_than_it_may()
    {
        ApiAnswer made = await _admin.PostAsync("/api/v1/keys", new { name = "staff", scopes = (string[])["administrators:write", "accounts:read"] });
        using ApiClient key = new(_server) { Token = (string)made["key"]! };

        ApiAnswer refused = await key.PostAsync(Path, new { username = "mighty", role = "administrator" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.Status, refused.Detail), Is.EqualTo((403, "An administrator in the role administrator has the scope network:read, which you do not have.")));
            Assert.That((await key.PostAsync(Path + "/admin/password", new { })).Status, Is.EqualTo(403));
            Assert.That((await key.PatchAsync(Path + "/admin", new { email = "thief@example.org" })).Status, Is.EqualTo(403));
            Assert.That((await key.DeleteAsync(Path + "/admin")).Status, Is.EqualTo(403));
            Assert.That((await key.GetAsync(Path)).Status, Is.EqualTo(200));
            Assert.That((await key.PostAsync("/api/v1/password", new { currentPassword = "x", newPassword = "quite-long-enough" })).Status, Is.EqualTo(403));
            Assert.That((await key.PostAsync("/api/v1/logout")).Status, Is.EqualTo(403));
        }
    }

    [Test]
    public async Task The_list_goes_on_where_a_page_ended()
    {
        foreach (string name in (string[])["list-a", "list-b", "list-c"])
        {
            await _admin.PostAsync(Path, new { username = name, role = "read-only", password = "a-good-password" });
        }

        List<string> names = [];
        string? cursor = null;
        do
        {
            ApiAnswer page = await _admin.GetAsync($"{Path}?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            Assert.That(page.Status, Is.EqualTo(200));
            names.AddRange(page["items"]!.AsArray().Select(item => (string)item!["username"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        Assert.That(names, Is.SupersetOf(["admin", "list-a", "list-b", "list-c"]).And.Unique);
        Assert.That(names, Is.Ordered.Using((IComparer<string>)StringComparer.OrdinalIgnoreCase), "whatever the case of what other tests make");
        Assert.That((await _admin.GetAsync(Path + "?limit=0")).Status, Is.EqualTo(400));
    }
}
