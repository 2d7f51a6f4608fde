using System.Globalization;
using System.Net;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>Ending and changing sessions by hand, and the test of a NAS (dynamic-authorization.md, By hand).</summary>
internal static class SessionControlEndpoints
{
    /// <summary>Where in a path such as <c>/api/v1/accounts/{name}/disconnect</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapSessionControl(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sessions/{id}/disconnect", DisconnectAsync).RequireScope(ApiScope.SessionsWrite).WithTags("Sessions")
            .WithSummary("Disconnects a session").WithDescription(
                "The answer says what the NAS said, which may take 14 seconds. An acknowledgement is not success until accounting shows it: the session is ending until then.");
        routes.MapPost("/sessions/{id}/coa", SendCoaAsync).RequireScope(ApiScope.SessionsWrite).WithTags("Sessions")
            .WithSummary("Sends a CoA-Request about a session with attributes of your choice");
        routes.MapPost("/accounts/{name}/disconnect", DisconnectAccountAsync).RequireScope(ApiScope.SessionsWrite).WithTags("Accounts")
            .WithSummary("Disconnects all open sessions of a user or voucher");
        routes.MapPost("/nas/{identity}/disconnect-all", DisconnectNasAsync).RequireScope(ApiScope.SessionsWrite).WithTags("NAS")
            .WithSummary("Disconnects all open sessions of a NAS, 20000 at most");
        routes.MapPost("/nas/{identity}/test", TestAsync).RequireScope(ApiScope.NetworkWrite).WithTags("NAS")
            .WithSummary("Tests how a NAS takes Disconnect-Requests, by one about a session that cannot exist").WithDescription(
                "Whether it answers, whether its secret and its clock are right, and which attributes it refuses; in words, with what to change on that make of equipment. "
                + "Where the NAS entry is a prefix, address says which equipment.");
    }

    private static async Task<Results<Ok<SessionAnswerBody>, ProblemHttpResult>> DisconnectAsync(
        string id, HttpContext http, SessionControl control, CommitQueue commits)
    {
        // Whoever asks may be gone before the NAS answers: that they asked is written down all the same.
        if (!TryReadId(id, out long sessionId)
            || await control.DisconnectAsync(http.Caller.TenantId, sessionId, CoaReason.ByHand, CancellationToken.None) is not { } answer)
        {
            return Problems.NotFound("session", id);
        }

        await AuditAsync(commits, http, "disconnect", "session", id, AuditChanges.None);
        return TypedResults.Ok(SessionAnswerBody.Of(answer));
    }

    private static async Task<Results<Ok<SessionAnswersBody>, ProblemHttpResult>> DisconnectAccountAsync(
        string name, HttpContext http, AccountStore accounts, SessionControl control, CommitQueue commits, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        if (await accounts.FindAsync(tenantId, name, cancellationToken) is not { } account)
        {
            return Problems.NotFound("account", name);
        }

        await AuditAsync(commits, http, "disconnect", account.Kind == AccountKind.Voucher ? "voucher" : "account", account.Name, AuditChanges.None);
        return TypedResults.Ok(SessionAnswersBody.Of(await control.DisconnectAccountAsync(tenantId, account.AccountId, CoaReason.ByHand, cancellationToken)));
    }

    private static async Task<Results<Ok<SessionAnswersBody>, ProblemHttpResult>> DisconnectNasAsync(
        string identity, HttpContext http, NasDirectory directory, SessionControl control, CommitQueue commits, CancellationToken cancellationToken)
    {
        identity = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        if (!directory.TryGetByIdentity(tenantId, identity, out NasEntry? nas))
        {
            return Problems.NotFound("NAS", identity);
        }

        await AuditAsync(commits, http, "disconnect", "nas", nas.Identity, AuditChanges.None);
        return TypedResults.Ok(SessionAnswersBody.Of(await control.DisconnectNasAsync(tenantId, nas.NasId, CoaReason.ByHand, cancellationToken)));
    }

    private static async Task<Results<Ok<SessionAnswerBody>, ProblemHttpResult>> SendCoaAsync(
        string id, CoaAttributesRequest request, HttpContext http, SessionControl control, CommitQueue commits)
    {
        IReadOnlyList<CoaText> attributes = request.ToTexts();
        CoaByHand outcome = TryReadId(id, out long sessionId)
            ? await control.SendCoaAsync(http.Caller.TenantId, sessionId, attributes, CancellationToken.None)
            : new CoaByHand.Missing();
        if (outcome is not CoaByHand.Done done)
        {
            return outcome is CoaByHand.Refused refused ? Problems.Invalid(refused.Faults) : Problems.NotFound("session", id);
        }

        // Values may be secrets; the dynamic-authorization log has those that are none.
        await AuditAsync(commits, http, "coa", "session", id, new AuditChanges().Set("attributes", string.Join(", ", attributes.Select(attribute => attribute.Name))));
        return TypedResults.Ok(SessionAnswerBody.Of(done.Answer));
    }

    private static async Task<Results<Ok<NasTestBody>, ProblemHttpResult>> TestAsync(
        string identity, string? address, HttpContext http, NasDirectory directory, NasTest test, CancellationToken cancellationToken)
    {
        identity = http.PathName(NameSegment);
        if (!directory.TryGetByIdentity(http.Caller.TenantId, identity, out NasEntry? nas))
        {
            return Problems.NotFound("NAS", identity);
        }

        IPAddress? at = null;
        if (address is not null && !IPAddress.TryParse(address, out at))
        {
            return Problems.Invalid("address", $"is '{address}'; it must be the equipment's address, such as 192.0.2.1.");
        }

        if (!nas.IsOneAddress && (at is null || !nas.Address.Contains(at)))
        {
            return Problems.Invalid("address", $"is {(at is null ? "missing" : $"'{at}'")}; the NAS entry is the prefix {nas.Address}, so it must be the address of one piece of equipment within.");
        }

        return await test.RunAsync(nas.TenantId, nas.NasId, at, cancellationToken) is { } report
            ? TypedResults.Ok(NasTestBody.Of(report))
            : Problems.NotFound("NAS", identity);
    }

    private static bool TryReadId(string id, out long sessionId) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out sessionId);

    private static Task AuditAsync(CommitQueue commits, HttpContext http, string action, string kind, string name, AuditChanges changes) =>
        commits.EnqueueAsync(unit => unit.AuditAsync(http.Caller.TenantId, action, kind, name, changes), CancellationToken.None);
}
