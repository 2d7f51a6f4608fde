namespace Kiwire.Server.Accounts;

/// <summary>The plan that an account is on. Immutable; a change makes another.</summary>
internal sealed record Profile
{
    public required long TenantId { get; init; }

    public required long ProfileId { get; init; }

    public required string Name { get; init; }

    /// <summary>Goes up with each change.</summary>
    public long Version { get; init; } = 1;

    public decimal Price { get; init; }

    public required ProfileType Type { get; init; }

    /// <summary>Charging link; stored, not used.</summary>
    public string Edx { get; init; } = "";

    /// <summary>For Countdown and Expiration.</summary>
    public long Minutes { get; init; }

    public bool VolumeLimited { get; init; }

    /// <summary>Octets in both directions together; counts only where <see cref="VolumeLimited"/>.</summary>
    public long VolumeOctets { get; init; }

    /// <summary>The same in GB of 2^30 octets.</summary>
    public decimal VolumeGigabytes => (decimal)VolumeOctets / ProfileValidator.OctetsPerGigabyte;

    /// <summary>0: no idle limit.</summary>
    public int IdleMinutes { get; init; }

    /// <summary>Sessions at one time; 0: no limit.</summary>
    public int Simultaneous { get; init; }

    /// <summary>Kbps; 0: no limit. 1 Mbps = 1024 Kbps.</summary>
    public int DownKbps { get; init; }

    public int UpKbps { get; init; }

    public int MinDownKbps { get; init; }

    public int MinUpKbps { get; init; }

    /// <summary>How often its accounts' usage goes back to zero.</summary>
    public UsageReset AutoReset { get; init; }

    /// <summary>When its accounts may be in; null: at any time.</summary>
    public LoginHours? LoginHours { get; init; }
}
