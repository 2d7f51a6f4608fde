using Kiwire.Server.Tenants;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Api;

/// <summary><c>/api/v1/login</c>: an administrator's name and password for a token.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/login", LogInAsync).AllowAnonymous().WithTags("Login").WithSummary("Logs an administrator in");

    private static async Task<Results<Ok<LoginBody>, ProblemHttpResult>> LogInAsync(
        LoginRequest login, TenantDirectory tenants, AdministratorStore administrators, ApiTokenStore tokens, CancellationToken cancellationToken)
    {
        if (!tenants.TryGetByCloudId(login.CloudId ?? TenantDirectory.DefaultCloudId, out Tenant? tenant)
            || !tenant.Active
            || await administrators.FindByLoginCodeAsync(tenant.TenantId, LoginCode.Of(login.Username ?? "", login.Password ?? ""), cancellationToken)
                is not { } administrator)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "not-valid-user", "There is no such tenant, name and password together.");
        }

        string token = await tokens.IssueAsync(administrator, cancellationToken);
        return TypedResults.Ok(new LoginBody
        {
            Token = BearerAuthentication.ToBearer(tenant.TenantId, token),
            ExpiresInSeconds = (int)ApiTokenStore.Lifetime.TotalSeconds,
            Role = administrator.Role,
            MustChangePassword = administrator.MustChange,
        });
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
