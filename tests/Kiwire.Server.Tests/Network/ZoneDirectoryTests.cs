using System.Text;
using Kiwire.Server.Network;
using static Kiwire.Server.Tests.Network.NetworkSamples;

namespace Kiwire.Server.Tests.Network;

/// <summary>accounts.md, Zone: members, allownas, names without regard to case.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class ZoneDirectoryTests
{
    private readonly NasDirectory _nases = new();
    private readonly ZoneDirectory _zones;
    private long _zoneId;

    public ZoneDirectoryTests()
    {
        _nases.Replace(
        [
            NetworkSamples.Entry(1, "192.0.2.1/32", identity: "Lobby-AP", location: "Main Hall"),
            NetworkSamples.Entry(2, "10.0.0.0/8", identity: "Campus"),
            NetworkSamples.Entry(3, "192.0.2.9/32", tenantId: 2, identity: "Foreign"),
        ]);
        _zones = new ZoneDirectory(_nases);
        _zones.Replace(
        [
            Zone("By-Identity", ZoneMemberKind.NasIdentity, "LOBBY-ap"),
            Zone("By-Location", ZoneMemberKind.NasLocation, "main HALL"),
            Zone("By-Ssid", ZoneMemberKind.Ssid, "Gäste-WLAN"),
            Zone("By-Prefix", ZoneMemberKind.NasIpPrefix, "198.51.100.0/24"),
            Zone("By-IPv6", ZoneMemberKind.NasIpPrefix, "2001:db8::/32"),
            Zone("By-Equipment", ZoneMemberKind.NasIdentity, "ap-17"),
            Zone("Foreign-Zone", ZoneMemberKind.NasIdentity, "Lobby-AP", tenantId: 2),
        ]);
    }

    [Test]
    public void No_restriction_admits_from_anywhere() => Assert.That(_zones.Admits(null, Entry(1), [], [], 0, 0), Is.True);

    [Test]
    public void A_restriction_to_nothing_known_admits_from_nowhere() => Assert.That(Admits("gone"), Is.False);

    [TestCase("lobby-ap", true, Description = "allownas may name a NAS identity")]
    [TestCase("by-identity", true)]
    [TestCase("by-location", true)]
    [TestCase("by-ssid", false)]
    [TestCase("by-prefix", false)]
    [TestCase("by-equipment", false)]
    [TestCase("foreign-zone", false, Description = "another tenant's zone of that name is none")]
    public void A_nas_is_known_by_identity_and_location(string name, bool admits) => Assert.That(Admits(name), Is.EqualTo(admits));

    [Test]
    public void Any_one_that_matches_admits() =>
        Assert.That(_zones.Admits(["by-ssid", "by-location", "gone"], Entry(1), [], [], Bits("192.0.2.1"), 0), Is.True);

    [TestCase("AA-BB-CC-DD-EE-FF:Gäste-WLAN", true)]
    [TestCase("AA-BB-CC-DD-EE-FF:GÄSTE-wlan", true)]
    [TestCase("aa:bb:cc:dd:ee:ff:gäste-wlan", true)]
    [TestCase("AA-BB-CC-DD-EE-FF:Gäste-WLAN-5", false)]
    [TestCase("AA-BB-CC-DD-EE-FF:other", false)]
    [TestCase("AA-BB-CC-DD-EE-FF:", false)]
    [TestCase("Gäste-WLAN", false, Description = "nothing stands after a ':'")]
    [TestCase("", false)]
    public void An_SSID_is_what_stands_after_the_last_colon(string calledStationId, bool admits) =>
        Assert.That(_zones.Admits(["by-ssid"], Entry(1), Encoding.UTF8.GetBytes(calledStationId), [], 0, 0), Is.EqualTo(admits));

    [Test]
    public void The_end_of_a_MAC_address_is_no_SSID()
    {
        _zones.Replace([Zone("z", ZoneMemberKind.Ssid, "ff")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zones.Admits(["z"], Entry(1), "aa:bb:cc:dd:ee:ff"u8, [], 0, 0), Is.False);
            Assert.That(_zones.Admits(["z"], Entry(1), "aa:bb:cc:dd:ee:ff:ff"u8, [], 0, 0), Is.True);
        }
    }

    [TestCase("198.51.100.7", null, "by-prefix", true)]
    [TestCase("198.51.101.7", null, "by-prefix", false)]
    [TestCase("203.0.113.1", "198.51.100.7", "by-prefix", true, Description = "behind NAT: NAS-IP-Address")]
    [TestCase("203.0.113.1", "198.51.101.7", "by-prefix", false)]
    [TestCase("2001:db8:1::7", null, "by-ipv6", true)]
    [TestCase("2001:db9::7", null, "by-ipv6", false)]
    [TestCase("198.51.100.7", null, "by-ipv6", false)]
    public void A_prefix_holds_the_source_or_the_NAS_IP_address(string source, string? nasIp, string name, bool admits) =>
        Assert.That(_zones.Admits([name], Entry(1), [], [], Bits(source), nasIp is null ? 0 : Bits(nasIp)), Is.EqualTo(admits));

    [Test]
    public void NAS_Identifier_tells_the_equipment_apart_that_shares_a_prefix_entry()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_zones.Admits(["by-equipment"], Entry(2), [], "AP-17"u8, 0, 0), Is.True);
            Assert.That(_zones.Admits(["by-equipment"], Entry(2), [], "AP-18"u8, 0, 0), Is.False);
            Assert.That(_zones.Admits(["by-equipment"], Entry(1), [], "AP-17"u8, 0, 0), Is.False, "an entry of one address is known by its own identity");
        }
    }

    [TestCase("none")]
    [TestCase(" None ")]
    [TestCase("")]
    public void None_is_no_restriction(string allowNas)
    {
        Assert.That(_zones.TryResolve(1, allowNas, out string[]? names, out _), Is.True);
        Assert.That(names, Is.Null);
        Assert.That(ZoneDirectory.Parse(allowNas), Is.Null);
    }

    [Test]
    public void Names_of_zones_and_NAS_identities_are_folded()
    {
        Assert.That(_zones.TryResolve(1, "BY-ssid, lobby-AP,,By-SSID", out string[]? names, out _), Is.True);
        Assert.That(names, Is.EqualTo(["by-ssid", "lobby-ap"]));
        Assert.That(ZoneDirectory.Parse("BY-ssid, lobby-AP,,By-SSID"), Is.EqualTo(names));
    }

    [TestCase("by-ssid,Nowhere", "Nowhere")]
    [TestCase("Foreign", "Foreign", Description = "another tenant's NAS")]
    [TestCase("foreign-zone", "foreign-zone")]
    public void A_name_that_is_neither_is_refused(string allowNas, string unknown)
    {
        Assert.That(_zones.TryResolve(1, allowNas, out _, out string? error), Is.False);
        Assert.That(
            error, Is.EqualTo($"names '{unknown}', which is neither a zone nor a NAS identity; it must be 'none' or a comma-separated list of those."));
    }

    [Test]
    public void Matching_allocates_nothing()
    {
        string[] names = ["by-prefix", "by-identity", "by-equipment", "by-ssid"];
        NasEntry nas = Entry(2);
        byte[] called = Encoding.UTF8.GetBytes("AA-BB-CC-DD-EE-FF:GÄSTE-wlan");
        UInt128 source = Bits("10.1.2.3");
        _ = _zones.Admits(names, nas, called, "x"u8, source, 0);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            _ = _zones.Admits(names, nas, called, "x"u8, source, 0);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private bool Admits(string name) => _zones.Admits([name], Entry(1), [], [], Bits("192.0.2.1"), 0);

    private NasEntry Entry(long id)
    {
        _ = _nases.TryGet(1, id, out NasEntry? entry);
        return entry!;
    }

    private Zone Zone(string name, ZoneMemberKind kind, string value, long tenantId = 1) =>
        new() { TenantId = tenantId, ZoneId = ++_zoneId, Name = name, Members = [new ZoneMember(kind, value)] };
}
