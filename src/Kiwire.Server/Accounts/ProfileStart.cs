using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Accounts;

/// <summary>
/// Reads the profiles before logins come, and again when another server has changed one; gives each tenant its temporary profile, also
/// those that are made later.
/// </summary>
internal sealed partial class ProfileStart(
    ProfileStore store, TenantStore tenants, ChangeFeed changes, TimeProvider time, ILogger<ProfileStart> logger)
    : ReloadedService(changes, time, ChangeKind.Profile, ChangeKind.Tenant)
{
    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await store.LoadDirectoryAsync(cancellationToken);

        // From the database: the directory of tenants may not have heard of a new one yet.
        IReadOnlyList<Tenant> all = await tenants.ListAsync(cancellationToken);
        await store.EnsureTemporaryAsync([.. all.Select(tenant => tenant.TenantId)], cancellationToken);
    }

    [LoggerMessage(403, LogLevel.Warning, "Profiles have changed and cannot be read again yet; what was known stays in force: {Reason}")]
    protected override partial void LogLoadFailed(string reason);
}
