using System.Collections.Frozen;
using Microsoft.OpenApi;

namespace Kiwire.Server.Api;

/// <summary>What operations of the OpenAPI document share: problems, headers.</summary>
internal static class OpenApiParts
{
    public const string IfMatch = "IfMatch";
    public const string IdempotencyKey = "IdempotencyKey";
    public const string ETag = "ETag";
    public const string Location = "Location";

    private const string Problem = "Problem";
    private const string RetryAfter = "RetryAfter";

    private static readonly (int Status, string Name, string Description)[] Problems =
    [
        (400, "Invalid", "Fields or parameters are wrong, each with its fault in errors; nothing was changed."),
        (401, "Unauthenticated", "There is no token, or it is not known, or its time is over."),
        (403, "Forbidden", "The caller does not have the scope, or must change a temporary password first."),
        (404, "NotFound", "There is no such thing."),
        (409, "Conflict", "There is one of that name, or something else stands against it; nothing was changed."),
        (412, "Stale", "If-Match names a version that is no longer the current one; nothing was changed."),
        (413, "TooLarge", "The body is larger than this takes."),
        (415, "MediaType", "The body is not of a type that this takes."),
        (422, "OtherRequest", "The Idempotency-Key came with another request before; nothing was done."),
        (429, "TooMany", "Too many requests; Retry-After says when the next is taken."),
        (503, "Unavailable", "The database cannot be used at the moment; nothing was changed."),
    ];

    /// <summary>The response of a status, by its name among the components.</summary>
    public static FrozenDictionary<int, string> ProblemNames { get; } = Problems.ToFrozenDictionary(problem => problem.Status, problem => problem.Name);

    public static void AddTo(OpenApiDocument document)
    {
        OpenApiComponents components = document.Components!;
        components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        components.Schemas[Problem] = ProblemSchema();
        components.Headers = new Dictionary<string, IOpenApiHeader>
        {
            [ETag] = new OpenApiHeader { Description = "The version shown, for If-Match.", Schema = Text() },
            [Location] = new OpenApiHeader { Description = "Where what was made is.", Schema = Text() },
            [RetryAfter] = new OpenApiHeader { Description = "In how many seconds to try again.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
        };
        components.Parameters = new Dictionary<string, IOpenApiParameter>
        {
            [IfMatch] = new OpenApiParameter
            {
                Name = "If-Match",
                In = ParameterLocation.Header,
                Description = "An ETag: the change is made only if that is still the current version.",
                Schema = Text(),
            },
            [IdempotencyKey] = new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = "1 to 255 printable ASCII characters; sent again within 24 hours, the request is answered as before and not carried out twice.",
                Schema = Text(),
            },
        };
        components.Responses = Problems.ToDictionary(problem => problem.Name, IOpenApiResponse (problem) => Response(problem.Status, problem.Description, document));
    }

    private static OpenApiResponse Response(int status, string description, OpenApiDocument document)
    {
        OpenApiResponse response = new()
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Problem, document) },
            },
        };
        if (status is StatusCodes.Status429TooManyRequests)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = new OpenApiHeaderReference(RetryAfter, document) };
        }

        return response;
    }

    private static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why something was not done (RFC 9457).",
        Required = new HashSet<string> { "type", "title", "status" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("What sort of problem: urn:kiwire:problem: and a word."),
            ["title"] = Text("The sort in words."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What is wrong and what would be right."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "For each field that is wrong, its faults.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text() },
            },
            ["traceId"] = Text("Finds the request in the server's log."),
        },
    };

    private static OpenApiSchema Text(string? description = null) => new() { Type = JsonSchemaType.String, Description = description };
}
