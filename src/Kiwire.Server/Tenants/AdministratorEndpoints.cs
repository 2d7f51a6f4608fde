using System.ComponentModel;
using System.Text.Json.Serialization;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Tenants;

/// <summary><c>/api/v1/administrators</c>: those who run the tenant. Nobody gives another one more than they have themselves.</summary>
internal static class AdministratorEndpoints
{
    private const string Kind = "administrator";
    private const string ListName = "administrators";

    /// <summary>Where in a path <c>/api/v1/administrators/{username}</c> the name stands.</summary>
    private const int NameSegment = 3;

    public static void MapAdministrators(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/administrators").WithTags("Administrators");
        group.MapGet("", ListAsync).RequireScope(ApiScope.AdministratorsRead).WithSummary("Lists the administrators by name");
        group.MapGet("/{username}", GetAsync).RequireScope(ApiScope.AdministratorsRead).WithSummary("Shows an administrator");
        group.MapPost("", CreateAsync).RequireScope(ApiScope.AdministratorsWrite)
            .WithSummary("Makes an administrator; a generated password is shown this once");
        group.MapPatch("/{username}", UpdateAsync).RequireScope(ApiScope.AdministratorsWrite)
            .WithSummary("Changes what is given of an administrator; another role ends their tokens");
        group.MapDelete("/{username}", DeleteAsync).RequireScope(ApiScope.AdministratorsWrite)
            .WithSummary("Deletes an administrator, unless it is the last one in the role administrator");
        group.MapPost("/{username}/password", SetPasswordAsync).RequireScope(ApiScope.AdministratorsWrite)
            .WithSummary("Gives another administrator a new password, and ends their tokens");
    }

    private static async Task<Results<Ok<Page<AdministratorBody>>, ProblemHttpResult>> ListAsync(
        [AsParameters] PageRequest page, HttpContext http, AdministratorStore store, CancellationToken cancellationToken)
    {
        if (!page.TryRead(ListName, out int limit, out string[]? after, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        IReadOnlyList<Administrator> found = await store.ListAsync(http.Caller.TenantId, after is [var key] ? key : null, limit + 1, cancellationToken);
        return TypedResults.Ok(found.ToPage(
            limit, AdministratorBody.Of, last => Cursor.Write(ListName, AdministratorStore.KeyOf(last.Username))));
    }

    private static async Task<Results<Ok<AdministratorBody>, ProblemHttpResult>> GetAsync(
        string username, HttpContext http, AdministratorStore store, CancellationToken cancellationToken)
    {
        username = http.PathName(NameSegment);
        if (await store.FindAsync(http.Caller.TenantId, username, cancellationToken) is not { } administrator)
        {
            return Problems.NotFound(Kind, username);
        }

        http.SetETag(administrator.Version);
        return TypedResults.Ok(AdministratorBody.Of(administrator));
    }

    private static async Task<Results<Created<AdministratorBody>, ProblemHttpResult>> CreateAsync(
        NewAdministratorRequest request, HttpContext http, AdministratorRegister register, AdministratorStore store, CancellationToken cancellationToken)
    {
        if (FindExcess(http.Caller, request.Role) is { } excess)
        {
            return excess;
        }

        long tenantId = http.Caller.TenantId;
        PasswordOutcome created = await register.CreateAsync(tenantId, request.ToSettings(), cancellationToken);
        if (created.Outcome is not SaveOutcome.Saved || await store.FindAsync(tenantId, request.Username!, cancellationToken) is not { } made)
        {
            return Problems.Of(created.Outcome, Kind, request.Username ?? "");
        }

        http.SetETag(made.Version);
        return TypedResults.Created(
            $"/api/v1/administrators/{Uri.EscapeDataString(made.Username)}",
            AdministratorBody.Of(made) with { GeneratedPassword = created.GeneratedPassword });
    }

    private static async Task<Results<Ok<AdministratorBody>, ProblemHttpResult>> UpdateAsync(
        string username, AdministratorRequest changes, HttpContext http, AdministratorRegister register, AdministratorStore store, CancellationToken cancellationToken)
    {
        username = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        Administrator? current = await store.FindAsync(tenantId, username, cancellationToken);
        if ((FindExcess(http.Caller, current?.Role) ?? FindExcess(http.Caller, changes.Role)) is { } excess)
        {
            return excess;
        }

        SaveOutcome outcome = await register.UpdateAsync(tenantId, username, changes.ToSettings(), http.IfMatch, cancellationToken);
        if (outcome is not SaveOutcome.Saved || await store.FindAsync(tenantId, username, cancellationToken) is not { } changed)
        {
            return Problems.Of(outcome, Kind, username);
        }

        http.SetETag(changed.Version);
        return TypedResults.Ok(AdministratorBody.Of(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string username, HttpContext http, AdministratorRegister register, AdministratorStore store, CancellationToken cancellationToken)
    {
        username = http.PathName(NameSegment);
        long tenantId = http.Caller.TenantId;
        if (FindExcess(http.Caller, (await store.FindAsync(tenantId, username, cancellationToken))?.Role) is { } excess)
        {
            return excess;
        }

        SaveOutcome outcome = await register.DeleteAsync(tenantId, username, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(outcome, Kind, username);
    }

    private static async Task<Results<Ok<NewPasswordBody>, ProblemHttpResult>> SetPasswordAsync(
        string username, NewPasswordRequest request, HttpContext http, AdministratorRegister register, AdministratorStore store, CancellationToken cancellationToken)
    {
        username = http.PathName(NameSegment);
        Caller caller = http.Caller;
        Administrator? current = await store.FindAsync(caller.TenantId, username, cancellationToken);
        if (current is not null && current.AdministratorId == caller.AdministratorId)
        {
            return Problems.Forbidden("Your own password is changed by POST /api/v1/password, with the present one.");
        }

        if (FindExcess(caller, current?.Role) is { } excess)
        {
            return excess;
        }

        PasswordOutcome set = await register.SetPasswordAsync(
            caller.TenantId, username, request.Password, request.MustChangePassword ?? true, cancellationToken);
        return set.Outcome is SaveOutcome.Saved
            ? TypedResults.Ok(new NewPasswordBody { GeneratedPassword = set.GeneratedPassword })
            : Problems.Of(set.Outcome, Kind, username);
    }

    private static ProblemHttpResult? FindExcess(Caller caller, string? role) =>
        ApiScope.OfRole(AdministratorRole.Find(role ?? "") ?? "", caller.TenantId == TenantDirectory.DefaultTenantId)
            .FirstOrDefault(scope => !ApiScope.Holds(caller.Scopes, scope)) is { } missing
            ? Problems.Forbidden($"An administrator in the role {role} has the scope {missing}, which you do not have.")
            : null;
}

/// <summary>An administrator, as they are read.</summary>
internal sealed record AdministratorBody
{
    public required string Username { get; init; }

    public required string Role { get; init; }

    public required string FullName { get; init; }

    public required string Email { get; init; }

    [Description("Gets an e-mail when a device goes down or comes back.")]
    public required bool Monitor { get; init; }

    [Description("The password is a temporary one.")]
    public required bool MustChangePassword { get; init; }

    [Description("null: never.")]
    public DateTimeOffset? LastLoginAt { get; init; }

    [Description("Only in the answer that made it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GeneratedPassword { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => Username;

    public static AdministratorBody Of(Administrator administrator) => new()
    {
        Username = administrator.Username,
        Role = administrator.Role,
        FullName = administrator.FullName,
        Email = administrator.Email,
        Monitor = administrator.Monitor,
        MustChangePassword = administrator.MustChange,
        LastLoginAt = administrator.LastLoginAt,
    };
}

/// <summary>Changes to an administrator; what is not given stays.</summary>
internal sealed record AdministratorRequest
{
    [Description("administrator, operator or read-only.")]
    public string? Role { get; init; }

    public string? FullName { get; init; }

    [Description("One address, or empty.")]
    public string? Email { get; init; }

    [Description("Gets an e-mail when a device goes down or comes back.")]
    public bool? Monitor { get; init; }

    [Description("The password must be changed before anything else is done.")]
    public bool? MustChangePassword { get; init; }

    public AdministratorSettings ToSettings() =>
        new() { Role = Role, FullName = FullName, Email = Email, Monitor = Monitor, MustChangePassword = MustChangePassword };
}

/// <summary>An administrator, as they are made.</summary>
internal sealed record NewAdministratorRequest
{
    [Description("1 to 128 octets, without '|'. It cannot be changed.")]
    public string? Username { get; init; }

    [Description("administrator, operator or read-only.")]
    public string? Role { get; init; }

    public string? FullName { get; init; }

    [Description("One address, or empty.")]
    public string? Email { get; init; }

    [Description("Gets an e-mail when a device goes down or comes back.")]
    public bool? Monitor { get; init; }

    [Description("The password must be changed before anything else is done; true where it is not given.")]
    public bool? MustChangePassword { get; init; }

    [Description("10 characters or more; one is generated where it is not given.")]
    public string? Password { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Username} ({Role})";

    public AdministratorSettings ToSettings() => new()
    {
        Username = Username,
        Role = Role,
        FullName = FullName,
        Email = Email,
        Monitor = Monitor,
        MustChangePassword = MustChangePassword,
        Password = Password,
    };
}

/// <summary>A new password for another administrator.</summary>
internal sealed record NewPasswordRequest
{
    [Description("10 characters or more; one is generated where it is not given.")]
    public string? Password { get; init; }

    [Description("It must be changed before anything else is done; true where it is not given.")]
    public bool? MustChangePassword { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(NewPasswordRequest);
}

/// <summary>A new password.</summary>
internal sealed record NewPasswordBody
{
    [Description("It is not shown again; null where a password was given.")]
    public string? GeneratedPassword { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => nameof(NewPasswordBody);
}
