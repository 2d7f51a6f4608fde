using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Peers.Tests;

/// <summary>The MIB files of Debian's libsnmp-base, and the modules that come with our library: that Net-SNMP reads from both what we read.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SnmptranslateTests
{
    private const string Folder = "/usr/share/snmp/mibs";

    /// <summary>How many names one call is given.</summary>
    private const int Batch = 400;

    private static readonly string Base = Path.Combine(Repository.Root, "src/Kiwire.Snmp/Mibs/Base");

    [Test]
    public async Task Every_name_has_the_identifier_that_snmptranslate_says()
    {
        string snmptranslate = Peer.Require("snmptranslate", "snmp");
        if (!File.Exists(Path.Combine(Folder, "UCD-SNMP-MIB.txt")))
        {
            Peer.Missing($"{Folder}/UCD-SNMP-MIB.txt is not there (Debian package libsnmp-base)");
        }

        MibReader reader = new();
        reader.AddFolder(Folder);
        MibRepository ours = reader.Build();
        Dictionary<string, string> theirs = [];
        foreach (MibNode[] batch in ours.Nodes.Chunk(Batch))
        {
            string output = await Child.RunAsync(snmptranslate, ["-M", $"{Base}:{Folder}", "-m", "ALL", "-On", .. batch.Select(node => node.FullName)]);
            string[] oids = [.. output.Split('\n').Where(line => line.StartsWith('.'))];
            Assert.That(oids, Has.Length.EqualTo(batch.Length), output);
            for (int i = 0; i < batch.Length; i++)
            {
                theirs[batch[i].FullName] = oids[i][1..];
            }
        }

        TestContext.Out.WriteLine($"{theirs.Count} names of {ours.Modules.Count} modules.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reader.Errors.Select(error => error.ToString()), Is.Empty);
            Assert.That(theirs, Has.Count.GreaterThan(1500));
            Assert.That(ours.Modules, Is.SupersetOf(new[] { "UCD-SNMP-MIB", "UCD-DISKIO-MIB", "LM-SENSORS-MIB", "NET-SNMP-AGENT-MIB", "NET-SNMP-VACM-MIB" }));
            Assert.That(ours.Nodes.Where(node => theirs[node.FullName] != node.Id.ToString()).Select(node => $"{node.FullName} {node.Id}"), Is.Empty);
        }
    }

    [Test]
    public async Task Identifiers_have_the_names_that_snmptranslate_says()
    {
        string snmptranslate = Peer.Require("snmptranslate", "snmp");
        string[] oids = ["1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.31.1.1.1.6.3", "1.3.6.1.4.1.2021.10.1.5.1", "1.3.6.1.4.1.8072.3.2.10", "1.3.6.1.6.3.1.1.5.3"];
        MibReader reader = new();
        reader.AddFolder(Folder);
        MibRepository ours = reader.Build();

        string output = await Child.RunAsync(snmptranslate, ["-M", $"{Base}:{Folder}", "-m", "ALL", .. oids]);

        Assert.That(
            oids.Select(oid => ours.NameOf(ObjectId.Parse(oid))),
            Is.EqualTo(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Contains("::", StringComparison.Ordinal))));
    }

    [Test]
    public void The_poll_set_of_Net_SNMP_has_the_identifiers_of_its_MIB_files()
    {
        if (!File.Exists(Path.Combine(Folder, "UCD-SNMP-MIB.txt")))
        {
            Peer.Missing($"{Folder}/UCD-SNMP-MIB.txt is not there (Debian package libsnmp-base)");
        }

        MibReader reader = new();
        reader.AddFolder(Folder);
        MibRepository names = reader.Build();
        PollSet set = PollSetLoader.Load(PollSetLoader.BuiltInFolder, "none").Sets.Single(set => set.Name == "ucd");

        using (Assert.EnterMultipleScope())
        {
            foreach (PollMetric metric in (IEnumerable<PollMetric>)[.. set.Scalars, .. set.Tables.SelectMany(table => table.Columns)])
            {
                MibNode? node = names.TryFind(metric.Source.Object, out MibNode? found) ? found : null;
                Assert.That(metric.Oid, Is.EqualTo(node?.Kind == MibNodeKind.Scalar ? node.Id.Append(0) : node?.Id), metric.Source.Object);
                Assert.That(metric.Kind, Is.EqualTo(node?.Syntax!.BaseType is SnmpType.Counter32 or SnmpType.Counter64 ? PollKind.Counter : PollKind.Gauge), metric.Source.Object);
            }
        }
    }
}
