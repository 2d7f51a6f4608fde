using System.Text.Json.Nodes;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>/api/v1/nas and /api/v1/nas-types of a running server, and what the wire says to a change.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class NasEndpointsTests
{
    private const string Nas = "/api/v1/nas";

    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _api = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_NAS_is_made_shown_changed_and_deleted_and_its_secrets_are_never_shown()
    {
        ApiAnswer made = await _api.PostAsync(Nas, new
        {
            identity = "Roof/AP 1%", address = "127.0.1.0/24", type = "chillispot", secret = "sesame-1", requireMessageAuthenticator = "no", location = "roof", server = "10.0.0.1",
            description = "d", community = "sesame-2", username = "u", password = "sesame-3",
        });
        ApiAnswer shown = await _api.GetAsync($"{Nas}/roof%2Fap%201%25");
        ApiAnswer changed = await _api.PatchAsync($"{Nas}/roof%2Fap%201%25", new { location = "", coaPort = 1700 }, shown.ETag);
        ApiAnswer stale = await _api.PatchAsync($"{Nas}/roof%2Fap%201%25", new { location = "x" }, shown.ETag);
        ApiAnswer deleted = await _api.DeleteAsync($"{Nas}/roof%2Fap%201%25", changed.ETag);
        ApiAnswer gone = await _api.GetAsync($"{Nas}/roof%2Fap%201%25");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, made.Location, made.ETag), Is.EqualTo((201, $"{Nas}/Roof%2FAP%201%25", "\"1\"")));
            Assert.That(shown.Text, Is.EqualTo(made.Text));
            Assert.That((string?)shown["type"], Is.EqualTo("chillispot"));
            Assert.That((int?)shown["coaPort"], Is.EqualTo(3799));
            Assert.That((string?)shown["requireMessageAuthenticator"], Is.EqualTo("no"));
            Assert.That((long?)shown["observed"]!["withMessageAuthenticator"], Is.Zero);
            Assert.That(shown["observed"]!["lastSeenAt"], Is.Null);
            Assert.That(made.Text + shown.Text + changed.Text, Does.Not.Contain("sesame"));
            Assert.That((changed.Status, changed.ETag, (string?)changed["location"], (int?)changed["coaPort"]), Is.EqualTo((200, "\"2\"", "", 1700)));
            Assert.That(stale.Status, Is.EqualTo(412));
            Assert.That(deleted.Status, Is.EqualTo(204));
            Assert.That(gone.Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_changed_secret_works_at_once_and_so_does_a_changed_identity()
    {
        await _api.PostAsync(Nas, new { identity = "gate", address = "127.0.0.9", secret = "first-secret" });
        using TestNas nas = new(_server, "127.0.0.9", "second-secret");

        ApiAnswer changed = await _api.PatchAsync($"{Nas}/gate", new { secret = "second-secret", identity = "gate-2" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed.Status, Is.EqualTo(200), changed.ToString());
            Assert.That(nas.Login("alice", "wonderland", "02-AA-00-00-09-01").IsAccept, Is.True);
            Assert.That((await _api.GetAsync($"{Nas}/gate")).Status, Is.EqualTo(404));
            Assert.That((await _api.GetAsync($"{Nas}/gate-2")).Status, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task What_a_NAS_was_seen_to_send_is_live_and_its_becoming_yes_can_be_undone()
    {
        await _api.PostAsync(Nas, new { identity = "seen", address = "127.0.0.10", secret = "testing123" });
        using TestNas nas = new(_server, "127.0.0.10");
        for (int i = 0; i < 20; i++)
        {
            nas.Login("alice", "wonderland", "02-AA-00-00-10-01");
        }

        JsonNode before = (await _api.GetAsync($"{Nas}/seen"))["observed"]!;
        ApiAnswer relaxed = await _api.PostAsync($"{Nas}/seen/relax-message-authenticator");
        JsonNode after = relaxed["observed"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((long?)before["withMessageAuthenticator"], Is.EqualTo(20));
            Assert.That((int?)before["run"], Is.EqualTo(20));
            Assert.That(before["enforcedAt"], Is.Not.Null);
            Assert.That(before["lastSeenAt"], Is.Not.Null);
            Assert.That(relaxed.Status, Is.EqualTo(200));
            Assert.That(after["enforcedAt"], Is.Null);
            Assert.That((int?)after["run"], Is.Zero);
            Assert.That((long?)after["withMessageAuthenticator"], Is.EqualTo(20));
            Assert.That((await _api.PostAsync($"{Nas}/nowhere/relax-message-authenticator")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Faults_name_their_fields_and_nothing_is_made()
    {
        ApiAnswer bad = await _api.PostAsync(Nas, new { identity = "a,b", address = "10.1", type = "toaster", coaPort = 0, secret = "" });
        ApiAnswer missing = await _api.PostAsync(Nas, new { });
        ApiAnswer unknown = await _api.PostAsync(Nas, new { identity = "x1", address = "127.0.0.11", secret = "s", colour = "red" });
        ApiAnswer policy = await _api.PostAsync(Nas, new { identity = "x1", address = "127.0.0.11", secret = "s", requireMessageAuthenticator = "perhaps" });
        ApiAnswer exists = await _api.PostAsync(Nas, new { identity = "DEMO-nas", address = "127.0.0.11", secret = "s" });
        ApiAnswer taken = await _api.PatchAsync($"{Nas}/lobby-ap", new { identity = "demo-nas" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bad.Status, Is.EqualTo(400));
            Assert.That(bad["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(new[] { "identity", "address", "type", "coaPort", "secret" }));
            Assert.That(missing["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(new[] { "identity", "address", "secret" }));
            Assert.That((unknown.Status, policy.Status), Is.EqualTo((400, 400)));
            Assert.That(exists.Status, Is.EqualTo(409));
            Assert.That((taken.Status, taken.Detail), Is.EqualTo((409, "There is a NAS 'demo-nas' already.")));
            Assert.That((await _api.GetAsync($"{Nas}/x1")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_list_goes_page_by_page_within_its_filters()
    {
        foreach (string name in (string[])["list-3", "LIST-1", "list-4", "list-2"])
        {
            await _api.PostAsync(Nas, new { identity = name, address = "127.0.0.12", secret = "s", location = "Cellar", type = name == "list-4" ? "coova" : "mikrotik" });
        }

        ApiAnswer first = await _api.GetAsync($"{Nas}?q=List-&limit=3");
        string cursor = (string)first["next"]!;
        ApiAnswer second = await _api.GetAsync($"{Nas}?q=List-&limit=3&cursor={cursor}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Identities(first), Is.EqualTo(["LIST-1", "list-2", "list-3"]));
            Assert.That(Identities(second), Is.EqualTo(["list-4"]));
            Assert.That(second["next"], Is.Null);
            Assert.That(Identities(await _api.GetAsync($"{Nas}?type=chillispot&location=cellar")), Is.EqualTo(["list-4"]));
            Assert.That((await _api.GetAsync($"{Nas}?q=other&cursor={cursor}")).Status, Is.EqualTo(400));
            Assert.That((await _api.GetAsync($"{Nas}?limit=0")).Status, Is.EqualTo(400));
            Assert.That((await _api.GetAsync($"{Nas}?type=toaster")).Detail, Does.StartWith("type is 'toaster', which is not known; it must be one of airespace, aruba, "));
        }
    }

    [Test]
    public async Task A_NAS_type_is_shown_as_its_file_has_it()
    {
        ApiAnswer list = await _api.GetAsync("/api/v1/nas-types?limit=1000");
        ApiAnswer mikrotik = await _api.GetAsync("/api/v1/nas-types/RouterOS");
        JsonNode[] accept = [.. mikrotik["accept"]!.AsArray().Select(one => one!)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list["items"]!.AsArray().Select(type => (string?)type!["name"]), Is.Ordered.And.SupersetOf(new[] { "cisco-ios", "coova", "generic", "mikrotik", "unifi" }));
            Assert.That((string?)mikrotik["name"], Is.EqualTo("mikrotik"));
            Assert.That(mikrotik["aliases"]!.AsArray().Select(alias => (string?)alias), Is.EqualTo(["routeros"]));
            Assert.That((string?)accept[1]["text"], Is.EqualTo("{upKbps}k/{downKbps}k 0/0 0/0 0/0 8 {minUpKbps}k/{minDownKbps}k"));
            Assert.That(accept[1]["when"]!.ToJsonString(), Is.EqualTo("""["minDownKbps","minUpKbps"]"""));
            Assert.That(((string?)accept[3]["attribute"], (string?)accept[3]["value"], (string?)accept[3]["part"]), Is.EqualTo(("Mikrotik-Total-Limit-Gigawords", "volumeLeftOctets", "high32")));
            Assert.That(mikrotik["disconnect"]!["identify"]![0]!.ToJsonString(), Is.EqualTo("""["User-Name","Framed-IP-Address","Acct-Session-Id"]"""));
            Assert.That((string?)mikrotik["authorize"]!["limits"], Is.EqualTo("push"));
            Assert.That((await _api.GetAsync("/api/v1/nas-types/toaster")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Without_a_token_nothing_is_shown()
    {
        using ApiClient nobody = new(_server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await nobody.GetAsync(Nas)).Status, Is.EqualTo(401));
            Assert.That((await nobody.GetAsync("/api/v1/nas-types")).Status, Is.EqualTo(401));
            Assert.That((await nobody.DeleteAsync($"{Nas}/demo-nas")).Status, Is.EqualTo(401));
            Assert.That((await nobody.GetAsync("/api/v1/devices")).Status, Is.EqualTo(401));
        }
    }

    private static IEnumerable<string?> Identities(ApiAnswer list) => list["items"]!.AsArray().Select(nas => (string?)nas!["identity"]);
}
