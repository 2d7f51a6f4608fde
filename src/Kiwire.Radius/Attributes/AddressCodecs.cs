using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Kiwire.Radius.Attributes;

internal sealed class AddressCodec(bool ipv4, bool ipv6) : AttributeCodec<IPAddress>
{
    private const int IPv4Octets = 4;
    private const int IPv6Octets = 16;

    public override int FixedLength => (ipv4, ipv6) switch
    {
        (true, false) => IPv4Octets,
        (false, true) => IPv6Octets,
        _ => 0,
    };

    public override bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, [MaybeNullWhen(false)] out IPAddress value)
    {
        bool right = (ipv4 && octets.Length == IPv4Octets) || (ipv6 && octets.Length == IPv6Octets);
        value = right ? new IPAddress(octets) : null;
        return right;
    }

    public override int MaximumLength(IPAddress value) => IPv6Octets;

    public override int Write(IPAddress value, in AttributeContext context, Span<byte> destination)
    {
        if (ipv4 && value.IsIPv4MappedToIPv6)
        {
            value = value.MapToIPv4();
        }

        if (!Fits(value))
        {
            throw new ArgumentException($"The attribute takes {(ipv4 ? "an IPv4" : "an IPv6")} address, not {value}.", nameof(value));
        }

        _ = value.TryWriteBytes(destination, out int written);
        return written;
    }

    public override bool TryParse(string text, [MaybeNullWhen(false)] out IPAddress value) =>
        IPAddress.TryParse(text, out value) && Fits(value) && IsSpeltOut(text, value);

    // The platform takes 10.1 for 10.0.0.1 and 010.0.0.1 for 8.0.0.1.
    private static bool IsSpeltOut(string text, IPAddress value) => value.AddressFamily != AddressFamily.InterNetwork || value.ToString() == text;

    private bool Fits(IPAddress value) => value.AddressFamily == AddressFamily.InterNetwork ? ipv4 : ipv6;
}

/// <summary>One octet of zero, one of prefix length, then the address: all 4 octets of an IPv4 one, as many as needed of an IPv6 one.</summary>
internal sealed class PrefixCodec(int addressOctets) : AttributeCodec<IPNetwork>
{
    private readonly AddressFamily _family = addressOctets == 4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;

    public override bool TryRead(ReadOnlySpan<byte> octets, in AttributeContext context, out IPNetwork value)
    {
        value = default;
        if (octets.Length < 2 || octets.Length > 2 + addressOctets || (addressOctets == 4 && octets.Length != 6) || octets[1] > addressOctets * 8)
        {
            return false;
        }

        Span<byte> address = stackalloc byte[16];
        address.Clear();
        octets[2..].CopyTo(address);
        if (HasBitsPast(address[..addressOctets], octets[1]))
        {
            return false;
        }

        value = new IPNetwork(new IPAddress(address[..addressOctets]), octets[1]);
        return true;
    }

    public override int MaximumLength(IPNetwork value) => 2 + addressOctets;

    public override int Write(IPNetwork value, in AttributeContext context, Span<byte> destination)
    {
        if (value.BaseAddress.AddressFamily != _family)
        {
            throw new ArgumentException($"The attribute takes a prefix of {addressOctets * 8} bits, not {value}.", nameof(value));
        }

        destination[0] = 0;
        destination[1] = (byte)value.PrefixLength;
        _ = value.BaseAddress.TryWriteBytes(destination[2..], out _);
        return addressOctets == 4 ? 6 : 2 + ((value.PrefixLength + 7) / 8);
    }

    public override string Format(IPNetwork value) => value.ToString();

    public override bool TryParse(string text, out IPNetwork value) =>
        IPNetwork.TryParse(text, out value) && value.BaseAddress.AddressFamily == _family;

    private static bool HasBitsPast(ReadOnlySpan<byte> address, int prefix)
    {
        int whole = prefix / 8;
        bool partial = prefix % 8 != 0 && (address[whole] & (0xff >> (prefix % 8))) != 0;
        return partial || address[((prefix + 7) / 8)..].ContainsAnyExcept((byte)0);
    }
}

internal sealed class InterfaceIdCodec : FixedCodec<ulong>
{
    public InterfaceIdCodec()
        : base(sizeof(ulong))
    {
    }

    public override string Format(ulong value) => string.Create(
        CultureInfo.InvariantCulture, $"{value >> 48:x}:{(value >> 32) & 0xffff:x}:{(value >> 16) & 0xffff:x}:{value & 0xffff:x}");

    public override bool TryParse(string text, out ulong value)
    {
        value = 0;
        int groups = 0;
        foreach (Range range in text.AsSpan().Split(':'))
        {
            if (++groups > 4 || !ushort.TryParse(text.AsSpan()[range], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort group))
            {
                return false;
            }

            value = (value << 16) | group;
        }

        return groups == 4;
    }

    protected override bool TryRead(ReadOnlySpan<byte> octets, out ulong value) => BinaryPrimitives.TryReadUInt64BigEndian(octets, out value);

    protected override void Write(Span<byte> octets, ulong value) => BinaryPrimitives.WriteUInt64BigEndian(octets, value);
}

internal sealed class EthernetCodec : FixedCodec<PhysicalAddress>
{
    public EthernetCodec()
        : base(6)
    {
    }

    public override string Format(PhysicalAddress value)
    {
        byte[] octets = value.GetAddressBytes();
        return string.Join(':', Array.ConvertAll(octets, static octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }

    public override bool TryParse(string text, [MaybeNullWhen(false)] out PhysicalAddress value) =>
        PhysicalAddress.TryParse(text, out value) && value.GetAddressBytes().Length == 6;

    protected override bool TryRead(ReadOnlySpan<byte> octets, out PhysicalAddress value)
    {
        value = new PhysicalAddress(octets.ToArray());
        return true;
    }

    protected override void Write(Span<byte> octets, PhysicalAddress value)
    {
        byte[] address = value.GetAddressBytes();
        if (address.Length != octets.Length)
        {
            throw new ArgumentException($"The attribute takes a hardware address of 6 octets, not {address.Length}.", nameof(value));
        }

        address.CopyTo(octets);
    }
}
