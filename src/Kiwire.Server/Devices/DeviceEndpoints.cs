using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
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
        [AsParameters] DeviceFilter filter, [AsParameters] PageRequest page, HttpContext http, DeviceRegister register, DeviceViews views, CancellationToken cancellationToken)
    {
        string list = $"devices {filter}";
        if (!page.TryRead(list, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        IReadOnlyList<Device> found = await register.ListAsync(
            new DeviceQuery { TenantId = http.Caller.TenantId, Prefix = filter.Q, Type = filter.Type, After = after?[0], Limit = limit + 1 }, cancellationToken);
        IReadOnlyDictionary<long, DeviceBody> shown = await views.ShowAsync(found, cancellationToken);
        return TypedResults.Ok(found.ToPage(limit, device => shown[device.DeviceId], last => Cursor.Write(list, FoldedName.Fold(last.Identity))));
    }

    private static async Task<Results<Ok<DeviceBody>, ProblemHttpResult>> GetAsync(
        string identity, HttpContext http, DeviceRegister register, DeviceViews views, CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        if (await register.FindAsync(http.Caller.TenantId, identity, cancellationToken) is not { } device)
        {
            return Problems.NotFound(Kind, identity);
        }

        http.SetETag(device.Version);
        return TypedResults.Ok(await views.ShowAsync(device, cancellationToken));
    }

    private static async Task<Results<Created<DeviceBody>, ProblemHttpResult>> CreateAsync(
        DeviceRequest request, HttpContext http, DeviceRegister register, DeviceViews views, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await register.CreateAsync(tenantId, request.ToSettings(), cancellationToken);
        if (outcome is not SaveOutcome.Saved(var deviceId) || await register.GetAsync(tenantId, deviceId, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, request.Identity ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created($"/api/v1/devices/{Uri.EscapeDataString(made.Identity)}", await views.ShowAsync(made, cancellationToken));
    }

    private static async Task<Results<Ok<DeviceBody>, ProblemHttpResult>> UpdateAsync(
        string identity, DeviceRequest request, HttpContext http, DeviceRegister register, DeviceViews views, CancellationToken cancellationToken)
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
        return TypedResults.Ok(await views.ShowAsync(changed, cancellationToken));
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
