using System.Net;
using System.Net.NetworkInformation;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Secrets;
using Kiwire.Radius.Tests.Packets;

namespace Kiwire.Radius.Tests.Attributes;

[Parallelizable(ParallelScope.All)]
public sealed class CodecsTests
{
    private static readonly byte[] Authenticator = Convert.FromHexString("2aee86f08d0d55969ca5978e0d3367a2");

    private static readonly TestCaseData[] Values =
    [
        Value(Codecs.Text, "6e656d6f", "nemo"),
        Value(Codecs.Text, "c3a9e7958c", "é界"),
        Value(Codecs.Octets, "00ff10", "0x00ff10"),
        Value(Codecs.Octets, "", "0x"),
        Value(Codecs.ABinary, "0102", "0x0102"),
        Value(Codecs.OctetsOf(2), "0102", "0x0102"),
        Value(Codecs.Tlv, "0103 07", "0x010307"),
        Value(Codecs.Integer, "00000000", "0"),
        Value(Codecs.Integer, "ffffffff", "4294967295"),
        Value(Codecs.Integer64, "0000000100000000", "4294967296"),
        Value(Codecs.Integer64, "ffffffffffffffff", "18446744073709551615"),
        Value(Codecs.Short, "ffff", "65535"),
        Value(Codecs.Byte, "ff", "255"),
        Value(Codecs.Signed, "ffffffff", "-1"),
        Value(Codecs.Signed, "7fffffff", "2147483647"),
        Value(Codecs.Signed8, "80", "-128"),
        Value(Codecs.Signed16, "fffe", "-2"),
        Value(Codecs.Signed64, "ffffffffffffffff", "-1"),
        Value(Codecs.Bool, "01", "yes"),
        Value(Codecs.Bool, "00", "no"),
        Value(Codecs.Date, "00000000", "1970-01-01T00:00:00Z"),
        Value(Codecs.Date, "ffffffff", "2106-02-07T06:28:15Z"),
        Value(Codecs.PreciseDate, "00000001 000f423f", "1970-01-01T00:00:01.999999Z"),
        Value(Codecs.TimeDelta, "00015180", "86400"),
        Value(Codecs.IPv4Address, "c0a80110", "192.168.1.16"),
        Value(Codecs.IPv6Address, "20010db8000000000000000000000001", "2001:db8::1"),
        Value(Codecs.ComboIp, "c0a80110", "192.168.1.16"),
        Value(Codecs.ComboIp, "20010db8000000000000000000000001", "2001:db8::1"),
        Value(Codecs.IPv4Prefix, "0018 c0a80100", "192.168.1.0/24"),
        Value(Codecs.IPv4Prefix, "0000 00000000", "0.0.0.0/0"),
        Value(Codecs.IPv4Prefix, "0020 c0a80101", "192.168.1.1/32"),
        Value(Codecs.IPv6Prefix, "0020 20010db8", "2001:db8::/32"),
        Value(Codecs.IPv6Prefix, "0021 20010db880", "2001:db8:8000::/33"),
        Value(Codecs.IPv6Prefix, "0000", "::/0"),
        Value(Codecs.IPv6Prefix, "0080 20010db8000000000000000000000001", "2001:db8::1/128"),
        Value(Codecs.InterfaceId, "0000000000000001", "0:0:0:1"),
        Value(Codecs.InterfaceId, "0123456789abcdef", "123:4567:89ab:cdef"),
        Value(Codecs.Ethernet, "0050ff10abcd", "00:50:ff:10:ab:cd"),
        Value(Codecs.Tagged(Codecs.Text), "01 766c616e", ":1:vlan"),
        Value(Codecs.Tagged(Codecs.Text), "766c616e", "vlan"),
        Value(Codecs.Tagged(Codecs.Integer), "0100000d", ":1:13"),
        Value(Codecs.Tagged(Codecs.Integer), "0000000d", "13"),
        Value(Codecs.Tagged(Codecs.Integer), "1fffffff", ":31:16777215"),
    ];

    private static readonly TestCaseData[] NoValues =
    [
        NoValue(Codecs.Text, "ff"),
        NoValue(Codecs.Text, "61c3"),
        NoValue(Codecs.OctetsOf(2), "01"),
        NoValue(Codecs.OctetsOf(2), "010203"),
        NoValue(Codecs.Integer, ""),
        NoValue(Codecs.Integer, "000001"),
        NoValue(Codecs.Integer, "0000000001"),
        NoValue(Codecs.Integer64, "00000001"),
        NoValue(Codecs.Short, "01"),
        NoValue(Codecs.Byte, ""),
        NoValue(Codecs.Byte, "0001"),
        NoValue(Codecs.Signed, "000000"),
        NoValue(Codecs.Bool, "02"),
        NoValue(Codecs.Date, "0000000000000000"),
        NoValue(Codecs.PreciseDate, "00000001 000f4240"),
        NoValue(Codecs.TimeDelta, "01"),
        NoValue(Codecs.IPv4Address, "c0a801"),
        NoValue(Codecs.IPv4Address, "20010db8000000000000000000000001"),
        NoValue(Codecs.IPv6Address, "c0a80101"),
        NoValue(Codecs.ComboIp, "c0a80101ff"),
        NoValue(Codecs.IPv4Prefix, "0018 c0a801"),
        NoValue(Codecs.IPv4Prefix, "0018 c0a80101"),
        NoValue(Codecs.IPv4Prefix, "0021 c0a80101"),
        NoValue(Codecs.IPv6Prefix, "00"),
        NoValue(Codecs.IPv6Prefix, "0081 20010db8000000000000000000000001"),
        NoValue(Codecs.IPv6Prefix, "0020 20010db801"),
        NoValue(Codecs.IPv6Prefix, "0021 20010db840"),
        NoValue(Codecs.IPv6Prefix, "0080 20010db800000000000000000000000100"),
        NoValue(Codecs.InterfaceId, "01"),
        NoValue(Codecs.Ethernet, "0050ff10ab"),
        NoValue(Codecs.Tagged(Codecs.Integer), "01"),
        NoValue(Codecs.Tagged(Codecs.Integer), ""),
        NoValue(Codecs.Tagged(Codecs.Integer), "0100000001"),
        NoValue(Codecs.Hidden(HiddenAs.UserPassword), "0102"),
    ];

    private static readonly TestCaseData[] BadTexts =
    [
        BadText(Codecs.Octets, "00"),
        BadText(Codecs.Octets, "0x0"),
        BadText(Codecs.Octets, "0xgg"),
        BadText(Codecs.OctetsOf(2), "0x01"),
        BadText(Codecs.Integer, "4294967296"),
        BadText(Codecs.Integer, "-1"),
        BadText(Codecs.Integer, ""),
        BadText(Codecs.Byte, "256"),
        BadText(Codecs.Short, "65536"),
        BadText(Codecs.Signed, "2147483648"),
        BadText(Codecs.Bool, "maybe"),
        BadText(Codecs.Date, "yesterday"),
        BadText(Codecs.Date, "1969-12-31T23:59:59Z"),
        BadText(Codecs.Date, "4294967296"),
        BadText(Codecs.PreciseDate, "soon"),
        BadText(Codecs.TimeDelta, "1h"),
        BadText(Codecs.IPv4Address, "2001:db8::1"),
        BadText(Codecs.IPv6Address, "192.168.1.1"),
        BadText(Codecs.ComboIp, "localhost"),
        BadText(Codecs.IPv4Prefix, "2001:db8::/32"),
        BadText(Codecs.IPv4Prefix, "192.168.1.0/33"),
        BadText(Codecs.IPv6Prefix, "192.168.1.0/24"),
        BadText(Codecs.InterfaceId, "1:2:3"),
        BadText(Codecs.InterfaceId, "1:2:3:4:5"),
        BadText(Codecs.InterfaceId, "1:2:3:fffff"),
        BadText(Codecs.Ethernet, "00:50:ff"),
        BadText(Codecs.Tagged(Codecs.Integer), ":32:1"),
        BadText(Codecs.Tagged(Codecs.Integer), ":1:"),
        BadText(Codecs.Hidden(HiddenAs.UserPassword, Codecs.Text), "a secret without a shared secret"),
    ];

    [TestCaseSource(nameof(Values))]
    public void Octets_and_text_of_a_value_lead_to_each_other(AttributeKey key, string octets, string text)
    {
        bool formatted = key.TryFormat(Hex.Octets(octets), out string? asText);
        bool parsed = key.TryParse(text, default, out byte[]? asOctets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(formatted, Is.True);
            Assert.That(asText, Is.EqualTo(text));
            Assert.That(parsed, Is.True);
            Assert.That(asOctets, Is.EqualTo(Hex.Octets(octets)));
        }
    }

    [TestCaseSource(nameof(NoValues))]
    public void Octets_that_are_no_value_of_the_type_are_refused(AttributeKey key, string octets)
    {
        Assert.That(key.TryFormat(Hex.Octets(octets), out _), Is.False);
    }

    [TestCaseSource(nameof(BadTexts))]
    public void Text_that_is_no_value_of_the_type_is_refused(AttributeKey key, string text)
    {
        Assert.That(key.TryParse(text, default, out _), Is.False);
    }

    [Test]
    public void Values_have_their_types()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(Codecs.IPv4Address, "c0a80110"), Is.EqualTo(IPAddress.Parse("192.168.1.16")));
            Assert.That(Read(Codecs.IPv6Prefix, "0020 20010db8"), Is.EqualTo(IPNetwork.Parse("2001:db8::/32")));
            Assert.That(Read(Codecs.Date, "00000001"), Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(1)));
            Assert.That(Read(Codecs.TimeDelta, "0000003c"), Is.EqualTo(TimeSpan.FromMinutes(1)));
            Assert.That(Read(Codecs.Ethernet, "0050ff10abcd"), Is.EqualTo(PhysicalAddress.Parse("00-50-FF-10-AB-CD")));
            Assert.That(Read(Codecs.InterfaceId, "0000000000000001"), Is.EqualTo(1ul));
            Assert.That(Read(Codecs.Tagged(Codecs.Text), "1f61"), Is.EqualTo(new Tagged<string>(31, "a")));
        }
    }

    // RFC 2868, 3.3: an octet over 0x1F before a string is the string's; 3.1: before a number it is no tag.
    [Test]
    public void An_octet_over_1F_is_no_tag()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Read(Codecs.Tagged(Codecs.Text), "2061"), Is.EqualTo(new Tagged<string>(0, " a")));
            Assert.That(Read(Codecs.Tagged(Codecs.Integer), "2000000d"), Is.EqualTo(new Tagged<uint>(0, 13)));
            Assert.That(Read(Codecs.Tagged(Codecs.Text), "0061"), Is.EqualTo(new Tagged<string>(0, "a")));
            Assert.That(Read(Codecs.Tagged(Codecs.Text), ""), Is.EqualTo(new Tagged<string>(0, "")));
        }
    }

    [Test]
    public void A_string_without_tag_whose_first_octet_looks_like_one_is_written_with_a_zero()
    {
        Assert.That(Write(Codecs.Tagged(Codecs.Octets), new Tagged<byte[]>(0, [5, 6])), Is.EqualTo(new byte[] { 0, 5, 6 }));
    }

    [Test]
    public void Values_outside_a_type_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Write(Codecs.IPv4Address, IPAddress.IPv6Loopback), Throws.ArgumentException);
            Assert.That(() => Write(Codecs.IPv6Address, IPAddress.Loopback), Throws.ArgumentException);
            Assert.That(() => Write(Codecs.IPv4Prefix, IPNetwork.Parse("2001:db8::/32")), Throws.ArgumentException);
            Assert.That(() => Write(Codecs.Date, DateTimeOffset.UnixEpoch.AddTicks(-1)), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Write(Codecs.Date, DateTimeOffset.MaxValue), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Write(Codecs.TimeDelta, TimeSpan.FromSeconds(-1)), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Write(Codecs.Ethernet, new PhysicalAddress([1, 2])), Throws.ArgumentException);
            Assert.That(() => Write(Codecs.OctetsOf(3), [1, 2]), Throws.ArgumentException);
            Assert.That(() => Write(Codecs.Tagged(Codecs.Integer), new Tagged<uint>(1, 0x1000000)), Throws.ArgumentException);
            Assert.That(() => Write(Codecs.Tagged(Codecs.Text), new Tagged<string>(32, "a")), Throws.ArgumentException);
            Assert.That(() => Codecs.OctetsOf(0), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Codecs.Hidden((HiddenAs)4), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => Write(Codecs.Text, "\ud800"), Throws.InstanceOf<ArgumentException>());
        }
    }

    [Test]
    public void An_IPv4_address_written_as_an_IPv6_one_is_still_that_address()
    {
        Assert.That(Write(Codecs.IPv4Address, IPAddress.Parse("::ffff:192.168.1.16")), Is.EqualTo(Hex.Octets("c0a80110")));
    }

    [Test]
    public void Hidden_values_are_read_with_the_secret_only([Values(HiddenAs.UserPassword, HiddenAs.TunnelPassword, HiddenAs.Ascend)] HiddenAs kind)
    {
        AttributeCodec<string> codec = Codecs.Hidden(kind, Codecs.Text);
        AttributeContext context = new(new SharedSecret("testing123"), Authenticator);
        byte[] buffer = new byte[codec.MaximumLength("hidden text")];

        byte[] octets = buffer[..codec.Write("hidden text", context, buffer)];

        bool read = codec.TryRead(octets, context, out string? value);
        bool blind = codec.TryRead(octets, default, out _);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(codec.IsHidden, Is.True);
            Assert.That(read, Is.True);
            Assert.That(value, Is.EqualTo("hidden text"));
            Assert.That(blind, Is.False);
            Assert.That(Convert.ToHexString(octets), Does.Not.Contain(Convert.ToHexString("hidden"u8)));
            Assert.That(() => codec.Write("hidden text", default, new byte[64]), Throws.ArgumentException);
        }
    }

    // Numbers end in NULs, which hidden passwords lose.
    [TestCase(0u)]
    [TestCase(0x01000000u)]
    [TestCase(0xffffffffu)]
    public void Hidden_numbers_keep_their_zeros(uint value)
    {
        foreach (HiddenAs kind in new[] { HiddenAs.UserPassword, HiddenAs.TunnelPassword, HiddenAs.Ascend })
        {
            AttributeCodec<uint> codec = Codecs.Hidden(kind, Codecs.Integer);
            AttributeContext context = new(new SharedSecret("testing123"), Authenticator);
            byte[] buffer = new byte[codec.MaximumLength(value)];

            bool read = codec.TryRead(buffer.AsSpan(0, codec.Write(value, context, buffer)), context, out uint back);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(read, Is.True, kind.ToString());
                Assert.That(back, Is.EqualTo(value), kind.ToString());
            }
        }
    }

    // RFC 2868, 3.5: Tunnel-Password has its tag before the salt, always.
    [TestCase(0)]
    [TestCase(7)]
    public void A_tagged_hidden_value_is_tag_salt_and_blocks(byte tag)
    {
        AttributeCodec<Tagged<string>> codec = Codecs.Tagged(Codecs.Hidden(HiddenAs.TunnelPassword, Codecs.Text));
        AttributeContext context = new(new SharedSecret("testing123"), Authenticator);
        Tagged<string> value = new(tag, "tunnel");
        byte[] buffer = new byte[codec.MaximumLength(value)];

        byte[] octets = buffer[..codec.Write(value, context, buffer)];
        bool read = codec.TryRead(octets, context, out Tagged<string> back);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(octets, Has.Length.EqualTo(1 + 2 + 16));
            Assert.That(octets[0], Is.EqualTo(tag));
            Assert.That(octets[1] & 0x80, Is.Not.Zero);
            Assert.That(codec.IsHidden, Is.True);
            Assert.That(read, Is.True);
            Assert.That(back, Is.EqualTo(value));
        }
    }

    [Test]
    public void Random_octets_are_read_or_refused_by_every_codec_and_what_is_read_is_written_the_same()
    {
        const int Seed = 8044;
        Random random = new(Seed);
        AttributeKey[] keys = [.. Values.Select(static data => (AttributeKey)data.Arguments[0]!)];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] octets = new byte[random.Next(0, 20)];
            random.NextBytes(octets);
            foreach (AttributeKey key in keys)
            {
                if (key.TryFormat(octets, out string? text))
                {
                    bool parsed = key.TryParse(text, default, out byte[]? again);

                    Assert.That(parsed, Is.True, $"{key}: {text}, seed {Seed}");
                    Assert.That(key.TryFormat(again, out string? textAgain) ? textAgain : null, Is.EqualTo(text), $"{key}, seed {Seed}");
                }
            }
        }
    }

    private static TestCaseData Value<T>(AttributeCodec<T> codec, string octets, string text) => new(Key(codec), octets, text);

    private static TestCaseData NoValue<T>(AttributeCodec<T> codec, string octets) => new(Key(codec), octets);

    private static TestCaseData BadText<T>(AttributeCodec<T> codec, string text) => new(Key(codec), text);

    private static AttributeKey<T> Key<T>(AttributeCodec<T> codec) =>
        new($"{codec.GetType().Name}<{typeof(T).Name}>", AttributePath.Standard(1), codec);

    private static T Read<T>(AttributeCodec<T> codec, string octets)
    {
        Assert.That(codec.TryRead(Hex.Octets(octets), default, out T? value), Is.True);
        return value!;
    }

    private static byte[] Write<T>(AttributeCodec<T> codec, T value)
    {
        byte[] buffer = new byte[codec.MaximumLength(value)];
        return buffer[..codec.Write(value, default, buffer)];
    }
}
