using System.Net;
using Kiwire.Server.Network;
using static Kiwire.Server.Tests.Network.NetworkSamples;

namespace Kiwire.Server.Tests.Network;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class NasDirectoryTests
{
    private readonly NasDirectory _directory = new();

    [Test]
    public void Finds_nothing_while_it_is_empty() =>
        Assert.That(_directory.TryFind(Bits("10.1.2.3"), out _), Is.False);

    [TestCase("10.1.2.3", 1, Description = "exact address")]
    [TestCase("10.1.2.4", 2, Description = "/30")]
    [TestCase("10.1.9.9", 3, Description = "/16")]
    [TestCase("10.9.9.9", 4, Description = "/8")]
    [TestCase("192.0.2.1", 5, Description = "0.0.0.0/0")]
    [TestCase("2001:db8::7", 6, Description = "exact IPv6 address")]
    [TestCase("2001:db8::8", 7, Description = "/64")]
    [TestCase("2001:db8:0:1::8", 8, Description = "/32")]
    public void Prefers_the_exact_address_and_then_the_longest_prefix(string source, long nasId)
    {
        _directory.Replace(
        [
            Entry(5, "0.0.0.0/0"), Entry(4, "10.0.0.0/8"), Entry(3, "10.1.0.0/16"), Entry(2, "10.1.2.4/30"), Entry(1, "10.1.2.3/32"),
            Entry(8, "2001:db8::/32"), Entry(7, "2001:db8::/64"), Entry(6, "2001:db8::7/128"),
        ]);

        bool found = _directory.TryFind(Bits(source), out NasCandidates candidates);

        Assert.That(found, Is.True);
        Assert.That(Ids(candidates), Is.EqualTo([nasId]));
    }

    [TestCase("10.2.0.0")]
    [TestCase("10.0.255.255")]
    [TestCase("2001:db8:1::")]
    public void Does_not_find_an_address_just_outside_a_prefix(string source)
    {
        _directory.Replace([Entry(1, "10.1.0.0/16"), Entry(2, "2001:db8::/48")]);

        Assert.That(_directory.TryFind(Bits(source), out _), Is.False);
    }

    [Test]
    public void An_IPv6_prefix_never_takes_an_IPv4_source()
    {
        _directory.Replace([Entry(1, "::/0")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.TryFind(Bits("10.1.2.3"), out _), Is.False);
            Assert.That(_directory.TryFind(Bits("2001:db8::1"), out _), Is.True);
        }
    }

    [Test]
    public void An_IPv4_prefix_never_takes_an_IPv6_source()
    {
        _directory.Replace([Entry(1, "0.0.0.0/0")]);

        Assert.That(_directory.TryFind(Bits("2001:db8::1"), out _), Is.False);
    }

    [Test]
    public void Offers_all_entries_that_share_one_address_whatever_their_tenant()
    {
        _directory.Replace([Entry(3, "198.51.100.1/32", tenantId: 2), Entry(2, "198.51.100.1/32"), Entry(1, "198.51.100.1/32"), Entry(9, "198.51.100.0/24")]);

        bool found = _directory.TryFind(Bits("198.51.100.1"), out NasCandidates candidates);

        Assert.That(found, Is.True);
        Assert.That(Ids(candidates), Is.EqualTo(new long[] { 1, 2, 3 }));
    }

    [Test]
    public void Offers_all_entries_that_share_one_prefix()
    {
        _directory.Replace([Entry(1, "198.51.100.0/24"), Entry(2, "198.51.100.0/24")]);

        bool found = _directory.TryFind(Bits("198.51.100.77"), out NasCandidates candidates);

        Assert.That(found, Is.True);
        Assert.That(candidates.Count, Is.EqualTo(2));
    }

    [Test]
    public void A_replacement_is_seen_by_the_next_lookup()
    {
        _directory.Replace([Entry(1, "10.0.0.1/32")]);

        _directory.Replace([Entry(2, "10.0.0.2/32")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.TryFind(Bits("10.0.0.1"), out _), Is.False);
            Assert.That(_directory.TryFind(Bits("10.0.0.2"), out _), Is.True);
            Assert.That(_directory.TryGet(1, 2, out _), Is.True);
            Assert.That(_directory.TryGet(1, 1, out _), Is.False);
        }
    }

    [Test]
    public void Finds_by_identity_without_regard_to_case_within_the_tenant()
    {
        _directory.Replace([Entry(1, "10.0.0.1/32", identity: "Lobby-AP"), Entry(2, "10.0.0.2/32", tenantId: 2, identity: "Pool-AP")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.TryGetByIdentity(1, "lobby-ap", out _), Is.True);
            Assert.That(_directory.TryGetByIdentity(1, "pool-ap", out _), Is.False);
        }
    }

    [Test]
    public void Agrees_with_a_linear_search_over_random_entries()
    {
        const int seed = 20240709;
        Random random = new(seed);
        NasEntry[] entries = [.. Enumerable.Range(1, 400).Select(id => Entry(id, RandomPrefix(random)))];
        _directory.Replace(entries);

        for (int i = 0; i < 4000; i++)
        {
            IPAddress source = RandomAddress(random);
            int longest = entries.Where(entry => entry.Address.Contains(source)).Select(entry => entry.Address.PrefixLength).DefaultIfEmpty(-1).Max();
            long[] expected = [.. entries.Where(entry => entry.Address.PrefixLength == longest && entry.Address.Contains(source)).Select(entry => entry.NasId)];

            _ = _directory.TryFind(NasIndex.ToBits(source), out NasCandidates candidates);

            Assert.That(Ids(candidates), Is.EqualTo(expected), $"seed {seed}, {source}");
        }
    }

    [Test]
    public void A_lookup_allocates_nothing()
    {
        _directory.Replace([Entry(1, "10.0.0.1/32"), Entry(2, "10.0.0.0/8")]);
        UInt128 source = Bits("10.0.0.1"), other = Bits("10.7.7.7"), unknown = Bits("192.0.2.1");
        _ = _directory.TryFind(source, out _);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = _directory.TryFind(source, out _);
            _ = _directory.TryFind(other, out _);
            _ = _directory.TryFind(unknown, out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static string RandomPrefix(Random random)
    {
        int bits = random.Next(20, 33);
        uint address = RandomBits(random) & (uint)(0xFFFFFFFFUL << (32 - bits));
        return $"{ToAddress(address)}/{bits}";
    }

    private static IPAddress RandomAddress(Random random) => ToAddress(RandomBits(random));

    // 10.0.0.0/18, so that many prefixes overlap and many addresses hit one.
    private static uint RandomBits(Random random) => 0x0A000000 | (uint)random.Next(0, 1 << 14);

    private static IPAddress ToAddress(uint bits) => new([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);

    private static long[] Ids(NasCandidates candidates) => [.. Enumerable.Range(0, candidates.Count).Select(i => candidates[i].NasId)];
}
