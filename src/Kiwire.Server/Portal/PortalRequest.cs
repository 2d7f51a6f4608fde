using System.Net;
using System.Text;
using Kiwire.Server.Http;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.Features;

namespace Kiwire.Server.Portal;

/// <summary>What every request to the portal begins with: whose it is, in which language, and how much of it is read.</summary>
internal sealed class PortalRequest(
    TenantDirectory tenants, SmsPolicyDirectory policies, PortalLanguages languages, PortalLogos logos, RequestRates rates)
{
    /// <summary>The longest body, in octets.</summary>
    public const int LargestBody = 16 * 1024;

    private const int MostFields = 64;

    /// <summary>Where in a path <c>/portal/{cloud_id}</c> the cloud id stands.</summary>
    private const int CloudIdSegment = 1;

    private static readonly SmsPolicy None = new();

    /// <summary>The portal that a request is for.</summary>
    /// <param name="http">The request.</param>
    /// <param name="chosen">The language that the guest has chosen; null: none.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async ValueTask<PortalScene> SceneAsync(HttpContext http, string? chosen)
    {
        string cloudId = http.PathName(CloudIdSegment);
        Tenant? tenant = tenants.TryGetByCloudId(cloudId, out Tenant? found) && found.Active ? found : null;
        SmsPolicy policy = tenant is null ? None : policies.Of(tenant.TenantId);
        PortalLanguage language = languages.Choose(chosen, http.Request.Headers.AcceptLanguage, policy.PortalLanguage);
        return new PortalScene
        {
            Tenant = tenant,
            Path = $"/portal/{Uri.EscapeDataString(tenant?.CloudId ?? cloudId)}",
            Language = language,
            Languages = languages.All,
            HasChosen = chosen == language.Code,
            Policy = policy,
            HasLogo = tenant is not null && await logos.GetAsync(tenant.TenantId, policy.ConnectorId, http.RequestAborted) is not null,
        };
    }

    /// <summary>The rate of what costs something.</summary>
    /// <returns>Seconds to wait; 0: none.</returns>
    public int SecondsToWait(HttpContext http) => rates.PassesPortal(http, out int seconds) ? 0 : seconds;

    /// <summary>Reads a form; null: it is none, or too large.</summary>
    public static async Task<IFormCollection?> ReadFormAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        if (RefusedBody.IsClaimed(http))
        {
            await RefusedBody.ThrowAwayAsync(http);
            return null;
        }

        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            return await http.Request.ReadFormAsync(new FormOptions { ValueCountLimit = MostFields, KeyLengthLimit = 256, ValueLengthLimit = LargestBody, BufferBodyLengthLimit = LargestBody }, http.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The guest's address, as it was seen.</summary>
    public static IPAddress AddressOf(HttpContext http) => http.Connection.RemoteIpAddress is { } address
        ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address
        : IPAddress.None;

    /// <summary>Reads a number as the tenant's guests write theirs.</summary>
    public static bool TryReadPhone(SmsPolicy policy, string? text, out PhoneNumber phone, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? fault) =>
        PhoneNumber.TryParse(text, policy.DefaultCountry.Length > 0 ? policy.DefaultCountry : null, out phone, out fault);

    /// <summary>Whether a number is one of some country, and does not say of which: any will do to see that.</summary>
    public static bool LacksCountry(string text) => !PhoneNumber.TryParse(text, out _) && PhoneNumber.TryParse(text, "MY", out _, out _);
}

/// <summary>Answers with a page.</summary>
internal sealed class PortalAnswer(PortalScene scene, Html page, int status = StatusCodes.Status200OK, params Uri[] formTargets) : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.ContentSecurityPolicy = PortalLayout.Policy(formTargets);
        http.Response.Headers.ContentLanguage = scene.Language.Tag;
        http.Response.Headers.Vary = "Accept-Language";
        byte[] octets = Encoding.UTF8.GetBytes(page.ToString());
        http.Response.ContentLength = octets.Length;
        await http.Response.Body.WriteAsync(octets, http.RequestAborted);
    }
}
