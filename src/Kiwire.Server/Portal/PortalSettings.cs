using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kiwire.Server.Portal;

/// <summary>What a tenant has set of its captive portal. Kept as JSON; a field that is absent has its default.</summary>
internal sealed record PortalSettings
{
    /// <summary>The most login hosts.</summary>
    public const int MostLoginHosts = 100;

    public const int LongestLandingUrl = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [JsonIgnore]
    public long TenantId { get; init; }

    [JsonIgnore]
    public long Version { get; init; } = 1;

    /// <summary>Hosts, besides those of NAS entries and zones, that credentials may be handed to.</summary>
    public IReadOnlyList<string> LoginHosts { get; init; } = [];

    /// <summary>Where guests are sent who are online; empty: the portal says it.</summary>
    public string LandingUrl { get; init; } = "";

    /// <summary>The same, read.</summary>
    [JsonIgnore]
    public IReadOnlyList<LoginHost> Hosts => field ??= [.. LoginHosts.Select(text => LoginHost.TryParse(text, out LoginHost? host, out _) ? host : null).OfType<LoginHost>()];

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is no such JSON.</exception>
    public static PortalSettings FromJson(string json) => JsonSerializer.Deserialize<PortalSettings>(json, Json) ?? new();

    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
