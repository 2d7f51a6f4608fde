using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Kiwire.Server.Portal;

/// <summary>Reads the portal's texts: those that come with the server, then the operator's own, which add languages or take the places of texts.</summary>
internal static partial class PortalLanguageLoader
{
    private const string SchemaName = "schema.json";
    private const int LongestName = 40;
    private const int LongestText = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly FrozenDictionary<string, PortalText> Keys =
        Enum.GetValues<PortalText>().ToFrozenDictionary(text => JsonNamingPolicy.CamelCase.ConvertName(text.ToString()));

    /// <summary>Where the files that come with the server are.</summary>
    public static string BuiltInFolder => Path.Combine(AppContext.BaseDirectory, "dictionaries", "portal");

    /// <summary>Reads both folders.</summary>
    /// <param name="builtIn">The folder of those that come with the server.</param>
    /// <param name="own">The operator's folder; it need not be there.</param>
    /// <exception cref="StartUpException">A file has faults, or cannot be read; the message has all of them.</exception>
    public static PortalLanguages Load(string builtIn, string own)
    {
        List<string> faults = [];
        Dictionary<string, PortalLanguage> languages = [];

        // First, because the others' names in braces are compared with its.
        ReadFile(Path.Combine(builtIn, PortalLanguages.English + ".json"), languages, faults);
        foreach (string file in Files(builtIn).Concat(Files(own)).Where(file => faults.Count == 0 && file != Path.Combine(builtIn, PortalLanguages.English + ".json")))
        {
            ReadFile(file, languages, faults);
        }

        return faults.Count == 0
            ? new PortalLanguages(languages.Values)
            : throw new StartUpException($"The portal's texts cannot be used:{Environment.NewLine}{string.Join(Environment.NewLine, faults)}");
    }

    private static IEnumerable<string> Files(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*.json").Where(file => Path.GetFileName(file) != SchemaName).Order(StringComparer.Ordinal);

    private static void ReadFile(string file, Dictionary<string, PortalLanguage> languages, List<string> faults)
    {
        try
        {
            LanguageFile read = JsonSerializer.Deserialize<LanguageFile>(File.ReadAllText(file), Json) ?? throw new JsonException("It is null; it must be an object.");
            List<string> found = FindFaults(read, languages);
            faults.AddRange(found.Select(fault => $"{file}: {fault}"));
            if (found.Count == 0)
            {
                languages[read.Language] = Merge(read, languages.GetValueOrDefault(read.Language));
            }
        }
        catch (JsonException e)
        {
            faults.Add($"{file}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add($"{file}: cannot be read: {e.Message}");
        }
    }

    private static PortalLanguage Merge(LanguageFile file, PortalLanguage? before)
    {
        Dictionary<PortalText, string> texts = before is null ? [] : new(before.Texts);
        foreach ((string key, string text) in file.Texts)
        {
            texts[Keys[key]] = text;
        }

        return new PortalLanguage
        {
            Code = file.Language,
            Tag = file.Tag ?? before?.Tag ?? file.Language,
            Name = file.Name,
            RightToLeft = file.RightToLeft ?? before?.RightToLeft ?? false,
            Texts = texts.ToFrozenDictionary(),
        };
    }

    private static List<string> FindFaults(LanguageFile file, Dictionary<string, PortalLanguage> languages)
    {
        List<string> faults = [];
        if (!Code().IsMatch(file.Language))
        {
            faults.Add($"language is \"{file.Language}\"; it must be an ISO 639 code of two or three small letters, such as en.");
        }

        if (file.Tag is { } tag && !Tag().IsMatch(tag))
        {
            faults.Add($"tag is \"{tag}\"; it must be a language tag such as zh-Hans.");
        }

        if (file.Name.Length is 0 or > LongestName)
        {
            faults.Add($"name has {file.Name.Length} characters; it must have 1 to {LongestName}.");
        }

        foreach ((string key, string? text) in file.Texts)
        {
            if (FindFault(key, text, languages.GetValueOrDefault(PortalLanguages.English)) is { } fault)
            {
                faults.Add($"texts.{key} {fault}");
            }
        }

        if (!languages.ContainsKey(file.Language) && Keys.Keys.Where(key => !file.Texts.ContainsKey(key)).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } missing)
        {
            faults.Add($"texts has no {string.Join(", ", missing)}; a language that is not there yet must have all.");
        }

        return faults;
    }

    private static string? FindFault(string key, string? text, PortalLanguage? english)
    {
        if (!Keys.TryGetValue(key, out PortalText known))
        {
            return $"is not known; known are {string.Join(", ", Keys.Keys.Order(StringComparer.Ordinal))}.";
        }

        if (text is null || text.Length is 0 or > LongestText)
        {
            return $"has {text?.Length ?? 0} characters; it must have 1 to {LongestText}.";
        }

        // English itself says which names there are.
        string[] allowed = english is null ? [] : Names(english[known]);
        return english is not null && Names(text).Except(allowed).ToArray() is { Length: > 0 } unknown
            ? $"has {string.Join(", ", unknown)}; in braces may stand {(allowed.Length == 0 ? "nothing" : string.Join(", ", allowed))}."
            : null;
    }

    private static string[] Names(string text) => [.. Braces().Matches(text).Select(match => match.Value).Distinct()];

    [GeneratedRegex("^[a-z]{2,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex("^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\{[^{}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();

    /// <summary>A file as <c>schema.json</c> has it.</summary>
    private sealed record LanguageFile
    {
        [JsonPropertyName("$schema")]
        public string? Schema { get; init; }

        public required string Language { get; init; }

        public string? Tag { get; init; }

        public required string Name { get; init; }

        public bool? RightToLeft { get; init; }

        public required IReadOnlyDictionary<string, string> Texts { get; init; }
    }
}
