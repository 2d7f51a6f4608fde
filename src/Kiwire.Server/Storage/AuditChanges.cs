using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kiwire.Server.Storage;

/// <summary>What an audited change did, field by field: <c>{"profile":{"from":"gold","to":"hour"},"secret":"changed"}</c>.</summary>
internal sealed class AuditChanges
{
    private const int LongestValue = 1000;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _fields = [];

    /// <summary>Nothing: a deletion, or an update to what was there already.</summary>
    public static AuditChanges None => new();

    public bool IsEmpty => _fields.Count == 0;

    /// <summary>A field of something new; what is null or empty is left out.</summary>
    public AuditChanges Set<T>(string field, T value) => Compare(field, default, value);

    /// <summary>A field's change; nothing where both are the same.</summary>
    public AuditChanges Compare<T>(string field, T? before, T? after)
    {
        if (EqualityComparer<T>.Default.Equals(before, after) || (Text(before) is null && Text(after) is null))
        {
            return this;
        }

        JsonObject change = [];
        if (Text(before) is { } from)
        {
            change["from"] = from;
        }

        if (Text(after) is { } to)
        {
            change["to"] = to;
        }

        _fields[field] = change;
        return this;
    }

    /// <summary>A list's change; nothing where both have the same in the same order.</summary>
    public AuditChanges CompareLists(string field, IEnumerable<string> before, IEnumerable<string> after) =>
        before.SequenceEqual(after) ? this : Compare(field, before, after);

    /// <summary>A secret: that it was given is all that is said.</summary>
    public AuditChanges Secret(string field, bool given)
    {
        if (given)
        {
            _fields[field] = "changed";
        }

        return this;
    }

    public string ToJson() => _fields.ToJsonString(Options);

    private static JsonNode? Text<T>(T value) => value switch
    {
        null or "" => null,
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        string text => JsonValue.Create(text.Length <= LongestValue ? text : text[..LongestValue] + "…"),
        IEnumerable<string> texts => new JsonArray([.. texts.Select(text => JsonValue.Create(text))]),
        _ => JsonValue.Create(value.ToString()),
    };
}
