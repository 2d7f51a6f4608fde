using System.Text.Json;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>The values in a file of <c>mibs</c>, each with its place for the fault's sake.</summary>
internal sealed partial class PollSetFile
{
    private const int LongestUnit = 32;

    private static readonly string[] MetricKeys = ["metric", "object", "oid", "kind", "unit", "scale", "words"];

    private List<(JsonElement Item, string At)> Optional(JsonElement parent, string name, string at) =>
        parent.TryGetProperty(name, out JsonElement list) ? Items(list, $"{at}.{name}") : [];

    private string ReadMetric(JsonElement item, string at)
    {
        string metric = ReadIdentifier(item.GetProperty("metric"), $"{at}.metric");
        if (metric.Length > 0 && !_metrics.Add(metric))
        {
            Fail($"{at}.metric", $"is \"{metric}\", as another is; each must have its own");
        }

        return $"{_name}.{metric}";
    }

    private string ReadIdentifier(JsonElement item, string at)
    {
        string name = ReadText(item, at);
        if (name.Length > 0 && !Identifier().IsMatch(name))
        {
            Fail(at, $"is \"{name}\"; it must begin with a small letter and have 1 to 63 letters and digits");
        }

        return name;
    }

    private PollObject ReadObject(JsonElement item, string at, OidUse use = OidUse.Column)
    {
        JsonElement written = item.GetProperty("oid");
        ObjectId oid = ReadOid(written, $"{at}.oid", use);
        return new PollObject(oid, item.TryGetProperty("object", out JsonElement name) ? ReadObjectName(name, $"{at}.object") : NameIn(written));
    }

    private PollObject? ReadObjectAlone(JsonElement item, string at) => IsObject(item, at, ["object", "oid"], ["oid"]) ? ReadObject(item, at) : null;

    private string ReadObjectName(JsonElement item, string at)
    {
        string name = ReadText(item, at);
        if (name.Length > 0 && !ObjectName().IsMatch(name))
        {
            Fail(at, $"is \"{name}\"; it must be a module and an object's name in it, such as IF-MIB::ifDescr");
        }

        return name;
    }

    private ObjectId ReadOid(JsonElement item, string at, OidUse use)
    {
        string text = ReadText(item, at);
        if (text.Length == 0 || (ObjectId.TryParse(text, out ObjectId oid) && oid.Length > 2))
        {
            return text.Length == 0 ? default : ObjectId.Parse(text);
        }

        if (!text.Contains("::", StringComparison.Ordinal))
        {
            Fail(at, $"is \"{text}\"; it must be an object identifier in numbers, such as 1.3.6.1.2.1.1.5.0, or a module and a name in it, such as SNMPv2-MIB::sysName");
            return default;
        }

        return ReadName(text, at, use);
    }

    private ObjectId ReadName(string text, string at, OidUse use)
    {
        MibRepository names = _names.Value;
        string module = text[..text.IndexOf("::", StringComparison.Ordinal)];
        if (!names.Modules.Contains(module))
        {
            Fail(at, $"is \"{text}\", but there is no MIB module {module}; put the file that has it into {PollSetLoader.FolderName} in the data directory, as .mib, .txt or .my");
            return default;
        }

        if (!names.TryParse(text, out ObjectId oid) || !names.TryFind(NameOf(text), out MibNode? node))
        {
            Fail(at, $"is \"{text}\", but the module {module} has no such name, or it is not followed by numbers; it must be a name in {module}");
            return default;
        }

        bool isBare = oid == node.Id;
        if (use == OidUse.Instance && node.Kind == MibNodeKind.Scalar)
        {
            return isBare ? oid.Append(0) : oid;
        }

        if (use == OidUse.Instance ? isBare : use == OidUse.Column && (!isBare || node.Kind != MibNodeKind.Column))
        {
            Fail(at, $"is \"{text}\", which is {Describe(node.Kind)}; " + (use == OidUse.Instance
                ? $"a scalar must be a single value: give the row behind the name, as in {text}.1, or read the column in a table"
                : "it must be a column of a table, without an instance behind it"));
        }

        return oid;
    }

    /// <summary>The name in MODULE::name.1.</summary>
    private static string NameOf(string text)
    {
        int dot = text.IndexOf('.', text.IndexOf("::", StringComparison.Ordinal));
        return dot < 0 ? text : text[..dot];
    }

    private static string NameIn(JsonElement oid) =>
        oid.ValueKind == JsonValueKind.String && oid.GetString() is { } text && text.Contains("::", StringComparison.Ordinal) ? NameOf(text) : "";

    private static string Describe(MibNodeKind kind) => kind switch
    {
        MibNodeKind.Scalar => "a single value",
        MibNodeKind.Column => "a column of a table",
        MibNodeKind.Row => "a table's row",
        MibNodeKind.Table => "a table",
        _ => "nothing that can be read",
    };

    private PollKind ReadKind(JsonElement item, string at) => ReadWord(item.GetProperty("kind"), $"{at}.kind", PollKind.Gauge, PollKind.Counter, PollKind.Text);

    private string ReadUnit(JsonElement item, string at)
    {
        if (!item.TryGetProperty("unit", out JsonElement unit))
        {
            return "";
        }

        if (unit.ValueKind == JsonValueKind.String && unit.GetString() is { Length: <= LongestUnit } text && !text.Any(char.IsControl))
        {
            return text;
        }

        Fail($"{at}.unit", $"is {Describe(unit)}; it must be a text of up to {LongestUnit} characters, such as octets");
        return "";
    }

    private double ReadScale(JsonElement item, string at, double otherwise)
    {
        if (!item.TryGetProperty("scale", out JsonElement scale))
        {
            return otherwise;
        }

        if (scale.ValueKind == JsonValueKind.Number && scale.TryGetDouble(out double value) && double.IsFinite(value) && value != 0)
        {
            return value;
        }

        Fail($"{at}.scale", $"is {Describe(scale)}; it must be a number other than 0, which values are multiplied by");
        return otherwise;
    }

    private Dictionary<long, string> ReadWords(JsonElement item, string at)
    {
        Dictionary<long, string> words = [];
        if (item.TryGetProperty("words", out JsonElement list))
        {
            foreach ((long number, JsonElement word, string place) in Numbered(list, $"{at}.words"))
            {
                words[number] = ReadText(word, place);
            }
        }

        return words;
    }

    private (PollObject Source, double Scale)? ReadInstead(JsonElement item, string at, double scale) =>
        IsObject(item, at, ["object", "oid", "scale"], ["oid"]) ? (ReadObject(item, at), ReadScale(item, at, scale)) : null;

    private PollRowUnit? ReadRowUnit(JsonElement item, string at)
    {
        if (!IsObject(item, at, ["object", "oid", "units"], ["oid", "units"]))
        {
            return null;
        }

        Dictionary<long, PollUnit> units = [];
        foreach ((long number, JsonElement unit, string place) in Numbered(item.GetProperty("units"), $"{at}.units"))
        {
            if (IsObject(unit, place, ["unit", "scale"], ["unit"]))
            {
                units[number] = new PollUnit(ReadUnit(unit, place), ReadScale(unit, place, 1));
            }
        }

        return new PollRowUnit(ReadObject(item, at), units);
    }

    private PollDecimals? ReadDecimals(JsonElement item, string at) =>
        IsObject(item, at, ["scale", "precision"], ["scale", "precision"])
        && ReadObjectAlone(item.GetProperty("scale"), $"{at}.scale") is { } scale
        && ReadObjectAlone(item.GetProperty("precision"), $"{at}.precision") is { } precision
            ? new PollDecimals(scale, precision)
            : null;

    /// <summary>The properties of an object whose names are whole numbers.</summary>
    private List<(long Number, JsonElement Item, string At)> Numbered(JsonElement item, string at)
    {
        List<(long, JsonElement, string)> found = [];
        if (item.ValueKind != JsonValueKind.Object)
        {
            Fail(at, $"is {Describe(item)}; it must be an object whose names are numbers, such as {{ \"1\": ... }}");
            return found;
        }

        foreach (JsonProperty property in item.EnumerateObject())
        {
            if (long.TryParse(property.Name, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number))
            {
                found.Add((number, property.Value, $"{at}.{property.Name}"));
            }
            else
            {
                Fail($"{at}.{property.Name}", "is no number; the names here must be whole numbers as the agent sends them");
            }
        }

        return found;
    }
}
