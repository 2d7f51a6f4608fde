using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Serialization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Kiwire.Snmp;

namespace Kiwire.Server.Api.Contract;

/// <summary>Module <c>device</c>.</summary>
internal sealed class DeviceModule(DeviceRegister register, DeviceViews views)
{
    private const string DeviceId = "device-id";
    private const int DefaultLimit = 50;

    private static readonly FrozenDictionary<string, string> Parameters = new Dictionary<string, string>
    {
        ["identity"] = DeviceId,
        ["address"] = "device-ip",
        ["snmpVersion"] = "snmpv",
        ["authenticationProtocol"] = "authproto",
        ["authenticationPassword"] = "authpass",
        ["privacyProtocol"] = "privproto",
        ["privacyPassword"] = "privpass",
        ["pollSeconds"] = "interval",
    }.ToFrozenDictionary();

    public async Task<ContractAnswer> CreateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        DeviceSettings given = Read(call.Parameters);
        return call.Fault ?? ContractAnswer.Of(await register.CreateAsync(call.TenantId, given, cancellationToken), DeviceId, given.Identity ?? "", "created", Parameters);
    }

    public async Task<ContractAnswer> UpdateAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string identity = call.RequiredValue(DeviceId);
        DeviceSettings given = Read(call.Parameters);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        if (await register.FindAsync(call.TenantId, identity, cancellationToken) is not { } device)
        {
            return ContractAnswer.Missing(DeviceId, identity);
        }

        SaveOutcome outcome = await register.UpdateAsync(call.TenantId, device.DeviceId, given, EntityTags.Any, cancellationToken);
        return ContractAnswer.Of(outcome, DeviceId, outcome is SaveOutcome.Exists ? given.Identity! : identity, "updated", Parameters);
    }

    public async Task<ContractAnswer> DeleteAsync(ContractCall call, CancellationToken cancellationToken)
    {
        string identity = call.RequiredValue(DeviceId);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        return await register.FindAsync(call.TenantId, identity, cancellationToken) is { } device
            ? ContractAnswer.Of(await register.DeleteAsync(call.TenantId, device.DeviceId, EntityTags.Any, cancellationToken), DeviceId, identity, "deleted", Parameters)
            : ContractAnswer.Missing(DeviceId, identity);
    }

    public async Task<ContractAnswer> GetAsync(ContractCall call, CancellationToken cancellationToken)
    {
        (int start, int limit) = call.Parameters.Rows(DefaultLimit);
        if (call.Fault is { } fault)
        {
            return fault;
        }

        if (call.Value.Length == 0)
        {
            IReadOnlyList<Device> devices = await register.ListAsync(call.TenantId, start, limit, cancellationToken);
            IReadOnlyDictionary<long, DeviceBody> shown = await views.ShowAsync(devices, cancellationToken);
            return ContractAnswer.Found([.. devices.Select(device => DeviceItem.Of(shown[device.DeviceId], call.Tenant.TimeZone))]);
        }

        return await register.FindAsync(call.TenantId, call.Value, cancellationToken) is { } one
            ? ContractAnswer.Found([DeviceItem.Of(await views.ShowAsync(one, cancellationToken), call.Tenant.TimeZone)])
            : ContractAnswer.Missing(DeviceId, call.Value);
    }

    private static DeviceSettings Read(ContractParameters given) => new()
    {
        Identity = given.Text(DeviceId),
        Address = given.Text("device-ip"),
        Type = given.Word("type"),
        Mac = given.Text("mac"),
        Community = given.Text("community"),
        Description = given.Text("description"),
        Location = given.Text("location"),
        Username = given.Text("username"),
        Password = given.Text("password"),
        SnmpVersion = given.Integer("snmpv", 1, 3),
        Mib = given.Text("mib"),
        AuthenticationProtocol = ReadWord<AuthenticationProtocol>(given, "authproto"),
        AuthenticationPassword = given.Text("authpass"),
        PrivacyProtocol = ReadWord<PrivacyProtocol>(given, "privproto"),
        PrivacyPassword = given.Text("privpass"),
        PollSeconds = given.Integer("interval", 0, 86_400),
    };

    private static T? ReadWord<T>(ContractParameters given, string name)
        where T : struct, Enum
    {
        if (given.Word(name) is not { } word)
        {
            return null;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        _ = given.Fault(name, $"is '{ContractParameters.Shown(word)}'; it must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.");
        return null;
    }
}

/// <summary>A device, as <c>get</c> shows it: without its secrets.</summary>
internal sealed record DeviceItem
{
    [JsonPropertyName("device-ip")]
    public required string DeviceIp { get; init; }

    [JsonPropertyName("device-id")]
    public required string DeviceId { get; init; }

    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("mac")]
    public required string Mac { get; init; }

    [JsonPropertyName("description")]
    public required string Description { get; init; }

    [JsonPropertyName("location")]
    public required string Location { get; init; }

    [JsonPropertyName("username")]
    public required string Username { get; init; }

    [JsonPropertyName("snmpv")]
    public required int SnmpVersion { get; init; }

    [JsonPropertyName("mib")]
    public required string Mib { get; init; }

    [JsonPropertyName("state")]
    public required string State { get; init; }

    /// <summary><c>Y-m-d H:i:s</c> on the tenant's clocks; empty: never.</summary>
    [JsonPropertyName("last-seen")]
    public required string LastSeen { get; init; }

    /// <summary>Seconds; null: it did not say.</summary>
    [JsonPropertyName("uptime")]
    public required long? Uptime { get; init; }

    /// <summary>Only where one is asked for.</summary>
    [JsonPropertyName("values")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeviceItemValue>? Values { get; init; }

    public static DeviceItem Of(DeviceBody device, TimeZoneInfo zone) => new()
    {
        DeviceIp = device.Address,
        DeviceId = device.Identity,
        Type = device.Type,
        Mac = device.Mac,
        Description = device.Description,
        Location = device.Location,
        Username = device.Username,
        SnmpVersion = device.SnmpVersion,
        Mib = device.Mib,
        State = device.Status.State.ToString().ToLowerInvariant(),
        LastSeen = device.Status.SeenAt is { } seen
            ? LocalTime.Of(seen.ToUnixTimeMilliseconds(), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : "",
        Uptime = device.Status.UptimeSeconds,
        Values = device.Values?.Select(value => new DeviceItemValue(value.Metric, value.Instance, value.Label, value.Value, value.Unit)).ToArray(),
    };
}

/// <summary>What a device's last poll measured.</summary>
internal sealed record DeviceItemValue(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("instance")] string Instance,
    [property: JsonPropertyName("label")] string Label,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] string Unit);
