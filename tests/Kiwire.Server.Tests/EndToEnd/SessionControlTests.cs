using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.DynamicAuthorization;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>dynamic-authorization.md, from a session that accounting has made to the NAS on the wire, and back into the records.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class SessionControlTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;
    private const string Phone = "02-BB-00-00-00-01";

    private RunningServer _server = null!;
    private FakeNas _nas = null!;
    private TestNas _accounting = null!;
    private long _nasId;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        _nas = new FakeNas(FakeNas.Ack);
        Nas demo = (await _server.Get<NasRegister>().FindAsync(Tenant, "demo-nas", default))!;
        _nasId = demo.NasId;
        await SetNasAsync(new NasSettings { CoaPort = _nas.EndPoint.Port });
        _accounting = new TestNas(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _accounting.Dispose();
        await _nas.DisposeAsync();
        await _server.DisposeAsync();
    }

    [SetUp]
    public void SetUp()
    {
        _nas.Answer = FakeNas.Ack;
        _nas.TakeAll();
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task An_acknowledged_disconnect_is_ending_and_ended_by_the_Stop(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("stopped", cancellationToken);

        SessionAnswer answer = (await Control.DisconnectAsync(Tenant, session.SessionId, CoaReason.ByHand, cancellationToken))!;
        SessionInfo ending = await SessionAsync("stopped", one => one.Disconnect == DisconnectProof.Ending, cancellationToken);
        _accounting.Account(2, "stopped", "alice", Phone, 10);
        SessionInfo ended = await SessionAsync("stopped", one => one.Disconnect == DisconnectProof.Ended, cancellationToken);

        CoaArrival arrival = _nas.TakeAll().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.True);
            Assert.That(answer.Proof, Is.EqualTo(DisconnectProof.Ending));
            Assert.That(ending.EndedAt, Is.Null);
            Assert.That(ended.EndedAt, Is.Not.Null);
            Assert.That(arrival.Text(44), Is.EqualTo("stopped"));
            Assert.That(arrival.Text(31), Is.EqualTo(Phone));
            Assert.That((await LogAsync(session.SessionId)).Single().Proof, Is.EqualTo(DisconnectProof.Ended));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_session_that_its_NAS_does_not_know_is_ended_once_and_goes_on_when_it_is_heard_of_again(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("unknown", cancellationToken);
        _accounting.Account(3, "unknown", "alice", Phone, 100, more: writer => writer.Append(42, 1000));
        session = await SessionAsync("unknown", one => one.Seconds == 100, cancellationToken);
        _nas.Answer = FakeNas.Nak(503);

        SessionAnswer answer = (await Control.DisconnectAsync(Tenant, session.SessionId, CoaReason.ByHand, cancellationToken))!;
        SessionInfo ended = await SessionAsync("unknown", one => one.EndedAt is not null, cancellationToken);
        SessionAnswer again = (await Control.DisconnectAsync(Tenant, session.SessionId, CoaReason.ByHand, cancellationToken))!;
        _accounting.Account(3, "unknown", "alice", Phone, 200, more: writer => writer.Append(42, 3000));
        SessionInfo open = await SessionAsync("unknown", one => one.Seconds == 200, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.WasUnknown, Is.True);
            Assert.That(answer.Text, Does.Contain("503 Session-Context-Not-Found").And.Contain("ended in the records"));
            Assert.That((ended.SessionId, ended.Seconds, ended.OctetsIn, ended.EndedAt), Is.EqualTo((session.SessionId, 100L, 1000L, (long?)session.LastNewsAt)));
            Assert.That(again.Text, Is.EqualTo("Nothing was sent: the session has ended already."));
            Assert.That((open.SessionId, open.EndedAt, open.OctetsIn), Is.EqualTo((session.SessionId, (long?)null, 3000L)));
        }
    }

    [TestCase("coova", true)]
    [TestCase("generic", false)]
    [CancelAfter(300_000)]
    public async Task A_refusal_without_a_cause_ends_the_session_only_where_the_type_means_that_by_it(string type, bool ends, CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync($"bare-{type}", cancellationToken);
        _nas.Answer = FakeNas.Nak(0);
        await SetNasAsync(new NasSettings { Type = type });

        SessionAnswer answer = (await Control.DisconnectAsync(Tenant, session.SessionId, CoaReason.ByHand, cancellationToken))!;
        await SetNasAsync(new NasSettings { Type = "generic" });

        Assert.That((answer.WasUnknown, answer.IsSuccess), Is.EqualTo((ends, ends)));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_refused_one_stays_on(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("refused", cancellationToken);
        _nas.Answer = FakeNas.Nak(501);

        SessionAnswer answer = (await Control.DisconnectAsync(Tenant, session.SessionId, CoaReason.Suspended, cancellationToken))!;
        CoaLogRow row = (await LogAsync(session.SessionId)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.False);
            Assert.That(answer.Text, Is.EqualTo("The NAS refused it: 501 Administratively-Prohibited."));
            Assert.That((row.Reason, row.ErrorCause, row.NasId), Is.EqualTo(("suspended", (ErrorCause?)ErrorCause.AdministrativelyProhibited, _nasId)));
            Assert.That((await SessionAsync("refused", _ => true, cancellationToken)).EndedAt, Is.Null);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task All_sessions_of_an_account_are_disconnected_and_no_others(CancellationToken cancellationToken)
    {
        await _server.CreateUserAsync(new AccountSettings { Username = "many", Password = "secret-1", Profile = "gold" });
        Account account = (await _server.Get<AccountStore>().FindAsync(Tenant, "many", cancellationToken))!;
        for (int i = 0; i < 3; i++)
        {
            _ = await StartSessionAsync($"many-{i}", cancellationToken, "many");
        }

        IReadOnlyList<SessionAnswer> answers = await Control.DisconnectAccountAsync(Tenant, account.AccountId, CoaReason.Deleted, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.IsSuccess), Is.EqualTo((bool[])[true, true, true]));
            Assert.That(_nas.TakeAll().Select(arrival => arrival.Text(44)), Is.EquivalentTo(["many-0", "many-1", "many-2"]));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task All_sessions_of_a_NAS_are_disconnected(CancellationToken cancellationToken)
    {
        await using FakeNas lobby = new(FakeNas.Ack, System.Net.IPAddress.Parse("127.0.0.2"));
        Nas entry = (await _server.Get<NasRegister>().FindAsync(Tenant, "lobby-ap", cancellationToken))!;
        await _server.Get<NasRegister>().UpdateAsync(Tenant, entry.NasId, new NasSettings { CoaPort = lobby.EndPoint.Port }, 0, cancellationToken);
        using TestNas ap = new(_server, "127.0.0.2");
        ap.Account(1, "0123456789abcdef", "alice", Phone);
        ap.Account(1, "0123456789abcde0", "alice", "02-BB-00-00-00-02");
        _ = await RunningServer.UntilAsync(
            () => _server.Get<SessionStore>().ListAsync(new SessionQuery { TenantId = Tenant, NasId = entry.NasId }, cancellationToken), found => found.Count == 2, cancellationToken);

        IReadOnlyList<SessionAnswer> answers = await Control.DisconnectNasAsync(Tenant, entry.NasId, CoaReason.ByHand, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Has.Count.EqualTo(2));
            Assert.That(lobby.TakeAll().Select(arrival => arrival.Text(31)), Is.EquivalentTo([Phone, "02-BB-00-00-00-02"]));
            Assert.That(_nas.TakeAll(), Is.Empty);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_CoA_by_hand_carries_what_was_chosen_by_name(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("by-hand", cancellationToken);

        CoaByHand result = await Control.SendCoaAsync(
            Tenant, session.SessionId, [new("session-timeout", "600"), new("Service-Type", "Authorize-Only"), new("WISPr-Redirection-URL", "http://example.com/")], cancellationToken);

        CoaArrival arrival = _nas.TakeAll().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.InstanceOf<CoaByHand.Done>());
            Assert.That(arrival.Packet.Code, Is.EqualTo(RadiusCode.CoaRequest));
            Assert.That(arrival.Octets(27), Is.EqualTo((byte[])[0, 0, 2, 88]));
            Assert.That(arrival.Octets(6), Is.EqualTo((byte[])[0, 0, 0, 17]));
            Assert.That(arrival.Description, Does.Contain("WISPr-Redirection-URL = \"http://example.com/\""));
            Assert.That((await LogAsync(session.SessionId)).Single(), Has.Property(nameof(CoaLogRow.Kind)).EqualTo(CoaKind.Coa));
        }
    }

    [TestCase("No-Such", "1", "attributes[0].name is 'No-Such', which no dictionary has; it must be an attribute's name, such as Session-Timeout.")]
    [TestCase("Session-Timeout", "soon", "attributes[0].value is 'soon', which Session-Timeout cannot hold; it must be a value of the type Unsigned32.")]
    [TestCase("Service-Type", "Nobody", "attributes[0].value is 'Nobody', which Service-Type cannot hold; it must be a number or one of Login-User, ")]
    [TestCase("Framed-IP-Address", "10.1", "attributes[0].value is '10.1', which Framed-IP-Address cannot hold; it must be an address such as 192.0.2.1.")]
    [TestCase("Event-Timestamp", "0", "attributes[0].name is Event-Timestamp, which the server itself puts where it belongs; leave it out.")]
    [CancelAfter(300_000)]
    public async Task What_is_wrong_with_an_attribute_is_said_and_nothing_is_sent(string name, string value, string fault, CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("faulty", cancellationToken);

        CoaByHand result = await Control.SendCoaAsync(Tenant, session.SessionId, [new(name, value)], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((CoaByHand.Refused)result).Faults.Single().Message, Does.StartWith(fault));
            Assert.That(_nas.TakeAll(), Is.Empty);
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_session_of_another_tenant_is_not_there(CancellationToken cancellationToken)
    {
        SessionInfo session = await StartSessionAsync("foreign", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Control.DisconnectAsync(Tenant + 1, session.SessionId, CoaReason.ByHand, cancellationToken), Is.Null);
            Assert.That(await Control.SendCoaAsync(Tenant + 1, session.SessionId, [new("Session-Timeout", "1")], cancellationToken), Is.InstanceOf<CoaByHand.Missing>());
            Assert.That(await Control.DisconnectNasAsync(Tenant + 1, session.NasId, CoaReason.ByHand, cancellationToken), Is.Empty);
            Assert.That(_nas.TakeAll(), Is.Empty);
        }
    }

    private SessionControl Control => _server.Get<SessionControl>();

    private async Task SetNasAsync(NasSettings settings) =>
        Assert.That(await _server.Get<NasRegister>().UpdateAsync(Tenant, _nasId, settings, 0, default), Is.InstanceOf<SaveOutcome.Saved>());

    private async Task<SessionInfo> StartSessionAsync(string name, CancellationToken cancellationToken, string user = "alice")
    {
        _accounting.Account(1, name, user, Phone);
        return await SessionAsync(name, _ => true, cancellationToken);
    }

    private async Task<SessionInfo> SessionAsync(string name, Predicate<SessionInfo> condition, CancellationToken cancellationToken) =>
        (await RunningServer.UntilAsync(
            async () => (await _server.Get<SessionStore>().ListAsync(new SessionQuery { TenantId = Tenant, Limit = 500 }, cancellationToken)).FirstOrDefault(one => one.AcctSessionId == name),
            one => one is not null && condition(one),
            cancellationToken))!;

    private Task<IReadOnlyList<CoaLogRow>> LogAsync(long sessionId) => RunningServer.UntilAsync(
        () => _server.Get<CoaLogStore>().ListAsync(new CoaLogQuery { TenantId = Tenant, SessionId = sessionId }, default), rows => rows.Count > 0, default);
}
