using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Base 32 (RFC 4648, 6), in which authenticators' secrets are written and typed.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Without padding, as otpauth:// wants it.</summary>
    public static string Write(ReadOnlySpan<byte> octets)
    {
        Span<char> text = octets.Length <= 64 ? stackalloc char[104] : new char[((octets.Length * 8) + 4) / 5];
        int length = 0;
        int bits = 0;
        int held = 0;
        foreach (byte octet in octets)
        {
            held = (held << 8) | octet;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text[length++] = Alphabet[(held >> (bits - 5)) & 31];
            }

            held &= (1 << bits) - 1;
        }

        if (bits > 0)
        {
            text[length++] = Alphabet[(held << (5 - bits)) & 31];
        }

        return new string(text[..length]);
    }

    /// <summary>Reads it in either case, with or without padding, and with the blanks and hyphens that people put between groups.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        List<byte> read = new(text.Length * 5 / 8);
        int bits = 0;
        int held = 0;
        foreach (char character in text.TrimEnd('='))
        {
            if (character is ' ' or '-')
            {
                continue;
            }

            int value = Alphabet.IndexOf(char.ToUpperInvariant(character), StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            held = (held << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                read.Add((byte)(held >> bits));
                held &= (1 << bits) - 1;
            }
        }

        // What is left over is no octet; of a whole character it cannot be.
        if (bits >= 5 || held != 0)
        {
            return false;
        }

        octets = [.. read];
        return true;
    }
}
