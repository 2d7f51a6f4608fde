using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Accounts;

/// <summary><c>/api/v1/vouchers/sheet</c>: vouchers to print.</summary>
internal static class VoucherSheetEndpoint
{
    public static void MapVoucherSheet(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/vouchers/sheet", ShowAsync).RequireScope(ApiScope.AccountsRead).WithTags("Vouchers")
            .WithSummary("Shows vouchers on a page to print, with a QR picture each")
            .Produces<string>(StatusCodes.Status200OK, "text/html");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ShowAsync(
        [AsParameters] VoucherSheetRequest wanted, HttpContext http, AccountListStore lists, AccountStore accounts, ProfileDirectory profiles, AccountValidator validator, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = wanted.FindFaults();
        AccountListQuery query = new VoucherListRequest { Remark = wanted.Remark, Q = wanted.Q }.ToQuery(http.Caller.TenantId, profiles, out List<FieldFault> more);
        if (faults.Count + more.Count > 0)
        {
            return Problems.Invalid([.. faults, .. more]);
        }

        (List<Account> vouchers, FieldFault? fault) = wanted.Codes is null
            ? await ListAsync(http.Caller.TenantId, query, lists, cancellationToken)
            : await FindAsync(http.Caller.TenantId, wanted.CodeList, accounts, cancellationToken);
        if (fault is not null)
        {
            return Problems.Invalid([fault]);
        }

        http.Response.Headers.ContentSecurityPolicy = VoucherSheet.ContentSecurityPolicy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        string? url = string.IsNullOrEmpty(wanted.Url) ? null : wanted.Url;
        return TypedResults.Content(VoucherSheet.ToHtml(vouchers, wanted.Title ?? "", url, validator.ZoneOf(http.Caller.TenantId)), "text/html; charset=utf-8");
    }

    private static async Task<(List<Account> Vouchers, FieldFault? Fault)> ListAsync(
        long tenantId, AccountListQuery query, AccountListStore lists, CancellationToken cancellationToken)
    {
        // Without a device in the filter there is always an answer.
        IReadOnlyList<AccountRecord> found = (await lists.ReadAsync(tenantId, query, after: null, VoucherSheet.MostVouchers + 1, cancellationToken))!;
        FieldFault? fault = found.Count switch
        {
            0 => new FieldFault("remark", "and q name no voucher."),
            > VoucherSheet.MostVouchers => new FieldFault("remark", $"and q name more than {VoucherSheet.MostVouchers} vouchers, which is the most on a sheet."),
            _ => null,
        };
        return ([.. found.Select(record => record.ToAccount([], windowStart: 0))], fault);
    }

    private static async Task<(List<Account> Vouchers, FieldFault? Fault)> FindAsync(
        long tenantId, IReadOnlyList<string> codes, AccountStore accounts, CancellationToken cancellationToken)
    {
        List<Account> vouchers = [];
        foreach (string code in codes)
        {
            if (await accounts.FindAsync(tenantId, code, cancellationToken) is not { Kind: AccountKind.Voucher } voucher)
            {
                return (vouchers, new FieldFault("codes", $"name '{code}', which is no voucher."));
            }

            vouchers.Add(voucher);
        }

        return (vouchers, null);
    }
}
