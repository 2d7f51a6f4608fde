using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Web;

/// <summary>Words of an enumeration in queries. Binding would take a number too, and a word in one case only.</summary>
internal static class EnumWord
{
    /// <summary>Reads a word as answers have it; whatever the case.</summary>
    /// <param name="field">What the query calls it.</param>
    /// <param name="word">What was given; null: nothing.</param>
    /// <param name="value">What it means; null: nothing was given.</param>
    /// <param name="fault">What is wrong, where the answer is false.</param>
    public static bool TryRead<T>(string field, string? word, out T? value, [NotNullWhen(false)] out FieldFault? fault)
        where T : struct, Enum
    {
        value = null;
        fault = null;
        if (word is null)
        {
            return true;
        }

        string[] words = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];
        if (!words.Contains(word, StringComparer.OrdinalIgnoreCase))
        {
            fault = new FieldFault(field, $"is '{word}'; it must be {string.Join(", ", words[..^1])} or {words[^1]}.");
            return false;
        }

        value = Enum.Parse<T>(word, ignoreCase: true);
        return true;
    }
}
