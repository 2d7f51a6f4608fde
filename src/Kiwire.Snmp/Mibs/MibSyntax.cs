using System.Globalization;

namespace Kiwire.Snmp;

/// <summary>What values an object has.</summary>
public sealed class MibSyntax
{
    internal MibSyntax(string typeName, SnmpType baseType)
    {
        TypeName = typeName;
        BaseType = baseType;
    }

    /// <summary>The type as the module writes it: INTEGER, DisplayString ...</summary>
    public string TypeName { get; }

    /// <summary>What it is on the wire; <see cref="SnmpType.Null"/>: its type could not be looked up, of which there is an error.</summary>
    public SnmpType BaseType { get; }

    /// <summary>The names of numbers, of an enumeration or of bits; empty: none.</summary>
    public IReadOnlyDictionary<long, string> Values { get; internal init; } = new Dictionary<long, string>();

    /// <summary>Whether <see cref="Values"/> are positions of bits in an OCTET STRING, the highest bit of the first octet being 0 (RFC 2578, 7.1.4).</summary>
    public bool IsBits { get; internal init; }

    /// <summary>How the type's values are shown (RFC 2579, 3.1); empty: not said.</summary>
    public string DisplayHint { get; internal init; } = "";

    /// <summary>A value as the module wants it shown: by its name, as its DISPLAY-HINT says, or as it is.</summary>
    public string Format(SnmpValue value) => value.Type switch
    {
        SnmpType.Integer32 when Values.TryGetValue(value.AsInt64, out string? name) => name,
        SnmpType.OctetString when IsBits => string.Join(", ", Bits(value.Octets.ToArray())),
        SnmpType.OctetString when Mibs.DisplayHint.TryFormat(DisplayHint, value.Octets.Span, out string? text) => text,
        SnmpType.OctetString => value.AsText,
        SnmpType.Counter64 => value.AsUInt64.ToString(CultureInfo.InvariantCulture),
        _ when value.IsNumber => Mibs.DisplayHint.Format(DisplayHint, value.AsInt64),
        SnmpType.ObjectIdentifier => value.AsObjectId.ToString(),
        SnmpType.IpAddress => value.AsIPAddress.ToString(),
        _ => value.ToString(),
    };

    private IEnumerable<string> Bits(byte[] octets)
    {
        for (int bit = 0; bit < octets.Length * 8; bit++)
        {
            if ((octets[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                yield return Values.TryGetValue(bit, out string? name) ? name : bit.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
