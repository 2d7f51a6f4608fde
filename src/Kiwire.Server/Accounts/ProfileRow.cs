using System.Globalization;

namespace Kiwire.Server.Accounts;

/// <summary>A profile as its row has it.</summary>
internal sealed class ProfileRow
{
    public ProfileRow()
    {
    }

    public ProfileRow(Profile profile)
    {
        TenantId = profile.TenantId;
        ProfileId = profile.ProfileId;
        Name = profile.Name;
        NameKey = AccountName.KeyOf(profile.Name);
        Version = profile.Version;
        Price = profile.Price.ToString(CultureInfo.InvariantCulture);
        Type = (int)profile.Type;
        Edx = profile.Edx;
        Minutes = profile.Minutes;
        VolumeLimited = profile.VolumeLimited ? 1 : 0;
        VolumeOctets = profile.VolumeOctets;
        IdleMinutes = profile.IdleMinutes;
        Simultaneous = profile.Simultaneous;
        DownKbps = profile.DownKbps;
        UpKbps = profile.UpKbps;
        MinDownKbps = profile.MinDownKbps;
        MinUpKbps = profile.MinUpKbps;
        AutoReset = (int)profile.AutoReset;
        LoginHours = profile.LoginHours?.Text ?? "";
    }

    public long TenantId { get; set; }

    public long ProfileId { get; set; }

    public string Name { get; set; } = "";

    public string NameKey { get; set; } = "";

    public long Version { get; set; }

    public string Price { get; set; } = "";

    public int Type { get; set; }

    public string Edx { get; set; } = "";

    public long Minutes { get; set; }

    public int VolumeLimited { get; set; }

    public long VolumeOctets { get; set; }

    public int IdleMinutes { get; set; }

    public int Simultaneous { get; set; }

    public int DownKbps { get; set; }

    public int UpKbps { get; set; }

    public int MinDownKbps { get; set; }

    public int MinUpKbps { get; set; }

    public int AutoReset { get; set; }

    public string LoginHours { get; set; } = "";

    public Profile ToProfile() => new()
    {
        TenantId = TenantId,
        ProfileId = ProfileId,
        Name = Name,
        Version = Version,
        Price = decimal.Parse(Price, NumberStyles.Number, CultureInfo.InvariantCulture),
        Type = (ProfileType)Type,
        Edx = Edx,
        Minutes = Minutes,
        VolumeLimited = VolumeLimited != 0,
        VolumeOctets = VolumeOctets,
        IdleMinutes = IdleMinutes,
        Simultaneous = Simultaneous,
        DownKbps = DownKbps,
        UpKbps = UpKbps,
        MinDownKbps = MinDownKbps,
        MinUpKbps = MinUpKbps,
        AutoReset = (UsageReset)AutoReset,
        LoginHours = Accounts.LoginHours.Parse(LoginHours),
    };
}
