using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Kiwire.Server.Devices.Series;
using Kiwire.Server.Storage;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Devices.Polling;

/// <summary><c>/api/v1/devices/{identity}/metrics</c>: what polls measured.</summary>
internal static class DeviceMetricsEndpoints
{
    private const string Kind = "device";

    /// <summary>Where in a path <c>/api/v1/devices/{identity}/metrics</c> the identity stands.</summary>
    private const int IdentitySegment = 3;

    public static void MapDeviceMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/devices/{identity}/metrics", ListAsync).RequireScope(ApiScope.DevicesRead).WithTags("Devices")
            .WithSummary("Shows what polls of a device measured, each series in at most so many points");

    private static async Task<Results<Ok<DeviceMetricsBody>, ProblemHttpResult>> ListAsync(
        string identity, [AsParameters] MetricsRange range, HttpContext http, DeviceRegister register, PollStore polls, SeriesHistory history, TimeProvider time,
        CancellationToken cancellationToken)
    {
        identity = http.PathName(IdentitySegment);
        long tenantId = http.Caller.TenantId;
        if (!range.TryRead(time.GetUtcNow(), out long from, out long to, out int points, out FieldFault? fault))
        {
            return Problems.Invalid([fault]);
        }

        if (await register.FindAsync(tenantId, identity, cancellationToken) is not { } device)
        {
            return Problems.NotFound(Kind, identity);
        }

        StoredDevice? stored = await polls.FindAsync(tenantId, device.DeviceId, cancellationToken);
        SeriesInfo[] wanted = [.. SeriesCatalog.Read(stored?.Series ?? "[]").Where(range.Wants)];
        points = Math.Max(1, Math.Min(points, MetricsRange.MostPointsOfAll / Math.Max(1, wanted.Length)));
        SeriesRange found = await history.ReadAsync(tenantId, device.DeviceId, wanted.ToDictionary(series => series.Number, series => series.Since), from, to, points, cancellationToken);
        return TypedResults.Ok(DeviceMetricsBody.Of(from, to, found, wanted));
    }
}

/// <summary>Which part of a device's history is wanted.</summary>
internal readonly record struct MetricsRange
{
    public const int DefaultPoints = 300;
    public const int MostPoints = 2000;

    /// <summary>The most points of an answer.</summary>
    public const int MostPointsOfAll = 100_000;

    [Description("Only series of this metric.")]
    public string? Metric { get; init; }

    [Description("Only series of this row of a table.")]
    public string? Instance { get; init; }

    [Description("At or after; an hour before the end where it is not given.")]
    public DateTimeOffset? From { get; init; }

    [Description("Before; now where it is not given.")]
    public DateTimeOffset? To { get; init; }

    [Description("How many points of a series at most: 1 to 2000; 300 where it is not given. Fewer where there are many series: 100000 are the most of an answer.")]
    public int? Points { get; init; }

    public bool Wants(SeriesInfo series) => (Metric is null || series.Metric == Metric) && (Instance is null || series.Instance == Instance);

    public bool TryRead(DateTimeOffset now, out long from, out long to, out int points, [NotNullWhen(false)] out FieldFault? fault)
    {
        DateTimeOffset end = To ?? now.AddMilliseconds(1);
        DateTimeOffset begin = From ?? (end - DateTimeOffset.UnixEpoch > TimeSpan.FromHours(1) ? end - TimeSpan.FromHours(1) : DateTimeOffset.UnixEpoch);
        (from, to, points) = (begin.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), Points ?? DefaultPoints);
        fault = points is < 1 or > MostPoints ? new FieldFault("points", $"is {points}; it must be 1 to {MostPoints}.")
            : from < 0 ? new FieldFault("from", "is before 1970; it must be a moment of the device's history.")
            : from >= to ? new FieldFault("from", "is not before the end; it must be.")
            : null;
        return fault is null;
    }
}

/// <summary>What polls measured in a range.</summary>
internal sealed record DeviceMetricsBody
{
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    [Description("What the points were made of: values as polled (kept 2 days), of five minutes (30 days) or of an hour (2 years).")]
    public required Resolution Resolution { get; init; }

    public required IReadOnlyList<DeviceSeriesBody> Series { get; init; }

    public static DeviceMetricsBody Of(long from, long to, SeriesRange range, IEnumerable<SeriesInfo> wanted) => new()
    {
        From = DateTimeOffset.FromUnixTimeMilliseconds(from),
        To = DateTimeOffset.FromUnixTimeMilliseconds(to),
        Resolution = range.Resolution,
        Series = [.. wanted.Select(series => DeviceSeriesBody.Of(series, range.Points[series.Number]))],
    };
}

/// <summary>One series.</summary>
internal sealed record DeviceSeriesBody
{
    public required string Metric { get; init; }

    public required string Instance { get; init; }

    public required string Label { get; init; }

    public required string Unit { get; init; }

    [Description("Ascending.")]
    public required IReadOnlyList<DevicePointBody> Points { get; init; }

    public static DeviceSeriesBody Of(SeriesInfo series, IReadOnlyList<SeriesPoint> points) => new()
    {
        Metric = series.Metric,
        Instance = series.Instance,
        Label = series.Label,
        Unit = series.Unit,
        Points = [.. points.Where(point => double.IsFinite(point.Mean)).Select(DevicePointBody.Of)],
    };
}

/// <summary>One point.</summary>
internal sealed record DevicePointBody
{
    [Description("When it was measured, or when its span begins.")]
    public required DateTimeOffset At { get; init; }

    public required double Min { get; init; }

    public required double Mean { get; init; }

    public required double Max { get; init; }

    [Description("How many values are in it.")]
    public required long Count { get; init; }

    public static DevicePointBody Of(SeriesPoint point) => new()
    {
        At = DateTimeOffset.FromUnixTimeMilliseconds(point.At), Min = point.Min, Mean = point.Mean, Max = point.Max, Count = point.Count,
    };
}
