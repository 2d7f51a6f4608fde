using Kiwire.Snmp;

namespace Kiwire.Server.Devices;

/// <summary>Equipment with an SNMP agent, as an operator reads it back: everything but its secrets, which are never returned.</summary>
internal sealed record Device
{
    public const int DefaultPollSeconds = 60;

    public required long TenantId { get; init; }

    public required long DeviceId { get; init; }

    public required string Identity { get; init; }

    /// <summary>Where its SNMP agent is: canonical, see <see cref="DeviceAddress"/>.</summary>
    public required string Address { get; init; }

    public required string Type { get; init; }

    /// <summary>Canonical; empty where not given.</summary>
    public string Mac { get; init; } = "";

    /// <summary>1, 2 (v2c) or 3.</summary>
    public required int SnmpVersion { get; init; }

    /// <summary>SNMPv3 only.</summary>
    public AuthenticationProtocol AuthenticationProtocol { get; init; }

    /// <summary>SNMPv3 only.</summary>
    public PrivacyProtocol PrivacyProtocol { get; init; }

    /// <summary>How often it is polled; 0: it is not.</summary>
    public int PollSeconds { get; init; } = DefaultPollSeconds;

    /// <summary>The name of a poll set; empty: none.</summary>
    public string Mib { get; init; } = "";

    public string Description { get; init; } = "";

    public string Location { get; init; } = "";

    public string Username { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Goes up with each change by an operator.</summary>
    public long Version { get; init; } = 1;
}
