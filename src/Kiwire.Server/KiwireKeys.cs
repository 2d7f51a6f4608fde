namespace Kiwire.Server;

/// <summary>One configuration key: what <c>--help</c>, the README and the check for misspelt keys know of it.</summary>
/// <param name="Key">The key; list elements end in <c>:N</c>.</param>
/// <param name="Default">Its default, as one would write it.</param>
/// <param name="Meaning">What it does, in a sentence.</param>
internal sealed record KiwireKey(string Key, string Default, string Meaning);

/// <summary>Every configuration key of the product.</summary>
internal static class KiwireKeys
{
    public static readonly IReadOnlyList<KiwireKey> All =
    [
        new("Kiwire:DataDirectory", "data", "Directory for the database file, the accounting journal and the keys; one server at a time."),
        new("Kiwire:Radius:Authentication:N", "0.0.0.0:1812, [::]:1812", "Endpoints that take Access-Requests; port 0 picks a free one."),
        new("Kiwire:Radius:Accounting:N", "0.0.0.0:1813, [::]:1813", "Endpoints that take Accounting-Requests; port 0 picks a free one."),
        new("Kiwire:Http:Urls", "http://127.0.0.1:8081", "Where the HTTP APIs, /metrics and /healthz listen; several are separated by ';'."),
        new("Kiwire:Storage:Provider", "Sqlite", "Sqlite (one machine) or PostgreSql (several servers)."),
        new("Kiwire:Storage:ConnectionString", "(kiwire.db in the data directory)", "ADO.NET connection string; required for PostgreSql."),
        new("Kiwire:Storage:JournalLimitOctets", "4294967296", "The most octets of accounting that may wait for the database; full, accounting is not answered."),
        new("Kiwire:Storage:HistoryLimitOctets", "1073741824", "The backlog in octets past which rows of login history are dropped and counted."),
        new("Kiwire:Storage:JournalSegmentOctets", "67108864", "Octets in one file of the journal."),
        new("Kiwire:Telemetry:OtlpEndpoint", "(none)", "OTLP receiver for metrics, such as http://127.0.0.1:4317."),
    ];

    /// <summary>Keys under <c>Kiwire</c> in the configuration that the product does not have, each with the nearest that it has.</summary>
    public static IReadOnlyList<string> FindUnknown(IConfiguration configuration)
    {
        List<string> faults = [];
        foreach ((string key, string? value) in configuration.GetSection("Kiwire").AsEnumerable())
        {
            if (value is not null && !All.Any(known => Matches(known.Key, key)))
            {
                string nearest = All.MinBy(known => Distance(known.Key, key))!.Key;
                faults.Add($"There is no option {key}. The nearest is {nearest}; --help lists all.");
            }
        }

        return faults;
    }

    private static bool Matches(string known, string key)
    {
        if (known.EndsWith(":N", StringComparison.Ordinal))
        {
            int cut = key.LastIndexOf(':');
            return cut > 0 && int.TryParse(key.AsSpan(cut + 1), out _) && key.AsSpan(0, cut).Equals(known.AsSpan(0, known.Length - 2), StringComparison.OrdinalIgnoreCase);
        }

        return key.Equals(known, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Levenshtein distance without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[^1];
    }
}
