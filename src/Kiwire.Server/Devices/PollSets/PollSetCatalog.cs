using System.Diagnostics.CodeAnalysis;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices.PollSets;

/// <summary>The poll sets that there are, by name; names compare without regard to case.</summary>
internal sealed class PollSetCatalog
{
    private readonly Dictionary<string, PollSet> _byName;

    public PollSetCatalog(IReadOnlyList<PollSet> sets)
    {
        _byName = sets.ToDictionary(set => set.Name, StringComparer.OrdinalIgnoreCase);
        Sets = [.. sets.OrderBy(set => set.Name, StringComparer.Ordinal)];
    }

    /// <summary>What is wrong in the operator's MIB files, and has cost no poll set anything.</summary>
    public IReadOnlyList<MibError> MibErrors { get; init; } = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<PollSet> Sets { get; }

    public bool TryGet(string name, [NotNullWhen(true)] out PollSet? set) => _byName.TryGetValue(name.Trim(), out set);

    /// <summary>What is read of a device: the sets of every device, the one that knows its sysObjectID best, and the one that its mib names.</summary>
    /// <param name="sysObjectId">What the device said; null: it has not.</param>
    /// <param name="mib">What the device's entry names; empty: none.</param>
    public IReadOnlyList<PollSet> For(ObjectId? sysObjectId, string mib)
    {
        IEnumerable<PollSet> sets = Sets.Where(set => set.EveryDevice);
        if (sysObjectId is { } id && FindMaker(id) is { } maker)
        {
            sets = sets.Append(maker);
        }

        return [.. (TryGet(mib, out PollSet? named) ? sets.Append(named) : sets).Distinct()];
    }

    /// <summary>Of the sets with a prefix of it, the one with the longest.</summary>
    private PollSet? FindMaker(ObjectId sysObjectId) => Sets
        .SelectMany(set => set.SysObjectIds.Where(sysObjectId.StartsWith), (set, prefix) => (set, prefix.Length))
        .OrderByDescending(match => match.Length)
        .Select(match => match.set)
        .FirstOrDefault();
}
