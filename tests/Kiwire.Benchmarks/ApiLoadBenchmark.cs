using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static Kiwire.Benchmarks.BenchmarkSettings;

namespace Kiwire.Benchmarks;

/// <summary>PAP logins alone and, in turn, while accounts are made through /api/v1 at a steady rate: what the API takes from them.</summary>
internal static class ApiLoadBenchmark
{
    private const int CreationsPerSecond = 200;

    /// <summary>What logins must keep of their rate.</summary>
    private const double Wanted = 0.90;

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        NativeTools tools = new();
        await tools.BuildAsync();
        Console.WriteLine($"{settings.Users} users; starting (users are added first) ...");
        using KiwireProcess server = await KiwireProcess.StartAsync(
            tools.Scratch("api-load"),
            settings.Users,
            [.. settings.ServerOptions, "--Kiwire:Http:CallerRequestsPerSecond=100000", "--Kiwire:Http:CallerBurst=100000", "--Kiwire:Http:AddressRequestsPerSecond=100000", "--Kiwire:Http:AddressBurst=100000"]);
        using HttpClient client = await LogInAsync(server);
        await server.WaitForAccountsAsync(settings.Users);
        await Load(5);
        await CreateAsync(client, "warm-up", TimeSpan.FromSeconds(3));

        List<double> alone = [], beside = [], ratios = [];
        for (int round = 1; round <= settings.Rounds; round++)
        {
            LoadResult quiet = await Load(settings.Seconds);
            Task<(int Made, int Refused, double P99)> creations = CreateAsync(client, Text(round), TimeSpan.FromSeconds(settings.Seconds + 1));
            LoadResult busy = await Load(settings.Seconds);
            (int made, int refused, double p99) = await creations;
            alone.Add(quiet.PerSecond);
            beside.Add(busy.PerSecond);
            ratios.Add(busy.PerSecond / quiet.PerSecond);
            Console.WriteLine(
                $"round {round}: logins {quiet.PerSecond:0}/s alone, {busy.PerSecond:0}/s beside {made / (settings.Seconds + 1):0} creations/s (p99 {p99:0} ms, {refused} refused), "
                + $"ratio {busy.PerSecond / quiet.PerSecond:0.000}; lost {quiet.Lost} and {busy.Lost}, wrong code {busy.BadCode}, p99 of logins {quiet.P99Microseconds:0} and {busy.P99Microseconds:0} us");
        }

        double median = Median(ratios);
        Console.WriteLine($"median: logins {Median(alone):0}/s alone, {Median(beside):0}/s beside the API, ratio {median:0.000} ({Wanted:0.00} is wanted)");
        await server.Child.StopAsync();
        tools.Remove();
        return median >= Wanted ? 0 : 1;

        async Task<LoadResult> Load(double seconds) => await tools.LoadAsync(
            "-a", Text(server.AuthenticationPort), "-N", Text(settings.Users), "-W", Text(settings.Window), "-C", "1", "-V", "640", "-w", "1",
            "-d", Text(seconds), "-v", "64", "-q", "-p", Text(server.Child.Id));
    }

    private static async Task<HttpClient> LogInAsync(KiwireProcess server)
    {
        HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
        using HttpResponseMessage answer = await client.PostAsJsonAsync("/api/v1/login", new { username = "admin", password = "demo-password" });
        answer.EnsureSuccessStatusCode();
        string token = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["token"]!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Makes accounts at a steady rate, however long each takes: what is late does not slow down what follows.</summary>
    private static async Task<(int Made, int Refused, double P99)> CreateAsync(HttpClient client, string run, TimeSpan length)
    {
        int ticks = 50;
        List<Task<(HttpStatusCode Status, double Milliseconds)>> creations = [];
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1.0 / ticks));
        long begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) is { } elapsed && elapsed < length)
        {
            while (creations.Count < elapsed.TotalSeconds * CreationsPerSecond)
            {
                creations.Add(CreateOneAsync(client, string.Create(CultureInfo.InvariantCulture, $"load-{run}-{creations.Count:D6}")));
            }

            await timer.WaitForNextTickAsync();
        }

        (HttpStatusCode Status, double Milliseconds)[] answers = await Task.WhenAll(creations);
        double[] times = [.. answers.Select(answer => answer.Milliseconds).Order()];
        int made = answers.Count(answer => answer.Status is HttpStatusCode.Created);
        return (made, answers.Length - made, times[(int)(times.Length * 0.99)]);
    }

    private static async Task<(HttpStatusCode Status, double Milliseconds)> CreateOneAsync(HttpClient client, string name)
    {
        long begin = TimeProvider.System.GetTimestamp();
        using HttpResponseMessage answer = await client.PostAsJsonAsync("/api/v1/accounts", new { username = name, password = "load-password", profile = "gold" });
        return (answer.StatusCode, TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
    }
}
