using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Kiwire.Snmp;

namespace Kiwire.Benchmarks;

/// <summary>
/// GETs of sysUpTime.0 by SNMPv2c from one agent: by our client, by a loop over Net-SNMP's library, and by its asynchronous API. The agent
/// has one core and each client the other, in turn. Once with an agent that answers from memory, and once with snmpd, which is the slower
/// of the two ends itself.
/// </summary>
internal static partial class SnmpGetBenchmark
{
    private const int AgentCpu = 0;
    private const int ClientCpu = 1;

    private static readonly ObjectId SysUpTime = ObjectId.Parse("1.3.6.1.2.1.1.3.0");

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-snmp-").FullName;
        try
        {
            string sources = Path.Combine(AppContext.BaseDirectory, "native");
            string agent = Path.Combine(directory, "snmpagent"), client = Path.Combine(directory, "snmpget");
            await Child.RunAsync("gcc", "-O2", "-o", agent, Path.Combine(sources, "snmpagent.c"));
            await Child.RunAsync("gcc", "-O2", "-o", client, Path.Combine(sources, "snmpget.c"), "-lnetsnmp");

            (Child fast, string port) = await Child.StartAsync(agent, ["0", BenchmarkSettings.Text(AgentCpu)], _ => true, TimeSpan.FromSeconds(5));
            bool enough;
            using (fast)
            {
                enough = await CompareAsync("an agent that answers from memory", int.Parse(port, CultureInfo.InvariantCulture), client, settings);
            }

            int snmpdPort = FreePort();
            string configuration = Path.Combine(directory, "agent.conf");
            await File.WriteAllTextAsync(configuration, "rocommunity public 127.0.0.1\n");
            (Child snmpd, _) = await Child.StartAsync(
                "taskset",
                ["-c", BenchmarkSettings.Text(AgentCpu), "snmpd", "-f", "-Lo", "-C", "-c", configuration, "udp:127.0.0.1:" + BenchmarkSettings.Text(snmpdPort)],
                line => line.StartsWith("NET-SNMP version", StringComparison.Ordinal),
                TimeSpan.FromSeconds(20),
                new Dictionary<string, string> { ["MIBS"] = "", ["SNMP_PERSISTENT_DIR"] = directory });
            using (snmpd)
            {
                _ = await CompareAsync("snmpd", snmpdPort, client, settings);
            }

            return enough ? 0 : 2;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<bool> CompareAsync(string agent, int port, string client, BenchmarkSettings settings)
    {
        string window = BenchmarkSettings.Text(settings.Window), portText = BenchmarkSettings.Text(port), cpu = BenchmarkSettings.Text(ClientCpu);
        string seconds = BenchmarkSettings.Text(settings.Seconds);
        List<Measure> ours = [], loops = [], asynchronous = [];
        for (int round = 0; round < settings.Rounds; round++)
        {
            loops.Add(Measure.Parse(await Child.RunAsync(client, "sync", portText, seconds, cpu)));
            asynchronous.Add(Measure.Parse(await Child.RunAsync(client, "async", portText, seconds, cpu, window)));
            ours.Add(await OursAsync(port, settings));
            Print($"{agent}: ours {ours[^1]}; the loop {loops[^1]}; the asynchronous API {asynchronous[^1]}");
        }

        double toLoop = BenchmarkSettings.Median(ours.Zip(loops, static (one, other) => one.PerSecond / other.PerSecond));
        double toAsynchronous = BenchmarkSettings.Median(ours.Zip(asynchronous, static (one, other) => one.PerSecond / other.PerSecond));
        double work = BenchmarkSettings.Median(ours.Zip(asynchronous, static (one, other) => one.Microseconds / other.Microseconds));
        Print($"{agent}: {toLoop:f1} times the loop (asked for: 5), {toAsynchronous:f2} times the asynchronous API (asked for: 1) with {work:f2} times its processor time, medians of {settings.Rounds}, {window} under way");
        return toLoop >= 5 && toAsynchronous >= 1;
    }

    private static async Task<Measure> OursAsync(int port, BenchmarkSettings settings)
    {
        using Process self = Process.GetCurrentProcess();
        nint everywhere = 0;
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            everywhere = self.ProcessorAffinity;
            self.ProcessorAffinity = 1 << ClientCpu;
        }

        await using SnmpClient client = new();
        SnmpTarget target = new(new IPEndPoint(IPAddress.Loopback, port), new CommunityCredentials(SnmpVersion.V2c, "public"));
        _ = await AskAsync(client, target, settings.Window, TimeSpan.FromSeconds(2));
        Measure measure = await AskAsync(client, target, settings.Window, TimeSpan.FromSeconds(settings.Seconds));
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            self.ProcessorAffinity = everywhere;
        }

        SnmpClientStatistics statistics = client.Statistics;
        if (statistics.Resent > 0)
        {
            Print($"ours sent {statistics.Resent} of {statistics.Sent} again");
        }

        return measure;
    }

    private static async Task<Measure> AskAsync(SnmpClient client, SnmpTarget target, int window, TimeSpan duration)
    {
        long answered = 0;
        ObjectId[] ids = [SysUpTime];
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        Task[] loops = [.. Enumerable.Range(0, window).Select(_ => Task.Run(LoopAsync))];
        await Task.WhenAll(loops);
        return new Measure(answered / Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / answered);

        async Task LoopAsync()
        {
            long mine = 0;
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                SnmpOutcome outcome = await client.TryGetAsync(target, ids);
                mine += outcome.IsAnswered && outcome.Bindings[0].Value.Type == SnmpType.TimeTicks ? 1 : 0;
            }

            Interlocked.Add(ref answered, mine);
        }
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a client achieved: answers a second, and the processor time of each.</summary>
    private sealed partial record Measure(double PerSecond, double Microseconds)
    {
        public static Measure Parse(string output)
        {
            Match line = Line().Match(output);
            return new Measure(
                double.Parse(line.Groups["rate"].Value, CultureInfo.InvariantCulture), double.Parse(line.Groups["each"].Value, CultureInfo.InvariantCulture));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:f0} a second at {Microseconds:f1} us");

        [GeneratedRegex("^(?<rate>[0-9]+) answered a second, (?<each>[0-9.]+) us", RegexOptions.ExplicitCapture)]
        private static partial Regex Line();
    }
}
