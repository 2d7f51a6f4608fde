using Kiwire.Server.Tenants;

namespace Kiwire.Server.Accounts;

/// <summary>In which window of an account's usage a moment lies, by its profile and its tenant's clocks.</summary>
internal sealed class UsageWindows(ProfileDirectory profiles, TenantDirectory tenants)
{
    /// <summary>Whether any profile resets usage: where none does, nobody need ask.</summary>
    public bool AnyReset => profiles.AnyReset;

    /// <summary>The beginning of the window that a moment is in; 0 where the profile never resets usage.</summary>
    /// <param name="profile">The account's; null: none.</param>
    /// <param name="at">Unix milliseconds.</param>
    public long StartOf(Profile? profile, long at) =>
        profile is { AutoReset: not UsageReset.Never } && tenants.TryGet(profile.TenantId, out Tenant? tenant)
            ? UsageWindow.StartOf(profile.AutoReset, at, tenant.TimeZone)
            : 0;

    /// <summary>The same for a profile by its id.</summary>
    public long StartOf(long tenantId, long? profileId, long at) =>
        profileId is { } id && profiles.TryGet(tenantId, id, out Profile? profile) ? StartOf(profile, at) : 0;

    /// <summary>What an account has used in the window that a moment is in.</summary>
    public UsageTotals UsageOf(AccountEntry account, long at) => account.Presence.UsageSince(StartOf(account.Profile, at));
}
