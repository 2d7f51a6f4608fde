using System.Buffers.Binary;

namespace Kiwire.Radius.Attributes;

/// <summary>
/// Walks what lies inside an attribute: a vendor's attributes in the vendor's format, or the members of a TLV (one octet of type, one
/// of length).
/// <code>
/// +--------------+--------------------+-----------------+-------
/// | type (1,2,4) | length (0,1,2)     | C (continuation)| value
/// +--------------+--------------------+-----------------+-------
/// </code>
/// The length counts all of it; without a length there is one, to the end. C's highest bit says that the value goes on in the next.
/// </summary>
internal ref struct SubAttributeReader(ReadOnlySpan<byte> octets, int typeOctets, int lengthOctets, bool continuation)
{
    private const byte More = 0x80;

    private ReadOnlySpan<byte> _rest = octets;

    /// <summary>The number at which the reader stands.</summary>
    public uint Type { get; private set; }

    /// <summary>Its value.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether its value goes on in the next one of the type.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>Whether the octets are nothing but whole sub-attributes, at least one of them.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> octets, int typeOctets, int lengthOctets, bool continuation)
    {
        SubAttributeReader reader = new(octets, typeOctets, lengthOctets, continuation);
        while (reader.MoveNext())
        {
        }

        return !octets.IsEmpty && reader._rest.IsEmpty;
    }

    /// <summary>Goes to the next one; false at the end and before one that is not whole.</summary>
    public bool MoveNext()
    {
        int header = typeOctets + lengthOctets + (continuation ? 1 : 0);
        if (_rest.Length < header || _rest.IsEmpty)
        {
            return false;
        }

        int length = lengthOctets switch
        {
            0 => _rest.Length,
            1 => _rest[typeOctets],
            _ => BinaryPrimitives.ReadUInt16BigEndian(_rest[typeOctets..]),
        };
        if (length < header || length > _rest.Length)
        {
            return false;
        }

        Type = typeOctets switch
        {
            1 => _rest[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(_rest),
            _ => BinaryPrimitives.ReadUInt32BigEndian(_rest),
        };
        GoesOn = continuation && (_rest[header - 1] & More) != 0;
        Value = _rest[header..length];
        _rest = _rest[length..];
        return true;
    }
}
