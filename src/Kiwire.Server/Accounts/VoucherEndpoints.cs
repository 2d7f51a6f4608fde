using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Accounts;

/// <summary><c>/api/v1/vouchers</c>: codes that are name and password in one.</summary>
internal static class VoucherEndpoints
{
    private const string Kind = "voucher";

    /// <summary>Where in a path <c>/api/v1/vouchers/{code}</c> the code stands.</summary>
    private const int CodeSegment = 3;

    public static void MapVouchers(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder vouchers = routes.MapGroup("/vouchers").WithTags("Vouchers");
        vouchers.MapGet("", ListAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Lists vouchers");
        vouchers.MapGet("/{code}", GetAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Shows a voucher");
        vouchers.MapPost("", OrderAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Makes vouchers with codes that nobody can guess");
        vouchers.MapPatch("/{code}", UpdateAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Changes what is given of a voucher");
        vouchers.MapDelete("/{code}", DeleteAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Deletes a voucher");
    }

    private static async Task<Results<Ok<Page<VoucherBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, [AsParameters] VoucherListRequest wanted, HttpContext http, AccountLists lists, ProfileDirectory profiles, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        AccountListQuery query = wanted.ToQuery(tenantId, profiles, out List<FieldFault> faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        (Page<VoucherBody>? found, FieldFault? fault) = await lists.ReadAsync(tenantId, query, page, VoucherBody.Of, cancellationToken);
        return found is null ? Problems.Invalid([fault!]) : TypedResults.Ok(found);
    }

    private static async Task<Results<Ok<VoucherBody>, ProblemHttpResult>> GetAsync(
        string code, HttpContext http, AccountStore accounts, CancellationToken cancellationToken)
    {
        code = http.PathName(CodeSegment);
        if (await accounts.FindAsync(http.Caller.TenantId, code, cancellationToken) is not { Kind: AccountKind.Voucher } voucher)
        {
            return Problems.NotFound(Kind, code);
        }

        http.SetETag(voucher.Version);
        return TypedResults.Ok(VoucherBody.Of(voucher));
    }

    private static async Task<Results<Created<VoucherCodesBody>, ProblemHttpResult>> OrderAsync(
        VoucherOrderRequest order, HttpContext http, AccountStore accounts, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        bool lettersToo = !tenants.TryGet(tenantId, out Tenant? tenant) || tenant.Policy.PasswordSecurityHigh;
        return await accounts.CreateVouchersAsync(tenantId, order.ToOrder(), lettersToo, cancellationToken) switch
        {
            VoucherOutcome.Created created => TypedResults.Created((string?)null, new VoucherCodesBody { Codes = created.Codes }),
            VoucherOutcome.Refused refused => Problems.Invalid(refused.Faults),
            var other => throw new InvalidOperationException($"An order had the outcome {other}."),
        };
    }

    private static async Task<Results<Ok<VoucherBody>, ProblemHttpResult>> UpdateAsync(
        string code, VoucherRequest changes, HttpContext http, AccountStore accounts, CancellationToken cancellationToken)
    {
        code = http.PathName(CodeSegment);
        long tenantId = http.Caller.TenantId;
        SaveOutcome outcome = await accounts.UpdateAsync(tenantId, code, AccountKind.Voucher, changes.ToSettings(), http.IfMatch, cancellationToken);
        if (outcome is not SaveOutcome.Saved saved || await accounts.GetAsync(tenantId, saved.Id, cancellationToken) is not { } changed)
        {
            return outcome is SaveOutcome.Saved ? Problems.NotFound(Kind, code) : Problems.Of(outcome, Kind, code);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(VoucherBody.Of(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string code, HttpContext http, AccountStore accounts, CancellationToken cancellationToken)
    {
        code = http.PathName(CodeSegment);
        SaveOutcome outcome = await accounts.DeleteAsync(http.Caller.TenantId, code, AccountKind.Voucher, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, code);
    }
}
