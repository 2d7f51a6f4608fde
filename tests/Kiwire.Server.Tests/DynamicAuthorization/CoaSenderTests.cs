using System.Net;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Listening;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>RFC 5176, 2.3 and RFC 5080, 2.2.1: sending, sending again, and what counts as an answer; and that no NAS waits for another.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CoaSenderTests : IAsyncDisposable
{
    private static readonly TimeSpan Past = TimeSpan.FromSeconds(20);

    private readonly FakeNas _nas = new(FakeNas.Silence);
    private CoaRoom _room = null!;

    [SetUp]
    public async Task CreateAsync() => _room = await CoaRoom.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _nas.DisposeAsync();
    }

    [Test]
    public async Task A_request_is_sent_three_times_unchanged_Event_Timestamp_and_all_from_the_same_port()
    {
        Task<CoaOutcome> outcome = SendAsync();
        CoaArrival first = await _nas.ReceiveNextAsync();
        _room.Clock.Advance(TimeSpan.FromSeconds(2.3));
        CoaArrival second = await _nas.ReceiveNextAsync();
        _room.Clock.Advance(TimeSpan.FromSeconds(4.7));
        CoaArrival third = await _nas.ReceiveNextAsync();
        _room.Clock.Advance(Past);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await outcome, Is.EqualTo(new CoaOutcome.Unanswered(3, 0, System.Net.Sockets.SocketError.Success)));
            Assert.That(first.Octets(55), Is.EqualTo(Seconds(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))));
            Assert.That(second.Packet.Octets.ToArray(), Is.EqualTo(first.Packet.Octets.ToArray()));
            Assert.That(third.Packet.Octets.ToArray(), Is.EqualTo(first.Packet.Octets.ToArray()));
            Assert.That((IPEndPoint[])[second.From, third.From], Is.All.EqualTo(first.From));
            Assert.That(_nas.TakeAll(), Is.Empty);
        }
    }

    [Test]
    public async Task A_forged_answer_is_ignored_and_counted_and_the_genuine_one_counts()
    {
        using MeterReader meters = new(_room.Meters, DynamicAuthorizationMetrics.MeterName);
        _nas.Answer = arrival =>
        {
            _nas.Send(FakeNas.Reply(arrival, RadiusCode.DisconnectNak, 501, new SharedSecret("guessed")), arrival.From);
            return FakeNas.Ack(arrival);
        };

        CoaOutcome outcome = await SendAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.InstanceOf<CoaOutcome.Acknowledged>());
            Assert.That(meters["radius.client.coa.ignored_answers{reason=forged}"], Is.EqualTo(1));
            Assert.That(meters["radius.client.coa.requests{kind=disconnect,outcome=acknowledged}"], Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Where_only_forged_answers_come_the_outcome_says_so()
    {
        _nas.Answer = arrival => FakeNas.Reply(arrival, RadiusCode.DisconnectAck, 0, new SharedSecret("guessed"));
        Task<CoaOutcome> outcome = SendAsync();
        _ = await _nas.ReceiveNextAsync();
        await UntilAsync(() => _room.Sender.Statistics.Forged == 1);
        _room.Clock.Advance(Past);

        Assert.That((await outcome).Text, Does.Contain("the secret differs"));
    }

    [Test]
    public async Task A_late_answer_and_a_repeated_one_are_ignored_and_counted()
    {
        Task<CoaOutcome> outcome = SendAsync();
        CoaArrival late = await _nas.ReceiveNextAsync();
        _room.Clock.Advance(Past);
        Assert.That(await outcome, Is.InstanceOf<CoaOutcome.Unanswered>());
        _ = await _nas.ReceiveNextAsync();
        _ = await _nas.ReceiveNextAsync();

        _nas.Send(FakeNas.Ack(late), late.From);
        _nas.Answer = arrival =>
        {
            _nas.Send(FakeNas.Ack(arrival), arrival.From);
            return FakeNas.Ack(arrival);
        };
        Assert.That(await SendAsync(), Is.InstanceOf<CoaOutcome.Acknowledged>());

        // One time in 256 the second request has the identifier of the first, whose answer then counts as forged.
        await UntilAsync(() => _room.Sender.Statistics is { } seen && seen.Unexpected + seen.Forged >= 2);
        using MeterReader meters = new(_room.Meters, DynamicAuthorizationMetrics.MeterName);
        Assert.That(
            meters["radius.client.coa.ignored_answers{reason=late}"] + meters["radius.client.coa.ignored_answers{reason=forged}"], Is.EqualTo(2));
    }

    [Test]
    public async Task A_request_goes_without_what_the_type_does_not_bear()
    {
        _nas.Answer = FakeNas.Ack;
        CoaRequest request = Request(CoaRoom.Entry(_nas.EndPoint)).With(eventTimestamp: false, messageAuthenticator: false);

        _ = await _room.Sender.SendAsync(request, CoaKind.Disconnect);

        Assert.That(_nas.TakeAll().Single().Types, Does.Not.Contain(55).And.Not.Contain(80));
    }

    [Test]
    public async Task A_silent_NAS_delays_no_other()
    {
        await using FakeNas lively = new(FakeNas.Ack);
        Task<CoaOutcome>[] silent = [.. Enumerable.Range(0, CoaSender.UnderWayLimit * 3).Select(_ => SendAsync())];

        CoaOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => _room.Sender.SendAsync(Request(CoaRoom.Entry(lively.EndPoint)), CoaKind.Disconnect)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcomes, Is.All.InstanceOf<CoaOutcome.Acknowledged>());
            Assert.That(silent.Count(one => one.IsCompleted), Is.Zero, "the clock has not moved");
        }
    }

    [Test]
    public async Task Once_a_NAS_is_known_to_be_silent_those_that_wait_for_it_are_given_up()
    {
        Task<CoaOutcome>[] all = [.. Enumerable.Range(0, NasLane.FirstUnderWay + 40).Select(_ => SendAsync())];
        _room.Clock.Advance(Past);

        CoaOutcome[] outcomes = await Task.WhenAll(all);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcomes.Count(outcome => outcome is CoaOutcome.Unanswered), Is.EqualTo(NasLane.FirstUnderWay));
            Assert.That(
                outcomes.OfType<CoaOutcome.NotSent>().Select(outcome => outcome.Reason),
                Has.Exactly(40).EqualTo("Nothing was sent: the NAS has not answered any of the requests before it."));
            Assert.That(_room.Sender.Total, Is.Zero);
        }
    }

    [Test]
    public async Task That_a_NAS_is_silent_is_said_once_an_hour()
    {
        List<int> said = [];
        foreach (TimeSpan later in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(31)])
        {
            _room.Clock.Advance(later);
            Task<CoaOutcome> outcome = SendAsync();
            _room.Clock.Advance(Past);
            _ = await outcome;
            said.Add(_room.Notices.Entries.Count);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(said, Is.EqualTo((int[])[1, 1, 2]));
            Assert.That(_room.Notices.Entries[0].Message, Does.StartWith($"NAS lobby (tenant 1) does not answer CoA- and Disconnect-Requests on {_nas.EndPoint};"));
        }
    }

    [Test]
    public async Task What_is_under_way_when_the_server_stops_is_ended()
    {
        Task<CoaOutcome> outcome = SendAsync();
        _ = await _nas.ReceiveNextAsync();

        await _room.Sender.StopAsync(CancellationToken.None);

        Assert.That((await outcome).Text, Does.Contain("stopping"));
    }

    [Test]
    public async Task A_lane_takes_turns_in_order_and_no_more_than_it_may()
    {
        NasLane lane = new(_nas.EndPoint, underWayLimit: 1, waitingLimit: 2);
        Task<LaneTurn>[] turns = [.. Enumerable.Range(0, 4).Select(_ => lane.EnterAsync())];

        lane.Leave(answered: true, lane.Answers);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await turns[0], Is.EqualTo(LaneTurn.Granted));
            Assert.That(await turns[1], Is.EqualTo(LaneTurn.Granted));
            Assert.That(turns[2].IsCompleted, Is.False);
            Assert.That(await turns[3], Is.EqualTo(LaneTurn.Full));
        }
    }

    [Test]
    public void A_lane_widens_with_answers_and_narrows_without()
    {
        NasLane lane = new(_nas.EndPoint, underWayLimit: 20, waitingLimit: 100);
        Task<LaneTurn>[] turns = [.. Enumerable.Range(0, 100).Select(_ => lane.EnterAsync())];
        List<int> granted = [Granted()];

        lane.Leave(answered: true, lane.Answers);
        granted.Add(Granted());
        for (int i = 0; i < 10; i++)
        {
            lane.Leave(answered: true, lane.Answers);
        }

        granted.Add(Granted());
        lane.Leave(answered: false, answersBefore: 0);
        granted.Add(Granted());

        // 16; 15 + 2; ever one more, to 20; and none for the one that left, now that 16 are the most.
        Assert.That(granted, Is.EqualTo((int[])[16, 18, 31, 31]));

        int Granted() => turns.Count(turn => turn.IsCompleted);
    }

    [Test]
    public async Task A_lost_request_does_not_make_a_NAS_silent_that_has_answered_another_meanwhile()
    {
        NasLane lane = new(_nas.EndPoint, underWayLimit: 2, waitingLimit: 2);
        _ = lane.EnterAsync();
        _ = lane.EnterAsync();
        Task<LaneTurn> third = lane.EnterAsync();
        Task<LaneTurn> fourth = lane.EnterAsync();
        long before = lane.Answers;

        lane.Leave(answered: true, before);
        lane.Leave(answered: false, before);

        Assert.That(await Task.WhenAll(third, fourth), Is.All.EqualTo(LaneTurn.Granted));
    }

    [Test]
    public async Task What_is_asked_for_one_session_is_done_in_order_and_for_another_at_once()
    {
        SessionTurns turns = new();
        TurnKey one = new(1, 70), other = new(1, 71);
        Task<bool> first = turns.EnterAsync(one);
        Task<bool> second = turns.EnterAsync(one);
        Task<bool> third = turns.EnterAsync(one);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await first && await turns.EnterAsync(other), Is.True);
            Assert.That(second.IsCompleted, Is.False);
            turns.Leave(one);
            Assert.That(await second, Is.True);
            Assert.That(third.IsCompleted, Is.False);
            turns.Leave(one);
            Assert.That(await third, Is.True);
            turns.Leave(one);
            Assert.That(turns.EnterAsync(one).IsCompleted, Is.True);
        }
    }

    private static byte[] Seconds(DateTimeOffset time)
    {
        byte[] octets = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets, (uint)time.ToUnixTimeSeconds());
        return octets;
    }

    private static CoaRequest Request(NasEntry nas)
    {
        CoaSubject subject = CoaRoom.Subject(nas);
        return CoaRequest.Make(subject.To, RadiusCode.DisconnectRequest, subject.Identity, [SessionAttribute.UserName])!;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private Task<CoaOutcome> SendAsync() => _room.Sender.SendAsync(Request(CoaRoom.Entry(_nas.EndPoint)), CoaKind.Disconnect);
}
