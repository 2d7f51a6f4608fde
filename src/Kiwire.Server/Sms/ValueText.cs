using System.Text.RegularExpressions;

namespace Kiwire.Server.Sms;

/// <summary>Texts of a connector with <c>{variables}</c> in them. All are filled in at once: a value with braces in it stays as it is.</summary>
internal static partial class ValueText
{
    public const string Phone = "phone";
    public const string Message = "message";

    /// <summary>The names in braces, each as often as it stands there.</summary>
    public static IEnumerable<string> FindNames(string text) => Variable().Matches(text).Select(match => match.Groups["name"].Value);

    public static bool Has(string text, string name) => text.Contains($"{{{name}}}", StringComparison.Ordinal);

    /// <summary>The text with values in it, each as <paramref name="encode"/> writes it; a name that has no value stays as it stands.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values, Func<string, string> encode) =>
        Variable().Replace(text, match => values.TryGetValue(match.Groups["name"].Value, out string? value) ? encode(value) : match.Value);

    /// <summary>The text with the same word for every variable.</summary>
    public static string FillAll(string text, string word) => Variable().Replace(text, word);

    [GeneratedRegex(@"\{(?<name>[A-Za-z][A-Za-z0-9_.:-]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
