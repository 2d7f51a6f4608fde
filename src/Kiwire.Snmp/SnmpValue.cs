using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Kiwire.Snmp;

/// <summary>A value of an object, or why there is none.</summary>
public readonly struct SnmpValue : IEquatable<SnmpValue>
{
    // Integers: the value. Octets: offset and length in _reference, a byte[], so that the values of one answer share one.
    private readonly long _number;
    private readonly object? _reference;
    private readonly SnmpType _type;

    private SnmpValue(SnmpType type, long number, object? reference)
    {
        _type = type;
        _number = number;
        _reference = reference;
    }

    /// <summary>No value.</summary>
    public static SnmpValue Null => default;

    /// <summary>What it is.</summary>
    public SnmpType Type => _type == 0 ? SnmpType.Null : _type;

    /// <summary>Whether it says why there is no value: noSuchObject, noSuchInstance, endOfMibView.</summary>
    public bool IsException => Type >= SnmpType.NoSuchObject;

    /// <summary>Whether it is an integer of any kind: <see cref="AsInt64"/> and <see cref="AsUInt64"/> have it.</summary>
    public bool IsNumber => Type is SnmpType.Integer32 or SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64;

    /// <summary>An integer. A Counter64 from 2^63 on is negative here; <see cref="AsUInt64"/> has it right.</summary>
    /// <exception cref="InvalidOperationException">It is not a number.</exception>
    public long AsInt64 => IsNumber ? _number : throw Other("a number");

    /// <summary>An integer. A negative one is its two's complement; <see cref="AsInt64"/> has it right.</summary>
    /// <exception cref="InvalidOperationException">It is not a number.</exception>
    public ulong AsUInt64 => IsNumber ? (ulong)_number : throw Other("a number");

    /// <summary>The octets of an OCTET STRING, IpAddress or Opaque; of anything else, none.</summary>
    public ReadOnlyMemory<byte> Octets => _reference is byte[] octets ? octets.AsMemory((int)(_number >> 32), (int)_number) : default;

    /// <summary>An OBJECT IDENTIFIER.</summary>
    /// <exception cref="InvalidOperationException">It is not one.</exception>
    public ObjectId AsObjectId => _reference is ObjectIdBox box ? box.Id : throw Other("an object identifier");

    /// <summary>An address.</summary>
    /// <exception cref="InvalidOperationException">It is not an IpAddress.</exception>
    public IPAddress AsIPAddress => Type == SnmpType.IpAddress ? new IPAddress(Octets.Span) : throw Other("an address");

    /// <summary>An OCTET STRING read as UTF-8, which most agents write; octets that are none become U+FFFD.</summary>
    /// <exception cref="InvalidOperationException">It is not an OCTET STRING.</exception>
    public string AsText => Type == SnmpType.OctetString ? Encoding.UTF8.GetString(Octets.Span) : throw Other("a text");

    /// <summary>An INTEGER.</summary>
    public static SnmpValue Integer32(int value) => new(SnmpType.Integer32, value, null);

    /// <summary>A Counter32.</summary>
    public static SnmpValue Counter32(uint value) => new(SnmpType.Counter32, value, null);

    /// <summary>A Gauge32 or Unsigned32.</summary>
    public static SnmpValue Gauge32(uint value) => new(SnmpType.Gauge32, value, null);

    /// <summary>Hundredths of a second.</summary>
    public static SnmpValue TimeTicks(uint value) => new(SnmpType.TimeTicks, value, null);

    /// <summary>A Counter64.</summary>
    public static SnmpValue Counter64(ulong value) => new(SnmpType.Counter64, (long)value, null);

    /// <summary>An OCTET STRING with a copy of these octets.</summary>
    public static SnmpValue OctetString(ReadOnlySpan<byte> octets) => new(SnmpType.OctetString, octets.Length, octets.ToArray());

    /// <summary>An OCTET STRING of a text in UTF-8.</summary>
    public static SnmpValue OctetString(string text) => new(SnmpType.OctetString, Encoding.UTF8.GetByteCount(text), Encoding.UTF8.GetBytes(text));

    /// <summary>An Opaque with a copy of these octets.</summary>
    public static SnmpValue Opaque(ReadOnlySpan<byte> octets) => new(SnmpType.Opaque, octets.Length, octets.ToArray());

    /// <summary>An OBJECT IDENTIFIER.</summary>
    public static SnmpValue ObjectIdentifier(ObjectId id) => new(SnmpType.ObjectIdentifier, 0, new ObjectIdBox(id));

    /// <summary>An IPv4 address.</summary>
    /// <exception cref="ArgumentException">It is of another family.</exception>
    public static SnmpValue IpAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        byte[] octets = address.GetAddressBytes();
        return octets.Length == 4
            ? new SnmpValue(SnmpType.IpAddress, 4, octets)
            : throw new ArgumentException("An IpAddress holds an IPv4 address; others are octet strings with a type beside them (RFC 4001).", nameof(address));
    }

    /// <summary>noSuchObject, noSuchInstance or endOfMibView.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static SnmpValue Exception(SnmpType type) => type is SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView
        ? new SnmpValue(type, 0, null)
        : throw new ArgumentException($"{type} stands for a value.", nameof(type));

    /// <summary>
    /// Any number as a floating point number: integers of all kinds, and the Opaque Float and Double of Net-SNMP (its load averages). False:
    /// it is not a number.
    /// </summary>
    public bool TryGetDouble(out double value)
    {
        value = Type == SnmpType.Counter64 ? (ulong)_number : _number;
        if (IsNumber)
        {
            return true;
        }

        // Opaque holds BER: the tag of a context-specific type above 30 (0x9F), 0x78 float or 0x79 double, a length, IEEE 754.
        ReadOnlySpan<byte> octets = Type == SnmpType.Opaque ? Octets.Span : default;
        switch (octets)
        {
            case [0x9F, 0x78, 4, _, _, _, _]:
                value = BinaryPrimitives.ReadSingleBigEndian(octets[3..]);
                return true;
            case [0x9F, 0x79, 8, _, _, _, _, _, _, _, _]:
                value = BinaryPrimitives.ReadDoubleBigEndian(octets[3..]);
                return true;
            default:
                value = 0;
                return false;
        }
    }

    /// <inheritdoc/>
    public bool Equals(SnmpValue other) => Type == other.Type && _reference switch
    {
        byte[] => Octets.Span.SequenceEqual(other.Octets.Span),
        ObjectIdBox box => other._reference is ObjectIdBox { Id: var id } && box.Id == id,
        _ => _number == other._number && other._reference is null,
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SnmpValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Type);
        switch (_reference)
        {
            case byte[]:
                hash.AddBytes(Octets.Span);
                break;
            case ObjectIdBox box:
                hash.Add(box.Id);
                break;
            default:
                hash.Add(_number);
                break;
        }

        return hash.ToHashCode();
    }

    /// <summary>As snmpget writes it where it has no MIB: "INTEGER: 1", "STRING: \"lobby\"".</summary>
    public override string ToString() => SnmpValueText.Of(this);

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(SnmpValue left, SnmpValue right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(SnmpValue left, SnmpValue right) => !left.Equals(right);

    /// <summary>A number as it was read; the type's range has been looked at.</summary>
    internal static SnmpValue Number(SnmpType type, long value) => new(type, value, null);

    /// <summary>Octets that lie in a buffer which many values share and nobody writes to any more.</summary>
    internal static SnmpValue Shared(SnmpType type, byte[] octets, int offset, int length) => new(type, ((long)offset << 32) | (uint)length, octets);

    private InvalidOperationException Other(string wanted) => new($"The value is {Type}, not {wanted}.");

    private sealed class ObjectIdBox(ObjectId id)
    {
        public ObjectId Id { get; } = id;
    }
}
