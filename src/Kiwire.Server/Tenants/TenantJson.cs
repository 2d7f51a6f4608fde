using System.Text.Json;

namespace Kiwire.Server.Tenants;

/// <summary>How a tenant's settings lie in the database.</summary>
internal static class TenantJson
{
    // By reflection: the source generator sets every init-only property, and so an absent field would lose its default.
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };
}
