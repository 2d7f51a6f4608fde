namespace Kiwire.Server.Devices.Series;

/// <summary>Reads a device's history.</summary>
internal sealed class SeriesHistory(SeriesStore store, TimeProvider time)
{
    /// <summary>A range of some series, each in at most so many points.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="deviceId">Which device.</param>
    /// <param name="series">The numbers of the series, and since when each is what it is (Unix milliseconds).</param>
    /// <param name="from">Unix milliseconds.</param>
    /// <param name="to">Unix milliseconds, after the beginning; not in the range itself.</param>
    /// <param name="points">How many at most, at least 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<SeriesRange> ReadAsync(
        long tenantId, long deviceId, IReadOnlyDictionary<int, long> series, long from, long to, int points, CancellationToken cancellationToken)
    {
        Resolution resolution = Downsampling.Choose(from, to, time.GetUtcNow().ToUnixTimeMilliseconds(), points);
        Dictionary<int, List<SeriesPoint>> found = series.Keys.ToDictionary(number => number, _ => new List<SeriesPoint>());
        IReadOnlyList<StoredBlock> blocks = await store.ReadAsync(tenantId, deviceId, resolution, from, to, cancellationToken);
        if (resolution == Resolution.Raw)
        {
            foreach (StoredBlock block in blocks)
            {
                AddRaw(found, block.Block, from, to);
            }
        }
        else
        {
            AddFolded(found, blocks, resolution, from, to);
        }

        return new SeriesRange(resolution, found.ToDictionary(
            pair => pair.Key, pair => Downsampling.Thin(Since(pair.Value, Downsampling.BucketOf(series[pair.Key], resolution)), from, to, resolution, points)));
    }

    /// <summary>The newest values of a block that still grows, by the number of the series.</summary>
    public static IReadOnlyDictionary<int, double> Newest(ReadOnlySpan<byte> block)
    {
        Dictionary<int, double> newest = [];
        if (SeriesReader.TryOpen(block, out SeriesReader reader))
        {
            while (reader.Read())
            {
            }

            foreach (int series in reader.Series)
            {
                newest[series] = reader[series];
            }
        }

        return newest;
    }

    private static List<SeriesPoint> Since(List<SeriesPoint> points, long since)
    {
        _ = points.RemoveAll(point => point.At < since);
        return points;
    }

    private static void AddRaw(Dictionary<int, List<SeriesPoint>> found, ReadOnlySpan<byte> block, long from, long to)
    {
        if (!SeriesReader.TryOpen(block, out SeriesReader reader))
        {
            return;
        }

        while (reader.Read())
        {
            if (reader.At < from || reader.At >= to)
            {
                continue;
            }

            foreach (int number in reader.Series)
            {
                if (found.TryGetValue(number, out List<SeriesPoint>? points) && !double.IsNaN(reader[number]))
                {
                    points.Add(SeriesPoint.Of(reader.At, reader[number]));
                }
            }
        }
    }

    private static void AddFolded(Dictionary<int, List<SeriesPoint>> found, IReadOnlyList<StoredBlock> blocks, Resolution resolution, long from, long to)
    {
        SeriesBuckets buckets = new(resolution);
        foreach (StoredBlock block in blocks)
        {
            if (block.Growing != 0)
            {
                buckets.AddRaw(block.Block);
            }
            else
            {
                buckets.AddFolded(block.Block);
            }
        }

        // A bucket counts to a range in which it begins, or that begins within it.
        long first = Downsampling.BucketOf(from, resolution);
        foreach ((int number, SeriesPoint point) in buckets.Points)
        {
            if (point.At >= first && point.At < to && found.TryGetValue(number, out List<SeriesPoint>? points))
            {
                points.Add(point);
            }
        }
    }
}

/// <summary>A range of some series.</summary>
/// <param name="Resolution">What its points were read from.</param>
/// <param name="Points">By the number of the series; ascending.</param>
internal sealed record SeriesRange(Resolution Resolution, IReadOnlyDictionary<int, IReadOnlyList<SeriesPoint>> Points);
