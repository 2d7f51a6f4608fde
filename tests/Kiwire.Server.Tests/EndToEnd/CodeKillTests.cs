using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kiwire.Server.Tests.Sms;
using Kiwire.Server.Tests.Support;
using Kiwire.Tests.Support;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>One-time codes of two real servers on one PostgreSQL: none sent twice, none accepted twice; one killed in the middle: none lost, none stale.</summary>
[TestFixture]
[NonParallelizable]
internal sealed partial class CodeKillTests
{
    private const int Codes = 1000;
    private const int CodesUntilKilled = 300;
    private const int AtATime = 8;

    private string _directory = null!;
    private string _database = null!;
    private PostgresServer _postgres = null!;
    private string[] _options = null!;

    [SetUp]
    public async Task MakeDatabaseAsync()
    {
        _directory = Directory.CreateTempSubdirectory("kiwire-codes-").FullName;
        _postgres = await PostgresServer.GetAsync();
        _database = "codes_" + Guid.NewGuid().ToString("N");
        await _postgres.ExecuteAsync($"CREATE DATABASE {_database}");
        _options =
        [
            "--Kiwire:Storage:Provider=PostgreSql", "--Kiwire:Storage:ConnectionString=" + _postgres.ConnectionString(_database),
            "--Kiwire:Http:CallerBurst=1000000", "--Kiwire:Http:AddressBurst=1000000", "--Kiwire:Sms:ParallelRequests=8", "--Kiwire:Sms:RequestSeconds=60",
        ];
    }

    [TearDown]
    public async Task DropDatabaseAsync()
    {
        Directory.Delete(_directory, recursive: true);
        await _postgres.ExecuteAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
    }

    [Test]
    [CancelAfter(900_000)]
    public async Task A_thousand_codes_are_each_sent_once_and_accepted_once(CancellationToken cancellationToken)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        using KiwireProcess first = await StartAsync("1", gateway);
        using KiwireProcess second = await StartAsync("2", gateway);
        HttpClient[] servers = await EnterAsync(cancellationToken, first, second);

        (string Phone, int Server)[] asked = [.. Enumerable.Range(0, Codes).SelectMany(i => new[] { (PhoneOf(i), 0), (PhoneOf(i), 1) })];
        ConcurrentBag<bool> sent = [];
        await Parallel.ForEachAsync(asked, Options(cancellationToken), async (one, token) => sent.Add(await AskAsync(servers[one.Server], one.Phone, token) == true));
        await RunningServer.UntilAsync(() => Task.FromResult(gateway.Requests.Count), count => count >= Codes, cancellationToken);

        (string Phone, string Code)[] codes = [.. gateway.Requests.Select(Read)];
        ConcurrentDictionary<string, int> accepted = new();
        await Parallel.ForEachAsync(
            codes.SelectMany(code => new[] { (code, 0), (code, 1) }),
            Options(cancellationToken),
            async (one, token) =>
            {
                bool right = await VerifyAsync(servers[one.Item2], one.code.Phone, one.code.Code, token) == "right";
                accepted.AddOrUpdate(one.code.Phone, right ? 1 : 0, (_, before) => before + (right ? 1 : 0));
            });

        Array.ForEach(servers, server => server.Dispose());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.Count(one => one), Is.EqualTo(Codes), "each request is answered by both servers, and sends one message");
            Assert.That(codes.Select(code => code.Phone), Is.Unique);
            Assert.That(codes, Has.Length.EqualTo(Codes));
            Assert.That(accepted, Has.Count.EqualTo(Codes));
            Assert.That(accepted.Values, Is.All.EqualTo(1));
        }

        await first.Child.StopAsync();
        await second.Child.StopAsync();
    }

    [Test]
    [CancelAfter(900_000)]
    public async Task A_server_that_is_killed_loses_no_code_and_leaves_none_that_is_stale(CancellationToken cancellationToken)
    {
        TaskCompletionSource inTheMiddle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int taken = 0;
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ =>
        {
            if (Interlocked.Increment(ref taken) == CodesUntilKilled / 3)
            {
                inTheMiddle.SetResult();
            }

            return new GatewayAnswer(200, "OK");
        });
        ConcurrentDictionary<string, bool> answered = new();
        using KiwireProcess second = await StartAsync("2", gateway);
        using (KiwireProcess first = await StartAsync("1", gateway))
        {
            HttpClient[] servers = await EnterAsync(cancellationToken, first, second);
            Task asking = Parallel.ForEachAsync(Enumerable.Range(0, CodesUntilKilled), Options(cancellationToken), async (i, token) =>
            {
                // What the killed server did not answer may have been sent all the same, once.
                if (await AskAsync(servers[i % 2], PhoneOf(i), token) is { } sent)
                {
                    answered[PhoneOf(i)] = sent;
                }
            });
            await inTheMiddle.Task.WaitAsync(cancellationToken);
            first.Child.Kill();
            await asking;
            Array.ForEach(servers, server => server.Dispose());
        }

        // The killed one comes back: what it had handed to a gateway without hearing the answer is given up, not repeated.
        using KiwireProcess again = await StartAsync("1", gateway);
        using HttpClient http = (await EnterAsync(cancellationToken, again))[0];
        JsonArray log = await RunningServer.UntilAsync(
            async () => (await http.GetFromJsonAsync<JsonObject>("/api/v1/sms/messages?limit=1000", cancellationToken))!["items"]!.AsArray(),
            items => items.All(item => (string?)item!["state"] is "sent" or "failed"),
            cancellationToken);
        (string Phone, string Code)[] codes = [.. gateway.Requests.Select(Read)];
        List<string> verdicts = [];
        foreach ((string phone, string code) in codes)
        {
            verdicts.Add(await VerifyAsync(http, phone, code, cancellationToken));
        }

        int unknown = log.Count(item => (string?)item!["state"] == "failed");
        TestContext.Out.WriteLine($"{answered.Count} answered, {log.Count} kept, {codes.Length} at the gateway, {unknown} not known");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(codes.Select(code => code.Phone), Is.Unique, "none is sent twice");
            Assert.That(answered.Values, Is.All.True);
            Assert.That(log, Has.Count.GreaterThanOrEqualTo(answered.Count), "what was answered is kept");
            Assert.That(log, Has.Count.LessThanOrEqualTo(codes.Length + unknown), "and was sent, or is known not to be");
            Assert.That(unknown, Is.LessThanOrEqualTo(AtATime), "no more than were under way");
            Assert.That(verdicts, Is.All.EqualTo("right"), "what a guest reads lets in");
        }

        await second.Child.StopAsync();
        await again.Child.StopAsync();
    }

    private Task<KiwireProcess> StartAsync(string name, FakeGateway gateway) =>
        KiwireProcess.StartAsync(Path.Combine(_directory, name), 0, [.. _options, "--Kiwire:Demo:SmsUrl=" + gateway.Url]);

    private static ParallelOptions Options(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };

    private static string PhoneOf(int i) => $"+6012{i:D7}";

    private static (string Phone, string Code) Read(GatewayRequest request) =>
        (request.Variables["phone"], CodeIn().Match(request.Variables["message"]).Value);

    /// <summary>
    /// Logs in to each, and waits until each goes by a policy without a guard, for all guests ask from one place, and by which no code runs out meanwhile.
    /// </summary>
    private static async Task<HttpClient[]> EnterAsync(CancellationToken cancellationToken, params KiwireProcess[] servers)
    {
        List<HttpClient> clients = [];
        foreach (KiwireProcess server in servers)
        {
            HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/api/v1/login", new { username = "admin", password = "demo-password" }, cancellationToken);
            JsonObject body = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)body["token"]);
            clients.Add(http);
        }

        using HttpResponseMessage changed = await clients[0].PatchAsJsonAsync("/api/v1/sms/policy", new { mode = "registration", guard = "off", codeLifetimeSeconds = 3600, resendAfterSeconds = 3600 }, cancellationToken);
        Assert.That((int)changed.StatusCode, Is.EqualTo(200));
        foreach (HttpClient http in clients)
        {
            await RunningServer.UntilAsync(
                () => http.GetFromJsonAsync<JsonObject>("/api/v1/sms/policy", cancellationToken), policy => (string?)policy!["guard"] == "off", cancellationToken);
        }

        return [.. clients];
    }

    /// <summary>Whether a message was sent for this request; null: there was no answer.</summary>
    private static async Task<bool?> AskAsync(HttpClient http, string phone, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/api/v1/one-time-codes", new { phone }, cancellationToken);
            JsonObject body = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
            Assert.That((int)answer.StatusCode, Is.EqualTo(202), body.ToString());
            return (bool?)body["sent"];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<string> VerifyAsync(HttpClient http, string phone, string code, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/api/v1/one-time-codes/verify", new { phone, code }, cancellationToken);
        return (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["verdict"] ?? "";
    }

    [GeneratedRegex("(?<=Your code is )[0-9]+")]
    private static partial Regex CodeIn();
}
