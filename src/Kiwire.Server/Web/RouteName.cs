using Microsoft.AspNetCore.Http.Features;

namespace Kiwire.Server.Web;

/// <summary>
/// Names in paths: an account may be called <c>guest/7</c>. Routing leaves <c>%2F</c> as it is and decodes all else, so that a name with a
/// percent sign could not be told from it; the request's own target can.
/// </summary>
internal static class RouteName
{
    extension(HttpContext http)
    {
        /// <summary>The path's <paramref name="index"/>-th segment as the client meant it; empty: there is none. 0 is the first.</summary>
        public string PathName(int index) => http.PathNames is { } names && index < names.Length ? names[index] : "";

        /// <summary>All of the path's segments as the client meant them; none is empty.</summary>
        public string[] PathNames =>
            Array.ConvertAll(PathOf(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget).Split('/', StringSplitOptions.RemoveEmptyEntries), Uri.UnescapeDataString);
    }

    /// <summary>The path in a request's target, which may be a whole address (RFC 9112, 3.2.2), as it was sent.</summary>
    public static string PathOf(string target)
    {
        int query = target.IndexOf('?', StringComparison.Ordinal);
        string path = query < 0 ? target : target[..query];
        int authority = path.StartsWith('/') ? -1 : path.IndexOf("://", StringComparison.Ordinal);
        int begin = authority < 0 ? 0 : path.IndexOf('/', authority + 3);
        return begin < 0 ? "" : path[begin..];
    }
}
