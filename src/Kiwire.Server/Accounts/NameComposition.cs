using System.Runtime.CompilerServices;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Unicode's normal form C (UAX 15) for names, without the platform's tables, which this process runs without (InvariantGlobalization).
/// Characters past the basic multilingual plane are left as they are.
/// </summary>
internal static partial class NameComposition
{
    private const char FirstMark = '\u0300';
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100, Leads = 19;
    private const int VowelBase = 0x1161, Vowels = 21;
    private const int TailBase = 0x11A7, Tails = 28;

    private static readonly Dictionary<char, (char First, char Second)> Parts = ReadParts();
    private static readonly Dictionary<uint, char> Composites = ReadComposites();
    private static readonly Dictionary<char, byte> CombiningClasses = ReadClasses();

    /// <summary>The normal form of <paramref name="text"/>.</summary>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstMark - 1)))
        {
            return text;
        }

        char[] work = new char[text.Length * 4];
        return new string(work, 0, Compose(text, work));
    }

    /// <summary>
    /// Writes the normal form of <paramref name="text"/> and returns its length. A character becomes at most four while it is taken apart:
    /// <paramref name="destination"/> must have room for that.
    /// </summary>
    public static int Compose(ReadOnlySpan<char> text, Span<char> destination)
    {
        if (!text.ContainsAnyExceptInRange('\0', (char)(FirstMark - 1)))
        {
            text.CopyTo(destination);
            return text.Length;
        }

        int length = 0;
        foreach (char c in text)
        {
            length = Decompose(c, destination, length);
        }

        Order(destination[..length]);
        return Recompose(destination[..length]);
    }

    private static int Decompose(char c, Span<char> destination, int length)
    {
        int syllable = c - HangulBase;
        if ((uint)syllable < Leads * Vowels * Tails)
        {
            destination[length++] = (char)(LeadBase + (syllable / (Vowels * Tails)));
            destination[length++] = (char)(VowelBase + (syllable / Tails % Vowels));
            if (syllable % Tails != 0)
            {
                destination[length++] = (char)(TailBase + (syllable % Tails));
            }

            return length;
        }

        if (c < '\u00C0' || !Parts.TryGetValue(c, out (char First, char Second) parts))
        {
            destination[length++] = c;
            return length;
        }

        length = Decompose(parts.First, destination, length);
        return parts.Second == 0 ? length : Decompose(parts.Second, destination, length);
    }

    // Marks that do not interact stand in the order of their class; equal classes keep theirs.
    private static void Order(Span<char> text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            byte own = ClassOf(text[i]);
            if (own == 0)
            {
                continue;
            }

            for (int j = i; j > 0 && ClassOf(text[j - 1]) > own; j--)
            {
                (text[j], text[j - 1]) = (text[j - 1], text[j]);
            }
        }
    }

    private static int Recompose(Span<char> text)
    {
        int length = 0;
        int starter = -1;
        int lastClass = -1;
        foreach (char c in text)
        {
            byte own = ClassOf(c);
            bool adjacent = starter >= 0 && lastClass < own;
            if (adjacent && TryJoin(text[starter], c, out char joined))
            {
                text[starter] = joined;
                continue;
            }

            if (own == 0)
            {
                starter = length;
                lastClass = -1;
            }
            else
            {
                lastClass = own;
            }

            text[length++] = c;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte ClassOf(char c) => c >= FirstMark && CombiningClasses.TryGetValue(c, out byte own) ? own : (byte)0;

    private static bool TryJoin(char first, char second, out char joined)
    {
        if ((uint)(first - LeadBase) < Leads && (uint)(second - VowelBase) < Vowels)
        {
            joined = (char)(HangulBase + ((((first - LeadBase) * Vowels) + (second - VowelBase)) * Tails));
            return true;
        }

        int syllable = first - HangulBase;
        if ((uint)syllable < Leads * Vowels * Tails && syllable % Tails == 0 && (uint)(second - TailBase - 1) < Tails - 1)
        {
            joined = (char)(first + (second - TailBase));
            return true;
        }

        return Composites.TryGetValue(((uint)first << 16) | second, out joined);
    }

    private static Dictionary<char, (char First, char Second)> ReadParts()
    {
        Dictionary<char, (char First, char Second)> parts = new((Pairs.Length + OneWay.Length) / 3);
        foreach (string table in (ReadOnlySpan<string>)[Pairs, OneWay])
        {
            for (int i = 0; i < table.Length; i += 3)
            {
                parts.Add(table[i], (table[i + 1], table[i + 2]));
            }
        }

        return parts;
    }

    private static Dictionary<uint, char> ReadComposites()
    {
        Dictionary<uint, char> composites = new(Pairs.Length / 3);
        for (int i = 0; i < Pairs.Length; i += 3)
        {
            composites.Add(((uint)Pairs[i + 1] << 16) | Pairs[i + 2], Pairs[i]);
        }

        return composites;
    }

    private static Dictionary<char, byte> ReadClasses()
    {
        Dictionary<char, byte> classes = [];
        for (int i = 0; i < Classes.Length; i += 3)
        {
            for (int c = Classes[i]; c <= Classes[i + 1]; c++)
            {
                classes.Add((char)c, (byte)Classes[i + 2]);
            }
        }

        return classes;
    }
}
