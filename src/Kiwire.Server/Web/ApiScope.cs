using System.Collections.Frozen;

namespace Kiwire.Server.Web;

/// <summary>
/// What a caller of /api/v1 may do: <c>area:read</c> or <c>area:write</c>; write holds read. A long-lived key has a list of them, an
/// administrator those of the role.
/// </summary>
internal static class ApiScope
{
    public const string AccountsRead = "accounts:read";
    public const string AccountsWrite = "accounts:write";
    public const string NetworkRead = "network:read";
    public const string NetworkWrite = "network:write";
    public const string SessionsRead = "sessions:read";
    public const string SessionsWrite = "sessions:write";
    public const string DevicesRead = "devices:read";
    public const string DevicesWrite = "devices:write";
    public const string SettingsRead = "settings:read";
    public const string SettingsWrite = "settings:write";
    public const string AdministratorsRead = "administrators:read";
    public const string AdministratorsWrite = "administrators:write";
    public const string SmsRead = "sms:read";
    public const string SmsWrite = "sms:write";
    public const string AuditRead = "audit:read";

    /// <summary>Only callers of the tenant <c>default</c>, which runs the installation, have it: it is about the server with all of its tenants.</summary>
    public const string ServerRead = "server:read";

    /// <summary>Only an administrator of the tenant <c>default</c>, in the role administrator, has these: they are about other tenants.</summary>
    public const string TenantsRead = "tenants:read";
    public const string TenantsWrite = "tenants:write";

    /// <summary>The name of the claim that holds one scope.</summary>
    public const string ClaimType = "scope";

    private static readonly string[] OfReadOnly =
        [AccountsRead, NetworkRead, SessionsRead, DevicesRead, SettingsRead, SmsRead];

    private static readonly string[] OfOperator =
        [.. OfReadOnly, AccountsWrite, SessionsWrite, DevicesWrite, SmsWrite];

    private static readonly string[] OfAdministrator =
        [.. OfOperator, NetworkWrite, SettingsWrite, AdministratorsRead, AdministratorsWrite, AuditRead];

    /// <summary>Every scope that a key may be given.</summary>
    public static FrozenSet<string> All { get; } = [.. OfAdministrator, ServerRead];

    /// <summary>The scopes of a role; none for a role that is not known.</summary>
    /// <param name="role">administrator, operator or read-only.</param>
    /// <param name="ofDefaultTenant">Whether the administrator belongs to the tenant <c>default</c>, which runs the installation.</param>
    public static IReadOnlyList<string> OfRole(string role, bool ofDefaultTenant) => role switch
    {
        "administrator" => ofDefaultTenant ? [.. OfAdministrator, ServerRead, TenantsRead, TenantsWrite] : OfAdministrator,
        "operator" => ofDefaultTenant ? [.. OfOperator, ServerRead] : OfOperator,
        "read-only" => ofDefaultTenant ? [.. OfReadOnly, ServerRead] : OfReadOnly,
        _ => [],
    };

    /// <summary>Whether these scopes hold the wanted one: itself, or the same area's write where read is wanted.</summary>
    public static bool Holds(IReadOnlyCollection<string> scopes, string wanted) =>
        scopes.Contains(wanted)
        || (wanted.EndsWith(":read", StringComparison.Ordinal) && scopes.Contains(wanted[..^"read".Length] + "write"));

    /// <summary>Lets only callers through that have the scope; others get 401 or 403.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder
            .RequireAuthorization(policy => policy.RequireAssertion(context =>
                context.Resource is HttpContext http && http.Features.Get<Caller>() is { MustChangePassword: false } caller && Holds(caller.Scopes, scope)))
            .WithMetadata(new RequiredScope(scope));
}

/// <summary>On an endpoint: the scope that a caller needs; the OpenAPI document says it.</summary>
internal sealed record RequiredScope(string Scope);
