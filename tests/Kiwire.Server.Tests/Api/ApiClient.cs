using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>A client of a running server's /api/v1, as an operator's program would be: real requests over the loopback.</summary>
internal sealed class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Somebody who is not logged in.</summary>
    public ApiClient(RunningServer server) => _http = Connect(server);

    /// <summary>What is sent as <c>Authorization: Bearer</c>; null: nothing.</summary>
    public string? Token
    {
        get => _http.DefaultRequestHeaders.Authorization?.Parameter;
        set => _http.DefaultRequestHeaders.Authorization = value is null ? null : new AuthenticationHeaderValue("Bearer", value);
    }

    /// <summary>
    /// A client that gives an idle connection up long before the server does, after a minute: a request that goes out while it is being closed is
    /// lost.
    /// </summary>
    public static HttpClient Connect(RunningServer server) =>
        new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) }) { BaseAddress = server.Http };

    /// <summary>Logs in; the demo's administrator where nobody else is named.</summary>
    public static async Task<ApiClient> LogInAsync(
        RunningServer server, string username = "admin", string password = "demo-password", string cloudId = "default")
    {
        ApiClient client = new(server);
        ApiAnswer answer = await client.PostAsync("/api/v1/login", new { cloudId, username, password });
        Assert.That(answer.Status, Is.EqualTo(200), answer.ToString());
        client.Token = (string)answer["token"]!;
        return client;
    }

    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<ApiAnswer> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<ApiAnswer> PatchAsync(string path, object body, string? ifMatch = null) =>
        SendAsync(HttpMethod.Patch, path, body, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    public Task<ApiAnswer> DeleteAsync(string path, string? ifMatch = null) =>
        SendAsync(HttpMethod.Delete, path, null, ifMatch is null ? [] : [("If-Match", ifMatch)]);

    /// <summary>Sends anything.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">With its query.</param>
    /// <param name="body">An object goes as JSON, a string as it stands (as JSON too), an <see cref="HttpContent"/> as what it is.</param>
    /// <param name="headers">Besides those of every request.</param>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        foreach ((string name, string value) in headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        return new ApiAnswer(response, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>What came back.</summary>
internal sealed class ApiAnswer(HttpResponseMessage response, string text)
{
    public int Status { get; } = (int)response.StatusCode;

    public string Text { get; } = text;

    public string? ContentType { get; } = response.Content.Headers.ContentType?.MediaType;

    public string? ETag { get; } = response.Headers.ETag?.ToString();

    public string? Location { get; } = response.Headers.Location?.OriginalString;

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>One field of it.</summary>
    public JsonNode? this[string field] => Json[field];

    /// <summary>A problem's detail.</summary>
    public string Detail => (string?)this["detail"] ?? "";

    /// <summary>A header's value; empty: it is not there.</summary>
    public string Header(string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.ToString()
        : response.Content.Headers.NonValidated.TryGetValues(name, out HeaderStringValues ofContent) ? ofContent.ToString() : "";

    public override string ToString() => $"{Status} {Text}";
}
