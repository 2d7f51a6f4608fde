using System.ComponentModel;
using System.Globalization;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sessions;

/// <summary><c>/api/v1/unauthorised-devices</c>: client devices that tried and were refused, and have not logged in since.</summary>
internal static class UnauthorisedDeviceEndpoints
{
    private const string Kind = "unauthorised device";

    public static void MapUnauthorisedDevices(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder devices = routes.MapGroup("/unauthorised-devices").WithTags("Unauthorised devices");
        devices.MapGet("", ListAsync).RequireScope(ApiScope.SessionsRead).WithSummary("Lists the client devices that were refused, the last seen first");
        devices.MapDelete("/{mac}", DeleteAsync).RequireScope(ApiScope.SessionsWrite)
            .WithSummary("Takes a device from the list: it has been dealt with. It comes back if it is refused again");
    }

    private static async Task<Results<Ok<Page<UnauthorisedDeviceBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] UnauthorisedFilter filter, [AsParameters] PageRequest page, HttpContext http, LoginHistoryStore logins, NasDirectory directory,
        CancellationToken cancellationToken)
    {
        string list = $"unauthorised {filter}";
        long tenantId = http.Caller.TenantId;
        if (!HistoryFilters.TryReadNas(filter.Nas, tenantId, directory, out long? nasId, out FieldFault? fault)
            || !HistoryFilters.TryReadMac(filter.Mac, out string? mac, out fault)
            || !HistoryFilters.IsReason(filter.Reason, out fault)
            || !page.TryRead(list, out int limit, out string[]? after, out fault))
        {
            return Problems.Invalid([fault]);
        }

        long lastSeenAt = 0;
        if (after is not null && (after is not [var time, _] || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out lastSeenAt)))
        {
            return Problems.Invalid([PageRequest.ForeignCursor]);
        }

        IReadOnlyList<UnauthorisedDevice> found = await logins.ListUnauthorisedAsync(
            new UnauthorisedQuery
            {
                TenantId = tenantId, NasId = nasId, Mac = mac, Reason = filter.Reason, Limit = limit + 1,
                After = after is null ? null : (lastSeenAt, after[1]),
            },
            cancellationToken);
        return TypedResults.Ok(found.ToPage(
            limit,
            device => UnauthorisedDeviceBody.Of(device, tenantId, directory),
            last => Cursor.Write(list, last.LastSeenAt.ToString(CultureInfo.InvariantCulture), last.Mac)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string mac, HttpContext http, CommitQueue commits, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        if (!HistoryFilters.TryReadMac(mac, out string? address, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        bool deleted = await commits.EnqueueAsync(
            async unit =>
            {
                if (await LoginHistoryStore.DeleteUnauthorisedAsync(unit, tenantId, address!) is not { } device)
                {
                    return false;
                }

                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, device.Mac, AuditChanges.None);
                return true;
            },
            cancellationToken);
        return deleted ? TypedResults.NoContent() : Problems.NotFound(Kind, address!);
    }
}

/// <summary>A client device that was refused.</summary>
internal sealed record UnauthorisedDeviceBody
{
    public required string Mac { get; init; }

    [Description("Its address, where the NAS gave it.")]
    public required string Ip { get; init; }

    [Description("The identity of the NAS that it tried last; null: it is gone.")]
    public required string? Nas { get; init; }

    [Description("The name that it tried last.")]
    public required string UserName { get; init; }

    [Description("Why it was refused last.")]
    public required string Reason { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    [Description("How often it was refused since it was last let in.")]
    public required long Times { get; init; }

    public static UnauthorisedDeviceBody Of(UnauthorisedDevice device, long tenantId, NasDirectory directory) => new()
    {
        Mac = device.Mac,
        Ip = device.ClientIp,
        Nas = directory.TryGet(tenantId, device.NasId, out NasEntry? nas) ? nas.Identity : null,
        UserName = device.UserName,
        Reason = device.Reason,
        FirstSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(device.FirstSeenAt),
        LastSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(device.LastSeenAt),
        Times = device.Times,
    };
}

/// <summary>Which unauthorised devices a list is to have.</summary>
internal readonly record struct UnauthorisedFilter
{
    [Description("Only those that tried last through the NAS of this identity.")]
    public string? Nas { get; init; }

    [Description("Only this one, in any notation.")]
    public string? Mac { get; init; }

    [Description("Only those refused for this reason: wrong_password, zone ...; no_session: connected to a NAS that is a device too, without a session.")]
    public string? Reason { get; init; }
}
