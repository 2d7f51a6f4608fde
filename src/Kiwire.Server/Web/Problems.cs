using Kiwire.Server.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Web;

/// <summary>What /api/v1 answers when it does not do what was asked: problem details (RFC 9457), in words for who must act on them.</summary>
internal static class Problems
{
    private const string TypePrefix = "urn:kiwire:problem:";

    /// <summary>400: fields are wrong; <c>errors</c> has a list of sentences for each.</summary>
    public static ProblemHttpResult Invalid(IReadOnlyList<FieldFault> faults) => TypedResults.Problem(
        title: "The request has faults; nothing was changed.",
        detail: string.Join(' ', faults.Select(fault => fault.Message)),
        statusCode: StatusCodes.Status400BadRequest,
        type: TypePrefix + "invalid",
        extensions: new Dictionary<string, object?>
        {
            ["errors"] = faults.GroupBy(fault => fault.Field).ToDictionary(field => field.Key, field => field.Select(fault => fault.Message).ToArray()),
        });

    /// <summary>400: one field is wrong.</summary>
    public static ProblemHttpResult Invalid(string field, string fault) => Invalid([new FieldFault(field, fault)]);

    /// <summary>400: what was sent has so many faults that the answer tells of them in its own form.</summary>
    /// <param name="detail">What is wrong on the whole.</param>
    /// <param name="report">What there is to say; it is the answer's <c>report</c>.</param>
    public static ProblemHttpResult Refused(string detail, object report) => TypedResults.Problem(
        title: "The request has faults; nothing was changed.",
        detail: detail,
        statusCode: StatusCodes.Status400BadRequest,
        type: TypePrefix + "invalid",
        extensions: new Dictionary<string, object?> { ["report"] = report });

    /// <summary>404.</summary>
    /// <param name="kind">What sort of thing: account, zone ...</param>
    /// <param name="name">Which.</param>
    public static ProblemHttpResult NotFound(string kind, string name) =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no {kind} '{name}'.");

    /// <summary>409: there is one of that name.</summary>
    public static ProblemHttpResult Exists(string kind, string name) =>
        Of(StatusCodes.Status409Conflict, "exists", $"There is a {kind} '{name}' already.");

    /// <summary>409: something else stands against it.</summary>
    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "conflict", detail);

    /// <summary>412: somebody else changed it since the caller read it.</summary>
    public static ProblemHttpResult Stale(string kind, string name) => Of(
        StatusCodes.Status412PreconditionFailed, "stale", $"The {kind} '{name}' was changed since you read it. Read it again, and send If-Match with its new ETag.");

    /// <summary>403.</summary>
    public static ProblemHttpResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "forbidden", detail);

    /// <summary>What became of a create or update that was not saved.</summary>
    /// <param name="outcome">Not <see cref="SaveOutcome.Saved"/>.</param>
    /// <param name="kind">What sort of thing.</param>
    /// <param name="name">Which.</param>
    public static ProblemHttpResult Of(SaveOutcome outcome, string kind, string name) => outcome switch
    {
        SaveOutcome.Refused refused => Invalid(refused.Faults),
        SaveOutcome.Exists => Exists(kind, name),
        SaveOutcome.Stale => Stale(kind, name),
        SaveOutcome.InUse inUse => Conflict($"The {kind} '{name}' is used by {inUse.By}; choose another one there first."),
        SaveOutcome.Missing => NotFound(kind, name),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "It was saved."),
    };

    /// <summary>Any other.</summary>
    public static ProblemHttpResult Of(int status, string type, string detail) =>
        TypedResults.Problem(detail: detail, statusCode: status, type: TypePrefix + type);
}
