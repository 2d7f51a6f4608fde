using System.Text;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.Features;

namespace Kiwire.Server.Api;

/// <summary>
/// A request's target under /api/v1 must say one thing: percent signs are followed by two hexadecimal digits and give UTF-8 without control
/// characters, and no segment is <c>.</c> or <c>..</c>, which clients and servers take out of paths before a name could be read.
/// </summary>
internal sealed class TargetRules(RequestDelegate next)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments("/api") && FindFault(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget) is { } fault)
        {
            await Problems.Invalid(fault.Part, fault.Fault).ExecuteAsync(http);
            return;
        }

        await next(http);
    }

    private static (string Part, string Fault)? FindFault(string target)
    {
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        string path = RouteName.PathOf(target);
        foreach (string segment in path.Split('/'))
        {
            if (FindFault(segment, out string text) is { } fault)
            {
                return ("path", fault);
            }

            if (text is "." or "..")
            {
                return ("path", $"has the segment '{text}', which cannot be in one: nothing of this name can be addressed.");
            }
        }

        return mark >= 0 && FindFault(target[(mark + 1)..], out _) is { } inQuery ? ("query", inQuery) : null;
    }

    private static string? FindFault(string encoded, out string text)
    {
        text = encoded;
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        for (int at = encoded.IndexOf('%', StringComparison.Ordinal); at >= 0; at = encoded.IndexOf('%', at + 1))
        {
            if (at + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[at + 1]) || !char.IsAsciiHexDigit(encoded[at + 2]))
            {
                return $"has '{encoded[at..Math.Min(at + 3, encoded.Length)]}', which is no octet in percent encoding; a percent sign itself is %25.";
            }
        }

        try
        {
            text = StrictUtf8.GetString(Decode(encoded));
        }
        catch (DecoderFallbackException)
        {
            return "is not UTF-8 in percent encoding.";
        }

        return text.Contains('\0', StringComparison.Ordinal) ? "holds a NUL character." : null;
    }

    private static byte[] Decode(string encoded)
    {
        List<byte> octets = new(encoded.Length);
        for (int i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%')
            {
                octets.Add(Convert.FromHexString(encoded.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                octets.AddRange(Encoding.UTF8.GetBytes(encoded, i, 1));
            }
        }

        return [.. octets];
    }
}
