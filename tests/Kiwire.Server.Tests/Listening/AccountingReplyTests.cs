using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Accounting-Responses, which leave only after the record is durable.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AccountingReplyTests
{
    [Test]
    public void Nothing_leaves_before_the_records_are_durable_and_then_the_answers_leave_in_order()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);
        for (int i = 0; i < 10; i++)
        {
            Assert.That(harness.Dispatch(Accounting((byte)i, i)), Is.Empty);
        }

        Assert.That(harness.Dispatcher.HeldCount, Is.EqualTo(10));
        harness.Accounting.MakeDurable();

        Assert.That(harness.Sent.Select(sent => (int)sent.Identifier), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(harness.Sent.Select(sent => sent.Code), Has.All.EqualTo(RadiusCode.AccountingResponse));
        Assert.That(harness.Dispatcher.HeldCount, Is.Zero);
        Assert.That(harness.Counters.Read(ListenerEvent.AccountingResponse), Is.EqualTo(10));
    }

    [Test]
    public void The_answer_is_signed_and_carries_Proxy_States_in_order_and_a_Message_Authenticator_as_the_request_did([Values] bool messageAuthenticator)
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);
        byte[] request = Accounting(messageAuthenticator: messageAuthenticator, attributes: [(ProxyState, [3]), (25, [9]), (ProxyState, [1, 2])]);

        harness.Dispatch(request);
        harness.Accounting.MakeDurable();

        Assert.That(PacketView.TryParse(harness.Sent.Single().Octets, out PacketView reply, out _));
        List<byte[]> proxyStates = [];
        foreach (AttributeView attribute in reply)
        {
            if (attribute.Type == ProxyState)
            {
                proxyStates.Add(attribute.Value.ToArray());
            }
        }

        Assert.That(reply.HasValidResponseAuthenticator(request.AsSpan(4, 16), Secret));
        Assert.That(reply.HasMessageAuthenticator, Is.EqualTo(messageAuthenticator));
        Assert.That(!messageAuthenticator || reply.HasValidMessageAuthenticator(Secret, request.AsSpan(4, 16)));
        Assert.That(proxyStates, Is.EqualTo(new byte[][] { [3], [1, 2] }));
    }

    [Test]
    public void Long_Proxy_States_come_back_whole()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);
        byte[] state = [.. Enumerable.Range(0, 253).Select(i => (byte)i)];

        harness.Dispatch(Accounting(attributes: [(ProxyState, state), (ProxyState, state), (ProxyState, state)]));
        harness.Accounting.MakeDurable();

        Assert.That(harness.Sent.Single().Octets, Has.Length.EqualTo(20 + (3 * 255)));
    }

    [Test]
    public void An_answer_that_need_not_wait_leaves_at_once_and_is_repeated()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);
        harness.Accounting.Respond = (_, _) => AccountingHandling.AnswerNow;

        byte[] first = harness.Dispatch(Accounting()).Single();
        byte[] again = harness.Dispatch(Accounting()).Single();

        Assert.That(again, Is.EqualTo(first));
        Assert.That(harness.Accounting.Calls, Is.EqualTo(1));
        Assert.That(harness.Dispatcher.HeldCount, Is.Zero);
    }

    [Test]
    public void A_record_that_is_not_taken_is_not_answered_and_its_retransmission_is_handled_anew()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);
        harness.Accounting.Respond = (_, _) => AccountingHandling.NoAnswer;

        harness.Dispatch(Accounting());
        harness.Dispatch(Accounting());

        Assert.That(harness.Sent, Is.Empty);
        Assert.That(harness.Accounting.Calls, Is.EqualTo(2));
        Assert.That(harness.Counters.Read(DropReason.NotTaken), Is.EqualTo(2));
        Assert.That(harness.Dispatcher.HeldCount, Is.Zero);
    }

    [Test]
    public void A_handler_that_fails_leaves_no_place_taken()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);
        harness.Accounting.Respond = (_, _) => throw new InvalidOperationException("a bug");

        harness.Dispatch(Accounting());

        Assert.That(harness.Counters.Read(DropReason.HandlerFailed), Is.EqualTo(1));
        Assert.That(harness.Dispatcher.HeldCount, Is.Zero);
    }

    [Test]
    public void The_journal_may_be_done_before_the_handler_returns()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting);
        harness.Accounting.Respond = (sink, ticket) =>
        {
            sink.Durable([ticket]);
            return AccountingHandling.Held;
        };

        harness.Dispatch(Accounting());
        harness.Dispatch(Accounting());

        Assert.That(harness.Sent, Has.Count.EqualTo(2));
        Assert.That(harness.Accounting.Calls, Is.EqualTo(1));
    }

    [Test]
    public void A_ticket_told_twice_or_after_its_answer_was_given_up_releases_nobody_elses_answer()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting, new ListeningOptions { HeldReplyCapacity = 1, ReplyCacheCapacity = 256, DelayedReplyCapacity = 64 });
        Action? tellAgain = null;
        harness.Accounting.Respond = (sink, ticket) =>
        {
            tellAgain ??= () => sink.Durable([ticket]);
            return AccountingHandling.Held;
        };

        harness.Dispatch(Accounting(1, 1));
        tellAgain!();
        harness.Dispatch(Accounting(2, 2));
        tellAgain();

        Assert.That(harness.Sent.Select(sent => (int)sent.Identifier), Is.EqualTo(new[] { 1 }));
        Assert.That(harness.Dispatcher.HeldCount, Is.EqualTo(1));
    }

    [Test]
    public void Past_the_bound_requests_are_dropped_and_counted_until_places_come_back()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting, new ListeningOptions { HeldReplyCapacity = 64, ReplyCacheCapacity = 256, DelayedReplyCapacity = 64 });
        for (int i = 0; i < 70; i++)
        {
            harness.Dispatch(Accounting((byte)i, i));
        }

        Assert.That(harness.Accounting.Calls, Is.EqualTo(64));
        Assert.That(harness.Counters.Read(DropReason.HeldFull), Is.EqualTo(6));
        harness.Accounting.MakeDurable();
        harness.Dispatch(Accounting(69, 69));

        Assert.That(harness.Accounting.Calls, Is.EqualTo(65), "a retransmission of what was dropped is handled");
    }

    [Test]
    public void More_answers_than_a_batch_holds_all_leave()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting, new ListeningOptions { HeldReplyCapacity = 300, ReplyCacheCapacity = 1024, DelayedReplyCapacity = 64 });
        for (int i = 0; i < 256; i++)
        {
            harness.Dispatch(Accounting((byte)i, i));
        }

        harness.Accounting.MakeDurable();

        Assert.That(harness.Sent.Select(sent => (int)sent.Identifier), Is.EqualTo(Enumerable.Range(0, 256)));
    }

    [Test]
    public void Answers_that_the_system_will_not_send_are_counted()
    {
        using DispatcherHarness harness = new(ListenerPurpose.Accounting) { SendingFails = true };

        harness.Dispatch(Accounting());
        harness.Accounting.MakeDurable();

        Assert.That(harness.Counters.Read(DropReason.SendFailed), Is.EqualTo(1));
        Assert.That(harness.Counters.Read(ListenerEvent.AccountingResponse), Is.Zero);
    }
}
