using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Kiwire.Benchmarks;

/// <summary>
/// Fifty of all users over HTTP, by every sort and filter: all are on one profile, active and without an expiry, so that filters by these match
/// all or nothing. First pages and those after them.
/// </summary>
internal static class ListingBenchmark
{
    private static readonly string[] Filters =
    [
        "", "status=active", "status=suspended", "profile=gold", "profile=gold&status=suspended", "profile=hour", "q=user5", "q=user999999", "q=nobody", "q=u&profile=gold&status=active",
        "sort=-name", "sort=-name&status=active&q=user", "sort=-name&profile=gold", "sort=createdAt", "sort=-createdAt", "sort=-createdAt&status=suspended", "sort=expiresAt",
        "sort=-expiresAt", "sort=expiresAt&status=active", "expiresBefore=2031-01-01T00:00:00Z", "expiresAfter=2019-01-01T00:00:00Z", "sort=-expiresAt&expiresBefore=2031-01-01T00:00:00Z&status=active",
        "phone=%2B60123456789", "email=nobody@example.org", "mac=02:00:00:00:00:01", "phone=%2B60123456789&sort=-expiresAt&profile=gold&q=o",
    ];

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        string data = Directory.CreateTempSubdirectory("kiwire-listing-").FullName;
        using KiwireProcess server = await KiwireProcess.StartAsync(data, settings.Users, [.. DemoApi.NoRates, .. settings.ServerOptions]);
        await server.WaitForAccountsAsync(settings.Users);
        using HttpClient http = await DemoApi.LogInAsync(server);
        foreach (string filter in Filters)
        {
            _ = await MeasureAsync(http, filter, 3);
        }

        Console.WriteLine($"50 of {settings.Users} users, {settings.Rounds * 10} times each: p50, p99, most, in ms");
        double worst = 0;
        foreach (string filter in Filters)
        {
            double[] milliseconds = await MeasureAsync(http, filter, settings.Rounds * 10);
            worst = Math.Max(worst, milliseconds[^1]);
            Console.WriteLine($"  {milliseconds[milliseconds.Length / 2],6:0.0} {milliseconds[milliseconds.Length * 99 / 100],6:0.0} {milliseconds[^1],6:0.0}  {(filter.Length == 0 ? "(all)" : filter)}");
        }

        Console.WriteLine($"the most of all: {worst:0.0} ms");
        await server.Child.StopAsync();
        Directory.Delete(data, recursive: true);
        return 0;
    }

    // Every other one is the page after the one before.
    private static async Task<double[]> MeasureAsync(HttpClient http, string filter, int times)
    {
        double[] milliseconds = new double[times];
        string? cursor = null;
        for (int i = 0; i < times; i++)
        {
            string path = $"/api/v1/accounts?{filter}{(filter.Length > 0 ? "&" : "")}limit=50{(cursor is null ? "" : "&cursor=" + cursor)}";
            long started = Stopwatch.GetTimestamp();
            string text = await http.GetStringAsync(new Uri(path, UriKind.Relative));
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            cursor = cursor is null ? (string?)JsonNode.Parse(text)!["next"] : null;
        }

        Array.Sort(milliseconds);
        return milliseconds;
    }
}
