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
/// what <see cref="ApiTokenStore"/> gave out; or a long-lived key (<see cref="ApiKeyStore"/>).
/// </summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TenantDirectory tenants,
    ApiTokenStore tokens,
    ApiKeyStore keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    private const string TokenPrefix = "kwt_";

    /// <summary>A token as clients of /api/v1 send it.</summary>
    public static string ToBearer(long tenantId, string token) => string.Create(CultureInfo.InvariantCulture, $"{TokenPrefix}{tenantId:x}_{token}");

    /// <summary>What a request was sent with; empty: nothing.</summary>
    public static string Read(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : "";
    }

    /// <summary>The tenant and the token in what <see cref="ToBearer"/> made.</summary>
    public static bool TryReadToken(string bearer, out long tenantId, out string token) => TryRead(bearer, TokenPrefix, out tenantId, out token);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string bearer = Read(Request);
        if (bearer.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (await FindCallerAsync(bearer) is not { } caller)
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
        if (TryReadToken(bearer, out long tenantId, out string token) && IsActive(tenantId))
        {
            return await tokens.FindAsync(tenantId, token, Context.RequestAborted) is { } administrator ? CallerOf(administrator) : null;
        }

        return TryRead(bearer, ApiKeyStore.Prefix, out tenantId, out _) && IsActive(tenantId)
            && await keys.UseAsync(tenantId, bearer, Context.RequestAborted) is { } key
            ? new Caller { TenantId = tenantId, Name = AdministratorValidator.KeyPrefix + key.Name, Scopes = key.Scopes }
            : null;
    }

    private bool IsActive(long tenantId) => tenants.TryGet(tenantId, out Tenant? tenant) && tenant.Active;

    private static Caller CallerOf(Administrator administrator) => new()
    {
        TenantId = administrator.TenantId,
        Name = administrator.Username,
        AdministratorId = administrator.AdministratorId,
        Scopes = ApiScope.OfRole(administrator.Role, administrator.TenantId == TenantDirectory.DefaultTenantId),
        MustChangePassword = administrator.MustChange,
    };

    private static bool TryRead(string bearer, string prefix, out long tenantId, out string token)
    {
        tenantId = 0;
        token = "";
        if (!bearer.StartsWith(prefix, StringComparison.Ordinal)
            || bearer.Split('_') is not [_, var tenantText, var text]
            || !long.TryParse(tenantText, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out tenantId))
        {
            return false;
        }

        token = text;
        return true;
    }
}
