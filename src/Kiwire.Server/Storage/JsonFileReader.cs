using System.Text.Json;

namespace Kiwire.Server.Storage;

/// <summary>
/// What readers of data files have in common: values with their places, so that a fault names the file, the place in it, what is wrong and
/// what would be right. A value with a fault is read as something harmless, so that one reading finds all faults.
/// </summary>
internal abstract class JsonFileReader(string file, List<string> faults)
{
    /// <summary>Comments and trailing commas are for people; a property that is there twice is a slip.</summary>
    private static readonly JsonDocumentOptions Form = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false };

    /// <summary>What the file has; null where it is not JSON or has faults, which are added.</summary>
    protected T? ReadDocument<T>(string json, Func<JsonElement, T> read)
        where T : class
    {
        int before = faults.Count;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Form);
            T whole = read(document.RootElement);
            return faults.Count == before ? whole : null;
        }
        catch (JsonException e)
        {
            faults.Add($"{file}, line {e.LineNumber + 1}: not JSON: {e.Message}");
            return null;
        }
    }

    protected bool IsObject(JsonElement item, string at, string[] known, string[] required)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            Fail(at, $"is {Describe(item)}; it must be an object with {string.Join(", ", required.Length > 0 ? required : known)}");
            return false;
        }

        foreach (JsonProperty property in item.EnumerateObject().Where(property => !known.Contains(property.Name)))
        {
            Fail($"{at}.{property.Name}", $"is not known here; known are {string.Join(", ", known)}");
        }

        string[] missing = [.. required.Where(name => !item.TryGetProperty(name, out _))];
        foreach (string name in missing)
        {
            Fail(at, $"has no \"{name}\"; it must have {string.Join(", ", required)}");
        }

        return missing.Length == 0;
    }

    protected List<(JsonElement Item, string At)> Items(JsonElement list, string at, bool atLeastOne = false)
    {
        if (list.ValueKind != JsonValueKind.Array || (atLeastOne && list.GetArrayLength() == 0))
        {
            Fail(at, $"is {Describe(list)}; it must be a list{(atLeastOne ? " of at least one" : "")}");
            return [];
        }

        return [.. list.EnumerateArray().Select((item, i) => (item, $"{at}[{i}]"))];
    }

    protected string ReadText(JsonElement item, string at)
    {
        if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Fail(at, $"is {Describe(item)}; it must be a text that is not empty");
        return "";
    }

    protected long ReadInteger(JsonElement item, string at, long least, long most)
    {
        if (item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long value) && value >= least && value <= most)
        {
            return value;
        }

        Fail(at, $"is {Describe(item)}; it must be a whole number of {least} to {most}");
        return least;
    }

    protected bool ReadTruth(JsonElement item, string at)
    {
        if (item.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return item.GetBoolean();
        }

        Fail(at, $"is {Describe(item)}; it must be true or false");
        return false;
    }

    /// <summary>One of some names, spelt as in JSON.</summary>
    protected T ReadWord<T>(JsonElement item, string at, params ReadOnlySpan<T> known)
        where T : struct, Enum
    {
        List<string> words = [];
        foreach (T value in known)
        {
            string word = JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
            if (item.ValueKind == JsonValueKind.String && item.GetString() == word)
            {
                return value;
            }

            words.Add($"\"{word}\"");
        }

        Fail(at, $"is {Describe(item)}; it must be {string.Join(", ", words[..^1])} or {words[^1]}");
        return default;
    }

    protected static string Describe(JsonElement item)
    {
        string text = item.GetRawText().ReplaceLineEndings(" ");
        return text.Length > 60 ? $"{text[..60]}..." : text;
    }

    protected void Fail(string at, string fault) => faults.Add($"{file}, {at}: {fault}.");
}
