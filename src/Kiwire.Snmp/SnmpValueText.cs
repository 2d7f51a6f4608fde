using System.Globalization;
using System.Net;
using System.Text;

namespace Kiwire.Snmp;

/// <summary>Values as Net-SNMP's programs write them where they have no MIB.</summary>
internal static class SnmpValueText
{
    private const int HexLine = 16;

    public static string Of(SnmpValue value) => value.Type switch
    {
        SnmpType.Integer32 => Invariant($"INTEGER: {value.AsInt64}"),
        SnmpType.OctetString => Octets(value.Octets.Span),
        SnmpType.Null => "NULL",
        SnmpType.ObjectIdentifier => $"OID: .{value.AsObjectId}",
        SnmpType.IpAddress => $"IpAddress: {new IPAddress(value.Octets.Span)}",
        SnmpType.Counter32 => Invariant($"Counter32: {value.AsUInt64}"),
        SnmpType.Gauge32 => Invariant($"Gauge32: {value.AsUInt64}"),
        SnmpType.TimeTicks => Ticks((uint)value.AsUInt64),
        SnmpType.Opaque => Opaque(value),
        SnmpType.Counter64 => Invariant($"Counter64: {value.AsUInt64}"),
        SnmpType.NoSuchObject => "No Such Object available on this agent at this OID",
        SnmpType.NoSuchInstance => "No Such Instance currently exists at this OID",
        SnmpType.EndOfMibView => "No more variables left in this MIB View (It is past the end of the MIB tree)",
        _ => value.Type.ToString(),
    };

    private static string Octets(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty)
        {
            return "\"\"";
        }

        foreach (byte octet in octets)
        {
            if (octet is not (>= 0x20 and < 0x7F or >= (byte)'\t' and <= (byte)'\r'))
            {
                return "Hex-STRING: " + Hex(octets);
            }
        }

        return $"STRING: \"{Encoding.ASCII.GetString(octets).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static string Hex(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new(octets.Length * 3);
        for (int i = 0; i < octets.Length; i++)
        {
            if (i > 0 && i % HexLine == 0)
            {
                text.Append('\n');
            }

            text.Append(CultureInfo.InvariantCulture, $"{octets[i]:X2} ");
        }

        return text.ToString();
    }

    private static string Ticks(uint hundredths)
    {
        TimeSpan time = TimeSpan.FromMilliseconds(hundredths * 10.0);
        string days = time.Days switch
        {
            0 => "",
            1 => "1 day, ",
            _ => Invariant($"{time.Days} days, "),
        };
        return Invariant($"Timeticks: ({hundredths}) {days}{time.Hours}:{time.Minutes:D2}:{time.Seconds:D2}.{time.Milliseconds / 10:D2}");
    }

    private static string Opaque(SnmpValue value) => value.TryGetDouble(out double number)
        ? Invariant($"Opaque: Float: {number:F6}")
        : "OPAQUE: " + Hex(value.Octets.Span);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
