namespace Kiwire.Snmp.Tests.Client;

/// <summary>Agents that answer tooBig get smaller requests, and are remembered to.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class RequestSizeTests
{
    private static readonly ObjectId Root = ObjectId.Parse("1.3.6.1.4.1.9999");
    private static readonly ObjectId[] Ids = [.. Enumerable.Range(1, 120).Select(static i => Root.Append((uint)i))];

    [Test]
    public async Task A_long_list_is_got_in_pieces_and_given_out_as_one(
        [Values(SnmpVersion.V1, SnmpVersion.V2c)] SnmpVersion version, [Values(1, 7, 33, 1000)] int limit, CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent(limit);
        await using SnmpClient client = new();
        SnmpTarget target = agent.Target(version);

        VariableBinding[] bindings = await client.GetAsync(target, Ids, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bindings.Select(binding => binding.Id), Is.EqualTo(Ids));
            Assert.That(bindings.Select(binding => binding.Value.AsInt64), Is.EqualTo(Enumerable.Range(1, 120)));
            Assert.That(target.BindingLimit, Is.LessThanOrEqualTo(limit));
        }
    }

    [Test]
    public async Task What_was_too_much_is_not_asked_for_again(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent(30);
        await using SnmpClient client = new();
        SnmpTarget target = agent.Target();
        _ = await client.GetAsync(target, Ids, cancellationToken);
        int before = agent.Requests;

        _ = await client.GetAsync(target, Ids, cancellationToken);

        Assert.That(agent.Requests - before, Is.EqualTo(5), "25 at a time");
    }

    [Test]
    public async Task Missing_objects_among_many_are_found_out_under_SNMPv1(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent(1000);
        ObjectId[] missing = [Ids[0], Ids[60], Ids[61], Ids[119]];
        Array.ForEach(missing, id => agent.Objects.Remove(id));
        await using SnmpClient client = new();

        VariableBinding[] bindings = await client.GetAsync(agent.Target(SnmpVersion.V1), Ids, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bindings.Where(binding => binding.Value.IsException).Select(binding => binding.Id), Is.EqualTo(missing));
            Assert.That(bindings[118].Value.AsInt64, Is.EqualTo(119));
        }
    }

    [Test]
    public async Task A_wrong_index_of_the_missing_object_does_not_lead_astray(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent(1000);
        _ = agent.Objects.Remove(Ids[2]);
        Action<AgentRequest> answer = agent.Respond;
        agent.Respond = request =>
        {
            if (request.Bindings.Any(binding => binding.Id == Ids[2]))
            {
                agent.Send(FakeAgent.Write(request, SnmpErrorStatus.NoSuchName, 99, request.Bindings), request.From);
            }
            else
            {
                answer(request);
            }
        };
        await using SnmpClient client = new();

        VariableBinding[] bindings = await client.GetAsync(agent.Target(SnmpVersion.V1), Ids.AsMemory(0, 5), cancellationToken);

        Assert.That(bindings.Select(binding => binding.Value.IsException), Is.EqualTo((bool[])[false, false, true, false, false]));
    }

    [Test]
    public async Task A_walk_asks_for_fewer_at_a_time([Values(1, 3, 19)] int limit, CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent(limit);
        await using SnmpClient client = new();
        SnmpTarget target = agent.Target();

        List<ObjectId> walked = [];
        await foreach (VariableBinding binding in client.WalkAsync(target, Root, cancellationToken))
        {
            walked.Add(binding.Id);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(walked, Is.EqualTo(Ids));
            Assert.That(target.RepetitionLimit, Is.LessThanOrEqualTo(limit));
        }
    }

    [Test]
    public async Task An_agent_to_which_everything_is_too_big_is_said_to_be(CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent(0);
        await using SnmpClient client = new();

        SnmpOutcome got = await client.TryGetAsync(agent.Target(), Ids, cancellationToken);
        SnmpOutcome bulk = await client.TryGetBulkAsync(agent.Target(), 0, 20, new[] { Root }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(got.Fault, Is.EqualTo(SnmpFault.TooBig));
            Assert.That(bulk.Fault, Is.EqualTo(SnmpFault.TooBig));
            Assert.That(got.Describe(agent.Target()), Does.Contain("tooBig even to the smallest request"));
        }
    }

    private static FakeAgent Agent(int limit)
    {
        FakeAgent agent = new() { BindingLimit = limit };
        for (int i = 0; i < Ids.Length; i++)
        {
            agent.Objects[Ids[i]] = SnmpValue.Integer32(i + 1);
        }

        return agent;
    }
}
