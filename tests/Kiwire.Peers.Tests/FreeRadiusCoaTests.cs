using System.Globalization;
using Kiwire.Radius.Attributes;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Peers.Tests;

/// <summary>FreeRADIUS as the NAS: takes CoA- and Disconnect-Requests, refuses some with an Error-Cause, and prints what it was sent.</summary>
[TestFixture]
public sealed class FreeRadiusCoaTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;
    private const string Phone = "02-CC-00-00-00-01";

    private string _scratch = "";
    private RunningServer _server = null!;
    private TestNas _accounting = null!;
    private Child _freeRadius = null!;
    private int _port;
    private long _nasId;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        string freeRadius = Peer.Require("freeradius", "freeradius");
        _scratch = Directory.CreateTempSubdirectory("kiwire-freeradius-").FullName;
        _port = FreePort.Take();
        await WriteConfigurationAsync();
        (_freeRadius, _) = await Child.StartAsync(
            freeRadius, ["-fxx", "-l", "stdout", "-d", _scratch, "-n", "radiusd"],
            static line => line.Contains("Ready to process requests", StringComparison.Ordinal), TimeSpan.FromMinutes(3));
        _server = await RunningServer.StartAsync();
        _nasId = (await _server.Get<NasRegister>().FindAsync(Tenant, "demo-nas", default))!.NasId;
        _ = await _server.Get<NasRegister>().UpdateAsync(Tenant, _nasId, new NasSettings { CoaPort = _port }, 0, default);
        _accounting = new TestNas(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _accounting?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _freeRadius?.Dispose();
        if (_scratch.Length > 0)
        {
            Directory.Delete(_scratch, recursive: true);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task It_takes_a_disconnect_and_reads_what_names_the_session(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("there", cancellationToken);

        SessionAnswer answer = (await Control.DisconnectAsync(Tenant, session.SessionId, CoaReason.ByHand, cancellationToken))!;

        string printed = await PrintedAsync("Sent Disconnect-ACK", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Outcome, Is.InstanceOf<CoaOutcome.Acknowledged>());
            Assert.That(printed, Does.Contain("Received Disconnect-Request").And.Contain("User-Name = \"alice\"").And.Contain("Acct-Session-Id = \"there\"")
                .And.Contain($"Calling-Station-Id = \"{Phone}\"").And.Contain("NAS-Identifier = \"demo-nas\"").And.Contain("NAS-IP-Address = 127.0.0.1")
                .And.Contain("Event-Timestamp = ").And.Contain("Message-Authenticator = 0x"));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Its_503_ends_the_session_in_the_records(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("gone", cancellationToken);

        SessionAnswer answer = (await Control.DisconnectAsync(Tenant, session.SessionId, CoaReason.ByHand, cancellationToken))!;
        SessionInfo ended = await SessionAsync("gone", one => one.EndedAt is not null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((CoaOutcome.Refused)answer.Outcome).Cause, Is.EqualTo(ErrorCause.SessionContextNotFound));
            Assert.That(answer.WasUnknown, Is.True);
            Assert.That(ended.SessionId, Is.EqualTo(session.SessionId));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task It_reads_a_CoA_s_attributes_by_the_same_names(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("changed", cancellationToken);

        CoaByHand answer = await Control.SendCoaAsync(
            Tenant, session.SessionId,
            [new("WISPr-Bandwidth-Max-Down", "2048000"), new("Cisco-AVPair", "subscriber:command=reauthenticate"), new("Tunnel-Type", ":1:VLAN"), new("Framed-IPv6-Prefix", "2001:db8::/64")],
            cancellationToken);

        string printed = await PrintedAsync("Sent CoA-ACK", cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(((CoaByHand.Done)answer).Answer.IsSuccess, Is.True);
            Assert.That(printed, Does.Contain("Received CoA-Request").And.Contain("WISPr-Bandwidth-Max-Down = 2048000")
                .And.Contain("Cisco-AVPair = \"subscriber:command=reauthenticate\"").And.Contain("Tunnel-Type:1 = VLAN").And.Contain("Framed-IPv6-Prefix = 2001:db8::/64"));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Its_test_is_good_but_for_the_session_that_it_acknowledges_unseen(CancellationToken cancellationToken)
    {
        NasTestReport report = (await _server.Get<NasTest>().RunAsync(Tenant, _nasId, null, cancellationToken))!;

        Assert.That(
            report.Findings.Where(finding => finding.Verdict != NasTestVerdict.Good).Select(finding => finding.Aspect), Is.EqualTo((NasTestAspect[])[NasTestAspect.Session]));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task To_another_secret_it_is_silent_which_the_test_explains(CancellationToken cancellationToken)
    {
        NasRegister register = _server.Get<NasRegister>();
        _ = await register.CreateAsync(
            Tenant, new NasSettings { Identity = "mistaken", Address = "127.0.0.1", Secret = "another-secret", CoaPort = _port }, cancellationToken);
        long nasId = (await register.FindAsync(Tenant, "mistaken", cancellationToken))!.NasId;

        NasTestReport report = (await _server.Get<NasTest>().RunAsync(Tenant, nasId, null, cancellationToken))!;
        _ = await register.DeleteAsync(Tenant, nasId, 0, cancellationToken);

        Assert.That(report.Findings[0].Text, Does.Contain("or its secret is another"));
    }

    private SessionControl Control => _server.Get<SessionControl>();

    private async Task<SessionInfo> StartSessionAsync(string name, CancellationToken cancellationToken)
    {
        _accounting.Account(1, name, "alice", Phone);
        return await SessionAsync(name, _ => true, cancellationToken);
    }

    private async Task<SessionInfo> SessionAsync(string name, Predicate<SessionInfo> condition, CancellationToken cancellationToken) =>
        (await RunningServer.UntilAsync(
            async () => (await _server.Get<SessionStore>().ListAsync(new SessionQuery { TenantId = Tenant }, cancellationToken)).FirstOrDefault(one => one.AcctSessionId == name),
            one => one is not null && condition(one),
            cancellationToken))!;

    /// <summary>What FreeRADIUS has printed, once it has printed that.</summary>
    private Task<string> PrintedAsync(string line, CancellationToken cancellationToken) => RunningServer.UntilAsync(
        () => Task.FromResult(_freeRadius.Output), output => output.Contains(line, StringComparison.Ordinal), cancellationToken);

    private async Task WriteConfigurationAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_scratch, "dictionary"), "");
        await File.WriteAllTextAsync(Path.Combine(_scratch, "radiusd.conf"), $$"""
            prefix = /usr
            libdir = /usr/lib/freeradius
            logdir = {{_scratch}}
            raddbdir = {{_scratch}}
            confdir = {{_scratch}}
            run_dir = {{_scratch}}
            max_requests = 1024
            security {
              max_attributes = 200
            }
            client loopback {
              ipaddr = 127.0.0.1
              secret = testing123
            }
            modules {
              always ok {
                rcode = ok
              }
              always reject {
                rcode = reject
              }
            }
            server nas {
              listen {
                type = coa
                ipaddr = 127.0.0.1
                port = {{_port.ToString(CultureInfo.InvariantCulture)}}
              }
              recv-coa {
                if (&Acct-Session-Id == "gone") {
                  update reply {
                    Error-Cause := Session-Context-Not-Found
                  }
                  reject
                }
                elsif (!&Acct-Session-Id && &Calling-Station-Id == "{{Phone}}") {
                  update reply {
                    Error-Cause := Session-Context-Not-Found
                  }
                  reject
                }
                else {
                  ok
                }
              }
              send-coa {
                ok
              }
            }
            """);
    }
}
