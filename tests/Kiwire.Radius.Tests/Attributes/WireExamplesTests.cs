using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Radius.Tests.Packets;

namespace Kiwire.Radius.Tests.Attributes;

/// <summary>Attributes as RFC 6929's examples and FreeRADIUS 3.2's clients lay them out.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WireExamplesTests
{
    // RFC 6929, 10: the paths of the examples, the octets, and the values found there.
    private static readonly TestCaseData[] Rfc6929 =
    [
        new(AttributePath.Extended(241, 1), "f1 06 01 626f62", "626f62"),
        new(AttributePath.Extended(241, 2).Member(1), "f1 0b 02 01 04 2345 02 04 6789", "2345"),
        new(AttributePath.Extended(241, 2).Member(2), "f1 0b 02 01 04 2345 02 04 6789", "6789"),
        new(AttributePath.Extended(241, 2).Member(3).Member(1), "f1 12 02 01 04 2345 03 0b 01 04 abcd 02 05 666f6f", "abcd"),
        new(AttributePath.Extended(241, 2).Member(3).Member(2), "f1 12 02 01 04 2345 03 0b 01 04 abcd 02 05 666f6f", "666f6f"),
        new(
            AttributePath.Extended(241, 1).Member(1).Member(2).Member(3).Member(4).Member(5),
            "f1 0f 01 01 0c 02 0a 03 08 04 06 05 04 cdef",
            "cdef"),
        new(AttributePath.ExtendedVendor(241, 1, 4), "f1 0c 1a 00000001 04 74657374", "74657374"),
        new(AttributePath.ExtendedVendor(241, 1, 5).Member(3), "f1 0e 1a 00000001 05 03 06 74657374", "74657374"),
        new(AttributePath.Extended(245, 1), "f5 07 01 00 626f62", "626f62"),
        new(AttributePath.Extended(245, 2).Member(2), "f5 0c 02 00 01 04 2345 02 04 6789", "6789"),
        new(AttributePath.Extended(245, 2).Member(3).Member(2), "f5 13 02 00 01 04 2345 03 0b 01 04 abcd 02 05 666f6f", "666f6f"),
        new(AttributePath.ExtendedVendor(245, 1, 4), "f5 0d 1a 00 00000001 04 74657374", "74657374"),
        new(AttributePath.ExtendedVendor(245, 1, 5).Member(3), "f5 0f 1a 00 00000001 05 03 06 74657374", "74657374"),
    ];

    // What radclient sends for these lines; the same octets are what the keys write.
    private static readonly TestCaseData[] FreeRadius =
    [
        Line("Tunnel-Type:1 = VLAN", AttributePath.Standard(64), Codecs.Tagged(Codecs.Integer), new Tagged<uint>(1, 13), "40 06 0100000d"),
        Line("Tunnel-Private-Group-Id:0 = 20", AttributePath.Standard(81), Codecs.Tagged(Codecs.Text), new Tagged<string>(0, "20"), "51 04 3230"),
        Line("Tunnel-Private-Group-Id:2 = 30", AttributePath.Standard(81), Codecs.Tagged(Codecs.Text), new Tagged<string>(2, "30"), "51 05 02 3330"),
        Line("Framed-Interface-Id", AttributePath.Standard(96), Codecs.InterfaceId, 0x0123456789abcdeful, "60 0a 0123456789abcdef"),
        Line("Event-Timestamp", AttributePath.Standard(55), Codecs.Date, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "37 06 6955b900"),
        Line("MIP6-Feature-Vector", AttributePath.Standard(124), Codecs.Integer64, 4294967297ul, "7c 0a 0000000100000001"),
        Line("Mikrotik-Rate-Limit", AttributePath.OfVendor(14988, 8), Codecs.Text, "10M/10M", "1a 0f 00003a8c 08 09 31304d2f31304d"),
        Line("USR-Last-Number-Dialed-Out", new AttributePath(429, 4, 0, false, 0x66, []), Codecs.Text, "77", "1a 0c 000001ad 00000066 3737"),
        Line("Lucent-Max-Shared-Users", new AttributePath(4846, 2, 1, false, 2, []), Codecs.Integer, 7u, "1a 0d 000012ee 0002 07 00000007"),
        Line("SN-VPN-Name", new AttributePath(8164, 2, 2, false, 2, []), Codecs.Text, "vpn", "1a 0d 00001fe4 0002 0007 76706e"),
        Line("WiMAX-DHCPv4-Server", new AttributePath(24757, 1, 1, true, 8, []), Codecs.ComboIp, System.Net.IPAddress.Parse("1.2.3.4"), "1a 0d 000060b5 08 07 00 01020304"),
        Line("Frag-Status", AttributePath.Extended(241, 1), Codecs.Integer, 1u, "f1 07 01 00000001"),
        Line("IP-Port-Limit", AttributePath.Extended(241, 5).Member(2), Codecs.Integer, 5u, "f1 09 05 02 06 00000005"),
    ];

    [TestCaseSource(nameof(Rfc6929))]
    public void Finds_the_value_of_an_example_of_RFC_6929(AttributePath path, string attribute, string value)
    {
        IReadOnlyList<byte[]> values = Parse(attribute).GetAll(new AttributeKey<byte[]>("Example", path, Codecs.Octets));

        Assert.That(values.Select(Convert.ToHexStringLower), Is.EqualTo(new[] { value }));
    }

    [TestCaseSource(nameof(FreeRadius))]
    public void Reads_and_writes_what_radclient_sends(Action<string> check, string attribute) => check(attribute);

    // radclient puts both members into one attribute.
    [Test]
    public void Finds_members_that_share_one_WiMAX_attribute()
    {
        AttributePath capability = new(24757, 1, 1, true, 1, []);
        PacketView packet = Parse("1a 11 000060b5 01 0b 00 01 05 312e30 02 03 01");

        bool release = packet.TryGet(new AttributeKey<string>("WiMAX-Release", capability.Member(1), Codecs.Text), out string? text);
        bool accounting = packet.TryGet(new AttributeKey<byte>("WiMAX-Accounting-Capabilities", capability.Member(2), Codecs.Byte), out byte number);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(release, Is.True);
            Assert.That(text, Is.EqualTo("1.0"));
            Assert.That(accounting, Is.True);
            Assert.That(number, Is.EqualTo(1));
        }
    }

    // radclient sends all 16 octets of a prefix; RFC 3162, 2.3 wants only those that it needs.
    [Test]
    public void Reads_a_prefix_with_all_its_octets()
    {
        AttributeKey<System.Net.IPNetwork> key = new("Framed-IPv6-Prefix", AttributePath.Standard(97), Codecs.IPv6Prefix);

        bool found = Parse("61 14 0021 20010db8000000000000000000000000").TryGet(key, out System.Net.IPNetwork prefix);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.True);
            Assert.That(prefix, Is.EqualTo(System.Net.IPNetwork.Parse("2001:db8::/33")));
        }
    }

    // FreeRADIUS's answer to the request of RFC 2865, 7.1 with one attribute of each kind of hiding that answers have.
    [Test]
    public void Reveals_what_FreeRADIUS_hides_in_an_answer()
    {
        byte[] answer = Hex.Octets("""
            02 00 006b 2c854b2ba5932790491719799d3e8fc7
            45 15 01 8750 c2cfed280952f7be2af9e0191dbb97c9
            1a 2a 00000137 10 24 8e34 1bd8006410f8fbd0bda8f889763e3553943ff69a6a721ea9678bb8577c61f413
            1a 18 00000211 d6 12 c2bb8c9765fe25d0bd9e698656379dcf
            """);
        byte[] authenticator = RfcExamples.TelnetRequest[4..20];
        SharedSecret secret = new(RfcExamples.Secret);
        AttributeContext context = new(secret, authenticator);
        AttributeKey<Tagged<string>> tunnel = new(
            "Tunnel-Password", AttributePath.Standard(69), Codecs.Tagged(Codecs.Hidden(HiddenAs.TunnelPassword, Codecs.Text)));
        AttributeKey<byte[]> sendKey = new("MS-MPPE-Send-Key", AttributePath.OfVendor(311, 16), Codecs.Hidden(HiddenAs.TunnelPassword));
        AttributeKey<string> ascend = new(
            "Ascend-Send-Secret", AttributePath.OfVendor(529, 214), Codecs.Hidden(HiddenAs.Ascend, Codecs.Text));

        Assert.That(PacketView.TryParse(answer, out PacketView packet, out _), Is.True);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(packet.HasValidResponseAuthenticator(authenticator, secret), Is.True);
            Assert.That(packet.TryGet(tunnel, context, out Tagged<string> password) ? password : default, Is.EqualTo(new Tagged<string>(1, "tunnelsecret")));
            Assert.That(packet.TryGet(sendKey, context, out byte[]? key) ? key : [], Is.EqualTo(Hex.Octets("000102030405060708090a0b0c0d0e0f")));
            Assert.That(packet.TryGet(ascend, context, out string? text) ? text : null, Is.EqualTo("ascend"));
        }
    }

    private static TestCaseData Line<T>(string line, AttributePath path, AttributeCodec<T> codec, T value, string attribute)
    {
        AttributeKey<T> key = new(line, path, codec);
        return new TestCaseData(
            (string drawn) =>
            {
                PacketWriter writer = new();
                writer.Begin(RadiusCode.AccessRequest, 1, new byte[16], messageAuthenticator: false);
                writer.Append(key, value);
                bool found = Parse(drawn).TryGet(key, out T? read);

                using (Assert.EnterMultipleScope())
                {
                    Assert.That(writer.Octets[20..].ToArray(), Is.EqualTo(Hex.Octets(drawn)));
                    Assert.That(found, Is.True);
                    Assert.That(read, Is.EqualTo(value));
                }
            },
            attribute) { TestName = line };
    }

    private static PacketView Parse(string attributes)
    {
        byte[] octets = [.. new byte[20], .. Hex.Octets(attributes)];
        octets[3] = (byte)octets.Length;
        Assert.That(PacketView.TryParse(octets, out PacketView packet, out PacketFault fault), Is.True, fault.ToString());
        return packet;
    }
}
