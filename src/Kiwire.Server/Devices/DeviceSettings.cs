using Kiwire.Snmp;

namespace Kiwire.Server.Devices;

/// <summary>
/// What an operator gives for a device. Null: not given - on an update the value stays, on a create it has its default; an empty text
/// clears. A class, and not a record, so that it does not print its secrets.
/// </summary>
internal sealed class DeviceSettings
{
    public string? Identity { get; init; }

    public string? Address { get; init; }

    public string? Type { get; init; }

    public string? Mac { get; init; }

    public int? SnmpVersion { get; init; }

    public string? Community { get; init; }

    public string? Mib { get; init; }

    public string? Description { get; init; }

    public string? Location { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public AuthenticationProtocol? AuthenticationProtocol { get; init; }

    public string? AuthenticationPassword { get; init; }

    public PrivacyProtocol? PrivacyProtocol { get; init; }

    public string? PrivacyPassword { get; init; }

    public int? PollSeconds { get; init; }
}
