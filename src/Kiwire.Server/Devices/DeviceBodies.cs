using System.ComponentModel;
using Kiwire.Server.Devices.Polling;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices;

/// <summary>A device, as it is read; its secrets are never.</summary>
internal sealed record DeviceBody
{
    public required string Identity { get; init; }

    [Description("Where its SNMP agent is: an address or host name, with a port where that is not 161.")]
    public required string Address { get; init; }

    public required string Type { get; init; }

    [Description("aa:bb:cc:dd:ee:ff; empty where it is not known.")]
    public required string Mac { get; init; }

    [Description("1, 2 (v2c) or 3.")]
    public required int SnmpVersion { get; init; }

    [Description("The name of a poll set of /api/v1/mibs, which is read besides those of every device and of its maker; empty: none.")]
    public required string Mib { get; init; }

    public required string Description { get; init; }

    public required string Location { get; init; }

    public required string Username { get; init; }

    [Description("SNMPv3.")]
    public required AuthenticationProtocol AuthenticationProtocol { get; init; }

    [Description("SNMPv3.")]
    public required PrivacyProtocol PrivacyProtocol { get; init; }

    [Description("How often it is polled; 0: it is not.")]
    public required int PollSeconds { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DeviceStatusBody Status { get; init; }

    [Description("What it says of itself: sysDescr, sysName ..., and texts of its poll sets by metric and instance. Null in lists.")]
    public required IReadOnlyDictionary<string, string>? Texts { get; init; }

    [Description("What its last poll measured. Null in lists.")]
    public required IReadOnlyList<DeviceValueBody>? Values { get; init; }

    /// <param name="device">The device.</param>
    /// <param name="condition">How it stands; null: it was never polled.</param>
    /// <param name="stored">With its newest values; null: without.</param>
    /// <param name="now">The present.</param>
    public static DeviceBody Of(Device device, DeviceCondition? condition, StoredDevice? stored, DateTimeOffset now) => new()
    {
        Identity = device.Identity,
        Address = device.Address,
        Type = device.Type,
        Mac = device.Mac,
        SnmpVersion = device.SnmpVersion,
        Mib = device.Mib,
        Description = device.Description,
        Location = device.Location,
        Username = device.Username,
        AuthenticationProtocol = device.AuthenticationProtocol,
        PrivacyProtocol = device.PrivacyProtocol,
        PollSeconds = device.PollSeconds,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(device.CreatedAt),
        Status = DeviceStatusBody.Of(condition, device.PollSeconds, now),
        Texts = stored?.Texts,
        Values = stored is null ? null : DeviceValueBody.Of(stored),
    };
}

/// <summary>A device, as it is made or changed; what is not given stays. A class, and not a record, so that it does not print its secrets.</summary>
internal sealed class DeviceRequest
{
    [Description("1 to 253 octets, no comma. May be changed.")]
    public string? Identity { get; init; }

    [Description("An address or host name, with a port where that is not 161: 192.0.2.1, [2001:db8::1]:1161, switch-1.example:1161.")]
    public string? Address { get; init; }

    [Description("A word of 1 to 64 characters; generic where it is not given.")]
    public string? Type { get; init; }

    [Description("In any notation; empty clears.")]
    public string? Mac { get; init; }

    [Description("1, 2 (v2c) or 3; 2 where it is not given.")]
    public int? SnmpVersion { get; init; }

    [Description("At most 256 octets. Never returned.")]
    public string? Community { get; init; }

    [Description("The name of a poll set of /api/v1/mibs, which is read besides those of every device and of its maker; empty clears.")]
    public string? Mib { get; init; }

    public string? Description { get; init; }

    public string? Location { get; init; }

    public string? Username { get; init; }

    [Description("At most 256 octets. Never returned.")]
    public string? Password { get; init; }

    [Description("SNMPv3: how its user, the username, is authenticated; none where it is not given.")]
    public AuthenticationProtocol? AuthenticationProtocol { get; init; }

    [Description("SNMPv3: 8 to 256 octets; the password where it is not given. Never returned.")]
    public string? AuthenticationPassword { get; init; }

    [Description("SNMPv3: how it is encrypted; none where it is not given. The names with Reeder are Cisco's way to a longer key.")]
    public PrivacyProtocol? PrivacyProtocol { get; init; }

    [Description("SNMPv3: 8 to 256 octets. Never returned.")]
    public string? PrivacyPassword { get; init; }

    [Description("How often it is polled: 10 to 86400; 0: it is not; 60 where it is not given.")]
    public int? PollSeconds { get; init; }

    public DeviceSettings ToSettings() => new()
    {
        Identity = Identity,
        Address = Address,
        Type = Type,
        Mac = Mac,
        SnmpVersion = SnmpVersion,
        Community = Community,
        Mib = Mib,
        Description = Description,
        Location = Location,
        Username = Username,
        Password = Password,
        AuthenticationProtocol = AuthenticationProtocol,
        AuthenticationPassword = AuthenticationPassword,
        PrivacyProtocol = PrivacyProtocol,
        PrivacyPassword = PrivacyPassword,
        PollSeconds = PollSeconds,
    };
}

/// <summary>Which devices a list is to have.</summary>
internal readonly record struct DeviceFilter
{
    [Description("Only those of this type; the case of ASCII letters does not count.")]
    public string? Type { get; init; }

    [Description("Only those whose identity begins so; case does not count.")]
    public string? Q { get; init; }
}
