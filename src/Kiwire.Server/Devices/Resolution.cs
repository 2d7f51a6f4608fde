namespace Kiwire.Server.Devices;

/// <summary>How finely a stored series is made, finest first.</summary>
internal enum Resolution
{
    /// <summary>As polled; kept 2 days.</summary>
    Raw,

    /// <summary>Kept 30 days.</summary>
    FiveMinutes,

    /// <summary>Kept 2 years.</summary>
    Hour,
}
