using System.Net;
using System.Net.Sockets;
using Kiwire.Radius.Tests.Client;

namespace Kiwire.Snmp.Tests.Client;

/// <summary>Agents as they should not be: each is told in an error of its own, and none keeps anybody waiting.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class BadAgentTests
{
    private static readonly ObjectId System = ObjectId.Parse("1.3.6.1.2.1.1");
    private static readonly ObjectId SysDescr = System.Append(1, 0);
    private static readonly ObjectId SysUpTime = System.Append(3, 0);
    private static readonly ObjectId SysName = System.Append(5, 0);

    // A little more than the time-out: deadlines are precise to two ticks of 20 ms.
    private static readonly TimeSpan Waited = TimeSpan.FromSeconds(2.1);

    [Test]
    public async Task One_that_is_silent_is_asked_three_times_and_given_up(CancellationToken cancellationToken)
    {
        ManualTimeProvider clock = new();
        using FakeAgent agent = new() { Respond = _ => { } };
        await using SnmpClient client = new(time: clock);

        SnmpTarget target = new(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public"));
        Task<SnmpOutcome> asked = client.TryGetAsync(target, new[] { SysName }, cancellationToken).AsTask();
        HashSet<int> ids = [];
        for (int i = 0; i < 3; i++)
        {
            Assert.That(asked.IsCompleted, Is.False);
            ids.Add((await agent.ArrivalAsync(cancellationToken)).RequestId);
            clock.Advance(Waited);
        }

        SnmpOutcome outcome = await asked;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.NoAnswer));
            Assert.That(outcome.Sends, Is.EqualTo(3));
            Assert.That(outcome.Describe(target), Does.Contain("did not answer within 2 s, asked 3 times"));
            Assert.That(ids, Has.Count.EqualTo(1));
            Assert.That(client.Statistics, Is.EqualTo(new SnmpClientStatistics(1, 2, 0, 1, 0, 0)));
            Assert.That(client.UnderWay, Is.Zero);
        }
    }

    [Test]
    public async Task One_that_answers_late_answers_what_was_asked_again(CancellationToken cancellationToken)
    {
        ManualTimeProvider clock = new();
        using FakeAgent agent = Agent();
        Action<AgentRequest> answer = agent.Respond;
        agent.Respond = _ => { };
        await using SnmpClient client = new(time: clock);

        SnmpTarget target = new(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public"));
        Task<SnmpOutcome> asked = client.TryGetAsync(target, new[] { SysName }, cancellationToken).AsTask();
        AgentRequest first = await agent.ArrivalAsync(cancellationToken);
        clock.Advance(Waited);
        _ = await agent.ArrivalAsync(cancellationToken);
        answer(first);

        SnmpOutcome outcome = await asked;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.IsAnswered, Is.True);
            Assert.That(outcome.Sends, Is.EqualTo(2));
        }
    }

    [Test]
    public async Task One_that_answers_when_it_was_given_up_answers_nothing_else(CancellationToken cancellationToken)
    {
        ManualTimeProvider clock = new();
        using FakeAgent agent = Agent();
        Action<AgentRequest> answer = agent.Respond;
        agent.Respond = _ => { };
        await using SnmpClient client = new(time: clock);
        SnmpTarget target = new(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Retries = 0 };

        Task<SnmpOutcome> asked = client.TryGetAsync(target, new[] { SysName }, cancellationToken).AsTask();
        AgentRequest late = await agent.ArrivalAsync(cancellationToken);
        clock.Advance(Waited);
        SnmpOutcome given = await asked;
        agent.Respond = request =>
        {
            answer(late);
            answer(request);
        };
        VariableBinding[] next = await client.GetAsync(target, new[] { SysDescr }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(given.Fault, Is.EqualTo(SnmpFault.NoAnswer));
            Assert.That(next[0].Value.AsText, Is.EqualTo("an agent of a test"));
            Assert.That(client.Statistics.Unexpected, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task One_that_answers_twice_is_heard_once(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        Action<AgentRequest> answer = agent.Respond;
        agent.Respond = request =>
        {
            answer(request);
            answer(request);
        };
        await using SnmpClient client = new();

        VariableBinding[] first = await client.GetAsync(agent.Target(), new[] { SysName }, cancellationToken);
        VariableBinding[] second = await client.GetAsync(agent.Target(), new[] { SysDescr }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first[0].Value.AsText, Is.EqualTo("lobby"));
            Assert.That(second[0].Value.AsText, Is.EqualTo("an agent of a test"));
            Assert.That(client.Statistics.Unexpected, Is.GreaterThanOrEqualTo(1));
        }
    }

    [Test]
    public async Task One_that_sends_nothing_but_garbage_is_said_to(CancellationToken cancellationToken)
    {
        ManualTimeProvider clock = new();
        using FakeAgent agent = Agent();
        Action<AgentRequest> answer = agent.Respond;
        agent.Respond = request =>
        {
            if (request.Bindings[0].Id == SysName)
            {
                agent.Send("HTTP/1.1 400 Bad Request"u8, request.From);
            }
            else
            {
                answer(request);
            }
        };
        await using SnmpClient client = new(time: clock);
        SnmpTarget target = new(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Retries = 0 };

        Task<SnmpOutcome> asked = client.TryGetAsync(target, new[] { SysName }, cancellationToken).AsTask();

        // Its answer comes behind the garbage, so that has come when this is there.
        _ = await client.GetAsync(target, new[] { SysDescr }, cancellationToken);
        clock.Advance(Waited);

        SnmpOutcome outcome = await asked;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.Malformed));
            Assert.That(outcome.Describe(target), Does.Contain("no SNMP messages"));
        }
    }

    [Test]
    public async Task One_that_cuts_its_answers_off_anywhere_is_not_believed(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        int cut = 0;
        agent.Respond = request =>
        {
            byte[] answer = agent.Answer(request);
            for (int length = 0; length < answer.Length; length++, cut++)
            {
                agent.Send(answer.AsSpan(0, length), request.From);
            }

            agent.Send(answer, request.From);
        };
        await using SnmpClient client = new();

        VariableBinding[] bindings = await client.GetAsync(agent.Target(), new[] { SysName, SysUpTime }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bindings[0].Value.AsText, Is.EqualTo("lobby"));
            Assert.That(cut, Is.GreaterThan(50));
            Assert.That(client.Statistics.Malformed, Is.EqualTo(cut));
        }
    }

    [TestCase(SnmpVersion.V1)]
    [TestCase(SnmpVersion.V2c)]
    public async Task One_that_goes_in_circles_ends_a_walk(SnmpVersion version, CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        agent.Respond = request => agent.Send(
            FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, [new(request.Bindings[0].Id == SysUpTime ? SysDescr : SysUpTime, SnmpValue.Integer32(1))]), request.From);
        await using SnmpClient client = new();

        SnmpException failure = await FailureOfWalkAsync(client, agent.Target(version), cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Fault, Is.EqualTo(SnmpFault.NotIncreasing));
            Assert.That(failure.Message, Does.Contain($"{SysDescr} after {SysUpTime}"));
            Assert.That(agent.Requests, Is.LessThanOrEqualTo(2));
        }
    }

    [Test]
    public async Task One_that_gives_the_same_object_for_ever_ends_a_walk(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        agent.Respond = request => agent.Send(
            FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, [.. Enumerable.Repeat(new VariableBinding(SysUpTime, SnmpValue.Integer32(1)), 20)]), request.From);
        await using SnmpClient client = new();

        SnmpException failure = await FailureOfWalkAsync(client, agent.Target(), cancellationToken);

        Assert.That(failure.Fault, Is.EqualTo(SnmpFault.NotIncreasing));
    }

    [Test]
    public async Task One_that_answers_a_walk_with_nothing_ends_it(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        agent.Respond = request => agent.Send(FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, []), request.From);
        await using SnmpClient client = new();

        SnmpException failure = await FailureOfWalkAsync(client, agent.Target(), cancellationToken);

        Assert.That(failure.Fault, Is.EqualTo(SnmpFault.Malformed));
    }

    [Test]
    public async Task One_that_goes_on_for_ever_ends_a_walk(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        agent.Respond = request =>
        {
            ObjectId last = request.Bindings[0].Id;
            uint next = last.Length > System.Length ? last.SubIdentifiers[^1] + 1 : 0;
            agent.Send(
                FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, [.. Enumerable.Range(0, 20).Select(i => new VariableBinding(System.Append((uint)(next + i)), SnmpValue.Null))]),
                request.From);
        };
        await using SnmpClient client = new();

        SnmpException failure = await FailureOfWalkAsync(
            client, new SnmpTarget(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { MaximumWalk = 1000, Timeout = TimeSpan.FromSeconds(60) }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Fault, Is.EqualTo(SnmpFault.WalkTooLong));
            Assert.That(failure.Message, Does.EndWith("it has more than 1000 objects below 1.3.6.1.2.1.1."));
        }
    }

    [Test]
    public async Task One_that_answers_with_other_objects_is_not_believed(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        agent.Respond = request => agent.Send(FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, [new(SysDescr, SnmpValue.OctetString("x"))]), request.From);
        await using SnmpClient client = new();

        SnmpOutcome outcome = await client.TryGetAsync(agent.Target(), new[] { SysName }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.Malformed));
            Assert.That(outcome.Detail, Does.Contain("other objects"));
            Assert.That(outcome.Bindings, Is.Empty);
        }
    }

    [Test]
    public async Task One_whose_answer_comes_from_elsewhere_has_not_answered(CancellationToken cancellationToken)
    {
        using Socket stranger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        stranger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using FakeAgent agent = Agent();
        Action<AgentRequest> answer = agent.Respond;
        agent.Respond = request =>
        {
            stranger.SendTo(FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, [new(SysName, SnmpValue.OctetString("forged"))]), request.From);
            answer(request);
        };
        await using SnmpClient client = new();

        VariableBinding[] bindings = await client.GetAsync(agent.Target(), new[] { SysName }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bindings[0].Value.AsText, Is.EqualTo("lobby"));
            Assert.That(client.Statistics.Unexpected, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task One_that_refuses_says_by_what_and_at_which_binding(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        agent.Respond = request => agent.Send(FakeAgent.Write(request, SnmpErrorStatus.NotWritable, 2, request.Bindings), request.From);
        await using SnmpClient client = new();
        VariableBinding[] wanted = [new(SysName, SnmpValue.OctetString("a")), new(SysDescr, SnmpValue.OctetString("b"))];

        SnmpException failure = Assert.ThrowsAsync<SnmpException>(async () => await client.SetAsync(agent.Target(), wanted, cancellationToken))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Fault, Is.EqualTo(SnmpFault.ErrorStatus));
            Assert.That(failure.ErrorStatus, Is.EqualTo(SnmpErrorStatus.NotWritable));
            Assert.That(failure.ErrorIndex, Is.EqualTo(2));
            Assert.That(failure.Message, Does.EndWith("refused with NotWritable at binding 2."));
        }
    }

    private static async Task<SnmpException> FailureOfWalkAsync(SnmpClient client, SnmpTarget target, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (VariableBinding _ in client.WalkAsync(target, System, cancellationToken))
            {
            }
        }
        catch (SnmpException e)
        {
            return e;
        }

        throw new AssertionException("The walk came to an end.");
    }

    private static FakeAgent Agent() => new()
    {
        Objects =
        {
            [SysDescr] = SnmpValue.OctetString("an agent of a test"),
            [SysUpTime] = SnmpValue.TimeTicks(4711),
            [SysName] = SnmpValue.OctetString("lobby"),
        },
    };
}
