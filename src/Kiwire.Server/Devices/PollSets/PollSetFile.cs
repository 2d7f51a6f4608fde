using System.Text.Json;
using System.Text.RegularExpressions;
using Kiwire.Server.Storage;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>Reads one file of <c>mibs</c>: enforces what <c>schema.json</c> says, and that what it names in itself is there.</summary>
internal sealed partial class PollSetFile : JsonFileReader
{
    private const int MostMetrics = 200;
    private const int MostTables = 20;

    private static readonly string[] Known = ["$schema", "name", "description", "sources", "sysObjectIds", "everyDevice", "scalars", "tables", "clients"];

    private readonly Lazy<MibRepository> _names;
    private readonly HashSet<string> _metrics = [];
    private string _name = "";

    private PollSetFile(string file, Lazy<MibRepository> names, List<string> faults)
        : base(file, faults) => _names = names;

    /// <summary>Reads a set; null where it has faults, which are added: file, place in it, what is wrong and what would be right.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="json">What is in it.</param>
    /// <param name="names">What names stand for; not asked where identifiers are in numbers.</param>
    /// <param name="faults">What is wrong is added here.</param>
    public static PollSet? Read(string file, string json, Lazy<MibRepository> names, List<string> faults)
    {
        PollSetFile reader = new(file, names, faults);
        return reader.ReadDocument(json, reader.ReadSet);
    }

    private PollSet ReadSet(JsonElement root)
    {
        if (!IsObject(root, "$", Known, ["name", "description"]))
        {
            return new PollSet { Name = "", Description = "" };
        }

        _name = ReadText(root.GetProperty("name"), "$.name");
        if (_name.Length > 0 && !SetName().IsMatch(_name))
        {
            Fail("$.name", $"is \"{_name}\"; it must have 1 to 63 of a-z, 0-9 and -, and not begin with -");
        }

        PollSet set = new()
        {
            Name = _name,
            Description = ReadText(root.GetProperty("description"), "$.description"),
            Sources = [.. Optional(root, "sources", "$").Select(item => ReadText(item.Item, item.At))],
            SysObjectIds = [.. Optional(root, "sysObjectIds", "$").Select(item => ReadOid(item.Item, item.At, OidUse.Prefix))],
            EveryDevice = root.TryGetProperty("everyDevice", out JsonElement every) && ReadTruth(every, "$.everyDevice"),
            Scalars = [.. Optional(root, "scalars", "$").Select(item => ReadScalar(item.Item, item.At)).OfType<PollScalar>()],
            Tables = [.. Optional(root, "tables", "$").Select(item => ReadTable(item.Item, item.At)).OfType<PollTable>()],
            Clients = [.. Optional(root, "clients", "$").Select(item => ReadClients(item.Item, item.At)).OfType<PollClients>()],
        };
        if (_metrics.Count > MostMetrics || set.Tables.Count > MostTables)
        {
            Fail("$", $"has {_metrics.Count} metrics and {set.Tables.Count} tables; {MostMetrics} metrics and {MostTables} tables are the most");
        }

        return set;
    }

    private PollScalar? ReadScalar(JsonElement item, string at) => !IsObject(item, at, MetricKeys, ["metric", "oid", "kind"])
        ? null
        : new PollScalar
        {
            Metric = ReadMetric(item, at),
            Source = ReadObject(item, at, OidUse.Instance),
            Kind = ReadKind(item, at),
            Unit = ReadUnit(item, at),
            Scale = ReadScale(item, at, 1),
            Words = ReadWords(item, at),
        };

    private PollTable? ReadTable(JsonElement item, string at)
    {
        if (!IsObject(item, at, ["name", "label", "speed", "discontinuity", "columns"], ["name", "columns"]))
        {
            return null;
        }

        PollTable table = new()
        {
            Name = ReadIdentifier(item.GetProperty("name"), $"{at}.name"),
            Labels = [.. Optional(item, "label", at).Select(label => ReadObjectAlone(label.Item, label.At)).OfType<PollObject>()],
            Columns = [.. Items(item.GetProperty("columns"), $"{at}.columns", atLeastOne: true).Select(column => ReadColumn(column.Item, column.At)).OfType<PollColumn>()],
            Speed = item.TryGetProperty("speed", out JsonElement speed) ? $"{_name}.{ReadIdentifier(speed, $"{at}.speed")}" : null,
            Discontinuity = item.TryGetProperty("discontinuity", out JsonElement discontinuity) ? ReadObjectAlone(discontinuity, $"{at}.discontinuity") : null,
        };
        if (table.Speed is { } metric && !table.Columns.Any(column => column.Metric == metric && column.Kind == PollKind.Gauge))
        {
            Fail($"{at}.speed", $"is {Describe(speed)}, which is no metric of a gauge among this table's columns; it must be one");
        }

        return table;
    }

    private PollColumn? ReadColumn(JsonElement item, string at)
    {
        if (!IsObject(item, at, [.. MetricKeys, "instead", "times", "rowUnit", "decimals"], ["metric", "oid", "kind"]))
        {
            return null;
        }

        double scale = ReadScale(item, at, 1);
        (PollObject Source, double Scale)? instead = item.TryGetProperty("instead", out JsonElement other) ? ReadInstead(other, $"{at}.instead", scale) : null;
        PollColumn column = new()
        {
            Metric = ReadMetric(item, at),
            Source = ReadObject(item, at),
            Kind = ReadKind(item, at),
            Unit = ReadUnit(item, at),
            Scale = scale,
            Words = ReadWords(item, at),
            Instead = instead?.Source,
            InsteadScale = instead?.Scale ?? 1,
            Times = item.TryGetProperty("times", out JsonElement times) ? ReadObjectAlone(times, $"{at}.times") : null,
            RowUnit = item.TryGetProperty("rowUnit", out JsonElement rowUnit) ? ReadRowUnit(rowUnit, $"{at}.rowUnit") : null,
            Decimals = item.TryGetProperty("decimals", out JsonElement decimals) ? ReadDecimals(decimals, $"{at}.decimals") : null,
        };
        if (column.Kind != PollKind.Gauge && column.Besides.Any())
        {
            Fail(at, "is no gauge, but has \"times\", \"rowUnit\" or \"decimals\"; these are for gauges");
        }

        return column;
    }

    private PollClients? ReadClients(JsonElement item, string at) => !IsObject(item, at, ["kind", "object", "oid", "mac", "where"], ["kind", "oid", "mac"])
        ? null
        : new PollClients(
            ReadWord(item.GetProperty("kind"), $"{at}.kind", PollClientKind.Wireless, PollClientKind.Bridge),
            ReadObject(item, at),
            ReadWord(item.GetProperty("mac"), $"{at}.mac", PollMac.IndexStart, PollMac.IndexEnd, PollMac.Value),
            [.. Optional(item, "where", at).Select(value => ReadInteger(value.Item, value.At, int.MinValue, uint.MaxValue))]);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex SetName();

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,62}$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}::[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex ObjectName();

    /// <summary>What an object identifier is for.</summary>
    private enum OidUse
    {
        /// <summary>A table's column, below which the rows are.</summary>
        Column,

        /// <summary>A single value, with its instance.</summary>
        Instance,

        /// <summary>Whatever is below it.</summary>
        Prefix,
    }
}
