using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Kiwire.Snmp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Devices;

/// <summary><c>/api/v1/devices</c>: equipment with SNMP agents.</summary>
internal static class DeviceEndpoints
{
    private const string Kind = "device";

    /// <summary>Where in a path <c>/api/v1/devices/{identity}</c> the identity stands.</summary>
    private const int IdentitySegment = 3;

    public static void MapDevices(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder devices = routes.MapGroup("/devices").WithTags("Devices");
        devices.MapGet("", ListAsync).RequireScope(ApiScope.DevicesRead).WithSummary("Lists the devices by identity");
        devices.MapGet("/{identity}", GetAsync).RequireScope(ApiScope.DevicesRead).WithSummary("Shows a device");
        devices.MapPost("", CreateAsync).RequireScope(ApiScope.DevicesWrite).WithSummary("Makes a device");
        devices.MapPatch("/{identity}", UpdateAsync).RequireScope(ApiScope.DevicesWrite).WithSummary("Changes what is given of a device");
        devices.MapDelete("/{identity}", DeleteAsync).RequireScope(ApiScope.DevicesWrite).WithSummary("Deletes a device");
    }

    private static async Task<Results<Ok<Page<DeviceBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] DeviceFilter filter, [AsParameters] PageRequest page, HttpContext http, DeviceRegister register, CancellationToken cancellationToken)
    {
        string list = $"devices {filter}";
        if (!page.TryRead(list, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        IReadOnlyList<Device> found = await register.ListAsync(
            new DeviceQuery { TenantId = http.Caller.TenantId, Prefix = filter.Q, Type = filter.Type, After = after?[0], Limit = limit + 1 }, cancellationToken);
        return TypedResults.Ok(found.ToPage(limit, DeviceBody.Of, last => Cursor.Write(list, FoldedName.Fold(last.Identity))));
    }

    private static async Task<Results<Ok<DeviceBody>, ProblemHttpResult>> GetAsync(
        string identity, HttpContext http, DeviceRegister register, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        if (await register.FindAsync(http.Caller.TenantId, identity, cancellationToken) is not { } device)
        {
            return Problems.NotFound(Kind, identity);
        }

        http.SetETag(device.Version);
        return TypedResults.Ok(DeviceBody.Of(device));
    }

    private static async Task<Results<Created<DeviceBody>, ProblemHttpResult>> CreateAsync(
        DeviceRequest request, HttpContext http, DeviceRegister register, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await register.CreateAsync(tenantId, request.ToSettings(), cancellationToken);
        if (outcome is not SaveOutcome.Saved(var deviceId) || await register.GetAsync(tenantId, deviceId, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, request.Identity ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created($"/api/v1/devices/{Uri.EscapeDataString(made.Identity)}", DeviceBody.Of(made));
    }

    private static async Task<Results<Ok<DeviceBody>, ProblemHttpResult>> UpdateAsync(
        string identity, DeviceRequest request, HttpContext http, DeviceRegister register, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        long tenantId = http.Caller.TenantId;
        if (await register.FindAsync(tenantId, identity, cancellationToken) is not { } device)
        {
            return Problems.NotFound(Kind, identity);
        }

        SaveOutcome outcome = await register.UpdateAsync(tenantId, device.DeviceId, request.ToSettings(), http.IfMatch, cancellationToken);
        if (outcome is not SaveOutcome.Saved)
        {
            return Problems.Of(outcome, Kind, outcome is SaveOutcome.Exists ? request.Identity ?? identity : identity);
        }

        if (await register.GetAsync(tenantId, device.DeviceId, cancellationToken) is not { } changed)
        {
            return Problems.NotFound(Kind, identity);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(DeviceBody.Of(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string identity, HttpContext http, DeviceRegister register, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await register.FindAsync(tenantId, identity, cancellationToken) is { } device
            ? await register.DeleteAsync(tenantId, device.DeviceId, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, identity);
    }
}

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

    public static DeviceBody Of(Device device) => new()
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
