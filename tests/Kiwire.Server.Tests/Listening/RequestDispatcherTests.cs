using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Network;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

/// <summary>What is checked before a packet reaches any logic: every drop by its reason, and silence.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RequestDispatcherTests
{
    private static readonly SharedSecret OtherSecret = new("another");

    [Test]
    public void A_genuine_request_reaches_the_handler_with_its_NAS_and_source()
    {
        using DispatcherHarness harness = new();
        long nasId = 0;
        string source = "";
        long receivedAt = 0;
        harness.Access.Respond = (scoped in request, writer, token) =>
        {
            (nasId, source, receivedAt) = (request.Nas.NasId, request.Source.ToEndPoint().ToString(), request.ReceivedAt);
            return FakeAccessHandler.Accept(request, writer, token);
        };

        byte[][] replies = harness.Dispatch(Access(identifier: 7), port: 4711);

        Assert.That(replies, Has.Length.EqualTo(1));
        Assert.That(harness.Sent[0].Code, Is.EqualTo(RadiusCode.AccessAccept));
        Assert.That(harness.Sent[0].Identifier, Is.EqualTo(7));
        Assert.That(harness.Sent[0].To.ToEndPoint().ToString(), Is.EqualTo("192.0.2.1:4711"));
        Assert.That((nasId, source), Is.EqualTo((1L, "192.0.2.1:4711")));
        Assert.That(receivedAt, Is.EqualTo(harness.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        Assert.That(harness.Drops, Is.Empty);
    }

    [Test]
    public void A_NAS_with_an_IPv6_address_is_found()
    {
        using DispatcherHarness harness = new(entries: [NetworkSamples.Entry(1, "2001:db8::/64")]);

        Assert.That(harness.Dispatch(Access(), "2001:db8::17"), Has.Length.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(19)]
    public void Under_20_octets_are_dropped(int length) => AssertDropped(Access()[..length], DropReason.TooShort);

    [Test]
    public void Over_4096_octets_are_dropped() => AssertDropped([.. Access(), .. new byte[4097 - Access().Length]], DropReason.TooLong);

    [TestCase(0)]
    [TestCase(19)]
    [TestCase(4095)]
    public void A_Length_field_under_20_or_past_the_datagram_is_dropped(int length)
    {
        byte[] request = Access();
        (request[2], request[3]) = ((byte)(length >> 8), (byte)length);

        AssertDropped(request, DropReason.BadLength);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(255)]
    public void Attributes_that_do_not_fill_the_length_exactly_are_dropped(int attributeLength)
    {
        byte[] request = Access();
        request[^6] = (byte)attributeLength;

        AssertDropped(request, DropReason.BadAttribute);
    }

    [Test]
    public void Two_Message_Authenticators_are_dropped() =>
        AssertDropped(Access(attributes: (80, new byte[16])), DropReason.MalformedMessageAuthenticator);

    [Test]
    public void A_Message_Authenticator_of_another_length_is_dropped() =>
        AssertDropped(Access(messageAuthenticator: false, attributes: (80, new byte[15])), DropReason.MalformedMessageAuthenticator);

    [Test]
    public void Only_codes_1_and_12_pass_on_an_authentication_port([Range(0, 60)] int code)
    {
        byte[] request = Access();
        request[0] = (byte)code;
        using DispatcherHarness harness = new();

        harness.Dispatch(request);

        Assert.That(harness.Counters.Read(DropReason.WrongCode), Is.EqualTo(code is 1 or 12 ? 0 : 1));
    }

    [Test]
    public void Only_codes_4_and_12_pass_on_an_accounting_port([Range(0, 60)] int code)
    {
        byte[] request = Accounting();
        request[0] = (byte)code;
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);

        harness.Dispatch(request);

        Assert.That(harness.Counters.Read(DropReason.WrongCode), Is.EqualTo(code is 4 or 12 ? 0 : 1));
    }

    [Test]
    public void An_unknown_source_is_dropped() => AssertDropped(Access(), DropReason.UnknownNas, from: "192.0.2.2");

    [Test]
    public void A_change_of_the_NAS_entries_takes_effect_with_the_next_packet()
    {
        using DispatcherHarness harness = new();
        harness.Dispatch(Access(1, 1));

        harness.Directory.Replace([NetworkSamples.Entry(2, "198.51.100.1/32")]);

        Assert.That(harness.Dispatch(Access(2, 2)), Is.Empty);
        Assert.That(harness.Dispatch(Access(3, 3), "198.51.100.1"), Has.Length.EqualTo(1));
    }

    [Test]
    public void Padding_past_the_Length_is_ignored()
    {
        using DispatcherHarness harness = new();

        Assert.That(harness.Dispatch([.. Access(), 80, 18, 0xFF]), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_Accounting_Request_with_a_wrong_authenticator_is_dropped() =>
        AssertDropped(Accounting(secret: OtherSecret), DropReason.BadRequestAuthenticator, ListenerPurpose.Accounting);

    [Test]
    public void A_wrong_Message_Authenticator_is_dropped([Values(RadiusCode.AccessRequest, RadiusCode.AccountingRequest, RadiusCode.StatusServer)] RadiusCode code)
    {
        byte[] request;
        switch (code)
        {
            case RadiusCode.AccountingRequest:
                // Signed anew, so that only the Message-Authenticator is wrong.
                PacketWriter writer = new();
                writer.Begin(code, 1, default, messageAuthenticator: false);
                writer.Append(80, new byte[16]);
                writer.FinishSignedRequest(Secret);
                request = writer.Octets.ToArray();
                break;
            default:
                request = code == RadiusCode.StatusServer ? Status() : Access();
                request[22] ^= 1;
                break;
        }

        AssertDropped(
            request, DropReason.BadMessageAuthenticator, code == RadiusCode.AccountingRequest ? ListenerPurpose.Accounting : ListenerPurpose.Authentication);
    }

    [Test]
    public void EAP_without_Message_Authenticator_is_dropped_whatever_the_policy([Values] bool withProxyState)
    {
        (byte, byte[])[] attributes = withProxyState ? [(EapMessage, [2, 1, 0, 4]), (ProxyState, [1])] : [(EapMessage, [2, 1, 0, 4])];

        AssertDropped(Access(messageAuthenticator: false, attributes: attributes), DropReason.EapWithoutMessageAuthenticator, policy: MessageAuthenticatorPolicy.No);
    }

    [Test]
    public void Status_Server_without_Message_Authenticator_is_dropped([Values] bool accounting) =>
        AssertDropped(
            Status(messageAuthenticator: false), DropReason.StatusWithoutMessageAuthenticator,
            accounting ? ListenerPurpose.Accounting : ListenerPurpose.Authentication, policy: MessageAuthenticatorPolicy.No);

    [Test]
    public void An_Access_Request_without_Message_Authenticator_is_dropped_where_the_NAS_must_send_one() =>
        AssertDropped(Access(messageAuthenticator: false), DropReason.MissingMessageAuthenticator, policy: MessageAuthenticatorPolicy.Yes);

    [TestCase("Auto")]
    [TestCase("No")]
    public void An_Access_Request_without_Message_Authenticator_passes_where_the_NAS_need_not_send_one(string policy)
    {
        using DispatcherHarness harness = new(entries: [Nas(Enum.Parse<MessageAuthenticatorPolicy>(policy))]);

        Assert.That(harness.Dispatch(Access(messageAuthenticator: false)), Has.Length.EqualTo(1));
    }

    [Test]
    public void Auto_acts_as_yes_after_20_requests_that_had_one()
    {
        using DispatcherHarness harness = new();
        for (int i = 0; i < NasObservations.RequiredRun; i++)
        {
            harness.Dispatch(Access((byte)i, i));
        }

        Assert.That(harness.Dispatch(Access(100, 100, messageAuthenticator: false)), Is.Empty);
        Assert.That(harness.Drops, Is.EquivalentTo(new Dictionary<DropReason, long> { [DropReason.MissingMessageAuthenticator] = 1 }));
    }

    [TestCase("Auto")]
    [TestCase("No")]
    public void Proxy_State_without_Message_Authenticator_is_dropped_where_that_is_not_required(string policy) =>
        AssertDropped(
            Access(messageAuthenticator: false, attributes: (ProxyState, [1])), DropReason.ProxyStateWithoutMessageAuthenticator,
            policy: Enum.Parse<MessageAuthenticatorPolicy>(policy));

    [Test]
    public void A_failed_handler_is_counted_and_the_next_request_is_answered()
    {
        using DispatcherHarness harness = new();
        harness.Access.Respond = (scoped in _, _, _) => throw new InvalidOperationException("a bug");

        Assert.That(harness.Dispatch(Access(1, 1)), Is.Empty);
        harness.Access.Respond = FakeAccessHandler.Accept;

        Assert.That(harness.Dispatch(Access(1, 1)), Has.Length.EqualTo(1), "the retransmission is handled anew");
        Assert.That(harness.Drops, Is.EquivalentTo(new Dictionary<DropReason, long> { [DropReason.HandlerFailed] = 1 }));
    }

    [Test]
    public void A_request_that_the_handler_will_not_answer_is_counted_and_handled_anew_when_it_comes_again()
    {
        using DispatcherHarness harness = new();
        harness.Access.Respond = (scoped in _, _, _) => default;

        Assert.That(harness.Dispatch(Access()), Is.Empty);
        Assert.That(harness.Dispatch(Access()), Is.Empty);

        Assert.That(harness.Access.Calls, Is.EqualTo(2));
        Assert.That(harness.Counters.Read(DropReason.NoReply), Is.EqualTo(2));
    }

    [Test]
    public void An_answer_that_the_system_will_not_send_is_counted()
    {
        using DispatcherHarness harness = new() { SendingFails = true };

        harness.Dispatch(Access());

        Assert.That(harness.Counters.Read(DropReason.SendFailed), Is.EqualTo(1));
    }

    [Test]
    public void More_answers_than_a_batch_holds_leave_in_order()
    {
        using DispatcherHarness harness = new();
        harness.Dispatcher.BeginBatch();
        for (int i = 0; i < 200; i++)
        {
            harness.Dispatcher.Dispatch(Access((byte)i, i), DispatcherHarness.From("192.0.2.1"));
        }

        harness.Dispatcher.EndBatch();

        Assert.That(harness.Sent.Select(sent => (int)sent.Identifier), Is.EqualTo(Enumerable.Range(0, 200)));
        Assert.That(harness.Counters.Read(ListenerEvent.Accept), Is.EqualTo(200));
    }

    private static NasEntry Nas(MessageAuthenticatorPolicy policy)
    {
        NasEntry sample = NetworkSamples.Entry(1, "192.0.2.1/32");
        return new NasEntry
        {
            TenantId = sample.TenantId,
            NasId = sample.NasId,
            Identity = sample.Identity,
            Location = sample.Location,
            Address = sample.Address,
            Type = sample.Type,
            Secret = sample.Secret,
            CoaPort = sample.CoaPort,
            RequireMessageAuthenticator = policy,
            Observations = sample.Observations,
        };
    }

    private static void AssertDropped(
        byte[] datagram, DropReason reason, ListenerPurpose purpose = ListenerPurpose.Authentication, string from = "192.0.2.1",
        MessageAuthenticatorPolicy policy = MessageAuthenticatorPolicy.Auto)
    {
        using DispatcherHarness harness = new(purpose, entries: [Nas(policy)]);

        byte[][] replies = harness.Dispatch(datagram, from);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(replies, Is.Empty);
            Assert.That(harness.Drops, Is.EquivalentTo(new Dictionary<DropReason, long> { [reason] = 1 }));
            Assert.That(harness.Access.Calls + harness.Accounting.Calls, Is.Zero);
        }

        byte[] good = purpose == ListenerPurpose.Accounting ? Status(9, 9) : Access(9, 9);
        Assert.That(harness.Dispatch(good), Has.Length.EqualTo(1), "the next genuine packet is answered");
    }
}
