using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>A plan in the making.</summary>
internal sealed class PlanDraft
{
    /// <summary>The most objects that are asked of a device in a poll.</summary>
    private const int MostItems = 1000;

    private readonly List<ObjectId> _ids = [];
    private readonly List<Item> _items = [];
    private readonly HashSet<(string Metric, string Instance)> _names = [];

    /// <summary>Adds a single value.</summary>
    public void Add(PollScalar scalar) => _ = Add(scalar.Oid, new Item(scalar.Kind, scalar.Scale, -1, -1, -1, scalar.Metric, "", "", scalar.Unit, scalar.Words));

    /// <summary>Adds a row of a table; its speed and what says that its counters began anew come first.</summary>
    public void Add(PollTable table, PlanRow row)
    {
        int speed = -1;
        int discontinuity = -1;
        if (table.Discontinuity is { } anew && table.Columns.Any(column => column.Kind == PollKind.Counter))
        {
            discontinuity = Add(anew.Oid.Append(row.Index), new Item(PollKind.Gauge, 1, -1, -1, -1, "", $"{table.Name}.{row.Instance}", "", "", NoWords));
        }

        long? NumberOf(ObjectId column) => row.Numbers.GetValueOrDefault(column);
        foreach (PollColumn column in table.Columns.OrderByDescending(column => IsSpeed(table, column)))
        {
            if (column.FactorOf(isInstead: false, NumberOf) is not { } factor)
            {
                continue;
            }

            Item item = new(
                column.Kind, factor, column.CountsBits ? speed : -1, column.Kind == PollKind.Counter ? discontinuity : -1, -1, column.Metric, row.Instance, row.Label,
                column.UnitOf(NumberOf), column.Words);
            int place = Add(column.Oid.Append(row.Index), item);
            if (place >= 0 && column.Instead is { } instead && column.FactorOf(isInstead: true, NumberOf) is { } other)
            {
                _ids.Add(instead.Oid.Append(row.Index));
                _items.Add(item with { Scale = other, InsteadOf = place });
            }

            speed = IsSpeed(table, column) ? place : speed;
        }
    }

    /// <summary>Makes it a plan for a device, whose series get their numbers.</summary>
    public PollPlan ToPlan(PolledDevice device, IReadOnlyList<string> sets, IReadOnlyList<PollClients> clients, long now)
    {
        (string Metric, string Instance, string Label, string Unit)[] wanted =
            [.. _items.Where(item => item.IsSeries && item.InsteadOf < 0).Select(item => (item.Metric, item.Instance, item.Label, item.Unit))];
        Dictionary<(string, string), int> numbers = device.NumberSeries(wanted, now);
        return new PollPlan([.. _ids], [.. _items.Select(item => new PollItem
        {
            Kind = item.Kind,
            Scale = item.Scale,
            Speed = item.Speed,
            Discontinuity = item.Discontinuity,
            InsteadOf = item.InsteadOf,
            Series = item.IsSeries ? numbers[(item.Metric, item.Instance)] : -1,
            Text = item.Kind != PollKind.Text ? "" : item.Instance.Length == 0 ? item.Metric : $"{item.Metric}.{item.Instance}",
            Words = item.Words,
        })], sets, clients);
    }

    private static IReadOnlyDictionary<long, string> NoWords { get; } = new Dictionary<long, string>();

    private static bool IsSpeed(PollTable table, PollColumn column) =>
        table.Speed is { } speed && (column.Metric == speed || column.Metric.EndsWith("." + speed, StringComparison.Ordinal));

    /// <summary>Adds one, unless a set before had it or there are too many; returns its place, or -1.</summary>
    private int Add(ObjectId id, Item item)
    {
        if (_ids.Count >= MostItems || !_names.Add((item.Metric, item.Instance)))
        {
            return -1;
        }

        _ids.Add(id);
        _items.Add(item);
        return _ids.Count - 1;
    }

    private sealed record Item(
        PollKind Kind, double Scale, int Speed, int Discontinuity, int InsteadOf, string Metric, string Instance, string Label, string Unit,
        IReadOnlyDictionary<long, string> Words)
    {
        /// <summary>What has no name only says something of others.</summary>
        public bool IsSeries => Kind != PollKind.Text && Metric.Length > 0;
    }
}
