namespace Kiwire.Snmp.Tests.Mibs;

/// <summary>Mistakes in MIB files: each with its file and line, and without harm to what it does not touch.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MibErrorTests
{
    [TestCase("x OBJECT IDENTIFIER ::= { nowhere 1 }", "line 2: defines x below nowhere, which is neither defined nor imported here; add it to IMPORTS.")]
    [TestCase(
        "IMPORTS vendor FROM VENDOR-MIB;\nx OBJECT IDENTIFIER ::= { vendor 1 }",
        "line 2: imports from VENDOR-MIB, which is not there; put the file that has this module beside it.")]
    [TestCase(
        "IMPORTS ifNothing FROM IF-MIB;\nx OBJECT IDENTIFIER ::= { ifNothing 1 }",
        "line 3: defines x below ifNothing, which it imports from IF-MIB, but that module has no such name.")]
    [TestCase(
        "a OBJECT IDENTIFIER ::= { b 1 }\nb OBJECT IDENTIFIER ::= { a 1 }",
        "line 2: defines a by itself, in a circle; one of the names in it must stand below one that is not.")]
    [TestCase("a OBJECT IDENTIFIER ::= { 7 1 }", "line 2: defines a as { 7 ... }; an object identifier begins with 0, 1 or 2, or a parent's name.")]
    [TestCase("a OBJECT IDENTIFIER ::= { }", "line 2: has an empty object identifier; in { } must stand a parent's name and a number (in what begins in line 2).")]
    [TestCase("a OBJECT IDENTIFIER ::= { enterprises 4294967296 }", "line 2: has \"4294967296\" in an object identifier; a sub-identifier is at most 4294967295 (in what")]
    [TestCase("\na OBJECT-TYPE MAX-ACCESS read-only STATUS current ::= { enterprises 1 }", "line 3: has a OBJECT-TYPE without SYNTAX (in what begins in line 3).")]
    [TestCase(
        "a OBJECT-TYPE\n SYNTAX INTEGER { up(x) }\n MAX-ACCESS read-only STATUS current\n ::= { enterprises 1 }",
        "line 3: has \"x\"; there must be a number behind up( (in what begins in line 2).")]
    [TestCase(
        "a OBJECT-TYPE SYNTAX NoType MAX-ACCESS read-only STATUS current ::= { enterprises 1 }",
        "line 2: has the type NoType, which is neither defined nor imported in X-MIB; add it to IMPORTS.")]
    [TestCase("a OBJECT IDENTIFIER ::= { enterprises 1 }\na OBJECT IDENTIFIER ::= { enterprises 2 }", "line 3: defines a once more, otherwise than in line 2; a name stands for one thing.")]
    [TestCase("a INTEGER ::= 5", "line 2: has \"INTEGER\"; there must be ::= or a macro such as OBJECT-TYPE behind a (in what begins in line 2).")]
    [TestCase("T ::= TEXTUAL-CONVENTION STATUS current", "line 2: has a TEXTUAL-CONVENTION without SYNTAX (in what begins in line 2).")]
    [TestCase("a OBJECT IDENTIFIER ::= { enterprises one two }", "line 2: defines a by one, which is not known below the name before it; it must be a number, or name(number).")]
    public void A_mistake_has_file_and_line(string content, string error)
    {
        MibReader reader = new();
        reader.Add("x.mib", $"X-MIB DEFINITIONS ::= BEGIN\n{content}\ngood OBJECT IDENTIFIER ::= {{ enterprises 42 }}\nEND");
        MibRepository names = reader.Build();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reader.Errors.Select(mistake => mistake.ToString()), Has.Exactly(1).StartsWith("x.mib, " + error));
            Assert.That(names.TryFind("X-MIB::good", out MibNode? good) ? good.Id.ToString() : "", Is.EqualTo("1.3.6.1.4.1.42"), "what it does not touch is read");
        }
    }

    [TestCase("", "x.mib: has no MIB module; it must have NAME DEFINITIONS ::= BEGIN ... END.")]
    [TestCase("<html>", "x.mib, line 1: has \"<\"; there must be a module's name.")]
    [TestCase("X-MIB DEFINITIONS ::= BEGIN", "x.mib, line 1: has the end of the file; there must be END, which ends the module.")]
    [TestCase("X-MIB DEFINITIONS ::= BEGIN a OBJECT-TYPE DESCRIPTION \"no end\n\n END", "x.mib, line 1: has a text that does not end: the closing quotation mark is missing")]
    [TestCase("X-MIB BEGIN END", "x.mib, line 1: has \"BEGIN\"; there must be DEFINITIONS behind")]
    public void A_file_that_is_none_is_said_to_be_none(string text, string error)
    {
        MibReader reader = new();
        reader.Add("x.mib", text);

        Assert.That(reader.Errors.Select(mistake => mistake.ToString()), Has.Some.StartsWith(error));
    }

    [Test]
    public void Two_files_with_one_module_are_told()
    {
        MibReader reader = new();
        reader.Add("a.mib", "X-MIB DEFINITIONS ::= BEGIN END");
        reader.Add("b.mib", "X-MIB DEFINITIONS ::= BEGIN END");

        Assert.That(reader.Errors.Single().ToString(), Is.EqualTo("b.mib, line 1: has the module X-MIB, which a.mib has too; one of them must go."));
    }

    [Test]
    public void A_file_full_of_mistakes_tells_some()
    {
        MibReader reader = new();
        reader.Add("x.mib", "X-MIB DEFINITIONS ::= BEGIN\n" + string.Join('\n', Enumerable.Range(0, 100).Select(i => $"a{i} OBJECT IDENTIFIER ::= {{ }}")) + "\nEND");

        Assert.That(reader.Errors, Has.Count.EqualTo(21));
        Assert.That(reader.Errors[^1].Message, Is.EqualTo("has 80 more mistakes."));
    }

    [Test]
    public void A_chain_of_names_that_is_too_long_is_a_mistake_and_no_crash()
    {
        MibReader reader = new();
        reader.Add("x.mib", "X-MIB DEFINITIONS ::= BEGIN\n"
            + string.Join('\n', Enumerable.Range(0, 20_000).Select(i => $"n{i} OBJECT IDENTIFIER ::= {{ n{i + 1} 1 }}")) + "\nn20000 OBJECT IDENTIFIER ::= { enterprises 1 }\nEND");

        MibRepository names = reader.Build();

        Assert.That(reader.Errors, Is.Not.Empty);
        Assert.That(names.TryFind("X-MIB::n20000", out _), Is.True);
    }

    [Test]
    public void Blocks_within_blocks_without_end_are_a_mistake_and_no_crash()
    {
        MibReader reader = new();
        reader.Add("x.mib", "X-MIB DEFINITIONS ::= BEGIN a OBJECT-TYPE DEFVAL " + new string('{', 1_000_000));

        Assert.That(reader.Errors[0].Message, Does.StartWith("has no } for this {"));
    }

    [Test]
    public void Every_truncation_and_many_mutations_are_read_without_a_crash()
    {
        const string module =
            """
            M-MIB DEFINITIONS ::= BEGIN IMPORTS OBJECT-TYPE, enterprises FROM SNMPv2-SMI DisplayString FROM SNMPv2-TC;
            m OBJECT IDENTIFIER ::= { enterprises 5 } T ::= TEXTUAL-CONVENTION DISPLAY-HINT "1d." STATUS current DESCRIPTION "" SYNTAX OCTET STRING (SIZE (4))
            t OBJECT-TYPE SYNTAX SEQUENCE OF E MAX-ACCESS not-accessible STATUS current DESCRIPTION "" ::= { m 1 }
            e OBJECT-TYPE SYNTAX E MAX-ACCESS not-accessible STATUS current DESCRIPTION "" INDEX { IMPLIED c } ::= { t 1 }
            E ::= SEQUENCE { c T } c OBJECT-TYPE SYNTAX INTEGER { up(1), down(-2) } MAX-ACCESS read-only STATUS current DESCRIPTION "" DEFVAL { '0F'H } ::= { e 1 } END
            """;
        Random random = new(20261122);
        const string signs = "{}()[]:=.,;'\"-\n Aa0";
        for (int length = 0; length < module.Length; length++)
        {
            Build(module[..length]);
        }

        for (int i = 0; i < 5_000; i++)
        {
            char[] text = module.ToCharArray();
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                text[random.Next(text.Length)] = signs[random.Next(signs.Length)];
            }

            Build(new string(text));
        }

        static void Build(string text)
        {
            List<MibError> errors = [];
            _ = new Kiwire.Snmp.Mibs.MibResolver(
                Kiwire.Snmp.Mibs.MibParser.Parse("m", text, errors).DistinctBy(parsed => parsed.Name).ToDictionary(parsed => parsed.Name), errors).Resolve();
        }
    }
}
