using System.Globalization;
using System.Text;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sessions;

/// <summary><c>/api/v1/sessions</c>: who is and was in, and what they used.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder sessions = routes.MapGroup("/sessions").WithTags("Sessions");
        sessions.MapGet("", ListAsync).RequireScope(ApiScope.SessionsRead).WithSummary("Lists the sessions, newest first").WithDescription(
            "Sessions are as the database has them, which is a second or less behind the accounting. The order is that in which the server first heard of them. "
            + "username, mac, nas and open=true are answered at once over any history. With other filters a page may have fewer items than its limit, or none, although "
            + "there are more: go on while there is a next. A session that the server first heard of more than a day after it began is found by from and to only "
            + "together with username or mac.");
        sessions.MapGet("/{id}", GetAsync).RequireScope(ApiScope.SessionsRead).WithSummary("Shows a session");
    }

    private static async Task<Results<Ok<Page<SessionBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] SessionFilter filter, [AsParameters] PageRequest page, HttpContext http, SessionStore sessions, NasDirectory directory, ZoneDirectory zones,
        CancellationToken cancellationToken)
    {
        string list = $"sessions {filter}";
        if (!filter.TryRead(http.Caller.TenantId, directory, zones, out SessionQuery query, out FieldFault? fault)
            || !HistoryCursor.TryRead(page, list, out int limit, out long? below, out fault))
        {
            return Problems.Invalid([fault]);
        }

        Predicate<SessionInfo>? isInZone = filter.Zone is { } zone ? session => IsInZone(session, zone, query.TenantId, directory, zones) : null;
        HistoryPart<SessionInfo> part = await sessions.ReadAsync(query with { Below = below, Limit = limit }, isInZone, cancellationToken);
        return TypedResults.Ok(new Page<SessionBody>(
            [.. part.Rows.Select(session => SessionBody.Of(session, query.TenantId, directory))], HistoryCursor.Write(list, part.Next)));
    }

    private static async Task<Results<Ok<SessionBody>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, SessionStore sessions, NasDirectory directory, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long sessionId)
            && await sessions.FindAsync(tenantId, sessionId, cancellationToken) is { } session
                ? TypedResults.Ok(SessionBody.Of(session, tenantId, directory))
                : Problems.NotFound("session", id);
    }

    private static bool IsInZone(SessionInfo session, string zone, long tenantId, NasDirectory directory, ZoneDirectory zones) =>
        directory.TryGet(tenantId, session.NasId, out NasEntry? nas)
        && zones.Holds(zone, nas, Encoding.UTF8.GetBytes(session.CalledStationId), AddressText.Parse(session.NasAddress));
}
