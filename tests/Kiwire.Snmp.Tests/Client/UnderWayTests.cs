using System.Net;
using Kiwire.Radius.Tests.Client;

namespace Kiwire.Snmp.Tests.Client;

/// <summary>Many requests at once, too many, and those that are given up.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class UnderWayTests
{
    private static readonly ObjectId Root = ObjectId.Parse("1.3.6.1.4.1.9999");

    [Test]
    public async Task Thousands_at_once_get_each_its_own_answer(CancellationToken cancellationToken)
    {
        using FakeAgent agent = new();
        agent.Respond = request => agent.Send(
            FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, [new(request.Bindings[0].Id, SnmpValue.Gauge32(request.Bindings[0].Id.SubIdentifiers[^1]))]), request.From);
        await using SnmpClient client = new(new SnmpClientOptions { MaximumUnderWay = 100 });
        SnmpTarget target = new(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromSeconds(60) };

        VariableBinding[][] answers = await Task.WhenAll(
            Enumerable.Range(0, 5000).Select(i => client.GetAsync(target, new[] { Root.Append((uint)i) }, cancellationToken).AsTask()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer[0].Value.AsInt64), Is.EqualTo(Enumerable.Range(0, 5000)));
            Assert.That(client.UnderWay, Is.Zero);
        }
    }

    [Test]
    public async Task Too_many_wait_their_turn(CancellationToken cancellationToken)
    {
        ManualTimeProvider clock = new();
        using FakeAgent agent = new() { Respond = _ => { } };
        await using SnmpClient client = new(new SnmpClientOptions { MaximumUnderWay = 2 }, clock);
        SnmpTarget target = new(agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Retries = 0 };

        Task<SnmpOutcome>[] asked = [.. Enumerable.Range(0, 3).Select(i => client.TryGetAsync(target, new[] { Root.Append((uint)i) }, cancellationToken).AsTask())];
        _ = await agent.ArrivalAsync(cancellationToken);
        _ = await agent.ArrivalAsync(cancellationToken);
        int underWay = client.UnderWay;
        clock.Advance(TimeSpan.FromSeconds(2.1));
        AgentRequest last = await agent.ArrivalAsync(cancellationToken);
        clock.Advance(TimeSpan.FromSeconds(2.1));
        SnmpOutcome[] outcomes = await Task.WhenAll(asked);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(underWay, Is.EqualTo(2));
            Assert.That(last.Bindings[0].Id, Is.EqualTo(Root.Append(2)));
            Assert.That(outcomes.Select(outcome => outcome.Fault), Has.All.EqualTo(SnmpFault.NoAnswer));
        }
    }

    [Test]
    public async Task One_that_is_given_up_leaves_nothing_behind(CancellationToken cancellationToken)
    {
        using FakeAgent agent = new() { Respond = _ => { } };
        await using SnmpClient client = new(new SnmpClientOptions { MaximumUnderWay = 1 });
        using CancellationTokenSource impatience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        Task<SnmpOutcome> asked = client.TryGetAsync(agent.Target(), new[] { Root }, impatience.Token).AsTask();
        Task<SnmpOutcome> waiting = client.TryGetAsync(agent.Target(), new[] { Root }, impatience.Token).AsTask();
        AgentRequest late = await agent.ArrivalAsync(cancellationToken);
        await impatience.CancelAsync();

        Assert.That(async () => await asked, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        agent.Respond = request =>
        {
            agent.Send(FakeAgent.Write(late, SnmpErrorStatus.NoError, 0, [new(Root, SnmpValue.OctetString("late"))]), late.From);
            agent.Send(FakeAgent.Write(request, SnmpErrorStatus.NoError, 0, [new(Root, SnmpValue.OctetString("new"))]), request.From);
        };
        VariableBinding[] next = await client.GetAsync(agent.Target(), new[] { Root }, cancellationToken);
        Assert.That(next[0].Value.AsText, Is.EqualTo("new"));
    }

    [Test]
    public async Task A_client_that_is_disposed_ends_what_is_under_way_and_what_waits(CancellationToken cancellationToken)
    {
        using FakeAgent agent = new() { Respond = _ => { } };
        SnmpClient client = new(new SnmpClientOptions { MaximumUnderWay = 1 });
        Task<SnmpOutcome> asked = client.TryGetAsync(agent.Target(), new[] { Root }, cancellationToken).AsTask();
        Task<SnmpOutcome> waiting = client.TryGetAsync(agent.Target(), new[] { Root }, cancellationToken).AsTask();
        _ = await agent.ArrivalAsync(cancellationToken);

        await client.DisposeAsync();

        Assert.That(async () => await asked, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await waiting, Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(async () => await client.TryGetAsync(agent.Target(), new[] { Root }, cancellationToken), Throws.InstanceOf<ObjectDisposedException>());
        await client.DisposeAsync();
    }

    [Test]
    public async Task What_the_system_does_not_send_is_said_to_be_unreachable(CancellationToken cancellationToken)
    {
        // Broadcast needs a socket that was asked for it.
        ManualTimeProvider clock = new();
        await using SnmpClient client = new(time: clock);
        SnmpTarget target = new(new IPEndPoint(IPAddress.Broadcast, 161), new CommunityCredentials(SnmpVersion.V2c, "public")) { Retries = 0 };

        Task<SnmpOutcome> asked = client.TryGetAsync(target, new[] { Root }, cancellationToken).AsTask();
        clock.Advance(TimeSpan.FromSeconds(2.1));
        SnmpOutcome outcome = await asked;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.Unreachable));
            Assert.That(outcome.Describe(target), Does.Contain("could not be sent: the system says AccessDenied"));
        }
    }

    [Test]
    public async Task An_address_that_is_not_ours_opens_no_socket_and_the_outcome_says_so(CancellationToken cancellationToken)
    {
        using FakeAgent agent = new();
        await using SnmpClient client = new(new SnmpClientOptions { LocalAddress = IPAddress.Parse("192.0.2.1") });

        SnmpOutcome outcome = await client.TryGetAsync(agent.Target(), new[] { Root }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Fault, Is.EqualTo(SnmpFault.Unreachable));
            Assert.That(outcome.Detail, Does.Contain("AddressNotAvailable"));
            Assert.That(client.UnderWay, Is.Zero);
        }
    }

    [Test]
    public void Credentials_and_targets_do_not_show_the_community()
    {
        CommunityCredentials credentials = new(SnmpVersion.V2c, "hush-hush");
        SnmpTarget target = new(new IPEndPoint(IPAddress.Loopback, 161), credentials);

        Assert.That($"{credentials} {target} {SnmpOutcome.Failed(SnmpFault.NoAnswer).Describe(target)}", Does.Not.Contain("hush"));
    }
}
