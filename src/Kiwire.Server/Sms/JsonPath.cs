using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kiwire.Server.Sms;

/// <summary>A place in a gateway's JSON answer: names with dots between, and numbers in brackets: <c>messages[0].status</c>.</summary>
internal static partial class JsonPath
{
    public static bool IsValid(string path) => Whole().IsMatch(path);

    /// <summary>What is there as text; null: nothing, or null, or no single value.</summary>
    public static string? Find(JsonElement? root, string path)
    {
        if (root is not { } item)
        {
            return null;
        }

        foreach (Match step in Step().Matches(path))
        {
            bool isFound = step.Groups["index"] is { Success: true } index
                ? TryGetItem(ref item, int.Parse(index.ValueSpan, CultureInfo.InvariantCulture))
                : item.ValueKind == JsonValueKind.Object && item.TryGetProperty(step.Groups["name"].Value, out item);
            if (!isFound)
            {
                return null;
            }
        }

        return item.ValueKind switch
        {
            JsonValueKind.String => item.GetString(),
            JsonValueKind.Number => item.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
    }

    private static bool TryGetItem(ref JsonElement item, int index)
    {
        if (item.ValueKind != JsonValueKind.Array || index >= item.GetArrayLength())
        {
            return false;
        }

        item = item[index];
        return true;
    }

    [GeneratedRegex(@"^[^.\[\]]+(\[[0-9]{1,4}\])*(\.[^.\[\]]+(\[[0-9]{1,4}\])*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\[(?<index>[0-9]{1,4})\]|(?<name>[^.\[\]]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
