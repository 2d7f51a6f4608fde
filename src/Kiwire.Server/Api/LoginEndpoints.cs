using System.ComponentModel;
using System.Globalization;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Api;

/// <summary><c>/api/v1/login</c>, <c>/logout</c> and <c>/password</c>: an administrator's name and password for a token, and the end of either.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("").WithTags("Login");
        group.MapPost("/login", LogInAsync).AllowAnonymous().WithSummary("Logs an administrator in");
        group.MapPost("/logout", LogOutAsync).RequireAuthorization().WithSummary("Ends the token that it is sent with");
        group.MapPost("/password", ChangePasswordAsync).RequireAuthorization()
            .WithSummary("Changes your password, and ends all of your tokens; all that is allowed with a temporary one");
    }

    private static async Task<Results<Ok<LoginBody>, ProblemHttpResult>> LogInAsync(
        LoginRequest login, HttpContext http, AdministratorLogin administrators, ApiTokenStore tokens, CancellationToken cancellationToken)
    {
        string cloudId = login.CloudId ?? TenantDirectory.DefaultCloudId;
        AdministratorProof outcome = await administrators.ByNameAsync(
            cloudId, login.Username ?? "", login.Password ?? "", http.Connection.RemoteIpAddress, cancellationToken);
        if (outcome is not AdministratorProof.Admitted { Administrator: { } administrator })
        {
            return LoginProblems.Of(outcome, http);
        }

        string token = await tokens.IssueAsync(administrator, cancellationToken);
        return TypedResults.Ok(new LoginBody
        {
            Token = BearerAuthentication.ToBearer(administrator.TenantId, token),
            ExpiresInSeconds = (int)ApiTokenStore.Lifetime.TotalSeconds,
            Role = administrator.Role,
            MustChangePassword = administrator.MustChange,
        });
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> LogOutAsync(HttpContext http, ApiTokenStore tokens, CancellationToken cancellationToken)
    {
        if (!BearerAuthentication.TryReadToken(BearerAuthentication.Read(http.Request), out long tenantId, out string token))
        {
            return Problems.Forbidden("A key does not log out; DELETE /api/v1/keys/{name} ends it.");
        }

        await tokens.RevokeAsync(tenantId, token, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        PasswordRequest request, HttpContext http, AdministratorLogin login, AdministratorRegister administrators, CancellationToken cancellationToken)
    {
        Caller caller = http.Caller;
        if (caller.AdministratorId is null)
        {
            return Problems.Forbidden("A key has no password.");
        }

        if (request.FindFault(caller.Name) is { } fault)
        {
            return Problems.Invalid([fault]);
        }

        AdministratorProof proof = await login.ProveAsync(
            caller.TenantId, caller.Name, request.CurrentPassword ?? "", http.Connection.RemoteIpAddress, cancellationToken);
        if (proof is not AdministratorProof.Admitted)
        {
            return proof is AdministratorProof.Refused ? Problems.Invalid("currentPassword", "is not your password.") : LoginProblems.Of(proof, http);
        }

        PasswordOutcome set = await administrators.SetPasswordAsync(
            caller.TenantId, caller.Name, request.NewPassword, mustChange: false, cancellationToken);
        return set.Outcome is SaveOutcome.Saved ? TypedResults.NoContent() : Problems.Of(set.Outcome, "administrator", caller.Name);
    }
}

/// <summary>What is said of a log-in that did not come off: the same whether the tenant, the name or the password is wrong.</summary>
internal static class LoginProblems
{
    private const string BusySeconds = "5";

    /// <summary>The problem of an outcome other than <see cref="AdministratorProof.Admitted"/>.</summary>
    public static ProblemHttpResult Of(AdministratorProof outcome, HttpContext http)
    {
        switch (outcome)
        {
            case AdministratorProof.Refused:
                return Problems.Of(StatusCodes.Status401Unauthorized, "not-valid-user", "There is no such tenant, name and password together.");
            case AdministratorProof.ShutOut shut:
                int seconds = (int)Math.Ceiling(shut.Again.TotalSeconds);
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
                return Problems.Of(
                    StatusCodes.Status429TooManyRequests,
                    "shut-out",
                    $"Too many log-ins from your address or with this name have failed; try again in {seconds} seconds.");
            case AdministratorProof.Busy:
                http.Response.Headers.RetryAfter = BusySeconds;
                return Problems.Of(StatusCodes.Status503ServiceUnavailable, "busy", "Too many log-ins are being looked at; try again in a few seconds.");
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "It was admitted.");
        }
    }
}

/// <summary>Who logs in.</summary>
internal sealed record LoginRequest
{
    /// <summary>The tenant; <c>default</c> where it is not given.</summary>
    public string? CloudId { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{CloudId} {Username}";
}

/// <summary>One's own password, before and after.</summary>
internal sealed record PasswordRequest
{
    public string? CurrentPassword { get; init; }

    [Description("10 characters or more, another one than before.")]
    public string? NewPassword { get; init; }

    /// <summary>Without either.</summary>
    public override string ToString() => nameof(PasswordRequest);

    public FieldFault? FindFault(string username) => NewPassword switch
    {
        null => new("newPassword", "is missing; it must be your new password."),
        var same when same == CurrentPassword => new("newPassword", "is the same as before; it must be another one."),
        var given => AdministratorPassword.FindFault(username, given) is { } fault ? new("newPassword", fault) : null,
    };
}

/// <summary>What a log-in gives.</summary>
internal sealed record LoginBody
{
    /// <summary>For <c>Authorization: Bearer</c>.</summary>
    public required string Token { get; init; }

    public required int ExpiresInSeconds { get; init; }

    public required string Role { get; init; }

    /// <summary>Nothing but a change of the password is allowed before that.</summary>
    public required bool MustChangePassword { get; init; }
}
