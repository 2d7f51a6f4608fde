using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Kiwire.Benchmarks;

/// <summary>100 000 users from a file, in both modes, into a database that has others already; meanwhile single accounts are made, to see how long they wait.</summary>
internal static class ImportBenchmark
{
    private const int Rows = 100_000;

    public static async Task<int> RunAsync(BenchmarkSettings settings)
    {
        string data = Directory.CreateTempSubdirectory("kiwire-import-").FullName;
        using KiwireProcess server = await KiwireProcess.StartAsync(data, settings.Users, [.. DemoApi.NoRates, .. settings.ServerOptions]);
        using HttpClient http = await DemoApi.LogInAsync(server);
        foreach (string mode in (string[])["valid", "all"])
        {
            using ByteArrayContent file = new(Encoding.UTF8.GetBytes(FileOf(mode)));
            file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            using CancellationTokenSource done = new();
            Task<double> others = LongestCreateAsync(http, mode, done.Token);
            long started = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await http.PostAsync(new Uri("/api/v1/accounts/import?mode=" + mode, UriKind.Relative), file);
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            JsonNode report = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
            await done.CancelAsync();
            Console.WriteLine($"mode={mode}: {report["created"]} of {Rows} rows beside {settings.Users} in {seconds:0.00} s; the longest that the making of another account took meanwhile: {await others:0} ms");
        }

        long before = Stopwatch.GetTimestamp();
        long octets = (await http.GetByteArrayAsync(new Uri("/api/v1/accounts/export?q=import", UriKind.Relative))).LongLength;
        Console.WriteLine($"export of {2 * Rows} users: {octets} octets in {Stopwatch.GetElapsedTime(before).TotalSeconds:0.00} s; resident {server.Child.ResidentMiB():0} MiB");
        await server.Child.StopAsync();
        Directory.Delete(data, recursive: true);
        return 0;
    }

    private static async Task<double> LongestCreateAsync(HttpClient http, string mode, CancellationToken done)
    {
        double longest = 0;
        for (int i = 0; !done.IsCancellationRequested; i++)
        {
            long started = Stopwatch.GetTimestamp();
            using HttpResponseMessage answer = await http.PostAsJsonAsync(
                new Uri("/api/v1/accounts", UriKind.Relative), new { username = $"beside-{mode}-{i}", password = "secret-1" }, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return longest;
    }

    private static string FileOf(string mode)
    {
        StringBuilder file = new("username,password,fullName,email,phone,profile,expiry\r\n");
        for (int i = 0; i < Rows; i++)
        {
            _ = file.Append(CultureInfo.InvariantCulture, $"import-{mode}-{i:D6},password-{i},Guest {i},guest{i}@example.org,+6012{i:D7},gold,2031-01-01\r\n");
        }

        return file.ToString();
    }
}
