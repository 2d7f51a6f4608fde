using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Kiwire.Snmp.Mibs;

/// <summary>DISPLAY-HINT (RFC 2579, 3.1).</summary>
internal static class DisplayHint
{
    /// <summary>Of a decimal point's place, and of a piece's length in octets.</summary>
    private const int MostDigits = 4;

    /// <summary>An integer: d, d-2 (two decimals), x, o or b. Another hint shows it as it is.</summary>
    public static string Format(string hint, long value) => hint switch
    {
        ['d', '-', .. var digits] when TryNumber(digits, out int decimals) => Decimal(value, decimals),
        "x" => value.ToString("X", CultureInfo.InvariantCulture),
        "o" => Convert.ToString(value, 8),
        "b" => Convert.ToString(value, 2),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// An OCTET STRING in pieces, each [*]length-format[separator[terminator]]; the last holds for whatever is left. False: the hint is none,
    /// or cannot be read.
    /// </summary>
    public static bool TryFormat(string hint, ReadOnlySpan<byte> octets, [NotNullWhen(true)] out string? text)
    {
        StringBuilder written = new();
        text = null;
        int at = 0;
        Piece piece = default;
        bool any = false;
        while (octets.Length > 0)
        {
            if (at < hint.Length)
            {
                if (!TryReadPiece(hint, ref at, out piece))
                {
                    return false;
                }

                any = true;
            }

            if (!any || (piece.Length == 0 && at >= hint.Length))
            {
                return false;
            }

            Append(written, piece, ref octets);
        }

        text = written.ToString();
        return hint.Length > 0;
    }

    private static void Append(StringBuilder written, Piece piece, ref ReadOnlySpan<byte> octets)
    {
        int repeats = 1;
        if (piece.IsRepeated)
        {
            repeats = octets[0];
            octets = octets[1..];
        }

        for (int i = 0; i < repeats && octets.Length > 0; i++)
        {
            ReadOnlySpan<byte> part = octets[..Math.Min(piece.Length, octets.Length)];
            octets = octets[part.Length..];
            written.Append(piece.Format switch
            {
                'a' or 't' => Encoding.UTF8.GetString(part),
                'x' => Convert.ToHexStringLower(part),
                _ => Number(part, piece.Format),
            });
            if (piece.Separator is { } separator && octets.Length > 0 && (!piece.IsRepeated || i < repeats - 1))
            {
                written.Append(separator);
            }
        }

        if (piece.Terminator is { } terminator && octets.Length > 0)
        {
            written.Append(terminator);
        }
    }

    private static string Number(ReadOnlySpan<byte> octets, char format)
    {
        BigInteger number = new(octets, isUnsigned: true, isBigEndian: true);
        if (format == 'd')
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        StringBuilder digits = new();
        do
        {
            digits.Insert(0, (char)('0' + (int)(number & 7)));
            number >>= 3;
        }
        while (number > 0);
        return digits.ToString();
    }

    private static bool TryReadPiece(string hint, ref int at, out Piece piece)
    {
        piece = default;
        bool isRepeated = hint[at] == '*';
        int start = at += isRepeated ? 1 : 0;
        while (at < hint.Length && char.IsAsciiDigit(hint[at]))
        {
            at++;
        }

        if (!TryNumber(hint[start..at], out int length) || at >= hint.Length || hint[at] is not ('d' or 'x' or 'o' or 'a' or 't'))
        {
            return false;
        }

        char format = hint[at++];
        char? separator = ReadSign(hint, ref at);
        char? terminator = isRepeated && separator is not null ? ReadSign(hint, ref at) : null;
        piece = new Piece(isRepeated, length, format, separator, terminator);
        return true;
    }

    /// <summary>Whatever is neither a digit nor *, which begin the next piece.</summary>
    private static char? ReadSign(string hint, ref int at) => at < hint.Length && hint[at] != '*' && !char.IsAsciiDigit(hint[at]) ? hint[at++] : null;

    private static bool TryNumber(string digits, out int number)
    {
        number = 0;
        return digits.Length <= MostDigits && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static string Decimal(long value, int decimals)
    {
        string digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string sign = value < 0 ? "-" : "";
        return decimals == 0 ? sign + digits : $"{sign}{digits[..^decimals]}.{digits[^decimals..]}";
    }

    private readonly record struct Piece(bool IsRepeated, int Length, char Format, char? Separator, char? Terminator);
}
