using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kiwire.Server.Tests.Sms;
using Kiwire.Tests.Support;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>A real process that hands messages to a gateway, killed in the middle: none goes out twice, and none is forgotten.</summary>
[TestFixture]
[NonParallelizable]
internal sealed class SmsKillTests
{
    private const int Messages = 100;
    private const int KillAfter = 30;

    [Test]
    [CancelAfter(600_000)]
    public async Task No_message_goes_out_twice_and_each_has_an_end(CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-sms-kill-").FullName;
        TaskCompletionSource inTheMiddle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource allQueued = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        await using FakeGateway gateway = await FakeGateway.StartAsync(async _ =>
        {
            if (Interlocked.Increment(ref asked) == KillAfter)
            {
                inTheMiddle.SetResult();
            }

            await allQueued.Task;
            await Task.Delay(50);
            return new GatewayAnswer(200, "OK");
        });
        string[] options =
        [
            "--Kiwire:Demo:SmsUrl=" + gateway.Url, "--Kiwire:Sms:ParallelRequests=8", "--Kiwire:Http:CallerBurst=1000000", "--Kiwire:Http:AddressBurst=1000000",
            // The gateway keeps the first waiting until all are queued.
            "--Kiwire:Sms:RequestSeconds=60",
        ];
        try
        {
            using (KiwireProcess first = await KiwireProcess.StartAsync(directory, 0, options))
            {
                using HttpClient http = await LogInAsync(first, cancellationToken);
                Assert.That(await QueueAsync(http, cancellationToken), Is.EqualTo(Messages));
                allQueued.SetResult();
                await inTheMiddle.Task.WaitAsync(cancellationToken);
                first.Child.Kill();
            }

            using KiwireProcess second = await KiwireProcess.StartAsync(directory, 0, options);
            using HttpClient again = await LogInAsync(second, cancellationToken);
            JsonArray log = await RunningServer.UntilAsync(
                async () => (await again.GetFromJsonAsync<JsonObject>("/api/v1/sms/messages?limit=1000", cancellationToken))!["items"]!.AsArray(),
                items => items.All(item => (string?)item!["state"] is "sent" or "failed"),
                cancellationToken);
            await second.Child.StopAsync();

            string[] taken = [.. gateway.Requests.Select(request => request.Variables["message"])];
            int sent = log.Count(item => (string?)item!["state"] == "sent");
            string[] errors = [.. log.Where(item => (string?)item!["state"] == "failed").Select(item => (string?)item!["error"] ?? "").Distinct()];
            TestContext.Out.WriteLine($"{taken.Length} at the gateway, {sent} sent, {log.Count - sent} not known");
            Assert.That(taken, Is.Unique);
            Assert.That(log, Has.Count.EqualTo(Messages));
            Assert.That(errors, Is.All.Contains("not sent again"));
            Assert.That(sent, Is.LessThanOrEqualTo(taken.Length));
            Assert.That(log.Count - sent, Is.LessThanOrEqualTo(8), "no more than were under way");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<HttpClient> LogInAsync(KiwireProcess server, CancellationToken cancellationToken)
    {
        HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/api/v1/login", new { username = "admin", password = "demo-password" }, cancellationToken);
        JsonObject body = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)body["token"]);
        return http;
    }

    private static async Task<int> QueueAsync(HttpClient http, CancellationToken cancellationToken)
    {
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, Messages).Select(i => http.PostAsJsonAsync(
            "/api/v1/sms/messages", new { phone = "+60123456789", text = $"Message {i:D4}", connector = "demo" }, cancellationToken)));
        int accepted = answers.Count(answer => (int)answer.StatusCode == 202);
        Array.ForEach(answers, answer => answer.Dispose());
        return accepted;
    }
}
