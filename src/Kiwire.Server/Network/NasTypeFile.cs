using System.Text.Json;
using System.Text.RegularExpressions;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// Reads one file of <c>nas-types</c>: enforces what <c>schema.json</c> says, and that attributes exist and can carry what they are to.
/// </summary>
internal sealed partial class NasTypeFile : JsonFileReader
{
    private static readonly string[] Known =
        ["$schema", "name", "aliases", "description", "listens", "coaPort", "accept", "requests", "disconnect", "authorize", "advice", "portal"];

    private readonly RadiusDictionary _dictionary;

    private NasTypeFile(string file, RadiusDictionary dictionary, List<string> faults)
        : base(file, faults) => _dictionary = dictionary;

    /// <summary>Reads a type; null where it has faults, which are added: file, place in it, what is wrong and what would be right.</summary>
    public static NasType? Read(string file, string json, RadiusDictionary dictionary, List<string> faults)
    {
        NasTypeFile reader = new(file, dictionary, faults);
        return reader.ReadDocument(json, reader.ReadType);
    }

    private NasType ReadType(JsonElement root)
    {
        const string at = "$";
        if (!IsObject(root, at, Known, ["name", "description", "accept"]))
        {
            return new NasType { Name = "" };
        }

        return new NasType
        {
            Name = ReadTypeName(root.GetProperty("name"), "$.name"),
            Aliases = root.TryGetProperty("aliases", out JsonElement aliases) ? [.. Items(aliases, "$.aliases").Select(item => ReadTypeName(item.Item, item.At))] : [],
            Description = ReadText(root.GetProperty("description"), "$.description"),
            CoaPort = root.TryGetProperty("coaPort", out JsonElement port) ? (int)ReadInteger(port, "$.coaPort", 1, 65535) : NasType.DefaultCoaPort,
            Accept = [.. Items(root.GetProperty("accept"), "$.accept").Select(item => ReadAttribute(item.Item, item.At)).OfType<AcceptAttribute>()],
            DynamicAuthorization = ReadDynamicAuthorization(root),
            Portal = ReadPortal(root),
        };
    }

    private AcceptAttribute? ReadAttribute(JsonElement item, string at)
    {
        bool isText = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("text", out _);
        if (!(isText
            ? IsObject(item, at, ["attribute", "text", "when", "unless"], ["attribute", "text"])
            : IsObject(item, at, ["attribute", "value", "times", "dividedBy", "part"], ["attribute", "value"])))
        {
            return null;
        }

        if (FindAttribute(item.GetProperty("attribute"), $"{at}.attribute") is not { } attribute || !CanCarry(attribute, isText, $"{at}.attribute"))
        {
            return null;
        }

        return isText ? ReadTextAttribute(item, at, attribute) : ReadNumberAttribute(item, at, attribute);
    }

    private AcceptNumber ReadNumberAttribute(JsonElement item, string at, DictionaryAttribute attribute) => new()
    {
        Vendor = attribute.Path.Vendor,
        Type = (byte)attribute.Path.First,
        Value = ReadFact(item.GetProperty("value"), $"{at}.value"),
        Times = item.TryGetProperty("times", out JsonElement times) ? ReadInteger(times, $"{at}.times", 1, 1_000_000_000) : 1,
        DividedBy = item.TryGetProperty("dividedBy", out JsonElement dividedBy) ? ReadInteger(dividedBy, $"{at}.dividedBy", 1, 1_000_000_000) : 1,
        Part = item.TryGetProperty("part", out JsonElement part) ? ReadPart(part, $"{at}.part") : null,
    };

    private AcceptText? ReadTextAttribute(JsonElement item, string at, DictionaryAttribute attribute)
    {
        string text = ReadText(item.GetProperty("text"), $"{at}.text");
        if (ReadPieces(text, $"{at}.text") is not { } pieces)
        {
            return null;
        }

        AcceptFact used = pieces.Aggregate(AcceptFact.None, (all, piece) => all | piece.Fact);
        AcceptFact when = item.TryGetProperty("when", out JsonElement whenItem) ? ReadFacts(whenItem, $"{at}.when") : used;
        if (when == AcceptFact.None)
        {
            Fail($"{at}.text", $"has no {{fact}} and there is no \"when\": one of them must say when it is sent; facts are {FactNames}");
        }

        return new AcceptText
        {
            Vendor = attribute.Path.Vendor,
            Type = (byte)attribute.Path.First,
            Pieces = pieces,
            When = when,
            Unless = item.TryGetProperty("unless", out JsonElement unless) ? ReadFacts(unless, $"{at}.unless") : AcceptFact.None,
        };
    }

    private DictionaryAttribute? FindAttribute(JsonElement item, string at)
    {
        string name = ReadText(item, at);
        if (name.Length == 0)
        {
            return null;
        }

        if (!_dictionary.TryGet(name, out DictionaryAttribute? attribute) || !attribute.IsOnTheWire)
        {
            Fail(at, $"is \"{name}\", which no dictionary has; it must be an attribute's name, such as WISPr-Bandwidth-Max-Down");
            return null;
        }

        return attribute;
    }

    private bool CanCarry(DictionaryAttribute attribute, bool isText, string at)
    {
        if (attribute.Path is not { Rest.Count: 0, TypeOctets: 1, LengthOctets: 1, Continuation: false }
            || attribute.Flags is not { Tagged: false, Concatenated: false, Hidden: HiddenAs.None })
        {
            Fail(at, $"is {attribute.Name}, which is tagged, hidden or not in the usual form of an attribute; it must be a plain one");
            return false;
        }

        DictionaryType needed = isText ? DictionaryType.Text : DictionaryType.Unsigned32;
        if (attribute.Type != needed)
        {
            Fail(at, isText
                ? $"is {attribute.Name}, which holds no text (its type is {attribute.Type}); a \"text\" needs an attribute of type string"
                : $"is {attribute.Name}, which holds no 32-bit number (its type is {attribute.Type}); a \"value\" needs an attribute of type integer");
            return false;
        }

        return true;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();
}
