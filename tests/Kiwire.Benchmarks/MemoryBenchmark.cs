using System.Diagnostics;
using static Kiwire.Benchmarks.BenchmarkSettings;

namespace Kiwire.Benchmarks;

/// <summary>Start with all users in the database, then a mixed load: time to ready, and whether memory grows.</summary>
internal static class MemoryBenchmark
{
    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        NativeTools tools = new();
        await tools.BuildAsync();
        string data = tools.Scratch("memory");
        long started = Stopwatch.GetTimestamp();
        using (KiwireProcess first = await KiwireProcess.StartAsync(data, settings.Users, [.. settings.ServerOptions]))
        {
            Console.WriteLine($"{settings.Users} users added and ready in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
            await first.Child.StopAsync();
        }

        started = Stopwatch.GetTimestamp();
        using KiwireProcess server = await KiwireProcess.StartAsync(data, 0, [.. settings.ServerOptions]);
        Console.WriteLine($"start to ready with {settings.Users} users in the database: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");

        // Half logins, half accounting, paced so that the applier keeps up: growth is then a leak and not a backlog.
        int minutes = (int)Math.Ceiling(settings.Minutes);
        for (int minute = 1; minute <= minutes; minute++)
        {
            LoadResult result = await tools.LoadAsync(
                "-m", "mix", "-a", Text(server.AuthenticationPort), "-c", Text(server.AccountingPort), "-N", Text(settings.Users), "-W", "128", "-k", "8",
                "-C", "1", "-V", "400", "-w", "0", "-d", "55", "-R", "12000", "-p", Text(server.Child.Id));
            Console.WriteLine(
                $"minute {minute}: {result.PerSecond:0}/s, p99 {result.P99Microseconds / 1000:0.0} ms, lost {result.Lost}, resident {server.Child.ResidentMiB():0} MiB, "
                + $"backlog {await server.MetricAsync("kiwire_journal_backlog_records"):0} records");
        }

        await server.Child.StopAsync();
        tools.Remove();
        return 0;
    }
}
