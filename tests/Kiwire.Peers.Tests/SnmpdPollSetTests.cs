using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Peers.Tests;

/// <summary>The poll sets that Net-SNMP's agent answers to: that what they name is there, and is of the kind that they say.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SnmpdPollSetTests
{
    private const string Configuration =
        """
        rocommunity public 127.0.0.1
        disk / 1%
        load 12 14 14
        """;

    private readonly SnmpClient _client = new();
    private Snmpd _agent = null!;
    private SnmpTarget _target = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _agent = await Snmpd.StartAsync(Configuration);
        _target = new SnmpTarget(_agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromSeconds(20) };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        _agent?.Dispose();
    }

    [Test]
    public async Task Its_sysObjectID_finds_its_poll_set()
    {
        VariableBinding[] answer = await _client.GetAsync(_target, new[] { ObjectId.Parse("1.3.6.1.2.1.1.2.0") });

        IReadOnlyList<PollSet> sets = Sets().For(answer[0].Value.AsObjectId, "");

        Assert.That(sets.Select(set => set.Name), Is.EqualTo(["bridge-mib", "host-resources", "if-mib", "ucd"]));
    }

    [TestCase("host-resources")]
    [TestCase("ucd")]
    public async Task Scalars_are_there_and_of_their_kind(string name)
    {
        PollScalar[] scalars = [.. Find(name).Scalars];

        IReadOnlyList<VariableBinding> answers = await _client.GetAsync(_target, scalars.Select(scalar => scalar.Oid).ToArray());

        using (Assert.EnterMultipleScope())
        {
            foreach ((PollScalar scalar, VariableBinding answer) in scalars.Zip(answers))
            {
                Assert.That(answer.Id, Is.EqualTo(scalar.Oid));
                Assert.That(KindOf(answer.Value), Is.EqualTo(scalar.Kind), $"{scalar.Metric}: {answer.Value}");
            }
        }
    }

    // What a container has of discs depends on where it runs, and an agent knows its processors' load after a minute; the rest is everywhere.
    [TestCase("if-mib", "interfaces")]
    [TestCase("host-resources", "storage")]
    [TestCase("ucd", "load")]
    public async Task Columns_are_there_and_of_their_kind(string name, string tableName)
    {
        PollTable table = Find(name).Tables.Single(table => table.Name == tableName);

        Dictionary<string, SnmpValue> labels = await WalkAsync(table.Labels[0].Oid);
        foreach (PollColumn column in table.Columns)
        {
            Dictionary<string, SnmpValue> rows = await WalkAsync(column.Oid);

            Assert.That(rows, Is.Not.Empty, column.Metric);
            Assert.That(rows.Keys, Is.SubsetOf(labels.Keys), column.Metric);
            Assert.That(rows.Values.Select(KindOf), Has.All.EqualTo(column.Words.Count > 0 ? PollKind.Gauge : column.Kind), column.Metric);
            Assert.That(rows.Values.Where(value => column.Words.Count > 0).Select(value => value.AsInt64).Distinct(), Is.SubsetOf(column.Words.Keys), column.Metric);
            if (column.Instead is { } instead)
            {
                Assert.That((await WalkAsync(instead.Oid)).Keys, Is.EquivalentTo(rows.Keys), column.Metric);
            }
        }
    }

    [Test]
    public async Task A_storage_has_the_units_that_its_size_is_counted_in()
    {
        PollColumn column = Find("host-resources").Tables.Single(table => table.Name == "storage").Columns.Single(column => column.Metric == "host-resources.storageSize");
        Dictionary<string, SnmpValue> sizes = await WalkAsync(column.Oid);
        Dictionary<string, SnmpValue> units = await WalkAsync(column.Times!.Value.Oid);

        // hrStorageIndex 1 is the physical memory in Net-SNMP, and hrMemorySize is the same in KiB.
        double memory = sizes["1"].AsInt64 * column.FactorOf(isInstead: false, _ => units["1"].AsInt64)!.Value;
        VariableBinding total = (await _client.GetAsync(_target, new[] { ObjectId.Parse("1.3.6.1.2.1.25.2.2.0") }))[0];

        Assert.That(memory, Is.EqualTo(total.Value.AsInt64 * 1024.0).Within(1).Percent);
    }

    private static PollSetCatalog Sets() => PollSetLoader.Load(PollSetLoader.BuiltInFolder, "none");

    private static PollSet Find(string name) => Sets().Sets.Single(set => set.Name == name);

    private static PollKind? KindOf(SnmpValue value) => value.Type switch
    {
        SnmpType.Counter32 or SnmpType.Counter64 => PollKind.Counter,
        SnmpType.OctetString => PollKind.Text,
        SnmpType.Integer32 or SnmpType.Gauge32 or SnmpType.TimeTicks => PollKind.Gauge,
        _ => null,
    };

    private async Task<Dictionary<string, SnmpValue>> WalkAsync(ObjectId column)
    {
        Dictionary<string, SnmpValue> rows = [];
        await foreach (VariableBinding binding in _client.WalkAsync(_target, column))
        {
            rows[new ObjectId(binding.Id.SubIdentifiers[column.Length..]).ToString()] = binding.Value;
        }

        return rows;
    }
}
