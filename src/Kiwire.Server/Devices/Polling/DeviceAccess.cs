using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>What it takes to poll a device. A class, and not a record, so that it does not print its secrets.</summary>
internal sealed class DeviceAccess
{
    public required long TenantId { get; init; }

    public required long DeviceId { get; init; }

    public required string Identity { get; init; }

    public required DeviceAddress Address { get; init; }

    /// <summary>What lets us in; null: what is stored does not go together, see <see cref="Fault"/>.</summary>
    public required SnmpCredentials? Credentials { get; init; }

    /// <summary>Why there are no credentials; empty: there are.</summary>
    public string Fault { get; init; } = "";

    /// <summary>The name of the operator's poll set; empty: none.</summary>
    public required string Mib { get; init; }

    /// <summary>Its own MAC address; empty where it is not known.</summary>
    public string Mac { get; init; } = "";

    /// <summary>0: it is not polled.</summary>
    public required int PollSeconds { get; init; }

    /// <summary>The device's version: another one means that an operator changed it.</summary>
    public required long Version { get; init; }
}
