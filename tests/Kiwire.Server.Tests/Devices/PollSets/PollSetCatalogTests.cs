using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Server.Tests.Devices.PollSets;

/// <summary>Which poll sets are read of a device. The sysObjectIDs are of real equipment.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PollSetCatalogTests
{
    private static readonly string[] EveryDevice = ["bridge-mib", "host-resources", "if-mib"];
    private static readonly PollSetCatalog Sets = PollSetLoader.Load(PollSetLoader.BuiltInFolder, "none");

    [TestCase("1.3.6.1.4.1.14988.1", "mikrotik", Description = "RouterOS")]
    [TestCase("1.3.6.1.4.1.9.1.2494", "cisco", Description = "a Catalyst")]
    [TestCase("1.3.6.1.4.1.9.1.1615", "cisco", Description = "a WLC 5508 and its like")]
    [TestCase("1.3.6.1.4.1.41112.1.4", "ubiquiti", Description = "airMAX")]
    [TestCase("1.3.6.1.4.1.10002.1", "ubiquiti", Description = "airOS")]
    [TestCase("1.3.6.1.4.1.14823.1.2.71", "aruba", Description = "an Instant virtual controller")]
    [TestCase("1.3.6.1.4.1.25053.3.1.5.15", "ruckus", Description = "a ZoneDirector and its like")]
    [TestCase("1.3.6.1.4.1.8072.3.2.10", "ucd", Description = "Net-SNMP on Linux")]
    public void The_maker_is_known_by_sysObjectID(string sysObjectId, string set) =>
        Assert.That(Names(ObjectId.Parse(sysObjectId), ""), Is.EqualTo([.. EveryDevice, set]));

    [TestCase("1.3.6.1.4.1.99", Description = "Cisco's 9 is no prefix of 99")]
    [TestCase("1.3.6.1.4.1.2636.1.1.1.2.1", Description = "a maker without a set")]
    public void An_unknown_maker_has_what_every_device_has(string sysObjectId) => Assert.That(Names(ObjectId.Parse(sysObjectId), ""), Is.EqualTo(EveryDevice));

    [Test]
    public void What_the_devices_entry_names_comes_besides_and_never_twice()
    {
        ObjectId linux = ObjectId.Parse("1.3.6.1.4.1.8072.3.2.10");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(linux, "Ubiquiti"), Is.EqualTo([.. EveryDevice, "ucd", "ubiquiti"]));
            Assert.That(Names(linux, "ucd"), Is.EqualTo([.. EveryDevice, "ucd"]));
            Assert.That(Names(null, "entity-sensor"), Is.EqualTo([.. EveryDevice, "entity-sensor"]));
            Assert.That(Names(null, "gone"), Is.EqualTo(EveryDevice));
        }
    }

    [Test]
    public void Of_two_sets_the_one_that_knows_it_better_is_read()
    {
        PollSetCatalog sets = new(
        [
            new PollSet { Name = "maker", Description = "d", SysObjectIds = [ObjectId.Parse("1.3.6.1.4.1.7")] },
            new PollSet { Name = "model", Description = "d", SysObjectIds = [ObjectId.Parse("1.3.6.1.4.1.7.5")] },
        ]);

        Assert.That(sets.For(ObjectId.Parse("1.3.6.1.4.1.7.5.1"), "").Single().Name, Is.EqualTo("model"));
        Assert.That(sets.For(ObjectId.Parse("1.3.6.1.4.1.7.50"), "").Single().Name, Is.EqualTo("maker"));
    }

    private static IEnumerable<string> Names(ObjectId? sysObjectId, string mib) => Sets.For(sysObjectId, mib).Select(set => set.Name);
}
