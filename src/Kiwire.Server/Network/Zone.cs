namespace Kiwire.Server.Network;

/// <summary>What a member of a zone is compared with.</summary>
internal enum ZoneMemberKind
{
    /// <summary>The identity of a NAS.</summary>
    NasIdentity = 0,

    /// <summary>The location of a NAS.</summary>
    NasLocation = 1,

    /// <summary>What stands after the last ':' of Called-Station-Id.</summary>
    Ssid = 2,

    /// <summary>A prefix that holds the NAS's address.</summary>
    NasIpPrefix = 3,
}

/// <summary>One member of a zone.</summary>
/// <param name="Kind">What it is compared with.</param>
/// <param name="Value">The name, or for a prefix its text.</param>
internal sealed record ZoneMember(ZoneMemberKind Kind, string Value);

/// <summary>A place that logins come from, by name: any of its members is enough.</summary>
internal sealed record Zone
{
    public required long TenantId { get; init; }

    public required long ZoneId { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<ZoneMember> Members { get; init; }

    /// <summary>Goes up with each change.</summary>
    public long Version { get; init; } = 1;
}
