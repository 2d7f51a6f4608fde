namespace Kiwire.Server.Accounts;

/// <summary>What an operator gives for a profile. Null: not given - on an update the value stays, on a create it has its default.</summary>
internal sealed record ProfileSettings
{
    /// <summary>Needed on a create; on an update a new name.</summary>
    public string? Name { get; init; }

    public decimal? Price { get; init; }

    /// <summary>Countdown, Expiration, Free or Pay As You Use; Free when not given.</summary>
    public string? Type { get; init; }

    public string? Edx { get; init; }

    /// <summary>Needed for Countdown and Expiration.</summary>
    public long? Minutes { get; init; }

    public bool? VolumeLimited { get; init; }

    /// <summary>GB of 2^30 octets.</summary>
    public decimal? VolumeGigabytes { get; init; }

    public int? IdleMinutes { get; init; }

    public int? Simultaneous { get; init; }

    public int? DownKbps { get; init; }

    public int? UpKbps { get; init; }

    public int? MinDownKbps { get; init; }

    public int? MinUpKbps { get; init; }

    /// <summary>never, halfHour, hour, day, week, month or year; never when not given.</summary>
    public string? AutoReset { get; init; }

    /// <summary>Such as <c>mon 08:00-18:00</c>; none: at any time.</summary>
    public IReadOnlyList<string>? LoginHours { get; init; }
}
