using System.Buffers.Binary;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Attributes;

/// <summary>
/// Appends typed attributes to packets, wherever they lie: inside a vendor's attribute, a TLV or an extended attribute, and in pieces
/// where the attribute's form has them. A value is written whole or, where the packet is full, not at all
/// (<see cref="PacketWriter.Overflowed"/>).
/// </summary>
public static class AttributeWriting
{
    private const int LongestValue = 253;

    /// <summary>Appends a value of an attribute that is not hidden. An empty one is left out, for it must not be sent (RFC 2865, 5).</summary>
    /// <exception cref="ArgumentException">The value cannot be written as this attribute; the message says why.</exception>
    public static void Append<T>(this PacketWriter writer, AttributeKey<T> key, T value) => writer.Append(key, value, default);

    /// <summary>Appends a value of an attribute. An empty one is left out, for it must not be sent (RFC 2865, 5).</summary>
    /// <param name="writer">The packet being written.</param>
    /// <param name="key">The attribute.</param>
    /// <param name="value">The value.</param>
    /// <param name="context">Secret and request authenticator, for hidden attributes.</param>
    /// <exception cref="ArgumentException">The value cannot be written as this attribute; the message says why.</exception>
    public static void Append<T>(this PacketWriter writer, AttributeKey<T> key, T value, in AttributeContext context)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(key);
        int maximum = key.Codec.MaximumLength(value);
        Span<byte> buffer = maximum <= 256 ? stackalloc byte[256] : new byte[maximum];
        int length = key.Codec.Write(value, context, buffer[..maximum]);
        if (length > 0)
        {
            Place(writer, key, buffer[..length]);
        }
    }

    /// <summary>Appends an attribute whose octets are ready: tagged, hidden and all, but not yet in pieces.</summary>
    /// <exception cref="ArgumentException">There are too many octets for the attribute.</exception>
    public static void AppendOctets(this PacketWriter writer, AttributeKey key, ReadOnlySpan<byte> octets)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(key);
        Place(writer, key, octets);
    }

    /// <summary>Whether a value of so many octets can be written as an attribute, in a packet that has room for it.</summary>
    public static bool CanHold(this AttributeKey key, int octets)
    {
        ArgumentNullException.ThrowIfNull(key);
        int capacity = Capacity(key.Path);
        return octets <= capacity || (key.Concat && capacity > 0);
    }

    private static void Place(PacketWriter writer, AttributeKey key, ReadOnlySpan<byte> octets)
    {
        AttributePath path = key.Path;
        int capacity = Capacity(path);
        if (!key.CanHold(octets.Length))
        {
            throw new ArgumentException($"{key.Name} cannot hold {octets.Length} octets; {Math.Max(0, capacity)} is the most.", nameof(octets));
        }

        int before = writer.Length;
        bool written = true;
        while (written && octets.Length > capacity)
        {
            written = PlaceOne(writer, path, octets[..capacity]);
            octets = octets[capacity..];
        }

        if (!written || !PlaceOne(writer, path, octets))
        {
            writer.TakeBack(before);
        }
    }

    /// <summary>Wraps a value in its nested TLVs, innermost first, and writes it as the path's outermost form.</summary>
    private static bool PlaceOne(PacketWriter writer, AttributePath path, ReadOnlySpan<byte> octets)
    {
        if (path.IsPlainStandard)
        {
            return writer.TryAppend(Octet(path.First), octets);
        }

        int outermost = path.Outermost;
        int room = 2 * (path.Rest.Count - outermost);
        int total = octets.Length + room;
        Span<byte> buffer = total <= 512 ? stackalloc byte[512] : new byte[total];
        octets.CopyTo(buffer[room..]);
        int start = room;
        for (int i = path.Rest.Count - 1; i >= outermost; i--)
        {
            start -= 2;
            buffer[start] = Octet(path.Rest[i]);
            buffer[start + 1] = (byte)(total - start);
        }

        ReadOnlySpan<byte> value = buffer[..total];
        if (path.IsExtendedVendor)
        {
            return PlaceExtendedVendor(writer, path, value);
        }

        return path.IsExtended
            ? PlaceExtended(writer, Octet(path.First), Octet(path.Rest[0]), value)
            : path.Vendor != 0 ? PlaceVendor(writer, path, value) : writer.TryAppend(Octet(path.First), value);
    }

    private static bool PlaceExtendedVendor(PacketWriter writer, AttributePath path, ReadOnlySpan<byte> value)
    {
        // Vendor-Id (4) | Vendor-Type (1) | EVS-Value (RFC 6929, 2.4)
        int total = 5 + value.Length;
        Span<byte> buffer = total <= 512 ? stackalloc byte[512] : new byte[total];
        BinaryPrimitives.WriteUInt32BigEndian(buffer, path.Rest[1]);
        buffer[4] = Octet(path.Rest[2]);
        value.CopyTo(buffer[5..]);
        return PlaceExtended(writer, Octet(path.First), Octet(path.Rest[0]), buffer[..total]);
    }

    private static bool PlaceExtended(PacketWriter writer, byte type, byte extendedType, ReadOnlySpan<byte> value)
    {
        if (type < 245)
        {
            // Type | Length | Extended-Type | Value (RFC 6929, 2.1)
            if (!writer.Reserve(type, 1 + value.Length, out Span<byte> place))
            {
                return false;
            }

            place[0] = extendedType;
            value.CopyTo(place[1..]);
            return true;
        }

        // Type | Length | Extended-Type | More (1 bit), Reserved (7) | Value, in pieces of 251 octets (RFC 6929, 2.2)
        while (true)
        {
            bool goesOn = value.Length > LongestValue - 2;
            ReadOnlySpan<byte> piece = goesOn ? value[..(LongestValue - 2)] : value;
            if (!writer.Reserve(type, 2 + piece.Length, out Span<byte> place))
            {
                return false;
            }

            place[0] = extendedType;
            place[1] = goesOn ? (byte)0x80 : (byte)0;
            piece.CopyTo(place[2..]);
            if (!goesOn)
            {
                return true;
            }

            value = value[piece.Length..];
        }
    }

    private static bool PlaceVendor(PacketWriter writer, AttributePath path, ReadOnlySpan<byte> value)
    {
        if (path.TypeOctets < 4 && path.First >> (8 * path.TypeOctets) != 0)
        {
            throw new ArgumentException($"Type {path.First} does not fit into the {path.TypeOctets} octets of the vendor's format.", nameof(path));
        }

        int header = VendorHeader(path);
        int most = LongestValue - header;
        while (true)
        {
            bool goesOn = value.Length > most;
            ReadOnlySpan<byte> piece = goesOn ? value[..most] : value;
            if (!writer.Reserve(26, header + piece.Length, out Span<byte> place))
            {
                return false;
            }

            // Vendor-Id (4) | type (1, 2, 4) | length (0, 1, 2) | C (0, 1) | value
            BinaryPrimitives.WriteUInt32BigEndian(place, path.Vendor);
            WriteNumber(place.Slice(4, path.TypeOctets), path.First);
            WriteNumber(place.Slice(4 + path.TypeOctets, path.LengthOctets), (uint)(header - 4 + piece.Length));
            if (path.Continuation)
            {
                place[header - 1] = goesOn ? (byte)0x80 : (byte)0;
            }

            piece.CopyTo(place[header..]);
            if (!goesOn)
            {
                return true;
            }

            value = value[most..];
        }
    }

    /// <summary>The most octets that one value may have: all of a packet's where the form has pieces.</summary>
    private static int Capacity(AttributePath path)
    {
        int nested = path.Rest.Count - path.Outermost;
        int vendor = path.IsExtendedVendor ? 5 : 0;
        int outer = path.First switch
        {
            >= 245 when path.IsExtended => PacketView.MaximumLength - vendor,
            >= 241 when path.IsExtended => LongestValue - 1 - vendor,
            _ when path.Vendor == 0 => LongestValue,
            _ when path.Continuation => PacketView.MaximumLength,
            _ => LongestValue - VendorHeader(path),
        };

        // A TLV's length is one octet, whatever holds it.
        return nested == 0 ? outer : Math.Min(outer, byte.MaxValue) - (2 * nested);
    }

    private static int VendorHeader(AttributePath path) => 4 + path.TypeOctets + path.LengthOctets + (path.Continuation ? 1 : 0);

    private static byte Octet(uint number) => number <= byte.MaxValue
        ? (byte)number
        : throw new ArgumentException($"Type {number} does not fit into one octet.", nameof(number));

    private static void WriteNumber(Span<byte> place, uint number)
    {
        for (int i = place.Length - 1; i >= 0; i--)
        {
            place[i] = (byte)number;
            number >>= 8;
        }
    }
}
