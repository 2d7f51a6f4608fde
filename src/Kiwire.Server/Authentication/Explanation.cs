using System.Globalization;
using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.Authentication;

/// <summary>Says in words what was compared when a login was decided, for whoever reads the history at night. Never a secret.</summary>
internal static class Explanation
{
    /// <summary>The most octets that <see cref="OfAccept"/> writes.</summary>
    public const int LongestOfAccept = 512;

    /// <summary>What an accept found left, in the form that <see cref="LoginExplanationBody"/> takes apart. Allocates nothing.</summary>
    /// <param name="account">The account.</param>
    /// <param name="profile">Its profile.</param>
    /// <param name="decision">What was granted.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="destination">At least <see cref="LongestOfAccept"/> octets.</param>
    /// <returns>The text; empty where the profile's name is too long for it.</returns>
    public static ReadOnlySpan<byte> OfAccept(
        AccountEntry account, Profile profile, scoped in AdmissionDecision decision, long now, Span<byte> destination)
    {
        int length = 0;
        bool fits = decision.SessionSeconds == 0
            ? Append(destination, ref length, "no limit"u8)
            : Append(destination, ref length, decision.SessionSeconds) && Append(destination, ref length, " s left"u8);
        fits &= Append(destination, ref length, LoginExplanationBody.Between) && (decision.VolumeLeftOctets == 0
            ? Append(destination, ref length, "no limit"u8)
            : Append(destination, ref length, decision.VolumeLeftOctets) && Append(destination, ref length, " octets left"u8));
        fits &= Append(destination, ref length, LoginExplanationBody.Between)
            && Append(destination, ref length, account.Presence.CountPlaces(now))
            && (profile.Simultaneous == 0
                ? Append(destination, ref length, " in with this one, no limit"u8)
                : Append(destination, ref length, " in with this one, limit "u8) && Append(destination, ref length, profile.Simultaneous));
        fits &= Append(destination, ref length, LoginExplanationBody.Between)
            && Append(destination, ref length, "profile "u8)
            && Encoding.UTF8.TryGetBytes(profile.Name, destination[length..], out int name)
            && (length += name) > 0;
        return fits ? destination[..length] : default;
    }

    public static byte[] Of(scoped in Login login, LoginReason reason, AccountEntry? account)
    {
        string? text = reason switch
        {
            LoginReason.WrongPassword => account is null ? "there is no account of this name" : "the password is wrong",
            LoginReason.Inactive => "the account is suspended",
            LoginReason.Expired when account is not null => $"expired at {Time(account.ExpiresAt)}; now {Time(login.Request.ReceivedAt)}",
            LoginReason.Zone when account is not null =>
                $"allowed from {string.Join(", ", account.AllowNas ?? [])}; NAS {login.Request.Nas.Identity}, location '{login.Request.Nas.Location}', "
                + $"Called-Station-Id '{Printable(login.Fields.CalledStationId)}'",
            LoginReason.Mac when account is not null =>
                $"registered: {string.Join(", ", account.Macs ?? [])}; this device: {(login.Fields.Device.IsNone ? "none given" : login.Fields.Device.ToString())}",
            LoginReason.Hours when account?.Profile is { LoginHours: { } hours } profile =>
                $"login hours of profile {profile.Name}: {hours}; on the tenant's clocks it is {LocalTime.Of(login.Request.ReceivedAt, login.Tenant.TimeZone).ToString("ddd yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}",
            LoginReason.NoCredit when account?.Profile is { } profile =>
                $"profile {profile.Name}: {profile.Type} {profile.Minutes} minutes; used {account.Presence.Usage.Seconds} s; first login {Time(account.FirstLoginAt)}; "
                + $"now {Time(login.Request.ReceivedAt)}",
            LoginReason.Volume when account?.Profile is { } profile =>
                $"limit {profile.VolumeOctets} octets on profile {profile.Name}; used {account.Presence.Usage.OctetsIn} in and {account.Presence.Usage.OctetsOut} out",
            LoginReason.NoProfile => "the account has none, or it was deleted",
            LoginReason.Simultaneous when account?.Profile is { } profile =>
                $"limit {profile.Simultaneous} at one time on profile {profile.Name}; {account.Presence.CountPlaces(login.Request.ReceivedAt)} are in; "
                + $"this device: {(login.Fields.Device.IsNone ? "none given" : login.Fields.Device.ToString())}",
            LoginReason.Lockout => $"{Lockout.WrongPasswords} wrong passwords within ten minutes from this device",
            LoginReason.BadRequest => $"credentials in the request: {login.Fields.Credentials}{(login.Fields.HasUserName ? "" : "; no User-Name")}",
            LoginReason.TenantSuspended => "the tenant is suspended",
            _ => null,
        };
        return text is null ? [] : Encoding.UTF8.GetBytes(text);
    }

    private static bool Append(Span<byte> destination, ref int length, ReadOnlySpan<byte> text)
    {
        bool fits = text.TryCopyTo(destination[length..]);
        length += fits ? text.Length : 0;
        return fits;
    }

    private static bool Append(Span<byte> destination, ref int length, long number)
    {
        bool fits = number.TryFormat(destination[length..], out int digits, provider: CultureInfo.InvariantCulture);
        length += digits;
        return fits;
    }

    private static string Time(long unixMilliseconds) =>
        unixMilliseconds == 0
            ? "never"
            : DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Printable(ReadOnlySpan<byte> octets)
    {
        string text = Encoding.UTF8.GetString(octets);
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                span[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }
}
