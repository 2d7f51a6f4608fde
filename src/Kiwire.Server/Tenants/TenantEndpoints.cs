using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Tenants;

/// <summary><c>/api/v1/tenant</c>, <c>/policy</c> and <c>/reply-texts</c>: the caller's own tenant. They share one version, and so one ETag.</summary>
internal static class TenantEndpoints
{
    private const string Kind = "tenant";

    public static void MapTenant(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags("Tenant");
        group.MapGet("/tenant", Get).RequireScope(ApiScope.SettingsRead).WithSummary("Shows your tenant");
        group.MapPatch("/tenant", UpdateAsync).RequireScope(ApiScope.SettingsWrite).WithSummary("Changes what is given of your tenant");
        group.MapPost("/tenant/api-key/rotate", RotateAsync).RequireScope(ApiScope.SettingsWrite)
            .WithSummary("Makes a new API key for /apiv2, and shows it this once; the old one stays valid as long as you say");
        group.MapGet("/policy", GetPolicy).RequireScope(ApiScope.SettingsRead).WithSummary("Shows the switches for who may log in and how");
        group.MapPatch("/policy", UpdatePolicyAsync).RequireScope(ApiScope.SettingsWrite).WithSummary("Changes what is given of the switches");
        group.MapGet("/reply-texts", ListTexts).RequireScope(ApiScope.SettingsRead).WithSummary("Lists what is said with a refusal, by reason");
        group.MapPut("/reply-texts/{reason}", SetTextAsync).RequireScope(ApiScope.SettingsWrite).WithSummary("Says something else with refusals for a reason");
        group.MapDelete("/reply-texts/{reason}", DeleteTextAsync).RequireScope(ApiScope.SettingsWrite).WithSummary("Says the default again");
    }

    private static Ok<TenantBody> Get(HttpContext http, TenantDirectory tenants)
    {
        Tenant tenant = Own(http, tenants);
        http.SetETag(tenant.Version);
        return TypedResults.Ok(TenantBody.Of(tenant));
    }

    private static async Task<Results<Ok<TenantBody>, ProblemHttpResult>> UpdateAsync(
        OwnTenantRequest changes, HttpContext http, TenantRegister register, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await register.UpdateAsync(http.Caller.TenantId, changes.ToSettings(), http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? Get(http, tenants) : Problem(outcome, http, tenants);
    }

    private static async Task<Results<Ok<ApiKeyRotationBody>, ProblemHttpResult>> RotateAsync(
        ApiKeyRotationRequest request, HttpContext http, TenantRegister register, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        if (request.KeepOldSeconds is not { } seconds)
        {
            return Problems.Invalid("keepOldSeconds", "is missing; it must say for how long the old key is valid too: 0 seconds to 2592000 (30 days).");
        }

        ApiKeyRotation rotation = await register.RotateApiKeyAsync(http.Caller.TenantId, seconds, http.IfMatch, cancellationToken);
        if (rotation.ApiKey is not { } apiKey)
        {
            return Problem(rotation.Outcome, http, tenants);
        }

        Tenant tenant = Own(http, tenants);
        http.SetETag(tenant.Version);
        return TypedResults.Ok(new ApiKeyRotationBody { ApiKey = apiKey, PreviousApiKeyUntil = tenant.PreviousApiKeyUntil });
    }

    private static Ok<PolicySettings> GetPolicy(HttpContext http, TenantDirectory tenants)
    {
        Tenant tenant = Own(http, tenants);
        http.SetETag(tenant.Version);
        return TypedResults.Ok(PolicySettings.Of(tenant.Policy));
    }

    private static async Task<Results<Ok<PolicySettings>, ProblemHttpResult>> UpdatePolicyAsync(
        PolicySettings changes, HttpContext http, TenantRegister register, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await register.UpdateAsync(
            http.Caller.TenantId, new TenantSettings { Policy = changes }, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? GetPolicy(http, tenants) : Problem(outcome, http, tenants);
    }

    private static Ok<Page<ReplyTextBody>> ListTexts(HttpContext http, TenantDirectory tenants)
    {
        Tenant tenant = Own(http, tenants);
        http.SetETag(tenant.Version);
        return TypedResults.Ok(new Page<ReplyTextBody>([.. ReplyReason.All.Select(reason => ReplyTextBody.Of(reason, tenant.Policy))], Next: null));
    }

    private static async Task<Results<Ok<ReplyTextBody>, ProblemHttpResult>> SetTextAsync(
        string reason, ReplyTextRequest request, HttpContext http, TenantRegister register, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        if (!ReplyReason.ByWord.TryGetValue(reason, out ReplyReason? known))
        {
            return Problems.NotFound("reason", reason);
        }

        if (string.IsNullOrEmpty(request.Text))
        {
            return Problems.Invalid("text", "is missing or empty; it must be 1 to 253 octets. DELETE gives the default back.");
        }

        SaveOutcome outcome = await SaveTextAsync(reason, request.Text, http, register, cancellationToken);
        return outcome is not SaveOutcome.Saved
            ? Problem(outcome, http, tenants)
            : TypedResults.Ok(ReplyTextBody.Of(known, Own(http, tenants).Policy));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteTextAsync(
        string reason, HttpContext http, TenantRegister register, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        if (!Own(http, tenants).Policy.ReplyTexts.ContainsKey(reason))
        {
            return Problems.NotFound("own text for the reason", reason);
        }

        SaveOutcome outcome = await SaveTextAsync(reason, "", http, register, cancellationToken);
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problem(outcome, http, tenants);
    }

    private static Task<SaveOutcome> SaveTextAsync(
        string reason, string text, HttpContext http, TenantRegister register, CancellationToken cancellationToken) =>
        register.UpdateAsync(
            http.Caller.TenantId,
            new TenantSettings { ReplyTexts = new Dictionary<string, string?> { [reason] = text } },
            http.IfMatch,
            cancellationToken);

    private static ProblemHttpResult Problem(SaveOutcome outcome, HttpContext http, TenantDirectory tenants) =>
        Problems.Of(outcome, Kind, Own(http, tenants).CloudId);

    // A caller has a tenant, and tenants are not deleted.
    private static Tenant Own(HttpContext http, TenantDirectory tenants) =>
        tenants.TryGet(http.Caller.TenantId, out Tenant? tenant) ? tenant : throw new InvalidOperationException("The caller's tenant is not known.");
}

/// <summary>A tenant, as it is read.</summary>
internal sealed record TenantBody
{
    public required string CloudId { get; init; }

    public required string Name { get; init; }

    [Description("false: it is suspended, and nobody logs in to anything of it.")]
    public required bool Active { get; init; }

    [Description("An IANA name.")]
    public required string TimeZone { get; init; }

    [Description("Whether /apiv2 answers for it.")]
    public required bool ApiEnabled { get; init; }

    [Description("What may be done by /apiv2.")]
    public required IReadOnlyList<string> Permissions { get; init; }

    [Description("Until when the API key before the present one is valid too; null: there is none.")]
    public DateTimeOffset? PreviousApiKeyUntil { get; init; }

    public required PolicySettings Policy { get; init; }

    [Description("Its own texts by reason; GET /api/v1/reply-texts has the defaults.")]
    public required IReadOnlyDictionary<string, string> ReplyTexts { get; init; }

    public static TenantBody Of(Tenant tenant) => new()
    {
        CloudId = tenant.CloudId,
        Name = tenant.Name,
        Active = tenant.Active,
        TimeZone = tenant.TimeZone.Id,
        ApiEnabled = tenant.ApiEnabled,
        Permissions = ApiPermissionNames.Of(tenant.Permissions),
        PreviousApiKeyUntil = tenant.PreviousApiKeyUntil,
        Policy = PolicySettings.Of(tenant.Policy),
        ReplyTexts = tenant.Policy.ReplyTexts,
    };
}

/// <summary>Changes to the caller's own tenant; what is not given stays.</summary>
internal sealed record OwnTenantRequest
{
    [Description("1 to 253 octets.")]
    public string? Name { get; init; }

    [Description("An IANA name such as Asia/Kuala_Lumpur.")]
    public string? TimeZone { get; init; }

    [Description("Whether /apiv2 answers.")]
    public bool? ApiEnabled { get; init; }

    [Description("What may be done by /apiv2; they replace those that there were.")]
    public IReadOnlyList<string>? Permissions { get; init; }

    public TenantSettings ToSettings() => new() { Name = Name, TimeZone = TimeZone, ApiEnabled = ApiEnabled, Permissions = Permissions };
}

/// <summary>How an API key is replaced.</summary>
internal sealed record ApiKeyRotationRequest
{
    [Description("For how long the old key is valid beside the new one: 0, which ends it at once, to 2592000 seconds (30 days).")]
    public long? KeepOldSeconds { get; init; }
}

/// <summary>A new API key.</summary>
internal sealed record ApiKeyRotationBody
{
    [Description("It is not shown again.")]
    public required string ApiKey { get; init; }

    [Description("Until when the old one is valid too; null: it is not any more.")]
    public DateTimeOffset? PreviousApiKeyUntil { get; init; }

    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(ApiKeyRotationBody);
}

/// <summary>What is said with a refusal.</summary>
internal sealed record ReplyTextBody
{
    [Description("As the login history has it.")]
    public required string Reason { get; init; }

    public required string Default { get; init; }

    [Description("Your own; null: the default is said.")]
    public string? Text { get; init; }

    public static ReplyTextBody Of(ReplyReason reason, TenantPolicy policy) =>
        new() { Reason = reason.Word, Default = reason.DefaultText, Text = policy.ReplyTexts.GetValueOrDefault(reason.Word) };
}

/// <summary>Something else to say.</summary>
internal sealed record ReplyTextRequest
{
    [Description("1 to 253 octets of UTF-8 (RFC 2865, 5.18).")]
    public string? Text { get; init; }
}
