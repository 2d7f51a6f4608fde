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

    // Pairs again, to be found by first and second; few enough to look through.
    private static readonly (uint[] Parts, char[] Joined) Composites = ReadComposites();

    /// <summary>The normal form of <paramref name="text"/>.</summary>
    public static string Compose(string text)
    {
        if (!HasMarks(text))
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
        if (!HasMarks(text))
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

    // Below the first combining mark every character is composed already.
    private static bool HasMarks(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (c >= FirstMark)
            {
                return true;
            }
        }

        return false;
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

        if (c < '\u00C0' || !(TryFind(Pairs, c, out int at, out string table) || TryFind(OneWay, c, out at, out table)))
        {
            destination[length++] = c;
            return length;
        }

        length = Decompose(table[at + 1], destination, length);
        return table[at + 2] == 0 ? length : Decompose(table[at + 2], destination, length);
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

    private static byte ClassOf(char c)
    {
        if (c < FirstMark)
        {
            return 0;
        }

        _ = TryFind(Classes, c, out int at, out _);
        return at >= 0 && c <= Classes[at + 1] ? (byte)Classes[at + 2] : (byte)0;
    }

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

        int at = Composites.Parts.AsSpan().IndexOf(((uint)first << 16) | second);
        joined = at >= 0 ? Composites.Joined[at] : default;
        return at >= 0;
    }

    /// <summary>Finds the three of which <paramref name="c"/> is the first, else the last three that begin before it (-1: none).</summary>
    private static bool TryFind(string table, char c, out int at, out string found)
    {
        found = table;
        int low = 0;
        int high = (table.Length / 3) - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (table[middle * 3] <= c)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        at = high < 0 ? -1 : high * 3;
        return at >= 0 && table[at] == c;
    }

    private static (uint[] Parts, char[] Joined) ReadComposites()
    {
        uint[] parts = new uint[Pairs.Length / 3];
        char[] joined = new char[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = ((uint)Pairs[(i * 3) + 1] << 16) | Pairs[(i * 3) + 2];
            joined[i] = Pairs[i * 3];
        }

        return (parts, joined);
    }
}
