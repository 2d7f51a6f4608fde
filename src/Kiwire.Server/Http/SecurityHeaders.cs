using Microsoft.Extensions.Primitives;

namespace Kiwire.Server.Http;

/// <summary>What every answer tells a browser: not to guess types, not to run or frame anything, not to keep what the API says.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NothingRuns = "default-src 'none'; frame-ancestors 'none'";

    // A year, as browsers' preload lists want it at least.
    private const string StrictTransport = "max-age=31536000";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(Write, http);
        return next(http);
    }

    // As late as possible: an answer that is begun anew (a fault) loses the headers it had.
    private static Task Write(object state)
    {
        HttpContext http = (HttpContext)state;
        IHeaderDictionary headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (StringValues.IsNullOrEmpty(headers.ContentSecurityPolicy))
        {
            headers.ContentSecurityPolicy = http.Features.Get<ContentPolicy>()?.Value ?? NothingRuns;
        }

        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = StrictTransport;
        }

        if (StringValues.IsNullOrEmpty(headers.CacheControl))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
