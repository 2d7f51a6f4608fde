using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Kiwire.Peers.Tests;

/// <summary>The samples do what they say, against a demo server: the walk by curl and radclient, and every request of requests.http.</summary>
[TestFixture]
public partial class SampleTests
{
    [Test]
    public async Task The_walk_by_curl_gets_the_answers_that_it_expects()
    {
        Peer.Require("curl", "curl");
        Peer.Require("jq", "jq");
        Peer.Require("radclient", "freeradius-utils");
        await using DemoServer server = await DemoServer.StartAsync();
        KiwireProcess process = server.Process;

        string output = await Child.RunAsync(
            "/usr/bin/env",
            string.Create(CultureInfo.InvariantCulture, $"AUTH=127.0.0.1:{process.AuthenticationPort}"),
            string.Create(CultureInfo.InvariantCulture, $"ACCT=127.0.0.1:{process.AccountingPort}"),
            string.Create(CultureInfo.InvariantCulture, $"HTTP=http://127.0.0.1:{process.HttpPort}"),
            "sh",
            Path.Combine(Repository.Root, "samples", "curl.sh"));

        Assert.That(output, Does.EndWith("0 unexpected answers\n"));
    }

    [Test]
    public async Task Every_request_of_the_file_is_carried_out()
    {
        await using DemoServer server = await DemoServer.StartAsync();
        using HttpClient client = new();
        string token = "";
        List<string> faults = [];
        string[] requests = (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "samples", "requests.http"))).Split("###")[1..];
        foreach (string text in requests)
        {
            Match parts = Request().Match(text);
            Assert.That(parts.Success, Is.True, text);
            using HttpRequestMessage request = new(
                new HttpMethod(parts.Groups["method"].Value),
                new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Process.HttpPort}{parts.Groups["path"].Value}")));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (parts.Groups["body"].Value.Trim() is { Length: > 0 } body)
            {
                request.Content = new StringContent(body + "\n", Encoding.UTF8, ContentType().Match(text).Groups["type"].Value);
            }

            using HttpResponseMessage response = await client.SendAsync(request);
            string answer = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode)
            {
                faults.Add($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {answer}");
            }

            if (token.Length == 0)
            {
                token = JsonDocument.Parse(answer).RootElement.GetProperty("token").GetString()!;
            }
        }

        Assert.That(faults, Is.Empty);
        Assert.That(requests, Has.Length.GreaterThan(25));
    }

    [GeneratedRegex(@"^(?<method>[A-Z]+) \{\{server\}\}(?<path>\S+)\n(?:[\w-]+: .*\n)*(?:\n(?<body>[\s\S]*))?", RegexOptions.Multiline)]
    private static partial Regex Request();

    [GeneratedRegex(@"^Content-Type: (?<type>\S+)$", RegexOptions.Multiline)]
    private static partial Regex ContentType();
}
