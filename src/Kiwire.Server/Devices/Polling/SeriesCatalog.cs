using System.Text.Json;
using Kiwire.Server.Devices.Series;

namespace Kiwire.Server.Devices.Polling;

/// <summary>What one of a device's series is of.</summary>
/// <param name="Number">Its number in the blocks.</param>
/// <param name="Metric">The metric's name in its poll set.</param>
/// <param name="Instance">Which row of a table; empty: it is of the device.</param>
/// <param name="Label">What people call that row: ether1.</param>
/// <param name="Unit">Of its values, rates are per second: bit/s, %, errors/s.</param>
/// <param name="Since">Unix milliseconds; what is older under this number was another series'.</param>
internal sealed record SeriesInfo(int Number, string Metric, string Instance, string Label, string Unit, long Since)
{
    /// <summary>1 or 0: whether the device answered.</summary>
    public const int UpNumber = 0;

    /// <summary>How long its answers took.</summary>
    public const int RoundTripNumber = 1;

    public static SeriesInfo Up { get; } = new(UpNumber, "up", "", "", "", 0);

    public static SeriesInfo RoundTrip { get; } = new(RoundTripNumber, "roundTrip", "", "", "ms", 0);
}

/// <summary>
/// The series that a device has or had, with their numbers: <see cref="SeriesBuckets.MostSeries"/> at most. Where there is no number left, that of
/// one that is no longer polled is given away, the one longest there first. Not for several threads.
/// </summary>
internal sealed class SeriesCatalog
{
    private readonly Dictionary<(string Metric, string Instance), SeriesInfo> _series = [];
    private readonly SortedSet<int> _free = [];
    private int _next = SeriesInfo.RoundTripNumber + 1;

    private SeriesCatalog()
    {
    }

    public static SeriesCatalog Empty => new();

    /// <summary>All but those that every device has, by number.</summary>
    public IEnumerable<SeriesInfo> All => _series.Values.OrderBy(series => series.Number);

    /// <summary>Those that were stored, with what every device has.</summary>
    public static IReadOnlyList<SeriesInfo> Read(string json) => [SeriesInfo.Up, SeriesInfo.RoundTrip, .. FromJson(json).All];

    /// <summary>What was stored and is none is empty: the numbers are given anew.</summary>
    public static SeriesCatalog FromJson(string json)
    {
        SeriesCatalog catalog = new();
        foreach (SeriesInfo series in ReadSeries(json))
        {
            catalog._series[(series.Metric, series.Instance)] = series;
            catalog._next = Math.Max(catalog._next, series.Number + 1);
        }

        return catalog;
    }

    public string ToJson() => JsonSerializer.Serialize(All);

    /// <summary>Makes these the ones that are polled.</summary>
    /// <param name="wanted">Metric, instance, label and unit of each, once.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="changed">Whether there is something to store.</param>
    /// <returns>The number of each; -1 where there is none left.</returns>
    public int[] Number(IReadOnlyList<(string Metric, string Instance, string Label, string Unit)> wanted, long now, out bool changed)
    {
        changed = false;
        int missing = wanted.Count(one => !_series.ContainsKey((one.Metric, one.Instance))) - (SeriesBuckets.MostSeries - _next) - _free.Count;
        if (missing > 0)
        {
            HashSet<(string, string)> kept = [.. wanted.Select(one => (one.Metric, one.Instance))];
            foreach (SeriesInfo series in _series.Values.Where(series => !kept.Contains((series.Metric, series.Instance))).OrderBy(series => series.Since).Take(missing).ToArray())
            {
                _ = _series.Remove((series.Metric, series.Instance));
                _ = _free.Add(series.Number);
                changed = true;
            }
        }

        int[] numbers = new int[wanted.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Number(wanted[i], now, ref changed);
        }

        return numbers;
    }

    private static SeriesInfo[] ReadSeries(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SeriesInfo[]>(json) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private int Number((string Metric, string Instance, string Label, string Unit) wanted, long now, ref bool changed)
    {
        if (_series.TryGetValue((wanted.Metric, wanted.Instance), out SeriesInfo? known))
        {
            if ((known.Label, known.Unit) != (wanted.Label, wanted.Unit))
            {
                _series[(wanted.Metric, wanted.Instance)] = known with { Label = wanted.Label, Unit = wanted.Unit };
                changed = true;
            }

            return known.Number;
        }

        int number = -1;
        if (_free.Count > 0)
        {
            number = _free.Min;
            _ = _free.Remove(number);
        }
        else if (_next < SeriesBuckets.MostSeries)
        {
            number = _next++;
        }

        if (number >= 0)
        {
            _series.Add((wanted.Metric, wanted.Instance), new SeriesInfo(number, wanted.Metric, wanted.Instance, wanted.Label, wanted.Unit, now));
            changed = true;
        }

        return number;
    }
}
