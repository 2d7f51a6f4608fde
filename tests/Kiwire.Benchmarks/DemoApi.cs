using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Kiwire.Benchmarks;

/// <summary>A client of /api/v1, logged in as the demo's administrator.</summary>
internal static class DemoApi
{
    /// <summary>For one client that asks as fast as it is answered.</summary>
    public static readonly string[] NoRates = ["--Kiwire:Http:CallerRequestsPerSecond=10000", "--Kiwire:Http:AddressRequestsPerSecond=10000"];

    public static async Task<HttpClient> LogInAsync(KiwireProcess server)
    {
        HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}"), Timeout = TimeSpan.FromMinutes(10) };
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri("/api/v1/login", UriKind.Relative), new { username = "admin", password = "demo-password" });
        answer.EnsureSuccessStatusCode();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["token"]);
        return http;
    }
}
