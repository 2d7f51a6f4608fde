using System.Text;

namespace Kiwire.Radius.Dictionaries;

/// <summary>C# names for a dictionary's names.</summary>
internal static class KeySourceNames
{
    /// <summary>The class for a dictionary's file: dictionary.rfc2865 gives Rfc2865.</summary>
    public static string Class(string file)
    {
        int start = file.LastIndexOf('.') + 1;
        string name = Identifier(file[start..]);

        // A class of this name would hide behind .NET's namespace of the same name.
        return name is "Microsoft" or "System" ? name + "Vsa" : name;
    }

    /// <summary>The field for an attribute, without the vendor's name before it: Mikrotik-Rate-Limit gives RateLimit.</summary>
    public static string Field(DictionaryAttribute attribute)
    {
        string name = attribute.Name;
        if (attribute.Vendor is { } vendor && name.StartsWith(vendor.Name + "-", StringComparison.OrdinalIgnoreCase)
            && char.IsAsciiLetter(name[vendor.Name.Length + 1]))
        {
            name = name[(vendor.Name.Length + 1)..];
        }

        return Identifier(name);
    }

    /// <summary>A name's words put together, each with a capital; words in capitals of three letters and more become ordinary ones.</summary>
    public static string Identifier(string name)
    {
        var identifier = new StringBuilder(name.Length + 1);
        int at = 0;
        while (at < name.Length)
        {
            int end = at;
            while (end < name.Length && char.IsAsciiLetterOrDigit(name[end]))
            {
                end++;
            }

            AppendWord(identifier, name.AsSpan(at, end - at));
            at = end + 1;
        }

        return identifier.Length == 0 || char.IsAsciiDigit(identifier[0]) ? "_" + identifier : identifier.ToString();
    }

    private static void AppendWord(StringBuilder identifier, ReadOnlySpan<char> word)
    {
        if (word.IsEmpty)
        {
            return;
        }

        bool capitals = (word.Length > 2 || word is "ID") && !word.ContainsAnyInRange('a', 'z');
        identifier.Append(char.ToUpperInvariant(word[0]));
        foreach (char c in word[1..])
        {
            identifier.Append(capitals ? char.ToLowerInvariant(c) : c);
        }
    }
}
