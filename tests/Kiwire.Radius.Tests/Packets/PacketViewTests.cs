using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Tests.Packets;

[Parallelizable(ParallelScope.All)]
public sealed class PacketViewTests
{
    [Test]
    public void Reads_the_request_of_RFC_2865_7_1()
    {
        bool parsed = PacketView.TryParse(RfcExamples.TelnetRequest, out PacketView packet, out PacketFault fault);

        List<(byte Type, string Value)> attributes = [];
        foreach (AttributeView attribute in packet)
        {
            attributes.Add((attribute.Type, Convert.ToHexStringLower(attribute.Value)));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.True);
            Assert.That(fault, Is.EqualTo(PacketFault.None));
            Assert.That(packet.Code, Is.EqualTo(RadiusCode.AccessRequest));
            Assert.That(packet.Identifier, Is.Zero);
            Assert.That(packet.Authenticator.ToArray(), Is.EqualTo(Hex.Octets("0f403f9473978057bd83d5cb98f4227a")));
            Assert.That(packet.HasMessageAuthenticator, Is.False);
            Assert.That(attributes, Is.EqualTo(new (byte, string)[]
            {
                (1, "6e656d6f"),
                (2, "0dbe708d93d413ce3196e43f782a0aee"),
                (4, "c0a80110"),
                (5, "00000003"),
            }));
        }
    }

    [Test]
    public void Refuses_every_truncation_of_every_example()
    {
        foreach (byte[] whole in RfcExamples.All)
        {
            for (int length = 0; length < whole.Length; length++)
            {
                bool parsed = PacketView.TryParse(whole.AsSpan(0, length), out _, out PacketFault fault);

                Assert.That(parsed, Is.False, $"{length} of {whole.Length} octets");
                Assert.That(fault, Is.EqualTo(length < 20 ? PacketFault.TooShort : PacketFault.BadLengthField));
            }
        }
    }

    [Test]
    public void Refuses_every_truncation_whose_length_field_agrees_but_between_attributes()
    {
        byte[] whole = RfcExamples.ChapRequest;
        HashSet<int> ends = [20, 28, 47, 53, 59, 65, 71];
        for (int length = 20; length <= whole.Length; length++)
        {
            byte[] cut = whole[..length];
            cut[3] = (byte)length;

            Assert.That(PacketView.TryParse(cut, out _, out _), Is.EqualTo(ends.Contains(length)), $"{length} octets");
        }
    }

    [Test]
    public void Ignores_padding_after_the_length()
    {
        byte[] padded = [.. RfcExamples.TelnetRequest, 1, 2, 3, 4, 5];

        bool parsed = PacketView.TryParse(padded, out PacketView packet, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.True);
            Assert.That(packet.Octets.ToArray(), Is.EqualTo(RfcExamples.TelnetRequest));
        }
    }

    [TestCase(0, PacketFault.TooShort)]
    [TestCase(19, PacketFault.TooShort)]
    [TestCase(20, PacketFault.None)]
    [TestCase(4096, PacketFault.None)]
    [TestCase(4097, PacketFault.TooLong)]
    [TestCase(65507, PacketFault.TooLong)]
    public void Takes_datagrams_of_20_to_4096_octets(int length, PacketFault expected)
    {
        byte[] datagram = new byte[length];
        if (length >= 4)
        {
            datagram[3] = 20;
        }

        _ = PacketView.TryParse(datagram, out _, out PacketFault fault);

        Assert.That(fault, Is.EqualTo(expected));
    }

    [TestCase(0)]
    [TestCase(19)]
    [TestCase(57)]
    [TestCase(4097)]
    [TestCase(65535)]
    public void Refuses_a_length_field_under_20_or_over_what_arrived(int length)
    {
        byte[] datagram = [.. RfcExamples.TelnetRequest];
        datagram[2] = (byte)(length >> 8);
        datagram[3] = (byte)length;

        bool parsed = PacketView.TryParse(datagram, out _, out PacketFault fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.False);
            Assert.That(fault, Is.EqualTo(PacketFault.BadLengthField));
        }
    }

    [TestCase("01", Description = "no length")]
    [TestCase("01 00", Description = "length 0")]
    [TestCase("01 01", Description = "length 1")]
    [TestCase("01 03", Description = "one octet short")]
    [TestCase("01 03 61 01", Description = "the second has no length")]
    [TestCase("01 ff 61", Description = "far short")]
    public void Refuses_attributes_that_do_not_fill_the_length(string attributes)
    {
        bool parsed = PacketView.TryParse(WithAttributes(attributes), out _, out PacketFault fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.False);
            Assert.That(fault, Is.EqualTo(PacketFault.BadAttributeLength));
        }
    }

    [TestCase("5011 000102030405060708090a0b0c0d0e")]
    [TestCase("5013 000102030405060708090a0b0c0d0e0f10")]
    [TestCase("5002")]
    [TestCase("5012 000102030405060708090a0b0c0d0e0f 5012 000102030405060708090a0b0c0d0e0f")]
    public void Refuses_a_Message_Authenticator_that_has_not_18_octets_or_is_not_alone(string attributes)
    {
        bool parsed = PacketView.TryParse(WithAttributes(attributes), out _, out PacketFault fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.False);
            Assert.That(fault, Is.EqualTo(PacketFault.BadMessageAuthenticator));
        }
    }

    [Test]
    public void Finds_the_first_of_a_type_and_knows_when_there_is_none()
    {
        _ = PacketView.TryParse(WithAttributes("0103 61 0202 0103 62"), out PacketView packet, out _);

        bool found = packet.TryGet(1, out ReadOnlySpan<byte> value);
        string first = Convert.ToHexStringLower(value);
        bool empty = packet.TryGet(2, out value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.True);
            Assert.That(first, Is.EqualTo("61"));
            Assert.That(empty, Is.True);
            Assert.That(value.Length, Is.Zero);
            Assert.That(packet.Has(3), Is.False);
        }
    }

    [Test]
    public void Survives_random_octets_and_reads_what_it_accepts_to_the_end()
    {
        const int Seed = 20260101;
        Random random = new(Seed);
        byte[] buffer = new byte[300];
        int accepted = 0;
        for (int round = 0; round < 200_000; round++)
        {
            Span<byte> datagram = buffer.AsSpan(0, random.Next(0, 60));
            random.NextBytes(datagram);
            if (datagram.Length >= 20)
            {
                datagram[2] = 0;
                datagram[3] = (byte)datagram.Length;
            }

            for (int at = 20; at + 1 < datagram.Length; at += Math.Max(1, (int)datagram[at + 1]))
            {
                datagram[at + 1] = (byte)random.Next(0, 12);
            }

            if (!PacketView.TryParse(datagram, out PacketView packet, out _))
            {
                continue;
            }

            accepted++;
            int sum = 20;
            foreach (AttributeView attribute in packet)
            {
                sum += 2 + attribute.Value.Length;
            }

            Assert.That(sum, Is.EqualTo(packet.Octets.Length), $"seed {Seed}, round {round}");
        }

        Assert.That(accepted, Is.GreaterThan(1000));
    }

    [Test]
    public void A_copy_outlives_the_buffer()
    {
        byte[] buffer = [.. RfcExamples.StatusServer];
        _ = PacketView.TryParse(buffer, out PacketView view, out _);

        RadiusPacket packet = view.ToPacket();
        Array.Clear(buffer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(packet.Octets.ToArray(), Is.EqualTo(RfcExamples.StatusServer));
            Assert.That(packet.Code, Is.EqualTo(RadiusCode.StatusServer));
            Assert.That(packet.Identifier, Is.EqualTo(0xda));
            Assert.That(packet.View.HasMessageAuthenticator, Is.True);
            Assert.That(packet.View.MessageAuthenticatorOffset, Is.EqualTo(22));
        }
    }

    [Test]
    public void A_copy_is_refused_as_the_view_is()
    {
        bool parsed = RadiusPacket.TryParse(RfcExamples.StatusServer.AsSpan(1), out RadiusPacket? packet, out PacketFault fault);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(parsed, Is.False);
            Assert.That(packet, Is.Null);
            Assert.That(fault, Is.Not.EqualTo(PacketFault.None));
        }
    }

    private static byte[] WithAttributes(string attributes)
    {
        byte[] octets = [.. new byte[20], .. Hex.Octets(attributes)];
        octets[0] = 1;
        octets[3] = (byte)octets.Length;
        return octets;
    }
}
