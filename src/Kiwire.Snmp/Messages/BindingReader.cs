using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Messages;

/// <summary>Reads a received list of bindings.</summary>
internal static class BindingReader
{
    // An empty binding has two octets for itself, two of name and two of value.
    private const int ShortestBinding = 6;

    /// <summary>
    /// Reads the bindings into one array, and all octets of their values into another. An identifier that is the one asked for at its place
    /// is not made anew.
    /// </summary>
    /// <param name="octets">A list's content.</param>
    /// <param name="asked">What was asked for, in order; may be empty.</param>
    /// <param name="bindings">The bindings.</param>
    /// <param name="fault">What is wrong with them; empty: nothing.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, ReadOnlySpan<ObjectId> asked, out VariableBinding[] bindings, out string fault)
    {
        bindings = [];
        if (!TryMeasure(octets, out int count, out int valueOctets))
        {
            fault = "a binding is cut off, or is none";
            return false;
        }

        VariableBinding[] read = count == 0 ? [] : new VariableBinding[count];
        byte[] values = valueOctets == 0 ? [] : new byte[valueOctets];
        int used = 0;
        BerReader list = new(octets);
        for (int i = 0; i < count; i++)
        {
            if (!list.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> binding)
                || !TryReadBinding(binding, i < asked.Length ? asked[i] : default, values, ref used, out read[i]))
            {
                fault = "a binding's name or value cannot be read";
                return false;
            }
        }

        bindings = read;
        fault = "";
        return true;
    }

    private static bool TryMeasure(ReadOnlySpan<byte> octets, out int count, out int valueOctets)
    {
        count = 0;
        valueOctets = 0;
        BerReader list = new(octets);
        while (!list.IsAtEnd)
        {
            if (!list.TryRead(BerTag.Sequence, out ReadOnlySpan<byte> content) || content.Length < ShortestBinding - 2)
            {
                return false;
            }

            BerReader binding = new(content);
            if (!binding.TryRead((byte)SnmpType.ObjectIdentifier, out _) || !binding.TryRead(out byte tag, out ReadOnlySpan<byte> value) || !binding.IsAtEnd)
            {
                return false;
            }

            count++;
            valueOctets += HasOctets(TypeOf(tag)) ? value.Length : 0;
        }

        return true;
    }

    private static bool TryReadBinding(ReadOnlySpan<byte> content, ObjectId asked, byte[] values, ref int used, out VariableBinding binding)
    {
        binding = default;
        BerReader reader = new(content);
        if (!reader.TryRead((byte)SnmpType.ObjectIdentifier, out ReadOnlySpan<byte> name) || !TryReadId(name, asked, out ObjectId id))
        {
            return false;
        }

        if (!reader.TryRead(out byte tag, out ReadOnlySpan<byte> octets) || !TryReadValue(TypeOf(tag), octets, values, ref used, out SnmpValue value))
        {
            return false;
        }

        binding = new VariableBinding(id, value);
        return true;
    }

    private static bool TryReadId(ReadOnlySpan<byte> content, ObjectId asked, out ObjectId id)
    {
        Span<uint> subIdentifiers = stackalloc uint[ObjectId.MaximumLength];
        if (!BerReader.TryParseObjectId(content, subIdentifiers, out int count))
        {
            id = default;
            return false;
        }

        id = asked.SubIdentifiers.SequenceEqual(subIdentifiers[..count]) ? asked : new ObjectId(subIdentifiers[..count]);
        return true;
    }

    // NsapAddress and UInteger32 are RFC 1442's: some agents never left them.
    private static SnmpType TypeOf(byte tag) => tag switch
    {
        0x45 => SnmpType.OctetString,
        0x47 => SnmpType.Gauge32,
        _ => (SnmpType)tag,
    };

    private static bool TryReadValue(SnmpType type, ReadOnlySpan<byte> octets, byte[] values, ref int used, out SnmpValue value)
    {
        value = default;
        switch (type)
        {
            case SnmpType.Integer32:
                bool isNumber = BerReader.TryParseSigned(octets, out long signed);
                value = SnmpValue.Number(type, signed);
                return isNumber;
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks:
                bool fits = BerReader.TryParseUnsigned(octets, 32, out ulong number);
                value = SnmpValue.Number(type, (long)number);
                return fits;
            case SnmpType.Counter64:
                bool fitsIn64 = BerReader.TryParseUnsigned(octets, 64, out ulong large);
                value = SnmpValue.Number(type, (long)large);
                return fitsIn64;
            case SnmpType.ObjectIdentifier:
                bool isId = TryReadId(octets, default, out ObjectId id);
                value = SnmpValue.ObjectIdentifier(id);
                return isId;
            case SnmpType.IpAddress when octets.Length != 4:
                return false;
            case SnmpType.OctetString or SnmpType.Opaque or SnmpType.IpAddress:
                octets.CopyTo(values.AsSpan(used));
                value = SnmpValue.Shared(type, values, used, octets.Length);
                used += octets.Length;
                return true;
            case SnmpType.Null:
                return true;
            case SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                value = SnmpValue.Exception(type);
                return true;
            default:
                return false;
        }
    }

    private static bool HasOctets(SnmpType type) => type is SnmpType.OctetString or SnmpType.Opaque or SnmpType.IpAddress;
}
