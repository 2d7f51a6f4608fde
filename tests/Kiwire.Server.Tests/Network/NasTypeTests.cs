using System.Text;
using Kiwire.Radius.Dictionaries;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.Network;

/// <summary>accounts.md, Access-Accept: rate and volume attributes by NAS type, from the files that come with the server.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class NasTypeTests
{
    private static readonly NasTypeCatalog Catalog =
        NasTypeLoader.Load(NasTypeLoader.BuiltInFolder, Path.Combine(Path.GetTempPath(), "no such folder"), RadiusDictionary.BuiltIn);

    // 10240 and 2048 Kbps down and up, 1024 and 512 of them guaranteed, 5 GiB and 7 octets left.
    private static readonly AcceptFacts Everything = new()
    {
        DownKbps = 10240,
        UpKbps = 2048,
        MinDownKbps = 1024,
        MinUpKbps = 512,
        VolumeLeftOctets = (5L << 30) + 7,
    };

    // Vendor 14122 = 0x372a; 10 240 000 = 0x9c4000, 2 048 000 = 0x1f4000, 1 024 000 = 0x0fa000, 512 000 = 0x07d000.
    private const string WisprMaxDown = "1a0c 0000372a 08 06 009c4000 ";
    private const string WisprMaxUp = "1a0c 0000372a 07 06 001f4000 ";
    private const string WisprMinDown = "1a0c 0000372a 06 06 000fa000 ";
    private const string WisprMinUp = "1a0c 0000372a 05 06 0007d000 ";

    [TestCase("generic", WisprMaxDown + WisprMaxUp + WisprMinDown + WisprMinUp)]
    [TestCase(
        "mikrotik",
        // Vendor 14988 = 0x3a8c; 8: "2048k/10240k 0/0 0/0 0/0 8 512k/1024k", 37 octets; 17 and 18: low and high half of 5 GiB + 7.
        "1a2d 00003a8c 08 27 323034386b2f31303234306b20302f3020302f3020302f30203820353132 6b2f313032346b "
        + "1a0c 00003a8c 11 06 40000007  1a0c 00003a8c 12 06 00000001")]
    [TestCase(
        "coova",
        // Vendor 14559 = 0x38df; 5 and 4: 10240 and 2048 kbit/s; 3 and 23: low and high half.
        "1a0c 000038df 05 06 00002800  1a0c 000038df 04 06 00000800  1a0c 000038df 03 06 40000007  1a0c 000038df 17 06 00000001")]
    [TestCase("hostapd", "")]
    [TestCase(
        "cisco-wlc",
        // Vendor 14179 = 0x3763; Data average 7 and 13, burst 9 and 15; Real-Time average 8 and 14, burst 10 and 16; kbit/s.
        "1a0c 00003763 07 06 00002800  1a0c 00003763 0d 06 00000800  1a0c 00003763 09 06 00002800  1a0c 00003763 0f 06 00000800 "
        + "1a0c 00003763 08 06 00002800  1a0c 00003763 0e 06 00000800  1a0c 00003763 0a 06 00002800  1a0c 00003763 10 06 00000800")]
    [TestCase("cisco-ios", "")]
    [TestCase("meraki", "")]
    [TestCase("aruba", "")]
    [TestCase("aruba-cx", "")]
    [TestCase("ruckus", WisprMaxDown + WisprMaxUp)]
    [TestCase("unifi", WisprMaxDown + WisprMaxUp)]
    [TestCase(
        "huawei",
        // Vendor 2011 = 0x07db; input 2, 3 from the client, output 5, 6 to it, bit/s; 15: 5 GiB + 7 octets are 5 242 881 started KB.
        "1a0c 000007db 02 06 001f4000  1a0c 000007db 03 06 001f4000  1a0c 000007db 05 06 009c4000  1a0c 000007db 06 06 009c4000 "
        + "1a0c 000007db 0f 06 00500001")]
    [TestCase(
        "h3c",
        // Vendor 25506 = 0x63a2; average 2, peak 1 from the client, average 5, peak 4 to it, bit/s; 15 in KB.
        "1a0c 000063a2 02 06 001f4000  1a0c 000063a2 01 06 001f4000  1a0c 000063a2 05 06 009c4000  1a0c 000063a2 04 06 009c4000 "
        + "1a0c 000063a2 0f 06 00500001")]
    [TestCase("fortinet", "")]
    [TestCase(
        "cambium",
        // Vendor 17713 = 0x4531; 155 = 0x9b and 156 = 0x9c: low and high half.
        WisprMaxDown + WisprMaxUp + "1a0c 00004531 9b 06 40000007  1a0c 00004531 9c 06 00000001")]
    [TestCase(
        "nomadix",
        // Vendor 3309 = 0x0ced; 2 and 1 in kbit/s; 8 and 7: what does not fit is the greatest number.
        "1a0c 00000ced 02 06 00002800  1a0c 00000ced 01 06 00000800  1a0c 00000ced 08 06 ffffffff  1a0c 00000ced 07 06 ffffffff")]
    [TestCase(
        "pfsense",
        // Vendor 13644 = 0x354c; 2 and 1 in bit/s; 3: what does not fit is the greatest number.
        "1a0c 0000354c 02 06 009c4000  1a0c 0000354c 01 06 001f4000  1a0c 0000354c 03 06 ffffffff")]
    [TestCase("tp-link", WisprMaxDown + WisprMaxUp)]
    public void Adds_rates_and_volume_as_the_maker_spells_them(string name, string hex)
    {
        Assert.That(Catalog.TryGet(name, out NasType? type), Is.True);

        Assert.That(Append(type!, Everything), Is.EqualTo(Octets(hex)));
    }

    [Test]
    public void Adds_nothing_that_is_not_set()
    {
        foreach (string name in Catalog.Names)
        {
            _ = Catalog.TryGet(name, out NasType? type);

            Assert.That(Append(type!, default), Is.Empty, name);
        }
    }

    [Test]
    public void Mikrotik_has_rates_alone_where_none_is_guaranteed() =>
        Assert.That(Text("mikrotik", new AcceptFacts { DownKbps = 10240, UpKbps = 2048 }), Is.EqualTo("2048k/10240k"));

    [Test]
    public void Mikrotik_has_0_for_the_direction_without_a_limit() =>
        Assert.That(Text("mikrotik", new AcceptFacts { DownKbps = 512 }), Is.EqualTo("0k/512k"));

    [Test]
    public void A_guaranteed_rate_is_never_over_its_limit() =>
        Assert.That(
            Text("mikrotik", new AcceptFacts { DownKbps = 100, UpKbps = 50, MinDownKbps = 400, MinUpKbps = 40 }),
            Is.EqualTo("50k/100k 0/0 0/0 0/0 8 40k/100k"));

    [Test]
    public void The_high_half_of_a_volume_is_left_out_while_it_is_0()
    {
        _ = Catalog.TryGet("coova", out NasType? coova);

        Assert.That(Append(coova!, new AcceptFacts { VolumeLeftOctets = 1 }), Is.EqualTo(Octets("1a0c 000038df 03 06 00000001")));
    }

    [Test]
    public void A_rate_over_32_bits_is_the_greatest_number()
    {
        _ = Catalog.TryGet("ruckus", out NasType? ruckus);

        Assert.That(Append(ruckus!, new AcceptFacts { DownKbps = int.MaxValue }), Is.EqualTo(Octets("1a0c 0000372a 08 06 ffffffff")));
    }

    [TestCase("chillispot", "coova")]
    [TestCase("cisco", "cisco-wlc")]
    [TestCase("MikroTik", "mikrotik")]
    public void Is_found_by_alias_and_in_any_case(string name, string type)
    {
        Assert.That(Catalog.TryGet(name, out NasType? found), Is.True);
        Assert.That(found!.Name, Is.EqualTo(type));
    }

    [Test]
    public void Every_type_of_the_specification_is_there() =>
        Assert.That(
            Catalog.Names,
            Is.SupersetOf(
            [
                "generic", "mikrotik", "chillispot", "coova", "cisco", "aruba", "ruckus", "unifi", "huawei", "fortinet", "cambium", "hostapd",
            ]));

    [Test]
    public void Appending_allocates_nothing()
    {
        PacketWriter writer = new();
        NasType[] types = [.. Catalog.Names.Select(name => Catalog.TryGet(name, out NasType? type) ? type : null!)];
        AppendAll(writer, types);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            AppendAll(writer, types);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void AppendAll(PacketWriter writer, NasType[] types)
    {
        foreach (NasType type in types)
        {
            writer.Begin(RadiusCode.AccessAccept, 1, default, messageAuthenticator: false);
            type.AppendAcceptAttributes(writer, Everything);
        }
    }

    private static byte[] Append(NasType type, AcceptFacts facts)
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessAccept, 1, default, messageAuthenticator: false);
        type.AppendAcceptAttributes(writer, facts);
        writer.FinishResponse(new SharedSecret("testing123"));
        return writer.Octets[PacketView.HeaderLength..].ToArray();
    }

    // Vendor-Specific, length, vendor, type, length, then the text.
    private static string Text(string name, AcceptFacts facts)
    {
        _ = Catalog.TryGet(name, out NasType? type);
        return Encoding.UTF8.GetString(Append(type!, facts).AsSpan(8));
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
