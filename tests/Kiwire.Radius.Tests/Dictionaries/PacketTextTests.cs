using Kiwire.Radius.Dictionaries;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Tests.Dictionaries;

/// <summary>Packets as text for people.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PacketTextTests
{
    [Test]
    public void Names_attributes_and_values_and_leaves_secrets_out()
    {
        string text = Describe(writer =>
        {
            writer.Append(1, "alice"u8);
            writer.Append(2, new byte[16]);
            writer.Append(6, 2u);
            writer.AppendVendor(14988, 8, "1M/2M"u8);
            writer.AppendVendor(311, 16, new byte[34]);
            writer.Append(27, "x"u8);
            writer.Append(250, [1, 2]);
        });

        Assert.That(text, Is.EqualTo("""
            Access-Request, identifier 7, 113 octets
                User-Name = "alice"
                User-Password = (secret)
                Service-Type = Framed-User
                Mikrotik-Rate-Limit = "1M/2M"
                MS-MPPE-Send-Key = (secret)
                Session-Timeout = 0x78 (no integer)
                Attr-250 = 0x0102
            """));
    }

    [Test]
    public void Goes_into_TLVs_and_extended_attributes()
    {
        string text = Describe(writer =>
        {
            // Cambium-Authorize-Classes holding its name (1) and octets left (2).
            writer.AppendVendor(17713, 158, [1, 6, .. "gold"u8, 2, 10, 0, 0, 0, 0, 0, 0, 0, 9]);
            writer.Append(241, [8, 0xab, 0xcd]);
            writer.Append(245, [26, 0, 0, 0, 0x3a, 0x8c, 5, 0xee]);
        });

        Assert.That(text.Split('\n')[1..], Is.EqualTo(new[]
        {
            "    Cambium-Authorize-Classes = {}",
            "        Cambium-Authorize-Class-Name = \"gold\"",
            "        Cambium-Authorize-Bytes-Left = 9",
            "    Operator-NAS-Identifier = 0xabcd",
            "    Attr-245.26.14988.5 = 0xee",
        }));
    }

    [Test]
    public void Joins_pieces_of_long_extended_attributes()
    {
        string text = Describe(writer =>
        {
            writer.Append(246, [1, 0x80, .. Enumerable.Repeat((byte)0xaa, 251)]);
            writer.Append(246, [1, 0, 0xbb]);
        });

        Assert.That(text, Does.EndWith($"Attr-246.1 = 0x{string.Concat(Enumerable.Repeat("aa", 251))}bb"));
    }

    [Test]
    public void Shows_no_octets_of_what_it_cannot_take_apart()
    {
        string text = Describe(writer =>
        {
            writer.Append(26, [0, 0, 1, 0x37, 16, 99, 1, 2, 3]);
            writer.Append(26, [0, 0]);
            writer.Append(241, [1]);
        });

        Assert.That(text.Split('\n')[1..], Is.EqualTo(new[]
        {
            "    Vendor-Specific of Microsoft = (malformed, 5 octets)",
            "    Vendor-Specific = (malformed, 2 octets)",
            "    Extended-Attribute-1 = (malformed, 1 octets)",
        }));
    }

    [Test]
    public void Escapes_what_would_forge_a_line_of_a_log()
    {
        string text = Describe(writer => writer.Append(1, "a\"\\\n\u001b[31m\u2028\u202e"u8));

        Assert.That(text, Does.EndWith("""User-Name = "a\"\\\u000a\u001b[31m\u2028\u202e" """.TrimEnd()));
    }

    [Test]
    public void Describes_any_packet_of_sound_structure()
    {
        const int Seed = 2866;
        var random = new Random(Seed);
        TestContext.Out.WriteLine($"Seed {Seed}");
        byte[] types = [1, 2, 6, 26, 26, 26, 64, 69, 79, 241, 245, 246];
        uint[] vendors = [9, 311, 14988, 17713, 25053, 99999];
        for (int round = 0; round < 2000; round++)
        {
            string text = Describe(writer =>
            {
                for (int attribute = 0; attribute < 8; attribute++)
                {
                    byte[] value = new byte[random.Next(0, 60)];
                    random.NextBytes(value);
                    byte type = types[random.Next(types.Length)];
                    if (type == 26 && value.Length > 6)
                    {
                        uint vendor = vendors[random.Next(vendors.Length)];
                        writer.AppendVendor(vendor, value[0], value.AsSpan(6));
                    }
                    else
                    {
                        writer.Append(type, value);
                    }
                }
            });

            Assert.That(text, Does.StartWith("Access-Request"));
        }
    }

    private static string Describe(Action<PacketWriter> write)
    {
        var writer = new PacketWriter();
        writer.Begin(RadiusCode.AccessRequest, 7, new byte[16], messageAuthenticator: false);
        write(writer);
        byte[] octets = writer.Octets.ToArray();
        octets[2] = (byte)(octets.Length >> 8);
        octets[3] = (byte)octets.Length;
        return PacketView.TryParse(octets, out PacketView packet, out PacketFault fault)
            ? RadiusDictionary.BuiltIn.Describe(packet)
            : throw new AssertionException(fault.ToString());
    }
}
