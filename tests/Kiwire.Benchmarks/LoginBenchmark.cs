using static Kiwire.Benchmarks.BenchmarkSettings;

namespace Kiwire.Benchmarks;

/// <summary>PAP logins beside the echo, in turn, round after round.</summary>
internal static class LoginBenchmark
{
    /// <summary>Octets of the accept of a demo user on profile gold; the echo answers with as many.</summary>
    private const int ReplyOctets = 104;

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        NativeTools tools = new();
        await tools.BuildAsync();
        Console.WriteLine($"{settings.Users} users; starting (users are added first) ...");
        using KiwireProcess server = await KiwireProcess.StartAsync(tools.Scratch("login"), settings.Users, [.. settings.ServerOptions]);
        (Child echo, int echoPort) = await tools.StartEchoAsync(ReplyOctets, cpu: 0);
        using Child _ = echo;

        Console.WriteLine("waiting until all are in memory, then discarded load ...");
        await server.WaitForAccountsAsync(settings.Users);
        await Load(server, 10);
        List<double> ratios = [], echoes = [], logins = [];
        for (int round = 1; round <= settings.Rounds; round++)
        {
            await server.Child.PauseAsync();
            LoadResult limit = await tools.LoadAsync(
                "-m", "echo", "-a", Text(echoPort), "-W", Text(settings.Window), "-C", "1", "-V", "64", "-w", "1", "-d", Text(settings.Seconds));
            await server.Child.ContinueAsync();
            LoadResult login = await Load(server, settings.Seconds);
            echoes.Add(limit.PerSecond);
            logins.Add(login.PerSecond);
            ratios.Add(login.PerSecond / limit.PerSecond);
            Console.WriteLine(
                $"round {round}: echo {limit.PerSecond:0}/s, logins {login.PerSecond:0}/s, ratio {login.PerSecond / limit.PerSecond:0.000}; "
                + $"p50 {login.P50Microseconds:0} us, p99 {login.P99Microseconds:0} us, lost {login.Lost}, wrong code {login.BadCode}, wrong signature {login.BadAuth}, "
                + $"CPU {login.ServerCpuMicroseconds:0.0} us/login, resident {login.ServerMiB:0} MiB, steal {login.Steal:P0}");
        }

        Console.WriteLine($"median: echo {Median(echoes):0}/s, logins {Median(logins):0}/s, ratio {Median(ratios):0.000}");
        Console.WriteLine($"allocated per login (whole process, GC): {await AllocatedPerLogin(server, settings):0} octets");
        await server.Child.StopAsync();
        tools.Remove();
        return 0;

        async Task<LoadResult> Load(KiwireProcess to, double seconds) => await tools.LoadAsync(
            "-a", Text(to.AuthenticationPort), "-N", Text(settings.Users), "-W", Text(settings.Window), "-C", "1", "-V", "640", "-w", "1",
            "-d", Text(seconds), "-v", "64", "-q", "-p", Text(to.Child.Id));

        async Task<double> AllocatedPerLogin(KiwireProcess of, BenchmarkSettings with)
        {
            double before = await of.MetricAsync("dotnet_gc_heap_total_allocated_bytes_total");
            double accepted = await of.MetricAsync("radius_server_logins_total", "Accepted");
            await Load(of, with.Seconds);
            double after = await of.MetricAsync("dotnet_gc_heap_total_allocated_bytes_total");
            return (after - before) / (await of.MetricAsync("radius_server_logins_total", "Accepted") - accepted);
        }
    }
}
