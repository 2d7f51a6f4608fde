using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary><c>/api/v1/dynamic-authorizations</c>: what was asked of NASes about sessions, why, and what became of it.</summary>
internal static class CoaLogEndpoints
{
    public static void MapDynamicAuthorizations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/dynamic-authorizations", ListAsync).RequireScope(ApiScope.SessionsRead).WithTags("Dynamic authorizations")
            .WithSummary("Lists CoA- and Disconnect-Requests with their reasons and outcomes, newest first");

    private static async Task<Results<Ok<Page<CoaLogBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] CoaLogFilter filter, [AsParameters] PageRequest page, HttpContext http, CoaLogStore log, AccountStore accounts, NasDirectory directory,
        CancellationToken cancellationToken)
    {
        long tenantId = http.Caller.TenantId;
        string list = $"dynamic-authorizations {filter}";
        if (!filter.TryRead(tenantId, directory, out CoaLogQuery query, out FieldFault? fault)
            || !HistoryCursor.TryRead(page, list, out int limit, out long? below, out fault))
        {
            return Problems.Invalid([fault]);
        }

        if (filter.Account is { } name)
        {
            if (await accounts.FindAsync(tenantId, name, cancellationToken) is not { } account)
            {
                return Problems.Invalid("account", $"is '{name}', which is no user or voucher; it must be the name of one.");
            }

            query = query with { AccountId = account.AccountId };
        }

        IReadOnlyList<CoaLogRow> rows = await log.ListAsync(query with { Before = below, Limit = limit + 1 }, cancellationToken);
        return TypedResults.Ok(new Page<CoaLogBody>(
            [.. rows.Take(limit).Select(row => CoaLogBody.Of(row, directory))], HistoryCursor.Write(list, rows.Count > limit ? rows[limit - 1].RequestId : null)));
    }
}

/// <summary>Which rows are wanted.</summary>
internal readonly record struct CoaLogFilter
{
    [Description("A session's id.")]
    public string? Session { get; init; }

    [Description("A NAS's identity.")]
    public string? Nas { get; init; }

    [Description("A user's or voucher's name.")]
    public string? Account { get; init; }

    public bool TryRead(long tenantId, NasDirectory directory, out CoaLogQuery query, [NotNullWhen(false)] out FieldFault? fault)
    {
        query = new CoaLogQuery { TenantId = tenantId };
        if (!HistoryFilters.TryReadNas(Nas, tenantId, directory, out long? nasId, out fault))
        {
            return false;
        }

        long? sessionId = null;
        if (Session is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id))
            {
                fault = new FieldFault("session", $"is '{text}'; it must be a session's id.");
                return false;
            }

            sessionId = id;
        }

        query = query with { NasId = nasId, SessionId = sessionId };
        return true;
    }
}

/// <summary>One request, as it is read.</summary>
internal sealed record CoaLogBody
{
    public required string Id { get; init; }

    [Description("When it was asked for.")]
    public required DateTimeOffset At { get; init; }

    [Description("The NAS's identity; empty: it is gone.")]
    public required string Nas { get; init; }

    public string? SessionId { get; init; }

    public string? AccountId { get; init; }

    public required CoaKind Kind { get; init; }

    [Description("Why: by hand, time, volume, expired, suspended, deleted, profile, displaced, login hours, online or test.")]
    public required string Reason { get; init; }

    [Description("What was sent, one attribute each, without secrets.")]
    public required IReadOnlyList<string> Attributes { get; init; }

    public required CoaResult Outcome { get; init; }

    [Description("Error-Cause (RFC 5176, 3.5) by name.")]
    public string? ErrorCause { get; init; }

    [Description("The outcome in words.")]
    public required string Message { get; init; }

    [Description("How often it was sent.")]
    public required int Sends { get; init; }

    public long? RoundTripMilliseconds { get; init; }

    [Description("Whether accounting bore out an acknowledged disconnect.")]
    public required DisconnectProof Disconnect { get; init; }

    public static CoaLogBody Of(CoaLogRow row, NasDirectory directory) => new()
    {
        Id = row.RequestId.ToString(CultureInfo.InvariantCulture),
        At = DateTimeOffset.FromUnixTimeMilliseconds(row.At),
        Nas = directory.TryGet(row.TenantId, row.NasId, out NasEntry? nas) ? nas.Identity : "",
        SessionId = row.SessionId?.ToString(CultureInfo.InvariantCulture),
        AccountId = row.AccountId?.ToString(CultureInfo.InvariantCulture),
        Kind = row.Kind,
        Reason = row.Reason,
        Attributes = row.Attributes.Length == 0 ? [] : row.Attributes.Split('\n'),
        Outcome = row.Outcome,
        ErrorCause = row.ErrorCause is { } cause ? CoaOutcome.NameOf(cause) : null,
        Message = row.Detail,
        Sends = row.Sends,
        RoundTripMilliseconds = row.RoundTripMilliseconds,
        Disconnect = row.Proof,
    };
}
