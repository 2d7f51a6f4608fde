namespace Kiwire.Snmp.Tests.Mibs;

/// <summary>MIB files of SMIv2 (RFC 2578, 2579, 2580) and SMIv1 (RFC 1155, 1212, 1215), and what vendors make of them.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MibReaderTests
{
    /// <summary>One of everything that a module has.</summary>
    private const string Acme =
        """
        -- A comment -- and what follows the second pair of hyphens is still one.
        ACME-MIB DEFINITIONS ::= BEGIN

        IMPORTS
            MODULE-IDENTITY, OBJECT-TYPE, OBJECT-IDENTITY, NOTIFICATION-TYPE, Integer32, Gauge32, Counter64, enterprises
                FROM SNMPv2-SMI
            TEXTUAL-CONVENTION, DisplayString, MacAddress
                FROM SNMPv2-TC
            MODULE-COMPLIANCE, OBJECT-GROUP
                FROM SNMPv2-CONF
            ifIndex, ifEntry
                FROM IF-MIB;

        acme MODULE-IDENTITY
            LAST-UPDATED "202601010000Z"
            ORGANIZATION "Acme ""Boxes"" Ltd."
            CONTACT-INFO "nobody ::= { here 1 }"
            DESCRIPTION  "A text over
                          two lines -- which is no comment."
            REVISION     "202601010000Z"
            DESCRIPTION  "First."
            ::= { enterprises 99999 }

        acmeObjects OBJECT IDENTIFIER ::= { acme 1 }
        acmeModel   OBJECT-IDENTITY STATUS current DESCRIPTION "A box." ::= { acme products(2) 7 }

        Tenths ::= TEXTUAL-CONVENTION
            DISPLAY-HINT "d-1"
            STATUS       current
            DESCRIPTION  "Tenths of a degree."
            SYNTAX       Integer32 (-1000..1000 | 2000)

        AcmeState ::= TEXTUAL-CONVENTION
            STATUS current
            DESCRIPTION ""
            SYNTAX INTEGER { off(0), on(1), onFire(-1) }

        acmeTemperature OBJECT-TYPE
            SYNTAX      Tenths
            UNITS       "degrees Celsius"
            MAX-ACCESS  read-only
            STATUS      current
            DESCRIPTION "How warm it is."
            DEFVAL      { 200 }
            ::= { acmeObjects 1 }

        acmeState OBJECT-TYPE
            SYNTAX AcmeState
            MAX-ACCESS read-write
            STATUS deprecated
            DESCRIPTION ""
            ::= { acmeObjects 2 }

        acmeFlags OBJECT-TYPE
            SYNTAX BITS { first(0), second(1), ninth(8) }
            MAX-ACCESS read-only
            STATUS current
            DESCRIPTION ""
            DEFVAL { { first, ninth } }
            ::= { acmeObjects 3 }

        acmePortTable OBJECT-TYPE
            SYNTAX SEQUENCE OF AcmePortEntry
            MAX-ACCESS not-accessible
            STATUS current
            DESCRIPTION ""
            ::= { acmeObjects 10 }

        acmePortEntry OBJECT-TYPE
            SYNTAX AcmePortEntry
            MAX-ACCESS not-accessible
            STATUS current
            DESCRIPTION ""
            INDEX { ifIndex, IMPLIED acmePortName }
            ::= { acmePortTable 1 }

        AcmePortEntry ::= SEQUENCE { acmePortName DisplayString, acmePortOctets Counter64, acmePortMac MacAddress }

        acmePortName   OBJECT-TYPE SYNTAX DisplayString (SIZE (1..32)) MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { acmePortEntry 1 }
        acmePortOctets OBJECT-TYPE SYNTAX Counter64 MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { acmePortEntry 2 }
        acmePortMac    OBJECT-TYPE SYNTAX MacAddress MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { acmePortEntry 3 }

        acmeIfTable OBJECT-TYPE SYNTAX SEQUENCE OF AcmeIfEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { acmeObjects 11 }
        acmeIfEntry OBJECT-TYPE SYNTAX AcmeIfEntry MAX-ACCESS not-accessible STATUS current DESCRIPTION "" AUGMENTS { ifEntry } ::= { acmeIfTable 1 }
        AcmeIfEntry ::= SEQUENCE { acmeIfLoad Gauge32 }
        acmeIfLoad OBJECT-TYPE SYNTAX Gauge32 MAX-ACCESS read-only STATUS current DESCRIPTION "" ::= { acmeIfEntry 1 }

        acmeTraps   OBJECT IDENTIFIER ::= { acme 0 }
        acmeTooWarm NOTIFICATION-TYPE OBJECTS { acmeTemperature } STATUS current DESCRIPTION "" ::= { acmeTraps 1 }

        acmeGroup OBJECT-GROUP OBJECTS { acmeTemperature, acmeState } STATUS current DESCRIPTION "" ::= { acme 3 }
        acmeCompliance MODULE-COMPLIANCE STATUS current DESCRIPTION ""
            MODULE MANDATORY-GROUPS { acmeGroup }
            OBJECT acmeState SYNTAX AcmeState { on(1) } MIN-ACCESS read-only DESCRIPTION ""
            ::= { acme 4 }
        END
        """;

    [Test]
    public void Names_have_their_identifiers()
    {
        MibRepository names = Read(Acme);

        using (Assert.EnterMultipleScope())
        {
            foreach ((string name, string oid) in new Dictionary<string, string>
            {
                ["acme"] = "1.3.6.1.4.1.99999",
                ["acmeObjects"] = "1.3.6.1.4.1.99999.1",
                ["acmeModel"] = "1.3.6.1.4.1.99999.2.7",
                ["acmeTemperature"] = "1.3.6.1.4.1.99999.1.1",
                ["acmePortTable"] = "1.3.6.1.4.1.99999.1.10",
                ["acmePortEntry"] = "1.3.6.1.4.1.99999.1.10.1",
                ["acmePortOctets"] = "1.3.6.1.4.1.99999.1.10.1.2",
                ["acmeIfLoad"] = "1.3.6.1.4.1.99999.1.11.1.1",
                ["acmeTooWarm"] = "1.3.6.1.4.1.99999.0.1",
                ["acmeGroup"] = "1.3.6.1.4.1.99999.3",
                ["acmeCompliance"] = "1.3.6.1.4.1.99999.4",
            })
            {
                Assert.That(Find(names, $"ACME-MIB::{name}").Id.ToString(), Is.EqualTo(oid), name);
                Assert.That(Find(names, name).FullName, Is.EqualTo($"ACME-MIB::{name}"));
            }
        }
    }

    [TestCase("acme", MibNodeKind.Module)]
    [TestCase("acmeObjects", MibNodeKind.Identifier)]
    [TestCase("acmeModel", MibNodeKind.Identifier)]
    [TestCase("acmeTemperature", MibNodeKind.Scalar)]
    [TestCase("acmePortTable", MibNodeKind.Table)]
    [TestCase("acmePortEntry", MibNodeKind.Row)]
    [TestCase("acmePortMac", MibNodeKind.Column)]
    [TestCase("acmeIfEntry", MibNodeKind.Row)]
    [TestCase("acmeIfLoad", MibNodeKind.Column)]
    [TestCase("acmeTooWarm", MibNodeKind.Notification)]
    [TestCase("acmeGroup", MibNodeKind.Conformance)]
    public void What_a_name_stands_for_is_known(string name, MibNodeKind kind) => Assert.That(Find(Read(Acme), name).Kind, Is.EqualTo(kind));

    [Test]
    public void Clauses_are_kept()
    {
        MibRepository names = Read(Acme);
        MibNode temperature = Find(names, "acmeTemperature");
        MibNode row = Find(names, "acmePortEntry");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((temperature.Units, temperature.Access, temperature.Status), Is.EqualTo(("degrees Celsius", "read-only", "current")));
            Assert.That(Find(names, "acmeState").Status, Is.EqualTo("deprecated"));
            Assert.That(row.Index, Is.EqualTo(["ifIndex", "acmePortName"]));
            Assert.That((Find(names, "acmeIfEntry").Augments, Find(names, "acmeIfEntry").Index.Count), Is.EqualTo(("ifEntry", 0)));
        }
    }

    [Test]
    public void A_type_is_followed_to_what_is_on_the_wire()
    {
        MibRepository names = Read(Acme);
        MibSyntax temperature = Find(names, "acmeTemperature").Syntax!;
        MibSyntax state = Find(names, "acmeState").Syntax!;
        MibSyntax mac = Find(names, "acmePortMac").Syntax!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((temperature.TypeName, temperature.BaseType, temperature.DisplayHint), Is.EqualTo(("Tenths", SnmpType.Integer32, "d-1")));
            Assert.That(state.Values, Is.EquivalentTo(new Dictionary<long, string> { [0] = "off", [1] = "on", [-1] = "onFire" }));
            Assert.That((mac.BaseType, mac.DisplayHint), Is.EqualTo((SnmpType.OctetString, "1x:")));
            Assert.That(Find(names, "acmePortTable").Syntax, Is.Null);
        }
    }

    [Test]
    public void Values_are_shown_as_the_module_wants_it()
    {
        MibRepository names = Read(Acme);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(names, "acmeTemperature").Syntax!.Format(SnmpValue.Integer32(-205)), Is.EqualTo("-20.5"));
            Assert.That(Find(names, "acmeState").Syntax!.Format(SnmpValue.Integer32(-1)), Is.EqualTo("onFire"));
            Assert.That(Find(names, "acmeState").Syntax!.Format(SnmpValue.Integer32(7)), Is.EqualTo("7"));
            Assert.That(Find(names, "acmePortMac").Syntax!.Format(SnmpValue.OctetString([0x02, 0, 0x5E, 0x10, 0, 0x0A])), Is.EqualTo("02:00:5e:10:00:0a"));
            Assert.That(Find(names, "acmePortName").Syntax!.Format(SnmpValue.OctetString("Wi-Fi ü")), Is.EqualTo("Wi-Fi ü"));

            // RFC 2578, 7.1.4: bit 0 is the highest of the first octet.
            Assert.That(Find(names, "acmeFlags").Syntax!.Format(SnmpValue.OctetString([0b1000_0000, 0b1010_0000])), Is.EqualTo("first, ninth, 10"));
        }
    }

    // SMIv1: ACCESS, TRAP-TYPE, types in the index, the old modules' names.
    [Test]
    public void SMIv1_is_read_too()
    {
        MibRepository names = Read(
            """
            OLD-MIB DEFINITIONS ::= BEGIN
            IMPORTS enterprises, Counter, Gauge FROM RFC1155-SMI
                OBJECT-TYPE FROM RFC-1212 TRAP-TYPE FROM RFC-1215
                DisplayString, mib-2, ifIndex FROM RFC1213-MIB;
            old OBJECT IDENTIFIER ::= { enterprises 77 }
            oldTable OBJECT-TYPE SYNTAX SEQUENCE OF OldEntry ACCESS not-accessible STATUS mandatory ::= { old 1 }
            oldEntry OBJECT-TYPE SYNTAX OldEntry ACCESS not-accessible STATUS mandatory INDEX { oldIndex } ::= { oldTable 1 }
            OldEntry ::= SEQUENCE { oldIndex INTEGER, oldCount Counter }
            oldIndex OBJECT-TYPE SYNTAX INTEGER (1..65535) ACCESS read-only STATUS mandatory ::= { oldEntry 1 }
            oldCount OBJECT-TYPE SYNTAX Counter ACCESS read-only STATUS mandatory ::= { oldEntry 2 }
            oldAlarm TRAP-TYPE ENTERPRISE old VARIABLES { ifIndex } DESCRIPTION "" ::= 5
            END
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Find(names, "oldCount").Kind, Find(names, "oldCount").Syntax!.BaseType, Find(names, "oldCount").Access), Is.EqualTo((MibNodeKind.Column, SnmpType.Counter32, "read-only")));

            // RFC 2576, 3.1: enterprise, 0, number.
            Assert.That((Find(names, "oldAlarm").Id.ToString(), Find(names, "oldAlarm").Kind), Is.EqualTo(("1.3.6.1.4.1.77.0.5", MibNodeKind.Notification)));
        }
    }

    [TestCase("{ 1 3 6 1 4 1 5 }")]
    [TestCase("{ iso 3 6 1 4 1 5 }")]
    [TestCase("{ iso org(3) dod(6) internet(1) private(4) 1 5 }")]
    [TestCase("{ iso org dod internet private enterprises 5 }")]
    [TestCase("{ enterprises x(5) }")]
    [TestCase("{ SNMPv2-SMI.enterprises 5 }")]
    public void An_identifier_may_be_written_in_many_ways(string value) =>
        Assert.That(Find(Read($"X-MIB DEFINITIONS ::= BEGIN x OBJECT IDENTIFIER ::= {value} END"), "x").Id.ToString(), Is.EqualTo("1.3.6.1.4.1.5"));

    [Test]
    public void What_vendors_write_is_taken()
    {
        // Names with underscores and capitals, a digit in front, no IMPORTS of what everybody has, an empty text, a type's own names, 'FF'H, a macro of one's own.
        MibRepository names = Read(
            """
            --- Not quite a comment's beginning
            ----------------------------------------- odd
            Vendor_MIB DEFINITIONS ::= BEGIN
            OWN-MACRO MACRO ::= BEGIN TYPE NOTATION ::= "X" VALUE NOTATION ::= value(VALUE INTEGER) END
            vendor_root OBJECT IDENTIFIER::={enterprises 88}
            Upper OBJECT IDENTIFIER ::= { vendor_root 1 }
            vendor_state OBJECT-TYPE SYNTAX TruthValue { off(0), on(1) } ACCESS read-only STATUS current DESCRIPTION "" DEFVAL { 'FF'H } ::= { Upper 1 }
            band OBJECT-TYPE SYNTAX INTEGER { 2g(1), 5g-high(2), } ACCESS read-only STATUS current DESCRIPTION "" ::= { Upper 2 }
            END
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(names, "Vendor_MIB::vendor_state").Id.ToString(), Is.EqualTo("1.3.6.1.4.1.88.1.1"));
            Assert.That(Find(names, "vendor_state").Syntax!.Values[0], Is.EqualTo("off"));
            Assert.That(Find(names, "band").Syntax!.Values, Is.EquivalentTo(new Dictionary<long, string> { [1] = "2g", [2] = "5g-high" }));
        }
    }

    [Test]
    public void A_module_finds_what_another_defines_in_any_order_and_passes_it_on()
    {
        MibReader reader = new();
        reader.Add("c", "C-MIB DEFINITIONS ::= BEGIN IMPORTS root, Level FROM B-MIB; c OBJECT-TYPE SYNTAX Level ACCESS read-only STATUS current ::= { root 3 } END");
        reader.Add("b", "B-MIB DEFINITIONS ::= BEGIN IMPORTS root, Level FROM A-MIB; b OBJECT IDENTIFIER ::= { root 2 } END");
        reader.Add("a", "A-MIB DEFINITIONS ::= BEGIN IMPORTS b FROM B-MIB; root OBJECT IDENTIFIER ::= { enterprises 5 } Level ::= INTEGER { low(1) } below OBJECT IDENTIFIER ::= { b 9 } END");

        MibRepository names = reader.Build();

        Assert.That(reader.Errors, Is.Empty);
        Assert.That((Find(names, "c").Id.ToString(), Find(names, "below").Id.ToString()), Is.EqualTo(("1.3.6.1.4.1.5.3", "1.3.6.1.4.1.5.2.9")));
        Assert.That(Find(names, "c").Syntax!.Values[1], Is.EqualTo("low"));
    }

    [Test]
    public void A_file_takes_the_place_of_a_module_that_comes_with_the_library()
    {
        MibReader reader = new();
        reader.Add("mine", "UPS-MIB DEFINITIONS ::= BEGIN mine OBJECT IDENTIFIER ::= { mib-2 33 } END");

        MibRepository names = reader.Build();

        Assert.That(names.TryFind("UPS-MIB::upsIdent", out _), Is.False);
        Assert.That(names.NameOf(ObjectId.Parse("1.3.6.1.2.1.33.1")), Is.EqualTo("UPS-MIB::mine.1"));
    }

    private static MibRepository Read(string text)
    {
        MibReader reader = new();
        reader.Add("acme.mib", text);
        MibRepository names = reader.Build();
        Assert.That(reader.Errors, Is.Empty);
        return names;
    }

    private static MibNode Find(MibRepository names, string name) => names.TryFind(name, out MibNode? node) ? node : throw new KeyNotFoundException(name);
}
