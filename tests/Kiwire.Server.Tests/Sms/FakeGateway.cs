using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kiwire.Server.Tests.Sms;

/// <summary>An SMS gateway on the loopback. What it was sent is kept; what it answers, the provider's rules say, or the test.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<GatewayRequest> _requests = new();

    private FakeGateway(WebApplication application) => _application = application;

    /// <summary>http://127.0.0.1:port</summary>
    public string Url => _application.Urls.First();

    public IReadOnlyList<GatewayRequest> Requests => [.. _requests];

    /// <param name="answer">What it answers to a request; it may wait.</param>
    public static async Task<FakeGateway> StartAsync(Func<GatewayRequest, Task<GatewayAnswer>> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(options =>
        {
            // However slow the machine, it is not the gateway that loses patience and closes a connection under a request.
            options.Limits.KeepAliveTimeout = options.Limits.RequestHeadersTimeout = Timeout.InfiniteTimeSpan;
            options.Limits.MinRequestBodyDataRate = options.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        FakeGateway gateway = new(application);
        application.Run(async http =>
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body);
            GatewayRequest request = new(
                http.Request.Method,
                http.Request.Path.Value!,
                http.Request.QueryString.Value ?? "",
                http.Request.ContentType ?? "",
                Encoding.UTF8.GetString(body.ToArray()),
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            gateway._requests.Enqueue(request);
            GatewayAnswer given = await answer(request);
            http.Response.StatusCode = given.Status;
            foreach ((string name, string value) in given.Headers)
            {
                http.Response.Headers[name] = value;
            }

            // To a 204, Kestrel lets not even nothing be written: it would close the connection behind the answer, under the client's next request.
            if (given.Body.Length > 0)
            {
                await http.Response.WriteAsync(given.Body);
            }
        });
        await application.StartAsync();
        return gateway;
    }

    public static Task<FakeGateway> StartAsync(Func<GatewayRequest, GatewayAnswer> answer) => StartAsync(request => Task.FromResult(answer(request)));

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}

/// <summary>What a gateway was sent.</summary>
internal sealed record GatewayRequest(string Method, string Path, string Query, string ContentType, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The query's or the form's variables, decoded as a web server does it; each once, or the test fails.</summary>
    public IReadOnlyDictionary<string, string> Variables => Parse(Method == "GET" ? Query.TrimStart('?') : Body);

    public IReadOnlyDictionary<string, string> QueryVariables => Parse(Query.TrimStart('?'));

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public bool IsForm => ContentType == "application/x-www-form-urlencoded";

    public bool IsJson => ContentType.StartsWith("application/json", StringComparison.Ordinal);

    public string Header(string name) => Headers.GetValueOrDefault(name, "");

    public bool HasBasic(string user, string password) =>
        Header("Authorization") == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static Dictionary<string, string> Parse(string text) => text
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => Decode(pair[0]), pair => Decode(pair[1]), StringComparer.Ordinal);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>What a gateway answers.</summary>
internal sealed record GatewayAnswer(int Status, string Body, params (string Name, string Value)[] Headers);
