using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Server.Tests.Devices.PollSets;

/// <summary>What a row says about how its number is to be read. Values by hand.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PollColumnTests
{
    private static readonly PollSetCatalog Sets = PollSetLoader.Load(PollSetLoader.BuiltInFolder, "none");

    // RFC 3433: units are 9, milli 8, micro 7, kilo 10; precision counts decimals, below 0 it counts the digits that are not known.
    [TestCase(8, 9, 0, 41, 41.0, "°C", Description = "41 °C")]
    [TestCase(8, 9, 1, 415, 41.5, "°C", Description = "41.5 °C in tenths")]
    [TestCase(4, 8, 0, 3312, 3.312, "V", Description = "3312 mV")]
    [TestCase(4, 8, 2, 331245, 3.31245, "V", Description = "3312.45 mV")]
    [TestCase(5, 7, 0, 25, 0.000025, "A", Description = "25 µA")]
    [TestCase(6, 10, 0, 2, 2000.0, "W", Description = "2 kW")]
    [TestCase(10, 9, -2, 4200, 4200.0, "rpm", Description = "4200 rpm, exact to hundreds")]
    public void A_sensors_number_has_the_power_and_unit_that_its_row_says(int type, int scale, int precision, int value, double measured, string unit)
    {
        PollColumn column = Column("entity-sensor.sensor");
        Dictionary<ObjectId, long> row = new()
        {
            [ObjectId.Parse("1.3.6.1.2.1.99.1.1.1.1")] = type, [ObjectId.Parse("1.3.6.1.2.1.99.1.1.1.2")] = scale, [ObjectId.Parse("1.3.6.1.2.1.99.1.1.1.3")] = precision,
        };

        Assert.That(value * column.FactorOf(isInstead: false, In(row)), Is.EqualTo(measured).Within(1e-9));
        Assert.That(column.UnitOf(In(row)), Is.EqualTo(unit));
    }

    [TestCase(99, 9, 0)]
    [TestCase(8, 0, 0)]
    [TestCase(8, 18, 0)]
    [TestCase(8, 9, 10)]
    [TestCase(null, 9, 0)]
    [TestCase(8, null, 0)]
    public void A_row_that_does_not_say_it_has_no_value(int? type, int? scale, int? precision)
    {
        Dictionary<ObjectId, long?> row = new()
        {
            [ObjectId.Parse("1.3.6.1.2.1.99.1.1.1.1")] = type, [ObjectId.Parse("1.3.6.1.2.1.99.1.1.1.2")] = scale, [ObjectId.Parse("1.3.6.1.2.1.99.1.1.1.3")] = precision,
        };

        Assert.That(Column("entity-sensor.sensor").FactorOf(isInstead: false, id => row[id]), Is.Null);
    }

    // 244 190 646 units of 4096 octets are 1 000 204 886 016.
    [Test]
    public void A_storage_is_counted_in_its_own_units() =>
        Assert.That(
            244_190_646 * Column("host-resources.storageSize").FactorOf(isInstead: false, In(new() { [ObjectId.Parse("1.3.6.1.2.1.25.2.3.1.4")] = 4096 })),
            Is.EqualTo(1_000_204_886_016));

    [Test]
    public void What_is_read_instead_has_its_own_scale()
    {
        PollColumn speed = Column("if-mib.speed");

        // ifHighSpeed 1000 and ifSpeed 1 000 000 000 are both 1 Gbit/s.
        Assert.That(1_000 * speed.FactorOf(isInstead: false, _ => null), Is.EqualTo(1e9));
        Assert.That(1_000_000_000 * speed.FactorOf(isInstead: true, _ => null), Is.EqualTo(1e9));
        Assert.That(Column("if-mib.inBits").FactorOf(isInstead: true, _ => null), Is.EqualTo(8));
    }

    // RouterOS 7: 243 dV are 24.3 V, 41 is 41 °C.
    [TestCase(3, 243, 24.3, "V")]
    [TestCase(1, 41, 41.0, "°C")]
    public void A_gauge_of_RouterOS_has_the_unit_of_its_row(int type, int value, double measured, string unit)
    {
        PollColumn column = Column("mikrotik.gauge");
        Dictionary<ObjectId, long> row = new() { [ObjectId.Parse("1.3.6.1.4.1.14988.1.1.3.100.1.4")] = type };

        Assert.That(value * column.FactorOf(isInstead: false, In(row)), Is.EqualTo(measured).Within(1e-9));
        Assert.That(column.UnitOf(In(row)), Is.EqualTo(unit));
    }

    private static Func<ObjectId, long?> In(Dictionary<ObjectId, long> row) => id => row.TryGetValue(id, out long value) ? value : null;

    private static PollColumn Column(string metric) =>
        Sets.Sets.SelectMany(set => set.Tables).SelectMany(table => table.Columns).Single(column => column.Metric == metric);
}
