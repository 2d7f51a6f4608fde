using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Accounts;

/// <summary><c>/api/v1/accounts</c>: users.</summary>
internal static class AccountEndpoints
{
    private const string Kind = "account";

    /// <summary>Where in a path <c>/api/v1/accounts/{name}</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder accounts = routes.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapGet("", ListAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Lists users");
        accounts.MapGet("/{name}", GetAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Shows a user");
        accounts.MapPost("", CreateAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Makes a user, who may log in at once");
        accounts.MapPatch("/{name}", UpdateAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Changes what is given of a user");
        accounts.MapDelete("/{name}", DeleteAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Deletes a user");
    }

    private static async Task<Results<Ok<Page<AccountBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, [AsParameters] AccountListRequest wanted, HttpContext http, AccountLists lists, ProfileDirectory profiles, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        AccountListQuery query = wanted.ToQuery(tenantId, AccountKind.User, remark: null, profiles, out List<FieldFault> faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        (Page<AccountBody>? found, FieldFault? fault) = await lists.ReadAsync(tenantId, query, page, AccountBody.Of, cancellationToken);
        return found is null ? Problems.Invalid([fault!]) : TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<AccountBody>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, AccountStore accounts, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await accounts.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { Kind: AccountKind.User } account)
        {
            return Problems.NotFound(Kind, name);
        }

        http.SetETag(account.Version);
        return TypedResults.Ok(AccountBody.Of(account));
    }

    private static async Task<Results<Created<AccountBody>, ProblemHttpResult>> CreateAsync(
        AccountRequest account, HttpContext http, AccountStore accounts, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await accounts.CreateUserAsync(tenantId, account.ToSettings(), cancellationToken);
        if (outcome is not SaveOutcome.Saved saved || await accounts.GetAsync(tenantId, saved.Id, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, account.Username ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created($"/api/v1/accounts/{Uri.EscapeDataString(made.Name)}", AccountBody.Of(made));
    }

    private static async Task<Results<Ok<AccountBody>, ProblemHttpResult>> UpdateAsync(
        string name, AccountRequest changes, HttpContext http, AccountStore accounts, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await accounts.UpdateAsync(tenantId, name, AccountKind.User, changes.ToSettings(), http.IfMatch, cancellationToken);
        if (outcome is not SaveOutcome.Saved saved || await accounts.GetAsync(tenantId, saved.Id, cancellationToken) is not { } changed)
        {
            return outcome is SaveOutcome.Saved ? Problems.NotFound(Kind, name) : Problems.Of(outcome, Kind, name);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(AccountBody.Of(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpContext http, AccountStore accounts, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        SaveOutcome outcome = await accounts.DeleteAsync(http.Caller.TenantId, name, AccountKind.User, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, name);
    }
}
