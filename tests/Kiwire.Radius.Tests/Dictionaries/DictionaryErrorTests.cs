using Kiwire.Radius.Dictionaries;

namespace Kiwire.Radius.Tests.Dictionaries;

/// <summary>Each mistake is reported with file and line, and with what would be right.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DictionaryErrorTests
{
    [TestCase("ATRIBUTE A 1 string", "dictionary:1: Unknown word \"ATRIBUTE\"; a line begins with ATTRIBUTE")]
    [TestCase("\n\nATTRIBUTE A 1 strng", "dictionary:3: Unknown type \"strng\"; the types are string")]
    [TestCase("ATTRIBUTE A 1 struct", "dictionary:1: Type \"struct\" is of FreeRADIUS 4")]
    [TestCase("ATTRIBUTE A 1 string[3]", "dictionary:1: Only octets can have a length")]
    [TestCase("ATTRIBUTE A 1 octets[0]", "dictionary:1: \"octets[0]\" is not a type")]
    [TestCase("ATTRIBUTE A 1 octets[254]", "dictionary:1: \"octets[254]\" is not a type")]
    [TestCase("ATTRIBUTE A 1 octets[4", "dictionary:1: \"octets[4\" is not a type")]
    [TestCase("ATTRIBUTE A 1 string shiny", "dictionary:1: Unknown flag \"shiny\"; the flags are has_tag")]
    [TestCase("ATTRIBUTE A 1 string color=red", "dictionary:1: Unknown flag \"color=red\"")]
    [TestCase("ATTRIBUTE A 1 string encrypt=4", "dictionary:1: \"encrypt=4\" is no way of hiding")]
    [TestCase("ATTRIBUTE A 1 string encrypt", "dictionary:1: \"encrypt=\" is no way of hiding")]
    [TestCase("ATTRIBUTE A 1 string encrypt=1,encrypt=2", "dictionary:1: Two ways of hiding")]
    [TestCase("ATTRIBUTE A 1 integer encrypt=1", "dictionary:1: Flag encrypt=1 goes with types string and octets only")]
    [TestCase("ATTRIBUTE A 1 tlv encrypt=2", "dictionary:1: Flag encrypt=2 does not go with")]
    [TestCase("ATTRIBUTE A 1 ipaddr has_tag", "dictionary:1: Flag has_tag goes with types string and integer only")]
    [TestCase("ATTRIBUTE A 1 string has_tag,encrypt=1", "dictionary:1: Flag has_tag goes with encrypt=2 only")]
    [TestCase("ATTRIBUTE A 1 string concat", "dictionary:1: Flag concat goes with octets")]
    [TestCase("ATTRIBUTE A 1 tlv array", "dictionary:1: Flag array goes with plain values only")]
    [TestCase("ATTRIBUTE A 1 string long", "dictionary:1: Flag long goes with type extended only")]
    [TestCase("ATTRIBUTE A 1 string abinary", "dictionary:1: Flag abinary goes with type octets only")]
    [TestCase("ATTRIBUTE A 1", "dictionary:1: 3 words where the line should read: ATTRIBUTE name number type")]
    [TestCase("ATTRIBUTE A 1 string has_tag extra", "dictionary:1: 6 words where")]
    [TestCase("ATTRIBUTE A one string", "dictionary:1: \"one\" is not an attribute's number: decimal")]
    [TestCase("ATTRIBUTE A 0xfg string", "dictionary:1: \"0xfg\" is not an attribute's number")]
    [TestCase("ATTRIBUTE A 08 string", "dictionary:1: \"08\" is not an attribute's number")]
    [TestCase("ATTRIBUTE A 4294967296 string", "dictionary:1: \"4294967296\" is not an attribute's number")]
    [TestCase("ATTRIBUTE A -1 string", "dictionary:1: \"-1\" is not an attribute's number")]
    [TestCase("ATTRIBUTE A 1. string", "dictionary:1: \"1.\" is not an attribute's number")]
    [TestCase("ATTRIBUTE A 0 string", "dictionary:1: An attribute's number in the standard space is 1 or more")]
    [TestCase("ATTRIBUTE A\"B 1 string", "dictionary:1: \"A\"B\" is not a name")]
    [TestCase("ATTRIBUTE A 241.1 string", "dictionary:1: No attribute with number 241 is defined")]
    [TestCase("ATTRIBUTE A 1 string\nATTRIBUTE B 1.1 string", "dictionary:2: Attribute A (1) holds no others")]
    [TestCase("ATTRIBUTE A 241 extended\nATTRIBUTE B 241.256 string", "dictionary:2: Number 256 does not fit inside A")]
    [TestCase("ATTRIBUTE A 26 vsa\nATTRIBUTE B 26.9.1 string", "dictionary:2: No vendor 9 is defined")]
    [TestCase("VENDOR V 9\nATTRIBUTE B 26.9 string", "dictionary:2: What lies in 26 has a vendor's number and an attribute's: 26.9.attribute")]
    [TestCase("ATTRIBUTE A 241 extended\nATTRIBUTE E 241.26 evs\nATTRIBUTE B 241.26.9.1 string", "dictionary:3: No vendor 9 is defined")]
    [TestCase("ATTRIBUTE A 1 string\nATTRIBUTE A 2 string", "dictionary:2: Attribute A is already defined with another number at dictionary:1")]
    [TestCase("ATTRIBUTE A 1 string\nATTRIBUTE A 1 octets", "dictionary:2: Attribute A is already defined with another type or other flags at dictionary:1")]
    [TestCase("ATTRIBUTE A 1 string\nATTRIBUTE B 1 string", "dictionary:2: The number of attribute B already belongs to A, defined at dictionary:1")]
    [TestCase("VALUE A One 1", "dictionary:1: No attribute A is defined for the value One")]
    [TestCase("ATTRIBUTE A 1 string\nVALUE A One 1", "dictionary:2: Attribute A is not a number")]
    [TestCase("ATTRIBUTE A 1 octets\nVALUE A One 1", "dictionary:2: Attribute A is not a number")]
    [TestCase("ATTRIBUTE A 1 byte\nVALUE A Big 256", "dictionary:2: \"256\" is not a value of A: an unsigned number of 8 bits")]
    [TestCase("ATTRIBUTE A 1 integer\nVALUE A Less -1", "dictionary:2: \"-1\" is not a value of A")]
    [TestCase("ATTRIBUTE A 1 signed\nVALUE A Less 0x80000000", "dictionary:2: \"0x80000000\" is not a value of A: a signed number of 32 bits")]
    [TestCase("ATTRIBUTE A 1 integer\nVALUE A One 1\nVALUE A One 2", "dictionary:3: Value One of A is already 1, not 2")]
    [TestCase("VALUE A One", "dictionary:1: 3 words where the line should read: VALUE attribute name number")]
    [TestCase("VENDOR V", "dictionary:1: 2 words where the line should read: VENDOR name number")]
    [TestCase("VENDOR V x", "dictionary:1: \"x\" is not a vendor's number: 1 to 16777215")]
    [TestCase("VENDOR V 0", "dictionary:1: \"0\" is not a vendor's number")]
    [TestCase("VENDOR V 16777216", "dictionary:1: \"16777216\" is not a vendor's number")]
    [TestCase("VENDOR V 9 format=3,1", "dictionary:1: \"format=3,1\" is not a vendor's format")]
    [TestCase("VENDOR V 9 format=1,3", "dictionary:1: \"format=1,3\" is not a vendor's format")]
    [TestCase("VENDOR V 9 format=2,1,c", "dictionary:1: \"format=2,1,c\" is not a vendor's format")]
    [TestCase("VENDOR V 9 1,1", "dictionary:1: \"1,1\" is not a vendor's format")]
    [TestCase("VENDOR V 9\nVENDOR V 10", "dictionary:2: Vendor V is already 9 format=1,1, not 10 format=1,1")]
    [TestCase("VENDOR V 9\nVENDOR W 9", "dictionary:2: Vendor number 9 is already V")]
    [TestCase("BEGIN-VENDOR V\nATTRIBUTE V-A 1 integer\nVALUE V-A One 1\nEND-VENDOR V", "dictionary:1: No vendor V is defined; a line VENDOR V <number> must come before")]
    [TestCase("VENDOR V 9\nBEGIN-VENDOR V\nATTRIBUTE V-A 256 string\nEND-VENDOR V", "dictionary:3: Number 256 does not fit")]
    [TestCase("VENDOR V 9 format=2,1\nBEGIN-VENDOR V\nATTRIBUTE V-A 65536 string\nEND-VENDOR V", "dictionary:3: Number 65536 does not fit")]
    [TestCase("VENDOR V 9\nBEGIN-VENDOR V\nATTRIBUTE V-A 1 octets concat\nEND-VENDOR V", "dictionary:3: Flag concat goes with octets in the standard space only")]
    [TestCase("VENDOR V 9\nBEGIN-VENDOR V", "dictionary:2: BEGIN-VENDOR V without END-VENDOR V before the end of the file")]
    [TestCase("VENDOR V 9\nEND-VENDOR V", "dictionary:2: END-VENDOR V without its BEGIN-VENDOR")]
    [TestCase("VENDOR V 9\nVENDOR W 10\nBEGIN-VENDOR V\nEND-VENDOR W", "dictionary:4: END-VENDOR W where END-VENDOR V is due (begun at dictionary:3)")]
    [TestCase("VENDOR V 9\nVENDOR W 10\nBEGIN-VENDOR V\nBEGIN-VENDOR W\nEND-VENDOR W\nEND-VENDOR V", "dictionary:4: BEGIN-VENDOR W inside that of V at dictionary:3")]
    [TestCase("VENDOR V 9\nBEGIN-VENDOR V shiny\nEND-VENDOR V", "dictionary:2: Unknown option \"shiny\" of BEGIN-VENDOR")]
    [TestCase("VENDOR V 9\nBEGIN-VENDOR V parent=Nothing\nEND-VENDOR V", "dictionary:2: \"Nothing\" is not an attribute of type evs")]
    [TestCase("BEGIN-TLV T\nATTRIBUTE A 1 string\nEND-TLV T", "dictionary:1: No attribute T is defined; its ATTRIBUTE line must come before BEGIN-TLV")]
    [TestCase("ATTRIBUTE T 1 string\nBEGIN-TLV T\nEND-TLV T", "dictionary:2: Attribute T is not of type tlv (defined at dictionary:1)")]
    [TestCase("ATTRIBUTE T 1 tlv\nBEGIN-TLV T", "dictionary:2: BEGIN-TLV T without END-TLV T")]
    [TestCase("PROTOCOL DHCPv4 2", "dictionary:1: This is a dictionary of DHCPv4; only those of protocol RADIUS are read")]
    [TestCase("BEGIN-PROTOCOL DHCPv4", "dictionary:1: This is a dictionary of DHCPv4")]
    [TestCase("BEGIN-PROTOCOL RADIUS", "dictionary:1: BEGIN-PROTOCOL RADIUS without END-PROTOCOL RADIUS")]
    [TestCase("MEMBER A string", "dictionary:1: MEMBER is of FreeRADIUS 4's dictionaries")]
    [TestCase("STRUCT A B 1", "dictionary:1: STRUCT is of FreeRADIUS 4's dictionaries")]
    [TestCase("$INCLUDE nowhere", "dictionary:1: There is no file nowhere; where it may be missing, write $INCLUDE- instead")]
    [TestCase("$INCLUDE dictionary", "dictionary:1: $INCLUDE goes round in a circle: dictionary -> dictionary")]
    [TestCase("$INCLUDE a b", "dictionary:1: 3 words where the line should read: $INCLUDE file")]
    public void Names_the_place_the_mistake_and_the_remedy(string text, string error)
    {
        string[] errors = DictionaryLoads.Errors(text);

        Assert.That(errors, Has.Length.EqualTo(1), string.Join('\n', errors));
        Assert.That(errors[0], Does.StartWith(error));
    }

    [Test]
    public void Reports_all_mistakes_of_a_load_in_their_order()
    {
        string[] errors = DictionaryLoads.Errors(
            DictionaryRules.Strict,
            ("dictionary", "ATTRIBUTE A 1 strng\n$INCLUDE more\nNONSENSE\nVALUE Missing One 1"), ("more", "\nATTRIBUTE B x string"));

        Assert.That(errors.Select(error => error[..error.IndexOf(": ", StringComparison.Ordinal)]),
            Is.EqualTo(new[] { "dictionary:1", "more:2", "dictionary:3", "dictionary:4" }));
    }

    [Test]
    public void Causes_no_further_errors_by_a_wrong_type()
    {
        Assert.That(DictionaryLoads.Errors("ATTRIBUTE A 1 strng\nVALUE A One 1"), Has.Length.EqualTo(1));
    }

    [Test]
    public void Finds_a_circle_over_several_files()
    {
        string[] errors = DictionaryLoads.Errors(DictionaryRules.Strict, ("dictionary", "$INCLUDE one"), ("one", "\n$INCLUDE two"), ("two", "$INCLUDE one"));

        Assert.That(errors, Is.EqualTo(new[] { "two:1: $INCLUDE goes round in a circle: dictionary -> one -> two -> one." }));
    }

    [Test]
    public void Bounds_the_number_of_files_read()
    {
        (string, string)[] files = [.. Enumerable.Range(0, 16).Select(at => (at == 0 ? "dictionary" : $"{at}", $"$INCLUDE {at + 1}\n$INCLUDE {at + 1}")), ("16", string.Empty)];

        Assert.That(DictionaryLoads.Errors(DictionaryRules.Strict, files)[0], Does.Contain("Too many files"));
    }

    [Test]
    public void Names_a_missing_root_as_a_file()
    {
        Assert.That(DictionaryLoads.Errors(DictionaryRules.Strict, ("other", string.Empty))[0], Does.StartWith("dictionary: There is no file dictionary"));
    }

    [Test]
    public void Throws_one_exception_with_all_mistakes_and_shows_the_first_twenty()
    {
        string text = string.Concat(Enumerable.Range(0, 25).Select(at => $"NONSENSE-{at}\n"));

        DictionaryException exception = Assert.Throws<DictionaryException>(() => DictionaryLoads.Load(text))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exception.Errors, Has.Count.EqualTo(25));
            Assert.That(exception.Message, Does.StartWith("dictionary:1: Unknown word \"NONSENSE-0\"").And.EndWith("... and 5 more."));
        }
    }

    [Test]
    public void Reports_a_file_that_cannot_be_read()
    {
        bool loaded = RadiusDictionary.TryLoad(new Unreadable(), "dictionary", DictionaryRules.Strict, out _, out IReadOnlyList<DictionaryError> errors);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(loaded, Is.False);
            Assert.That(errors.Single().ToString(), Is.EqualTo("dictionary: dictionary cannot be read: the disk is gone"));
        }
    }

    private sealed class Unreadable : DictionarySource
    {
        public override string Resolve(string name, string? includedFrom) => name;

        public override TextReader Open(string fullName) => throw new IOException("the disk is gone");
    }
}
