using System.Security.Cryptography;
using Kiwire.Server.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Kiwire.Server.Api;

/// <summary>The OpenAPI document at /openapi/v1.json, and the page to read and try it by at /docs. They tell nothing of any tenant.</summary>
internal static class DocumentationPages
{
    public const string DocumentName = "v1";

    private const string DocumentPath = "/openapi/v1.json";

    /// <summary>What the page's own files need, and nothing from elsewhere.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        // It is the same for everybody, and costs much more to make than to send.
        Lazy<Task<Document>> document = new(() => MakeAsync(routes.ServiceProvider));
        routes.MapGet(DocumentPath, async () =>
        {
            Document made = await document.Value;
            return TypedResults.Bytes(made.Octets, "application/json; charset=utf-8", entityTag: made.Tag);
        }).ExcludeFromDescription();
        routes.MapSwaggerUI("docs", page =>
        {
            page.DocumentTitle = "Kiwire API";
            page.SwaggerEndpoint(DocumentPath, "Kiwire API");
        }).WithMetadata(new ContentPolicy(PagePolicy));
    }

    private static async Task<Document> MakeAsync(IServiceProvider services)
    {
        IOpenApiDocumentProvider provider = services.GetRequiredKeyedService<IOpenApiDocumentProvider>(DocumentName);
        OpenApiDocument document = await provider.GetOpenApiDocumentAsync();
        using MemoryStream octets = new();
        await document.SerializeAsJsonAsync(octets, OpenApiSpecVersion.OpenApi3_1);
        byte[] bytes = octets.ToArray();
        return new Document(bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}\""));
    }

    private sealed record Document(byte[] Octets, EntityTagHeaderValue Tag);
}
