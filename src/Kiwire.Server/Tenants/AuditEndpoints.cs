using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Tenants;

/// <summary><c>/api/v1/audit</c>: who changed what.</summary>
internal static class AuditEndpoints
{
    private const int MostFilterOctets = 1000;

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/audit", ListAsync).RequireScope(ApiScope.AuditRead).WithTags("Audit")
            .WithSummary("Lists who changed what, newest first; secrets are only said to have changed");

    private static async Task<Results<Ok<Page<AuditBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, [AsParameters] AuditQuery query, HttpContext http, AuditStore audit, CancellationToken cancellationToken)
    {
        string list = JsonSerializer.Serialize(query);
        if (query.FindFaults() is { Count: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }

        if (!page.TryRead(list, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        long before = long.MaxValue;
        if (after is not null && !(after is [var last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out before)))
        {
            return Problems.Invalid("cursor", "is not one that this list gave out; leave it out to begin anew.");
        }

        IReadOnlyList<AuditEntry> found = await audit.ListAsync(http.Caller.TenantId, query.ToFilter(), before, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(
            limit, AuditBody.Of, entry => Cursor.Write(list, entry.AuditId.ToString(CultureInfo.InvariantCulture))));
    }

    /// <summary>Which entries are wanted.</summary>
    internal readonly record struct AuditQuery
    {
        [Description("What sort of thing: account, voucher, profile, nas, zone, device, administrator, key, tenant ...")]
        public string? Kind { get; init; }

        [Description("Which thing, as the entry has it.")]
        public string? Name { get; init; }

        [Description("Who: an administrator's name, or key: and that of a key.")]
        public string? Author { get; init; }

        [Description("From this moment on.")]
        public DateTimeOffset? From { get; init; }

        [Description("Before this moment.")]
        public DateTimeOffset? To { get; init; }

        public List<FieldFault> FindFaults()
        {
            List<FieldFault> faults = [];
            foreach ((string field, string? text) in (ReadOnlySpan<(string, string?)>)[("kind", Kind), ("name", Name), ("author", Author)])
            {
                if (text is not null && TextFault.Find(text, MostFilterOctets) is { } fault)
                {
                    faults.Add(new(field, $"{fault}; it must be what an entry has there."));
                }
            }

            return faults;
        }

        public AuditFilter ToFilter() => new(Kind, Name, Author, From, To);
    }
}

/// <summary>A change that somebody made.</summary>
internal sealed record AuditBody
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    [Description("An administrator's name, or key: and that of a key.")]
    public required string Author { get; init; }

    [Description("apiv2 or v1.")]
    public required string Via { get; init; }

    [Description("Where the request came from.")]
    public required string Address { get; init; }

    [Description("create, update, delete, or what else was done.")]
    public required string Action { get; init; }

    public required string Kind { get; init; }

    public required string Name { get; init; }

    [Description("By field: from and to, or for a secret the word changed.")]
    public required JsonElement Changes { get; init; }

    public static AuditBody Of(AuditEntry entry) => new()
    {
        Id = entry.AuditId.ToString(CultureInfo.InvariantCulture),
        At = entry.At,
        Author = entry.Author,
        Via = entry.Via,
        Address = entry.Address,
        Action = entry.Action,
        Kind = entry.Kind,
        Name = entry.Name,
        Changes = entry.Changes,
    };
}
