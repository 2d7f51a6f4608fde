namespace Kiwire.Snmp.Ber;

/// <summary>
/// Reads BER (X.690) as SNMP uses it (RFC 3417, 8): definite lengths, tags of one octet. Strict about lengths: no element reaches past the
/// one that holds it. Tolerant about how a length or an integer is written: more octets than it needs are read as what they mean.
/// </summary>
internal ref struct BerReader(ReadOnlySpan<byte> octets)
{
    private const int LongestLength = 4;
    private const int LongestSubIdentifier = 10;

    private ReadOnlySpan<byte> _rest = octets;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next element's tag; 0: there is none.</summary>
    public readonly byte NextTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Reads an element, whatever it is. False: it is cut off, of indefinite length, or has a tag of many octets.</summary>
    public bool TryRead(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = NextTag;
        content = default;
        if (_rest.Length < 2 || (tag & 0x1F) == 0x1F || !TryReadLength(_rest[1..], out int lengthOctets, out int length))
        {
            return false;
        }

        int start = 1 + lengthOctets;
        if (length > _rest.Length - start)
        {
            return false;
        }

        content = _rest.Slice(start, length);
        _rest = _rest[(start + length)..];
        return true;
    }

    /// <summary>Reads an element with this tag.</summary>
    public bool TryRead(byte wanted, out ReadOnlySpan<byte> content)
    {
        content = default;
        return NextTag == wanted && TryRead(out _, out content);
    }

    /// <summary>Reads an INTEGER that fits in 32 bits.</summary>
    public bool TryReadInt32(out int value)
    {
        value = 0;
        if (!TryRead((byte)SnmpType.Integer32, out ReadOnlySpan<byte> content)
            || !TryParseSigned(content, out long number)
            || number is < int.MinValue or > int.MaxValue)
        {
            return false;
        }

        value = (int)number;
        return true;
    }

    /// <summary>A two's complement number of up to 64 bits, however many octets of its sign precede it.</summary>
    public static bool TryParseSigned(ReadOnlySpan<byte> content, out long value)
    {
        value = 0;
        if (content.IsEmpty)
        {
            return false;
        }

        long sign = (sbyte)content[0] < 0 ? -1 : 0;
        while (content.Length > sizeof(long))
        {
            if (content[0] != (byte)sign)
            {
                return false;
            }

            content = content[1..];
        }

        value = sign;
        foreach (byte octet in content)
        {
            value = (value << 8) | octet;
        }

        // Nine octets and more: what is left must still have the sign that was cut off.
        return value < 0 == sign < 0;
    }

    /// <summary>
    /// A number from 0 to 2^<paramref name="bits"/> - 1. Agents leave the leading zero off (and so write what would be a negative number), or
    /// write a number of 32 bits that was sign-extended to 64; both mean the low bits.
    /// </summary>
    public static bool TryParseUnsigned(ReadOnlySpan<byte> content, int bits, out ulong value)
    {
        value = 0;
        if (content.IsEmpty)
        {
            return false;
        }

        int octets = bits / 8;
        if (content.Length > octets)
        {
            ReadOnlySpan<byte> extra = content[..^octets];
            byte fill = extra[0];
            bool signExtended = fill == 0xFF && content[^octets] >= 0x80;
            if ((fill != 0 && !signExtended) || extra.ContainsAnyExcept(fill))
            {
                return false;
            }

            content = content[^octets..];
        }

        foreach (byte octet in content)
        {
            value = (value << 8) | octet;
        }

        return true;
    }

    /// <summary>Reads an object identifier's content into sub-identifiers. No octets at all are read as 0.0, which those agents mean.</summary>
    /// <param name="content">The content's octets.</param>
    /// <param name="subIdentifiers">Room for <see cref="ObjectId.MaximumLength"/>.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>False: cut off, more than 128 sub-identifiers, or one of more than 32 bits.</returns>
    public static bool TryParseObjectId(ReadOnlySpan<byte> content, Span<uint> subIdentifiers, out int count)
    {
        count = 2;
        if (content.IsEmpty)
        {
            subIdentifiers[..2].Clear();
            return true;
        }

        int position = 0;
        if (!TryReadSubIdentifier(content, ref position, out ulong first))
        {
            return false;
        }

        ulong top = Math.Min(first / 40, 2);
        if (first - (top * 40) > uint.MaxValue)
        {
            return false;
        }

        subIdentifiers[0] = (uint)top;
        subIdentifiers[1] = (uint)(first - (top * 40));
        while (position < content.Length)
        {
            if (count == ObjectId.MaximumLength || !TryReadSubIdentifier(content, ref position, out ulong next) || next > uint.MaxValue)
            {
                return false;
            }

            subIdentifiers[count++] = (uint)next;
        }

        return true;
    }

    private static bool TryReadSubIdentifier(ReadOnlySpan<byte> content, ref int position, out ulong value)
    {
        value = 0;
        for (int i = 0; i < LongestSubIdentifier && position < content.Length; i++)
        {
            byte octet = content[position++];
            if (value > ulong.MaxValue >> 7)
            {
                return false;
            }

            value = (value << 7) | (uint)(octet & 0x7F);
            if (octet < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> octets, out int lengthOctets, out int length)
    {
        byte first = octets[0];
        lengthOctets = 1;
        length = first;
        if (first < 0x80)
        {
            return true;
        }

        int more = first & 0x7F;
        lengthOctets += more;
        length = 0;
        if (more is 0 or > LongestLength || octets.Length < lengthOctets)
        {
            return false;
        }

        foreach (byte octet in octets.Slice(1, more))
        {
            length = (length << 8) | octet;
        }

        return length >= 0;
    }
}
