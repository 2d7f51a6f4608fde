using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Tenants;

/// <summary><c>/api/v1/keys</c>: long-lived keys for programs.</summary>
internal static class ApiKeyEndpoints
{
    private const string Kind = "key";
    private const string ListName = "keys";

    /// <summary>Where in a path <c>/api/v1/keys/{name}</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder keys = routes.MapGroup("/keys").WithTags("Keys");
        keys.MapGet("", ListAsync).RequireScope(ApiScope.AdministratorsRead).WithSummary("Lists the keys of programs by name");
        keys.MapGet("/{name}", GetAsync).RequireScope(ApiScope.AdministratorsRead).WithSummary("Shows a key, without what is sent");
        keys.MapPost("", CreateAsync).RequireScope(ApiScope.AdministratorsWrite).WithSummary("Makes a key, and shows it this once");
        keys.MapDelete("/{name}", DeleteAsync).RequireScope(ApiScope.AdministratorsWrite).WithSummary("Ends a key");
    }

    private static async Task<Results<Ok<Page<ApiKeyBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, HttpContext http, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        if (!page.TryRead(ListName, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        IReadOnlyList<ApiKey> found = await keys.ListAsync(http.Caller.TenantId, after is [var key] ? key : null, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(limit, ApiKeyBody.Of, last => Cursor.Write(ListName, ApiKeyStore.KeyOf(last.Name))));
    }

    private static async Task<Results<Ok<ApiKeyBody>, ProblemHttpResult>> GetAsync(
        string name, HttpContext http, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        if (await keys.FindAsync(http.Caller.TenantId, name, cancellationToken) is not { } key)
        {
            return Problems.NotFound(Kind, name);
        }

        http.SetETag(key.Version);
        return TypedResults.Ok(ApiKeyBody.Of(key));
    }

    private static async Task<Results<Created<NewApiKeyBody>, ProblemHttpResult>> CreateAsync(
        ApiKeyRequest request, HttpContext http, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        ApiKeyCreation created = await keys.CreateAsync(http.Caller, request.Name ?? "", request.Scopes ?? [], request.ExpiresAt, cancellationToken);
        if (created is not { Key: { } key, Text: { } text })
        {
            return Problems.Of(created.Outcome, Kind, request.Name ?? "");
        }

        http.SetETag(key.Version);
        return TypedResults.Created($"/api/v1/keys/{Uri.EscapeDataString(key.Name)}", new NewApiKeyBody { Key = text, Details = ApiKeyBody.Of(key) });
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string name, HttpContext http, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        name = http.PathName(NameSegment);
        SaveOutcome outcome = await keys.DeleteAsync(http.Caller.TenantId, name, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, name);
    }
}

/// <summary>A key, as it is read.</summary>
internal sealed record ApiKeyBody
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    [Description("The administrator's name, or key: and that of another key.")]
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("null: never.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("To the minute; null: never.")]
    public DateTimeOffset? LastUsedAt { get; init; }

    public static ApiKeyBody Of(ApiKey key) => new()
    {
        Name = key.Name,
        Scopes = key.Scopes,
        CreatedBy = key.CreatedBy,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
    };
}

/// <summary>A key that has just been made.</summary>
internal sealed record NewApiKeyBody
{
    [Description("For Authorization: Bearer. It is not shown again.")]
    public required string Key { get; init; }

    public required ApiKeyBody Details { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => Details.Name;
}

/// <summary>A key, as it is made.</summary>
internal sealed record ApiKeyRequest
{
    [Description("What it is for: 1 to 128 octets.")]
    public string? Name { get; init; }

    [Description("Such as accounts:read; none that the maker does not have. write holds read.")]
    public IReadOnlyList<string>? Scopes { get; init; }

    [Description("Until when it is good; it does not expire where this is not given.")]
    public DateTimeOffset? ExpiresAt { get; init; }
}
