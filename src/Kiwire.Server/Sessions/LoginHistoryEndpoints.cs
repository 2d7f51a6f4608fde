using System.Globalization;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sessions;

/// <summary><c>/api/v1/logins</c>: every decision on a login, and why it was so.</summary>
internal static class LoginHistoryEndpoints
{
    private const string Kind = "login";

    public static void MapLogins(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder logins = routes.MapGroup("/logins").WithTags("Logins");
        logins.MapGet("", ListAsync).RequireScope(ApiScope.SessionsRead).WithSummary("Lists the decisions on logins, newest first").WithDescription(
            "A decision is here when it is in the database, which is a second or less after the answer. With filters that no index answers, a page may have fewer "
            + "items than its limit, or none, although there are more: go on while there is a next. username and mac are answered at once over any history.");
        logins.MapGet("/{id}", GetAsync).RequireScope(ApiScope.SessionsRead).WithSummary("Shows a decision on a login");
        logins.MapGet("/{id}/explain", ExplainAsync).RequireScope(ApiScope.SessionsRead)
            .WithSummary("Explains a decision: which check decided, what was compared, and which attributes were sent");
    }

    private static async Task<Results<Ok<Page<LoginHistoryBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] LoginFilter filter, [AsParameters] PageRequest page, HttpContext http, LoginHistoryStore logins, NasDirectory directory,
        CancellationToken cancellationToken)
    {
        string list = $"logins {filter}";
        if (!filter.TryRead(http.Caller.TenantId, directory, out LoginQuery query, out FieldFault? fault)
            || !HistoryCursor.TryRead(page, list, out int limit, out long? below, out fault))
        {
            return Problems.Invalid([fault]);
        }

        HistoryPart<LoginInfo> part = await logins.ReadAsync(query with { Below = below, Limit = limit }, cancellationToken);
        return TypedResults.Ok(new Page<LoginHistoryBody>(
            [.. part.Rows.Select(login => LoginHistoryBody.Of(login, query.TenantId, directory))], HistoryCursor.Write(list, part.Next)));
    }

    private static async Task<Results<Ok<LoginHistoryBody>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, LoginHistoryStore logins, NasDirectory directory, CancellationToken cancellationToken) =>
        await FindAsync(id, http, logins, cancellationToken) is { } login
            ? TypedResults.Ok(LoginHistoryBody.Of(login, http.Caller.TenantId, directory))
            : Problems.NotFound(Kind, id);

    private static async Task<Results<Ok<LoginExplanationBody>, ProblemHttpResult>> ExplainAsync(
        string id, HttpContext http, LoginHistoryStore logins, NasDirectory directory, CancellationToken cancellationToken) =>
        await FindAsync(id, http, logins, cancellationToken) is { } login
            ? TypedResults.Ok(LoginExplanationBody.Of(login, http.Caller.TenantId, directory))
            : Problems.NotFound(Kind, id);

    private static async Task<LoginInfo?> FindAsync(string id, HttpContext http, LoginHistoryStore logins, CancellationToken cancellationToken) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long loginId)
            ? await logins.FindAsync(http.Caller.TenantId, loginId, cancellationToken)
            : null;
}
