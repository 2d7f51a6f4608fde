using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Series;

namespace Kiwire.Server.Tests.Devices.Series;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SeriesBlockTests
{
    private const long Start = 1_767_225_600_000;

    [Test]
    public void What_goes_in_comes_out_whatever_the_values([Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        SeriesBlock block = new(Start);
        List<(long At, int[] Series, double[] Values)> records = [];
        long at = Start;
        for (int i = 0; i < 200; i++)
        {
            at += random.Next(0, 100_000);
            int[] series = i % 7 == 0 ? [0] : [0, 1, 5 + (i / 50), 1023];
            double[] values = [.. series.Select(_ => random.Next(5) switch
            {
                0 => double.NaN, 1 => 0, 2 => -1, 3 => random.NextDouble() * 1e12, _ => BitConverter.Int64BitsToDouble(random.NextInt64()),
            })];
            block.Append(at, series, values);
            records.Add((at, series, values));
        }

        SeriesBlock resumed = SeriesBlock.Resume(block.Data.ToArray())!;
        resumed.Append(at + 1, [0, 1], [7, 8]);
        block.Append(at + 1, [0, 1], [7, 8]);
        records.Add((at + 1, [0, 1], [7, 8]));

        Assert.That(resumed.Data.ToArray(), Is.EqualTo(block.Data.ToArray()), "It goes on as if it had never been stored.");
        Assert.That(SeriesReader.TryOpen(resumed.Data.Span, out SeriesReader reader), Is.True);
        foreach ((long expected, int[] series, double[] values) in records)
        {
            Assert.That(reader.Read(), Is.True);
            Assert.That(reader.At, Is.EqualTo(expected));
            Assert.That(reader.Series.ToArray(), Is.EqualTo(series));
            for (int i = 0; i < series.Length; i++)
            {
                Assert.That(BitConverter.DoubleToInt64Bits(reader[series[i]]), Is.EqualTo(BitConverter.DoubleToInt64Bits(values[i])));
            }
        }

        Assert.That(reader.Read(), Is.False);
        Assert.That(reader.IsWhole, Is.True);
    }

    [Test]
    public void What_does_not_change_takes_an_octet()
    {
        SeriesBlock block = new(Start);
        block.Append(Start, [3, 4], [1234.5, 9]);
        int before = block.Length;
        block.Append(Start, [3, 4], [1234.5, 9]);

        Assert.That(block.Length - before, Is.EqualTo(4), "time, count, and one for each value");
    }

    [Test]
    public void One_that_is_cut_or_flipped_is_read_as_far_as_it_goes_and_never_fails()
    {
        SeriesBlock block = new(Start);
        for (int i = 0; i < 20; i++)
        {
            block.Append(Start + (i * 60_000), i % 5 == 0 ? [0] : [0, 2, 3], i % 5 == 0 ? [0] : [1, i * 1.1, i]);
        }

        byte[] whole = block.Data.ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.That(Count(whole[..length]), Is.LessThan(20));
        }

        Random random = new(5);
        for (int i = 0; i < 5000; i++)
        {
            byte[] flipped = [.. whole];
            flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
            Assert.That(Count(flipped), Is.LessThan(500));
            _ = SeriesBlock.Resume(flipped);
        }

        static int Count(byte[] data)
        {
            int records = 0;
            if (SeriesReader.TryOpen(data, out SeriesReader reader))
            {
                while (reader.Read())
                {
                    records++;
                }
            }

            return records;
        }
    }

    [Test]
    public void Coarser_points_are_those_computed_by_hand_in_parts_or_as_a_whole()
    {
        SeriesBlock first = new(Start);
        first.Append(Start, [2], [10]);
        first.Append(Start + 60_000, [2], [double.NaN]);
        first.Append(Start + 120_000, [0], [1]);
        first.Append(Start + 299_999, [2], [40]);
        SeriesBlock second = new(Start + 300_000);
        second.Append(Start + 300_000, [2], [1]);
        second.Append(Start + 3_599_000, [2], [5]);
        second.Append(Start + 3_600_000, [2], [100]);

        SeriesBuckets fiveMinutes = new(Resolution.FiveMinutes);
        fiveMinutes.AddRaw(first.Data.Span);
        fiveMinutes.AddRaw(second.Data.Span);
        SeriesBuckets hours = new(Resolution.Hour);
        hours.AddRaw(first.Data.Span);
        SeriesBuckets further = new(Resolution.Hour);
        further.AddFolded(hours.ToBlock());
        further.AddRaw(second.Data.Span);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fiveMinutes.Points.Where(point => point.Series == 2).Select(point => point.Point), Is.EqualTo(new SeriesPoint[]
            {
                new(Start, 10, 25, 40, 2), new(Start + 300_000, 1, 1, 1, 1), new(Start + 3_300_000, 5, 5, 5, 1), new(Start + 3_600_000, 100, 100, 100, 1),
            }));
            Assert.That(further.Points.Where(point => point.Series == 2).Select(point => point.Point), Is.EqualTo(new SeriesPoint[]
            {
                new(Start, 1, 14, 40, 4), new(Start + 3_600_000, 100, 100, 100, 1),
            }));
        }
    }
}
