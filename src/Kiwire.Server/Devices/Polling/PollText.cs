using System.Text;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>Values as texts that people read.</summary>
internal static class PollText
{
    private const int Longest = 255;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>An octet string as text where it is one, else in hex; anything else as it is written.</summary>
    public static string Of(in SnmpValue value)
    {
        string text = value.Type switch
        {
            SnmpType.OctetString => OfOctets(value.Octets.Span),
            SnmpType.ObjectIdentifier => value.AsObjectId.ToString(),
            SnmpType.IpAddress => value.AsIPAddress.ToString(),
            _ when value.TryGetDouble(out double number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        return text.Length <= Longest ? text : text[..Longest];
    }

    /// <summary>The word that a number stands for; else as above. Empty: there is none.</summary>
    public static string Of(in SnmpValue value, IReadOnlyDictionary<long, string> words) =>
        value.IsException ? "" : value.IsNumber && words.TryGetValue(value.AsInt64, out string? word) ? word : Of(value);

    private static string OfOctets(ReadOnlySpan<byte> octets)
    {
        // Agents end texts with NULs.
        octets = octets.TrimEnd((byte)0);
        try
        {
            string text = Strict.GetString(octets);
            if (!text.Any(character => char.IsControl(character) && character is not ('\r' or '\n' or '\t')))
            {
                return text.Trim();
            }
        }
        catch (DecoderFallbackException)
        {
            // Octets.
        }

        return Convert.ToHexStringLower(octets);
    }
}
