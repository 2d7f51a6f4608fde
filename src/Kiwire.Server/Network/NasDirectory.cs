using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Network;

/// <summary>
/// Which NAS a packet may have come from, among all tenants' entries, from memory: an immutable <see cref="NasIndex"/>, replaced as a
/// whole when an entry changes. Safe for concurrent use.
/// </summary>
internal sealed class NasDirectory
{
    private volatile NasIndex _index = NasIndex.Empty;

    /// <summary>All entries of this moment.</summary>
    public IReadOnlyList<NasEntry> Entries => _index.Entries;

    /// <summary>The entries of this very address, else those of the longest prefix that holds it.</summary>
    /// <param name="address">The packet's source; IPv4 as <c>::ffff:a.b.c.d</c>.</param>
    /// <param name="candidates">At least one entry, where the answer is true.</param>
    public bool TryFind(UInt128 address, out NasCandidates candidates) => _index.TryFind(address, out candidates);

    public bool TryGet(long tenantId, long nasId, [NotNullWhen(true)] out NasEntry? entry) => _index.TryGet(tenantId, nasId, out entry);

    /// <summary>The tenant's NAS of that identity, whatever the case it is written in.</summary>
    public bool TryGetByIdentity(long tenantId, string identity, [NotNullWhen(true)] out NasEntry? entry) =>
        _index.TryGetByIdentity(tenantId, identity, out entry);

    /// <summary>Puts these entries in the place of all others; the next lookup sees them.</summary>
    public void Replace(IReadOnlyList<NasEntry> entries) => _index = new NasIndex(entries);
}
