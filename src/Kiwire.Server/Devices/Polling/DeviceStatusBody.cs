using System.ComponentModel;
using Kiwire.Server.Devices.Series;

namespace Kiwire.Server.Devices.Polling;

/// <summary>How a device stands, as it is read.</summary>
internal sealed record DeviceStatusBody
{
    [Description("up; down: it missed three polls; unknown: it has not been polled often enough to tell, or not lately.")]
    public required DeviceState State { get; init; }

    [Description("Since when; null: it was never polled.")]
    public required DateTimeOffset? Since { get; init; }

    public required DateTimeOffset? PolledAt { get; init; }

    [Description("When it answered last.")]
    public required DateTimeOffset? SeenAt { get; init; }

    [Description("Of its last answer.")]
    public required double? RoundTripMilliseconds { get; init; }

    [Description("How long its agent was up when it answered last, by its own word.")]
    public required long? UptimeSeconds { get; init; }

    [Description("Why its last poll failed; empty: it did not.")]
    public required string Fault { get; init; }

    public static DeviceStatusBody Of(DeviceCondition? condition, int pollSeconds, DateTimeOffset now)
    {
        DeviceState state = Shown(condition, pollSeconds, now);
        return new DeviceStatusBody
        {
            State = state,
            Since = condition?.PolledAt is null ? null : Moment(condition.ChangedAt),
            PolledAt = Moment(condition?.PolledAt),
            SeenAt = Moment(condition?.SeenAt),
            RoundTripMilliseconds = condition?.RoundTripMicroseconds / 1000.0,
            UptimeSeconds = condition?.UpTicks / 100,
            Fault = condition?.Fault ?? "",
        };
    }

    /// <summary>The state, as long as polls are as often as they should be: an old one says nothing of today.</summary>
    public static DeviceState Shown(DeviceCondition? condition, int pollSeconds, DateTimeOffset now) =>
        condition?.PolledAt is { } polled && pollSeconds > 0
        && now - Moment(polled) <= TimeSpan.FromSeconds((DeviceCondition.MissesToDown * (long)pollSeconds) + 60)
            ? condition.State
            : DeviceState.Unknown;

    private static DateTimeOffset? Moment(long? unixMilliseconds) => unixMilliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}

/// <summary>A series' newest value.</summary>
internal sealed record DeviceValueBody
{
    [Description("As its poll set calls it.")]
    public required string Metric { get; init; }

    [Description("Which row of a table: an interface's ifIndex; empty: it is the device's.")]
    public required string Instance { get; init; }

    [Description("What that row is called: ether1.")]
    public required string Label { get; init; }

    [Description("bit/s, %, ...; counters are rates a second.")]
    public required string Unit { get; init; }

    public required double Value { get; init; }

    /// <summary>All newest values of a device.</summary>
    public static IReadOnlyList<DeviceValueBody> Of(StoredDevice? stored) =>
        stored?.Block is { } block ? Of(SeriesCatalog.Read(stored.Series), SeriesHistory.Newest(block)) : [];

    /// <summary>All values of a poll.</summary>
    public static IReadOnlyList<DeviceValueBody> Of(PollResult result, SeriesCatalog catalog)
    {
        Dictionary<int, double> values = [];
        for (int i = 0; i < result.Series.Length; i++)
        {
            values[result.Series[i]] = result.Values[i];
        }

        return Of(catalog.All, values);
    }

    private static IReadOnlyList<DeviceValueBody> Of(IEnumerable<SeriesInfo> catalog, IReadOnlyDictionary<int, double> values) =>
        [.. catalog
            .Where(series => values.TryGetValue(series.Number, out double value) && double.IsFinite(value))
            .Select(series => new DeviceValueBody
            {
                Metric = series.Metric, Instance = series.Instance, Label = series.Label, Unit = series.Unit, Value = values[series.Number],
            })];
}
