using System.Buffers.Binary;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Attributes;

/// <summary>What is done with each value that lies at a path.</summary>
internal interface IValueVisitor
{
    /// <summary>Takes one value, its pieces joined; false ends the walk.</summary>
    bool Visit(scoped ReadOnlySpan<byte> value);
}

/// <summary>
/// Finds the values that lie at a path, in wire order. What is malformed on the way - a vendor's data that does not fill its
/// attribute, a value whose pieces do not follow each other - is passed over, as RFC 2865, 5.26 and RFC 6929, 2.8 have it: such an
/// attribute stays the opaque octets that it is. Nothing is allocated except to join pieces.
/// </summary>
internal static class AttributeWalker
{
    private const byte VendorSpecific = 26;
    private const byte More = 0x80;
    private const int LongestValue = 253;
    private const int VendorOctets = 4;

    /// <summary>Shows the visitor every value at the path, until it has enough.</summary>
    public static void Walk<TVisitor>(PacketView packet, AttributePath path, ref TVisitor visitor)
        where TVisitor : struct, IValueVisitor, allows ref struct
    {
        if (path.Vendor != 0)
        {
            WalkVendor(packet, path, ref visitor);
        }
        else if (path.IsExtended)
        {
            WalkExtended(packet, path, ref visitor);
        }
        else
        {
            WalkStandard(packet, path, ref visitor);
        }
    }

    private static void WalkStandard<TVisitor>(PacketView packet, AttributePath path, ref TVisitor visitor)
        where TVisitor : struct, IValueVisitor, allows ref struct
    {
        foreach (AttributeView attribute in packet)
        {
            if (attribute.Type == path.First && !Descend(attribute.Value, path, 0, ref visitor))
            {
                return;
            }
        }
    }

    private static void WalkExtended<TVisitor>(PacketView packet, AttributePath path, ref TVisitor visitor)
        where TVisitor : struct, IValueVisitor, allows ref struct
    {
        bool isLong = path.First >= 245;
        int header = isLong ? 2 : 1;
        Joiner joiner = new(packet.Octets.Length);
        foreach (AttributeView attribute in packet)
        {
            ReadOnlySpan<byte> value = attribute.Value;

            // RFC 6929, 2.1: at least one octet follows the header.
            if (attribute.Type != path.First || value.Length <= header || value[0] != path.Rest[0])
            {
                joiner.Break();
                continue;
            }

            // RFC 6929, 2.2: only a full attribute may say that its value goes on.
            bool goesOn = isLong && (value[1] & More) != 0;
            bool valid = !goesOn || value.Length == LongestValue;
            if (joiner.Add(value[header..], goesOn, valid, out ReadOnlySpan<byte> joined) && !Inside(joined, path, ref visitor))
            {
                return;
            }
        }
    }

    private static bool Inside<TVisitor>(ReadOnlySpan<byte> value, AttributePath path, ref TVisitor visitor)
        where TVisitor : struct, IValueVisitor, allows ref struct
    {
        if (!path.IsExtendedVendor)
        {
            return Descend(value, path, path.Outermost, ref visitor);
        }

        // RFC 6929, 2.4: vendor, one octet of vendor type, value to the end.
        bool ours = value.Length > VendorOctets + 1
            && BinaryPrimitives.ReadUInt32BigEndian(value) == path.Rest[1] && value[VendorOctets] == path.Rest[2];
        return !ours || Descend(value[(VendorOctets + 1)..], path, path.Outermost, ref visitor);
    }

    private static void WalkVendor<TVisitor>(PacketView packet, AttributePath path, ref TVisitor visitor)
        where TVisitor : struct, IValueVisitor, allows ref struct
    {
        Joiner joiner = new(packet.Octets.Length);
        foreach (AttributeView attribute in packet)
        {
            if (attribute.Type != VendorSpecific || attribute.Value.Length <= VendorOctets
                || BinaryPrimitives.ReadUInt32BigEndian(attribute.Value) != path.Vendor
                || !SubAttributeReader.IsWellFormed(
                    attribute.Value[VendorOctets..], path.TypeOctets, path.LengthOctets, path.Continuation))
            {
                joiner.Break();
                continue;
            }

            SubAttributeReader reader = new(attribute.Value[VendorOctets..], path.TypeOctets, path.LengthOctets, path.Continuation);
            while (reader.MoveNext())
            {
                if (reader.Type != path.First)
                {
                    joiner.Break();
                }
                else if (joiner.Add(reader.Value, reader.GoesOn, valid: true, out ReadOnlySpan<byte> joined)
                    && !Descend(joined, path, 0, ref visitor))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Goes into nested TLVs; at the last number the value is the visitor's.</summary>
    private static bool Descend<TVisitor>(ReadOnlySpan<byte> value, AttributePath path, int depth, ref TVisitor visitor)
        where TVisitor : struct, IValueVisitor, allows ref struct
    {
        if (depth == path.Rest.Count)
        {
            return visitor.Visit(value);
        }

        if (!SubAttributeReader.IsWellFormed(value, 1, 1, false))
        {
            return true;
        }

        SubAttributeReader reader = new(value, 1, 1, false);
        while (reader.MoveNext())
        {
            if (reader.Type == path.Rest[depth] && !Descend(reader.Value, path, depth + 1, ref visitor))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts pieces together that follow each other. A whole value passes through without a copy.</summary>
    private ref struct Joiner(int capacity)
    {
        private byte[]? _joined;
        private int _length;
        private bool _skipping;

        /// <summary>Something else came between: what was begun is void.</summary>
        public void Break()
        {
            _length = 0;
            _skipping = false;
        }

        /// <summary>Takes the next piece; true with the value that it completes.</summary>
        public bool Add(ReadOnlySpan<byte> piece, bool goesOn, bool valid, out ReadOnlySpan<byte> value)
        {
            value = piece;
            if (_skipping || !valid)
            {
                // The rest of a value with a bad piece is no value of its own.
                _skipping = goesOn;
                _length = 0;
                return false;
            }

            if (!goesOn && _length == 0)
            {
                return true;
            }

            _joined ??= new byte[capacity];
            piece.CopyTo(_joined.AsSpan(_length));
            _length += piece.Length;
            if (goesOn)
            {
                return false;
            }

            value = _joined.AsSpan(0, _length);
            _length = 0;
            return true;
        }
    }
}
