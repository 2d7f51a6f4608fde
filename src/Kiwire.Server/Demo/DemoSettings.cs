using System.Net;

namespace Kiwire.Server.Demo;

/// <summary>How the demo differs from the product's defaults: everything on loopback, a data directory of its own, metrics for everybody there.</summary>
internal static class DemoSettings
{
    private static readonly string[] Lists = ["Kiwire:Radius:Authentication", "Kiwire:Radius:Accounting"];

    public static IEnumerable<KeyValuePair<string, string?>> Defaults { get; } = new Dictionary<string, string?>
    {
        ["Kiwire:DataDirectory"] = "data-demo",
        ["Kiwire:Radius:Authentication:0"] = "127.0.0.1:1812",
        ["Kiwire:Radius:Accounting:0"] = "127.0.0.1:1813",
        ["Kiwire:Http:Urls"] = "http://127.0.0.1:8081",
        ["Kiwire:Telemetry:MetricsAccess"] = "Anyone",
    };

    /// <summary>Listeners that are not on loopback: the demo's secrets and passwords are known to everybody.</summary>
    public static IEnumerable<string> FindExposed(IConfiguration configuration)
    {
        foreach (string list in Lists)
        {
            foreach (IConfigurationSection endpoint in configuration.GetSection(list).GetChildren())
            {
                if (IPEndPoint.TryParse(endpoint.Value ?? "", out IPEndPoint? parsed) && !IPAddress.IsLoopback(parsed.Address))
                {
                    yield return $"{endpoint.Path} is {endpoint.Value}; the demo's secrets are public, so with --demo it must be on 127.0.0.0/8 or [::1].";
                }
            }
        }

        foreach (string url in (configuration["Kiwire:Http:Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) || !parsed.IsLoopback)
            {
                yield return $"Kiwire:Http:Urls has {url}; the demo's passwords are public, so with --demo it must be on 127.0.0.0/8, [::1] or localhost.";
            }
        }
    }
}
