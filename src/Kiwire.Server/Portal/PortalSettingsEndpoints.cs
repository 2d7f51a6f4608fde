using System.ComponentModel;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Portal;

/// <summary><c>/api/v1/portal</c>: the settings of the caller's captive portal.</summary>
internal static class PortalSettingsEndpoints
{
    public static void MapPortalSettings(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder portal = routes.MapGroup("/portal").WithTags("Portal");
        portal.MapGet("", Get).RequireScope(ApiScope.SettingsRead).WithSummary("Shows the captive portal's settings");
        portal.MapPatch("", UpdateAsync).RequireScope(ApiScope.SettingsWrite).WithSummary("Changes what is given of them");
    }

    private static Ok<PortalSettingsBody> Get(HttpContext http, PortalSettingsDirectory directory)
    {
        PortalSettings settings = directory.Of(http.Caller.TenantId);
        http.SetETag(settings.Version);
        return TypedResults.Ok(PortalSettingsBody.Of(settings));
    }

    private static async Task<Results<Ok<PortalSettingsBody>, ProblemHttpResult>> UpdateAsync(
        PortalSettingsRequest changes, HttpContext http, PortalSettingsDirectory directory, PortalSettingsRegister register, CancellationToken cancellationToken)
    {
        SaveOutcome outcome = await register.UpdateAsync(http.Caller.TenantId, changes.LoginHosts, changes.LandingUrl, http.IfMatch, cancellationToken);
        return outcome is SaveOutcome.Saved ? Get(http, directory) : Problems.Of(outcome, "portal", "settings");
    }
}

/// <summary>A portal's settings, as they are read.</summary>
internal sealed record PortalSettingsBody
{
    [Description("Hosts that guests' credentials may be handed to, besides the addresses of NAS entries and zones.")]
    public required IReadOnlyList<string> LoginHosts { get; init; }

    [Description("Where guests are sent who are online; empty: the portal says that they are.")]
    public required string LandingUrl { get; init; }

    public static PortalSettingsBody Of(PortalSettings settings) => new() { LoginHosts = settings.LoginHosts, LandingUrl = settings.LandingUrl };
}

/// <summary>Changes to a portal's settings; what is not given stays.</summary>
internal sealed record PortalSettingsRequest
{
    [Description("Names, *.names, addresses or prefixes, at most 100; they replace those that there were. Needed where a hotspot's login address is neither in a NAS entry nor in a zone: 10.5.50.1, login.example.net.")]
    public IReadOnlyList<string?>? LoginHosts { get; init; }

    [Description("http:// or https://; empty: the portal says that the guest is online.")]
    public string? LandingUrl { get; init; }
}
