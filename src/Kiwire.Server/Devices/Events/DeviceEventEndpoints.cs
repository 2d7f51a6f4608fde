using System.ComponentModel;
using System.Globalization;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Devices.Events;

/// <summary><c>/api/v1/device-events</c> and <c>/api/v1/devices/{identity}/events</c>: what happened to devices.</summary>
internal static class DeviceEventEndpoints
{
    private const string Kind = "device";

    /// <summary>Where in a path <c>/api/v1/devices/{identity}/events</c> the identity stands.</summary>
    private const int IdentitySegment = 3;

    public static void MapDeviceEvents(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder events = routes.MapGroup("").WithTags("Devices");
        events.MapGet("/device-events", ListAsync).RequireScope(ApiScope.DevicesRead)
            .WithSummary("Lists when devices went down, came back or restarted, newest first");
        events.MapGet("/devices/{identity}/events", ListOfDeviceAsync).RequireScope(ApiScope.DevicesRead)
            .WithSummary("Lists when a device went down, came back or restarted, newest first");
    }

    private static async Task<Results<Ok<Page<DeviceEventBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] DeviceEventFilter filter, [AsParameters] PageRequest page, HttpContext http, DeviceEventStore store, CancellationToken cancellationToken) =>
        await ReadAsync($"device-events {filter}", null, filter, page, http, store, cancellationToken);

    private static async Task<Results<Ok<Page<DeviceEventBody>>, ProblemHttpResult>> ListOfDeviceAsync(
        string identity, [AsParameters] DeviceEventFilter filter, [AsParameters] PageRequest page, HttpContext http, DeviceRegister register, DeviceEventStore store,
        CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        return await register.FindAsync(http.Caller.TenantId, identity, cancellationToken) is { } device
            ? await ReadAsync($"device-events {device.DeviceId} {filter}", device.DeviceId, filter, page, http, store, cancellationToken)
            : Problems.NotFound(Kind, identity);
    }

    private static async Task<Results<Ok<Page<DeviceEventBody>>, ProblemHttpResult>> ReadAsync(
        string list, long? deviceId, DeviceEventFilter filter, PageRequest page, HttpContext http, DeviceEventStore store, CancellationToken cancellationToken)
    {
        if (!EnumWord.TryRead("kind", filter.Kind, out DeviceEventKind? kind, out FieldFault? fault)
            || !HistoryCursor.TryRead(page, list, out int limit, out long? below, out fault))
        {
            return Problems.Invalid([fault]);
        }

        HistoryPart<DeviceEvent> part = await store.ReadAsync(
            new DeviceEventQuery
            {
                TenantId = http.Caller.TenantId, DeviceId = deviceId, Kind = kind, From = filter.From?.ToUnixTimeMilliseconds(),
                To = filter.To?.ToUnixTimeMilliseconds(), Below = below, Limit = limit,
            },
            cancellationToken);
        return TypedResults.Ok(new Page<DeviceEventBody>([.. part.Rows.Select(DeviceEventBody.Of)], HistoryCursor.Write(list, part.Next)));
    }
}

/// <summary>An event, as it is read and as a webhook gets it.</summary>
internal sealed record DeviceEventBody
{
    [Description("Ascends with time; a webhook may get an event twice, with the same id.")]
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    [Description("The device's identity at that time.")]
    public required string Device { get; init; }

    public required DeviceEventKind Kind { get; init; }

    [Description("In words: why it counts as down, or for how long it was.")]
    public required string Detail { get; init; }

    public static DeviceEventBody Of(DeviceEvent happened) => new()
    {
        Id = happened.EventId.ToString(CultureInfo.InvariantCulture),
        At = DateTimeOffset.FromUnixTimeMilliseconds(happened.At),
        Device = happened.Identity,
        Kind = happened.Kind,
        Detail = happened.Detail,
    };
}

/// <summary>Which events a list is to have.</summary>
internal readonly record struct DeviceEventFilter
{
    [Description("up, down or restarted.")]
    public string? Kind { get; init; }

    [Description("At or after.")]
    public DateTimeOffset? From { get; init; }

    [Description("Before.")]
    public DateTimeOffset? To { get; init; }
}
