using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Kiwire.Server.Api;

/// <summary>
/// An operation's id in the OpenAPI document, which generators make a method's name of: what its handler does (its name) and the thing that its
/// path leads to, such as <c>listZones</c>, <c>createZone</c>, <c>setAdministratorPassword</c>.
/// </summary>
internal static partial class OperationNames
{
    private static readonly string[] OnOne = ["Get", "Show", "Find", "Read", "Create", "Make", "Add", "Update", "Change", "Replace", "Set", "Delete", "Remove", "Revoke"];

    /// <param name="handler">The handler's name; <c>Async</c> at its end is not a part of it, nor is a compiler's name for a lambda any.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, such as <c>/api/v1/zones/{name}</c>.</param>
    public static string Of(string handler, string method, string path)
    {
        string does = handler.StartsWith('<') ? Pascal(method.ToLowerInvariant()) : handler.EndsWith("Async", StringComparison.Ordinal) ? handler[..^"Async".Length] : handler;
        string[] segments = [.. path.Trim('/').Split('/').Skip(2)];
        string[] words = [.. segments.Where(segment => !segment.StartsWith('{')).Select(Pascal)];

        // The things on the way are one each: /accounts/{name}/sessions are an account's sessions.
        string owner = string.Concat(words.SkipLast(1).Select(Singular));
        string last = words.LastOrDefault() ?? "";
        string verb = FirstWord().Match(does).Value;
        return JsonNamingPolicy.CamelCase.ConvertName(
            verb == "List" ? verb + owner + last
            : OnOne.Contains(verb) ? verb + owner + Singular(last)
            : last.Equals(does, StringComparison.OrdinalIgnoreCase) ? does + owner
            : last.StartsWith(does, StringComparison.OrdinalIgnoreCase) ? $"{last}Of{owner}"
            : does.Contains(Singular(last), StringComparison.OrdinalIgnoreCase) ? does
            : does + owner + last);
    }

    /// <summary>Gives operations that would have the same id one each: the longer path says what it is found by.</summary>
    public static void Separate(OpenApiDocument document)
    {
        var operations = document.Paths
            .SelectMany(path => (path.Value.Operations ?? []).Select(operation => (Path: path.Key, Operation: operation.Value)))
            .GroupBy(operation => operation.Operation.OperationId);
        foreach (var same in operations)
        {
            foreach ((string path, OpenApiOperation operation) in same.OrderBy(operation => operation.Path.Length).Skip(1))
            {
                operation.OperationId += "By" + string.Concat(path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => Pascal(segment.Trim('{', '}'))));
            }
        }
    }

    private static string Pascal(string segment) => string.Concat(segment.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Singular(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("sses", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal) && word is not ("Nas" or "Sms") ? word[..^1]
        : word;

    [GeneratedRegex("^[A-Z][a-z]*")]
    private static partial Regex FirstWord();
}
