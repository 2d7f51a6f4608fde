using System.Net.Sockets;
using System.Text;
using Kiwire.Server.Http;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Http;

/// <summary>What the HTTP port takes and how often, and what every answer tells a browser.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class HttpPortTests
{
    [TestCase("GET", "/api/v1/zones", 401)]
    [TestCase("GET", "/api/v1/nothing", 404)]
    [TestCase("GET", "/nothing", 404)]
    [TestCase("PUT", "/api/v1/login", 405)]
    [TestCase("GET", "/healthz/ready", 200)]
    [TestCase("GET", "/openapi/v1.json", 200)]
    public async Task Every_answer_forbids_guessing_framing_running_and_keeping(string method, string path, int status)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using ApiClient client = new(server);

        ApiAnswer answer = await client.SendAsync(new HttpMethod(method), path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(status));
            Assert.That(answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(answer.Header("Referrer-Policy"), Is.EqualTo("no-referrer"));
            Assert.That(answer.Header("Content-Security-Policy"), Is.EqualTo("default-src 'none'; frame-ancestors 'none'"));
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(answer.Header("Strict-Transport-Security"), Is.Empty, "it is not HTTPS");
            Assert.That(answer.Header("Server"), Is.Empty);
        }
    }

    [Test]
    public async Task A_body_past_the_limit_is_refused_with_the_limit()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Http:MaximumBodyOctets=2000");
        using ApiClient client = await ApiClient.LogInAsync(server);

        ApiAnswer answer = await client.PostAsync("/api/v1/zones", new { name = new string('a', 3000) });
        ApiAnswer keyed = await client.PostAsync("/api/v1/zones", new { name = new string('a', 3000) }, ("Idempotency-Key", "large-1"));

        Assert.That(answer.ToString(), Does.StartWith("413").And.Contain("2000 octets is the most"));
        Assert.That(keyed.Status, Is.EqualTo(413));
    }

    [Test]
    public async Task A_client_that_still_sends_its_large_body_gets_to_read_why_it_is_refused()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using ApiClient client = await ApiClient.LogInAsync(server);
        using HttpClient http = new() { BaseAddress = server.Http };
        http.DefaultRequestHeaders.Authorization = new("Bearer", client.Token);
        string name = new('a', 8 << 20);

        for (int i = 0; i < 10; i++)
        {
            using StringContent body = new($$"""{"name":"{{name}}"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await http.PostAsync(new Uri("/api/v1/zones", UriKind.Relative), body);

            Assert.That((int)answer.StatusCode, Is.EqualTo(413));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("1048576 octets is the most"));
        }
    }

    [Test]
    public async Task A_caller_past_the_rate_waits_and_another_does_not()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Http:CallerBurst=3", "--Kiwire:Http:CallerRequestsPerSecond=1");
        using ApiClient client = await ApiClient.LogInAsync(server);

        // So many that the one a second that comes back does not serve them all, however slow the machine is.
        ApiAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.GetAsync("/api/v1/zones")));
        using ApiClient stranger = new(server);
        ApiAnswer other = await stranger.GetAsync("/api/v1/zones");

        ApiAnswer refused = answers.First(answer => answer.Status != 200);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Count(answer => answer.Status == 200), Is.InRange(3, 199));
            Assert.That(refused.Status, Is.EqualTo(429));
            Assert.That(refused.ContentType, Is.EqualTo("application/problem+json"));
            Assert.That(refused.Detail, Does.StartWith("You have asked too often; try again in "));
            Assert.That(int.Parse(refused.Header("Retry-After"), null), Is.GreaterThanOrEqualTo(1));
            Assert.That(other.Status, Is.EqualTo(401), "by address there is room");
        }
    }

    [Test]
    public async Task An_address_past_the_rate_of_log_ins_waits_by_both_APIs_and_RADIUS_goes_on()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Http:LoginsPerMinute=2");
        using ApiClient client = new(server);
        object wrong = new { username = "admin", password = "wrong" };

        int[] taken = [(await client.PostAsync("/api/v1/login", wrong)).Status, (await client.PostAsync("/api/v1/login", wrong)).Status];
        ApiAnswer refused = await AskUntilAsync(() => client.PostAsync("/api/v1/login", wrong), answer => answer.Status == 429);
        ApiAnswer old = await AskUntilAsync(
            () => client.PostAsync("/admin/agent/api_login.php", new FormUrlEncodedContent([])), answer => answer.Text.Contains("too many", StringComparison.Ordinal));
        using TestNas nas = new(server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo([401, 401]));
            Assert.That(refused.Status, Is.EqualTo(429));
            Assert.That(old.Status, Is.EqualTo(200));
            Assert.That((string?)old["error"], Does.StartWith("too many requests. please try again in "));
            Assert.That(nas.Login("alice", "wonderland", "02-AA-00-00-00-09").IsAccept, Is.True);
        }
    }

    [Test]
    public async Task A_log_in_with_a_slash_behind_it_is_one_all_the_same()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Http:LoginsPerMinute=2");
        using ApiClient client = new(server);
        object wrong = new { username = "admin", password = "wrong" };

        ApiAnswer refused = await AskUntilAsync(() => client.PostAsync("/api/v1/login/", wrong), answer => answer.Status == 429);

        Assert.That(refused.Detail, Does.StartWith("There were too many log-ins from this address; try again in "));
    }

    [Test]
    public async Task An_address_past_the_rate_waits_and_the_probes_of_health_are_answered()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Http:AddressBurst=2", "--Kiwire:Http:AddressRequestsPerSecond=1");
        using ApiClient client = new(server);

        ApiAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.GetAsync("/api/v1/zones")));
        ApiAnswer[] old = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.PostAsync("/apiv2/user/get", new FormUrlEncodedContent([]))));
        ApiAnswer[] probes = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.GetAsync("/healthz/live")));

        Assert.That(answers.Select(answer => answer.Status), Does.Contain(429));
        Assert.That(old.Select(answer => answer.Text), Has.Some.Contains("too many requests"));
        Assert.That(probes.Select(answer => answer.Status), Is.All.EqualTo(200));
    }

    [Test]
    public async Task A_connection_past_the_most_is_closed_at_once()
    {
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Http:MaximumConnections=2");
        using TcpClient first = await ConnectAsync(server), second = await ConnectAsync(server), third = new(server.Http.Host, server.Http.Port);

        // The server closes without a word; a reset is the same.
        int read;
        try
        {
            read = await third.GetStream().ReadAsync(new byte[1]);
        }
        catch (IOException)
        {
            read = 0;
        }

        Assert.That(read, Is.Zero);
    }

    [Test]
    public async Task What_a_client_may_hold_open_or_send_is_bounded()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        KestrelServerLimits limits = server.Get<IOptions<KestrelServerOptions>>().Value.Limits;

        string headers = string.Concat(Enumerable.Range(0, 200).Select(i => $"X-Header-{i}: 1\r\n"));
        using TcpClient connection = new(server.Http.Host, server.Http.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /healthz/live HTTP/1.1\r\nHost: x\r\n{headers}\r\n"));
        using StreamReader answer = new(connection.GetStream());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await answer.ReadLineAsync(), Is.EqualTo("HTTP/1.1 431 Request Header Fields Too Large"));
            Assert.That(limits.RequestHeadersTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(limits.MinRequestBodyDataRate!.BytesPerSecond, Is.EqualTo(240));
            Assert.That(limits.MaxRequestBodySize, Is.EqualTo(1 << 20));
        }
    }

    [TestCase(new string[0], "127.0.0.1")]
    [TestCase(new[] { "--Kiwire:Http:TrustedProxies:0=127.0.0.0/8" }, "203.0.113.9")]
    [TestCase(new[] { "--Kiwire:Http:TrustedProxies:0=192.0.2.1" }, "127.0.0.1")]
    public async Task Only_a_trusted_proxy_says_whose_request_it_is(string[] options, string expected)
    {
        await using RunningServer server = await RunningServer.StartAsync(options);
        using ApiClient client = await ApiClient.LogInAsync(server);

        await client.PostAsync(
            "/api/v1/zones", new { name = "pool", members = new[] { new { kind = "ssid", value = "x" } } }, ("X-Forwarded-For", "198.51.100.1, 203.0.113.9"));

        Assert.That(await AuditRows.AddressOfLastAsync(server, "pool"), Is.EqualTo(expected));
    }

    [TestCase("--Kiwire:Http:Urls=https://127.0.0.1:0", "Kiwire:Http:Urls has an https:// address, and there is no certificate: set Kiwire:Http:Certificate to a PEM or PFX file.")]
    [TestCase("--Kiwire:Http:Urls=gopher://127.0.0.1:0", "Kiwire:Http:Urls has 'gopher://127.0.0.1:0', which is not an address such as")]
    [TestCase("--Kiwire:Http:TrustedProxies:0=proxy", "Kiwire:Http:TrustedProxies:0 is 'proxy', which is not an address such as 192.0.2.7 or a prefix such as 192.0.2.0/24.")]
    [TestCase("--Kiwire:Http:CallerBurst=0", "Kiwire:Http: The field CallerBurst must be between 1 and 1000000.")]
    [TestCase("--Kiwire:Devices:Poll=yes", "Failed to convert configuration value 'yes' at 'Kiwire:Devices:Poll': true or false is wanted.")]
    [TestCase("--Kiwire:Mail:StartTls=on", "Failed to convert configuration value 'on' at 'Kiwire:Mail:StartTls': true or false is wanted.")]
    [TestCase("--Kiwire:Http:MaximumConnections=many", "Failed to convert configuration value 'many' at 'Kiwire:Http:MaximumConnections': a whole number is wanted.")]
    [TestCase("--Kiwire:Http:Certificate=/nowhere/server.pem", "Kiwire:Http:Certificate: The file /nowhere/server.pem cannot be read: ")]
    public async Task A_wrong_option_stops_the_start_with_a_sentence(string option, string expected)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-http-").FullName;
        using StringWriter error = new();

        int exitCode = await KiwireServer.RunAsync(
            ["--demo", "--Kiwire:DataDirectory=" + directory, "--Kiwire:Radius:Authentication:0=127.0.0.1:0", "--Kiwire:Radius:Accounting:0=127.0.0.1:0", "--Kiwire:Http:Urls=http://127.0.0.1:0", option],
            TextWriter.Null,
            error);

        Directory.Delete(directory, recursive: true);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error.ToString(), Does.StartWith("Kiwire cannot start: " + expected));
    }

    [Test]
    public void A_configuration_file_that_is_no_JSON_is_named_with_the_place()
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-http-").FullName;
        string file = Path.Combine(directory, "appsettings.json");
        File.WriteAllText(file, "{\n  \"Kiwire\": {\n    \"DataDirectory\": data\n  }\n}\n");

        Exception fault = Assert.Catch(() => new ConfigurationBuilder().AddJsonFile(file).Build())!;

        Directory.Delete(directory, recursive: true);
        Assert.That(StartUpFault.Describe(fault), Has.Count.EqualTo(1).And.Some.Contains(file).And.Some.Contains("line 3"));
    }

    [Test]
    public void The_validator_reads_addresses_and_prefixes()
    {
        Assert.That(HttpOptionsValidator.TryReadPrefix("192.0.2.7", out System.Net.IPNetwork one), Is.True);
        Assert.That(one.PrefixLength, Is.EqualTo(32));
        Assert.That(HttpOptionsValidator.TryReadPrefix("2001:db8::/32", out _), Is.True);
        Assert.That(HttpOptionsValidator.TryReadPrefix("192.0.2.7/33", out _), Is.False);
    }

    /// <summary>Asks until it is refused: on a slow machine a log-in comes back to the bucket between two calls.</summary>
    private static async Task<ApiAnswer> AskUntilAsync(Func<Task<ApiAnswer>> ask, Predicate<ApiAnswer> isRefused)
    {
        ApiAnswer answer = await ask();
        for (int i = 0; i < 20 && !isRefused(answer); i++)
        {
            answer = await ask();
        }

        return answer;
    }

    /// <summary>A connection that the server has taken: it has answered on it.</summary>
    private static async Task<TcpClient> ConnectAsync(RunningServer server)
    {
        TcpClient connection = new(server.Http.Host, server.Http.Port);
        await connection.GetStream().WriteAsync("GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        _ = await connection.GetStream().ReadAsync(new byte[1]);
        return connection;
    }
}
