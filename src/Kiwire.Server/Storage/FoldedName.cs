using System.Text;

namespace Kiwire.Server.Storage;

/// <summary>Names as they are compared: without regard to case.</summary>
internal static class FoldedName
{
    /// <summary>The most octets that an attribute's value has (RFC 2865, 5).</summary>
    private const int LongestValue = 253;

    public static string Fold(string name) => name.ToLowerInvariant();

    /// <summary>Whether a name from a packet (UTF-8) is the one that <paramref name="folded"/> is folded from. Allocates nothing.</summary>
    public static bool Matches(string folded, ReadOnlySpan<byte> name)
    {
        if (Ascii.IsValid(name))
        {
            return Ascii.EqualsIgnoreCase(name, folded);
        }

        if (name.Length > LongestValue)
        {
            return false;
        }

        Span<char> characters = stackalloc char[LongestValue];
        Span<char> lower = stackalloc char[LongestValue];
        if (!Encoding.UTF8.TryGetChars(name, characters, out int length))
        {
            return false;
        }

        _ = ((ReadOnlySpan<char>)characters[..length]).ToLowerInvariant(lower);
        return folded.AsSpan().SequenceEqual(lower[..length]);
    }
}
