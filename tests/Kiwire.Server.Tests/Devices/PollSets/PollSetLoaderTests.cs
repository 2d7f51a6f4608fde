using System.Text.Json;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Server.Tests.Devices.PollSets;

/// <summary>snmp.md, Polling: poll sets are data, which an operator can add to without building.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PollSetLoaderTests : IDisposable
{
    private const string AcmeMib =
        """
        ACME-MIB DEFINITIONS ::= BEGIN
        IMPORTS OBJECT-TYPE, Integer32, Gauge32 FROM SNMPv2-SMI ifEntry FROM IF-MIB acme FROM ACME-SMI;
        acmeTemperature OBJECT-TYPE SYNTAX Integer32 MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { acme 1 }
        acmeTable OBJECT-TYPE SYNTAX SEQUENCE OF AcmeEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { acme 2 }
        acmeEntry OBJECT-TYPE SYNTAX AcmeEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" AUGMENTS { ifEntry } ::= { acmeTable 1 }
        AcmeEntry ::= SEQUENCE { acmeLoad Gauge32 }
        acmeLoad OBJECT-TYPE SYNTAX Gauge32 MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { acmeEntry 1 }
        END
        """;

    private readonly string _own = Directory.CreateTempSubdirectory("kiwire-mibs-").FullName;

    public void Dispose() => Directory.Delete(_own, recursive: true);

    [Test]
    public void Those_of_the_specification_come_with_the_server() =>
        Assert.That(Load().Sets.Select(set => set.Name), Is.SupersetOf(new[]
        {
            "if-mib", "host-resources", "ucd", "mikrotik", "cisco", "ubiquiti", "aruba", "ruckus", "entity-sensor",
        }));

    [Test]
    public void All_that_come_with_the_server_name_their_sources_and_each_object()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (PollSet set in Load().Sets)
            {
                Assert.That(set.Sources, Is.Not.Empty, set.Name);
                Assert.That(Objects(set).Where(source => source.Object.Length == 0).Select(source => source.Oid.ToString()), Is.Empty, set.Name);
                Assert.That(set.Scalars.Where(scalar => scalar.Oid.SubIdentifiers[^1] != 0).Select(scalar => scalar.Metric), Is.Empty, "a scalar's instance is .0");
            }
        }
    }

    [Test]
    public void One_object_has_one_identifier_in_all_that_come_with_the_server()
    {
        string[][] twice = [.. Load().Sets.SelectMany(Objects)
            .GroupBy(source => source.Object).Select(group => group.Select(source => source.Oid.ToString()).Distinct().ToArray()).Where(oids => oids.Length > 1)];

        Assert.That(twice, Is.Empty);
    }

    [Test]
    public void An_operators_file_adds_a_set()
    {
        Write("acme.json", """
            {
              // Comments are allowed.
              "name": "acme", "description": "Ours", "sysObjectIds": [".1.3.6.1.4.1.99999"],
              "scalars": [{ "metric": "humidity", "oid": "1.3.6.1.4.1.99999.1.0", "kind": "gauge", "unit": "%", "scale": 0.1 }],
              "tables": [{
                "name": "ports", "label": [{ "oid": "1.3.6.1.4.1.99999.2.1.2" }], "speed": "rate",
                "columns": [
                  { "metric": "rate", "oid": "1.3.6.1.4.1.99999.2.1.3", "kind": "gauge", "unit": "bit/s" },
                  { "metric": "in", "oid": "1.3.6.1.4.1.99999.2.1.4", "kind": "counter", "unit": "bit/s", "scale": 8, "instead": { "oid": "1.3.6.1.4.1.99999.2.1.5" } },
                  { "metric": "state", "oid": "1.3.6.1.4.1.99999.2.1.6", "kind": "text", "words": { "1": "up", "-1": "broken" } },
                ],
              }],
              "clients": [{ "kind": "bridge", "oid": "1.3.6.1.4.1.99999.3.1.3", "mac": "indexEnd", "where": [3] }],
            }
            """);

        PollSet set = Find(Load(), "ACME");
        PollTable table = set.Tables.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.SysObjectIds, Is.EqualTo([ObjectId.Parse("1.3.6.1.4.1.99999")]));
            Assert.That((set.Scalars[0].Metric, set.Scalars[0].Unit, set.Scalars[0].Scale), Is.EqualTo(("acme.humidity", "%", 0.1)));
            Assert.That(table.Speed, Is.EqualTo("acme.rate"));
            Assert.That(table.Labels.Single().Oid, Is.EqualTo(ObjectId.Parse("1.3.6.1.4.1.99999.2.1.2")));
            Assert.That(table.Columns.Select(column => column.CountsBits), Is.EqualTo([false, true, false]));
            Assert.That((table.Columns[1].Instead!.Value.Oid, table.Columns[1].InsteadScale), Is.EqualTo((ObjectId.Parse("1.3.6.1.4.1.99999.2.1.5"), 8.0)));
            Assert.That(table.Columns[2].Words, Is.EquivalentTo(new Dictionary<long, string> { [1] = "up", [-1] = "broken" }));
            Assert.That((set.Clients[0].Kind, set.Clients[0].Mac, set.Clients[0].Where), Is.EqualTo((PollClientKind.Bridge, PollMac.IndexEnd, (IReadOnlyList<long>)[3])));
        }
    }

    [Test]
    public void An_operators_file_takes_the_place_of_the_set_of_the_same_name()
    {
        Write("mine.json", """{ "name": "mikrotik", "description": "Ours" }""");

        PollSet set = Find(Load(), "mikrotik");

        Assert.That((set.Description, set.Scalars.Count), Is.EqualTo(("Ours", 0)));
    }

    [TestCase("[]", "$: is []; it must be an object with name, description.")]
    [TestCase("""{ "name": "x" }""", "$: has no \"description\"; it must have name, description.")]
    [TestCase("""{ "name": "X y", "description": "d" }""", "$.name: is \"X y\"; it must have 1 to 63 of a-z, 0-9 and -, and not begin with -.")]
    [TestCase("""{ "name": "x", "description": "d", "oids": [] }""", "$.oids: is not known here;")]
    [TestCase("""{ "name": "x", "description": "d", "sysObjectIds": "1.3.6.1" }""", "$.sysObjectIds: is \"1.3.6.1\"; it must be a list.")]
    [TestCase(
        """{ "name": "x", "description": "d", "sysObjectIds": ["1.3.6.x"] }""",
        "$.sysObjectIds[0]: is \"1.3.6.x\"; it must be an object identifier in numbers, such as 1.3.6.1.2.1.1.5.0, or a module and a name in it, such as SNMPv2-MIB::sysName.")]
    [TestCase("""{ "name": "x", "description": "d", "scalars": [{ "metric": "a", "kind": "gauge" }] }""", "$.scalars[0]: has no \"oid\"; it must have metric, oid, kind.")]
    [TestCase(
        """{ "name": "x", "description": "d", "scalars": [{ "metric": "A", "oid": "1.3.6.1", "kind": "gauge" }] }""",
        "$.scalars[0].metric: is \"A\"; it must begin with a small letter and have 1 to 63 letters and digits.")]
    [TestCase(
        """{ "name": "x", "description": "d", "scalars": [{ "metric": "a", "oid": "1.3.6.1", "kind": "rate" }] }""",
        "$.scalars[0].kind: is \"rate\"; it must be \"gauge\", \"counter\" or \"text\".")]
    [TestCase(
        """{ "name": "x", "description": "d", "scalars": [{ "metric": "a", "oid": "1.3.6.1", "kind": "gauge", "scale": 0 }] }""",
        "$.scalars[0].scale: is 0; it must be a number other than 0, which values are multiplied by.")]
    [TestCase(
        """{ "name": "x", "description": "d", "scalars": [{ "metric": "a", "oid": "1.3.6.1", "kind": "gauge", "object": "sysName" }] }""",
        "$.scalars[0].object: is \"sysName\"; it must be a module and an object's name in it, such as IF-MIB::ifDescr.")]
    [TestCase(
        """{ "name": "x", "description": "d", "scalars": [{ "metric": "a", "oid": "1.3.6.1", "kind": "text", "words": { "up": "1" } }] }""",
        "$.scalars[0].words.up: is no number; the names here must be whole numbers as the agent sends them.")]
    [TestCase(
        """{ "name": "x", "description": "d", "scalars": [{ "metric": "a", "oid": "1.3.6.1", "kind": "text" }, { "metric": "a", "oid": "1.3.6.2", "kind": "text" }] }""",
        "$.scalars[1].metric: is \"a\", as another is; each must have its own.")]
    [TestCase("""{ "name": "x", "description": "d", "tables": [{ "name": "t", "columns": [] }] }""", "$.tables[0].columns: is []; it must be a list of at least one.")]
    [TestCase(
        """{ "name": "x", "description": "d", "tables": [{ "name": "t", "speed": "b", "columns": [{ "metric": "a", "oid": "1.3.6.1", "kind": "gauge" }] }] }""",
        "$.tables[0].speed: is \"b\", which is no metric of a gauge among this table's columns; it must be one.")]
    [TestCase(
        """{ "name": "x", "description": "d", "tables": [{ "name": "t", "columns": [{ "metric": "a", "oid": "1.3.6.1", "kind": "counter", "times": { "oid": "1.3.6.2" } }] }] }""",
        "$.tables[0].columns[0]: is no gauge, but has \"times\", \"rowUnit\" or \"decimals\"; these are for gauges.")]
    [TestCase(
        """{ "name": "x", "description": "d", "clients": [{ "kind": "wireless", "oid": "1.3.6.1", "mac": "key" }] }""",
        "$.clients[0].mac: is \"key\"; it must be \"indexStart\", \"indexEnd\" or \"value\".")]
    [TestCase("{ \"name\": \"x\",\n \"description\" }", ", line 2: not JSON: ")]
    [TestCase("""{ "name": "x", "name": "y", "description": "d" }""", "not JSON: ")]
    public void A_fault_names_file_place_and_what_would_be_right(string json, string fault)
    {
        string file = Write("x.json", json);

        Assert.That(Load, Throws.TypeOf<StartUpException>().With.Message.Contains(file).And.Message.Contains(fault));
    }

    [Test]
    public void All_faults_of_all_files_are_said_at_once()
    {
        Write("a.json", """{ "name": "a", "description": "" }""");
        Write("b.json", """{ "name": "b" }""");

        Assert.That(Load, Throws.TypeOf<StartUpException>().With.Message.Contains("a.json, $.description").And.Message.Contains("b.json, $: has no"));
    }

    [Test]
    public void Two_files_of_one_folder_with_one_name_are_refused()
    {
        string first = Write("a.json", """{ "name": "x", "description": "d" }""");
        string second = Write("b.json", """{ "name": "x", "description": "d" }""");

        Assert.That(Load, Throws.TypeOf<StartUpException>().With.Message.Contains($"{second}: \"x\" is the name of the poll set in {first} too; each must have its own."));
    }

    [Test]
    public void A_set_is_bounded()
    {
        string metrics = string.Join(',', Enumerable.Range(0, 201).Select(i => $$"""{ "metric": "m{{i}}", "oid": "1.3.6.1.{{i}}.0", "kind": "gauge" }"""));
        Write("x.json", $$"""{ "name": "x", "description": "d", "scalars": [{{metrics}}] }""");

        Assert.That(Load, Throws.TypeOf<StartUpException>().With.Message.Contains("$: has 201 metrics and 0 tables; 200 metrics and 20 tables are the most."));
    }

    [Test]
    public void A_folder_without_the_files_that_come_with_the_server_stops_the_start() =>
        Assert.That(() => PollSetLoader.Load(_own, _own), Throws.TypeOf<StartUpException>().With.Message.Contains("has no poll set"));

    [Test]
    public void The_schema_for_editors_knows_what_the_loader_knows()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(PollSetLoader.BuiltInFolder, "schema.json")));
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        string[] scalar = ["metric", "object", "oid", "kind", "unit", "scale", "words"];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Names(schema.RootElement),
                Is.EquivalentTo(["$schema", "name", "description", "sources", "sysObjectIds", "everyDevice", "scalars", "tables", "clients"]));
            Assert.That(Names(definitions.GetProperty("scalar")), Is.EquivalentTo(scalar));
            Assert.That(Names(definitions.GetProperty("column")), Is.EquivalentTo([.. scalar, "instead", "times", "rowUnit", "decimals"]));
            Assert.That(Names(definitions.GetProperty("table")), Is.EquivalentTo(["name", "label", "speed", "discontinuity", "columns"]));
            Assert.That(Names(definitions.GetProperty("clients")), Is.EquivalentTo(["kind", "object", "oid", "mac", "where"]));
        }
    }

    [Test]
    public void Objects_of_the_base_modules_that_come_with_the_server_are_what_the_modules_say()
    {
        MibRepository names = MibRepository.BuiltIn;
        int compared = 0;
        using (Assert.EnterMultipleScope())
        {
            foreach (PollObject source in Load().Sets.SelectMany(Objects).Where(source => names.Modules.Contains(source.Object.Split("::")[0])))
            {
                MibNode? node = names.TryFind(source.Object, out MibNode? found) ? found : null;
                Assert.That(source.Oid, Is.EqualTo(node?.Kind == MibNodeKind.Scalar ? node.Id.Append(0) : node?.Id), source.Object);
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThan(30));
    }

    [Test]
    public void A_vendors_names_are_used_once_its_MIB_file_is_there()
    {
        File.WriteAllText(Path.Combine(_own, "ACME-SMI.my"), "ACME-SMI DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI; acme OBJECT IDENTIFIER ::= { enterprises 99999 } END");
        File.WriteAllText(Path.Combine(_own, "ACME-MIB.txt"), AcmeMib);
        Write("acme.json", """
            {
              "name": "acme", "description": "Ours", "sysObjectIds": ["ACME-SMI::acme"],
              "scalars": [
                { "metric": "warm", "oid": "ACME-MIB::acmeTemperature", "kind": "gauge" },
                { "metric": "warmToo", "oid": "ACME-MIB::acmeTemperature.0", "kind": "gauge" },
                { "metric": "third", "oid": "IF-MIB::ifOperStatus.3", "kind": "text" }
              ],
              "tables": [{ "name": "ports", "label": [{ "oid": "IF-MIB::ifName" }], "columns": [{ "metric": "load", "oid": "ACME-MIB::acmeLoad", "kind": "gauge" }] }]
            }
            """);

        PollSet set = Find(Load(), "acme");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.SysObjectIds.Single().ToString(), Is.EqualTo("1.3.6.1.4.1.99999"));
            Assert.That(
                set.Scalars.Select(scalar => $"{scalar.Source.Object} {scalar.Oid}"),
                Is.EqualTo(["ACME-MIB::acmeTemperature 1.3.6.1.4.1.99999.1.0", "ACME-MIB::acmeTemperature 1.3.6.1.4.1.99999.1.0", "IF-MIB::ifOperStatus 1.3.6.1.2.1.2.2.1.8.3"]));
            Assert.That(set.Tables[0].Columns[0].Oid.ToString(), Is.EqualTo("1.3.6.1.4.1.99999.2.1.1"));
            Assert.That(set.Tables[0].Labels[0].Oid.ToString(), Is.EqualTo("1.3.6.1.2.1.31.1.1.1.1"));
        }
    }

    [TestCase("\"scalars\": [{ \"metric\": \"a\", \"oid\": \"OTHER-MIB::x\", \"kind\": \"gauge\" }]",
        "$.scalars[0].oid: is \"OTHER-MIB::x\", but there is no MIB module OTHER-MIB; put the file that has it into mibs in the data directory, as .mib, .txt or .my.")]
    [TestCase("\"scalars\": [{ \"metric\": \"a\", \"oid\": \"ACME-MIB::acmeNothing\", \"kind\": \"gauge\" }]",
        "$.scalars[0].oid: is \"ACME-MIB::acmeNothing\", but the module ACME-MIB has no such name, or it is not followed by numbers; it must be a name in ACME-MIB.")]
    [TestCase("\"scalars\": [{ \"metric\": \"a\", \"oid\": \"ACME-MIB::acmeLoad\", \"kind\": \"gauge\" }]",
        "$.scalars[0].oid: is \"ACME-MIB::acmeLoad\", which is a column of a table; a scalar must be a single value: give the row behind the name, as in ACME-MIB::acmeLoad.1, or read the column in a table.")]
    [TestCase("\"tables\": [{ \"name\": \"t\", \"columns\": [{ \"metric\": \"a\", \"oid\": \"ACME-MIB::acmeTemperature\", \"kind\": \"gauge\" }] }]",
        "$.tables[0].columns[0].oid: is \"ACME-MIB::acmeTemperature\", which is a single value; it must be a column of a table, without an instance behind it.")]
    [TestCase("\"scalars\": [{ \"metric\": \"a\", \"oid\": \"ACME-MIB::acmeBroken\", \"kind\": \"gauge\" }]", "broken.mib, line 2: defines acmeBroken below gone, which is neither defined nor imported here; add it to IMPORTS.")]
    public void A_name_that_cannot_be_used_stops_the_start_with_its_reason(string part, string fault)
    {
        File.WriteAllText(Path.Combine(_own, "acme.mib"), AcmeMib.Replace("acme FROM ACME-SMI", "enterprises FROM SNMPv2-SMI", StringComparison.Ordinal).Replace("{ acme ", "{ enterprises 99999 ", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_own, "broken.mib"), "BROKEN-MIB DEFINITIONS ::= BEGIN\nacmeBroken OBJECT IDENTIFIER ::= { gone 1 }\nEND");
        Write("acme.json", $$"""{ "name": "acme", "description": "Ours", {{part}} }""");

        Assert.That(Load, Throws.TypeOf<StartUpException>().With.Message.Contains(fault));
    }

    [Test]
    public void A_MIB_file_with_mistakes_that_no_poll_set_needs_stops_nothing_and_is_told()
    {
        File.WriteAllText(Path.Combine(_own, "broken.mib"), "BROKEN-MIB DEFINITIONS ::= BEGIN\nbroken OBJECT-TYPE ::= { enterprises 1 }\nEND");
        File.WriteAllText(Path.Combine(_own, "notes.txt"), "Ask Bob.");

        Assert.That(Load().MibErrors.Select(error => error.ToString()), Is.EqualTo(
        [
            $"{Path.Combine(_own, "broken.mib")}, line 2: has broken OBJECT-TYPE without SYNTAX (in what begins in line 2).",
            $"{Path.Combine(_own, "notes.txt")}, line 1: has \"Bob\"; there must be DEFINITIONS behind \"Ask\", the module's name.",
        ]));
    }

    private static IEnumerable<PollObject> Objects(PollSet set) =>
    [
        .. set.Scalars.Select(scalar => scalar.Source),
        .. set.Tables.SelectMany(table => table.Labels),
        .. set.Tables.Select(table => table.Discontinuity).OfType<PollObject>(),
        .. set.Tables.SelectMany(table => table.Columns).SelectMany(column => (PollObject?[])[column.Source, column.Instead, .. column.Besides]).OfType<PollObject>(),
        .. set.Clients.Select(clients => clients.Column),
    ];

    private static IEnumerable<string> Names(JsonElement definition) => definition.GetProperty("properties").EnumerateObject().Select(property => property.Name);

    private static PollSet Find(PollSetCatalog catalog, string name) => catalog.TryGet(name, out PollSet? set) ? set : throw new KeyNotFoundException(name);

    private PollSetCatalog Load() => PollSetLoader.Load(PollSetLoader.BuiltInFolder, _own);

    private string Write(string name, string json)
    {
        string file = Path.Combine(_own, name);
        File.WriteAllText(file, json);
        return file;
    }
}
