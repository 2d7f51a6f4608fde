using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Kiwire.Server.Telemetry;

/// <summary>
/// The <c>/metrics</c> page: what every <c>Kiwire.*</c> meter and the runtime's own measure, in Prometheus' text format 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats). Series are bounded: past the bound new ones are not kept.
/// </summary>
internal sealed class PrometheusPage : IDisposable
{
    /// <summary>The content type of the page.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const int MostSeries = 20_000;

    private static readonly double[] DurationLimits = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly Lock _rendering = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private int _series;

    /// <param name="meters">Whose meters are on the page: a process may have another server in it.</param>
    public PrometheusPage(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            bool isOurs = instrument.Meter.Name.StartsWith("Kiwire.", StringComparison.Ordinal) && instrument.Meter.Scope == meters;
            if (isOurs || instrument.Meter.Name == "System.Runtime")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measured(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The page as it is now.</summary>
    public string Render()
    {
        // One after another: what one reader has not measured yet would be missing from the other's page.
        lock (_rendering)
        {
            return Measure();
        }
    }

    public void Dispose() => _listener.Dispose();

    private string Measure()
    {
        lock (_lock)
        {
            foreach (Family family in _families.Values)
            {
                if (family.Observed)
                {
                    foreach (Series series in family.Series.Values)
                    {
                        series.Stale = true;
                    }
                }
            }
        }

        _listener.RecordObservableInstruments();
        StringBuilder page = new();
        lock (_lock)
        {
            foreach (Family family in _families.Values)
            {
                _series -= family.DropStale();
                family.Write(page);
            }
        }

        return page.ToString();
    }

    private void Measured(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = Labels(tags);
        lock (_lock)
        {
            string name = Name(instrument);
            if (!_families.TryGetValue(name, out Family? family))
            {
                _families.Add(name, family = new Family(name, instrument));
            }

            if (!family.Series.TryGetValue(labels, out Series? series))
            {
                if (_series >= MostSeries)
                {
                    return;
                }

                _series++;
                family.Series.Add(labels, series = new Series(family.IsHistogram ? family.Limits.Length : 0));
            }

            series.Stale = false;
            if (family.IsHistogram)
            {
                series.Record(value, family.Limits);
            }
            else if (family.Observed || !family.IsCounter && !family.Adds)
            {
                series.Value = value;
            }
            else
            {
                series.Value += value;
            }
        }
    }

    private static string Name(Instrument instrument)
    {
        StringBuilder name = new(instrument.Name.Length + 16);
        foreach (char letter in instrument.Name)
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
        }

        string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (unit.Length > 0 && !instrument.Name.EndsWith(unit[1..], StringComparison.Ordinal))
        {
            name.Append(unit);
        }

        if (IsCounterType(instrument))
        {
            name.Append("_total");
        }

        return name.ToString();
    }

    private static bool IsCounterType(Instrument instrument) =>
        instrument.GetType().Name is var type && (type.StartsWith("Counter`", StringComparison.Ordinal) || type.StartsWith("ObservableCounter`", StringComparison.Ordinal));

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        StringBuilder labels = new("{");
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (labels.Length > 1)
            {
                labels.Append(',');
            }

            foreach (char letter in tag.Key)
            {
                labels.Append(char.IsAsciiLetterOrDigit(letter) ? letter : '_');
            }

            string value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "";
            labels.Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }

        return labels.Append('}').ToString();
    }

    private sealed class Family(string name, Instrument instrument)
    {
        public bool IsHistogram { get; } = instrument.GetType().Name.StartsWith("Histogram`", StringComparison.Ordinal);

        /// <summary>A histogram's bucket limits: what the instrument advises, else limits for durations.</summary>
        public double[] Limits { get; } = instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } limits } => [.. limits],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } limits } => [.. limits.Select(limit => (double)limit)],
            _ => DurationLimits,
        };

        public bool IsCounter { get; } = IsCounterType(instrument);

        /// <summary>An UpDownCounter: its measurements are differences.</summary>
        public bool Adds { get; } = instrument.GetType().Name.StartsWith("UpDownCounter`", StringComparison.Ordinal);

        public bool Observed { get; } = instrument.IsObservable;

        public SortedDictionary<string, Series> Series { get; } = new(StringComparer.Ordinal);

        /// <summary>Takes out what was not measured in this reading: it would keep what comes anew from its place. How many there were.</summary>
        public int DropStale()
        {
            string[] stale = [.. Series.Where(series => series.Value.Stale).Select(series => series.Key)];
            Array.ForEach(stale, labels => Series.Remove(labels));
            return stale.Length;
        }

        public void Write(StringBuilder page)
        {
            string type = IsHistogram ? "histogram" : IsCounter ? "counter" : "gauge";
            page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description?.Replace('\n', ' ')}\n# TYPE {name} {type}\n");
            foreach ((string labels, Series series) in Series)
            {
                if (IsHistogram)
                {
                    series.WriteHistogram(page, name, labels, Limits);
                }
                else
                {
                    page.Append(CultureInfo.InvariantCulture, $"{name}{labels} {series.Value:R}\n");
                }
            }
        }
    }

    private sealed class Series(int bounds)
    {
        private readonly long[] _buckets = new long[bounds];
        private long _count;

        public double Value { get; set; }

        /// <summary>Not measured in this reading.</summary>
        public bool Stale { get; set; }

        public void Record(double value, double[] limits)
        {
            _count++;
            Value += value;
            for (int i = 0; i < limits.Length; i++)
            {
                if (value <= limits[i])
                {
                    _buckets[i]++;
                    break;
                }
            }
        }

        public void WriteHistogram(StringBuilder page, string name, string labels, double[] limits)
        {
            string open = labels.Length == 0 ? "{" : labels[..^1] + ",";
            long below = 0;
            for (int i = 0; i < limits.Length; i++)
            {
                below += _buckets[i];
                page.Append(CultureInfo.InvariantCulture, $"{name}_bucket{open}le=\"{limits[i]:R}\"}} {below}\n");
            }

            page.Append(CultureInfo.InvariantCulture, $"{name}_bucket{open}le=\"+Inf\"}} {_count}\n{name}_sum{labels} {Value:R}\n{name}_count{labels} {_count}\n");
        }
    }
}
