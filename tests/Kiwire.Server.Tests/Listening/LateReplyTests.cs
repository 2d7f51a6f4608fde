using Kiwire.Radius.Packets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Answers that leave later: delayed rejects, and those of requests that had to wait.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LateReplyTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public void A_reject_leaves_when_its_delay_is_over_and_not_before()
    {
        using DispatcherHarness harness = new();
        Reject(harness, Second);

        harness.Dispatch(Access());
        harness.Clock.Advance(Second - TimeSpan.FromMilliseconds(1));
        Assert.That(harness.Sent, Is.Empty);
        harness.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(harness.Sent.Single().Code, Is.EqualTo(RadiusCode.AccessReject));
        Assert.That(harness.Counters.Read(ListenerEvent.Reject), Is.EqualTo(1));
        Assert.That(harness.Dispatcher.DelayedCount, Is.Zero);
    }

    [Test]
    public void Delayed_answers_leave_in_the_order_they_are_due()
    {
        using DispatcherHarness harness = new();
        int[] seconds = [3, 1, 5, 2];
        for (int i = 0; i < seconds.Length; i++)
        {
            Reject(harness, seconds[i] * Second);
            harness.Dispatch(Access((byte)seconds[i], i));
        }

        harness.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.That(harness.Sent.Select(sent => (int)sent.Identifier), Is.EqualTo(new[] { 1, 2, 3, 5 }));
    }

    [Test]
    public void A_retransmission_is_ignored_during_the_delay_and_gets_the_same_octets_after_it()
    {
        using DispatcherHarness harness = new();
        Reject(harness, Second);

        harness.Dispatch(Access());
        Assert.That(harness.Dispatch(Access()), Is.Empty);
        harness.Clock.Advance(Second);
        byte[] again = harness.Dispatch(Access()).Single();

        Assert.That(harness.Access.Calls, Is.EqualTo(1));
        Assert.That(harness.Counters.Read(DropReason.DuplicateInProgress), Is.EqualTo(1));
        Assert.That(again, Is.EqualTo(harness.Sent[0].Octets));
    }

    [Test]
    public void Past_the_bound_the_answer_that_is_due_next_leaves_early_and_is_counted()
    {
        using DispatcherHarness harness = new();
        Reject(harness, Second);
        for (int i = 0; i < 65; i++)
        {
            harness.Dispatch(Access((byte)i, i));
            harness.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.That(harness.Sent.Select(sent => (int)sent.Identifier), Is.EqualTo(new[] { 0 }));
        Assert.That(harness.Counters.Read(ListenerEvent.DelayCutShort), Is.EqualTo(1));
        harness.Clock.Advance(Second);

        Assert.That(harness.Sent, Has.Count.EqualTo(65));
    }

    [Test]
    public void Stopping_sends_what_is_delayed_and_delays_nothing_more()
    {
        using DispatcherHarness harness = new();
        Reject(harness, Second);
        harness.Dispatch(Access(1, 1));

        harness.Dispatcher.SendDelayed();
        harness.Dispatch(Access(2, 2));

        Assert.That(harness.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_request_that_waits_is_answered_from_another_thread_and_may_be_delayed([Values] bool delayed)
    {
        using DispatcherHarness harness = new();
        TaskCompletionSource<RadiusReply?> decision = new();
        RadiusReply reply = default;
        harness.Access.Respond = (scoped in request, _, _) =>
        {
            reply = FakeAccessHandler.WriteOwn(request, RadiusCode.AccessReject, delayed ? Second : default);
            return new(decision.Task);
        };

        Assert.That(harness.Dispatch(Access()), Is.Empty);
        Assert.That(harness.Waiting.Count, Is.EqualTo(1));
        await Task.Run(() => decision.SetResult(reply));
        await Until(() => harness.Waiting.Count == 0);

        Assert.That(harness.Sent, Has.Count.EqualTo(delayed ? 0 : 1));
        harness.Clock.Advance(Second);
        Assert.That(harness.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_request_that_waits_and_fails_is_counted_and_handled_anew()
    {
        using DispatcherHarness harness = new();
        TaskCompletionSource<RadiusReply?> decision = new();
        harness.Access.Respond = (scoped in _, _, _) => new(decision.Task);
        harness.Dispatch(Access());
        decision.SetException(new InvalidOperationException("a bug"));
        await Until(() => harness.Waiting.Count == 0);
        harness.Access.Respond = FakeAccessHandler.Accept;

        Assert.That(harness.Dispatch(Access()), Has.Length.EqualTo(1));
        Assert.That(harness.Counters.Read(DropReason.HandlerFailed), Is.EqualTo(1));
    }

    [Test]
    public void Past_the_bound_what_would_have_to_wait_is_dropped_and_counted_and_the_rest_is_answered()
    {
        using DispatcherHarness harness = new(
            options: new ListeningOptions { WaitingRequestLimit = 2, ReplyCacheCapacity = 256, DelayedReplyCapacity = 64, HeldReplyCapacity = 64 });
        harness.Access.Respond = (scoped in _, _, token) => WaitAsync(token);
        for (int i = 0; i < 5; i++)
        {
            harness.Dispatch(Access((byte)i, i));
        }

        Assert.That(harness.Waiting.Count, Is.EqualTo(2));
        Assert.That(harness.Counters.Read(DropReason.WaitingFull), Is.EqualTo(3));
        harness.Access.Respond = FakeAccessHandler.Accept;

        Assert.That(harness.Dispatch(Access(9, 9)), Has.Length.EqualTo(1));

        static async ValueTask<RadiusReply?> WaitAsync(CancellationToken token)
        {
            await Task.Delay(Timeout.Infinite, token);
            return null;
        }
    }

    private static void Reject(DispatcherHarness harness, TimeSpan delay) =>
        harness.Access.Respond = (scoped in request, writer, _) => new(FakeAccessHandler.Write(request, writer, RadiusCode.AccessReject, delay));

    private static async Task Until(Func<bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
