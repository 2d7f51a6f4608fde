using System.Diagnostics.Metrics;
using Kiwire.Server.Listening;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Reads one server's meters as an exporter would: the listeners', or those of another name.</summary>
internal sealed class MeterReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _values = [];

    public MeterReader(IMeterFactory meters, string name = ListeningMetrics.MeterName)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == name && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Set(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Set(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Set(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>A value as <c>name{tag=value,...}</c>, of this moment.</summary>
    public double this[string series]
    {
        get
        {
            _listener.RecordObservableInstruments();
            lock (_values)
            {
                return _values[series];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Set(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string series = tags.IsEmpty ? instrument.Name : $"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}}";
        lock (_values)
        {
            // A counter reports what it gained, an observable one what it has come to.
            _values[series] = instrument.IsObservable ? value : _values.GetValueOrDefault(series) + value;
        }
    }
}
