using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Kiwire.Snmp;
using Kiwire.Snmp.Tests.Client;

namespace Kiwire.Benchmarks;

/// <summary>10 000 devices on one 60 s cycle, 20 values each: what the server takes of a core and of memory, and how late polls are.</summary>
internal static class PollBenchmark
{
    private const int Agents = 100;
    private const int Values = 20;

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        int devices = Math.Min(settings.Users, 10_000);
        double seconds = Math.Max(settings.Seconds, 60);
        string data = Directory.CreateTempSubdirectory("kiwire-poll-").FullName;
        Directory.CreateDirectory(Path.Combine(data, "mibs"));
        await File.WriteAllTextAsync(Path.Combine(data, "mibs", "bench.json"), PollSet());
        FakeAgent[] agents = [.. Enumerable.Range(0, Agents).Select(i => Agent(IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.1.{i + 1}"))))];
        using KiwireProcess server = await KiwireProcess.StartAsync(
            data, 0, [.. DemoApi.NoRates, "--Kiwire:Http:CallerBurst=100000", "--Kiwire:Http:AddressBurst=100000", .. settings.ServerOptions]);
        using HttpClient http = await DemoApi.LogInAsync(server);
        await Parallel.ForAsync(0, devices, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellationToken) =>
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync(
                new Uri("/api/v1/devices", UriKind.Relative),
                new { identity = $"device-{i}", address = agents[i % Agents].EndPoint.ToString(), community = "public" },
                cancellationToken);
            answer.EnsureSuccessStatusCode();
        });
        Console.WriteLine($"{devices} devices made; a cycle to find out what they have");
        await Task.Delay(TimeSpan.FromSeconds(70));

        using Process process = Process.GetProcessById(server.Child.Id);
        TimeSpan processorBefore = process.TotalProcessorTime;
        (double Polls, double Within5, double Within1) before = await FiguresAsync(server);
        long began = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        process.Refresh();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        (double Polls, double Within5, double Within1) after = await FiguresAsync(server);
        double done = after.Polls - before.Polls;
        Console.WriteLine(
            $"{done / elapsed.TotalSeconds:0} polls/s of {Values} values, {(process.TotalProcessorTime - processorBefore) / elapsed:0.000} of a core, resident {server.Child.ResidentMiB():0} MiB; "
            + $"{done - (after.Within1 - before.Within1):0} polls more than 1 s late, {done - (after.Within5 - before.Within5):0} more than 5 s; "
            + $"answered {await server.MetricAsync("kiwire_devices_polls_total", "answered"):0} of {await server.MetricAsync("kiwire_devices_polls_total"):0} since the start");
        await server.Child.StopAsync();
        foreach (FakeAgent agent in agents)
        {
            agent.Dispose();
        }

        Console.WriteLine($"database {new FileInfo(Path.Combine(data, "kiwire.db")).Length / 1048576.0:0} MiB");
        Directory.Delete(data, recursive: true);
        return 0;
    }

    // All of one moment: of one page.
    private static async Task<(double Polls, double Within5, double Within1)> FiguresAsync(KiwireProcess server)
    {
        using HttpClient http = new();
        string page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{server.HttpPort}/metrics"));
        double Of(string start) => page.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
        const string Bucket = "kiwire_devices_poll_lateness_seconds_bucket{le=";
        return (Of(Bucket + "\"+Inf\""), Of(Bucket + "\"5\""), Of(Bucket + "\"1\""));
    }

    // Counters that go on with the time, as they do.
    private static FakeAgent Agent(IPAddress address)
    {
        FakeAgent agent = new(address);
        agent.Objects[ObjectId.Parse("1.3.6.1.2.1.1.1.0")] = SnmpValue.OctetString("An agent of the benchmark");
        agent.Objects[ObjectId.Parse("1.3.6.1.2.1.1.2.0")] = SnmpValue.ObjectIdentifier(ObjectId.Parse("1.3.6.1.4.1.99999.7"));
        agent.Objects[ObjectId.Parse("1.3.6.1.2.1.1.5.0")] = SnmpValue.OctetString("agent");
        agent.Objects[ObjectId.Parse("1.3.6.1.2.1.1.6.0")] = SnmpValue.OctetString("here");
        Action<AgentRequest> answer = agent.Respond;
        long began = Stopwatch.GetTimestamp();
        agent.Respond = request =>
        {
            double passed = Stopwatch.GetElapsedTime(began).TotalSeconds;
            agent.Objects[PollUpTime] = SnmpValue.TimeTicks(360_000 + (uint)(passed * 100));
            for (uint i = 1; i <= Values; i++)
            {
                agent.Objects[new ObjectId(1, 3, 6, 1, 4, 1, 99999, 1, i, 0)] = i % 2 == 0
                    ? SnmpValue.Counter64((ulong)(passed * 1_000_003 * i))
                    : SnmpValue.Gauge32((uint)(50 + (i * Math.Sin(passed))));
            }

            answer(request);
        };
        return agent;
    }

    private static ObjectId PollUpTime { get; } = ObjectId.Parse("1.3.6.1.2.1.1.3.0");

    private static string PollSet() => $$"""
        {
          "name": "bench", "description": "Twenty values.", "sysObjectIds": ["1.3.6.1.4.1.99999"],
          "scalars": [{{string.Join(',', Enumerable.Range(1, Values).Select(i =>
              $$"""{ "metric": "value{{i}}", "oid": "1.3.6.1.4.1.99999.1.{{i}}.0", "kind": "{{(i % 2 == 0 ? "counter" : "gauge")}}" }"""))}}]
        }
        """;
}
