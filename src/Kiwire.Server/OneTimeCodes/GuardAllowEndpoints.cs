using System.ComponentModel;
using System.Globalization;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.OneTimeCodes;

/// <summary><c>/api/v1/sms/guard/allowed</c>: numbers and addresses that the guard lets alone.</summary>
internal static class GuardAllowEndpoints
{
    private const string Kind = "allowed entry";
    private const string Path = "/api/v1/sms/guard/allowed";

    public static void MapGuardAllowList(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder allowed = routes.MapGroup("/sms/guard/allowed").WithTags("SMS guard");
        allowed.MapGet("", ListAsync).RequireScope(ApiScope.SmsRead).WithSummary("Lists the numbers and addresses that the guard lets alone");
        allowed.MapGet("/{id}", GetAsync).RequireScope(ApiScope.SmsRead).WithSummary("Shows one of them");
        allowed.MapPost("", CreateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Has the guard let a number, an address or a prefix alone");
        allowed.MapPatch("/{id}", UpdateAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Changes what is given of an entry");
        allowed.MapDelete("/{id}", DeleteAsync).RequireScope(ApiScope.SmsWrite).WithSummary("Removes an entry");
    }

    private static async Task<Results<Ok<Page<GuardAllowedBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, HttpContext http, GuardAllowList list, CancellationToken cancellationToken)
    {
        const string Name = "sms-guard-allowed";
        if (!page.TryRead(Name, out int limit, out string[]? key, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        long after = key is [var last] ? IdOf(last) ?? 0 : 0;
        IReadOnlyList<GuardAllowed> found = await list.ListAsync(http.Caller.TenantId, after, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(
            limit, GuardAllowedBody.Of, entry => Cursor.Write(Name, entry.EntryId.ToString(CultureInfo.InvariantCulture))));
    }

    private static async Task<Results<Ok<GuardAllowedBody>, ProblemHttpResult>> GetAsync(
        string id, HttpContext http, GuardAllowList list, CancellationToken cancellationToken)
    {
        if (IdOf(id) is not { } entryId || await list.FindAsync(http.Caller.TenantId, entryId, cancellationToken) is not { } entry)
        {
            return Problems.NotFound(Kind, id);
        }

        http.SetETag(entry.Version);
        return TypedResults.Ok(GuardAllowedBody.Of(entry));
    }

    private static async Task<Results<Created<GuardAllowedBody>, ProblemHttpResult>> CreateAsync(
        GuardAllowedRequest entry, HttpContext http, GuardAllowList list, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await list.CreateAsync(http.Caller.TenantId, entry.Number, entry.Address, entry.Remark ?? "", cancellationToken);
        if (outcome is not SaveOutcome.Saved saved || await list.FindAsync(http.Caller.TenantId, saved.Id, cancellationToken) is not { } made)
        {
            return Problems.Of(outcome, Kind, entry.Number ?? entry.Address ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{Path}/{made.EntryId}"), GuardAllowedBody.Of(made));
    }

    private static async Task<Results<Ok<GuardAllowedBody>, ProblemHttpResult>> UpdateAsync(
        string id, GuardAllowedRequest changes, HttpContext http, GuardAllowList list, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = IdOf(id) is { } entryId
            ? await list.UpdateAsync(http.Caller.TenantId, entryId, changes.Number, changes.Address, changes.Remark, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome is SaveOutcome.Saved
            ? await GetAsync(id, http, list, cancellationToken)
            : Problems.Of(outcome, Kind, outcome is SaveOutcome.Exists ? changes.Number ?? changes.Address ?? id : id);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpContext http, GuardAllowList list, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = IdOf(id) is { } entryId
            ? await list.DeleteAsync(http.Caller.TenantId, entryId, http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, id);
    }

    private static long? IdOf(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}

/// <summary>Something that the guard lets alone.</summary>
internal sealed record GuardAllowedBody
{
    public required string Id { get; init; }

    [Description("Null: it is an address.")]
    public string? Number { get; init; }

    [Description("An address, or the addresses of a prefix. Null: it is a number.")]
    public string? Address { get; init; }

    public required string Remark { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static GuardAllowedBody Of(GuardAllowed entry) => new()
    {
        Id = entry.EntryId.ToString(CultureInfo.InvariantCulture),
        Number = entry.Kind == GuardAllowedKind.Number ? "+" + entry.Value : null,
        Address = entry.Kind == GuardAllowedKind.Address ? entry.Value : null,
        Remark = entry.Remark,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(entry.CreatedAt),
    };
}

/// <summary>An entry, as it is made or changed.</summary>
internal sealed record GuardAllowedRequest
{
    [Description("With its calling code. Either this or an address.")]
    public string? Number { get; init; }

    [Description("Such as 192.0.2.1 or 192.0.2.0/24: a place whose guests all come from one address. Either this or a number.")]
    public string? Address { get; init; }

    [Description("At most 500 octets.")]
    public string? Remark { get; init; }
}
