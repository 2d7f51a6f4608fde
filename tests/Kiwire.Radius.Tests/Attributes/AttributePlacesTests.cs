using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using Kiwire.Radius.Tests.Packets;

namespace Kiwire.Radius.Tests.Attributes;

/// <summary>Every form in which an attribute can lie in a packet: written as the RFC draws it, read back, and refused when broken.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AttributePlacesTests
{
    private static readonly AttributePath[] Paths =
    [
        AttributePath.Standard(1),
        AttributePath.Standard(26).Member(7) with { First = 200 },
        AttributePath.OfVendor(14988, 8),
        AttributePath.OfVendor(14988, 8).Member(1),
        AttributePath.OfVendor(14988, 8).Member(1).Member(2).Member(3),
        new(429, 4, 0, false, 0x9801, []),
        new(4846, 2, 1, false, 0x0102, []),
        new(8164, 2, 2, false, 0x0203, []),
        new(1584, 4, 2, false, 70000, []),
        new(637, 1, 2, false, 9, []),
        new(638, 1, 0, false, 9, []),
        new(639, 2, 0, false, 9, [4]),
        new(24757, 1, 1, true, 1, []),
        new(24757, 1, 1, true, 1, [2]),
        AttributePath.Extended(241, 1),
        AttributePath.Extended(244, 255).Member(3).Member(4),
        AttributePath.Extended(245, 7),
        AttributePath.Extended(246, 7).Member(9),
        AttributePath.ExtendedVendor(241, 11344, 5),
        AttributePath.ExtendedVendor(246, 11344, 5),
        AttributePath.ExtendedVendor(245, 11344, 5).Member(6),
    ];

    private static readonly TestCaseData[] Drawings =
    [
        // RFC 2865, 5.26
        new(AttributePath.OfVendor(9, 1), "abcd", "1a 0a 00000009 01 04 abcd"),
        // format=4,0
        new(new AttributePath(429, 4, 0, false, 0x9801, []), "abcd", "1a 0c 000001ad 00009801 abcd"),
        // format=2,1
        new(new AttributePath(4846, 2, 1, false, 258, []), "abcd", "1a 0b 000012ee 0102 05 abcd"),
        // format=2,2
        new(new AttributePath(8164, 2, 2, false, 515, []), "abcd", "1a 0c 00001fe4 0203 0006 abcd"),
        // format=1,1,c
        new(new AttributePath(24757, 1, 1, true, 1, []), "abcd", "1a 0b 000060b5 01 05 00 abcd"),
        new(AttributePath.OfVendor(9, 1).Member(2).Member(3), "abcd", "1a 0e 00000009 01 08 02 06 03 04 abcd"),
        // RFC 6929, 2.1, 2.2, 2.3 and 2.4
        new(AttributePath.Extended(241, 1), "abcd", "f1 05 01 abcd"),
        new(AttributePath.Extended(241, 1).Member(2), "abcd", "f1 07 01 02 04 abcd"),
        new(AttributePath.Extended(245, 1), "abcd", "f5 06 01 00 abcd"),
        new(AttributePath.ExtendedVendor(241, 9, 5), "abcd", "f1 0a 1a 00000009 05 abcd"),
        new(AttributePath.ExtendedVendor(246, 9, 5), "abcd", "f6 0b 1a 00 00000009 05 abcd"),
    ];

    [TestCaseSource(nameof(Drawings))]
    public void Is_written_as_it_is_drawn(AttributePath path, string value, string drawn)
    {
        PacketWriter writer = Begin();

        writer.Append(Key(path), Hex.Octets(value));

        Assert.That(writer.Octets[20..].ToArray(), Is.EqualTo(Hex.Octets(drawn)));
    }

    [TestCaseSource(nameof(Paths))]
    public void Comes_back_as_it_was_written(AttributePath path)
    {
        Random random = new(6929);
        AttributeKey<byte[]> key = Key(path);
        for (int length = 1; length <= 300; length++)
        {
            byte[] first = Random(random, length);
            byte[] second = Random(random, random.Next(1, 30));
            PacketWriter writer = Begin();
            writer.Append(1, "before"u8);
            try
            {
                writer.Append(key, first);
            }
            catch (ArgumentException)
            {
                Assert.That(length, Is.GreaterThan(200));
                break;
            }

            writer.Append(25, "between"u8);
            writer.Append(key, second);
            PacketView packet = Finish(writer);

            byte[][] all = [.. packet.GetAll(key).Where(static value => !value.AsSpan().SequenceEqual("before"u8))];
            Assert.That(all, Is.EqualTo(new[] { first, second }), $"{path}, {length} octets");
        }
    }

    [TestCaseSource(nameof(Paths))]
    public void Holds_exactly_as_much_as_it_says(AttributePath path)
    {
        AttributeKey<byte[]> key = Key(path);
        int most = 0;
        for (int length = 1; length <= 300; length++)
        {
            PacketWriter writer = Begin();
            try
            {
                writer.Append(key, new byte[length]);
                most = length;
                Assert.That(key.CanHold(length), Is.True);
            }
            catch (ArgumentException)
            {
                Assert.That(key.CanHold(length), Is.False);
                Assert.That(writer.Length, Is.EqualTo(20), "nothing is left behind by a refusal");
            }

            Assert.That(PacketView.TryParse(FinishedOctets(writer), out _, out PacketFault fault), Is.True, $"{length} octets: {fault}");
        }

        bool spreads = (path.Continuation || path is { Vendor: 0, First: >= 245 }) && path.Rest.Count - path.Outermost == 0;
        Assert.That(most, spreads ? Is.EqualTo(300) : Is.InRange(235, 253));
    }

    [TestCaseSource(nameof(Paths))]
    public void Survives_every_octet_changed_and_every_end_cut(AttributePath path)
    {
        AttributeKey<byte[]> key = Key(path);
        PacketWriter writer = Begin();
        writer.Append(key, new byte[30]);
        writer.Append(key, [1, 2, 3]);
        byte[] whole = FinishedOctets(writer);
        for (int i = 20; i < whole.Length; i++)
        {
            for (int change = 1; change < 256; change++)
            {
                byte[] changed = [.. whole];
                changed[i] ^= (byte)change;
                if (PacketView.TryParse(changed, out PacketView packet, out _))
                {
                    Assert.That(packet.GetAll(key).Sum(static value => value.Length), Is.LessThan(whole.Length));
                }
            }

            byte[] cut = whole[..i];
            cut[3] = (byte)i;
            if (PacketView.TryParse(cut, out PacketView shorter, out _))
            {
                Assert.That(shorter.GetAll(key), Has.Count.LessThan(2));
            }
        }
    }

    [Test]
    public void Random_contents_are_read_or_passed_over()
    {
        const int Seed = 26;
        Random random = new(Seed);
        byte[] outermost = [26, 200, 241, 244, 245, 246];
        int found = 0;
        for (int round = 0; round < 30_000; round++)
        {
            AttributePath path = Paths[random.Next(Paths.Length)];
            PacketWriter writer = Begin();
            for (int i = 0; i < 4; i++)
            {
                byte[] value = Random(random, random.Next(0, 24));
                for (int at = 0; at < value.Length; at++)
                {
                    value[at] = (byte)(random.Next(4) == 0 ? value[at] : value[at] & 7);
                }

                byte type = outermost[random.Next(outermost.Length)];
                if (type == 26 && value.Length >= 4 && path.Vendor != 0)
                {
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(value, path.Vendor);
                }

                writer.Append(type, value);
            }

            found += Finish(writer).GetAll(Key(path)).Count;
        }

        Assert.That(found, Is.GreaterThan(100), "the test reaches what it is for");
    }

    [Test]
    public void Several_sub_attributes_in_one_attribute_26_are_all_found()
    {
        PacketView packet = Parse("1a 0f 00003a8c 08 03 61 09 03 62 08 03 63");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(packet.GetAll(Key(AttributePath.OfVendor(14988, 8)))), Is.EqualTo(new[] { "61", "63" }));
            Assert.That(Text(packet.GetAll(Key(AttributePath.OfVendor(14988, 9)))), Is.EqualTo(new[] { "62" }));
            Assert.That(packet.GetAll(Key(AttributePath.OfVendor(14989, 9))), Is.Empty);
        }
    }

    // RFC 2865, 5.26: what does not parse is opaque; FreeRADIUS takes none of it either.
    [TestCase("1a 0e 00003a8c 08 03 61 08 04 62", Description = "the second reaches past the end")]
    [TestCase("1a 0a 00003a8c 08 03 61 08", Description = "the second has no length")]
    [TestCase("1a 0b 00003a8c 08 03 61 08 01", Description = "the second's length is 1")]
    [TestCase("1a 06 00003a8c", Description = "nothing after the vendor")]
    [TestCase("1a 05 003a8c", Description = "no whole vendor")]
    [TestCase("1a 02", Description = "nothing")]
    public void A_vendors_attribute_that_is_not_whole_sub_attributes_is_passed_over(string attribute)
    {
        byte[] octets = Hex.Octets(attribute);
        octets[1] = (byte)octets.Length;
        PacketView packet = Parse(Convert.ToHexString(octets) + "1a 09 00003a8c 08 03 64");

        Assert.That(Text(packet.GetAll(Key(AttributePath.OfVendor(14988, 8)))), Is.EqualTo(new[] { "64" }));
    }

    [Test]
    public void A_value_that_is_not_of_the_type_is_passed_over_for_one_that_is()
    {
        AttributeKey<uint> key = new("Session-Timeout", AttributePath.Standard(27), Codecs.Integer);
        PacketView packet = Parse("1b 05 000001 1b 06 00000e10 1b 06 00000001");

        bool found = packet.TryGet(key, out uint seconds);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.True);
            Assert.That(seconds, Is.EqualTo(3600));
            Assert.That(packet.GetAll(key), Is.EqualTo(new uint[] { 3600, 1 }));
            Assert.That(Parse("1b 05 000001").TryGet(key, out _), Is.False);
        }
    }

    // RFC 6929, 2.2
    [Test]
    public void A_long_value_lies_in_full_pieces_and_a_rest()
    {
        PacketWriter writer = Begin();

        writer.Append(Key(AttributePath.Extended(245, 7)), new byte[251 + 251 + 4]);

        byte[] octets = writer.Octets.ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(octets, Has.Length.EqualTo(20 + 255 + 255 + 8));
            Assert.That(octets[20..24], Is.EqualTo(Hex.Octets("f5 ff 07 80")));
            Assert.That(octets[275..279], Is.EqualTo(Hex.Octets("f5 ff 07 80")));
            Assert.That(octets[530..534], Is.EqualTo(Hex.Octets("f5 08 07 00")));
        }
    }

    // RFC 6929, 2.2: only a full attribute may go on, and its next piece must follow at once.
    [Test]
    public void A_value_whose_pieces_do_not_follow_each_other_is_passed_over()
    {
        AttributeKey<byte[]> key = Key(AttributePath.Extended(245, 7));
        string full = "f5 ff 07 80" + new string('0', 2 * 251);
        const string Rest = "f5 05 07 00 61";
        const string Alone = "f5 05 07 00 62";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Parse(full + Rest).GetAll(key).Single(), Has.Length.EqualTo(252));
            Assert.That(Parse(full).GetAll(key), Is.Empty, "no next piece");
            Assert.That(Text(Parse(full + "0103 61" + Rest).GetAll(key)), Is.EqualTo(new[] { "61" }), "another attribute between");
            Assert.That(Text(Parse("f5 05 07 80 61" + Rest + Alone).GetAll(key)), Is.EqualTo(new[] { "62" }), "a short piece goes on");
            Assert.That(Parse("f5 04 07 00").GetAll(key), Is.Empty, "no value");
            Assert.That(Parse("f5 03 07").GetAll(key), Is.Empty, "no flags");
        }
    }

    [Test]
    public void A_WiMAX_value_in_pieces_is_joined_and_a_broken_one_passed_over()
    {
        AttributeKey<byte[]> key = Key(new AttributePath(24757, 1, 1, true, 1, []));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Text(Parse("1a 0a 000060b5 01 04 80 61 1a 0a 000060b5 01 04 00 62").GetAll(key)), Is.EqualTo(new[] { "6162" }));
            Assert.That(Text(Parse("1a 0e 000060b5 01 04 80 61 01 04 00 62").GetAll(key)), Is.EqualTo(new[] { "6162" }));
            Assert.That(Parse("1a 0a 000060b5 01 04 80 61").GetAll(key), Is.Empty);
            Assert.That(
                Text(Parse("1a 0a 000060b5 01 04 80 61 0103 61 1a 0a 000060b5 01 04 00 62").GetAll(key)), Is.EqualTo(new[] { "62" }));
        }
    }

    [TestCase(1)]
    [TestCase(253)]
    [TestCase(254)]
    [TestCase(3000)]
    public void A_concatenated_value_is_spread_and_joined(int length)
    {
        AttributeKey<byte[]> plain = new("EAP-Message", AttributePath.Standard(79), Codecs.Octets, Concat: true);
        AttributeKey<byte[]> vendor = new("Vendor-Long", AttributePath.OfVendor(9, 1), Codecs.Octets, Concat: true);
        byte[] value = Random(new Random(79), length);
        foreach (AttributeKey<byte[]> key in new[] { plain, vendor })
        {
            PacketWriter writer = Begin();
            writer.Append(1, "nemo"u8);

            writer.Append(key, value);
            PacketView packet = Finish(writer);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(packet.TryGet(key, out byte[]? joined), Is.True);
                Assert.That(joined, Is.EqualTo(value));
                Assert.That(packet.GetAll(key), Has.Count.EqualTo(1));
                Assert.That(packet.GetAllOctets(key), Has.Count.EqualTo(1));
            }
        }

        Assert.That(Finish(Begin()).TryGet(plain, out _), Is.False);
    }

    [Test]
    public void A_value_in_pieces_that_does_not_fit_leaves_nothing_behind()
    {
        foreach (AttributePath path in new[] { AttributePath.Extended(245, 7), new(24757, 1, 1, true, 1, []), AttributePath.Standard(79) })
        {
            PacketWriter writer = new(400);
            writer.Begin(RadiusCode.AccessAccept, 1, new byte[16], messageAuthenticator: false);

            writer.Append(Key(path) with { Concat = true }, new byte[500]);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(writer.Overflowed, Is.True);
                Assert.That(writer.Length, Is.EqualTo(20), path.ToString());
            }
        }
    }

    // RFC 2865, 5: a value of length zero is not sent.
    [Test]
    public void An_empty_value_is_left_out()
    {
        PacketWriter writer = Begin();

        writer.Append(new AttributeKey<string>("Reply-Message", AttributePath.Standard(18), Codecs.Text), string.Empty);

        Assert.That(writer.Length, Is.EqualTo(20));
    }

    [Test]
    public void A_number_that_the_form_cannot_hold_is_refused_before_anything_is_written()
    {
        PacketWriter writer = Begin();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => writer.Append(Key(new AttributePath(0, 1, 1, false, 300, [])), [1]), Throws.ArgumentException);
            Assert.That(() => writer.Append(Key(new AttributePath(9, 1, 1, false, 300, [])), [1]), Throws.ArgumentException);
            Assert.That(() => writer.Append(Key(new AttributePath(9, 2, 2, false, 70000, [])), [1]), Throws.ArgumentException);
            Assert.That(() => writer.Append(Key(new AttributePath(9, 1, 1, false, 1, [300])), [1]), Throws.ArgumentException);
            Assert.That(writer.Length, Is.EqualTo(20));
        }
    }

    [Test]
    public void Hidden_attributes_are_read_from_a_packet_that_is_kept()
    {
        AttributeKey<string> key = new("User-Password", AttributePath.Standard(2), Codecs.Hidden(HiddenAs.UserPassword, Codecs.Text));
        _ = RadiusPacket.TryParse(RfcExamples.TelnetRequest, out RadiusPacket? packet, out _);
        AttributeContext context = new(new SharedSecret(RfcExamples.Secret), packet!.View.Authenticator);

        bool found = packet.TryGet(key, context, out string? password);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.True);
            Assert.That(password, Is.EqualTo("arctangent"));
            Assert.That(packet.TryGet(key, out _), Is.False);
            Assert.That(packet.GetAll(key, context), Is.EqualTo(new[] { "arctangent" }));
        }
    }

    [Test]
    public void Octets_that_are_ready_are_placed_like_values()
    {
        AttributeKey key = new AttributeKey<uint>("Some-Number", AttributePath.OfVendor(9, 1), Codecs.Integer);
        PacketWriter writer = Begin();

        writer.AppendOctets(key, Hex.Octets("0000000d"));
        PacketView packet = Finish(writer);

        Assert.That(packet.GetAllOctets(key), Is.EqualTo(new[] { Hex.Octets("0000000d") }));
    }

    private static AttributeKey<byte[]> Key(AttributePath path) => new(path.ToString(), path, Codecs.Octets);

    private static PacketWriter Begin()
    {
        PacketWriter writer = new();
        writer.Begin(RadiusCode.AccessAccept, 1, new byte[16], messageAuthenticator: false);
        return writer;
    }

    private static byte[] FinishedOctets(PacketWriter writer)
    {
        writer.FinishAccessRequest(new SharedSecret("s"));
        return writer.Octets.ToArray();
    }

    private static PacketView Finish(PacketWriter writer)
    {
        Assert.That(PacketView.TryParse(FinishedOctets(writer), out PacketView packet, out PacketFault fault), Is.True, fault.ToString());
        return packet;
    }

    private static PacketView Parse(string attributes)
    {
        byte[] octets = [.. new byte[20], .. Hex.Octets(attributes)];
        octets[2] = (byte)(octets.Length >> 8);
        octets[3] = (byte)octets.Length;
        Assert.That(PacketView.TryParse(octets, out PacketView packet, out PacketFault fault), Is.True, fault.ToString());
        return packet;
    }

    private static byte[] Random(Random random, int length)
    {
        byte[] octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    private static string[] Text(IReadOnlyList<byte[]> values) => [.. values.Select(Convert.ToHexStringLower)];
}
