namespace Kiwire.Server.Devices.Events;

/// <summary>What happened to a device.</summary>
internal enum DeviceEventKind
{
    /// <summary>It answers, and did not before.</summary>
    Up = 0,

    /// <summary>It missed so many polls in a row that it counts as down.</summary>
    Down = 1,

    /// <summary>Its sysUpTime began anew.</summary>
    Restarted = 2,
}

/// <summary>Something that happened to a device.</summary>
internal sealed record DeviceEvent
{
    public required long TenantId { get; init; }

    /// <summary>Ascends with time.</summary>
    public required long EventId { get; init; }

    public required long DeviceId { get; init; }

    /// <summary>The device's, at that time.</summary>
    public required string Identity { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    public required DeviceEventKind Kind { get; init; }

    /// <summary>In words: why it counts as down, or how long it was.</summary>
    public required string Detail { get; init; }
}
