namespace Kiwire.Snmp.Tests.Mibs;

/// <summary>Names and identifiers of the modules that come with the library.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MibRepositoryTests
{
    private static readonly MibRepository Names = MibRepository.BuiltIn;

    [Test]
    public void Those_that_others_are_built_on_are_there_without_a_mistake()
    {
        MibReader reader = new();
        MibRepository names = reader.Build();

        Assert.That(reader.Errors, Is.Empty);
        Assert.That(names.Modules, Is.SupersetOf(new[]
        {
            "SNMPv2-SMI", "SNMPv2-TC", "SNMPv2-CONF", "SNMPv2-MIB", "SNMP-FRAMEWORK-MIB", "INET-ADDRESS-MIB", "IANAifType-MIB", "IF-MIB", "IP-MIB", "HOST-RESOURCES-MIB",
            "ENTITY-MIB", "ENTITY-SENSOR-MIB", "BRIDGE-MIB", "Q-BRIDGE-MIB", "RMON-MIB", "HCNUM-TC",
        }));
    }

    [TestCase("sysUpTime.0", "1.3.6.1.2.1.1.3.0")]
    [TestCase("SNMPv2-MIB::sysObjectID.0", "1.3.6.1.2.1.1.2.0")]
    [TestCase("IF-MIB::ifHCInOctets.3", "1.3.6.1.2.1.31.1.1.1.6.3")]
    [TestCase("IF-MIB::linkDown", "1.3.6.1.6.3.1.1.5.3")]
    [TestCase("hrProcessorLoad", "1.3.6.1.2.1.25.3.3.1.2")]
    [TestCase("entPhySensorValue", "1.3.6.1.2.1.99.1.1.1.4")]
    [TestCase("BRIDGE-MIB::dot1dTpFdbPort.2.0.94.16.0.1", "1.3.6.1.2.1.17.4.3.1.2.2.0.94.16.0.1")]
    [TestCase("enterprises.9", "1.3.6.1.4.1.9")]
    [TestCase("mib-2", "1.3.6.1.2.1")]
    [TestCase(".1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.1.3.0")]
    public void A_name_is_read(string text, string oid) => Assert.That(Names.TryParse(text, out ObjectId id) ? id.ToString() : "", Is.EqualTo(oid));

    [TestCase("IF-MIB::ifNothing")]
    [TestCase("NO-MIB::ifIndex")]
    [TestCase("ifInOctets.x")]
    [TestCase("ifInOctets.")]
    [TestCase("ifInOctets.4294967296")]
    [TestCase("")]
    public void What_is_no_name_is_refused(string text) => Assert.That(Names.TryParse(text, out _), Is.False);

    [TestCase("1.3.6.1.2.1.31.1.1.1.6.3", "IF-MIB::ifHCInOctets.3")]
    [TestCase("1.3.6.1.2.1.1.3.0", "SNMPv2-MIB::sysUpTime.0")]
    [TestCase("1.3.6.1.4.1.99999.1", "SNMPv2-SMI::enterprises.99999.1")]
    [TestCase("1.3.6.1.2.1.2.2", "IF-MIB::ifTable")]
    [TestCase("2.5", "2.5")]
    public void An_identifier_is_named(string oid, string name) => Assert.That(Names.NameOf(ObjectId.Parse(oid)), Is.EqualTo(name));

    [Test]
    public void Every_name_is_found_again_by_its_identifier()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (MibNode node in Names.Nodes)
            {
                Assert.That(Names.TryFind(node.Id, out MibNode? found, out ObjectId rest) && rest.Length == 0 ? found!.Id : default, Is.EqualTo(node.Id), node.FullName);
            }
        }
    }

    // RFC 2579: 1992-5-26,13:30:15.0,-4:0.
    [TestCase("2d-1d-1d,1d:1d:1d.1d,1a1d:1d", "07C8051A0D1E0F002D0400", "1992-5-26,13:30:15.0,-4:0")]
    [TestCase("2d-1d-1d,1d:1d:1d.1d,1a1d:1d", "07C8051A0D1E0F00", "1992-5-26,13:30:15.0")]
    [TestCase("1x:", "02005E10000A", "02:00:5e:10:00:0a")]
    [TestCase("1d.1d.1d.1d", "C0000201", "192.0.2.1")]
    [TestCase("2x:2x:2x:2x:2x:2x:2x:2x", "20010DB8000000000000000000000001", "2001:0db8:0000:0000:0000:0000:0000:0001")]
    [TestCase("255a", "48656C6C6F", "Hello")]
    [TestCase("255t", "C3BC", "ü")]
    [TestCase("*1x:/1x:", "03AABBCC0102", "aa:bb:cc/01:02")]
    [TestCase("1o ", "081F", "10 37")]
    [TestCase("1d", "", "")]
    public void Octets_are_shown_by_their_hint(string hint, string octets, string text) =>
        Assert.That(Kiwire.Snmp.Mibs.DisplayHint.TryFormat(hint, Convert.FromHexString(octets), out string? shown) ? shown : null, Is.EqualTo(text));

    [TestCase("")]
    [TestCase("x")]
    [TestCase("1q")]
    [TestCase("0d")]
    [TestCase("99999d")]
    public void A_hint_that_is_none_shows_nothing(string hint) =>
        Assert.That(Kiwire.Snmp.Mibs.DisplayHint.TryFormat(hint, [1, 2, 3], out _), Is.False);

    [TestCase("d", -5, "-5")]
    [TestCase("d-1", 243, "24.3")]
    [TestCase("d-2", -5, "-0.05")]
    [TestCase("x", 255, "FF")]
    [TestCase("b", 5, "101")]
    [TestCase("o", 8, "10")]
    [TestCase("", 7, "7")]
    public void Numbers_are_shown_by_their_hint(string hint, long value, string text) => Assert.That(Kiwire.Snmp.Mibs.DisplayHint.Format(hint, value), Is.EqualTo(text));
}
