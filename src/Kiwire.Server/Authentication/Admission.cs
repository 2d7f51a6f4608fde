using Kiwire.Server.Accounts;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>
/// Who may come in: the checks of an account in their order, the first that fails answers. A pure function. Between the sixth and the
/// seventh the profile's login hours are looked at, which have no number. The ninth check (simultaneous) takes a place and is made by the caller after this one has admitted, so that no login slips through between counting
/// and taking.
/// </summary>
internal static class Admission
{
    /// <summary>The longest Session-Timeout that is sent: RADIUS integers have 32 bits, and some equipment reads them as signed.</summary>
    private const long LongestSeconds = int.MaxValue;

    public static AdmissionDecision Decide(in AdmissionFacts facts)
    {
        if (facts.Account is not { } account || !facts.PasswordRight)
        {
            return new(LoginReason.WrongPassword);
        }

        if (!account.Active)
        {
            return new(LoginReason.Inactive);
        }

        if (account.ExpiresAt != 0 && facts.Now >= account.ExpiresAt)
        {
            return new(LoginReason.Expired);
        }

        if (!facts.ZoneAdmits)
        {
            return new(LoginReason.Zone);
        }

        if (!DeviceAdmitted(account, in facts))
        {
            return new(LoginReason.Mac);
        }

        if (account.Profile is not { } profile)
        {
            return new(LoginReason.NoProfile);
        }

        long hoursEnd = long.MaxValue;
        if (profile.LoginHours is { } hours && !hours.Admit(facts.Now, facts.TimeZone, out hoursEnd))
        {
            return new(LoginReason.Hours);
        }

        long secondsLeft = TimeLeft(account, profile, in facts);
        if (secondsLeft <= 0)
        {
            return new(LoginReason.NoCredit);
        }

        long octetsLeft = long.MaxValue;
        if (profile.VolumeLimited)
        {
            octetsLeft = profile.VolumeOctets - facts.Usage.OctetsIn - facts.Usage.OctetsOut;
            if (octetsLeft <= 0)
            {
                return new(LoginReason.Volume);
            }
        }

        if (account.ExpiresAt != 0)
        {
            secondsLeft = Math.Min(secondsLeft, RoundUpToSeconds(account.ExpiresAt - facts.Now));
        }

        if (hoursEnd != long.MaxValue)
        {
            // Not beyond them; and not 0, which is no limit.
            secondsLeft = Math.Min(secondsLeft, Math.Max(1, (hoursEnd - facts.Now) / 1000));
        }

        return new(LoginReason.None)
        {
            SessionSeconds = secondsLeft == long.MaxValue ? 0 : (uint)Math.Min(secondsLeft, LongestSeconds),
            VolumeLeftOctets = octetsLeft == long.MaxValue ? 0 : octetsLeft,
        };
    }

    /// <summary>
    /// With mac_security, an account that has devices registered admits only those. One that has none is not restricted: the policy binds
    /// accounts to devices that were registered, by hand or by mac_auto_register; it does not shut out those that never were.
    /// </summary>
    private static bool DeviceAdmitted(AccountEntry account, in AdmissionFacts facts) =>
        !facts.Policy.MacSecurity
        || account.Macs is not { Length: > 0 } macs
        || (!facts.Device.IsNone && Array.IndexOf(macs, facts.Device) >= 0);

    private static long TimeLeft(AccountEntry account, Profile profile, in AdmissionFacts facts) => profile.Type switch
    {
        ProfileType.Countdown => profile.Minutes * 60 - facts.Usage.Seconds,
        ProfileType.Expiration when account.FirstLoginAt == 0 => profile.Minutes * 60,
        ProfileType.Expiration => RoundUpToSeconds(account.FirstLoginAt + profile.Minutes * 60_000 - facts.Now),
        _ => long.MaxValue,
    };

    private static long RoundUpToSeconds(long milliseconds) => milliseconds <= 0 ? 0 : (milliseconds + 999) / 1000;
}

/// <summary>What <see cref="Admission"/> decided.</summary>
/// <param name="Reason">None: admitted, as far as check 8.</param>
internal readonly record struct AdmissionDecision(LoginReason Reason)
{
    public bool Admitted => Reason == LoginReason.None;

    /// <summary>How long the session may last; 0: no limit.</summary>
    public uint SessionSeconds { get; init; }

    /// <summary>Octets in both directions that are left; 0: no limit.</summary>
    public long VolumeLeftOctets { get; init; }
}
