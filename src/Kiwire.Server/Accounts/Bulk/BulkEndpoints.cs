using System.ComponentModel;
using System.Net.Http.Headers;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>Files of users and vouchers: <c>/api/v1/accounts/import</c>, <c>/export</c>, and the same of vouchers.</summary>
internal static class BulkEndpoints
{
    private const long MostOctets = 256L << 20;
    private const string Csv = "text/csv";
    private const string JsonLines = "application/x-ndjson";

    private const string ImportFormats =
        "The body is text/csv (RFC 4180, UTF-8, a header of field names, commas or semicolons between; an empty cell clears what may be empty) or "
        + "application/x-ndjson (an object a line; null is not given), at most 256 MiB. Fields are those of the account, and expiresAt for expiry; "
        + "those that an export has besides are passed over. A cell that begins with an apostrophe before = + - @ ' or a tab is read without it.";

    private const string ExportFormats =
        "The filters and sorts of the list. Passwords are never in it. In text/csv a cell that begins with = + - @ ' or a tab has an apostrophe in "
        + "front, which an import takes off again.";

    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder accounts = routes.MapGroup("/accounts").WithTags("Accounts");
        accounts.MapPost("/import", ImportUsersAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Makes or changes users from a file")
            .WithDescription(ImportFormats).WithMetadata(new RequestSizeLimitAttribute(MostOctets), new FileBody(Csv, JsonLines));
        accounts.MapGet("/export", ExportUsersAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Writes users to a file").WithDescription(ExportFormats);
        RouteGroupBuilder vouchers = routes.MapGroup("/vouchers").WithTags("Vouchers");
        vouchers.MapPost("/import", ImportVouchersAsync).RequireScope(ApiScope.AccountsWrite).WithSummary("Makes or changes vouchers from a file")
            .WithDescription(ImportFormats).WithMetadata(new RequestSizeLimitAttribute(MostOctets), new FileBody(Csv, JsonLines));
        vouchers.MapGet("/export", ExportVouchersAsync).RequireScope(ApiScope.AccountsRead).WithSummary("Writes vouchers to a file").WithDescription(ExportFormats);
    }

    private static Task<Results<Ok<ImportBody>, ProblemHttpResult>> ImportUsersAsync(
        [AsParameters] ImportRequest wanted, HttpContext http, AccountImport import, CancellationToken cancellationToken) =>
        ImportAsync(BulkFields.Users, wanted, http, import, cancellationToken);

    private static Task<Results<Ok<ImportBody>, ProblemHttpResult>> ImportVouchersAsync(
        [AsParameters] ImportRequest wanted, HttpContext http, AccountImport import, CancellationToken cancellationToken) =>
        ImportAsync(BulkFields.Vouchers, wanted, http, import, cancellationToken);

    private static async Task<Results<Ok<ImportBody>, ProblemHttpResult>> ImportAsync(
        BulkFields fields, ImportRequest wanted, HttpContext http, AccountImport import, CancellationToken cancellationToken)
    {
        (ImportMode mode, OnExisting onExisting) = wanted.Read(out List<FieldFault> faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        if (RowsOf(http.Request, fields, cancellationToken) is not { } rows)
        {
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "media-type", $"The body must be UTF-8 with Content-Type: {Csv} or {JsonLines}.");
        }

        ImportTally tally = await import.RunAsync(http.Caller.TenantId, fields, mode, onExisting, rows, cancellationToken);
        bool refused = mode == ImportMode.All ? tally.Failed > 0 || tally.Stopped is not null : tally is { Stopped: not null, Created: 0, Updated: 0 };
        return refused ? Problems.Refused(tally.Stopped ?? $"{tally.Failed} rows have faults; nothing was changed.", tally.ToBody()) : TypedResults.Ok(tally.ToBody());
    }

    private static IAsyncEnumerable<BulkRow>? RowsOf(HttpRequest request, BulkFields fields, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || type.CharSet?.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase) == false)
        {
            return null;
        }

        return type.MediaType?.ToLowerInvariant() switch
        {
            Csv => CsvRows.ReadAsync(request.Body, fields, cancellationToken),
            JsonLines or "application/jsonl" => JsonLineRows.ReadAsync(request.Body, fields, cancellationToken),
            _ => null,
        };
    }

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportUsersAsync(
        [AsParameters] AccountListRequest wanted, [AsParameters] ExportRequest export, HttpContext http, AccountExport exports, ProfileDirectory profiles, CancellationToken cancellationToken)
    {
        AccountListQuery query = wanted.ToQuery(http.Caller.TenantId, AccountKind.User, remark: null, profiles, out List<FieldFault> faults);
        return ExportAsync(BulkFields.Users, "accounts", query, faults, export, http, exports, cancellationToken);
    }

    private static Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportVouchersAsync(
        [AsParameters] VoucherListRequest wanted, [AsParameters] ExportRequest export, HttpContext http, AccountExport exports, ProfileDirectory profiles, CancellationToken cancellationToken)
    {
        AccountListQuery query = wanted.ToQuery(http.Caller.TenantId, profiles, out List<FieldFault> faults);
        return ExportAsync(BulkFields.Vouchers, "vouchers", query, faults, export, http, exports, cancellationToken);
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> ExportAsync(
        BulkFields fields, string file, AccountListQuery query, List<FieldFault> faults, ExportRequest export, HttpContext http, AccountExport exports, CancellationToken cancellationToken)
    {
        if (export.Format is not (null or "csv" or "jsonl"))
        {
            faults.Add(new("format", $"is '{export.Format}'; it must be csv or jsonl."));
        }

        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        long tenantId = http.Caller.TenantId;
        if (await exports.BeginAsync(tenantId, query, cancellationToken) is not { } first)
        {
            return Problems.Invalid([AccountLists.TooMany(query)]);
        }

        bool asCsv = export.Format is null or "csv";
        return TypedResults.Stream(
            output => exports.WriteAsync(output, tenantId, query, fields, asCsv, first, cancellationToken),
            asCsv ? Csv + "; charset=utf-8" : JsonLines,
            asCsv ? file + ".csv" : file + ".jsonl");
    }
}

/// <summary>In which form.</summary>
internal readonly record struct ExportRequest
{
    [Description("csv or jsonl; csv where it is not given.")]
    public string? Format { get; init; }
}
