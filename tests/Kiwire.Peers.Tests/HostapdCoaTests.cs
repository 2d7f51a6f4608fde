using System.Globalization;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Peers.Tests;

/// <summary>
/// hostapd as the NAS and wpa_supplicant as the client, on two ends of a virtual cable: a real 802.1X login, ended by a Disconnect-Request,
/// whose accounting Stop ends the session here.
/// </summary>
[TestFixture]
public sealed class HostapdCoaTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;

    private readonly string _space = $"kiwire{Environment.ProcessId}";
    private readonly string _near = $"kwa{Environment.ProcessId % 1_000_000}";
    private readonly string _far = $"kwb{Environment.ProcessId % 1_000_000}";
    private readonly List<Child> _children = [];
    private string _scratch = "";
    private bool _hasSpace;
    private RunningServer _server = null!;
    private string _hostapd = "";
    private string _supplicant = "";
    private long _nasId;
    private int _port;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _hostapd = Peer.Require("hostapd", "hostapd");
        _supplicant = Peer.Require("wpa_supplicant", "wpasupplicant");
        string ip = Peer.Require("ip", "iproute2");
        try
        {
            await Child.RunAsync(ip, "netns", "add", _space);
            _hasSpace = true;
            await Child.RunAsync(ip, "link", "add", _near, "type", "veth", "peer", "name", _far);
        }
        catch (InvalidOperationException e)
        {
            Assert.Ignore($"This machine does not allow network namespaces and virtual cables: {e.Message}");
        }

        await Child.RunAsync(ip, "link", "set", _far, "netns", _space);
        await Child.RunAsync(ip, "link", "set", _near, "up");
        await Child.RunAsync(ip, "-n", _space, "link", "set", _far, "up");

        _scratch = Directory.CreateTempSubdirectory("kiwire-hostapd-").FullName;
        _server = await RunningServer.StartAsync();
        _port = FreePort.Take();
        _nasId = (await _server.Get<NasRegister>().FindAsync(Tenant, "demo-nas", default))!.NasId;
        _ = await _server.Get<NasRegister>().UpdateAsync(Tenant, _nasId, new NasSettings { Type = "hostapd", CoaPort = _port }, 0, default);
        await StartHostapdAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (Child child in _children)
        {
            child.Dispose();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_hasSpace)
        {
            // With the namespace goes the far end of the cable, and with that the near one.
            await Child.RunAsync(Peer.Require("ip", "iproute2"), "netns", "del", _space);
        }

        if (_scratch.Length > 0)
        {
            Directory.Delete(_scratch, recursive: true);
        }
    }

    [Test]
    [Order(1)]
    [CancelAfter(300_000)]
    public async Task Its_test_is_good(CancellationToken cancellationToken)
    {
        NasTestReport report = (await _server.Get<NasTest>().RunAsync(Tenant, _nasId, null, cancellationToken))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Findings.Where(finding => finding.Verdict != NasTestVerdict.Good), Is.Empty);
            Assert.That(report.Findings.Single(finding => finding.Aspect == NasTestAspect.Attributes).Text, Does.Contain("takes what it is sent"));
        }
    }

    [Test]
    [Order(2)]
    [CancelAfter(300_000)]
    public async Task A_client_that_logged_in_by_8021X_is_disconnected_and_its_Stop_ends_the_session(CancellationToken cancellationToken)
    {
        await LoginAsync();
        SessionInfo session = await SessionAsync(one => one is { EndedAt: null, UserName: "alice" }, cancellationToken);

        using ApiClient client = await ApiClient.LogInAsync(_server);
        string path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/sessions/{session.SessionId}");

        ApiAnswer change = await client.PostAsync(path + "/coa", new { attributes = new[] { new { name = "Session-Timeout", value = "60" } } });
        ApiAnswer answer = await client.PostAsync(path + "/disconnect");
        SessionInfo ended = await SessionAsync(one => one.SessionId == session.SessionId && one.Disconnect == DisconnectProof.Ended, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(session.AcctSessionId, Has.Length.EqualTo(16));
            Assert.That((string?)change["message"], Does.StartWith("The NAS refused it: 40"), "it does no CoA but its own");
            Assert.That(((string?)answer["outcome"], (string?)answer["disconnect"]), Is.EqualTo(("acknowledged", "ending")));
            Assert.That(ended.EndedAt, Is.Not.Null);
            Assert.That(ended.TerminateCause, Is.Not.EqualTo(2), "its own Stop, and not our having lost it");
        }
    }

    private async Task<SessionInfo> SessionAsync(Predicate<SessionInfo> condition, CancellationToken cancellationToken) =>
        (await RunningServer.UntilAsync(
            async () => (await _server.Get<SessionStore>().ListAsync(new SessionQuery { TenantId = Tenant, NasId = _nasId }, cancellationToken)).FirstOrDefault(one => condition(one)),
            one => one is not null,
            cancellationToken))!;

    private async Task LoginAsync()
    {
        string configuration = Path.Combine(_scratch, "wpa_supplicant.conf");
        await File.WriteAllTextAsync(configuration, """
            ap_scan=0
            network={
              key_mgmt=IEEE8021X
              eap=MD5
              identity="alice"
              password="wonderland"
              eapol_flags=0
            }
            """);
        (Child child, _) = await Child.StartAsync(
            "ip", ["netns", "exec", _space, _supplicant, "-Dwired", "-i" + _far, "-c", configuration],
            static line => line.Contains("CTRL-EVENT-CONNECTED", StringComparison.Ordinal), TimeSpan.FromMinutes(3));
        _children.Add(child);
    }

    private async Task StartHostapdAsync()
    {
        string configuration = Path.Combine(_scratch, "hostapd.conf");
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            interface={_near}
            driver=wired
            logger_stdout=-1
            logger_stdout_level=2
            ieee8021x=1
            use_pae_group_addr=1
            own_ip_addr=127.0.0.1
            nas_identifier=demo-nas
            auth_server_addr=127.0.0.1
            auth_server_port={_server.AuthenticationPort}
            auth_server_shared_secret=testing123
            acct_server_addr=127.0.0.1
            acct_server_port={_server.AccountingPort}
            acct_server_shared_secret=testing123
            radius_das_port={_port}
            radius_das_client=127.0.0.1 testing123
            radius_das_require_event_timestamp=1
            radius_das_require_message_authenticator=1

            """));
        (Child child, _) = await Child.StartAsync(
            _hostapd, [configuration], static line => line.Contains("AP-ENABLED", StringComparison.Ordinal), TimeSpan.FromMinutes(3));
        _children.Add(child);
    }
}
