using Kiwire.Radius.Dictionaries;

namespace Kiwire.Peers.Tests;

/// <summary>The dictionaries of Debian's freeradius-common: that ours reads them, and that both say the same.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FreeRadiusDictionaryTests
{
    private const string Folder = "/usr/share/freeradius";

    /// <summary>Where FreeRADIUS 3.2 is wrong, by H3C's own references: it has the gigawords under the packets' numbers.</summary>
    private static readonly string[] TheirMistakes = ["H3C-Acct-IPv6-Input-Gigawords", "H3C-Acct-IPv6-Output-Gigawords"];

    private static readonly Lazy<RadiusDictionary> Theirs = new(() => RadiusDictionary.Load(new DictionaryFolder(Folder)));

    [SetUp]
    public void RequirePackage()
    {
        if (File.Exists(Path.Combine(Folder, "dictionary")))
        {
            return;
        }

        const string Missing = $"{Folder}/dictionary is missing: install Debian's freeradius-common.";
        if (Environment.GetEnvironmentVariable("KIWIRE_REQUIRE_PEERS") == "1")
        {
            Assert.Fail(Missing);
        }

        Assert.Ignore(Missing);
    }

    [Test]
    public void All_of_Debians_freeradius_dictionaries_load_through_their_own_root()
    {
        RadiusDictionary theirs = Theirs.Value;
        string[] files = [.. theirs.Attributes.Select(attribute => attribute.Location.File).Distinct()];

        TestContext.Out.WriteLine($"{Folder}/dictionary: {theirs.Attributes.Count} attributes and {theirs.ValueCount} values of "
            + $"{theirs.Vendors.Count} vendors, in {files.Length} files.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(theirs.Attributes, Has.Count.GreaterThan(6000));
            Assert.That(theirs.Vendors, Has.Count.GreaterThan(150));
            Assert.That(theirs.Attributes, Has.Count.EqualTo(NamesIn(files, "ATTRIBUTE").Count));
            Assert.That(theirs.Vendors, Has.Count.EqualTo(NamesIn(Reached(), "VENDOR").Count));
        }
    }

    [Test]
    public void Files_that_their_root_leaves_out_load_too([Values("dictionary.dhcp", "dictionary.vqp", "dictionary.starent.vsa1")] string file)
    {
        RadiusDictionary theirs = RadiusDictionary.Load(new DictionaryFolder(Folder), file);

        Assert.That(theirs.Attributes, Is.Not.Empty);
    }

    [Test]
    public void Each_attribute_of_ours_that_theirs_has_lies_in_the_same_place_and_has_the_same_type()
    {
        string[] differences =
        [
            .. RadiusDictionary.BuiltIn.Attributes
                .Where(ours => !TheirMistakes.Contains(ours.Name))
                .Select(ours => Theirs.Value.TryGet(ours.Name, out DictionaryAttribute? theirs) ? Difference(ours, theirs) : null)
                .OfType<string>(),
        ];

        Assert.That(differences, Is.Empty);
    }

    [Test]
    public void Each_value_of_ours_that_theirs_has_is_the_same_number()
    {
        var differences = new List<string>();
        foreach (DictionaryAttribute ours in RadiusDictionary.BuiltIn.Attributes)
        {
            if (Theirs.Value.TryGet(ours.Name, out DictionaryAttribute? theirs))
            {
                differences.AddRange(ours.Values
                    .Where(value => theirs.TryGetValue(value.Name, out DictionaryValue? other) && other.Number != value.Number)
                    .Select(value => $"{ours.Name} {value.Name}"));
            }
        }

        Assert.That(differences, Is.Empty);
    }

    [Test]
    public void Nearly_all_of_ours_is_in_theirs_so_that_the_comparison_means_something()
    {
        string[] unknown = [.. RadiusDictionary.BuiltIn.Attributes.Where(ours => !Theirs.Value.TryGet(ours.Name, out _)).Select(ours => ours.Name)];

        TestContext.Out.WriteLine($"{unknown.Length} of our {RadiusDictionary.BuiltIn.Attributes.Count} attributes are not in theirs: {string.Join(' ', unknown)}");
        Assert.That(unknown, Has.All.StartWith("ChilliSpot-").Or.StartsWith("TPLink-"));
    }

    private static string? Difference(DictionaryAttribute ours, DictionaryAttribute theirs)
    {
        // What dumps must not show is our own judgement; everything else is fact.
        bool same = ours.Path.Equals(theirs.Path) && ours.Type == theirs.Type && ours.FixedLength == theirs.FixedLength
            && ours.Flags with { Secret = false } == theirs.Flags with { Secret = false };
        return same ? null : $"{ours.Location}: {ours.Name} {ours.Path} {ours.Type} {ours.Flags}, there {theirs.Path} {theirs.Type} {theirs.Flags}";
    }

    /// <summary>Names defined by a plain reading of the lines, to hold the parser's count against.</summary>
    private static HashSet<string> NamesIn(IEnumerable<string> files, string word)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string file in files)
        {
            names.UnionWith(File.ReadLines(file)
                .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 2 && words[0] == word)
                .Select(words => words[1]));
        }

        return names;
    }

    /// <summary>The root and what it includes at the first level and the second.</summary>
    private static HashSet<string> Reached()
    {
        HashSet<string> files = [Path.Combine(Folder, "dictionary")];
        for (int level = 0; level < 2; level++)
        {
            files.UnionWith([.. files.SelectMany(File.ReadLines)
                .Where(line => line.StartsWith("$INCLUDE", StringComparison.Ordinal))
                .Select(line => Path.Combine(Folder, line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]))]);
        }

        return files;
    }
}
