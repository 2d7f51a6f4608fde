using System.Diagnostics.CodeAnalysis;

namespace Kiwire.Server.Tenants;

/// <summary>All tenants, from memory: an immutable snapshot, replaced when one changes.</summary>
internal sealed class TenantDirectory
{
    /// <summary>The tenant that exists from the start.</summary>
    public const long DefaultTenantId = 1;

    public bool TryGet(long tenantId, [NotNullWhen(true)] out Tenant? tenant) => throw new NotImplementedException();

    /// <summary>Reads all tenants from the database.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => throw new NotImplementedException();
}
