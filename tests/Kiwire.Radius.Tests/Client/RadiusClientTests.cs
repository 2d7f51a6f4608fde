using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Client;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Client;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RadiusClientTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly FakeServer _server = new();
    private readonly RadiusClient _client;

    public RadiusClientTests() => _client = new RadiusClient(time: _clock);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _server.Dispose();
    }

    [Test]
    public async Task An_Access_Request_proves_itself_and_gets_its_answer()
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Answer(arrival, RadiusCode.AccessAccept);
        RadiusExchange.Answered answered = (RadiusExchange.Answered)await exchange;

        byte[] password = new byte[128];
        _ = arrival.Packet.View.TryGet(2, out ReadOnlySpan<byte> hidden);
        bool revealed = UserPassword.TryReveal(hidden, FakeServer.Secret, arrival.Packet.View.Authenticator, password, out int length);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrival.Packet.View.HasValidRequestMessageAuthenticator(FakeServer.Secret), Is.True);
            Assert.That(arrival.Packet.View.MessageAuthenticatorOffset, Is.EqualTo(22), "the first attribute");
            Assert.That(revealed, Is.True);
            Assert.That(password[..length], Is.EqualTo("wonderland"u8.ToArray()));
            Assert.That(answered.Response.Code, Is.EqualTo(RadiusCode.AccessAccept));
            Assert.That(answered.Request.Octets.ToArray(), Is.EqualTo(arrival.Packet.Octets.ToArray()));
            Assert.That(answered.Sends, Is.EqualTo(1));
            Assert.That(_client.Statistics, Is.EqualTo(new RadiusClientStatistics(Sent: 1, 0, Answered: 1, 0, 0, 0, 0)));
        }
    }

    [TestCase(RadiusCode.AccountingRequest, RadiusCode.AccountingResponse, false)]
    [TestCase(RadiusCode.CoaRequest, RadiusCode.CoaAck, true)]
    [TestCase(RadiusCode.CoaRequest, RadiusCode.CoaNak, true)]
    [TestCase(RadiusCode.DisconnectRequest, RadiusCode.DisconnectAck, true)]
    [TestCase(RadiusCode.DisconnectRequest, RadiusCode.DisconnectNak, true)]
    [TestCase(RadiusCode.CoaRequest, RadiusCode.ProtocolError, true)]
    public async Task A_signed_request_has_a_right_authenticator_and_gets_its_answer(RadiusCode code, RadiusCode answer, bool messageAuthenticator)
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, code, Name, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Send(FakeServer.Response(arrival, answer, messageAuthenticator: false), arrival.From);
        RadiusExchange.Answered answered = (RadiusExchange.Answered)await exchange;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrival.Packet.View.HasValidRequestAuthenticator(FakeServer.Secret), Is.True);
            Assert.That(arrival.Packet.View.HasValidRequestMessageAuthenticator(FakeServer.Secret), Is.EqualTo(messageAuthenticator));
            Assert.That(answered.Response.Code, Is.EqualTo(answer));
        }
    }

    [TestCase(RadiusCode.CoaRequest)]
    [TestCase(RadiusCode.DisconnectRequest)]
    public async Task A_dynamic_authorization_request_goes_without_Message_Authenticator_where_the_NAS_does_not_bear_it(RadiusCode code)
    {
        RadiusServer server = _server.Server with { SendMessageAuthenticator = false };
        _ = _client.ExchangeAsync(server, code, Name, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrival.Packet.View.HasMessageAuthenticator, Is.False);
            Assert.That(arrival.Packet.View.HasValidRequestAuthenticator(FakeServer.Secret), Is.True);
        }
    }

    [TestCase(RadiusCode.AccessAccept)]
    [TestCase(RadiusCode.AccountingResponse)]
    public async Task Status_Server_is_answered_by_either_port_s_answer(RadiusCode answer)
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.StatusServer, null, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Answer(arrival, answer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await exchange, Is.InstanceOf<RadiusExchange.Answered>());
            Assert.That(arrival.Packet.View.HasValidRequestMessageAuthenticator(FakeServer.Secret), Is.True);
        }
    }

    [Test]
    public async Task A_request_is_sent_again_with_the_same_octets_from_the_same_port()
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival first = await _server.ReceiveAsync();
        _clock.Advance(TimeSpan.FromSeconds(2.3));
        Arrival second = await _server.ReceiveAsync();
        _clock.Advance(TimeSpan.FromSeconds(4.7));
        Arrival third = await _server.ReceiveAsync();
        _server.Answer(third, RadiusCode.AccessReject);
        RadiusExchange.Answered answered = (RadiusExchange.Answered)await exchange;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Packet.Octets.ToArray(), Is.EqualTo(first.Packet.Octets.ToArray()));
            Assert.That(third.Packet.Octets.ToArray(), Is.EqualTo(first.Packet.Octets.ToArray()));
            Assert.That((IPEndPoint[])[second.From, third.From], Is.All.EqualTo(first.From));
            Assert.That(answered.Sends, Is.EqualTo(3));
            Assert.That(answered.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(7)));
            Assert.That(_client.Statistics.Resent, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_request_is_not_sent_again_before_its_time()
    {
        _ = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        await _server.ReceiveAsync();

        _clock.Advance(TimeSpan.FromSeconds(1.79));

        Assert.That(_client.Statistics.Resent, Is.Zero);
    }

    [Test]
    public async Task A_request_is_given_up_after_its_last_sending()
    {
        RadiusServer server = _server.Server with { Retransmission = new RetransmissionPolicy { MaximumSends = 3 } };
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server, RadiusCode.CoaRequest, Name, CancellationToken.None);
        await _server.ReceiveAsync();

        _clock.Advance(TimeSpan.FromSeconds(17));
        RadiusExchange.Unanswered unanswered = (RadiusExchange.Unanswered)await exchange;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unanswered, Is.EqualTo(new RadiusExchange.Unanswered(Sends: 3, Forged: 0, SocketError.Success)));
            Assert.That(_client.Statistics.Unanswered, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_request_is_given_up_when_its_time_is_up_whatever_was_sent()
    {
        RetransmissionPolicy policy = new() { Jitter = 0, MaximumDuration = TimeSpan.FromSeconds(29) };
        RadiusServer server = _server.Server with { Retransmission = policy };
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        await _server.ReceiveAsync();

        _clock.Advance(TimeSpan.FromSeconds(28.9));
        bool early = exchange.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        RadiusExchange.Unanswered unanswered = (RadiusExchange.Unanswered)await exchange;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.False);
            Assert.That(unanswered.Sends, Is.EqualTo(4), "at 0, 2, 6 and 14 seconds");
        }
    }

    [Test]
    public async Task Every_flipped_octet_of_an_answer_makes_it_nobodys_answer()
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        byte[] genuine = FakeServer.Response(arrival, RadiusCode.AccessAccept);
        for (int at = 0; at < genuine.Length; at++)
        {
            genuine[at] ^= 1;
            _server.Send(genuine, arrival.From);
            genuine[at] ^= 1;
        }

        bool early = exchange.IsCompleted;
        _server.Send(genuine, arrival.From);
        RadiusExchange outcome = await exchange;

        RadiusClientStatistics statistics = _client.Statistics;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.False);
            Assert.That(outcome, Is.InstanceOf<RadiusExchange.Answered>());
            Assert.That(((RadiusExchange.Answered)outcome).Response.Octets.ToArray(), Is.EqualTo(genuine));
            Assert.That(statistics.Forged + statistics.Malformed + statistics.Unexpected, Is.EqualTo(genuine.Length));
        }
    }

    [Test]
    public async Task Every_truncation_of_an_answer_is_ignored()
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        byte[] genuine = FakeServer.Response(arrival, RadiusCode.AccessAccept);
        for (int length = 0; length < genuine.Length; length++)
        {
            _server.Send(genuine.AsSpan(0, length), arrival.From);
        }

        _server.Send(genuine, arrival.From);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await exchange, Is.InstanceOf<RadiusExchange.Answered>());
            Assert.That(_client.Statistics.Malformed, Is.EqualTo(genuine.Length));
        }
    }

    [Test]
    public async Task Answers_under_another_secret_are_ignored_and_told()
    {
        RadiusServer server = _server.Server with { Retransmission = new RetransmissionPolicy { MaximumSends = 1 } };
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Send(FakeServer.Response(arrival, RadiusCode.AccessAccept, secret: new SharedSecret("wrong")), arrival.From);
        await PassThroughAsync();

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.That(await exchange, Is.EqualTo(new RadiusExchange.Unanswered(Sends: 1, Forged: 1, SocketError.Success)));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public async Task An_answer_without_Message_Authenticator_counts_only_where_none_is_required(bool required, bool counts)
    {
        RadiusServer server = _server.Server with { RequireMessageAuthenticator = required };
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Send(FakeServer.Response(arrival, RadiusCode.AccessAccept, messageAuthenticator: false), arrival.From);
        _server.Answer(arrival, RadiusCode.AccessReject);
        RadiusExchange.Answered answered = (RadiusExchange.Answered)await exchange;

        Assert.That(answered.Response.Code, Is.EqualTo(counts ? RadiusCode.AccessAccept : RadiusCode.AccessReject));
    }

    [Test]
    public async Task An_answer_with_EAP_and_no_Message_Authenticator_never_counts()
    {
        RadiusServer server = _server.Server with { RequireMessageAuthenticator = false };
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Send(FakeServer.Response(arrival, RadiusCode.AccessAccept, messageAuthenticator: false, eap: [3, 1, 0, 4]), arrival.From);
        _server.Answer(arrival, RadiusCode.AccessReject);

        Assert.That(((RadiusExchange.Answered)await exchange).Response.Code, Is.EqualTo(RadiusCode.AccessReject));
    }

    [Test]
    public async Task A_wrong_Message_Authenticator_is_ignored_even_where_none_is_required()
    {
        RadiusServer server = _server.Server with { RequireMessageAuthenticator = false };
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessAccept, arrival.Packet.Identifier, arrival.Packet.View.Authenticator, messageAuthenticator: false);
        writer.Append(80, new byte[16]);
        writer.FinishResponse(FakeServer.Secret);
        _server.Send(writer.Octets, arrival.From);
        _server.Answer(arrival, RadiusCode.AccessReject);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((RadiusExchange.Answered)await exchange).Response.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That(_client.Statistics.Forged, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_genuine_packet_of_a_code_that_is_no_answer_is_ignored(
        [Values(RadiusCode.AccountingResponse, RadiusCode.AccessRequest, RadiusCode.CoaAck)] RadiusCode code)
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Answer(arrival, code);
        _server.Answer(arrival, RadiusCode.AccessChallenge);

        Assert.That(((RadiusExchange.Answered)await exchange).Response.Code, Is.EqualTo(RadiusCode.AccessChallenge));
    }

    [Test]
    public async Task A_genuine_answer_from_another_port_is_ignored()
    {
        using FakeServer stranger = new();
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        stranger.Answer(arrival, RadiusCode.AccessAccept);
        _server.Answer(arrival, RadiusCode.AccessReject);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((RadiusExchange.Answered)await exchange).Response.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That(_client.Statistics.Unexpected, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Answers_that_come_twice_or_late_are_ignored_and_counted()
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Answer(arrival, RadiusCode.AccessAccept);
        await exchange;
        _server.Answer(arrival, RadiusCode.AccessAccept);
        _server.Answer(arrival, RadiusCode.AccessReject);
        await PassThroughAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_client.Statistics.Unexpected, Is.EqualTo(2));
            Assert.That(_client.Statistics.Answered, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task More_than_256_requests_go_on_from_a_further_port_without_sharing_identifiers()
    {
        List<Task<RadiusExchange>> exchanges = [];
        List<Arrival> arrivals = [];
        for (int i = 0; i < 600; i++)
        {
            // Received one by one: many systems give a socket no room for all of them.
            exchanges.Add(_client.ExchangeAsync(_server.Server, RadiusCode.AccountingRequest, Name, CancellationToken.None));
            arrivals.Add(await _server.ReceiveAsync());
        }

        foreach (Arrival arrival in arrivals)
        {
            _server.Answer(arrival, RadiusCode.AccountingResponse);
        }

        RadiusExchange[] outcomes = await Task.WhenAll(exchanges);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcomes, Is.All.InstanceOf<RadiusExchange.Answered>());
            Assert.That(arrivals.Select(static arrival => arrival.From.Port).Distinct().Count(), Is.EqualTo(3));
            Assert.That(arrivals.Select(static arrival => (arrival.From.Port, arrival.Packet.Identifier)).Distinct().Count(), Is.EqualTo(600));
        }
    }

    [Test]
    public async Task Past_the_bound_a_request_waits_for_an_identifier()
    {
        await using RadiusClient client = new(new RadiusClientOptions { MaximumPorts = 1 }, _clock);
        Task<RadiusExchange>[] exchanges =
            [.. Enumerable.Range(0, 257).Select(_ => client.ExchangeAsync(_server.Server, RadiusCode.AccountingRequest, Name, CancellationToken.None))];
        List<Arrival> arrivals = [];
        for (int i = 0; i < 256; i++)
        {
            arrivals.Add(await _server.ReceiveAsync());
        }

        long sentBefore = client.Statistics.Sent;
        _server.Answer(arrivals[7], RadiusCode.AccountingResponse);
        Arrival last = await _server.ReceiveAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sentBefore, Is.EqualTo(256));
            Assert.That(last.Packet.Identifier, Is.EqualTo(arrivals[7].Packet.Identifier));
            Assert.That(exchanges[256].IsCompleted, Is.False);
        }
    }

    [Test]
    public async Task A_freed_identifier_rests_before_it_is_used_again()
    {
        List<byte> identifiers = [];
        Task<RadiusExchange> holdsThePlace = _client.ExchangeAsync(_server.Server, RadiusCode.AccountingRequest, Name, CancellationToken.None);
        identifiers.Add((await _server.ReceiveAsync()).Packet.Identifier);
        for (int i = 0; i < 100; i++)
        {
            identifiers.Add(await PassThroughAsync());
        }

        Assert.That(identifiers, Is.Unique);
        Assert.That(holdsThePlace.IsCompleted, Is.False);
    }

    [Test]
    public async Task One_client_serves_many_servers()
    {
        using FakeServer other = new();
        Task<RadiusExchange> one = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        Task<RadiusExchange> two = _client.ExchangeAsync(other.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        other.Answer(await other.ReceiveAsync(), RadiusCode.AccessReject);
        _server.Answer(await _server.ReceiveAsync(), RadiusCode.AccessAccept);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((RadiusExchange.Answered)await one).Response.Code, Is.EqualTo(RadiusCode.AccessAccept));
            Assert.That(((RadiusExchange.Answered)await two).Response.Code, Is.EqualTo(RadiusCode.AccessReject));
        }
    }

    [Test]
    public async Task Speaks_IPv6()
    {
        Assume.That(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using FakeServer server = new(IPAddress.IPv6Loopback);
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        server.Answer(await server.ReceiveAsync(), RadiusCode.AccessAccept);

        Assert.That(await exchange, Is.InstanceOf<RadiusExchange.Answered>());
    }

    [Test]
    public async Task An_IPv4_address_written_as_IPv6_is_the_same_server()
    {
        RadiusServer server = _server.Server with { EndPoint = new IPEndPoint(_server.EndPoint.Address.MapToIPv6(), _server.EndPoint.Port) };
        Task<RadiusExchange> exchange = _client.ExchangeAsync(server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        _server.Answer(await _server.ReceiveAsync(), RadiusCode.AccessAccept);

        Assert.That(await exchange, Is.InstanceOf<RadiusExchange.Answered>());
    }

    [Test]
    public async Task Sends_from_the_address_that_is_asked_for()
    {
        IPAddress local = IPAddress.Parse("127.0.0.9");
        await using RadiusClient client = new(new RadiusClientOptions { LocalAddress = local }, _clock);
        _ = client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);

        Assert.That((await _server.ReceiveAsync()).From.Address, Is.EqualTo(local));
    }

    [Test]
    public async Task A_cancelled_request_ends_and_its_answer_is_nobodys()
    {
        using CancellationTokenSource cancel = new();
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, cancel.Token);
        Arrival arrival = await _server.ReceiveAsync();
        await cancel.CancelAsync();

        Assert.That(async () => await exchange, Throws.InstanceOf<OperationCanceledException>());
        _server.Answer(arrival, RadiusCode.AccessAccept);
        await PassThroughAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_client.Statistics.Unexpected, Is.EqualTo(1));
            Assert.That(_client.Statistics.Resent, Is.Zero);
        }
    }

    [Test]
    public async Task Disposal_ends_requests_under_way_and_allows_no_more()
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        await _server.ReceiveAsync();
        await _client.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await exchange, Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(
                () => _client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None),
                Throws.InstanceOf<ObjectDisposedException>());
        }
    }

    [Test]
    public async Task Attributes_that_do_not_fit_are_an_error_and_cost_no_identifier()
    {
        await using RadiusClient client = new(new RadiusClientOptions { MaximumPorts = 1 }, _clock);
        for (int i = 0; i < 300; i++)
        {
            Assert.That(
                () => client.ExchangeAsync(
                    _server.Server,
                    RadiusCode.AccessRequest,
                    static (PacketWriter writer, in AttributeContext _) => writer.AppendInPieces(79, new byte[5000]),
                    CancellationToken.None),
                Throws.ArgumentException);
        }

        Task<RadiusExchange> exchange = client.ExchangeAsync(_server.Server, RadiusCode.AccessRequest, Pap, CancellationToken.None);
        _server.Answer(await _server.ReceiveAsync(), RadiusCode.AccessAccept);
        Assert.That(await exchange, Is.InstanceOf<RadiusExchange.Answered>());
    }

    [TestCase(RadiusCode.AccessAccept)]
    [TestCase(RadiusCode.None)]
    public void A_code_that_is_not_a_request_is_an_error(RadiusCode code)
    {
        Assert.That(() => _client.ExchangeAsync(_server.Server, code, null, CancellationToken.None), Throws.ArgumentException);
    }

    // Sends a request and has it answered: what came before it has been dealt with then.
    private async Task<byte> PassThroughAsync()
    {
        Task<RadiusExchange> exchange = _client.ExchangeAsync(_server.Server, RadiusCode.AccountingRequest, Name, CancellationToken.None);
        Arrival arrival = await _server.ReceiveAsync();
        _server.Answer(arrival, RadiusCode.AccountingResponse);
        Assert.That(await exchange, Is.InstanceOf<RadiusExchange.Answered>());
        return arrival.Packet.Identifier;
    }

    private static void Name(PacketWriter writer, in AttributeContext context) => writer.Append(1, "alice"u8);

    private static void Pap(PacketWriter writer, in AttributeContext context)
    {
        writer.Append(1, "alice"u8);
        Span<byte> hidden = stackalloc byte[16];
        int length = UserPassword.Hide("wonderland"u8, context.Secret!, context.RequestAuthenticator, hidden);
        writer.Append(2, hidden[..length]);
    }
}
