using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.OneTimeCodes;

/// <summary><c>/api/v1/accounts/{name}/authenticator</c>: what makes a user's one-time codes.</summary>
internal static class AuthenticatorEndpoints
{
    private const string Kind = "authenticator of";

    /// <summary>Where in a path <c>/api/v1/accounts/{name}/authenticator</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapAuthenticators(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder authenticator = routes.MapGroup("/accounts/{name}/authenticator").WithTags("Accounts");
        authenticator.MapGet("", GetAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Shows a user's authenticator, without its secret");
        authenticator.MapPost("", CreateAsync).RequireScope(ApiScope.AccountsWrite)
            .WithSummary("Gives a user an authenticator, and shows its secret this once; logins ask for codes once it is confirmed");
        authenticator.MapPost("/confirm", ConfirmAsync).RequireScope(ApiScope.AccountsWrite)
            .WithSummary("Confirms an authenticator by its first code: logins ask for codes from now on");
        authenticator.MapPost("/resynchronise", ResynchroniseAsync).RequireScope(ApiScope.AccountsWrite)
            .WithSummary("Finds a hotp authenticator's counter again by two codes in a row");
        authenticator.MapDelete("", DeleteAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Takes a user's authenticator away");
    }

    private static async Task<Results<Ok<AuthenticatorBody>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, AuthenticatorRegister authenticators, TimeProvider time, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        return await authenticators.FindAsync(http.Caller.TenantId, name, cancellationToken) is { } found
            ? Shown(found, http, time)
            : Problems.NotFound(Kind, name);
    }

    private static async Task<Results<Created<NewAuthenticatorBody>, ProblemHttpResult>> CreateAsync(
        string name, AuthenticatorRequest authenticator, HttpContext http, AuthenticatorRegister authenticators, TimeProvider time, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        AuthenticatorOutcome outcome = await authenticators.EnrolAsync(http.Caller.TenantId, name, authenticator.ToSettings(), cancellationToken);
        if (outcome is not AuthenticatorOutcome.Enrolled enrolled)
        {
            return ProblemOf(outcome, name);
        }

        http.SetETag(enrolled.Authenticator.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created($"/api/v1/accounts/{Uri.EscapeDataString(name)}/authenticator", NewAuthenticatorBody.Of(enrolled, time.GetUtcNow()));
    }

    private static async Task<Results<Ok<AuthenticatorBody>, ProblemHttpResult>> ConfirmAsync(
        string name, AuthenticatorConfirmationRequest confirmation, HttpContext http, AuthenticatorRegister authenticators, TimeProvider time, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        AuthenticatorOutcome outcome = await authenticators.ConfirmAsync(http.Caller.TenantId, name, confirmation.Code ?? "", cancellationToken);
        return outcome is AuthenticatorOutcome.Changed changed ? Shown(changed.Authenticator, http, time) : ProblemOf(outcome, name);
    }

    private static async Task<Results<Ok<AuthenticatorBody>, ProblemHttpResult>> ResynchroniseAsync(
        string name, AuthenticatorResynchronisationRequest codes, HttpContext http, AuthenticatorRegister authenticators, TimeProvider time, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        AuthenticatorOutcome outcome = await authenticators.ResynchroniseAsync(
            http.Caller.TenantId, name, codes.Code ?? "", codes.NextCode ?? "", cancellationToken);
        return outcome is AuthenticatorOutcome.Changed changed ? Shown(changed.Authenticator, http, time) : ProblemOf(outcome, name);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpContext http, AuthenticatorRegister authenticators, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        SaveOutcome outcome = await authenticators.DeleteAsync(http.Caller.TenantId, name, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, name);
    }

    private static Ok<AuthenticatorBody> Shown(Authenticator authenticator, HttpContext http, TimeProvider time)
    {
        http.SetETag(authenticator.Version);
        return TypedResults.Ok(AuthenticatorBody.Of(authenticator, time.GetUtcNow()));
    }

    private static ProblemHttpResult ProblemOf(AuthenticatorOutcome outcome, string name) => outcome switch
    {
        AuthenticatorOutcome.Refused refused => Problems.Invalid(refused.Faults),
        AuthenticatorOutcome.Exists => Problems.Conflict($"The account '{name}' has an authenticator that is confirmed; delete it first."),
        AuthenticatorOutcome.LockedOut => Problems.Conflict(
            $"{AuthenticatorStore.MostWrongCodes} codes in a row were wrong; none is looked at until {AuthenticatorStore.WrongCodesMilliseconds / 60_000} minutes after the first of them."),
        AuthenticatorOutcome.NoAccount => Problems.NotFound("account", name),
        AuthenticatorOutcome.NoAuthenticator => Problems.NotFound(Kind, name),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "It was done."),
    };
}
