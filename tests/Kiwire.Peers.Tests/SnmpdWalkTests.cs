using System.Globalization;
using System.Text.RegularExpressions;
using Kiwire.Snmp;

namespace Kiwire.Peers.Tests;

/// <summary>Net-SNMP's agent walked by us and by Net-SNMP's own programs: both must have read the same.</summary>
[TestFixture]
public sealed partial class SnmpdWalkTests
{
    private const int Rounds = 12;

    private Snmpd _agent = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _agent = await Snmpd.StartAsync(
        """
        rocommunity public 127.0.0.1
        rwcommunity private 127.0.0.1
        sysName lobby
        sysContact "the \"night\" desk"
        load 12 14 14
        """);

    [OneTimeTearDown]
    public void Stop() => _agent?.Dispose();

    [Test]
    [CancelAfter(300_000)]
    public async Task A_walk_of_the_whole_tree_reads_what_snmpbulkwalk_does(CancellationToken cancellationToken)
    {
        (int stable, int same) = await CompareAsync("snmpbulkwalk", SnmpVersion.V2c, "1", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stable, Is.GreaterThan(1000));
            Assert.That(same, Is.EqualTo(stable));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_walk_by_SNMPv1_reads_what_snmpwalk_does(CancellationToken cancellationToken)
    {
        (int stable, int same) = await CompareAsync("snmpwalk", SnmpVersion.V1, "1.3.6.1.2.1.2", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stable, Is.GreaterThan(10));
            Assert.That(same, Is.EqualTo(stable));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task It_gets_sets_and_refuses(CancellationToken cancellationToken)
    {
        ObjectId sysLocation = ObjectId.Parse("1.3.6.1.2.1.1.6.0");
        ObjectId sysDescr = ObjectId.Parse("1.3.6.1.2.1.1.1.0");
        await using SnmpClient client = new();
        SnmpTarget reader = new(_agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "public")) { Timeout = TimeSpan.FromSeconds(20) };
        SnmpTarget writer = new(_agent.EndPoint, new CommunityCredentials(SnmpVersion.V2c, "private")) { Timeout = TimeSpan.FromSeconds(20) };

        VariableBinding[] set = await client.SetAsync(writer, new[] { new VariableBinding(sysLocation, SnmpValue.OctetString("Köln, 3rd floor")) }, cancellationToken);
        VariableBinding[] got = await client.GetAsync(reader, new[] { sysLocation, ObjectId.Parse("1.3.6.1.2.1.1.6.1"), ObjectId.Parse("1.3.9.9") }, cancellationToken);
        SnmpOutcome refused = await client.TrySetAsync(reader, new[] { new VariableBinding(sysLocation, SnmpValue.OctetString("nowhere")) }, cancellationToken);
        SnmpOutcome unwritable = await client.TrySetAsync(writer, new[] { new VariableBinding(sysDescr, SnmpValue.OctetString("toaster")) }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(set[0].Value.AsText, Is.EqualTo("Köln, 3rd floor"));
            Assert.That(got[0].Value.AsText, Is.EqualTo("Köln, 3rd floor"));
            Assert.That(got[1].Value.Type, Is.EqualTo(SnmpType.NoSuchInstance));
            Assert.That(got[2].Value.Type, Is.EqualTo(SnmpType.NoSuchObject));
            Assert.That(refused.ErrorStatus, Is.EqualTo(SnmpErrorStatus.NoAccess));
            Assert.That(unwritable.ErrorStatus, Is.EqualTo(SnmpErrorStatus.NotWritable));
            Assert.That(unwritable.ErrorIndex, Is.EqualTo(1));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Missing_objects_are_exceptions_also_by_SNMPv1(CancellationToken cancellationToken)
    {
        await using SnmpClient client = new();
        SnmpTarget target = new(_agent.EndPoint, new CommunityCredentials(SnmpVersion.V1, "public")) { Timeout = TimeSpan.FromSeconds(20) };
        ObjectId[] ids = [ObjectId.Parse("1.3.6.1.2.1.1.5.0"), ObjectId.Parse("1.3.9.9"), ObjectId.Parse("1.3.6.1.2.1.1.3.0"), ObjectId.Parse("1.3.6.1.2.1.31.1.1.1.6.1")];

        VariableBinding[] bindings = await client.GetAsync(target, ids, cancellationToken);

        Assert.That(
            bindings.Select(binding => binding.Value.Type),
            Is.EqualTo((SnmpType[])[SnmpType.OctetString, SnmpType.NoSuchObject, SnmpType.TimeTicks, SnmpType.NoSuchObject]), "SNMPv1 has no Counter64");
    }

    /// <summary>
    /// Walks by their program, by ours and by theirs again. What both of theirs read alike does not change by itself, and ours must be like it;
    /// what does not agree (it may have changed and back) is looked at again in the next rounds. What is gone then, or has changed, does change by itself: such as what
    /// is told of a process, which comes and goes on a busy machine.
    /// </summary>
    /// <returns>How many objects did not change, and how many of them were the same to us.</returns>
    private async Task<(int Stable, int Same)> CompareAsync(string program, SnmpVersion version, string root, CancellationToken cancellationToken)
    {
        program = Peer.Require(program, "snmp");
        await using SnmpClient client = new();
        HashSet<string> stable = [];
        HashSet<string> same = [];
        Dictionary<string, string> before = await TheirsAsync(program, version, root);
        for (int round = 0; round < Rounds && (round == 0 || same.Count < stable.Count); round++)
        {
            Dictionary<string, string> ours = await OursAsync(client, version, root, cancellationToken);
            Dictionary<string, string> after = await TheirsAsync(program, version, root);
            string[] open = [.. stable.Except(same)];
            stable.ExceptWith(open.Where(id => before.GetValueOrDefault(id) is not { } value || after.GetValueOrDefault(id) != value));
            foreach ((string id, string value) in before)
            {
                if (!after.TryGetValue(id, out string? later) || (round > 0 && !open.Contains(id)))
                {
                    continue;
                }

                if (later == value)
                {
                    stable.Add(id);
                    if (ours.TryGetValue(id, out string? read) && read == value)
                    {
                        same.Add(id);
                    }
                }
                else if (ours.TryGetValue(id, out string? changing))
                {
                    Assert.That(TypeOf(changing), Is.EqualTo(TypeOf(later)).Or.EqualTo(TypeOf(value)), id);
                }
            }

            foreach (string id in stable.Except(same).Take(10))
            {
                TestContext.Out.WriteLine($"round {round}: .{id} is {before.GetValueOrDefault(id)} to them, {ours.GetValueOrDefault(id)} to us");
            }

            before = after;
        }

        TestContext.Out.WriteLine($"{stable.Count} objects, {same.Count} the same");
        return (stable.Count, same.Count);
    }

    private async Task<Dictionary<string, string>> OursAsync(SnmpClient client, SnmpVersion version, string root, CancellationToken cancellationToken)
    {
        Dictionary<string, string> values = [];
        SnmpTarget target = new(_agent.EndPoint, new CommunityCredentials(version, "public")) { Timeout = TimeSpan.FromSeconds(10) };
        await foreach (VariableBinding binding in client.WalkAsync(target, ObjectId.Parse(root), cancellationToken))
        {
            values.Add(binding.Id.ToString(), binding.Value.ToString());
        }

        return values;
    }

    private async Task<Dictionary<string, string>> TheirsAsync(string program, SnmpVersion version, string root)
    {
        string output = await Child.RunAsync(
            program, version == SnmpVersion.V1 ? "-v1" : "-v2c", "-c", "public", "-t", "10", "-m", "", "-On", string.Create(CultureInfo.InvariantCulture, $"{_agent.EndPoint}"), "." + root);

        // A value may have many lines; the next object begins where a line does with its identifier.
        Dictionary<string, string> values = [];
        foreach (Match match in ObjectLines().Matches(output).Where(match => !match.Groups["value"].Value.StartsWith("No more variables", StringComparison.Ordinal)))
        {
            values.Add(match.Groups["id"].Value, match.Groups["value"].Value);
        }

        return values;
    }

    private static string TypeOf(string value) => value.Split(':')[0];

    [GeneratedRegex(@"^\.(?<id>[0-9.]+) = (?<value>.*?)(?=\n\.[0-9.]+ = |\n\z)", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex ObjectLines();
}
