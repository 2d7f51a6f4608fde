using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>All tenants, from memory: an immutable snapshot, replaced when one changes.</summary>
internal sealed class TenantDirectory(TenantStore store) : IDisposable
{
    /// <summary>The tenant that exists from the start.</summary>
    public const long DefaultTenantId = 1;

    /// <summary>Its cloud id.</summary>
    public const string DefaultCloudId = "default";

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Snapshot _snapshot = new([]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Tenant> Tenants => _snapshot.Tenants;

    public bool TryGet(long tenantId, [NotNullWhen(true)] out Tenant? tenant) => _snapshot.ById.TryGetValue(tenantId, out tenant);

    /// <summary>The tenant of that cloud id, whatever the case it is written in.</summary>
    public bool TryGetByCloudId(string cloudId, [NotNullWhen(true)] out Tenant? tenant) =>
        _snapshot.ByCloudId.TryGetValue(FoldedName.Fold(cloudId), out tenant);

    /// <summary>Reads all tenants from the database. One reading follows another, so the newest stays.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    /// <exception cref="InvalidDataException">A row cannot be understood; what was known stays.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            Replace(await store.ListAsync(cancellationToken));
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Puts these in the place of all others.</summary>
    public void Replace(IReadOnlyList<Tenant> tenants) => _snapshot = new Snapshot(tenants);

    public void Dispose() => _loading.Dispose();

    private sealed class Snapshot(IReadOnlyList<Tenant> tenants)
    {
        public IReadOnlyList<Tenant> Tenants { get; } = tenants;

        public FrozenDictionary<long, Tenant> ById { get; } = tenants.ToFrozenDictionary(tenant => tenant.TenantId);

        public FrozenDictionary<string, Tenant> ByCloudId { get; } = tenants.ToFrozenDictionary(tenant => FoldedName.Fold(tenant.CloudId));
    }
}
