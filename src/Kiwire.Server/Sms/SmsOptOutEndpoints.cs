using System.ComponentModel;
using System.Globalization;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Sms;

/// <summary><c>/api/v1/sms/opt-outs</c>: numbers that want no campaigns.</summary>
internal static class SmsOptOutEndpoints
{
    private const string Kind = "opt-out";

    public static void MapSmsOptOuts(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder optOuts = routes.MapGroup("/sms/opt-outs").WithTags("SMS campaigns");
        optOuts.MapGet("", ListAsync).RequireScope(ApiScope.SmsRead).WithSummary("Lists the numbers that want no campaigns");
        optOuts.MapGet("/{id}", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows one of them");
        optOuts.MapPost("", CreateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Keeps campaigns away from a number");
        optOuts.MapDelete("/{id}", DeleteAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Lets campaigns go to a number again");
    }

    private static async Task<Results<Ok<Page<SmsOptOutBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, [Description("Only this number, with its calling code.")] string? number, HttpContext http, SmsOptOuts optOuts, CancellationToken cancellationToken)
    {
        PhoneNumber phone = default;
        if (number is not null && !PhoneNumber.TryParse(number, country: null, out phone, out string? wrong))
        {
            return Problems.Invalid("number", wrong);
        }

        string list = "sms-opt-outs " + phone.Digits;
        if (!page.TryRead(list, out int limit, out string[]? key, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        long after = key is [var last] && IdOf(last) is { } id ? id : 0;
        IReadOnlyList<SmsOptOut> found = await optOuts.Store.ListAsync(http.Caller.TenantId, phone.Digits, after, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(limit, SmsOptOutBody.Of, one => Cursor.Write(list, one.OptOutId.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task<Results<Ok<SmsOptOutBody>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, SmsOptOuts optOuts, CancellationToken cancellationToken) =>
        IdOf(id) is { } optOutId && await optOuts.Store.FindAsync(http.Caller.TenantId, optOutId, cancellationToken) is { } found
            ? TypedResults.Ok(SmsOptOutBody.Of(found))
            : Problems.NotFound(Kind, id);

    private static async Task<Results<Created<SmsOptOutBody>, ProblemHttpResult>> CreateAsync(
        SmsOptOutRequest optOut, HttpContext http, SmsOptOuts optOuts, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await optOuts.CreateAsync(http.Caller.TenantId, optOut.Number, optOut.Remark ?? "", cancellationToken);
        return outcome is SaveOutcome.Saved saved && await optOuts.Store.FindAsync(http.Caller.TenantId, saved.Id, cancellationToken) is { } made
            ? TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/v1/sms/opt-outs/{made.OptOutId}"), SmsOptOutBody.Of(made))
            : Problems.Of(outcome, Kind, optOut.Number ?? "");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpContext http, SmsOptOuts optOuts, CancellationToken cancellationToken) =>
        IdOf(id) is { } optOutId && await optOuts.DeleteAsync(http.Caller.TenantId, optOutId, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound(Kind, id);

    private static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}

/// <summary>A number that wants no campaigns.</summary>
internal sealed record SmsOptOutBody
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required string Remark { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static SmsOptOutBody Of(SmsOptOut optOut) => new()
    {
        Id = optOut.OptOutId.ToString(CultureInfo.InvariantCulture),
        Number = "+" + optOut.Number,
        Remark = optOut.Remark,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(optOut.CreatedAt),
    };
}

/// <summary>A number that is to get no campaigns.</summary>
internal sealed record SmsOptOutRequest
{
    [Description("With its calling code.")]
    public string? Number { get; init; }

    [Description("At most 500 octets.")]
    public string? Remark { get; init; }
}
