using Kiwire.Snmp;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>What is read of a kind of device: one file of <c>dictionaries/mibs</c>.</summary>
internal sealed class PollSet
{
    /// <summary>What a device's mib says.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Where the object identifiers are from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>It is read of devices whose sysObjectID is one of these or below one.</summary>
    public IReadOnlyList<ObjectId> SysObjectIds { get; init; } = [];

    /// <summary>It is read of every device.</summary>
    public bool EveryDevice { get; init; }

    public IReadOnlyList<PollScalar> Scalars { get; init; } = [];

    public IReadOnlyList<PollTable> Tables { get; init; } = [];

    /// <summary>Where the MAC addresses of what is connected to it stand.</summary>
    public IReadOnlyList<PollClients> Clients { get; init; } = [];
}

/// <summary>A table: rows are instances, named by what follows a column's object identifier.</summary>
internal sealed class PollTable
{
    public required string Name { get; init; }

    /// <summary>The columns that say what a row is called; the first that has a text does. None: the instance does.</summary>
    public IReadOnlyList<PollObject> Labels { get; init; } = [];

    public required IReadOnlyList<PollColumn> Columns { get; init; }

    /// <summary>The metric of the column that is the row's speed in bit/s, which tells what its <see cref="PollMetric.CountsBits"/> can count; null: none.</summary>
    public string? Speed { get; init; }

    /// <summary>Changes whenever a row's counters begin anew (RFC 2863, ifCounterDiscontinuityTime); null: nothing says so.</summary>
    public PollObject? Discontinuity { get; init; }
}

/// <summary>An object identifier, and what it is called: MODULE::name.</summary>
internal readonly record struct PollObject(ObjectId Oid, string Object);

/// <summary>Where MAC addresses of connected equipment stand: a column, of which each row is one.</summary>
/// <param name="Kind">What they are connected to.</param>
/// <param name="Column">The column to walk.</param>
/// <param name="Mac">Where in a row the MAC address is.</param>
/// <param name="Where">Only rows in which the column has one of these; empty: all.</param>
internal sealed record PollClients(PollClientKind Kind, PollObject Column, PollMac Mac, IReadOnlyList<long> Where);

internal enum PollClientKind
{
    /// <summary>Clients of a wireless network.</summary>
    Wireless,

    /// <summary>Whatever a bridge has learnt, which may be behind other bridges.</summary>
    Bridge,
}

internal enum PollMac
{
    /// <summary>The first six sub-identifiers of the instance.</summary>
    IndexStart,

    /// <summary>The last six sub-identifiers of the instance.</summary>
    IndexEnd,

    /// <summary>The six octets of the value.</summary>
    Value,
}
