using System.Text;

namespace Kiwire.Server.Accounts;

/// <summary>Where, in the order of octets, the names end that begin in one way.</summary>
internal static class NameRange
{
    /// <summary>The first text after all that begin with <paramref name="prefix"/>; null: nothing comes after them.</summary>
    public static string? EndOf(string prefix)
    {
        Rune[] runes = [.. prefix.EnumerateRunes()];
        for (int last = runes.Length - 1; last >= 0; last--)
        {
            // UTF-8 keeps the order of code points.
            int next = runes[last].Value == 0xD7FF ? 0xE000 : runes[last].Value + 1;
            if (Rune.IsValid(next))
            {
                return string.Concat(runes.Take(last).Select(rune => rune.ToString())) + new Rune(next);
            }
        }

        return null;
    }
}
