using System.Text.Json;

namespace Kiwire.Server.Api;

/// <summary>
/// An operation's id in the OpenAPI document, which generators make a method's name of: what its handler does (its name) and the thing that its
/// path leads to, such as <c>listZones</c>, <c>createZone</c>, <c>listAccountSessions</c>.
/// </summary>
internal static class OperationNames
{
    private static readonly string[] OnOne = ["Get", "Show", "Find", "Read", "Create", "Make", "Add", "Update", "Change", "Replace", "Set", "Delete", "Remove", "Revoke"];

    /// <param name="handler">The handler's name; <c>Async</c> at its end is not a part of it.</param>
    /// <param name="path">The path, such as <c>/api/v1/zones/{name}</c>.</param>
    public static string Of(string handler, string path)
    {
        string verb = handler.EndsWith("Async", StringComparison.Ordinal) ? handler[..^"Async".Length] : handler;
        string[] segments = [.. path.Trim('/').Split('/').Skip(2)];
        string[] words = [.. segments.Where(segment => !segment.StartsWith('{')).Select(Pascal)];

        // The things on the way are one each: /accounts/{name}/sessions are an account's sessions.
        string owner = string.Concat(words.SkipLast(1).Select(Singular));
        string last = words.LastOrDefault() ?? "";
        bool one = OnOne.Contains(verb) && !(verb is "Get" or "Show" or "Read" && !segments[^1].StartsWith('{'));
        string thing = owner + (one ? Singular(last) : last);
        return JsonNamingPolicy.CamelCase.ConvertName(
            verb == "List" || OnOne.Contains(verb) ? verb + thing
            : last.Equals(verb, StringComparison.OrdinalIgnoreCase) ? verb + owner
            : last.StartsWith(verb, StringComparison.OrdinalIgnoreCase) ? $"{last}Of{owner}"
            : verb.Contains(Singular(last), StringComparison.OrdinalIgnoreCase) ? verb
            : verb + thing);
    }

    private static string Pascal(string segment) => string.Concat(segment.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Singular(string word) =>
        word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : word.EndsWith("ches", StringComparison.Ordinal) || word.EndsWith("sses", StringComparison.Ordinal) ? word[..^2]
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal) && word != "Nas" ? word[..^1]
        : word;
}
