using Kiwire.Radius.Dictionaries;

namespace Kiwire.Peers.Tests;

/// <summary>The dictionaries of Debian's freeradius-common: that ours reads them, and that both say the same.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FreeRadiusDictionaryTests
{
    private const string Folder = "/usr/share/freeradius";

    [Test]
    public void All_of_Debians_freeradius_dictionaries_load_through_their_own_root()
    {
        RadiusDictionary theirs = LoadTheirs();

        TestContext.Out.WriteLine(
            $"{Folder}/dictionary: {theirs.Attributes.Count} attributes, {theirs.Vendors.Count} vendors, {theirs.ValueCount} values.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(theirs.Attributes, Has.Count.GreaterThan(6000));
            Assert.That(theirs.Vendors, Has.Count.GreaterThan(150));
            Assert.That(theirs.TryGet("User-Name", out DictionaryAttribute? userName) && userName.Path.First == 1, Is.True);
        }
    }

    private static RadiusDictionary LoadTheirs()
    {
        if (!File.Exists(Path.Combine(Folder, "dictionary")))
        {
            const string Missing = $"{Folder}/dictionary is missing: install Debian's freeradius-common.";
            if (Environment.GetEnvironmentVariable("KIWIRE_REQUIRE_PEERS") == "1")
            {
                Assert.Fail(Missing);
            }

            Assert.Ignore(Missing);
        }

        return RadiusDictionary.Load(new DictionaryFolder(Folder));
    }
}
