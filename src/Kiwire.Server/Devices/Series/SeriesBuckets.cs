namespace Kiwire.Server.Devices.Series;

/// <summary>
/// A device's series made coarser: for each bucket and series its least, mean and greatest value. What is made of parts is what would have been
/// made of the whole.
/// </summary>
internal sealed class SeriesBuckets(Resolution resolution)
{
    /// <summary>The most series of a device: a coarser block has four numbers for each.</summary>
    public const int MostSeries = SeriesBlock.MostSeries / NumbersEach;

    private const int NumbersEach = 4;
    private const int CountNumber = 0;
    private const int MinNumber = 1;
    private const int MeanNumber = 2;
    private const int MaxNumber = 3;

    private readonly SortedDictionary<long, SortedDictionary<int, SeriesPoint>> _buckets = [];

    /// <summary>The series' points by their time, of one series after the other; ascending.</summary>
    public IEnumerable<(int Series, SeriesPoint Point)> Points =>
        _buckets.Values.SelectMany(bucket => bucket.Select(pair => (pair.Key, pair.Value)));

    /// <summary>Takes in a block of values as polled, or those of it that are in a range.</summary>
    public void AddRaw(ReadOnlySpan<byte> block, long from = long.MinValue, long to = long.MaxValue)
    {
        if (!SeriesReader.TryOpen(block, out SeriesReader reader))
        {
            return;
        }

        while (reader.Read())
        {
            foreach (int series in reader.Series)
            {
                if (!double.IsNaN(reader[series]) && reader.At >= from && reader.At < to)
                {
                    Add(series, SeriesPoint.Of(reader.At, reader[series]));
                }
            }
        }
    }

    /// <summary>Takes in a block that <see cref="ToBlock"/> made.</summary>
    public void AddFolded(ReadOnlySpan<byte> block)
    {
        if (!SeriesReader.TryOpen(block, out SeriesReader reader))
        {
            return;
        }

        while (reader.Read())
        {
            foreach (int number in reader.Series)
            {
                if (number % NumbersEach == CountNumber)
                {
                    Add(number / NumbersEach, new SeriesPoint(
                        reader.At, reader[number + MinNumber], reader[number + MeanNumber], reader[number + MaxNumber], (long)reader[number + CountNumber]));
                }
            }
        }
    }

    /// <summary>All of it as a block; null: there is nothing.</summary>
    public byte[]? ToBlock()
    {
        if (_buckets.Count == 0)
        {
            return null;
        }

        SeriesBlock block = new(_buckets.First().Key);
        foreach ((long at, SortedDictionary<int, SeriesPoint> bucket) in _buckets)
        {
            int[] numbers = new int[bucket.Count * NumbersEach];
            double[] values = new double[numbers.Length];
            int i = 0;
            foreach ((int series, SeriesPoint point) in bucket)
            {
                (numbers[i], values[i++]) = ((series * NumbersEach) + CountNumber, point.Count);
                (numbers[i], values[i++]) = ((series * NumbersEach) + MinNumber, point.Min);

                // The mean has digits without end, of which seven are as good, and take half the room.
                (numbers[i], values[i++]) = ((series * NumbersEach) + MeanNumber, point.Min.Equals(point.Max) ? point.Min : (float)point.Mean);
                (numbers[i], values[i++]) = ((series * NumbersEach) + MaxNumber, point.Max);
            }

            block.Append(at, numbers, values);
        }

        return block.Data.ToArray();
    }

    private void Add(int series, in SeriesPoint point)
    {
        long at = Downsampling.BucketOf(point.At, resolution);
        if (!_buckets.TryGetValue(at, out SortedDictionary<int, SeriesPoint>? bucket))
        {
            _buckets.Add(at, bucket = []);
        }

        bucket[series] = bucket.TryGetValue(series, out SeriesPoint open) ? open.With(in point) : point with { At = at };
    }
}
