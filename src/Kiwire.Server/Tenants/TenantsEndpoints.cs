using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Tenants;

/// <summary><c>/api/v1/tenants</c>: all tenants, for the administrators of the default one, who run the installation.</summary>
internal static class TenantsEndpoints
{
    private const string Kind = "tenant";
    private const string ListName = "tenants";

    public static void MapTenants(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder tenants = routes.MapGroup("/tenants").WithTags("Tenants");
        tenants.MapGet("", List).RequireScope(ApiScope.TenantsRead).WithSummary("Lists the tenants by cloud id");
        tenants.MapGet("/{cloudId}", Get).RequireScope(ApiScope.TenantsRead).WithSummary("Shows a tenant");
        tenants.MapPost("", CreateAsync).RequireScope(ApiScope.TenantsWrite)
            .WithSummary("Makes a tenant with an administrator and an API key, whose password and text are shown this once");
        tenants.MapPatch("/{cloudId}", UpdateAsync).RequireScope(ApiScope.TenantsWrite)
            .WithSummary("Changes what is given of a tenant; active false suspends it. Tenants are not deleted");
        tenants.MapPost("/{cloudId}/administrators/{username}/password", SetPasswordAsync).RequireScope(ApiScope.TenantsWrite)
            .WithSummary("Gives a tenant's administrator a new temporary password, for when nobody of the tenant can");
    }

    private static Results<Ok<Page<TenantBody>>, ProblemHttpResult> List([AsParameters] PageRequest page, TenantDirectory tenants)
    {
        if (!page.TryRead(ListName, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        Tenant[] found = [.. tenants.Tenants
            .Where(tenant => after is not [var key] || string.CompareOrdinal(FoldedName.Fold(tenant.CloudId), key) > 0)
            .OrderBy(tenant => FoldedName.Fold(tenant.CloudId), StringComparer.Ordinal)
            .Take(limit + 1)];
        return TypedResults.Ok(found.ToPage(limit, TenantBody.Of, last => Cursor.Write(ListName, FoldedName.Fold(last.CloudId))));
    }

    private static Results<Ok<TenantBody>, ProblemHttpResult> Get(string cloudId, HttpContext http, TenantDirectory tenants)
    {
        if (!tenants.TryGetByCloudId(cloudId, out Tenant? tenant))
        {
            return Problems.NotFound(Kind, cloudId);
        }

        http.SetETag(tenant.Version);
        return TypedResults.Ok(TenantBody.Of(tenant));
    }

    private static async Task<Results<Created<NewTenantBody>, ProblemHttpResult>> CreateAsync(
        NewTenantRequest request, HttpContext http, TenantRegister register, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        TenantCreation created = await register.CreateAsync(
            request.ToSettings(), request.Administrator?.ToSettings() ?? new AdministratorSettings(), cancellationToken);
        if (created.Outcome is not SaveOutcome.Saved { Id: var tenantId } || !tenants.TryGet(tenantId, out Tenant? tenant))
        {
            return Problems.Of(created.Outcome, Kind, request.CloudId ?? "");
        }

        http.SetETag(tenant.Version);
        return TypedResults.Created($"/api/v1/tenants/{tenant.CloudId}", NewTenantBody.Of(tenant, created.Credentials!.Value));
    }

    private static async Task<Results<Ok<TenantBody>, ProblemHttpResult>> UpdateAsync(
        string cloudId, TenantRequest changes, HttpContext http, TenantRegister register, TenantDirectory tenants, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = tenants.TryGetByCloudId(cloudId, out Tenant? tenant)
            ? await register.UpdateAsync(tenant.TenantId, changes.ToSettings(), http.IfMatch, cancellationToken)
            : new SaveOutcome.Missing();
        if (outcome is not SaveOutcome.Saved || !tenants.TryGetByCloudId(cloudId, out tenant))
        {
            return Problems.Of(outcome, Kind, cloudId);
        }

        http.SetETag(tenant.Version);
        return TypedResults.Ok(TenantBody.Of(tenant));
    }

    private static async Task<Results<Ok<NewPasswordBody>, ProblemHttpResult>> SetPasswordAsync(
        string cloudId, string username, HttpContext http, TenantDirectory tenants, AdministratorRegister register, CancellationToken cancellationToken)
    {
        // Where in the path the name stands.
        const int NameSegment = 5;
        username = http.PathName(NameSegment);
        if (!tenants.TryGetByCloudId(cloudId, out Tenant? tenant))
        {
            return Problems.NotFound(Kind, cloudId);
        }

        if (tenant.TenantId == http.Caller.TenantId)
        {
            return Problems.Forbidden("For administrators of your own tenant there is POST /api/v1/administrators/{username}/password.");
        }

        PasswordOutcome set = await register.SetPasswordAsync(tenant.TenantId, username, password: null, mustChange: true, cancellationToken);
        return set.Outcome is SaveOutcome.Saved
            ? TypedResults.Ok(new NewPasswordBody { GeneratedPassword = set.GeneratedPassword })
            : Problems.Of(set.Outcome, "administrator", username);
    }
}

/// <summary>Changes to a tenant; what is not given stays.</summary>
internal sealed record TenantRequest
{
    [Description("1 to 253 octets.")]
    public string? Name { get; init; }

    [Description("false suspends it: nobody logs in to anything of it, and nothing is lost.")]
    public bool? Active { get; init; }

    [Description("An IANA name such as Asia/Kuala_Lumpur.")]
    public string? TimeZone { get; init; }

    [Description("Whether /apiv2 answers.")]
    public bool? ApiEnabled { get; init; }

    [Description("What may be done by /apiv2; they replace those that there were.")]
    public IReadOnlyList<string>? Permissions { get; init; }

    public PolicySettings? Policy { get; init; }

    [Description("By reason; an empty one gives the default back, and reasons that are not given stay.")]
    public IReadOnlyDictionary<string, string?>? ReplyTexts { get; init; }

    public TenantSettings ToSettings() => new()
    {
        Name = Name,
        Active = Active,
        TimeZone = TimeZone,
        ApiEnabled = ApiEnabled,
        Permissions = Permissions,
        Policy = Policy,
        ReplyTexts = ReplyTexts,
    };
}

/// <summary>A tenant, as it is made.</summary>
internal sealed record NewTenantRequest
{
    [Description("What programs and administrators name it by: 1 to 64 letters, digits, '-', '_' and '.'. It cannot be changed.")]
    public string? CloudId { get; init; }

    [Description("1 to 253 octets; the cloud id where it is not given.")]
    public string? Name { get; init; }

    [Description("An IANA name such as Asia/Kuala_Lumpur; UTC where it is not given.")]
    public string? TimeZone { get; init; }

    [Description("Whether /apiv2 answers; true where it is not given.")]
    public bool? ApiEnabled { get; init; }

    [Description("What may be done by /apiv2; everything where it is not given.")]
    public IReadOnlyList<string>? Permissions { get; init; }

    public PolicySettings? Policy { get; init; }

    [Description("By reason.")]
    public IReadOnlyDictionary<string, string?>? ReplyTexts { get; init; }

    public NewOwnerRequest? Administrator { get; init; }

    public TenantSettings ToSettings() => new()
    {
        CloudId = CloudId,
        Name = Name,
        TimeZone = TimeZone,
        ApiEnabled = ApiEnabled,
        Permissions = Permissions,
        Policy = Policy,
        ReplyTexts = ReplyTexts,
    };
}

/// <summary>A new tenant's first administrator, in the role administrator.</summary>
internal sealed record NewOwnerRequest
{
    [Description("admin where it is not given.")]
    public string? Username { get; init; }

    public string? FullName { get; init; }

    public string? Email { get; init; }

    public AdministratorSettings ToSettings() => new() { Username = Username, FullName = FullName, Email = Email };
}

/// <summary>A tenant that has just been made.</summary>
internal sealed record NewTenantBody
{
    public required TenantBody Tenant { get; init; }

    [Description("Its administrator.")]
    public required string Username { get; init; }

    [Description("A temporary one, which is not shown again.")]
    public required string GeneratedPassword { get; init; }

    [Description("For /apiv2. It is not shown again.")]
    public required string ApiKey { get; init; }

    /// <summary>The tenant alone.</summary>
    public override string ToString() => Tenant.CloudId;

    public static NewTenantBody Of(Tenant tenant, FirstCredentials credentials) => new()
    {
        Tenant = TenantBody.Of(tenant),
        Username = credentials.Username,
        GeneratedPassword = credentials.Password,
        ApiKey = credentials.ApiKey,
    };
}
