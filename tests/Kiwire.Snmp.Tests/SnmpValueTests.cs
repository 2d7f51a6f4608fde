using System.Net;

namespace Kiwire.Snmp.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class SnmpValueTests
{
    private static readonly (SnmpValue Value, string Text)[] Texts =
    [
        (SnmpValue.Integer32(-5), "INTEGER: -5"),
        (SnmpValue.OctetString("a \"lobby\" \\ hall"), "STRING: \"a \\\"lobby\\\" \\\\ hall\""),
        (SnmpValue.OctetString(""), "\"\""),
        (SnmpValue.OctetString([0, 0x1B, 0xAB]), "Hex-STRING: 00 1B AB "),
        (SnmpValue.OctetString([.. Enumerable.Repeat((byte)0xFF, 17)]), "Hex-STRING: FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF \nFF "),
        (SnmpValue.Null, "NULL"),
        (SnmpValue.ObjectIdentifier(ObjectId.Parse("1.3.6.1.4.1.8072")), "OID: .1.3.6.1.4.1.8072"),
        (SnmpValue.IpAddress(IPAddress.Parse("192.0.2.7")), "IpAddress: 192.0.2.7"),
        (SnmpValue.Counter32(uint.MaxValue), "Counter32: 4294967295"),
        (SnmpValue.Gauge32(7), "Gauge32: 7"),
        (SnmpValue.TimeTicks(123), "Timeticks: (123) 0:00:01.23"),
        (SnmpValue.TimeTicks(8640000), "Timeticks: (8640000) 1 day, 0:00:00.00"),
        (SnmpValue.TimeTicks(uint.MaxValue), "Timeticks: (4294967295) 497 days, 2:27:52.95"),
        (SnmpValue.Opaque([0x9F, 0x78, 4, 0x3E, 0x80, 0, 0]), "Opaque: Float: 0.250000"),
        (SnmpValue.Counter64(ulong.MaxValue), "Counter64: 18446744073709551615"),
        (SnmpValue.Exception(SnmpType.NoSuchInstance), "No Such Instance currently exists at this OID"),
    ];

    [TestCaseSource(nameof(Texts))]
    public void Is_written_as_snmpget_does((SnmpValue Value, string Text) example) => Assert.That(example.Value.ToString(), Is.EqualTo(example.Text));

    [Test]
    public void Is_equal_by_type_and_content()
    {
        SnmpValue one = SnmpValue.OctetString("a");
        SnmpValue other = SnmpValue.OctetString([0x61]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one, Is.EqualTo(other));
            Assert.That(one.GetHashCode(), Is.EqualTo(other.GetHashCode()));
            Assert.That(SnmpValue.Gauge32(1), Is.Not.EqualTo(SnmpValue.Counter32(1)));
            Assert.That(SnmpValue.OctetString(""), Is.Not.EqualTo(SnmpValue.OctetString("a")));
            Assert.That(SnmpValue.ObjectIdentifier(ObjectId.Parse("1.3")), Is.EqualTo(SnmpValue.ObjectIdentifier(new ObjectId(1, 3))));
            Assert.That(SnmpValue.Null, Is.EqualTo(default(SnmpValue)));
        }
    }

    [Test]
    public void Says_what_it_is_where_it_is_asked_for_something_else()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => SnmpValue.OctetString("a").AsInt64, Throws.InvalidOperationException.With.Message.Contains("OctetString"));
            Assert.That(() => SnmpValue.Gauge32(1).AsObjectId, Throws.InvalidOperationException.With.Message.Contains("Gauge32"));
            Assert.That(() => SnmpValue.Gauge32(1).AsText, Throws.InvalidOperationException);
            Assert.That(() => SnmpValue.Gauge32(1).AsIPAddress, Throws.InvalidOperationException);
            Assert.That(() => SnmpValue.IpAddress(IPAddress.IPv6Loopback), Throws.ArgumentException);
            Assert.That(() => SnmpValue.Exception(SnmpType.Null), Throws.ArgumentException);
        }
    }

    [Test]
    public void Numbers_of_all_kinds_are_doubles_where_that_is_wanted()
    {
        SnmpValue[] numbers = [SnmpValue.Integer32(-5), SnmpValue.Counter64(ulong.MaxValue), SnmpValue.Opaque([0x9F, 0x79, 8, 0x3F, 0xE0, 0, 0, 0, 0, 0, 0])];

        double[] doubles = Array.ConvertAll(numbers, static number => number.TryGetDouble(out double value) ? value : double.NaN);

        Assert.That(doubles, Is.EqualTo((double[])[-5, ulong.MaxValue, 0.5]));
        Assert.That(SnmpValue.OctetString("5").TryGetDouble(out _), Is.False);
    }
}
