using System.Text.Json.Nodes;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>/api/v1/devices of a running server.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class DeviceEndpointsTests
{
    private const string Devices = "/api/v1/devices";

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
    public async Task The_demo_has_an_agent_and_does_not_show_its_community()
    {
        ApiAnswer agent = await _api.GetAsync($"{Devices}/demo-agent");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)agent["address"], (int?)agent["snmpVersion"]), Is.EqualTo(("127.0.0.1:1161", 2)));
            Assert.That(agent.Text, Does.Not.Contain("public").And.Not.Contain("community").And.Not.Contain("password"));
        }
    }

    [Test]
    public async Task A_device_is_made_shown_changed_renamed_and_deleted()
    {
        ApiAnswer made = await _api.PostAsync(Devices, new
        {
            identity = "Core Switch", address = "[2001:DB8::1]:1161", type = "switch", mac = "02-00-5E-10-00-01", snmpVersion = 3, community = "sesame-1", mib = "mikrotik",
            description = "d", location = "hall", username = "u", password = "sesame-2",
        });
        ApiAnswer changed = await _api.PatchAsync($"{Devices}/core%20switch", new { identity = "core-1", mac = "", snmpVersion = 1 }, made.ETag);
        ApiAnswer stale = await _api.DeleteAsync($"{Devices}/core-1", made.ETag);
        ApiAnswer shown = await _api.GetAsync($"{Devices}/core-1");
        ApiAnswer deleted = await _api.DeleteAsync($"{Devices}/core-1", changed.ETag);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, made.Location, made.ETag), Is.EqualTo((201, $"{Devices}/Core%20Switch", "\"1\"")));
            Assert.That(((string?)made["address"], (string?)made["mac"], (string?)made["mib"]), Is.EqualTo(("[2001:db8::1]:1161", "02:00:5e:10:00:01", "mikrotik")));
            Assert.That((changed.Status, changed.ETag, (string?)changed["mac"], (int?)changed["snmpVersion"], (string?)changed["location"]), Is.EqualTo((200, "\"2\"", "", 1, "hall")));
            Assert.That(made.Text + changed.Text, Does.Not.Contain("sesame"));
            Assert.That(shown.Text, Is.EqualTo(changed.Text));
            Assert.That((stale.Status, deleted.Status), Is.EqualTo((412, 204)));
            Assert.That((await _api.DeleteAsync($"{Devices}/core-1")).Status, Is.EqualTo(404));
            Assert.That((await _api.PatchAsync($"{Devices}/core-1", new { location = "x" })).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Faults_name_their_fields_and_nothing_is_made()
    {
        ApiAnswer bad = await _api.PostAsync(Devices, new { identity = "none", address = "10.1", type = "", mac = "02:00", snmpVersion = 4, mib = new string('m', 65) });
        ApiAnswer word = await _api.PostAsync(Devices, new { identity = "y1", address = "192.0.2.1", snmpVersion = "2c" });
        ApiAnswer exists = await _api.PostAsync(Devices, new { identity = "Demo-Agent", address = "192.0.2.1" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bad.Status, Is.EqualTo(400));
            Assert.That(bad["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(new[] { "identity", "address", "type", "mac", "snmpVersion", "mib" }));
            Assert.That(word.Status, Is.EqualTo(400));
            Assert.That(word.Detail, Does.StartWith("snmpVersion"));
            Assert.That(exists.Status, Is.EqualTo(409));
            Assert.That((await _api.GetAsync($"{Devices}/y1")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task The_poll_sets_are_shown_as_their_files_have_them()
    {
        ApiAnswer list = await _api.GetAsync("/api/v1/mibs?limit=1000");
        ApiAnswer interfaces = await _api.GetAsync("/api/v1/mibs/IF-MIB");
        JsonNode inBits = interfaces["tables"]![0]!["columns"]!.AsArray().Single(column => (string?)column!["metric"] == "if-mib.inBits")!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(list["items"]!.AsArray().Select(set => (string?)set!["name"]), Is.Ordered.And.SupersetOf(new[] { "aruba", "cisco", "if-mib", "mikrotik", "ucd" }));
            Assert.That(((string?)interfaces["name"], (bool?)interfaces["everyDevice"]), Is.EqualTo(("if-mib", true)));
            Assert.That(
                ((string?)inBits["object"], (string?)inBits["oid"], (string?)inBits["kind"], (string?)inBits["unit"], (string?)inBits["instead"]),
                Is.EqualTo(("IF-MIB::ifHCInOctets", "1.3.6.1.2.1.31.1.1.1.6", "counter", "bit/s", "1.3.6.1.2.1.2.2.1.10")));
            Assert.That((await _api.GetAsync("/api/v1/mibs/toaster")).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_mib_that_is_no_poll_set_is_refused()
    {
        ApiAnswer answer = await _api.PostAsync(Devices, new { identity = "unknown-mib", address = "192.0.2.77", mib = "toaster" });

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer["errors"]!["mib"]!.ToJsonString(), Does.Contain("which is not known; it must be the name of a poll set, or empty: aruba, "));
        Assert.That((await _api.GetAsync($"{Devices}/unknown-mib")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_list_goes_page_by_page_within_its_filters()
    {
        foreach (string name in (string[])["page-2", "PAGE-1", "page-3"])
        {
            await _api.PostAsync(Devices, new { identity = name, address = "192.0.2.1", type = name == "page-3" ? "router" : "switch" });
        }

        ApiAnswer first = await _api.GetAsync($"{Devices}?q=page-&limit=2");
        ApiAnswer second = await _api.GetAsync($"{Devices}?q=page-&limit=2&cursor={(string)first["next"]!}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Identities(first), Is.EqualTo(["PAGE-1", "page-2"]));
            Assert.That(Identities(second), Is.EqualTo(["page-3"]));
            Assert.That(Identities(await _api.GetAsync($"{Devices}?type=Router")), Is.EqualTo(["page-3"]));
        }
    }

    private static IEnumerable<string?> Identities(ApiAnswer list) => list["items"]!.AsArray().Select(device => (string?)device!["identity"]);
}
