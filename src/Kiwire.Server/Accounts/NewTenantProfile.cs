using Kiwire.Server.Tenants;

namespace Kiwire.Server.Accounts;

/// <summary>Gives a new tenant its temporary profile before the call that makes the tenant returns.</summary>
internal sealed class NewTenantProfile(ProfileStore profiles) : INewTenant
{
    public Task BeginAsync(long tenantId, CancellationToken cancellationToken) => profiles.EnsureTemporaryAsync([tenantId], cancellationToken);
}
