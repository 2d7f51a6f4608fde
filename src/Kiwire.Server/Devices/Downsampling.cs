namespace Kiwire.Server.Devices;

/// <summary>
/// Makes series coarser. Buckets begin at whole multiples of their length since 1970, so that they are the same whoever makes them, and have
/// nothing in them where nothing was measured. A bucket made of finer buckets is the one that the values themselves would have made.
/// </summary>
internal static class Downsampling
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    /// <summary>The length of a resolution's buckets in milliseconds; 1 for the raw one, which has none.</summary>
    public static long Length(Resolution resolution) => resolution switch
    {
        Resolution.Hour => 60 * Minute,
        Resolution.FiveMinutes => 5 * Minute,
        _ => 1,
    };

    /// <summary>How long a resolution's points are kept, in milliseconds.</summary>
    public static long Retention(Resolution resolution) => resolution switch
    {
        Resolution.Hour => 2 * 365 * Day,
        Resolution.FiveMinutes => 30 * Day,
        _ => 2 * Day,
    };

    /// <summary>Where the bucket begins that a moment is in.</summary>
    public static long BucketOf(long at, Resolution resolution) => BucketOf(at, Length(resolution));

    /// <summary>Points of ascending time in buckets of a resolution; each bucket is at its beginning.</summary>
    public static IEnumerable<SeriesPoint> IntoBuckets(IEnumerable<SeriesPoint> points, Resolution resolution) => IntoBuckets(points, Length(resolution));

    /// <summary>
    /// Which resolution to read for a range: the coarsest that has at least as many buckets in it as are asked for, as what is read beyond
    /// them is only thinned away; where none has, the finest. None whose points of the range's beginning are gone already, unless all are.
    /// </summary>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="to">Unix milliseconds, after the beginning.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="atMost">How many points are asked for, at least 1.</param>
    public static Resolution Choose(long from, long to, long now, int atMost)
    {
        Resolution finest = now - from <= Retention(Resolution.Raw) ? Resolution.Raw
            : now - from <= Retention(Resolution.FiveMinutes) ? Resolution.FiveMinutes
            : Resolution.Hour;
        for (Resolution coarse = Resolution.Hour; coarse > finest; coarse--)
        {
            if ((to - from) / Length(coarse) >= atMost)
            {
                return coarse;
            }
        }

        return finest;
    }

    /// <summary>
    /// At most so many points of a range: as they are if they are no more, else in buckets that are equally long, and whole multiples of the
    /// resolution's. Nothing that was measured is left out of them.
    /// </summary>
    /// <param name="points">Of ascending time, all in the range.</param>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="to">Unix milliseconds; not in the range itself.</param>
    /// <param name="resolution">That of the points.</param>
    /// <param name="atMost">How many there may be, at least 1.</param>
    public static IReadOnlyList<SeriesPoint> Thin(IReadOnlyList<SeriesPoint> points, long from, long to, Resolution resolution, int atMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        if (points.Count <= atMost)
        {
            return points;
        }

        // Buckets of stored resolutions begin before the range if it begins within one.
        long first = Math.Min(from, points[0].At);
        long last = Math.Max(to - 1, points[^1].At);
        long unit = Math.Max(Length(resolution), 1000);
        long length = Math.Max(1, (last - first) / atMost / unit) * unit;
        while (((last - BucketOf(first, length)) / length) + 1 > atMost)
        {
            // One bucket cannot straddle a boundary that every length has: it begins where the range does.
            if (atMost == 1)
            {
                return [Merge(points)];
            }

            length += unit;
        }

        return [.. IntoBuckets(points, length)];
    }

    private static long BucketOf(long at, long length) => at - (((at % length) + length) % length);

    private static IEnumerable<SeriesPoint> IntoBuckets(IEnumerable<SeriesPoint> points, long length)
    {
        SeriesPoint? bucket = null;
        foreach (SeriesPoint point in points)
        {
            long at = BucketOf(point.At, length);
            if (bucket is { } open && open.At == at)
            {
                bucket = open.With(in point);
                continue;
            }

            if (bucket is { } whole)
            {
                yield return whole;
            }

            bucket = point with { At = at };
        }

        if (bucket is { } last)
        {
            yield return last;
        }
    }

    private static SeriesPoint Merge(IReadOnlyList<SeriesPoint> points)
    {
        SeriesPoint all = points[0];
        for (int i = 1; i < points.Count; i++)
        {
            SeriesPoint next = points[i];
            all = all.With(in next);
        }

        return all;
    }
}
