using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Kiwire.Benchmarks.BenchmarkSettings;

namespace Kiwire.Benchmarks;

/// <summary>1 000 messages ordered through /api/v1 while the gateway takes 300 ms for each: how long until it has answered the last, and each came once.</summary>
internal static class SmsBenchmark
{
    private const int Messages = 1000;
    private const int GatewayMilliseconds = 300;
    private const int OrdersAtOnce = 16;

    /// <summary>What it may take, in seconds.</summary>
    private const double Wanted = 15;

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-sms-").FullName;
        await using Gateway gateway = Gateway.Start();
        using KiwireProcess server = await KiwireProcess.StartAsync(
            Path.Combine(directory, "data"), 0, [.. settings.ServerOptions, "--Kiwire:Sms:AllowPrivateAddresses=true", .. DemoApi.NoRates, "--Kiwire:Http:CallerBurst=100000", "--Kiwire:Http:AddressBurst=100000"]);
        using HttpClient api = await DemoApi.LogInAsync(server);
        await PostAsync(api, "/api/v1/sms/connectors", new { name = "slow", provider = "generic", method = "POST", uri = gateway.Address + "send", phoneVariable = "to", messageVariable = "text" });

        List<double> ordered = [], left = [];
        for (int round = 1; round <= settings.Rounds; round++)
        {
            gateway.Begin(round);
            long began = Stopwatch.GetTimestamp();
            await Parallel.ForAsync(0, Messages, new ParallelOptions { MaxDegreeOfParallelism = OrdersAtOnce }, async (i, _) => await PostAsync(
                api, "/api/v1/sms/messages", new { phone = string.Create(CultureInfo.InvariantCulture, $"+60120{i:D6}"), text = $"Round {round}, message {i}", connector = "slow" }));
            ordered.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            await gateway.AllAsync();
            left.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            Console.WriteLine(
                $"round {round}: {Messages} ordered in {Text(ordered[^1])} s, answered after {Text(left[^1])} s, at most {gateway.MostAtOnce} at a time, {gateway.Repeated} came twice");
            if (gateway.Repeated > 0)
            {
                return 1;
            }
        }

        Console.WriteLine(
            $"median: {Text(Median(left))} s for {Messages} messages at {GatewayMilliseconds} ms each; {Text(Wanted)} s are wanted, one after another would be {Text(Messages * GatewayMilliseconds / 1000.0)} s");
        await server.Child.StopAsync();
        Directory.Delete(directory, recursive: true);
        return Median(left) <= Wanted ? 0 : 1;
    }

    private static async Task PostAsync(HttpClient api, string path, object body)
    {
        using HttpResponseMessage answer = await api.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadFromJsonAsync<JsonNode>()}");
        }
    }

    /// <summary>An SMS gateway on the loopback that takes its time.</summary>
    private sealed class Gateway : IAsyncDisposable
    {
        private readonly HttpListener _listener;
        private readonly Lock _lock = new();
        private readonly HashSet<string> _taken = [];
        private readonly Task _running;
        private TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private string _prefix = "";
        private int _answered;
        private int _atOnce;

        private Gateway(HttpListener listener, string address)
        {
            _listener = listener;
            Address = address;
            _running = ListenAsync();
        }

        public string Address { get; }

        public int MostAtOnce { get; private set; }

        public int Repeated { get; private set; }

        public static Gateway Start()
        {
            // HttpListener takes no port 0: another one is tried where somebody has it.
            for (int port = 20_000 + Environment.ProcessId % 20_000; ; port++)
            {
                HttpListener listener = new();
                string address = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/";
                listener.Prefixes.Add(address);
                try
                {
                    listener.Start();
                    return new Gateway(listener, address);
                }
                catch (HttpListenerException) when (port < 60_000)
                {
                    listener.Close();
                }
            }
        }

        public void Begin(int round)
        {
            lock (_lock)
            {
                _prefix = $"Round {round},";
                _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _answered = MostAtOnce = 0;
            }
        }

        public Task AllAsync() => _all.Task;

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _running;
        }

        private async Task ListenAsync()
        {
            List<Task> answers = [];
            try
            {
                while (true)
                {
                    answers.Add(AnswerAsync(await _listener.GetContextAsync()));
                }
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                await Task.WhenAll(answers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        private async Task AnswerAsync(HttpListenerContext http)
        {
            lock (_lock)
            {
                MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
            }

            using StreamReader reader = new(http.Request.InputStream);
            string text = WebUtility.UrlDecode((await reader.ReadToEndAsync()).Split("text=")[1]);
            await Task.Delay(GatewayMilliseconds);
            http.Response.StatusCode = 200;
            http.Response.Close("OK"u8.ToArray(), willBlock: false);
            lock (_lock)
            {
                _atOnce--;
                Repeated += _taken.Add(text) ? 0 : 1;
                if (text.StartsWith(_prefix, StringComparison.Ordinal) && ++_answered == Messages)
                {
                    _all.SetResult();
                }
            }
        }
    }
}
