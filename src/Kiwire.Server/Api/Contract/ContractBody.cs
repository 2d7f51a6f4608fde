using System.Net;
using System.Text;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Kiwire.Server.Api.Contract;

/// <summary>Reads a request's parameters from its body: a form, or its multipart kind, which PHP's curl makes of an array.</summary>
internal static class ContractBody
{
    /// <summary>The most octets of a body.</summary>
    public const int LargestOctets = 1 << 20;

    private const int MostParameters = 1000;
    private const int LongestBoundary = 200;

    /// <summary>The parameters, or what keeps them from being read.</summary>
    public static async Task<(ContractParameters Parameters, string? Fault)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ContractParameters parameters = new();
        if (await ReadOctetsAsync(request, cancellationToken) is not { } body)
        {
            return (parameters, $"The body has more than {LargestOctets} octets; that is the most.");
        }

        string? fault = null;
        if (body.Length > 0)
        {
            _ = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type);
            fault = type switch
            {
                _ when FindCharsetFault(type) is { } charset => charset,
                _ when Is(type, "application/x-www-form-urlencoded") => ReadForm(body, parameters),
                _ when Is(type, "multipart/form-data") => await ReadMultipartAsync(body, HeaderUtilities.RemoveQuotes(type!.Boundary).ToString(), parameters, cancellationToken),
                _ => $"Content-Type is '{ContractParameters.Shown(request.ContentType ?? "")}'; it must be application/x-www-form-urlencoded or multipart/form-data.",
            };
        }

        return (parameters, fault);
    }

    /// <summary>Null: there are too many.</summary>
    private static async Task<byte[]?> ReadOctetsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestOctets)
        {
            await RefusedBody.ThrowAwayAsync(request.HttpContext);
            return null;
        }

        // It grows with what has come: a length that is only claimed costs nothing.
        using MemoryStream body = new();
        byte[] buffer = new byte[16384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestOctets)
            {
                await RefusedBody.ThrowAwayAsync(request.HttpContext);
                return null;
            }
        }

        return body.ToArray();
    }

    private static bool Is(MediaTypeHeaderValue? type, string wanted) => type is not null && type.MediaType.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static string? FindCharsetFault(MediaTypeHeaderValue? type)
    {
        string charset = HeaderUtilities.RemoveQuotes(type?.Charset ?? default).ToString();
        return charset.ToUpperInvariant() is "" or "UTF-8" or "UTF8" or "US-ASCII"
            ? null
            : $"Content-Type has the charset '{ContractParameters.Shown(charset)}'; it must be utf-8.";
    }

    private static string? ReadForm(byte[] body, ContractParameters parameters)
    {
        int count = 0;
        foreach (Range range in body.AsSpan().Split((byte)'&'))
        {
            (int offset, int length) = range.GetOffsetAndLength(body.Length);
            if (length == 0)
            {
                continue;
            }

            if (++count > MostParameters)
            {
                return TooMany;
            }

            int equals = body.AsSpan(offset, length).IndexOf((byte)'=');
            int nameLength = equals < 0 ? length : equals;
            byte[] value = equals < 0 ? [] : Decode(body, offset + equals + 1, length - equals - 1);
            parameters.Add(Encoding.UTF8.GetString(Decode(body, offset, nameLength)), value);
        }

        return null;
    }

    private static byte[] Decode(byte[] body, int offset, int length) => length == 0 ? [] : WebUtility.UrlDecodeToBytes(body, offset, length) ?? [];

    private static async Task<string?> ReadMultipartAsync(byte[] body, string boundary, ContractParameters parameters, CancellationToken cancellationToken)
    {
        if (boundary.Length is 0 or > LongestBoundary)
        {
            return $"Content-Type has a boundary of {boundary.Length} characters; it must have 1 to {LongestBoundary}.";
        }

        try
        {
            MultipartReader reader = new(boundary, new MemoryStream(body)) { BodyLengthLimit = LargestOctets };
            int count = 0;
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (++count > MostParameters)
                {
                    return TooMany;
                }

                string name = HeaderUtilities.RemoveQuotes(section.GetContentDispositionHeader()?.Name ?? default).ToString();
                if (name.Length == 0)
                {
                    return "The multipart body has a part without a name; each must have Content-Disposition: form-data; name=\"…\".";
                }

                using MemoryStream value = new();
                await section.Body.CopyToAsync(value, cancellationToken);
                parameters.Add(name, value.ToArray());
            }

            return null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return "The multipart body cannot be read: it ends too early, or its parts are not as Content-Type says.";
        }
    }

    private static string TooMany => $"The body has more than {MostParameters} parameters; that is the most.";
}
