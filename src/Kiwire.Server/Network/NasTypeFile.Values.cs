using System.Text;
using System.Text.Json;

namespace Kiwire.Server.Network;

/// <summary>The values in a file of <c>nas-types</c>, each with its place for the fault's sake.</summary>
internal sealed partial class NasTypeFile
{
    /// <summary>Digits of the greatest 64-bit number.</summary>
    private const int MostDigits = 19;

    private static readonly Dictionary<string, AcceptFact> Facts = Enum.GetValues<AcceptFact>()
        .Where(fact => fact != AcceptFact.None)
        .ToDictionary(fact => JsonNamingPolicy.CamelCase.ConvertName(fact.ToString()));

    private static readonly string FactNames = string.Join(", ", Facts.Keys);

    private string ReadTypeName(JsonElement item, string at)
    {
        string name = ReadText(item, at);
        if (name.Length > 0 && !TypeName().IsMatch(name))
        {
            Fail(at, $"is \"{name}\"; it must have 1 to 63 of a-z, 0-9 and -, and not begin with -");
        }

        return name;
    }

    private AcceptFact ReadFact(JsonElement item, string at)
    {
        if (item.ValueKind == JsonValueKind.String && Facts.TryGetValue(item.GetString()!, out AcceptFact fact))
        {
            return fact;
        }

        Fail(at, $"is {Describe(item)}; it must be one of {FactNames}");
        return AcceptFact.None;
    }

    private AcceptFact ReadFacts(JsonElement list, string at) =>
        Items(list, at, atLeastOne: true).Aggregate(AcceptFact.None, (all, item) => all | ReadFact(item.Item, item.At));

    private NumberPart? ReadPart(JsonElement item, string at)
    {
        switch (item.ValueKind == JsonValueKind.String ? item.GetString() : null)
        {
            case "low32":
                return NumberPart.Low32;
            case "high32":
                return NumberPart.High32;
            default:
                Fail(at, $"is {Describe(item)}; it must be \"low32\" or \"high32\"");
                return null;
        }
    }

    private (byte[] Octets, AcceptFact Fact)[]? ReadPieces(string text, string at)
    {
        List<(byte[] Octets, AcceptFact Fact)> pieces = [];
        int most = 0;
        int next = 0;
        while (next < text.Length)
        {
            int open = text.IndexOf('{', next);
            int close = open < 0 ? -1 : text.IndexOf('}', open);
            if (open >= 0 && (close < 0 || !Facts.ContainsKey(text[(open + 1)..close])))
            {
                Fail(at, $"has \"{text[open..(close < 0 ? text.Length : close + 1)]}\"; in braces must stand one of {FactNames}");
                return null;
            }

            byte[] octets = Encoding.UTF8.GetBytes(text[next..(open < 0 ? text.Length : open)]);
            pieces.Add((octets, open < 0 ? AcceptFact.None : Facts[text[(open + 1)..close]]));
            most += octets.Length + (open < 0 ? 0 : MostDigits);
            next = open < 0 ? text.Length : close + 1;
        }

        if (most > AcceptAttribute.LongestValue)
        {
            Fail(at, $"may come to {most} octets; an attribute holds {AcceptAttribute.LongestValue}");
            return null;
        }

        return [.. pieces];
    }
}
