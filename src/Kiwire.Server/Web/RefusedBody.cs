using Microsoft.AspNetCore.Http.Features;

namespace Kiwire.Server.Web;

/// <summary>
/// A body that is too large and will not be read: a client that is still sending it when the connection closes gets a reset, and never reads
/// why. So it is taken in and thrown away, up to a bound; past that the connection closes.
/// </summary>
internal static class RefusedBody
{
    /// <summary>The most that is thrown away, in octets.</summary>
    public const long Most = 16 << 20;

    /// <summary>Whether the length that the client claims is more than may be read here.</summary>
    public static bool IsClaimed(HttpContext http) =>
        http.Request.ContentLength is { } length && http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } most && length > most;

    /// <summary>Takes in what is left of the body, before the answer.</summary>
    public static async Task ThrowAwayAsync(HttpContext http)
    {
        if (http.Request.ContentLength > Most)
        {
            return;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Most;
        }

        try
        {
            byte[] buffer = new byte[16384];
            long taken = 0;
            int read;
            while (taken <= Most && (read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
            {
                taken += read;
            }
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException)
        {
            // It broke off, came too slowly, or is larger still: the answer is tried all the same.
        }
    }
}
