using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;

namespace Kiwire.Server.Api;

/// <summary>
/// <c>Idempotency-Key</c> on a POST of /api/v1: sent again within 24 hours, it is answered as the first time, and nothing is done twice. The
/// key is taken in the transaction of what the request changes, so that not even a crash between the two can do it twice.
/// </summary>
internal sealed partial class IdempotencyKeys(RequestDelegate next, IdempotencyStore store, ILogger<IdempotencyKeys> logger)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;
    private const int LargestBody = 1 << 20;

    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag"];

    public async Task InvokeAsync(HttpContext http)
    {
        string key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || http.Features.Get<Caller>() is not { } caller)
        {
            await next(http);
            return;
        }

        if (key.Length > LongestKey || key.Any(c => c is < ' ' or > '~'))
        {
            await Problems.Invalid(Header, $"has {key.Length} characters; it must have 1 to {LongestKey}, printable ASCII.").ExecuteAsync(http);
            return;
        }

        if (await TryHashAsync(http) is not { } hash)
        {
            await Problems.Of(
                StatusCodes.Status413PayloadTooLarge,
                "too-large",
                $"A request with an Idempotency-Key may have {LargestBody} octets. An import needs none: with onExisting=skip it can be repeated.").ExecuteAsync(http);
            return;
        }

        if (await store.FindAsync(caller.TenantId, caller.Name, key, http.RequestAborted) is { } earlier)
        {
            await AnswerAgainAsync(http, earlier, hash);
            return;
        }

        IdempotencyClaim claim = new(key, hash);
        ChangeAuthor.Current!.Claim = claim;
        await CarryOutAsync(http, caller, claim);
    }

    private async Task CarryOutAsync(HttpContext http, Caller caller, IdempotencyClaim claim)
    {
        Stream wire = http.Response.Body;
        using MemoryStream kept = new();
        http.Response.Body = kept;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = wire;
        }

        if (claim.IsTaken && kept.Length <= LargestBody)
        {
            Dictionary<string, string> headers = KeptHeaders
                .Where(name => http.Response.Headers.ContainsKey(name))
                .ToDictionary(name => name, name => http.Response.Headers[name].ToString());
            try
            {
                await store.SaveAsync(
                    caller.TenantId, caller.Name, claim.Key, http.Response.StatusCode, JsonSerializer.Serialize(headers), kept.ToArray(), CancellationToken.None);
            }
            catch (DbException e)
            {
                // What was asked for is done all the same, and that is the answer.
                LogNotKept(logger, e.Message);
            }
        }

        kept.Position = 0;
        await kept.CopyToAsync(wire, http.RequestAborted);
    }

    private static async Task AnswerAgainAsync(HttpContext http, IdempotentAnswer earlier, string hash)
    {
        if (earlier.RequestHash != hash)
        {
            await Problems.Of(
                StatusCodes.Status422UnprocessableEntity, "idempotency-key", "This Idempotency-Key came with another request before; use a new one for each.").ExecuteAsync(http);
            return;
        }

        if (earlier.Status is not { } status)
        {
            throw new IdempotencyConflictException();
        }

        http.Response.StatusCode = status;
        foreach ((string name, string value) in JsonSerializer.Deserialize<Dictionary<string, string>>(earlier.Headers) ?? [])
        {
            http.Response.Headers[name] = value;
        }

        http.Response.Headers["Idempotency-Replayed"] = "true";
        await http.Response.Body.WriteAsync(earlier.Body, http.RequestAborted);
    }

    /// <summary>Null: the body is too large. It is kept in memory meanwhile, and not on disc: it may hold passwords.</summary>
    private static async Task<string?> TryHashAsync(HttpContext http)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n"));
        MemoryStream body = new();
        byte[] buffer = new byte[16384];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestBody)
            {
                await RefusedBody.ThrowAwayAsync(http);
                return null;
            }

            hash.AppendData(buffer.AsSpan(0, read));
        }

        body.Position = 0;
        http.Request.Body = body;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    [LoggerMessage(EventId = 811, Level = LogLevel.Warning, Message = "The answer to a request with an Idempotency-Key was given and could not be kept; sent again, it is answered 409: {Fault}")]
    private static partial void LogNotKept(ILogger logger, string fault);
}
