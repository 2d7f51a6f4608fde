using System.Text;
using Kiwire.Radius.Dictionaries;

namespace Kiwire.Radius.Tests.Dictionaries;

/// <summary>Whatever a file holds, a load answers with a dictionary or with errors that have a line.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DictionaryGarbageTests
{
    private const int Seed = 20651;

    private const string Sound = """
        ATTRIBUTE  Vendor-Specific  26  vsa
        ATTRIBUTE  Extended-Attribute-5  245  long-extended
        ATTRIBUTE  Extended-Vendor-Specific-5  245.26  evs
        ATTRIBUTE  Tunnel-Type  64  integer  has_tag,encrypt=2  # tunnels
        VALUE  Tunnel-Type  VLAN  0xd
        VENDOR  Acme  4711  format=1,1,c
        BEGIN-VENDOR  Acme  parent=Extended-Vendor-Specific-5
        ATTRIBUTE  Acme-Group  0x10  tlv
        BEGIN-TLV  Acme-Group
        ATTRIBUTE  Acme-Name  1  octets[16]
        END-TLV  Acme-Group
        END-VENDOR  Acme
        BEGIN-PROTOCOL RADIUS
        $INCLUDE- nothing
        END-PROTOCOL RADIUS
        """;

    [Test]
    public void Every_truncation_is_read_or_refused_with_a_line()
    {
        for (int length = 0; length <= Sound.Length; length++)
        {
            AssertAnswered(Sound[..length]);
        }
    }

    [Test]
    public void Every_line_left_out_is_read_or_refused_with_a_line()
    {
        string[] lines = Sound.Split('\n');
        for (int left = 0; left < lines.Length; left++)
        {
            AssertAnswered(string.Join('\n', lines.Where((_, at) => at != left)));
        }
    }

    [Test]
    public void Mutated_files_are_read_or_refused_with_a_line()
    {
        var random = new Random(Seed);
        TestContext.Out.WriteLine($"Seed {Seed}");
        string[] words = [.. Sound.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
        for (int round = 0; round < 3000; round++)
        {
            var text = new StringBuilder(Sound);
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Replace(text[at], (char)random.Next(0x250), at, 1),
                    1 => text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)),
                    _ => text.Insert(at, words[random.Next(words.Length)] + (random.Next(2) == 0 ? " " : "\n")),
                };
            }

            AssertAnswered(text.ToString());
        }
    }

    [TestCase("\0\0\0")]
    [TestCase("$INCLUDE \0")]
    [TestCase("$INCLUDE- /\u0001")]
    [TestCase("ATTRIBUTE \u202eA 1 string")]
    [TestCase("ATTRIBUTE A ................ string")]
    [TestCase("ATTRIBUTE A 1 octets[")]
    [TestCase("ATTRIBUTE A 1 [")]
    [TestCase("ATTRIBUTE A 1 string ,,,")]
    [TestCase("ATTRIBUTE A 1 string =")]
    [TestCase("VENDOR V 9 format=")]
    [TestCase("BEGIN-VENDOR V =")]
    [TestCase("ATTRIBUTE A 99999999999999999999999999 string")]
    [TestCase("ATTRIBUTE A 0x string")]
    [TestCase("ATTRIBUTE A 0o string")]
    [TestCase("END-VENDOR END-VENDOR")]
    public void Odd_lines_are_refused_with_a_line(string line)
    {
        Assert.That(DictionaryLoads.Errors(line), Is.Not.Empty);
        AssertAnswered(line);
    }

    private static void AssertAnswered(string text)
    {
        foreach (DictionaryRules rules in Enum.GetValues<DictionaryRules>())
        {
            bool loaded = RadiusDictionary.TryLoad(
                DictionaryLoads.Texts(("dictionary", text)), "dictionary", rules, out RadiusDictionary? dictionary, out IReadOnlyList<DictionaryError> errors);

            Assert.That(loaded ? dictionary is not null && errors.Count == 0 : errors.Count > 0, Is.True, text);
            Assert.That(errors.All(error => error.Location.Line > 0 && error.Message.Length > 0), Is.True, text);
        }
    }
}
