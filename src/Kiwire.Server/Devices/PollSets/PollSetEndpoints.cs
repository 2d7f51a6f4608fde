using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Devices.PollSets;

/// <summary><c>/api/v1/mibs</c>: what is read of each kind of device, as the files of <c>mibs</c> say.</summary>
internal static class PollSetEndpoints
{
    /// <summary>Where in a path <c>/api/v1/mibs/{name}</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapPollSets(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder sets = routes.MapGroup("/mibs").WithTags("Devices");
        sets.MapGet("", List).RequireScope(ApiScope.DevicesRead).WithSummary("Lists the poll sets by name: what a device's mib may be");
        sets.MapGet("/{name}", Get).RequireScope(ApiScope.DevicesRead).WithSummary("Shows a poll set");
    }

    private static Results<Ok<Page<PollSetBody>>, ProblemHttpResult> List([AsParameters] PageRequest page, PollSetCatalog sets)
    {
        if (!page.TryRead("mibs", out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        PollSet[] found = [.. sets.Sets.Where(set => after is null || string.CompareOrdinal(set.Name, after[0]) > 0).Take(limit + 1)];
        return TypedResults.Ok(found.ToPage(limit, PollSetBody.Of, last => Cursor.Write("mibs", last.Name)));
    }

    private static Results<Ok<PollSetBody>, ProblemHttpResult> Get(string name, HttpContext http, PollSetCatalog sets) =>
        sets.TryGet(http.PathName(NameSegment), out PollSet? set)
            ? TypedResults.Ok(PollSetBody.Of(set))
            : Problems.NotFound("poll set", http.PathName(NameSegment));
}
