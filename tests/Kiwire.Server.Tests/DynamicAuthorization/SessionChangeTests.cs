using Kiwire.Radius.Packets;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Sessions;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>How each type is given other rights while a session lasts, and that one session's requests keep their order.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SessionChangeTests : IAsyncDisposable
{
    private static readonly SessionGrant Grant = new()
    {
        SessionSeconds = 3600,
        IdleSeconds = 600,
        InterimSeconds = 60,
        Limits = new AcceptFacts { DownKbps = 2048, UpKbps = 1024 },
    };

    private readonly FakeNas _nas = new(FakeNas.Ack);
    private readonly NasDirectory _directory = new();
    private SessionsRoom _sessions = null!;
    private CoaRoom _room = null!;
    private SessionControl _control = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _sessions = await SessionsRoom.CreateAsync(StorageProvider.Sqlite);
        _room = CoaRoom.On(_sessions.Accounts.Storage, new HandMovedClock());
        LostSessions lost = new(_sessions.Live, _room.Storage.Ids, SessionsRoom.Metrics(), _room.Clock);
        _control = new SessionControl(new SessionStore(_room.Storage.Database), _directory, _room.Dialogue, new SessionTurns(), lost, _room.Metrics);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _sessions.DisposeAsync();
        await _nas.DisposeAsync();
    }

    [TestCase("generic", "WISPr-Bandwidth-Max-Down = 2048000|WISPr-Bandwidth-Max-Up = 1024000")]
    [TestCase("mikrotik", "Mikrotik-Rate-Limit = \"1024k/2048k\"")]
    [TestCase("coova", "Session-Timeout = 3600|Idle-Timeout = 600|Acct-Interim-Interval = 60|ChilliSpot-Bandwidth-Max-Down = 2048|ChilliSpot-Bandwidth-Max-Up = 1024")]
    [TestCase("huawei", "Huawei-Input-Average-Rate = 1024000|Huawei-Input-Peak-Rate = 1024000|Huawei-Output-Average-Rate = 2048000|Huawei-Output-Peak-Rate = 2048000")]
    [TestCase("cisco-wlc", "Cisco-AVPair = \"subscriber:command=reauthenticate\"|Cisco-AVPair = \"subscriber:reauthenticate-type=last\"")]
    [TestCase("meraki", "Cisco-AVPair = \"subscriber:command=reauthenticate\"|Cisco-AVPair = \"subscriber:reauthenticate-type=last\"")]
    public async Task New_rates_go_out_in_the_type_s_form(string type, string expected)
    {
        _directory.Replace([CoaRoom.Entry(_nas.EndPoint, type)]);

        SessionAnswer answer = await _control.ChangeLimitsAsync(CoaRoom.Tenant, CoaRoom.Session(), Grant, CoaReason.Profile);

        CoaArrival arrival = _nas.TakeAll().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.True);
            Assert.That(arrival.Packet.Code, Is.EqualTo(RadiusCode.CoaRequest));
            Assert.That(Rights(arrival), Is.EqualTo(expected));
        }
    }

    [TestCase("hostapd", "cannot be given other rights while a session lasts; the next login has them.")]
    [TestCase("ruckus", "cannot be given other rights while a session lasts; the next login has them.")]
    [TestCase("pfsense", "cannot be given other rights while a session lasts; the next login has them.")]
    public async Task Where_a_type_has_no_way_nothing_is_sent_and_the_answer_says_so(string type, string words)
    {
        _directory.Replace([CoaRoom.Entry(_nas.EndPoint, type)]);

        SessionAnswer answer = await _control.ChangeLimitsAsync(CoaRoom.Tenant, CoaRoom.Session(), Grant, CoaReason.Profile);

        Assert.That((answer.IsSuccess, answer.Text, _nas.TakeAll().Count), Is.EqualTo((false, $"Nothing was sent: equipment of type {type} {words}", 0)));
    }

    [Test]
    public async Task A_push_without_anything_to_say_is_not_sent()
    {
        _directory.Replace([CoaRoom.Entry(_nas.EndPoint)]);

        SessionAnswer answer = await _control.ChangeLimitsAsync(CoaRoom.Tenant, CoaRoom.Session(), new SessionGrant { SessionSeconds = 60 }, CoaReason.Profile);

        Assert.That(answer.Text, Does.Contain("has no attributes for these limits"));
    }

    [TestCase("generic", RadiusCode.CoaRequest, "Session-Timeout = 3600|Idle-Timeout = 600|Acct-Interim-Interval = 60|WISPr-Bandwidth-Max-Down = 2048000|WISPr-Bandwidth-Max-Up = 1024000")]
    [TestCase("coova", RadiusCode.CoaRequest, "Session-Timeout = 3600|Idle-Timeout = 600|Acct-Interim-Interval = 60|ChilliSpot-Bandwidth-Max-Down = 2048|ChilliSpot-Bandwidth-Max-Up = 1024|ChilliSpot-Session-State = Authorized")]
    [TestCase("aruba", RadiusCode.CoaRequest, "Session-Timeout = 3600|Idle-Timeout = 600|Acct-Interim-Interval = 60")]
    [TestCase("cambium", RadiusCode.CoaRequest, "Session-Timeout = 3600|Idle-Timeout = 600|Acct-Interim-Interval = 60|WISPr-Bandwidth-Max-Down = 2048000|WISPr-Bandwidth-Max-Up = 1024000")]
    [TestCase("cisco-ios", RadiusCode.CoaRequest, "Cisco-AVPair = \"subscriber:command=reauthenticate\"|Cisco-AVPair = \"subscriber:reauthenticate-type=last\"")]
    [TestCase("ruckus", RadiusCode.DisconnectRequest, "")]
    [TestCase("unifi", RadiusCode.DisconnectRequest, "")]
    public async Task A_client_is_let_in_in_the_type_s_form(string type, RadiusCode code, string expected)
    {
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint, type)) with { Session = null };

        SessionAnswer answer = await _control.AuthorizeAsync(subject, Grant, CoaReason.Online);

        CoaArrival arrival = _nas.TakeAll().Single();
        Assert.That((answer.IsSuccess, arrival.Packet.Code, Rights(arrival)), Is.EqualTo((true, code, expected)));
    }

    [Test]
    public async Task A_MikroTik_waits_for_the_client_s_own_login()
    {
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint, "mikrotik"));

        Assert.That((await _control.AuthorizeAsync(subject, Grant, CoaReason.Online)).Outcome, Is.InstanceOf<CoaOutcome.NotSent>());
        Assert.That(_nas.TakeAll(), Is.Empty);
    }

    [Test]
    public async Task What_is_asked_for_one_session_leaves_in_order_and_another_session_of_the_NAS_does_not_wait()
    {
        _directory.Replace([CoaRoom.Entry(_nas.EndPoint)]);
        _nas.Answer = arrival => arrival.Text(44) == "held" ? null : FakeNas.Ack(arrival);
        SessionInfo held = CoaRoom.Session() with { AcctSessionId = "held" };

        Task<SessionAnswer> first = _control.ChangeLimitsAsync(CoaRoom.Tenant, held, Grant, CoaReason.Profile);
        CoaArrival change = await _nas.ReceiveNextAsync();
        Task<SessionAnswer> second = _control.DisconnectAsync(CoaRoom.Tenant, held, CoaReason.ByHand);
        SessionAnswer other = await _control.DisconnectAsync(CoaRoom.Tenant, CoaRoom.Session(71) with { AcctSessionId = "other" }, CoaReason.ByHand);
        CoaArrival next = await _nas.ReceiveNextAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(other.IsSuccess, Is.True);
            Assert.That(next.Text(44), Is.EqualTo("other"), "the held session's disconnect has not left");
            Assert.That(second.IsCompleted, Is.False);
        }

        _nas.Answer = FakeNas.Ack;
        _nas.Send(FakeNas.Ack(change), change.From);
        await Task.WhenAll(first, second);
        CoaArrival last = await _nas.ReceiveNextAsync();

        Assert.That((last.Packet.Code, last.Text(44)), Is.EqualTo((RadiusCode.DisconnectRequest, "held")));
    }

    /// <summary>Its attributes but for those that name NAS and session, and its proofs.</summary>
    private static string Rights(CoaArrival arrival) => string.Join('|', arrival.Description.Split("\n    ").Skip(1)
        .Where(line => !new[] { "Message-Authenticator", "NAS-", "User-Name", "Acct-Session-Id", "Calling-Station-Id", "Framed-IP", "Event-Timestamp" }
            .Any(name => line.StartsWith(name, StringComparison.Ordinal))));
}
