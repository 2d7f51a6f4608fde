using System.Diagnostics.Metrics;
using Kiwire.Server.Devices.Events;

namespace Kiwire.Server.Devices;

/// <summary>What this room counts.</summary>
internal sealed class DevicesMetrics
{
    public const string MeterName = "Kiwire.Devices";

    private readonly Counter<long> _polls;
    private readonly Histogram<double> _lateness;
    private readonly Counter<long> _forgotten;
    private readonly Counter<long> _told;
    private readonly Meter _meter;

    public DevicesMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _polls = _meter.CreateCounter<long>("kiwire.devices.polls", "{poll}", "Polls of devices, by what they failed by");
        _lateness = _meter.CreateHistogram(
            "kiwire.devices.poll.lateness", "s", "How long after they were due polls began", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2, 5, 10] });
        _forgotten = _meter.CreateCounter<long>("kiwire.devices.forgotten", "{item}", "Hours of values, and events, that were forgotten as the database was away too long");
        _told = _meter.CreateCounter<long>("kiwire.devices.notices", "{notice}", "Tellings of events, by e-mail and webhook");
    }

    /// <summary>Shows how many devices are polled and are under way.</summary>
    public void Watch(Func<int> polled, Func<int> underWay)
    {
        _ = _meter.CreateObservableGauge("kiwire.devices.polled", polled, "{device}", "Devices that this server polls");
        _ = _meter.CreateObservableGauge("kiwire.devices.polls.underway", underWay, "{poll}", "Polls under way");
    }

    public void Polled(string outcome, TimeSpan late)
    {
        _polls.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _lateness.Record(late.TotalSeconds);
    }

    public void Forgot(int items) => _forgotten.Add(items);

    public void Told(NoticeChannel channel, bool went) => _told.Add(
        1, new KeyValuePair<string, object?>("channel", channel == NoticeChannel.Mail ? "mail" : "webhook"), new KeyValuePair<string, object?>("outcome", went ? "told" : "retry"));
}
