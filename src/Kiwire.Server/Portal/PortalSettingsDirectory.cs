using System.Collections.Frozen;

namespace Kiwire.Server.Portal;

/// <summary>All tenants' portal settings, from memory: an immutable snapshot, replaced when some change.</summary>
internal sealed class PortalSettingsDirectory(PortalSettingsStore store) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile FrozenDictionary<long, PortalSettings> _settings = FrozenDictionary<long, PortalSettings>.Empty;

    /// <summary>The tenant's settings; the default ones where it has changed nothing.</summary>
    public PortalSettings Of(long tenantId) => _settings.TryGetValue(tenantId, out PortalSettings? settings) ? settings : new PortalSettings { TenantId = tenantId };

    /// <summary>Reads all from the database. One reading follows another, so the newest stays.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    /// <exception cref="System.Text.Json.JsonException">A row cannot be understood; what was known stays.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            _settings = (await store.ListAllAsync(cancellationToken)).ToFrozenDictionary(settings => settings.TenantId);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();
}
