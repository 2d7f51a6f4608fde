using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Client;
using Kiwire.Radius.Packets;
using Kiwire.Radius.Secrets;
using static Kiwire.Benchmarks.BenchmarkSettings;

namespace Kiwire.Benchmarks;

/// <summary>
/// Whole logins by challenge (Access-Request, Access-Challenge, a code that goes out to a gateway on the loopback, Access-Request, Access-Accept) beside plain PAP
/// logins, in turn, by the same client; and how long one request for a code takes. The guard counts and does not stop: so many codes at a time are what it looks for.
/// </summary>
internal static partial class ChallengeBenchmark
{
    private const int UsersPerWorker = 4;
    private const double Wanted = 0.70;
    private static readonly SharedSecret Secret = new("testing123");

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        using Gateway gateway = new();
        NativeTools tools = new();
        int users = settings.Window * UsersPerWorker;
        using KiwireProcess server = await KiwireProcess.StartAsync(
            tools.Scratch("challenge"), users, [.. settings.ServerOptions, .. DemoApi.NoRates, "--Kiwire:Demo:SmsUrl=" + gateway.Url, "--Kiwire:Radius:ReplyCacheSeconds=5"]);
        using HttpClient http = await DemoApi.LogInAsync(server);
        using HttpResponseMessage policy = await http.PatchAsJsonAsync(
            new Uri("/api/v1/sms/policy", UriKind.Relative), new { mode = "everyLogin", guard = "record", perPhonePerDay = 1000, perAddressPerHour = 100_000, perTenantPerDay = 10_000_000 });
        policy.EnsureSuccessStatusCode();
        await server.WaitForAccountsAsync(users);
        await using RadiusClient client = new();
        RadiusServer radius = new(new IPEndPoint(IPAddress.Loopback, server.AuthenticationPort), Secret);

        Console.WriteLine("discarded load; each number's first code makes its account ...");
        await RunAsync(settings, server, (worker, i) => PlainAsync(client, radius, worker, i));
        await RunAsync(settings, server, (worker, i) => ByChallengeAsync(client, radius, gateway, worker, i));
        List<double> plain = [], challenged = [], ratios = [];
        for (int round = 1; round <= settings.Rounds; round++)
        {
            (double plainRate, double plainP50, double plainP99, double plainCpu) = await RunAsync(settings, server, (worker, i) => PlainAsync(client, radius, worker, i));
            (double rate, double p50, double p99, double cpu) = await RunAsync(settings, server, (worker, i) => ByChallengeAsync(client, radius, gateway, worker, i));
            plain.Add(plainRate);
            challenged.Add(rate);
            ratios.Add(rate / plainRate);
            Console.WriteLine(
                $"round {round}: PAP {plainRate:0}/s (p50 {plainP50:0.0} ms, p99 {plainP99:0.0} ms, CPU {plainCpu:0} us), "
                + $"by challenge {rate:0}/s (p50 {p50:0.0} ms, p99 {p99:0.0} ms, CPU {cpu:0} us), ratio {rate / plainRate:0.000}");
        }

        (double P50, double P99) request = await TimeRequestsAsync(http, gateway);
        Console.WriteLine($"one request for a code by the API: p50 {request.P50:0.0} ms, p99 {request.P99:0.0} ms (10 ms are wanted)");
        Console.WriteLine($"median: PAP {Median(plain):0}/s, by challenge {Median(challenged):0}/s, ratio {Median(ratios):0.000} ({Wanted:0.00} is wanted)");
        await server.Child.StopAsync();
        tools.Remove();
        return Median(ratios) >= Wanted ? 0 : 1;
    }

    /// <summary>As many at a time as the window is wide, each one after another; also what each costs the server's processors.</summary>
    private static async Task<(double PerSecond, double P50, double P99, double CpuMicroseconds)> RunAsync(BenchmarkSettings settings, KiwireProcess server, Func<int, int, Task> login)
    {
        ConcurrentBag<double> times = [];
        using Process process = Process.GetProcessById(server.Child.Id);
        TimeSpan cpuBefore = process.TotalProcessorTime;
        long begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, settings.Window).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; Stopwatch.GetElapsedTime(begin).TotalSeconds < settings.Seconds; i++)
            {
                long started = Stopwatch.GetTimestamp();
                await login(worker, i);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        double took = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        process.Refresh();
        double[] sorted = [.. times.Order()];
        return (
            sorted.Length / took,
            sorted[sorted.Length / 2],
            sorted[(int)(sorted.Length * 0.99)],
            (process.TotalProcessorTime - cpuBefore).TotalMicroseconds / sorted.Length);
    }

    private static async Task PlainAsync(RadiusClient client, RadiusServer server, int worker, int i)
    {
        int user = (worker * UsersPerWorker) + (i % UsersPerWorker);
        RadiusPacket answer = await AskAsync(client, server, Numbered("user", user), Numbered("pass", user), state: null);
        Expect(answer, RadiusCode.AccessAccept);
    }

    private static async Task ByChallengeAsync(RadiusClient client, RadiusServer server, Gateway gateway, int worker, int i)
    {
        string phone = string.Create(CultureInfo.InvariantCulture, $"+6012{(worker * UsersPerWorker) + (i % UsersPerWorker):D7}");
        Task<string> sent = gateway.NextAsync(phone);
        RadiusPacket challenge = await AskAsync(client, server, phone, "", state: null);
        Expect(challenge, RadiusCode.AccessChallenge);
        byte[] state = challenge.View.TryGet(24, out ReadOnlySpan<byte> value) ? value.ToArray() : [];
        Expect(await AskAsync(client, server, phone, await sent.WaitAsync(TimeSpan.FromSeconds(30)), state), RadiusCode.AccessAccept);
    }

    private static async Task<RadiusPacket> AskAsync(RadiusClient client, RadiusServer server, string user, string password, byte[]? state)
    {
        RadiusExchange exchange = await client.ExchangeAsync(
            server,
            RadiusCode.AccessRequest,
            (PacketWriter writer, in AttributeContext context) =>
            {
                byte[] clear = Encoding.ASCII.GetBytes(password);
                byte[] hidden = new byte[UserPassword.HiddenLength(clear.Length)];
                UserPassword.Hide(clear, Secret, context.RequestAuthenticator, hidden);
                writer.Append(1, Encoding.ASCII.GetBytes(user));
                writer.Append(2, hidden);
                writer.Append(31, Encoding.ASCII.GetBytes(DeviceOf(user)));
                if (state is not null)
                {
                    writer.Append(24, state);
                }
            },
            CancellationToken.None);
        return exchange is RadiusExchange.Answered answered ? answered.Response : throw new InvalidOperationException($"No answer for {user}.");
    }

    private static void Expect(RadiusPacket answer, RadiusCode code)
    {
        if (answer.View.Code != code)
        {
            string text = answer.View.TryGet(18, out ReadOnlySpan<byte> message) ? Encoding.UTF8.GetString(message) : "";
            throw new InvalidOperationException($"{answer.View.Code} in the place of {code}: {text}");
        }
    }

    /// <summary>One after another, on a server that does nothing else.</summary>
    private static async Task<(double P50, double P99)> TimeRequestsAsync(HttpClient http, Gateway gateway)
    {
        List<double> times = [];
        for (int i = 0; i < 500; i++)
        {
            string phone = string.Create(CultureInfo.InvariantCulture, $"+6013{i:D7}");
            Task<string> sent = gateway.NextAsync(phone);
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri("/api/v1/one-time-codes", UriKind.Relative), new { phone });
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            answer.EnsureSuccessStatusCode();
            await sent;
        }

        double[] sorted = [.. times.Skip(50).Order()];
        return (sorted[sorted.Length / 2], sorted[(int)(sorted.Length * 0.99)]);
    }

    /// <summary>Each user's own: whoever comes again with it takes their own place.</summary>
    private static string DeviceOf(string user) => string.Create(CultureInfo.InvariantCulture, $"02-{user[^2..]}-00-{user[^6..^4]}-{user[^4..^2]}-01");

    private static string Numbered(string word, int number) => string.Create(CultureInfo.InvariantCulture, $"{word}{number:D6}");

    /// <summary>The gateway that the demo posts its messages to: hands each to whoever waits for that number's.</summary>
    private sealed partial class Gateway : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _waiting = new();

        public Gateway()
        {
            using TcpListener free = new(IPAddress.Loopback, 0);
            free.Start();
            Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
            free.Stop();
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _ = ListenAsync();
        }

        public string Url { get; }

        /// <summary>The code in the next message to a number.</summary>
        public Task<string> NextAsync(string phone)
        {
            TaskCompletionSource<string> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[phone] = next;
            return next.Task;
        }

        public void Dispose() => _listener.Close();

        private async Task ListenAsync()
        {
            while (_listener.IsListening)
            {
                try
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    _ = Task.Run(() => AnswerAsync(context));
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }

        private async Task AnswerAsync(HttpListenerContext context)
        {
            using StreamReader reader = new(context.Request.InputStream);
            string form = WebUtility.UrlDecode(await reader.ReadToEndAsync());
            context.Response.Close();
            Match message = Message().Match(form);
            if (_waiting.TryRemove(message.Groups["phone"].Value, out TaskCompletionSource<string>? waiting))
            {
                waiting.SetResult(message.Groups["code"].Value);
            }
        }

        [GeneratedRegex(@"phone=(?<phone>\+?[0-9]+).*?code.is.(?<code>[0-9]+)")]
        private static partial Regex Message();
    }
}
