namespace Kiwire.Server.Http;

/// <summary>On an endpoint whose answer is a page: its Content-Security-Policy, instead of the one that lets nothing run.</summary>
internal sealed record ContentPolicy(string Value)
{
    /// <summary>Keeps it for <see cref="SecurityHeaders"/>: what serves a page's files takes the endpoint off the request.</summary>
    public static Task Enter(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ContentPolicy>() is { } policy)
        {
            http.Features.Set(policy);
        }

        return next(http);
    }
}
