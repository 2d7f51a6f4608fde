using System.Diagnostics;
using static Kiwire.Benchmarks.BenchmarkSettings;

namespace Kiwire.Benchmarks;

/// <summary>Durable accounting beside the echo and beside FreeRADIUS on databases that sync each commit.</summary>
internal static class AccountingBenchmark
{
    /// <summary>Octets of an Accounting-Response without attributes.</summary>
    private const int ReplyOctets = 20;

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        NativeTools tools = new();
        await tools.BuildAsync();
        using KiwireProcess server = await KiwireProcess.StartAsync(tools.Scratch("accounting"), Math.Min(settings.Users, 100_000), [.. settings.ServerOptions]);
        (Child echo, int echoPort) = await tools.StartEchoAsync(ReplyOctets, cpu: 0);
        using (echo)
        {
            await Load(server.AccountingPort, 5, settings.Window, 0, server.Child.Id);
            List<double> ratios = [], rates = [];
            for (int round = 1; round <= settings.Rounds; round++)
            {
                await server.Child.PauseAsync();
            LoadResult limit = await tools.LoadAsync(
                    "-m", "echo", "-a", Text(echoPort), "-W", Text(settings.Window), "-C", "1", "-V", "64", "-w", "1", "-d", Text(settings.Seconds));
                await server.Child.ContinueAsync();
                LoadResult ours = await Load(server.AccountingPort, settings.Seconds, settings.Window, 0, server.Child.Id);
                rates.Add(ours.PerSecond);
                ratios.Add(ours.PerSecond / limit.PerSecond);
                Console.WriteLine(
                    $"round {round}: echo {limit.PerSecond:0}/s, accounting {ours.PerSecond:0}/s, ratio {ours.PerSecond / limit.PerSecond:0.000}; "
                    + $"p50 {ours.P50Microseconds:0} us, p99 {ours.P99Microseconds:0} us, lost {ours.Lost}, CPU {ours.ServerCpuMicroseconds:0.0} us, steal {ours.Steal:P0}");
            }

            double maximum = Median(rates);
            Console.WriteLine($"median: accounting {maximum:0}/s, ratio to echo {Median(ratios):0.000}");
            LoadResult paced = await Load(server.AccountingPort, settings.Seconds, 2048, 0.7 * maximum, server.Child.Id);
            Console.WriteLine($"at 70 % of that ({0.7 * maximum:0}/s): {paced.PerSecond:0}/s, p50 {paced.P50Microseconds / 1000:0.00} ms, p99 {paced.P99Microseconds / 1000:0.00} ms, lost {paced.Lost}");
            await MeasureApplying(server);
            await CompareWithFreeRadius(maximum);
        }

        await server.Child.StopAsync();
        tools.Remove();
        return 0;

        async Task<LoadResult> Load(int port, double seconds, int window, double rate, int process)
        {
            string[] pace = rate > 0 ? ["-R", Text(rate)] : [];
            return await tools.LoadAsync([
                "-m", "acct", "-c", Text(port), "-N", "100000", "-W", Text(window), "-k", "16", "-C", "1", "-V", "320", "-w", "1", "-d", Text(seconds),
                "-v", "64", "-p", Text(process), .. pace]);
        }

        async Task CompareWithFreeRadius(double ours)
        {
            if (!FreeRadius.IsInstalled)
            {
                Console.WriteLine("FreeRADIUS is not installed (Debian: freeradius freeradius-postgresql sqlite3): not compared.");
                return;
            }

            double best = 0;
            using (Child sqlite = await FreeRadius.StartSqliteAsync(tools.Scratch("fr-sqlite"), 21813))
            {
                best = Math.Max(best, await Peer("FreeRADIUS, SQLite WAL", sqlite, 21813));
            }

            if (PostgreSqlCluster.FindPrograms() is { } programs)
            {
                using PostgreSqlCluster cluster = await PostgreSqlCluster.StartAsync(tools.Scratch("fr-postgres"), programs);
                using Child postgres = await FreeRadius.StartPostgreSqlAsync(tools.Scratch("fr-postgres-conf"), 21814, cluster.SocketDirectory);
                best = Math.Max(best, await Peer("FreeRADIUS, PostgreSQL", postgres, 21814));
            }

            Console.WriteLine($"ours to FreeRADIUS's best durable: {ours / best:0.0} times");
        }

        async Task<double> Peer(string name, Child process, int port)
        {
            List<double> rates = [];
            foreach (int window in (int[])[32, 128])
            {
                LoadResult result = await Load(port, settings.Seconds, window, 0, process.Id);
                Console.WriteLine($"{name}, window {window}: {result.PerSecond:0}/s, p50 {result.P50Microseconds / 1000:0.0} ms, lost {result.Lost}");
                rates.Add(result.PerSecond);
            }

            return rates.Max();
        }
    }

    /// <summary>How fast the backlog that the load left goes into the database, nothing else running.</summary>
    private static async Task MeasureApplying(KiwireProcess server)
    {
        double before = await server.MetricAsync("kiwire_journal_backlog_records");
        long started = Stopwatch.GetTimestamp();
        double left = before;
        TimeSpan elapsed = TimeSpan.Zero;
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1));
        while (left > 0 && elapsed < TimeSpan.FromSeconds(30) && await timer.WaitForNextTickAsync())
        {
            left = await server.MetricAsync("kiwire_journal_backlog_records");
            elapsed = Stopwatch.GetElapsedTime(started);
        }

        Console.WriteLine($"backlog of {before:0} records: {before - left:0} applied in {elapsed.TotalSeconds:0.0} s, {(before - left) / elapsed.TotalSeconds:0}/s");
    }
}
