using Kiwire.Radius.Packets;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>dynamic-authorization.md and peers.md, 1b: what each maker's equipment is sent, on the wire.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NasTypeRequestTests : IAsyncDisposable
{
    private readonly FakeNas _nas = new(FakeNas.Nak(503));
    private CoaRoom _room = null!;

    [SetUp]
    public async Task CreateAsync() => _room = await CoaRoom.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _nas.DisposeAsync();
    }

    // User-Name 1, NAS-Port 5, Framed-IP-Address 8, Calling-Station-Id 31, Acct-Session-Id 44.
    [TestCase("generic", "1 44 31|1 44|44|31")]
    [TestCase("mikrotik", "1 8 44|1 8|1 44|44")]
    [TestCase("coova", "1 44")]
    [TestCase("hostapd", "31 44|31")]
    [TestCase("cisco-wlc", "31|44")]
    [TestCase("cisco-ios", "44|31")]
    [TestCase("meraki", "31")]
    [TestCase("aruba", "1 31|31|1 8")]
    [TestCase("aruba-cx", "1 44|1 5 31|1 5")]
    [TestCase("ruckus", "31 1|31")]
    [TestCase("unifi", "31")]
    [TestCase("huawei", "31 44|44")]
    [TestCase("h3c", "1 44 31|1 44|44")]
    [TestCase("fortinet", "31 1 44 8|1 31|1 8")]
    [TestCase("cambium", "31 1|31")]
    [TestCase("nomadix", "1 44 31|1 44|44")]
    [TestCase("tp-link", "31 1|1 44|31")]
    public async Task A_Disconnect_Request_names_the_session_as_the_type_has_it_one_set_after_the_other(string type, string sets)
    {
        CoaOutcome outcome = await DisconnectAsync(type);

        List<CoaArrival> arrivals = _nas.TakeAll();
        string sent = string.Join('|', arrivals.Select(arrival => string.Join(' ', arrival.Types.Where(one => one is not (4 or 32 or 55 or 80)))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(sets));
            Assert.That(outcome, Is.InstanceOf<CoaOutcome.Refused>());
            Assert.That(arrivals.Select(arrival => arrival.Packet.Code), Is.All.EqualTo(RadiusCode.DisconnectRequest));
            Assert.That(arrivals.Select(arrival => arrival.Types[0]), Is.All.EqualTo(80), "Message-Authenticator first");
            Assert.That(arrivals.Select(arrival => arrival.Packet.View.HasValidRequestMessageAuthenticator(FakeNas.Secret)), Is.All.True);
            Assert.That(arrivals.Select(arrival => arrival.Packet.View.HasValidRequestAuthenticator(FakeNas.Secret)), Is.All.True);
            Assert.That(arrivals.Select(arrival => arrival.Types), Is.All.Contains(55), "Event-Timestamp");
        }
    }

    [Test]
    public void Every_type_that_comes_with_the_server_is_in_the_table()
    {
        string[] tested = [.. typeof(NasTypeRequestTests).GetMethod(nameof(A_Disconnect_Request_names_the_session_as_the_type_has_it_one_set_after_the_other))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Cast<TestCaseAttribute>().Select(test => (string)test.Arguments[0]!)];

        Assert.That(
            Directory.EnumerateFiles(NasTypeLoader.BuiltInFolder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Except(["schema", "pfsense"]),
            Is.EquivalentTo(tested));
    }

    [Test]
    public async Task What_a_NAS_wrote_goes_back_as_it_wrote_it()
    {
        _ = await DisconnectAsync("fortinet");

        CoaArrival first = _nas.TakeAll()[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Text(1), Is.EqualTo("Alice@Lobby"));
            Assert.That(first.Text(31), Is.EqualTo("02-00-00-00-00-0A"));
            Assert.That(first.Text(44), Is.EqualTo("00AbCdEf"));
            Assert.That(first.Octets(8), Is.EqualTo((byte[])[10, 1, 2, 3]));
            Assert.That(first.Octets(4), Is.EqualTo((byte[])[127, 0, 0, 1]), "NAS-IP-Address");
        }
    }

    [TestCase("generic", "lobby", "lobby")]
    [TestCase("mikrotik", "lobby", null)]
    [TestCase("unifi", "lobby", "0a0b0c0d0e0f", Description = "from Called-Station-Id")]
    [TestCase("unifi", "F0:9F:C2:00:00:01", "f09fc2000001", Description = "from the identity")]
    public async Task NAS_Identifier_is_as_the_type_has_it(string type, string identity, string? expected)
    {
        _ = await _room.Dialogue.AskAsync(
            CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint, type, identity)), RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);

        Assert.That(_nas.TakeAll()[0].Text(32), Is.EqualTo(expected));
    }

    [Test]
    public async Task Hostapd_is_sent_nothing_outside_its_list()
    {
        _ = await DisconnectAsync("hostapd");

        Assert.That(_nas.TakeAll().SelectMany(arrival => arrival.Types).Distinct(), Is.SubsetOf((byte[])[1, 4, 31, 32, 44, 50, 55, 80, 89, 95]));
    }

    [Test]
    public async Task A_client_without_Calling_Station_Id_is_named_in_the_type_s_notation()
    {
        CoaSubject subject = CoaRoom.Subject(
            CoaRoom.Entry(_nas.EndPoint, "unifi"), CoaRoom.Session() with { CallingStationId = "", UserName = "0200000000ff" });
        _ = await _room.Dialogue.AskAsync(subject, RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);

        Assert.That(_nas.TakeAll()[0].Text(31), Is.EqualTo("02-00-00-00-00-FF"));
    }

    [Test]
    public async Task A_NAS_over_IPv6_is_named_by_its_IPv6_address()
    {
        await using FakeNas nas = new(FakeNas.Ack, System.Net.IPAddress.IPv6Loopback);
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(nas.EndPoint));

        CoaOutcome outcome = await _room.Dialogue.AskAsync(subject, RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);

        CoaArrival arrival = nas.TakeAll().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.InstanceOf<CoaOutcome.Acknowledged>());
            Assert.That(arrival.Types, Does.Contain(95).And.Not.Contain(4));
            Assert.That(arrival.Octets(95), Is.EqualTo(System.Net.IPAddress.IPv6Loopback.GetAddressBytes()));
        }
    }

    [TestCase("17", "5")]
    [TestCase("4294967295", "5")]
    [TestCase("ge-0/0/1", "87")]
    [TestCase("4294967296", "87")]
    [TestCase("", "")]
    public void A_NAS_Port_that_is_no_number_is_a_NAS_Port_Id(string written, string known)
    {
        SessionIdentity identity = SessionIdentity.Of(CoaRoom.Session() with { NasPort = written });
        DynamicAuthorizationForm form = new();

        string has = string.Join(' ', new[] { SessionAttribute.NasPort, SessionAttribute.NasPortId }.Where(one => identity.Has([one], form)).Select(one => (int)one));

        Assert.That(has, Is.EqualTo(known));
    }

    [TestCase("10.1.2.3", "8")]
    [TestCase("2001:db8::5", "168")]
    public void A_client_s_address_goes_out_in_its_own_family_s_attribute(string address, string known)
    {
        SessionIdentity identity = SessionIdentity.Of(CoaRoom.Session() with { ClientIp = address });
        SessionAttribute[] both = [SessionAttribute.FramedIpAddress, SessionAttribute.FramedIpv6Address];

        Assert.That(string.Join(' ', both.Where(one => identity.Has([one], new DynamicAuthorizationForm())).Select(one => (int)one)), Is.EqualTo(known));
    }

    [TestCase("Jos\\xe9", "4a6f73e9")]
    [TestCase("José", "4a6f73c3a9")]
    [TestCase("\\x00\\x1f", "001f")]
    [TestCase("DOM\\xavier", "444f4d5c786176696572")]
    [TestCase("a\\x41", "615c783431")]
    [TestCase("\\xc3\\xa9", "5c7863335c786139")]
    public async Task A_name_goes_out_in_the_octets_that_the_NAS_sent(string stored, string octets)
    {
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint), CoaRoom.Session() with { UserName = stored });
        _ = await _room.Dialogue.AskAsync(subject, RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);

        Assert.That(Convert.ToHexStringLower(_nas.TakeAll()[0].Octets(1)!), Is.EqualTo(octets));
    }

    [TestCase("Filter-Id", 253, true)]
    [TestCase("Filter-Id", 254, false)]
    [TestCase("Cisco-AVPair", 247, true)]
    [TestCase("Cisco-AVPair", 248, false)]
    public void A_text_longer_than_its_attribute_is_a_fault(string name, int length, bool fits)
    {
        List<Server.Storage.FieldFault> faults = [];
        _ = CoaText.Parse([new(name, new string('x', length))], CoaRoom.Entry(_nas.EndPoint), faults);

        Assert.That(faults.Select(fault => fault.Field), Is.EqualTo(fits ? [] : (string[])["attributes[0].value"]));
    }

    [TestCase("User-Password", 128, true)]
    [TestCase("User-Password", 129, false)]
    [TestCase("Tunnel-Password", 239, true)]
    [TestCase("Tunnel-Password", 240, false)]
    public void A_secret_longer_than_can_be_hidden_is_a_fault(string name, int length, bool fits)
    {
        List<Server.Storage.FieldFault> faults = [];
        _ = CoaText.Parse([new(name, new string('x', length))], CoaRoom.Entry(_nas.EndPoint), faults);

        Assert.That(faults.Select(fault => fault.Field), Is.EqualTo(fits ? [] : (string[])["attributes[0].value"]));
    }

    [Test]
    public void A_number_too_large_beside_its_tag_is_a_fault()
    {
        List<Server.Storage.FieldFault> faults = [];
        _ = CoaText.Parse([new("Tunnel-Type", ":1:16777216")], CoaRoom.Entry(_nas.EndPoint), faults);

        Assert.That(faults.Select(fault => fault.Field), Is.EqualTo((string[])["attributes[0].value"]));
    }

    [Test]
    public void What_a_type_refuses_is_not_sent_by_hand_either()
    {
        List<Server.Storage.FieldFault> faults = [];
        _ = CoaText.Parse([new("acct-session-id", "x")], CoaRoom.Entry(_nas.EndPoint, "ruckus"), faults);

        Assert.That(
            faults.Single().Message, Is.EqualTo("attributes[0].name is Acct-Session-Id, which equipment of type ruckus refuses in such requests; leave it out."));
    }

    [TestCase(0)]
    [TestCase(65)]
    public void So_many_attributes_by_hand_and_no_more(int count)
    {
        List<Server.Storage.FieldFault> faults = [];
        _ = CoaText.Parse([.. Enumerable.Repeat(new CoaText("Session-Timeout", "1"), count)], CoaRoom.Entry(_nas.EndPoint), faults);

        Assert.That(faults.Single().Message, Is.EqualTo($"attributes has {count} attributes; it must have 1 to 64."));
    }

    [Test]
    public async Task A_set_of_which_the_session_has_not_all_is_left_out()
    {
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint, "mikrotik"), CoaRoom.Session() with { ClientIp = "" });
        _ = await _room.Dialogue.AskAsync(subject, RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);

        Assert.That(_nas.TakeAll().Select(arrival => arrival.Types.Contains(8)), Is.EqualTo((bool[])[false, false]));
    }

    [Test]
    public async Task A_session_that_no_set_can_name_is_not_asked_for()
    {
        CoaSubject subject = CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint, "meraki"), CoaRoom.Session() with { CallingStationId = "", UserName = "alice" });
        CoaOutcome outcome = await _room.Dialogue.AskAsync(subject, RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Text, Does.StartWith("Nothing was sent: of what names a session to equipment of type meraki"));
            Assert.That(_nas.TakeAll(), Is.Empty);
        }
    }

    [Test]
    public async Task Equipment_that_does_not_listen_is_not_asked()
    {
        Assert.That((await DisconnectAsync("pfsense")).Text, Is.EqualTo("Nothing was sent: equipment of type pfsense takes no CoA- or Disconnect-Requests."));
    }

    [TestCase(503u, 4)]
    [TestCase(402u, 4)]
    [TestCase(404u, 4)]
    [TestCase(401u, 1)]
    [TestCase(403u, 1)]
    [TestCase(501u, 1)]
    [TestCase(0u, 1)]
    public async Task Only_a_refusal_that_another_set_may_help_has_the_next_set_tried(uint cause, int requests)
    {
        _nas.Answer = FakeNas.Nak(cause);

        CoaOutcome.Refused refused = (CoaOutcome.Refused)await DisconnectAsync("generic");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_nas.TakeAll(), Has.Count.EqualTo(requests));
            Assert.That((uint?)refused.Cause ?? 0, Is.EqualTo(cause));
        }
    }

    [Test]
    public async Task The_next_set_is_the_last_where_it_is_acknowledged()
    {
        _nas.Answer = arrival => arrival.Types.Contains(31) ? FakeNas.Nak(503)(arrival) : FakeNas.Ack(arrival);

        Assert.That(await DisconnectAsync("generic"), Is.InstanceOf<CoaOutcome.Acknowledged>());
        Assert.That(_nas.TakeAll(), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_refusal_is_told_by_number_and_name() =>
        Assert.That(
            new CoaOutcome.Refused(Radius.Attributes.ErrorCause.AdministrativelyProhibited, 1, default).Text,
            Is.EqualTo("The NAS refused it: 501 Administratively-Prohibited."));

    [TestCase(1700, RadiusCode.DisconnectRequest, 3799)]
    [TestCase(1700, RadiusCode.CoaRequest, 1700)]
    [TestCase(4000, RadiusCode.DisconnectRequest, 4000)]
    public void Meraki_takes_Disconnect_elsewhere_than_CoA_unless_the_entry_has_a_port_of_its_own(int entry, RadiusCode code, int expected)
    {
        NasEntry nas = CoaRoom.Entry(new(System.Net.IPAddress.Loopback, entry), "meraki");

        Assert.That(new NasDestination(nas, nas.Address.BaseAddress).EndPointFor(code).Port, Is.EqualTo(expected));
    }

    [TestCase("127.0.0.0/8", "127.0.0.9", "127.0.0.9")]
    [TestCase("127.0.0.1/32", "10.0.0.1", "127.0.0.1")]
    [TestCase("127.0.0.0/8", "10.0.0.1", null)]
    [TestCase("127.0.0.0/8", "", null)]
    public void A_prefix_s_requests_go_where_the_session_s_packets_came_from(string entry, string nasAddress, string? expected) =>
        Assert.That(
            NasDestination.Of(CoaRoom.Entry(new(System.Net.IPAddress.Loopback, 3799), address: entry), nasAddress)?.Address.ToString(), Is.EqualTo(expected));

    private Task<CoaOutcome> DisconnectAsync(string type) => _room.Dialogue.AskAsync(
        CoaRoom.Subject(CoaRoom.Entry(_nas.EndPoint, type)), RadiusCode.DisconnectRequest, CoaKind.Disconnect, CoaReason.ByHand);
}
