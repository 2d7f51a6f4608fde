using System.Net;

namespace Kiwire.Snmp.Tests.Client;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(240_000)]
public sealed class SnmpClientTests
{
    private static readonly ObjectId SysDescr = ObjectId.Parse("1.3.6.1.2.1.1.1.0");
    private static readonly ObjectId SysUpTime = ObjectId.Parse("1.3.6.1.2.1.1.3.0");
    private static readonly ObjectId SysName = ObjectId.Parse("1.3.6.1.2.1.1.5.0");

    [Test]
    public async Task Gets_objects_in_the_order_asked_for([Values(SnmpVersion.V1, SnmpVersion.V2c)] SnmpVersion version, CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        await using SnmpClient client = new();

        VariableBinding[] bindings = await client.GetAsync(agent.Target(version), new[] { SysName, SysUpTime }, cancellationToken);

        Assert.That(bindings, Is.EqualTo((VariableBinding[])[new(SysName, SnmpValue.OctetString("lobby")), new(SysUpTime, SnmpValue.TimeTicks(4711))]));
    }

    [Test]
    public async Task An_object_that_is_not_there_is_an_exception_among_the_values(
        [Values(SnmpVersion.V1, SnmpVersion.V2c)] SnmpVersion version, CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        await using SnmpClient client = new();

        VariableBinding[] bindings = await client.GetAsync(agent.Target(version), new[] { ObjectId.Parse("1.3.9"), SysName, ObjectId.Parse("1.3.8.1") }, cancellationToken);

        Assert.That(bindings.Select(binding => binding.Value.IsException), Is.EqualTo((bool[])[true, false, true]));
    }

    [Test]
    public async Task Asks_an_agent_on_IPv6(CancellationToken cancellationToken)
    {
        using FakeAgent agent = new(IPAddress.IPv6Loopback) { Objects = { [SysName] = SnmpValue.OctetString("six") } };
        await using SnmpClient client = new();

        VariableBinding[] bindings = await client.GetAsync(agent.Target(), new[] { SysName }, cancellationToken);

        Assert.That(bindings[0].Value.AsText, Is.EqualTo("six"));
    }

    [Test]
    public async Task Walks_what_is_below_an_identifier([Values(SnmpVersion.V1, SnmpVersion.V2c)] SnmpVersion version, CancellationToken cancellationToken)
    {
        using FakeAgent agent = Agent();
        agent.Objects[ObjectId.Parse("1.3.6.1.2.1.2.1.0")] = SnmpValue.Integer32(2);
        await using SnmpClient client = new();

        List<ObjectId> ids = [];
        await foreach (VariableBinding binding in client.WalkAsync(agent.Target(version), ObjectId.Parse("1.3.6.1.2.1.1"), cancellationToken))
        {
            ids.Add(binding.Id);
        }

        Assert.That(ids, Is.EqualTo((ObjectId[])[SysDescr, SysUpTime, SysName]));
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
