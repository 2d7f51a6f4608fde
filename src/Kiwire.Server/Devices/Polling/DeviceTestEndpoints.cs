using System.ComponentModel;
using Kiwire.Server.Web;
using Kiwire.Snmp;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Devices.Polling;

/// <summary><c>/api/v1/devices/{identity}/test</c>.</summary>
internal static class DeviceTestEndpoints
{
    private const string Kind = "device";

    /// <summary>Where in a path <c>/api/v1/devices/{identity}/test</c> the identity stands.</summary>
    private const int IdentitySegment = 3;

    public static void MapDeviceTest(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/devices/{identity}/test", TestAsync).RequireScope(ApiScope.DevicesWrite).WithTags("Devices")
            .WithSummary("Polls a device at once, and says what came back or precisely why nothing did");

    private static async Task<Results<Ok<DeviceTestBody>, ProblemHttpResult>> TestAsync(
        string identity, HttpContext http, DeviceRegister register, DeviceTest test, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        long tenantId = http.Caller.TenantId;
        return await register.FindAsync(tenantId, identity, cancellationToken) is { } device
            && await test.RunAsync(tenantId, device.DeviceId, cancellationToken) is { } report
            ? TypedResults.Ok(report)
            : Problems.NotFound(Kind, identity);
    }
}

/// <summary>What a test found.</summary>
internal sealed record DeviceTestBody
{
    public required bool Answered { get; init; }

    [Description("What it failed by: noAnswer, wrongCommunity, unknownUser, wrongPassword, notInTimeWindow, unsupportedSecurityLevel ...; none: it did not, or its settings do not go together.")]
    public required SnmpFault Fault { get; init; }

    [Description("The fault in a sentence; empty: it answered.")]
    public required string Message { get; init; }

    public double? RoundTripMilliseconds { get; init; }

    public long? UptimeSeconds { get; init; }

    [Description("The poll sets that are for it.")]
    public IReadOnlyList<string> PollSets { get; init; } = [];

    [Description("What it says of itself: sysDescr, sysName ..., and texts of its poll sets by metric and instance.")]
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    [Description("Gauges; rates need two polls.")]
    public IReadOnlyList<DeviceValueBody> Values { get; init; } = [];

    public static DeviceTestBody Failed(SnmpFault fault, string message) => new() { Answered = false, Fault = fault, Message = message };

    public static DeviceTestBody Success(PollResult result, PolledDevice device) => new()
    {
        Answered = true,
        Fault = SnmpFault.None,
        Message = "",
        RoundTripMilliseconds = result.RoundTrip.TotalMilliseconds,
        UptimeSeconds = result.UpTicks / 100,
        PollSets = device.Plan?.Sets ?? [],
        Texts = device.Texts,
        Values = DeviceValueBody.Of(result, device.Catalog),
    };
}
