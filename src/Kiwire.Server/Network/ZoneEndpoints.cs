using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Network;

/// <summary><c>/api/v1/zones</c>: the places that logins come from.</summary>
internal static class ZoneEndpoints
{
    private const string Kind = "zone";

    /// <summary>Where in a path <c>/api/v1/zones/{name}</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapZones(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder zones = routes.MapGroup("/zones").WithTags("Zones");
        zones.MapGet("", List).RequireScope(ApiScope.NetworkRead).WithSummary("Lists the zones by name");
        zones.MapGet("/{name}", Get).RequireScope(ApiScope.NetworkRead).WithSummary("Shows a zone");
        zones.MapPost("", CreateAsync).RequireScope(ApiScope.NetworkWrite).WithSummary("Makes a zone");
        zones.MapPatch("/{name}", UpdateAsync).RequireScope(ApiScope.NetworkWrite).WithSummary("Changes what is given of a zone");
        zones.MapDelete("/{name}", DeleteAsync).RequireScope(ApiScope.NetworkWrite).WithSummary("Deletes a zone");
    }

    private static Results<Ok<Page<ZoneBody>>, ProblemHttpResult> List([AsParameters] PageRequest page, HttpContext http, ZoneRegister zones)
    {
        if (!page.TryRead("zones", out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        Zone[] found = [.. zones.List(http.Caller.TenantId)
            .Where(zone => after is null || string.CompareOrdinal(FoldedName.Fold(zone.Name), after[0]) > 0)
            .OrderBy(zone => FoldedName.Fold(zone.Name), StringComparer.Ordinal)
            .Take(limit + 1)];
        return TypedResults.Ok(found.ToPage(limit, ZoneBody.Of, last => Cursor.Write("zones", FoldedName.Fold(last.Name))));
    }

    private static Results<Ok<ZoneBody>, ProblemHttpResult> Get(string name, HttpContext http, ZoneRegister zones)
    {
        if (zones.Find(http.Caller.TenantId, http.PathName(NameSegment)) is not { } zone)
        {
            return Problems.NotFound(Kind, http.PathName(NameSegment));
        }

        http.SetETag(zone.Version);
        return TypedResults.Ok(ZoneBody.Of(zone));
    }

    private static async Task<Results<Created<ZoneBody>, ProblemHttpResult>> CreateAsync(
        ZoneRequest zone, HttpContext http, ZoneRegister zones, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await zones.CreateAsync(tenantId, zone.Name ?? "", zone.ToMembers() ?? [], cancellationToken);
        if (outcome is not SaveOutcome.Saved || zones.Find(tenantId, zone.Name!) is not { } made)
        {
            return Problems.Of(outcome, Kind, zone.Name ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created($"/api/v1/zones/{Uri.EscapeDataString(made.Name)}", ZoneBody.Of(made));
    }

    private static async Task<Results<Ok<ZoneBody>, ProblemHttpResult>> UpdateAsync(
        string name, ZoneRequest changes, HttpContext http, ZoneRegister zones, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        if (zones.Find(tenantId, name) is not { } zone)
        {
            return Problems.NotFound(Kind, name);
        }

        SaveOutcome outcome = await zones.UpdateAsync(tenantId, zone.ZoneId, changes.Name, changes.ToMembers(), http.IfMatch, cancellationToken);
        if (outcome is not SaveOutcome.Saved || zones.Find(tenantId, changes.Name ?? name) is not { } changed)
        {
            return Problems.Of(outcome, Kind, changes.Name ?? name);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(ZoneBody.Of(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpContext http, ZoneRegister zones, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = zones.Find(tenantId, name) is { } zone
            ? await zones.DeleteAsync(tenantId, zone.ZoneId, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, name);
    }
}

/// <summary>A zone, as it is read.</summary>
internal sealed record ZoneBody
{
    public required string Name { get; init; }

    [Description("Any one of them is enough.")]
    public required IReadOnlyList<ZoneMemberBody> Members { get; init; }

    public static ZoneBody Of(Zone zone) => new()
    {
        Name = zone.Name,
        Members = [.. zone.Members.Select(member => new ZoneMemberBody { Kind = member.Kind, Value = member.Value })],
    };
}

/// <summary>What logins are compared with.</summary>
internal sealed record ZoneMemberBody
{
    public ZoneMemberKind Kind { get; init; }

    [Description("A NAS identity, a NAS location, an SSID, or a prefix such as 192.0.2.0/24.")]
    public string Value { get; init; } = "";
}

/// <summary>A zone, as it is made or changed; what is not given stays.</summary>
internal sealed record ZoneRequest
{
    [Description("1 to 253 octets, no comma.")]
    public string? Name { get; init; }

    [Description("They replace those that the zone had.")]
    public IReadOnlyList<ZoneMemberBody>? Members { get; init; }

    public IReadOnlyList<ZoneMember>? ToMembers() => Members?.Select(member => new ZoneMember(member.Kind, member.Value)).ToArray();
}
