using System.Globalization;
using System.Text.RegularExpressions;

namespace Kiwire.Tests.Support;

/// <summary>The server as an operator runs it, on free loopback ports, with the demo's data.</summary>
internal sealed partial class KiwireProcess : IDisposable
{
    private KiwireProcess(Child child)
    {
        Child = child;
        foreach (Match match in ListeningLine().Matches(child.Output))
        {
            int port = int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
            if (match.Groups["what"].Value.StartsWith("auth", StringComparison.OrdinalIgnoreCase))
            {
                AuthenticationPort = port;
            }
            else
            {
                AccountingPort = port;
            }
        }

        HttpPort = int.Parse(HttpLine().Match(child.Output).Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
    }

    public Child Child { get; }

    public int AuthenticationPort { get; }

    public int AccountingPort { get; }

    public int HttpPort { get; }

    public static async Task<KiwireProcess> StartAsync(string dataDirectory, int users, params string[] more)
    {
        List<string> arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Kiwire.Server.dll"),
            "--demo",
            "--Kiwire:DataDirectory=" + dataDirectory,
            "--Kiwire:Radius:Authentication:0=127.0.0.1:0",
            "--Kiwire:Radius:Accounting:0=127.0.0.1:0",
            "--Kiwire:Http:Urls=http://127.0.0.1:0",
            .. more,
        ];
        if (users > 0)
        {
            arguments.AddRange(["--demo-users", users.ToString(CultureInfo.InvariantCulture)]);
        }

        (Child child, _) = await Child.StartAsync(
            "dotnet", arguments, static line => line.Contains("Kiwire is ready", StringComparison.Ordinal), TimeSpan.FromMinutes(3));
        return new KiwireProcess(child);
    }

    /// <summary>The sum of a metric's series whose labels hold a text, from <c>/metrics</c>.</summary>
    public async Task<double> MetricAsync(string name, string label = "")
    {
        using HttpClient http = new();
        string page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{HttpPort}/metrics"));
        double sum = 0;
        foreach (string line in page.Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length && line[name.Length] is ' ' or '{' && line.Contains(label, StringComparison.Ordinal))
            {
                sum += double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
            }
        }

        return sum;
    }

    /// <summary>Waits for the background reading of accounts to have that many in memory.</summary>
    public async Task WaitForAccountsAsync(int accounts)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(250));
        while (await MetricAsync("kiwire_accounts_in_memory") < accounts && await timer.WaitForNextTickAsync())
        {
        }
    }

    public void Dispose() => Child.Dispose();

    [GeneratedRegex(@"Listening for (?<what>authentication|accounting) on \S+:(?<port>\d+)")]
    private static partial Regex ListeningLine();

    [GeneratedRegex(@"Listening for HTTP on \S+?:(?<port>\d+)(?=\s|/|$)")]
    private static partial Regex HttpLine();
}
