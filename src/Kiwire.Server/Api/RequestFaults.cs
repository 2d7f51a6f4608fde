using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Api;

/// <summary>What goes wrong outside of an endpoint's own words: bodies and parameters that cannot be read, a database that is away.</summary>
internal sealed partial class RequestFaults(RequestDelegate next, ILogger<RequestFaults> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && ProblemOf(e) is { } problem)
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

    private static ProblemHttpResult? ProblemOf(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large =>
            Problems.Of(StatusCodes.Status413PayloadTooLarge, "too-large", large.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            Problems.Of(StatusCodes.Status415UnsupportedMediaType, "media-type", "The body must be JSON, with Content-Type: application/json."),
        BadHttpRequestException bad => OfParameter(bad),
        IdempotencyConflictException => Problems.Conflict(
            "A request with this Idempotency-Key is being carried out, or was and its answer is not kept; nothing was done a second time. Look whether what you wanted is there."),
        DbException => Problems.Of(
            StatusCodes.Status503ServiceUnavailable, "database-away", "The database cannot be used at the moment; nothing was changed. Try again later."),
        _ => null,
    };

    private static ProblemHttpResult OfJson(JsonException json)
    {
        string field = json.Path is { Length: > 2 } path ? path[2..] : "body";
        return Problems.Invalid(field, "cannot be read: " + FirstSentence().Match(json.Message).Value);
    }

    // "Failed to bind parameter "int? Limit" from "abc"."
    private static ProblemHttpResult OfParameter(BadHttpRequestException bad)
    {
        Match binding = Binding().Match(bad.Message);
        if (!binding.Success)
        {
            return Problems.Of(bad.StatusCode, "unreadable", bad.Message);
        }

        string wanted = binding.Groups["type"].Value.TrimEnd('?') switch
        {
            "int" or "long" => "a whole number in range",
            "bool" => "true or false",
            "decimal" or "double" => "a number",
            "DateTimeOffset" => "a moment such as 2030-12-31T18:00:00Z",
            var other => $"a {other}",
        };
        return Problems.Invalid(
            JsonNamingPolicy.CamelCase.ConvertName(binding.Groups["name"].Value), $"is '{binding.Groups["value"].Value}'; it must be {wanted}.");
    }

    [GeneratedRegex(@"^.*?(?=( Path: | LineNumber: |$))", RegexOptions.Singleline)]
    private static partial Regex FirstSentence();

    [GeneratedRegex("""^Failed to bind parameter "(?<type>\S+) (?<name>\S+)" from "(?<value>.*)"\.$""", RegexOptions.Singleline)]
    private static partial Regex Binding();

    [LoggerMessage(EventId = 800, Level = LogLevel.Error, Message = "{Method} {Endpoint} failed")]
    private static partial void LogFailed(ILogger logger, string method, string endpoint, Exception exception);
}
