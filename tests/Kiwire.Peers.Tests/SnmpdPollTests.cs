using System.Globalization;
using System.Text.Json.Nodes;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Peers.Tests;

/// <summary>The server's test of a device, and its polling, against Net-SNMP's agent.</summary>
[TestFixture]
internal sealed class SnmpdPollTests
{
    private const string Configuration =
        """
        rocommunity public
        sysLocation cellar
        sysName edge
        createUser ann SHA-256 authpass-1 AES privpass-1
        rouser ann priv
        """;

    [Test]
    [CancelAfter(300_000)]
    public async Task A_device_is_tested_by_v2c_and_v3_and_each_mistake_has_its_own_word()
    {
        using Snmpd agent = await Snmpd.StartAsync(Configuration);
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Devices:TimeoutMilliseconds=5000", "--Kiwire:Devices:Retries=0");
        using ApiClient api = await ApiClient.LogInAsync(server);
        string address = agent.EndPoint.ToString();
        await MakeAsync(api, new { identity = "community", address, community = "public" });
        await MakeAsync(api, new { identity = "other-community", address, community = "private" });
        await MakeAsync(api, User("user", "ann", "authpass-1", "privpass-1"));
        await MakeAsync(api, User("other-user", "bob", "authpass-1", "privpass-1"));
        await MakeAsync(api, User("other-password", "ann", "authpass-2", "privpass-1"));

        ApiAnswer community = await api.PostAsync("/api/v1/devices/community/test");
        ApiAnswer user = await api.PostAsync("/api/v1/devices/user/test");
        using (Assert.EnterMultipleScope())
        {
            foreach (ApiAnswer good in new[] { community, user })
            {
                Assert.That(((bool?)good["answered"], (string?)good["texts"]?["sysName"], (string?)good["texts"]?["sysLocation"]), Is.EqualTo(((bool?)true, "edge", "cellar")), good.ToString());
                Assert.That(good["values"]!.AsArray().Select(value => (string)value!["metric"]!), Does.Contain("if-mib.speed"));
                Assert.That(good["texts"]!.AsObject().Select(text => text.Key), Has.Some.StartsWith("if-mib.operStatus."));
            }

            Assert.That(await FaultAsync("other-community"), Is.EqualTo("wrongCommunity"));
            Assert.That(await FaultAsync("other-user"), Is.EqualTo("unknownUser"));
            Assert.That(await FaultAsync("other-password"), Is.EqualTo("wrongPassword"));
        }

        agent.Dispose();
        Assert.That(await FaultAsync("community"), Is.EqualTo("noAnswer").Or.EqualTo("unreachable"));

        object User(string identity, string name, string authentication, string privacy) => new
        {
            identity, address, snmpVersion = 3, username = name, authenticationProtocol = "sha256", authenticationPassword = authentication, privacyProtocol = "aes128", privacyPassword = privacy,
        };

        async Task<string?> FaultAsync(string identity) => (string?)(await api.PostAsync($"/api/v1/devices/{identity}/test"))["fault"];
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_device_is_polled_and_its_interfaces_have_rates(CancellationToken cancellationToken)
    {
        using Snmpd agent = await Snmpd.StartAsync(Configuration);
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Devices:Poll=true", "--Kiwire:Devices:TimeoutMilliseconds=30000");
        using ApiClient api = await ApiClient.LogInAsync(server);
        await MakeAsync(api, new { identity = "edge", address = agent.EndPoint.ToString(), community = "public", pollSeconds = 10 });

        JsonNode device = (await RunningServer.UntilAsync(
            () => api.GetAsync("/api/v1/devices/edge"),
            answer => answer["values"]!.AsArray().Any(value => (string?)value!["metric"] == "if-mib.inBits"),
            cancellationToken)).Json;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)device["status"]!["state"], Is.EqualTo("up"));
            Assert.That((long?)device["status"]!["uptimeSeconds"], Is.LessThan(300));
            Assert.That(device["values"]!.AsArray().Where(value => (string?)value!["metric"] == "if-mib.inBits").Select(value => (string?)value!["label"]), Does.Contain("lo"));
            Assert.That(
                device["values"]!.AsArray().Where(value => (string?)value!["metric"] == "if-mib.inBits").Select(value => (double)value!["value"]!),
                Is.All.GreaterThanOrEqualTo(0), string.Create(CultureInfo.InvariantCulture, $"{device["values"]}"));
        }
    }

    private static async Task MakeAsync(ApiClient api, object device)
    {
        ApiAnswer made = await api.PostAsync("/api/v1/devices", device);
        Assert.That(made.Status, Is.EqualTo(201), made.ToString());
    }
}
