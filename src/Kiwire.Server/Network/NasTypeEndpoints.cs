using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Network;

/// <summary><c>/api/v1/nas-types</c>: how each maker's equipment is spoken to, as the files of <c>nas-types</c> say.</summary>
internal static class NasTypeEndpoints
{
    /// <summary>Where in a path <c>/api/v1/nas-types/{name}</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapNasTypes(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder types = routes.MapGroup("/nas-types").WithTags("NAS types");
        types.MapGet("", List).RequireScope(ApiScope.NetworkRead).WithSummary("Lists the NAS types by name");
        types.MapGet("/{name}", Get).RequireScope(ApiScope.NetworkRead).WithSummary("Shows a NAS type, by its name or an alias");
    }

    private static Results<Ok<Page<NasTypeBody>>, ProblemHttpResult> List([AsParameters] PageRequest page, NasTypeCatalog types)
    {
        if (!page.TryRead("nas-types", out int limit, out string[]? after, out Storage.FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        NasType[] found = [.. types.Types.Where(type => after is null || string.CompareOrdinal(type.Name, after[0]) > 0).Take(limit + 1)];
        return TypedResults.Ok(found.ToPage(limit, NasTypeBody.Of, last => Cursor.Write("nas-types", last.Name)));
    }

    private static Results<Ok<NasTypeBody>, ProblemHttpResult> Get(string name, HttpContext http, NasTypeCatalog types) =>
        types.TryGet(http.PathName(NameSegment), out NasType? type)
            ? TypedResults.Ok(NasTypeBody.Of(type))
            : Problems.NotFound("NAS type", http.PathName(NameSegment));
}
