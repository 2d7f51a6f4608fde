using System.Text;
using Kiwire.Server.Network;
using Kiwire.Server.Portal;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Portal;

/// <summary><c>/api/v1/portal</c>.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class PortalSettingsTests
{
    private RunningServer _server = null!;
    private ApiClient _operator = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _operator = await ApiClient.LogInAsync(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _operator.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Are_changed_as_far_as_they_are_given_and_act_at_once()
    {
        ApiAnswer first = await _operator.GetAsync("/api/v1/portal");
        ApiAnswer changed = await _operator.PatchAsync("/api/v1/portal", new { loginHosts = new[] { "10.5.50.1", "Login.Example.net", "10.5.50.1" } }, first.ETag);
        ApiAnswer landing = await _operator.PatchAsync("/api/v1/portal", new { landingUrl = "https://www.example.net/welcome" });
        ApiAnswer stale = await _operator.PatchAsync("/api/v1/portal", new { landingUrl = "" }, first.ETag);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Text, Is.EqualTo("""{"loginHosts":[],"landingUrl":""}"""));
            Assert.That(changed.Text, Is.EqualTo("""{"loginHosts":["10.5.50.1","login.example.net"],"landingUrl":""}"""));
            Assert.That(landing.Text, Is.EqualTo("""{"loginHosts":["10.5.50.1","login.example.net"],"landingUrl":"https://www.example.net/welcome"}"""));
            Assert.That(stale.Status, Is.EqualTo(412));
            Assert.That(_server.Get<PortalSettingsDirectory>().Of(1).Hosts, Has.Count.EqualTo(2));
            Assert.That((await _operator.GetAsync("/api/v1/audit")).Text, Does.Contain("login.example.net"));
        }
    }

    [TestCase("""{ "loginHosts": ["0.0.0.0/0"] }""", "loginHosts has '0.0.0.0/0', which is so wide that it says nothing; a prefix must have at least /8.")]
    [TestCase("""{ "loginHosts": ["http://x.example"] }""", "loginHosts has 'http://x.example'; it must be a host such as login.example.net,")]
    [TestCase("""{ "loginHosts": [null] }""", "loginHosts has ''; it must be a host such as")]
    [TestCase("""{ "landingUrl": "/welcome" }""", "landingUrl must be empty or an address such as https://www.example.net/welcome, without user and password")]
    [TestCase("""{ "landingUrl": "https://user@www.example.net" }""", "landingUrl must be empty or an address such as")]
    public async Task Are_refused_with_the_reason(string body, string fault)
    {
        ApiAnswer answer = await _operator.PatchAsync("/api/v1/portal", body);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Detail, Does.Contain(fault));
        Assert.That((await _operator.GetAsync("/api/v1/portal")).Text, Is.EqualTo("""{"loginHosts":[],"landingUrl":""}"""));
    }

    [Test]
    public async Task A_hundred_hosts_are_enough() => Assert.That(
        (await _operator.PatchAsync("/api/v1/portal", new { loginHosts = Enumerable.Range(0, 101).Select(i => $"h{i}.example.net") })).Detail,
        Is.EqualTo("loginHosts has 101 hosts; there may be 100."));

    [Test]
    public async Task A_NAS_keeps_the_secret_that_it_shares_with_the_portal_and_never_tells_it()
    {
        ApiAnswer made = await _operator.PostAsync("/api/v1/nas", new { identity = "chilli", address = "192.0.2.77", secret = "testing123", type = "coova", uamSecret = "greatsecret" });
        ApiAnswer renamed = await _operator.PatchAsync("/api/v1/nas/chilli", new { location = "lobby" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, renamed.Status), Is.EqualTo((201, 200)));
            Assert.That(made.Text + renamed.Text + (await _operator.GetAsync("/api/v1/audit")).Text, Does.Not.Contain("greatsecret"));
            Assert.That(await UamSecretAsync("chilli"), Is.EqualTo("greatsecret"));
        }

        await _operator.PatchAsync("/api/v1/nas/chilli", new { uamSecret = "" });
        Assert.That(await UamSecretAsync("chilli"), Is.Empty);
    }

    private async Task<string> UamSecretAsync(string identity) =>
        _server.Get<NasDirectory>().TryGetByIdentity(TenantDirectory.DefaultTenantId, identity, out NasEntry? nas)
            ? Encoding.UTF8.GetString(await _server.Get<NasStore>().GetUamSecretAsync(nas.TenantId, nas.NasId, default))
            : throw new InvalidOperationException($"There is no {identity}.");
}
