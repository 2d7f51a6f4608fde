using System.Globalization;

namespace Kiwire.Server.Network;

/// <summary>A 48-bit MAC address, whatever its notation was. The default value is "none".</summary>
/// <param name="Value">The six octets, first octet highest, with bit 48 set to tell an all-zero address from none.</param>
internal readonly record struct MacAddress(ulong Value)
{
    private const ulong Present = 1UL << 48;

    public bool IsNone => Value == 0;

    public static MacAddress FromBits(ulong bits) => new((bits & (Present - 1)) | Present);

    /// <summary>
    /// Reads <c>aa:bb:cc:dd:ee:ff</c>, <c>AA-BB-CC-DD-EE-FF</c>, <c>aabb.ccdd.eeff</c> or twelve digits alone; the whole text must be it.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out MacAddress mac)
    {
        mac = default;
        int group = text.Length switch { 12 => 12, 17 => 2, 14 => 4, _ => 0 };
        if (group == 0)
        {
            return false;
        }

        byte separator = group == 12 ? (byte)0 : text[group];
        if (group == 2 && separator is not ((byte)':' or (byte)'-') || group == 4 && separator != (byte)'.')
        {
            return false;
        }

        ulong bits = 0;
        for (int i = 0, inGroup = 0; i < text.Length; i++)
        {
            if (inGroup == group)
            {
                if (text[i] != separator)
                {
                    return false;
                }

                inGroup = 0;
                continue;
            }

            int digit = HexDigit(text[i]);
            if (digit < 0)
            {
                return false;
            }

            bits = (bits << 4) | (uint)digit;
            inGroup++;
        }

        mac = FromBits(bits);
        return true;
    }

    public static bool TryParse(string text, out MacAddress mac)
    {
        Span<byte> octets = stackalloc byte[17];
        mac = default;
        return text.Length <= 17 && System.Text.Encoding.UTF8.TryGetBytes(text, octets, out int length) && TryParse(octets[..length], out mac);
    }

    /// <summary><c>aa:bb:cc:dd:ee:ff</c>; empty for none.</summary>
    public override string ToString() =>
        IsNone
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{(byte)(Value >> 40):x2}:{(byte)(Value >> 32):x2}:{(byte)(Value >> 24):x2}:{(byte)(Value >> 16):x2}:{(byte)(Value >> 8):x2}:{(byte)Value:x2}");

    private static int HexDigit(byte octet) => octet switch
    {
        >= (byte)'0' and <= (byte)'9' => octet - '0',
        >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
        _ => -1,
    };
}
