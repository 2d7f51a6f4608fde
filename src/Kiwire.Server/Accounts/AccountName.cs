using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Kiwire.Server.Accounts;

/// <summary>
/// How names of accounts and profiles are compared: without regard to case and, past ASCII, to how accents were composed. A name's key is its
/// lower-case form in NFC; equal keys are one name.
/// </summary>
internal static class AccountName
{
    /// <summary>The longest name, in octets: what a User-Name attribute holds (RFC 2865, 5.1).</summary>
    public const int MaxOctets = 253;

    /// <summary>Room enough for the key of any name: lower case and composition make at most three octets of one.</summary>
    public const int MaxKeyOctets = 768;

    /// <summary>
    /// Writes the key of <paramref name="name"/> into <paramref name="key"/> and returns its length. ASCII is folded as it stands; octets that are
    /// not UTF-8 are their own key, which no account's can equal.
    /// </summary>
    /// <param name="name">UTF-8, at most <see cref="MaxOctets"/>.</param>
    /// <param name="key">At least <see cref="MaxKeyOctets"/>.</param>
    public static int Fold(ReadOnlySpan<byte> name, Span<byte> key) =>
        Ascii.ToLower(name, key, out int written) == System.Buffers.OperationStatus.Done ? written : FoldDecoded(name, key);

    /// <summary>The key as the database keeps it in <c>name_key</c>.</summary>
    public static string KeyOf(string name) => NameComposition.Compose(name.ToLowerInvariant());

    /// <summary>
    /// Whether an account may bear such a name: one to <see cref="MaxOctets"/> octets of UTF-8 without control characters. Others are known to be
    /// missing without asking the database.
    /// </summary>
    public static bool IsPossible(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > MaxOctets || name.ContainsAnyInRange((byte)0, (byte)0x1f) || name.Contains((byte)0x7f))
        {
            return false;
        }

        return Ascii.IsValid(name) || Utf8.IsValid(name);
    }

    /// <inheritdoc cref="IsPossible(ReadOnlySpan{byte})"/>
    public static bool IsPossible(string name) => name.Length <= MaxOctets && IsText(name) && IsPossible(Encoding.UTF8.GetBytes(name));

    /// <summary>Whether a text can be stored: half of a surrogate pair cannot.</summary>
    public static bool IsText(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares two keys of ASCII names of which one may not be folded yet, else two keys.</summary>
    internal static bool EqualsKey(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nameOrKey) =>
        key.Length == nameOrKey.Length && (key.SequenceEqual(nameOrKey) || Ascii.EqualsIgnoreCase(key, nameOrKey));

    [SkipLocalsInit]
    private static int FoldDecoded(ReadOnlySpan<byte> name, Span<byte> key)
    {
        Span<char> text = stackalloc char[MaxOctets];
        Span<char> lower = stackalloc char[MaxOctets];
        Span<char> composed = stackalloc char[MaxOctets * 2];
        if (name.Length > MaxOctets || Utf8.ToUtf16(name, text, out _, out int length, replaceInvalidSequences: false) != System.Buffers.OperationStatus.Done)
        {
            name.CopyTo(key);
            return name.Length;
        }

        MemoryExtensions.ToLowerInvariant(text[..length], lower);
        length = NameComposition.Compose(lower[..length], composed);
        return Encoding.UTF8.GetBytes(composed[..length], key);
    }
}
