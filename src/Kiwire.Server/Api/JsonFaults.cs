using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Api;

/// <summary>What is wrong with a body that cannot be read, in the words of who wrote it: its fields, and what they may hold. No type of ours is named.</summary>
internal static partial class JsonFaults
{
    private const string Body = "body";

    /// <param name="fault">What the reader says.</param>
    /// <param name="body">The body's record; null: it is not known.</param>
    /// <param name="options">How bodies are read.</param>
    public static FieldFault Describe(JsonException fault, Type? body, JsonSerializerOptions options)
    {
        if (fault.InnerException is JsonException syntax)
        {
            return OfSyntax(syntax);
        }

        string path = fault.Path is ['$', .. var rest] ? rest : "";
        string field = FieldOf(path);
        if (UnknownField().Match(fault.Message) is { Success: true } unknown)
        {
            string name = unknown.Groups["name"].Value;
            IReadOnlyList<string> known = FieldsOf(TypeAt(body, ParentOf(path, name), options), options);
            return new FieldFault(Within(ParentOf(path, name), name), known.Count > 0 ? $"is not known here; known are {string.Join(", ", known)}." : "is not known here.");
        }

        if (DuplicateField().Match(fault.Message) is { Success: true } duplicate)
        {
            string name = duplicate.Groups["name"].Value;
            return new FieldFault(Within(ParentOf(path, name), name), "is there twice; give it once.");
        }

        if (MissingFields().Match(fault.Message) is { Success: true } missing)
        {
            return new FieldFault(field, $"lacks {missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal)}.");
        }

        return fault switch
        {
            { InnerException: InvalidOperationException { InnerException: DecoderFallbackException } } => new FieldFault(field, "is not valid UTF-8."),
            { InnerException: InvalidOperationException broken } when broken.Message.Contains("UTF-16", StringComparison.Ordinal) => new FieldFault(field, "is not valid text: it has half of a surrogate pair."),
            JsonTextException => new FieldFault(field, fault.Message),
            _ => new FieldFault(field, $"must be {Wanted(TypeAt(body, path, options))}."),
        };
    }

    /// <summary>What a field or parameter of a type may hold.</summary>
    public static string Wanted(Type? type)
    {
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            null => "of another form",
            { IsEnum: true } => WordsOf(type),
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(string) => "text in double quotes",
            _ when type == typeof(DateTimeOffset) || type == typeof(DateTime) => "a moment such as 2030-12-31T18:00:00Z",
            _ when type == typeof(DateOnly) => "a day such as 2030-12-31",
            _ when type == typeof(TimeOnly) => "a time of day such as 18:00",
            _ when type == typeof(byte) => Whole(byte.MinValue, byte.MaxValue),
            _ when type == typeof(short) => Whole(short.MinValue, short.MaxValue),
            _ when type == typeof(ushort) => Whole(ushort.MinValue, ushort.MaxValue),
            _ when type == typeof(int) => Whole(int.MinValue, int.MaxValue),
            _ when type == typeof(uint) => Whole(uint.MinValue, uint.MaxValue),
            _ when type == typeof(long) => Whole(long.MinValue, long.MaxValue),
            _ when type == typeof(decimal) || type == typeof(double) || type == typeof(float) => "a number",
            _ when JsonSerializerOptions.Web.GetTypeInfo(type).Kind is JsonTypeInfoKind.Enumerable => "a list, [ … ]",
            _ when JsonSerializerOptions.Web.GetTypeInfo(type).Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object, { … }",
            _ => "of another form",
        };
    }

    /// <summary>The words of an enumeration, as they are written.</summary>
    public static string WordsOf(Type enumeration) =>
        "one of " + string.Join(", ", Enum.GetNames(enumeration).Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static string Whole(decimal least, decimal most) => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    // "'}' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 5."
    private static FieldFault OfSyntax(JsonException syntax)
    {
        if (syntax.Message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
        {
            return new FieldFault(Body, (syntax.LineNumber ?? 0) == 0 && (syntax.BytePositionInLine ?? 0) == 0 ? "is empty; a JSON object is wanted." : "is not whole: its JSON ends too early.");
        }

        string words = Position().Replace(syntax.Message, "").Replace(" Change the reader options.", "", StringComparison.Ordinal).TrimEnd();
        return new FieldFault(
            Body, string.Create(CultureInfo.InvariantCulture, $"is not JSON at line {(syntax.LineNumber ?? 0) + 1}, column {(syntax.BytePositionInLine ?? 0) + 1}: {words}"));
    }

    private static string FieldOf(string path) => path.Length == 0 ? Body : path.TrimStart('.');

    private static string Within(string parent, string name) => parent.Length == 0 ? name : $"{FieldOf(parent)}.{name}";

    // The reader's path may end in the field that the message names, or before it.
    private static string ParentOf(string path, string name) =>
        path.EndsWith("." + name, StringComparison.Ordinal) ? path[..^(name.Length + 1)]
        : path.EndsWith($"['{name}']", StringComparison.Ordinal) ? path[..^(name.Length + 4)]
        : path;

    private static IReadOnlyList<string> FieldsOf(Type? type, JsonSerializerOptions options) =>
        type is not null && options.TryGetTypeInfo(type, out JsonTypeInfo? info) && info.Kind is JsonTypeInfoKind.Object
            ? [.. info.Properties.Select(property => property.Name)]
            : [];

    private static Type? TypeAt(Type? body, string path, JsonSerializerOptions options)
    {
        Type? type = body;
        foreach (Match step in Step().Matches(path))
        {
            if (type is null || !options.TryGetTypeInfo(type, out JsonTypeInfo? info))
            {
                return null;
            }

            type = step.Groups["index"].Success || info.Kind is JsonTypeInfoKind.Dictionary
                ? info.ElementType
                : info.Properties.FirstOrDefault(property => property.Name.Equals(step.Groups["name"].Value, StringComparison.OrdinalIgnoreCase))?.PropertyType;
        }

        return type;
    }

    [GeneratedRegex(@"^The JSON property '(?<name>.*)' could not be mapped to any \.NET member", RegexOptions.Singleline)]
    private static partial Regex UnknownField();

    [GeneratedRegex(@"^Duplicate property '(?<name>.*)' encountered during deserialization", RegexOptions.Singleline)]
    private static partial Regex DuplicateField();

    [GeneratedRegex(@"was missing required properties including: (?<names>.*?)\.?( Path: |$)", RegexOptions.Singleline)]
    private static partial Regex MissingFields();

    [GeneratedRegex(@" (Path: .* \| )?LineNumber: \d+ \| BytePositionInLine: \d+\.?", RegexOptions.Singleline)]
    private static partial Regex Position();

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>[^']*)'\]|\[(?<index>\d+)\]")]
    private static partial Regex Step();
}
