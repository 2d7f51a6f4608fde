using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiwire.Server.Tenants;

/// <summary>How a tenant's settings lie in the database.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(TenantPolicy))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class TenantJson : JsonSerializerContext;
