using System.Globalization;

namespace Kiwire.Radius.Dictionaries;

/// <summary>Numbers as dictionaries write them: decimal, hexadecimal after 0x, octal after a leading 0 or 0o.</summary>
internal static class DictionaryNumbers
{
    /// <summary>What a number may look like, for messages.</summary>
    public const string Forms = "decimal (26), hexadecimal (0x1a) or octal (032)";

    /// <summary>Reads a number without a sign.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong number)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        }

        if (text.StartsWith("0o", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseOctal(text[2..], out number);
        }

        return text.Length > 1 && text[0] == '0'
            ? TryParseOctal(text[1..], out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads a number of 1 to 8 octets; a negative one, where allowed, comes as its two's complement in that width.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, int octets, bool signed, out ulong number)
    {
        bool negative = signed && text.StartsWith("-");
        if (!TryParse(negative ? text[1..] : text, out number))
        {
            return false;
        }

        ulong mask = octets == sizeof(ulong) ? ulong.MaxValue : (1UL << (8 * octets)) - 1;
        ulong lowest = 1UL << ((8 * octets) - 1);
        if (number > (negative ? lowest : signed ? lowest - 1 : mask))
        {
            return false;
        }

        number = negative ? (~number + 1) & mask : number;
        return true;
    }

    /// <summary>Reads numbers parted by points; false where one of them is not a number or exceeds 32 bits.</summary>
    public static bool TryParseDotted(string text, out uint[] numbers)
    {
        string[] pieces = text.Split('.');
        numbers = new uint[pieces.Length];
        for (int at = 0; at < pieces.Length; at++)
        {
            if (!TryParse(pieces[at], out ulong number) || number > uint.MaxValue)
            {
                return false;
            }

            numbers[at] = (uint)number;
        }

        return true;
    }

    private static bool TryParseOctal(ReadOnlySpan<char> digits, out ulong number)
    {
        number = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7' || number > ulong.MaxValue >> 3)
            {
                return false;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return !digits.IsEmpty;
    }
}
