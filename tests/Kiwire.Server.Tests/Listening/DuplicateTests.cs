using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Duplicates (RFC 5080, 2.2.2).</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DuplicateTests
{
    [Test]
    public void Resends_the_stored_reply_to_a_retransmission()
    {
        using DispatcherHarness harness = new();
        int answers = 0;
        harness.Access.Respond = (scoped in request, writer, _) =>
        {
            writer.Begin(RadiusCode.AccessAccept, request.Packet.Identifier, request.Packet.Authenticator, messageAuthenticator: true);
            writer.Append(25, (uint)++answers);
            writer.FinishResponse(request.Nas.Secret);
            return new(new RadiusReply(writer.Memory));
        };

        byte[] first = harness.Dispatch(Access()).Single();
        harness.Dispatch(Access(2, 2));
        byte[] again = harness.Dispatch(Access()).Single();

        Assert.That(again, Is.EqualTo(first));
        Assert.That(harness.Access.Calls, Is.EqualTo(2));
        Assert.That(harness.Counters.Read(ListenerEvent.ReplyRepeated), Is.EqualTo(1));
    }

    [Test]
    public async Task A_retransmission_of_a_request_in_progress_is_ignored_and_after_the_answer_gets_the_same_octets()
    {
        using DispatcherHarness harness = new();
        TaskCompletionSource<RadiusReply?> decision = new();
        RadiusReply reply = default;
        harness.Access.Respond = (scoped in request, _, _) =>
        {
            reply = FakeAccessHandler.WriteOwn(request, RadiusCode.AccessAccept);
            return new(decision.Task);
        };

        Assert.That(harness.Dispatch(Access()), Is.Empty);
        Assert.That(harness.Dispatch(Access()), Is.Empty);
        Assert.That(harness.Counters.Read(DropReason.DuplicateInProgress), Is.EqualTo(1));

        decision.SetResult(reply);
        await Until(() => harness.Waiting.Count == 0);
        byte[] again = harness.Dispatch(Access()).Single();

        Assert.That(harness.Access.Calls, Is.EqualTo(1));
        Assert.That(harness.Sent, Has.Count.EqualTo(2));
        Assert.That(again, Is.EqualTo(harness.Sent[0].Octets));
    }

    [Test]
    public void Another_Request_Authenticator_is_a_new_request_and_the_old_one_is_forgotten()
    {
        using DispatcherHarness harness = new();

        harness.Dispatch(Access(identifier: 1, number: 1));
        harness.Dispatch(Access(identifier: 1, number: 2));
        harness.Dispatch(Access(identifier: 1, number: 1));

        Assert.That(harness.Access.Calls, Is.EqualTo(3));
        Assert.That(harness.Counters.Read(ListenerEvent.ReplyRepeated), Is.Zero);
    }

    [Test]
    public async Task The_late_answer_of_a_forgotten_request_is_not_taken_for_the_new_ones()
    {
        using DispatcherHarness harness = new();
        TaskCompletionSource<RadiusReply?> decision = new();
        RadiusReply late = default;
        harness.Access.Respond = (scoped in request, _, _) =>
        {
            late = FakeAccessHandler.WriteOwn(request, RadiusCode.AccessReject);
            return new(decision.Task);
        };
        harness.Dispatch(Access(identifier: 1, number: 1));
        harness.Access.Respond = FakeAccessHandler.Accept;
        byte[] second = harness.Dispatch(Access(identifier: 1, number: 2)).Single();

        decision.SetResult(late);
        await Until(() => harness.Waiting.Count == 0);

        Assert.That(harness.Dispatch(Access(identifier: 1, number: 2)).Single(), Is.EqualTo(second));
    }

    [TestCase("192.0.2.2", 40000, 1)]
    [TestCase("192.0.2.1", 40001, 1)]
    [TestCase("192.0.2.1", 40000, 2)]
    public void Source_address_port_and_identifier_tell_requests_apart(string address, int port, int identifier)
    {
        using DispatcherHarness harness = new(entries: [Tests.Network.NetworkSamples.Entry(1, "192.0.2.0/24")]);
        byte[] first = Access();
        byte[] other = Access((byte)identifier, 1);

        harness.Dispatch(first);
        harness.Dispatch(other, address, (ushort)port);

        Assert.That(harness.Access.Calls, Is.EqualTo(2));
    }

    [Test]
    public void Accounting_retransmissions_are_ignored_until_the_record_is_durable_and_then_get_the_same_octets()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);

        harness.Dispatch(Accounting());
        harness.Dispatch(Accounting());
        Assert.That(harness.Sent, Is.Empty);
        harness.Accounting.MakeDurable();
        byte[] again = harness.Dispatch(Accounting()).Single();

        Assert.That(harness.Accounting.Calls, Is.EqualTo(1));
        Assert.That(harness.Counters.Read(DropReason.DuplicateInProgress), Is.EqualTo(1));
        Assert.That(harness.Sent, Has.Count.EqualTo(2));
        Assert.That(again, Is.EqualTo(harness.Sent[0].Octets));
    }

    [Test]
    public void A_packet_with_a_wrong_Message_Authenticator_does_not_touch_the_cache()
    {
        using DispatcherHarness harness = new();
        byte[] forged = Access(identifier: 1, number: 2);
        forged[22] ^= 1;

        harness.Dispatch(Access(identifier: 1, number: 1));
        harness.Dispatch(forged);
        harness.Dispatch(Access(identifier: 1, number: 1));

        Assert.That(harness.Access.Calls, Is.EqualTo(1));
        Assert.That(harness.Counters.Read(ListenerEvent.ReplyRepeated), Is.EqualTo(1));
    }

    [Test]
    public void After_30_seconds_a_request_is_new_again()
    {
        using DispatcherHarness harness = new();

        harness.Dispatch(Access());
        harness.Clock.Advance(TimeSpan.FromSeconds(29.9));
        harness.Dispatch(Access());
        Assert.That(harness.Access.Calls, Is.EqualTo(1));
        harness.Clock.Advance(TimeSpan.FromSeconds(0.1));
        harness.Dispatch(Access());

        Assert.That(harness.Access.Calls, Is.EqualTo(2));
    }

    [Test]
    public void A_full_table_forgets_the_oldest_and_counts_it()
    {
        using DispatcherHarness harness = new(options: new ListeningOptions { ReplyCacheCapacity = 256, DelayedReplyCapacity = 64, HeldReplyCapacity = 64 });
        for (int i = 0; i < 1000; i++)
        {
            harness.Dispatch(Access((byte)i, i), port: (ushort)(1000 + (i / 256)));
        }

        int calls = harness.Access.Calls;
        byte[][] newest = harness.Dispatch(Access(999 & 255, 999), port: 1003);
        harness.Dispatch(Access(0, 0), port: 1000);

        Assert.That(newest, Has.Length.EqualTo(1));
        Assert.That(harness.Access.Calls, Is.EqualTo(calls + 1), "the newest is known, the oldest is not");
        Assert.That(harness.Counters.Read(ListenerEvent.RequestForgotten), Is.InRange(744, 760));
    }

    [Test]
    public void An_expired_request_makes_room_without_being_counted_as_forgotten()
    {
        using DispatcherHarness harness = new(options: new ListeningOptions { ReplyCacheCapacity = 256, DelayedReplyCapacity = 64, HeldReplyCapacity = 64 });
        for (int i = 0; i < 1000; i++)
        {
            harness.Dispatch(Access((byte)i, i), port: (ushort)(1000 + (i / 256)));
            harness.Clock.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.That(harness.Counters.Read(ListenerEvent.RequestForgotten), Is.Zero);
    }

    [Test]
    public void A_long_reply_pushed_out_by_others_is_not_resent_in_part()
    {
        // Room for every request, however they are spread over the sets; not for every reply.
        using DispatcherHarness harness = new(options: new ListeningOptions { ReplyCacheCapacity = 2048, DelayedReplyCapacity = 64, HeldReplyCapacity = 64 });
        harness.Access.Respond = (scoped in request, writer, _) =>
        {
            writer.Begin(RadiusCode.AccessAccept, request.Packet.Identifier, request.Packet.Authenticator, messageAuthenticator: true);
            for (int i = 0; i < 15; i++)
            {
                writer.Append(18, new byte[253]);
            }

            writer.FinishResponse(request.Nas.Secret);
            return new(new RadiusReply(writer.Memory));
        };
        byte[] first = harness.Dispatch(Access(0, 0)).Single();
        for (int i = 1; i < 100; i++)
        {
            harness.Dispatch(Access((byte)i, i));
        }

        byte[] again = harness.Dispatch(Access(0, 0)).Single();

        Assert.That(again, Is.EqualTo(first));
        Assert.That(harness.Access.Calls, Is.EqualTo(101), "its reply was gone, so it was handled anew");
        Assert.That(harness.Counters.Read(ListenerEvent.RequestForgotten), Is.EqualTo(1));
    }

    private static async Task Until(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
