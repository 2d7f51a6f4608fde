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
