using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Kiwire.Server.Api;

/// <summary>The OpenAPI document of /api/v1: what the endpoints themselves cannot tell of it.</summary>
internal static class OpenApiForm
{
    private const string Security = "bearer";

    /// <summary>Shapes the document.</summary>
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.CreateSchemaReferenceId = NameSchema;
        options.AddOperationTransformer((operation, context, _) =>
        {
            Shape(operation, context);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            ShapeText(schema, context);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            OperationNames.Separate(document);
            Shape(document);
            return Task.CompletedTask;
        });
    }

    // ZoneBody is a Zone to who reads it, and Page<ZoneBody> a ZonePage.
    private static string? NameSchema(JsonTypeInfo type) =>
        type.Type is { IsGenericType: true } page && page.GetGenericTypeDefinition() == typeof(Page<>)
            ? WithoutBody(page.GenericTypeArguments[0].Name) + "Page"
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? WithoutBody(name) : null;

    private static string WithoutBody(string name) => name.EndsWith("Body", StringComparison.Ordinal) ? name[..^"Body".Length] : name;

    // What a converter of ours reads (TextConverter) is a form unknown to the schema's writer.
    private static void ShapeText(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.JsonTypeInfo.Type == typeof(string))
        {
            bool nullable = context.JsonPropertyInfo?.IsGetNullable == true;
            schema.Type ??= nullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        }
        else if (context.JsonTypeInfo.ElementType == typeof(string))
        {
            OpenApiSchema text = new() { Type = JsonSchemaType.String };
            if (context.JsonTypeInfo.Kind is JsonTypeInfoKind.Dictionary)
            {
                schema.AdditionalProperties ??= text;
            }
            else
            {
                schema.Items ??= text;
            }
        }
        else if (context.JsonTypeInfo.Type.IsEnum)
        {
            schema.Type ??= JsonSchemaType.String;
        }
    }

    private static void Shape(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        string path = "/" + context.Description.RelativePath;
        string method = context.Description.HttpMethod ?? "";
        operation.OperationId ??= OperationNames.Of(metadata.OfType<MethodInfo>().First().Name, method, path);
        if (metadata.OfType<FileBody>().FirstOrDefault() is { } file)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = file.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } }),
            };
        }

        foreach (OpenApiParameter parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.In is ParameterLocation.Query)
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
            }
            else if (parameter.In is ParameterLocation.Path)
            {
                parameter.Description ??= "Percent-encoded as a path's segment is: a slash is %2F.";
            }
        }

        bool open = metadata.OfType<IAllowAnonymous>().Any();
        if (!open)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Security, context.Document)] = [] }];
        }

        if (metadata.OfType<RequiredScope>().LastOrDefault() is { } required)
        {
            operation.Description = string.Join("\n\n", new[] { operation.Description, $"Needs the scope `{required.Scope}`." }.Where(text => !string.IsNullOrEmpty(text)));
        }

        AddHeaders(operation, method, path, open, context.Document!);
        AddProblems(operation, method, path, open, context.Document!);
    }

    private static void AddHeaders(OpenApiOperation operation, string method, string path, bool open, OpenApiDocument document)
    {
        operation.Parameters ??= [];
        if (method is "PATCH" or "PUT" or "DELETE")
        {
            operation.Parameters.Add(new OpenApiParameterReference(OpenApiParts.IfMatch, document));
        }

        if (method is "POST" && !open)
        {
            operation.Parameters.Add(new OpenApiParameterReference(OpenApiParts.IdempotencyKey, document));
        }

        foreach ((string status, IOpenApiResponse response) in operation.Responses ?? [])
        {
            if (response is OpenApiResponse given && (status is "201" || (status is "200" && method is "GET" or "PATCH" or "PUT" && path.EndsWith('}'))))
            {
                given.Headers ??= new Dictionary<string, IOpenApiHeader>();
                given.Headers["ETag"] = new OpenApiHeaderReference(OpenApiParts.ETag, document);
                if (status is "201")
                {
                    given.Headers["Location"] = new OpenApiHeaderReference(OpenApiParts.Location, document);
                }
            }
        }
    }

    private static void AddProblems(OpenApiOperation operation, string method, string path, bool open, OpenApiDocument document)
    {
        operation.Responses ??= [];
        bool writes = method is not "GET";
        (int Status, bool Applies)[] problems =
        [
            (400, true), (401, true), (403, !open), (404, path.Contains('{', StringComparison.Ordinal)), (409, writes && !open), (412, writes && method is not "POST"),
            (413, operation.RequestBody is not null), (415, operation.RequestBody is not null), (422, method is "POST" && !open), (429, true), (503, true),
        ];
        foreach ((int status, _) in problems.Where(problem => problem.Applies))
        {
            operation.Responses[status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponseReference(OpenApiParts.ProblemNames[status], document);
        }
    }

    private static void Shape(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Kiwire",
            Version = "1",
            Description =
                """
                Everything that an operator of Kiwire sets or reads.

                Log in by `POST /api/v1/login`, or make a long-lived key by `POST /api/v1/keys`, and send the token as `Authorization: Bearer`. Everything is about the
                tenant that the token belongs to. Errors are problem details (RFC 9457); `errors` has the faults of each field, and nothing was changed. Lists
                come in pages: send a page's `next` as `cursor`. Every thing has an `ETag`: sent as `If-Match`, it keeps a change from undoing somebody else's.
                A `POST` with an `Idempotency-Key` can be sent again within 24 hours, and is carried out once. Moments are ISO 8601 in UTC; ids are strings.
                """.ReplaceLineEndings("\n"),
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Security] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token from POST /api/v1/login, good for 20 minutes, or a key from POST /api/v1/keys.",
            },
        };
        OpenApiParts.AddTo(document);
    }
}
