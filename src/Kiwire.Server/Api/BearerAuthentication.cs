using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Api;

/// <summary>
/// <c>Authorization: Bearer …</c> (RFC 6750): a token from <c>/api/v1/login</c>, <c>kwt_</c>, the tenant's number in hexadecimal, <c>_</c> and
/// what <see cref="ApiTokenStore"/> gave out; or a long-lived key.
/// </summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TenantDirectory tenants,
    ApiTokenStore tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    private const string TokenPrefix = "kwt_";

    /// <summary>A token as clients of /api/v1 send it.</summary>
    public static string ToBearer(long tenantId, string token) => string.Create(CultureInfo.InvariantCulture, $"{TokenPrefix}{tenantId:x}_{token}");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        if (await FindCallerAsync(header["Bearer ".Length..].Trim()) is not { } caller)
        {
            return AuthenticateResult.Fail("The token is not known, or its time is over.");
        }

        Context.Features.Set(caller);
        ClaimsIdentity identity = new([new Claim(ClaimTypes.Name, caller.Name)], Scheme);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        await Problems.Of(
            StatusCodes.Status401Unauthorized,
            "unauthenticated",
            "This needs Authorization: Bearer and a token: log in by POST /api/v1/login, whose token is good for 20 minutes, or use a key made by POST /api/v1/keys.")
            .ExecuteAsync(Context);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        ProblemHttpResult problem = Context.Features.Get<Caller>() is { MustChangePassword: true }
            ? Problems.Forbidden("Your password is a temporary one: change it by POST /api/v1/password, then log in again.")
            : Problems.Forbidden($"This needs the scope {Context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope}, which you do not have.");
        await problem.ExecuteAsync(Context);
    }

    private async Task<Caller?> FindCallerAsync(string bearer)
    {
        if (!bearer.StartsWith(TokenPrefix, StringComparison.Ordinal)
            || bearer.Split('_') is not [_, var tenantText, var token]
            || !long.TryParse(tenantText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long tenantId)
            || !tenants.TryGet(tenantId, out Tenant? tenant)
            || !tenant.Active
            || await tokens.FindAsync(tenantId, token, Context.RequestAborted) is not { } administrator)
        {
            return null;
        }

        return new Caller
        {
            TenantId = tenantId,
            Name = administrator.Username,
            AdministratorId = administrator.AdministratorId,
            Scopes = ApiScope.OfRole(administrator.Role, tenantId == TenantDirectory.DefaultTenantId),
            MustChangePassword = administrator.MustChange,
        };
    }
}
