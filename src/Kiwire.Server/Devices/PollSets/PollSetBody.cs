using System.ComponentModel;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>A poll set, in the words of its file.</summary>
internal sealed record PollSetBody
{
    [Description("What a device's mib says.")]
    public required string Name { get; init; }

    public required string Description { get; init; }

    [Description("Where the object identifiers are from.")]
    public required IReadOnlyList<string> Sources { get; init; }

    [Description("It is read of devices whose sysObjectID is one of these or below one.")]
    public required IReadOnlyList<string> SysObjectIds { get; init; }

    [Description("It is read of every device.")]
    public required bool EveryDevice { get; init; }

    public required IReadOnlyList<PollMetricBody> Scalars { get; init; }

    public required IReadOnlyList<PollTableBody> Tables { get; init; }

    [Description("Where the MAC addresses of what is connected to it stand.")]
    public required IReadOnlyList<PollClientsBody> Clients { get; init; }

    public static PollSetBody Of(PollSet set) => new()
    {
        Name = set.Name,
        Description = set.Description,
        Sources = set.Sources,
        SysObjectIds = [.. set.SysObjectIds.Select(id => id.ToString())],
        EveryDevice = set.EveryDevice,
        Scalars = [.. set.Scalars.Select(PollMetricBody.Of)],
        Tables = [.. set.Tables.Select(PollTableBody.Of)],
        Clients = [.. set.Clients.Select(PollClientsBody.Of)],
    };
}

/// <summary>One thing that is read.</summary>
internal sealed record PollMetricBody
{
    [Description("The series' name: set and metric.")]
    public required string Metric { get; init; }

    [Description("MODULE::name; empty where the file does not say it.")]
    public required string Object { get; init; }

    public required string Oid { get; init; }

    [Description("gauge: the number is kept; counter: its rate; text: the last text.")]
    public required PollKind Kind { get; init; }

    [Description("Of the number that is kept.")]
    public required string Unit { get; init; }

    [Description("What a number is multiplied by.")]
    public required double Scale { get; init; }

    [Description("The column of 32 bits that is read where the agent lacks the other; null: none.")]
    public string? Instead { get; init; }

    public static PollMetricBody Of(PollMetric metric) => new()
    {
        Metric = metric.Metric,
        Object = metric.Source.Object,
        Oid = metric.Oid.ToString(),
        Kind = metric.Kind,
        Unit = metric.Unit,
        Scale = metric.Scale,
        Instead = metric is PollColumn { Instead: { } instead } ? instead.Oid.ToString() : null,
    };
}

/// <summary>A table that is read.</summary>
internal sealed record PollTableBody
{
    public required string Name { get; init; }

    [Description("The columns that say what a row is called; the first that has a text does.")]
    public required IReadOnlyList<string> Labels { get; init; }

    public required IReadOnlyList<PollMetricBody> Columns { get; init; }

    public static PollTableBody Of(PollTable table) => new()
    {
        Name = table.Name,
        Labels = [.. table.Labels.Select(label => label.Oid.ToString())],
        Columns = [.. table.Columns.Select(PollMetricBody.Of)],
    };
}

/// <summary>A column of which each row is a MAC address of what is connected.</summary>
internal sealed record PollClientsBody
{
    public required PollClientKind Kind { get; init; }

    [Description("MODULE::name; empty where the file does not say it.")]
    public required string Object { get; init; }

    public required string Oid { get; init; }

    [Description("Where in a row the MAC address is: the instance's first or last six numbers, or the value.")]
    public required PollMac Mac { get; init; }

    [Description("Only rows in which the column has one of these; empty: all.")]
    public required IReadOnlyList<long> Where { get; init; }

    public static PollClientsBody Of(PollClients clients) => new()
    {
        Kind = clients.Kind,
        Object = clients.Column.Object,
        Oid = clients.Column.Oid.ToString(),
        Mac = clients.Mac,
        Where = clients.Where,
    };
}
