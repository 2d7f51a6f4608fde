using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace Kiwire.Radius.Attributes;

/// <summary>The codecs of RADIUS's data types (RFC 8044, 3), under the names of FreeRADIUS dictionaries. All are safe for concurrent use.</summary>
public static class Codecs
{
    /// <summary><c>string</c>: UTF-8 text (RFC 8044, 3.4). Octets that are not UTF-8 are no value of this type.</summary>
    public static AttributeCodec<string> Text { get; } = new TextCodec();

    /// <summary><c>octets</c>: any octets (RFC 8044, 3.5).</summary>
    public static AttributeCodec<byte[]> Octets { get; } = new OctetsCodec(0);

    /// <summary><c>abinary</c>: Ascend's filters, as octets.</summary>
    public static AttributeCodec<byte[]> ABinary => Octets;

    /// <summary><c>tlv</c> read whole: the octets of its members (RFC 8044, 3.13). A member has a key of its own: <see cref="AttributePath.Member"/>.</summary>
    public static AttributeCodec<byte[]> Tlv => Octets;

    /// <summary><c>vsa</c> read whole: the vendor's number and what follows (RFC 8044, 3.14).</summary>
    public static AttributeCodec<byte[]> Vsa => Octets;

    /// <summary><c>evs</c> read whole: the vendor's number, type and value (RFC 8044, 3.17).</summary>
    public static AttributeCodec<byte[]> Evs => Octets;

    /// <summary><c>extended</c> read whole: the extended type and its value (RFC 8044, 3.15).</summary>
    public static AttributeCodec<byte[]> Extended => Octets;

    /// <summary><c>long-extended</c> read whole, one piece: extended type, flags and value (RFC 8044, 3.16).</summary>
    public static AttributeCodec<byte[]> LongExtended => Octets;

    /// <summary><c>integer</c>: 32 bits without sign (RFC 8044, 3.1).</summary>
    public static AttributeCodec<uint> Integer { get; } = new IntegerCodec();

    /// <summary><c>integer64</c>: 64 bits without sign (RFC 8044, 3.12).</summary>
    public static AttributeCodec<ulong> Integer64 { get; } = new NumberCodec<ulong>(BinaryPrimitives.ReadUInt64BigEndian, BinaryPrimitives.WriteUInt64BigEndian);

    /// <summary><c>short</c>: 16 bits without sign.</summary>
    public static AttributeCodec<ushort> Short { get; } = new NumberCodec<ushort>(BinaryPrimitives.ReadUInt16BigEndian, BinaryPrimitives.WriteUInt16BigEndian);

    /// <summary><c>byte</c>: 8 bits without sign.</summary>
    public static AttributeCodec<byte> Byte { get; } = new NumberCodec<byte>(static octets => octets[0], static (octets, value) => octets[0] = value);

    /// <summary><c>signed</c>: 32 bits with sign.</summary>
    public static AttributeCodec<int> Signed { get; } = new NumberCodec<int>(BinaryPrimitives.ReadInt32BigEndian, BinaryPrimitives.WriteInt32BigEndian);

    /// <summary><c>int8</c>: 8 bits with sign.</summary>
    public static AttributeCodec<sbyte> Signed8 { get; } = new NumberCodec<sbyte>(static octets => (sbyte)octets[0], static (octets, value) => octets[0] = (byte)value);

    /// <summary><c>int16</c>: 16 bits with sign.</summary>
    public static AttributeCodec<short> Signed16 { get; } = new NumberCodec<short>(BinaryPrimitives.ReadInt16BigEndian, BinaryPrimitives.WriteInt16BigEndian);

    /// <summary><c>int64</c>: 64 bits with sign.</summary>
    public static AttributeCodec<long> Signed64 { get; } = new NumberCodec<long>(BinaryPrimitives.ReadInt64BigEndian, BinaryPrimitives.WriteInt64BigEndian);

    /// <summary><c>bool</c>: one octet, 0 or 1.</summary>
    public static AttributeCodec<bool> Bool { get; } = new BoolCodec();

    /// <summary><c>date</c>: seconds since 1970, 32 bits without sign (RFC 8044, 3.3); up to the year 2106.</summary>
    public static AttributeCodec<DateTimeOffset> Date { get; } = new DateCodec();

    /// <summary><c>timeval</c>: 32 bits of seconds since 1970 and 32 of microseconds under a million.</summary>
    public static AttributeCodec<DateTimeOffset> PreciseDate { get; } = new PreciseDateCodec();

    /// <summary><c>time_delta</c>: whole seconds, 32 bits without sign.</summary>
    public static AttributeCodec<TimeSpan> TimeDelta { get; } = new TimeDeltaCodec();

    /// <summary><c>ipaddr</c>: an IPv4 address (RFC 8044, 3.8).</summary>
    public static AttributeCodec<IPAddress> IPv4Address { get; } = new AddressCodec(ipv4: true, ipv6: false);

    /// <summary><c>ipv6addr</c>: an IPv6 address (RFC 8044, 3.9).</summary>
    public static AttributeCodec<IPAddress> IPv6Address { get; } = new AddressCodec(ipv4: false, ipv6: true);

    /// <summary><c>combo-ip</c>: an address of either kind, told apart by length.</summary>
    public static AttributeCodec<IPAddress> ComboIp { get; } = new AddressCodec(ipv4: true, ipv6: true);

    /// <summary><c>ipv4prefix</c>: 6 octets; bits past the prefix are zero (RFC 8044, 3.11).</summary>
    public static AttributeCodec<IPNetwork> IPv4Prefix { get; } = new PrefixCodec(addressOctets: 4);

    /// <summary><c>ipv6prefix</c>: 2 to 18 octets; bits past the prefix are zero (RFC 3162, 2.3; RFC 8044, 3.10).</summary>
    public static AttributeCodec<IPNetwork> IPv6Prefix { get; } = new PrefixCodec(addressOctets: 16);

    /// <summary><c>ifid</c>: an IPv6 interface identifier, 8 octets (RFC 3162, 2.2).</summary>
    public static AttributeCodec<ulong> InterfaceId { get; } = new InterfaceIdCodec();

    /// <summary><c>ether</c>: a hardware address of 6 octets.</summary>
    public static AttributeCodec<PhysicalAddress> Ethernet { get; } = new EthernetCodec();

    /// <summary><c>octets[n]</c>: exactly <paramref name="length"/> octets.</summary>
    public static AttributeCodec<byte[]> OctetsOf(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        return new OctetsCodec(length);
    }

    /// <summary>A value with a tag (flag <c>has_tag</c>; RFC 2868, 3).</summary>
    public static AttributeCodec<Tagged<T>> Tagged<T>(AttributeCodec<T> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new TaggedCodec<T>(inner);
    }

    /// <summary>Octets hidden under the shared secret (flag <c>encrypt=</c>).</summary>
    public static AttributeCodec<byte[]> Hidden(HiddenAs kind) => Hidden(kind, Octets);

    /// <summary>A value of another type hidden under the shared secret (flag <c>encrypt=</c>).</summary>
    public static AttributeCodec<T> Hidden<T>(HiddenAs kind, AttributeCodec<T> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Attributes are hidden in three ways: encrypt=1, 2 or 3.");
        }

        return kind == HiddenAs.None ? inner : new HiddenCodec<T>(kind, inner);
    }

    /// <summary>The parser's view of a whole number: decimal, or hexadecimal after <c>0x</c>.</summary>
    internal static bool TryParseNumber(string text, out ulong value)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
