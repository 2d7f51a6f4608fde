using System.Globalization;

namespace Kiwire.Benchmarks;

/// <summary>What was asked for on the command line.</summary>
internal sealed record BenchmarkSettings
{
    public int Users { get; private init; } = 1_000_000;

    public int Rounds { get; private init; } = 5;

    public double Seconds { get; private init; } = 3;

    public int Window { get; private init; } = 256;

    public double Minutes { get; private init; } = 10;

    /// <summary>Options handed on to the server.</summary>
    public IReadOnlyList<string> ServerOptions { get; private init; } = [];

    public static BenchmarkSettings Parse(string[] arguments)
    {
        BenchmarkSettings settings = new();
        List<string> server = [];
        for (int i = 1; i + 1 < arguments.Length; i += 2)
        {
            string value = arguments[i + 1];
            settings = arguments[i] switch
            {
                "--users" => settings with { Users = int.Parse(value, CultureInfo.InvariantCulture) },
                "--rounds" => settings with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => settings with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--window" => settings with { Window = int.Parse(value, CultureInfo.InvariantCulture) },
                "--minutes" => settings with { Minutes = double.Parse(value, CultureInfo.InvariantCulture) },
                "--kiwire" => settings with { ServerOptions = [.. settings.ServerOptions, "--" + value] },
                _ => throw new ArgumentException($"There is no option {arguments[i]}."),
            };
        }

        return settings;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }

    public static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
