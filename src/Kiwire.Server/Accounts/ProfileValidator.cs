using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts;

/// <summary>Makes a profile of what is given for it, or says what is wrong: each fault names its field and what would be right.</summary>
internal static class ProfileValidator
{
    public const long OctetsPerGigabyte = 1L << 30;

    private const int LongestName = 128;
    private const int LongestText = 1000;
    private const long MostMinutes = 100L * 366 * 24 * 60;
    private const decimal MostGigabytes = 1_000_000;
    private const int MostKbps = 100 * 1024 * 1024;
    private const decimal HighestPrice = 1_000_000_000;

    /// <summary>The profile that <paramref name="current"/> (null: a new one) becomes.</summary>
    public static bool TryMake(Profile? current, ProfileSettings given, long tenantId, long profileId, [NotNullWhen(true)] out Profile? profile, out List<FieldFault> faults)
    {
        faults = [];
        string name = given.Name?.Trim() ?? current?.Name ?? "";
        ProfileType type = current?.Type ?? ProfileType.Free;
        CheckName(name, faults);
        if (given.Type is not null && TryParseType(given.Type, out ProfileType wanted))
        {
            type = wanted;
        }
        else if (given.Type is not null)
        {
            faults.Add(new("type", $"is '{given.Type}'; it must be Countdown, Expiration, Free or Pay As You Use."));
        }

        profile = new Profile
        {
            TenantId = tenantId,
            ProfileId = profileId,
            Name = name,
            Price = given.Price ?? current?.Price ?? 0,
            Type = type,
            Edx = given.Edx ?? current?.Edx ?? "",
            Minutes = given.Minutes ?? current?.Minutes ?? 0,
            VolumeLimited = given.VolumeLimited ?? current?.VolumeLimited ?? false,
            VolumeOctets = given.VolumeGigabytes is { } gigabytes ? ToOctets(gigabytes) : current?.VolumeOctets ?? 0,
            IdleMinutes = given.IdleMinutes ?? current?.IdleMinutes ?? 0,
            Simultaneous = given.Simultaneous ?? current?.Simultaneous ?? 0,
            DownKbps = given.DownKbps ?? current?.DownKbps ?? 0,
            UpKbps = given.UpKbps ?? current?.UpKbps ?? 0,
            MinDownKbps = given.MinDownKbps ?? current?.MinDownKbps ?? 0,
            MinUpKbps = given.MinUpKbps ?? current?.MinUpKbps ?? 0,
            AutoReset = CheckReset(given.AutoReset, faults) ?? current?.AutoReset ?? UsageReset.Never,
            LoginHours = given.LoginHours is { } ranges ? CheckHours(ranges, faults) : current?.LoginHours,
        };

        CheckTime(profile, faults);
        CheckVolume(profile, given, faults);
        CheckNumbers(profile, faults);
        if (profile.Edx.Length > LongestText)
        {
            faults.Add(new("edx", $"has {profile.Edx.Length} characters; {LongestText} is the most."));
        }

        return faults.Count == 0;
    }

    /// <summary>A type as it is written to operators.</summary>
    public static string NameOf(ProfileType type) => type == ProfileType.PayAsYouUse ? "Pay As You Use" : type.ToString();

    /// <summary>Reads a type without regard to case and spaces.</summary>
    public static bool TryParseType(string text, out ProfileType type)
    {
        string word = text.Replace(" ", "", StringComparison.Ordinal);
        foreach (ProfileType one in Enum.GetValues<ProfileType>())
        {
            if (word.Equals(one.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                type = one;
                return true;
            }
        }

        type = default;
        return false;
    }

    /// <summary>A reset as it is written to operators.</summary>
    public static string NameOf(UsageReset reset) => JsonNamingPolicy.CamelCase.ConvertName(reset.ToString());

    private static UsageReset? CheckReset(string? given, List<FieldFault> faults)
    {
        if (given is null)
        {
            return null;
        }

        foreach (UsageReset reset in Enum.GetValues<UsageReset>())
        {
            if (given.Equals(reset.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return reset;
            }
        }

        faults.Add(new("autoReset", $"is '{given}'; it must be {string.Join(", ", Enum.GetValues<UsageReset>()[..^1].Select(NameOf))} or {NameOf(UsageReset.Year)}."));
        return null;
    }

    private static LoginHours? CheckHours(IReadOnlyList<string> ranges, List<FieldFault> faults)
    {
        if (!LoginHours.TryParse(ranges, out LoginHours? hours, out string? fault))
        {
            faults.Add(new("loginHours", fault));
        }

        return hours;
    }

    private static long ToOctets(decimal gigabytes) =>
        Math.Abs(gigabytes) <= MostGigabytes ? (long)(gigabytes * OctetsPerGigabyte) : -1;

    private static void CheckName(string name, List<FieldFault> faults)
    {
        string? fault = name switch
        {
            "" => "is missing",
            _ when name.Any(char.IsControl) => "has a control character",
            _ when Encoding.UTF8.GetByteCount(name) > LongestName => $"has more than {LongestName} octets",
            _ => null,
        };
        if (fault is not null)
        {
            faults.Add(new("name", $"{fault}; it must be a name of 1 to {LongestName} octets without control characters."));
        }
    }

    private static void CheckTime(Profile profile, List<FieldFault> faults)
    {
        bool counted = profile.Type is ProfileType.Countdown or ProfileType.Expiration;
        long least = counted ? 1 : 0;
        if (profile.Minutes < least || profile.Minutes > MostMinutes)
        {
            string kind = counted ? $" for a profile of type {NameOf(profile.Type)}" : "";
            faults.Add(new("minutes", Invariant($"is {profile.Minutes}; it must be {least} to {MostMinutes}{kind}.")));
        }
    }

    private static void CheckVolume(Profile profile, ProfileSettings given, List<FieldFault> faults)
    {
        if (given.VolumeGigabytes is < 0 or > MostGigabytes)
        {
            faults.Add(new("volumeGigabytes", Invariant($"is {given.VolumeGigabytes}; it must be 0 to {MostGigabytes} GB.")));
        }
        else if (profile.VolumeLimited && profile.VolumeOctets == 0)
        {
            faults.Add(new("volumeGigabytes", "is 0 though the volume is limited; it must be more than 0 GB, or the limit off."));
        }
    }

    private static void CheckNumbers(Profile profile, List<FieldFault> faults)
    {
        if (profile.Price is < 0 or > HighestPrice)
        {
            faults.Add(new("price", Invariant($"is {profile.Price}; it must be 0 to {HighestPrice}.")));
        }

        CheckRange("idleMinutes", profile.IdleMinutes, 366 * 24 * 60, "minutes (0: no limit)", faults);
        CheckRange("simultaneous", profile.Simultaneous, AccountPresence.MaximumPlaces, "(0: no limit)", faults);
        CheckRange("downKbps", profile.DownKbps, MostKbps, "Kbps (0: no limit)", faults);
        CheckRange("upKbps", profile.UpKbps, MostKbps, "Kbps (0: no limit)", faults);
        CheckRange("minDownKbps", profile.MinDownKbps, profile.DownKbps <= 0 ? MostKbps : profile.DownKbps, "Kbps, no more than the download rate", faults);
        CheckRange("minUpKbps", profile.MinUpKbps, profile.UpKbps <= 0 ? MostKbps : profile.UpKbps, "Kbps, no more than the upload rate", faults);
    }

    private static void CheckRange(string field, int value, int most, string unit, List<FieldFault> faults)
    {
        if (value < 0 || value > most)
        {
            faults.Add(new(field, Invariant($"is {value}; it must be 0 to {most} {unit}.")));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
