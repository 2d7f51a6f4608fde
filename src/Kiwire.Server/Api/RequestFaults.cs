using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Api;

/// <summary>
/// What goes wrong outside of an endpoint's own words: paths that lead nowhere, bodies and parameters that cannot be read, a database that is
/// away. Neither a type's name nor a stack trace leaves the server.
/// </summary>
internal sealed partial class RequestFaults(RequestDelegate next, IOptions<JsonOptions> json, Database database, ILogger<RequestFaults> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await OfStatus(http).ExecuteAsync(http);
            }
        }
        catch (Exception e) when (!http.Response.HasStarted && ProblemOf(e, http) is { } problem)
        {
            http.Response.Clear();
            await problem.ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            LogFailed(logger, http.Request.Method, http.GetEndpoint()?.DisplayName ?? "no endpoint", e);
            http.Response.Clear();
            await Problems.Of(StatusCodes.Status500InternalServerError, "failed", "The server failed; its log says why.").ExecuteAsync(http);
        }
    }

    /// <summary>Words for an answer that has none: routing's own.</summary>
    private static ProblemHttpResult OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Problems.Of(StatusCodes.Status404NotFound, "not-found", $"There is nothing at {http.Request.Path}."),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(
            StatusCodes.Status405MethodNotAllowed, "method", $"{http.Request.Path} does not take {http.Request.Method}; it takes {http.Response.Headers.Allow}."),
        StatusCodes.Status413PayloadTooLarge => TooLarge(http),
        StatusCodes.Status415UnsupportedMediaType => InputRules.MediaType(),
        var status => Problems.Of(status, "refused", "The request was refused."),
    };

    /// <summary>413, with what the endpoint takes.</summary>
    public static ProblemHttpResult TooLarge(HttpContext http) => Problems.Of(
        StatusCodes.Status413PayloadTooLarge,
        "too-large",
        $"The body is too large; {http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize} octets is the most that this takes.");

    private ProblemHttpResult? ProblemOf(Exception exception, HttpContext http) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException fault } => Problems.Invalid(
            [JsonFaults.Describe(fault, http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType, json.Value.SerializerOptions)]),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(http),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => InputRules.MediaType(),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } =>
            Problems.Of(StatusCodes.Status408RequestTimeout, "too-slow", "The body came too slowly."),
        BadHttpRequestException bad => OfParameter(bad),
        IdempotencyConflictException => Problems.Conflict(
            "A request with this Idempotency-Key is being carried out, or was and its answer is not kept; nothing was done a second time. Look whether what you wanted is there."),
        // Any other is a fault of the statement, which does better no later.
        DbException away when database.Dialect.IsAway(away) => Problems.Of(
            StatusCodes.Status503ServiceUnavailable, "database-away", "The database cannot be used at the moment; nothing was changed. Try again later."),
        _ => null,
    };

    // "Failed to bind parameter "int? Limit" from "abc".": InputRules sees most of them before.
    private static ProblemHttpResult OfParameter(BadHttpRequestException bad)
    {
        if (Binding().Match(bad.Message) is { Success: true } binding)
        {
            return Problems.Invalid(
                JsonNamingPolicy.CamelCase.ConvertName(binding.Groups["name"].Value), $"is '{binding.Groups["value"].Value}', which is not of the right form.");
        }

        if (MissingParameter().Match(bad.Message) is { Success: true } missing && missing.Groups["source"].Value != "body")
        {
            return Problems.Invalid(JsonNamingPolicy.CamelCase.ConvertName(missing.Groups["name"].Value), "is missing.");
        }

        return bad.Message.Contains("body", StringComparison.Ordinal)
            ? Problems.Invalid("body", "is missing or null; a JSON object is wanted.")
            : Problems.Of(bad.StatusCode, "unreadable", "The request cannot be read as HTTP.");
    }

    [GeneratedRegex("""^Failed to bind parameter "\S+ (?<name>\S+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Binding();

    [GeneratedRegex("""^Required parameter "\S+ (?<name>\S+)" was not provided from (?<source>\w+)""", RegexOptions.Singleline)]
    private static partial Regex MissingParameter();

    [LoggerMessage(EventId = 800, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void LogFailed(ILogger logger, string method, string endpoint, Exception exception);
}
