using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kiwire.Server.Sms;

namespace Kiwire.Server.Tests.Sms;

/// <summary>
/// What a provider's published description says of sending a message, in our own words: of names, those that the server sends. A name
/// that it comes to send besides is to be looked up in the description first.
/// </summary>
internal sealed record PublishedApi
{
    public required string Name { get; init; }

    /// <summary>The description: repository, path and commit, or address and version.</summary>
    public required string Source { get; init; }

    /// <summary>A connector for it, as an operator would make one; the gateway's address is given.</summary>
    public required Func<string, SmsConnectorRequest> Connector { get; init; }

    /// <summary>The whole path as a pattern, its parameters filled in with theirs. Every one of these APIs takes a POST.</summary>
    public required string Path { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The header that authenticates, as it must be.</summary>
    public required (string Name, string Value) Authentication { get; init; }

    public required string[] Required { get; init; }

    /// <summary>One of each group must be there.</summary>
    public string[][] OneOf { get; init; } = [];

    public required PublishedField[] Fields { get; init; }

    /// <summary>Names that the server sends and this description does not have.</summary>
    public string[] Beyond { get; init; } = [];

    /// <summary>The first is a success.</summary>
    public required PublishedAnswer[] Answers { get; init; }

    public override string ToString() => Name;

    /// <summary>What a server made from the description would refuse.</summary>
    public IEnumerable<string> FindFaults(GatewayRequest request)
    {
        if (request.Method != "POST")
        {
            yield return $"The method is {request.Method}.";
        }

        if (!Regex.IsMatch(request.Path, $@"^{Path}\z", RegexOptions.CultureInvariant) || request.Query.Length > 0)
        {
            yield return $"There is no {request.Path}{request.Query}.";
        }

        if (request.ContentType.Split(';')[0] != ContentType)
        {
            yield return $"The content is {request.ContentType}.";
        }

        if (request.Header(Authentication.Name) != Authentication.Value)
        {
            yield return $"{Authentication.Name} is not as it must be.";
        }

        foreach (string fault in FindFieldFaults(FieldsOf(request)))
        {
            yield return fault;
        }
    }

    /// <summary>Of a form, texts; of JSON, what is there.</summary>
    public static JsonObject FieldsOf(GatewayRequest request)
    {
        if (request.IsJson)
        {
            return JsonNode.Parse(request.Body)!.AsObject();
        }

        JsonObject fields = [];
        foreach ((string name, string value) in request.Variables)
        {
            fields[name] = value;
        }

        return fields;
    }

    public IEnumerable<string> FindFieldFaults(JsonObject given)
    {
        foreach (string name in Required.Where(name => !given.ContainsKey(name)))
        {
            yield return $"{name} is missing.";
        }

        foreach (string[] group in OneOf.Where(group => !group.Any(given.ContainsKey)))
        {
            yield return $"There is none of {string.Join(", ", group)}.";
        }

        foreach ((string name, JsonNode? value) in given)
        {
            PublishedField? field = Array.Find(Fields, field => field.Name == name);
            if (field is null && !Beyond.Contains(name))
            {
                yield return $"{name} is not known.";
            }
            else if (field is not null && !field.IsRight(value, isForm: ContentType.EndsWith("urlencoded", StringComparison.Ordinal)))
            {
                yield return $"{name} cannot be {value?.ToJsonString()}.";
            }
        }
    }
}

/// <summary>A parameter of a description.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pattern">What its text must be, or each item's of a list.</param>
internal sealed record PublishedField(string Name, string Pattern = @"[\s\S]+")
{
    /// <summary>A whole number within these; null: a text or a list.</summary>
    public (long Least, long Most)? Whole { get; init; }

    public bool IsList { get; init; }

    public bool IsRight(JsonNode? value, bool isForm) => Whole is { } range
        ? (isForm || value?.GetValueKind() == JsonValueKind.Number)
            && long.TryParse(value?.ToString(), CultureInfo.InvariantCulture, out long number) && number >= range.Least && number <= range.Most
        : IsList
            ? value is JsonArray { Count: > 0 } list && list.All(item => Matches(item))
            : value?.GetValueKind() == JsonValueKind.String && Matches(value);

    private bool Matches(JsonNode? value) => value is not null && Regex.IsMatch(value.ToString(), $@"^(?:{Pattern})\z", RegexOptions.CultureInvariant);
}

/// <summary>An answer that a description, or the provider's list of errors, has.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body.</param>
/// <param name="Result">What it means.</param>
/// <param name="Says">Of a success, the provider's name for the message; else what the error must have in it.</param>
internal sealed record PublishedAnswer(int Status, string Body, SmsTestResult Result, string Says);
