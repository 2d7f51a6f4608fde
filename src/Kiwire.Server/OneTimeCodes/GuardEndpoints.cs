using System.Globalization;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.OneTimeCodes;

/// <summary><c>/api/v1/sms/guard</c>: what the guard counts, what it stops, what it decided and why.</summary>
internal static class GuardEndpoints
{
    private const int MostStops = 100;
    private const int MostCounters = 20;

    public static void MapGuard(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder guard = routes.MapGroup("/sms/guard").WithTags("SMS guard");
        guard.MapGet("", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows what is stopped at present, what was sent today, and the budget");
        guard.MapGet("/decisions", ListAsync).RequireScope(ApiScope.SmsRead).WithSummary("Lists what was decided and why, the newest first");
        guard.MapDelete("/stops/{id}", LiftAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Lifts a stop; what was sent until now is forgiven");
        routes.MapGuardAllowList();
    }

    private static async Task<Ok<GuardBody>> GetAsync(
        HttpContext http, CodeGuard guard, SmsPolicyDirectory policies, GuardStore store, GuardDecisionStore decisions, TimeProvider time,
        CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        GuardWindows windows = guard.WindowsOf(tenantId, now);
        List<GuardCount> counters = [];
        foreach ((int kind, long window) in (IEnumerable<(int, long)>)[(2, windows.Hour), (3, windows.Day), (4, windows.Hour), (5, windows.Day)])
        {
            counters.AddRange(await store.ListMostAsync(tenantId, kind, window, MostCounters, cancellationToken));
        }

        IReadOnlyList<GuardDecision> stops = await decisions.ListStopsAsync(tenantId, now, MostStops, cancellationToken);
        return TypedResults.Ok(GuardBody.Of(policies.Of(tenantId), windows, await store.ReadDayAsync(tenantId, windows.Day, cancellationToken), stops, counters));
    }

    private static async Task<Results<Ok<Page<GuardDecisionBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page,
        [AsParameters] GuardDecisionQuery query,
        HttpContext http,
        GuardDecisionStore decisions,
        SmsOutbox outbox,
        CancellationToken cancellationToken)
    {
        string list = "sms-guard-decisions " + query;
        if (!page.TryRead(list, out int limit, out string[]? after, out FieldFault? fault) || !query.TryRead(outbox, out GuardDecisionFilter? filter, out fault))
        {
            return Problems.Invalid([fault]);
        }

        long before = after is [var last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : long.MaxValue;
        IReadOnlyList<GuardDecision> found = await decisions.ListAsync(http.Caller.TenantId, filter, before, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(
            limit, GuardDecisionBody.Of, decision => Cursor.Write(list, decision.DecisionId.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LiftAsync(
        string id, HttpContext http, CodeGuard guard, CommitQueue commits, TimeProvider time, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        bool lifted = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long decisionId) && await commits.EnqueueInTurnAsync(
            unit => guard.LiftAsync(unit, tenantId, decisionId, time.GetUtcNow().ToUnixTimeMilliseconds()), cancellationToken);
        return lifted ? TypedResults.NoContent() : Problems.NotFound("stop in force", id);
    }
}
