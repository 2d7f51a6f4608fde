using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Kiwire.Server.Sessions;

/// <summary>Texts from packets, as they go into the journal.</summary>
internal static class JournalText
{
    /// <summary>The most octets that <see cref="Clean"/> makes of one.</summary>
    public const int Expansion = 4;

    /// <summary>
    /// Texts that no database would take (not UTF-8, or with control characters) come back with each such octet as <c>\xhh</c>, so that
    /// different ones stay different; all others as they are.
    /// </summary>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyInRange((byte)0, (byte)0x1f) && !text.Contains((byte)0x7f) && Utf8.IsValid(text) ? text : Escape(text);

    /// <summary>The octets that the packet had of which <see cref="Clean"/> made the text.</summary>
    public static byte[] Restore(string text)
    {
        byte[] cleaned = Encoding.UTF8.GetBytes(text);
        byte[] octets = new byte[cleaned.Length];
        int length = 0;
        for (int at = 0; at < cleaned.Length; at++)
        {
            byte octet = 0;
            bool escaped = cleaned.AsSpan(at).StartsWith("\\x"u8) && at + Expansion <= cleaned.Length
                && byte.TryParse(cleaned.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet)
                && octet is < 0x20 or >= 0x7f;
            octets[length++] = escaped ? octet : cleaned[at];
            at += escaped ? Expansion - 1 : 0;
        }

        // What was written so by the NAS itself is left as it is.
        return Clean(octets.AsSpan(0, length)).SequenceEqual(cleaned) ? octets[..length] : cleaned;
    }

    private static byte[] Escape(ReadOnlySpan<byte> text)
    {
        const string Digits = "0123456789abcdef";
        byte[] escaped = new byte[Expansion * text.Length];
        int length = 0;
        foreach (byte octet in text)
        {
            if (octet is >= 0x20 and < 0x7f)
            {
                escaped[length++] = octet;
                continue;
            }

            escaped[length++] = (byte)'\\';
            escaped[length++] = (byte)'x';
            escaped[length++] = (byte)Digits[octet >> 4];
            escaped[length++] = (byte)Digits[octet & 0xf];
        }

        return escaped[..length];
    }
}
