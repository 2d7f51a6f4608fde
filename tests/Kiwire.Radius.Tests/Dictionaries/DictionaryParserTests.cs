using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;

namespace Kiwire.Radius.Tests.Dictionaries;

[Parallelizable(ParallelScope.All)]
public sealed class DictionaryParserTests
{
    private const string Small = """
        # A dictionary with one of each.
        ATTRIBUTE  User-Name        1  string          # who it is
        ATTRIBUTE  Service-Type     6  integer
        VALUE      Service-Type     Login-User  1
        VALUE      Service-Type     Framed-User 0x2
        ATTRIBUTE  Vendor-Specific  26 vsa
        ATTRIBUTE  Tunnel-Password  69 string  has_tag,encrypt=2
        ATTRIBUTE  EAP-Message      79 octets  concat
        ATTRIBUTE  Extended-Attribute-1        241     extended
        ATTRIBUTE  Extended-Attribute-5        245     long-extended
        ATTRIBUTE  Extended-Vendor-Specific-5  245.26  evs
        ATTRIBUTE  Operator-NAS-Identifier     241.8   octets
        VENDOR     Acme   4711
        VENDOR     Wide   4712  format=4,0
        VENDOR     Maxi   4713  format=1,1,c
        BEGIN-VENDOR  Acme
        ATTRIBUTE  Acme-Hash   0x10  octets[16]
        ATTRIBUTE  Acme-Group  021   tlv
        ATTRIBUTE  Acme-Group-Name  17.1  string
        BEGIN-TLV  Acme-Group
        ATTRIBUTE  Acme-Group-Size  2  short
        END-TLV    Acme-Group
        END-VENDOR  Acme
        BEGIN-VENDOR  Wide
        ATTRIBUTE  Wide-Thing  70000  signed
        VALUE      Wide-Thing  Less   -5
        END-VENDOR  Wide
        BEGIN-VENDOR  Maxi  parent=Extended-Vendor-Specific-5
        ATTRIBUTE  Maxi-Extended  3  ipaddr
        END-VENDOR  Maxi
        ATTRIBUTE  Maxi-Plain  26.4713.9  date
        ATTRIBUTE  Maxi-Dotted  245.26.4713.4  ether
        ATTRIBUTE  Server-Thing  1024  string  virtual
        """;

    [TestCase("User-Name", "1", DictionaryType.Text)]
    [TestCase("Vendor-Specific", "26", DictionaryType.VendorSpecific)]
    [TestCase("Extended-Attribute-1", "241", DictionaryType.Extended)]
    [TestCase("Extended-Attribute-5", "245", DictionaryType.LongExtended)]
    [TestCase("Extended-Vendor-Specific-5", "245.26", DictionaryType.ExtendedVendorSpecific)]
    [TestCase("Operator-NAS-Identifier", "241.8", DictionaryType.Octets)]
    [TestCase("Acme-Hash", "26.4711.16", DictionaryType.Octets)]
    [TestCase("Acme-Group", "26.4711.17", DictionaryType.Tlv)]
    [TestCase("Acme-Group-Name", "26.4711.17.1", DictionaryType.Text)]
    [TestCase("Acme-Group-Size", "26.4711.17.2", DictionaryType.Unsigned16)]
    [TestCase("Wide-Thing", "26.4712.70000", DictionaryType.Signed32)]
    [TestCase("Maxi-Extended", "245.26.4713.3", DictionaryType.IPv4Address)]
    [TestCase("Maxi-Plain", "26.4713.9", DictionaryType.Date)]
    [TestCase("Maxi-Dotted", "245.26.4713.4", DictionaryType.EthernetAddress)]
    [TestCase("Server-Thing", "1024", DictionaryType.Text)]
    public void Gives_each_attribute_its_place_and_type(string name, string path, DictionaryType type)
    {
        RadiusDictionary dictionary = DictionaryLoads.Load(Small);
        DictionaryAttribute attribute = dictionary.Attribute(name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(attribute.Path.ToString(), Is.EqualTo(path));
            Assert.That(attribute.Type, Is.EqualTo(type));
            Assert.That(dictionary.TryGet(attribute.Path, out DictionaryAttribute? found) ? found : null, Is.SameAs(attribute));
            Assert.That(attribute.Key.Path, Is.EqualTo(attribute.Path));
        }
    }

    [Test]
    public void Gives_vendors_their_numbers_and_formats()
    {
        Assert.That(DictionaryLoads.Load(Small).Vendors, Is.EqualTo(new[]
        {
            new DictionaryVendor("Acme", 4711, 1, 1, false),
            new DictionaryVendor("Wide", 4712, 4, 0, false),
            new DictionaryVendor("Maxi", 4713, 1, 1, true),
        }));
    }

    [Test]
    public void Gives_flags_lengths_remarks_and_places_of_definition()
    {
        RadiusDictionary dictionary = DictionaryLoads.Load(Small);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dictionary.Attribute("Tunnel-Password").Flags,
                Is.EqualTo(new DictionaryFlags { Tagged = true, Hidden = HiddenAs.TunnelPassword }));
            Assert.That(dictionary.Attribute("EAP-Message").Flags, Is.EqualTo(new DictionaryFlags { Concatenated = true }));
            Assert.That(dictionary.Attribute("Server-Thing").IsOnTheWire, Is.False);
            Assert.That(dictionary.Attribute("Acme-Hash").FixedLength, Is.EqualTo(16));
            Assert.That(dictionary.Attribute("User-Name").Remark, Is.EqualTo("who it is"));
            Assert.That(dictionary.Attribute("User-Name").Location.ToString(), Is.EqualTo("dictionary:2"));
        }
    }

    [Test]
    public void Finds_values_by_name_in_any_case_and_by_number()
    {
        DictionaryAttribute service = DictionaryLoads.Load(Small).Attribute("service-TYPE");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.TryGetValue("framed-user", out DictionaryValue? byName) ? byName.Number : 0, Is.EqualTo(2));
            Assert.That(service.TryGetValue(1, out DictionaryValue? byNumber) ? byNumber.Name : null, Is.EqualTo("Login-User"));
            Assert.That(service.TryGetValue(3, out _), Is.False);
        }
    }

    [TestCase("string", DictionaryType.Text)]
    [TestCase("String", DictionaryType.Text)]
    [TestCase("octets", DictionaryType.Octets)]
    [TestCase("octets[253]", DictionaryType.Octets)]
    [TestCase("ipaddr", DictionaryType.IPv4Address)]
    [TestCase("ipv4addr", DictionaryType.IPv4Address)]
    [TestCase("ipv6addr", DictionaryType.IPv6Address)]
    [TestCase("combo-ip", DictionaryType.IPAddress)]
    [TestCase("ipv4prefix", DictionaryType.IPv4Prefix)]
    [TestCase("ipv6prefix", DictionaryType.IPv6Prefix)]
    [TestCase("ifid", DictionaryType.InterfaceId)]
    [TestCase("ether", DictionaryType.EthernetAddress)]
    [TestCase("byte", DictionaryType.Unsigned8)]
    [TestCase("uint8", DictionaryType.Unsigned8)]
    [TestCase("short", DictionaryType.Unsigned16)]
    [TestCase("uint16", DictionaryType.Unsigned16)]
    [TestCase("integer", DictionaryType.Unsigned32)]
    [TestCase("uint32", DictionaryType.Unsigned32)]
    [TestCase("integer64", DictionaryType.Unsigned64)]
    [TestCase("uint64", DictionaryType.Unsigned64)]
    [TestCase("int8", DictionaryType.Signed8)]
    [TestCase("int16", DictionaryType.Signed16)]
    [TestCase("signed", DictionaryType.Signed32)]
    [TestCase("int32", DictionaryType.Signed32)]
    [TestCase("int64", DictionaryType.Signed64)]
    [TestCase("bool", DictionaryType.Truth)]
    [TestCase("date", DictionaryType.Date)]
    [TestCase("time_delta", DictionaryType.Duration)]
    [TestCase("timeval", DictionaryType.PreciseDate)]
    [TestCase("abinary", DictionaryType.AscendFilter)]
    [TestCase("tlv", DictionaryType.Tlv)]
    [TestCase("vsa", DictionaryType.VendorSpecific)]
    [TestCase("extended", DictionaryType.Extended)]
    [TestCase("long-extended", DictionaryType.LongExtended)]
    [TestCase("evs", DictionaryType.ExtendedVendorSpecific)]
    public void Reads_each_spelling_of_a_type(string spelling, DictionaryType type)
    {
        Assert.That(DictionaryLoads.Load($"ATTRIBUTE Thing 200 {spelling}").Attribute("Thing").Type, Is.EqualTo(type));
    }

    [TestCase("string", "encrypt=1", HiddenAs.UserPassword)]
    [TestCase("string", "encrypt=User-Password", HiddenAs.UserPassword)]
    [TestCase("integer", "encrypt=2", HiddenAs.TunnelPassword)]
    [TestCase("octets", "encrypt=Tunnel-Password", HiddenAs.TunnelPassword)]
    [TestCase("string", "encrypt=3", HiddenAs.Ascend)]
    [TestCase("string", "encrypt=Ascend-Secret", HiddenAs.Ascend)]
    public void Reads_each_way_of_hiding(string type, string flag, HiddenAs hidden)
    {
        DictionaryAttribute attribute = DictionaryLoads.Load($"ATTRIBUTE Thing 200 {type} {flag}").Attribute("Thing");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(attribute.Flags.Hidden, Is.EqualTo(hidden));
            Assert.That(attribute.IsSecret, Is.True);
            Assert.That(attribute.Key.IsHidden, Is.True);
        }
    }

    [Test]
    public void Reads_the_other_flags_and_version_4s_spellings_of_types_by_flag()
    {
        RadiusDictionary dictionary = DictionaryLoads.Load("""
            ATTRIBUTE A 201 integer array
            ATTRIBUTE B 202 string  internal
            ATTRIBUTE C 203 string  secret
            ATTRIBUTE D 245 extended long
            ATTRIBUTE E 204 octets  abinary
            """);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dictionary.Attribute("A").Flags.Array, Is.True);
            Assert.That(dictionary.Attribute("B").Flags.Internal, Is.True);
            Assert.That(dictionary.Attribute("C").IsSecret, Is.True);
            Assert.That(dictionary.Attribute("D").Type, Is.EqualTo(DictionaryType.LongExtended));
            Assert.That(dictionary.Attribute("E").Type, Is.EqualTo(DictionaryType.AscendFilter));
        }
    }

    [Test]
    public void Takes_a_vendors_name_in_place_of_flags_as_dictionaries_of_long_ago_have_it()
    {
        DictionaryAttribute attribute = DictionaryLoads.Load("VENDOR Old 9\nATTRIBUTE Old-Thing 1 string Old").Attribute("Old-Thing");

        Assert.That(attribute.Path, Is.EqualTo(AttributePath.OfVendor(9, 1)));
    }

    [Test]
    public void Takes_a_value_before_its_attribute()
    {
        Assert.That(DictionaryLoads.Load("VALUE Thing One 1\nATTRIBUTE Thing 200 integer").Attribute("Thing").Values, Has.Count.EqualTo(1));
    }

    [Test]
    public void Includes_files_and_passes_over_missing_ones_where_that_is_allowed()
    {
        RadiusDictionary dictionary = RadiusDictionary.Load(DictionaryLoads.Texts(
            ("root", "$INCLUDE one\n$INCLUDE- none\nATTRIBUTE Third 203 string"), ("one", "ATTRIBUTE First 201 string\n$INCLUDE two"),
            ("two", "ATTRIBUTE Second 202 string")), "root");

        Assert.That(dictionary.Attributes.Select(attribute => $"{attribute.Name} {attribute.Location}"),
            Is.EqualTo(new[] { "First one:1", "Second two:1", "Third root:3" }));
    }

    [Test]
    public void Starts_an_included_file_outside_of_any_vendor()
    {
        RadiusDictionary dictionary = RadiusDictionary.Load(DictionaryLoads.Texts(
            ("root", "VENDOR Acme 9\nBEGIN-VENDOR Acme\n$INCLUDE one\nATTRIBUTE Inner 1 string\nEND-VENDOR Acme"), ("one", "ATTRIBUTE Outer 201 string")), "root");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dictionary.Attribute("Outer").Vendor, Is.Null);
            Assert.That(dictionary.Attribute("Inner").Vendor?.Name, Is.EqualTo("Acme"));
        }
    }

    [Test]
    public void Takes_the_protocol_lines_of_RADIUS()
    {
        Assert.That(
            DictionaryLoads.Load("PROTOCOL RADIUS 1\nBEGIN-PROTOCOL RADIUS\nATTRIBUTE Thing 1 string\nEND-PROTOCOL RADIUS").Attributes, Has.Count.EqualTo(1));
    }

    [Test]
    public void Lets_the_last_definition_of_a_number_win_as_FreeRADIUS_does()
    {
        RadiusDictionary dictionary = DictionaryLoads.Load(
            "ATTRIBUTE Client-Id 4 ipaddr\nATTRIBUTE NAS-IP-Address 4 ipaddr\nATTRIBUTE Client-Id 4 string", DictionaryRules.AsFreeRadius);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dictionary.Attribute("NAS-IP-Address").Path.First, Is.EqualTo(4));
            Assert.That(dictionary.TryGet(0, 4, out DictionaryAttribute? current) ? (current.Name, current.Type) : default,
                Is.EqualTo(("Client-Id", DictionaryType.Text)));
        }
    }

    [Test]
    public void Shares_values_among_the_names_of_one_number()
    {
        RadiusDictionary dictionary = DictionaryLoads.Load(
            "ATTRIBUTE Old 6 integer\nATTRIBUTE New 6 integer\nVALUE Old One 1\nVALUE New Two 2", DictionaryRules.AsFreeRadius);

        Assert.That(dictionary.Attribute("New").Values.Select(value => value.Name), Is.EqualTo(new[] { "One", "Two" }));
    }
}
