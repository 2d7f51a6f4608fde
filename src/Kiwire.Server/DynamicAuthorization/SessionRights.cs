using Kiwire.Server.Accounts;
using Kiwire.Server.Authentication;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>Whether who is in may stay, judged by the checks that a login goes through; and with what.</summary>
internal sealed class SessionRights(UsageWindows windows)
{
    // Where somebody came in from, and with which device, was judged then.
    private static readonly TenantPolicy AnyDevice = new();

    /// <summary>The decision on an account at a moment. Allocates nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="unheardSeconds">Seconds online that no record has told of yet.</param>
    public AdmissionDecision Decide(AccountEntry account, Tenant tenant, long now, long unheardSeconds = 0)
    {
        UsageTotals usage = windows.UsageOf(account, now);
        return Admission.Decide(new AdmissionFacts
        {
            Account = account,
            PasswordRight = true,
            Policy = AnyDevice,
            ZoneAdmits = true,
            Device = default,
            TimeZone = tenant.TimeZone,
            Usage = usage with { Seconds = usage.Seconds + unheardSeconds },
            Now = now,
        });
    }

    /// <summary>Why sessions of an account end; null: they do not.</summary>
    public static CoaReason? EndingOf(in AdmissionDecision decision) => decision.Reason switch
    {
        LoginReason.Inactive => CoaReason.Suspended,
        LoginReason.Expired => CoaReason.Expired,
        LoginReason.Hours => CoaReason.LoginHours,
        LoginReason.NoCredit => CoaReason.Time,
        LoginReason.Volume => CoaReason.Volume,
        _ => null,
    };

    /// <summary>What an accept would say now.</summary>
    public static SessionGrant GrantOf(Profile profile, Tenant tenant, in AdmissionDecision decision) => new()
    {
        SessionSeconds = decision.SessionSeconds,
        IdleSeconds = (uint)profile.IdleMinutes * 60,
        InterimSeconds = (uint)tenant.Policy.InterimIntervalSeconds,
        Limits = new AcceptFacts
        {
            DownKbps = profile.DownKbps,
            UpKbps = profile.UpKbps,
            MinDownKbps = profile.MinDownKbps,
            MinUpKbps = profile.MinUpKbps,
            VolumeLeftOctets = decision.VolumeLeftOctets == 0 ? null : decision.VolumeLeftOctets,
        },
    };

    /// <summary>Whether a session was given other rates than its account's profile now has; not where it is not known which.</summary>
    public static bool HasOtherRates(Profile? granted, Profile? now) =>
        granted is not null && now is not null && !ReferenceEquals(granted, now) && RatesOf(granted) != RatesOf(now);

    /// <summary>The rates of a profile in a word, to be compared.</summary>
    public static string NameRates(Profile profile) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{profile.DownKbps}/{profile.UpKbps} {profile.MinDownKbps}/{profile.MinUpKbps}");

    private static (int Down, int Up, int MinDown, int MinUp) RatesOf(Profile profile) =>
        (profile.DownKbps, profile.UpKbps, profile.MinDownKbps, profile.MinUpKbps);
}
