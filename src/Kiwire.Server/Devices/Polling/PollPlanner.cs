using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Finds out what a device has of the poll sets that are for it - those of all devices, its vendor's by sysObjectID, the operator's by name - and
/// makes a plan of it.
/// </summary>
internal sealed class PollPlanner(SnmpClient client, PollSetCatalog sets, TimeProvider time)
{
    /// <summary>The most rows of a table that are polled.</summary>
    private const int MostRows = 256;

    private static readonly ObjectId SysObjectId = ObjectId.Parse("1.3.6.1.2.1.1.2.0");

    /// <summary>The texts that every device has (RFC 3418).</summary>
    private static readonly PollScalar[] SystemGroup =
    [
        Text("sysDescr", "1.3.6.1.2.1.1.1.0"), Text("sysObjectID", "1.3.6.1.2.1.1.2.0"), Text("sysName", "1.3.6.1.2.1.1.5.0"), Text("sysLocation", "1.3.6.1.2.1.1.6.0"),
    ];

    /// <summary>Makes a plan; without one where the device does not answer.</summary>
    public async Task<PollPlanning> MakeAsync(SnmpTarget target, PolledDevice device, CancellationToken cancellationToken)
    {
        SnmpOutcome outcome = await client.TryGetAsync(target, new[] { SysObjectId }, cancellationToken);
        if (!outcome.IsAnswered)
        {
            return new PollPlanning(null, outcome);
        }

        ObjectId? vendor = outcome.Bindings[0].Value is { Type: SnmpType.ObjectIdentifier } id ? id.AsObjectId : null;
        IReadOnlyList<PollSet> wanted = sets.For(vendor, device.Access.Mib);
        PlanDraft draft = new();
        foreach (PollScalar scalar in SystemGroup.Concat(wanted.SelectMany(set => set.Scalars)))
        {
            draft.Add(scalar);
        }

        foreach (PollTable table in wanted.SelectMany(set => set.Tables))
        {
            try
            {
                await AddAsync(target, table, draft, cancellationToken);
            }
            catch (SnmpException)
            {
                // Part of its tables is better than none; the next plan tries again.
            }
        }

        return new PollPlanning(
            draft.ToPlan(device, [.. wanted.Select(set => set.Name)], [.. wanted.SelectMany(set => set.Clients)], time.GetUtcNow().ToUnixTimeMilliseconds()), outcome);
    }

    private async Task AddAsync(SnmpTarget target, PollTable table, PlanDraft draft, CancellationToken cancellationToken)
    {
        if (table.Columns.Count == 0)
        {
            return;
        }

        Dictionary<string, PlanRow> rows = [];
        foreach (PollObject label in table.Labels)
        {
            await WalkAsync(target, label.Oid, rows, (row, value) => row.Label = row.Label.Length > 0 ? row.Label : PollText.Of(value), cancellationToken);
        }

        foreach (ObjectId column in (IEnumerable<ObjectId>)[table.Columns[0].Oid, .. table.Columns[0].Instead is { } instead ? [instead.Oid] : Array.Empty<ObjectId>()])
        {
            if (rows.Count == 0)
            {
                await WalkAsync(target, column, rows, static (_, _) => { }, cancellationToken);
            }
        }

        if (rows.Count == 0)
        {
            return;
        }

        foreach (PollObject beside in table.Columns.SelectMany(column => column.Besides).Distinct())
        {
            await WalkAsync(
                target, beside.Oid, rows, (row, value) => row.Numbers[beside.Oid] = value.TryGetDouble(out double number) ? (long)number : null, cancellationToken);
        }

        foreach (PlanRow row in rows.Values)
        {
            draft.Add(table, row);
        }
    }

    private async Task WalkAsync(SnmpTarget target, ObjectId column, Dictionary<string, PlanRow> rows, Action<PlanRow, SnmpValue> use, CancellationToken cancellationToken)
    {
        int seen = 0;
        await foreach (VariableBinding binding in client.WalkAsync(target, column, cancellationToken))
        {
            if (++seen > MostRows || binding.Id.Length <= column.Length)
            {
                break;
            }

            uint[] index = binding.Id.SubIdentifiers[column.Length..].ToArray();
            string instance = string.Join('.', index);
            if (!rows.TryGetValue(instance, out PlanRow? row) && rows.Count < MostRows)
            {
                rows.Add(instance, row = new PlanRow(index, instance));
            }

            if (row is not null)
            {
                use(row, binding.Value);
            }
        }
    }

    private static PollScalar Text(string metric, string id) =>
        new() { Metric = metric, Source = new PollObject(ObjectId.Parse(id), $"SNMPv2-MIB::{metric}"), Kind = PollKind.Text };
}

/// <summary>What planning came to.</summary>
/// <param name="Plan">Null: the device did not answer.</param>
/// <param name="Outcome">What it answered, or why not.</param>
internal sealed record PollPlanning(PollPlan? Plan, SnmpOutcome Outcome);

/// <summary>A row of a device's table.</summary>
internal sealed class PlanRow(uint[] index, string instance)
{
    public uint[] Index => index;

    public string Instance => instance;

    public string Label { get; set; } = "";

    /// <summary>What stands in the columns that others' numbers depend on.</summary>
    public Dictionary<ObjectId, long?> Numbers { get; } = [];
}
