using Kiwire.Server.Devices;

namespace Kiwire.Server.Tests.Devices;

/// <summary>snmp.md, Polling: raw, 5 minutes, hours; min, mean, max. Values by hand.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DownsamplingTests
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>2026-11-22 09:00 UTC.</summary>
    private const long Nine = 1_795_338_000_000;

    [Test]
    public void Values_go_into_the_bucket_in_which_they_were_measured()
    {
        // 09:00:07 10, 09:01:07 20, 09:04:59.999 60 | 09:05:00 5 | nothing at 09:10 | 09:15:30 7
        SeriesPoint[] raw =
        [
            SeriesPoint.Of(Nine + 7_000, 10), SeriesPoint.Of(Nine + Minute + 7_000, 20), SeriesPoint.Of(Nine + (5 * Minute) - 1, 60),
            SeriesPoint.Of(Nine + (5 * Minute), 5), SeriesPoint.Of(Nine + (15 * Minute) + 30_000, 7),
        ];

        Assert.That(
            Downsampling.IntoBuckets(raw, Resolution.FiveMinutes),
            Is.EqualTo((SeriesPoint[])[new(Nine, 10, 30, 60, 3), new(Nine + (5 * Minute), 5, 5, 5, 1), new(Nine + (15 * Minute), 7, 7, 7, 1)]));
    }

    [Test]
    public void A_mean_of_buckets_is_that_of_the_values_and_not_of_their_means()
    {
        // (30 * 3 + 5 * 1 + 100 * 2) / 6 = 295 / 6; the means' own mean would be 45.
        SeriesPoint[] fine = [new(Nine, 10, 30, 60, 3), new(Nine + (5 * Minute), 5, 5, 5, 1), new(Nine + (55 * Minute), 90, 100, 110, 2)];

        SeriesPoint hour = Downsampling.IntoBuckets(fine, Resolution.Hour).Single();

        Assert.That(hour with { Mean = 0 }, Is.EqualTo(new SeriesPoint(Nine, 5, 0, 110, 6)));
        Assert.That(hour.Mean, Is.EqualTo(295 / 6.0).Within(1e-9));
    }

    [Test]
    public void Hours_made_of_buckets_are_those_made_of_the_values()
    {
        Random random = new(20261122);
        SeriesPoint[] raw = [.. Enumerable.Range(0, 600).Select(i => SeriesPoint.Of(Nine + (i * Minute) + random.Next(60_000), random.Next(1_000_000)))];

        SeriesPoint[] direct = [.. Downsampling.IntoBuckets(raw, Resolution.Hour)];
        SeriesPoint[] twice = [.. Downsampling.IntoBuckets(Downsampling.IntoBuckets(raw, Resolution.FiveMinutes), Resolution.Hour)];

        Assert.That(direct.Select(point => point with { Mean = 0 }), Is.EqualTo(twice.Select(point => point with { Mean = 0 })));
        Assert.That(direct.Select(point => point.Mean), Is.EqualTo(twice.Select(point => point.Mean)).Within(1e-6));
        Assert.That(direct, Has.Length.EqualTo(10));
    }

    [TestCase(Nine, Nine)]
    [TestCase(Nine + Hour - 1, Nine)]
    [TestCase(-1, -Hour, Description = "before 1970")]
    public void A_bucket_begins_at_a_whole_multiple(long at, long bucket) => Assert.That(Downsampling.BucketOf(at, Resolution.Hour), Is.EqualTo(bucket));

    // An hour is 60 minutes: too few buckets of 5 min (12) for 100 points, so raw. A day has 288 of them, a month 720 hours.
    [TestCase(Hour, 100, Resolution.Raw)]
    [TestCase(Day, 288, Resolution.FiveMinutes)]
    [TestCase(Day, 289, Resolution.Raw)]
    [TestCase(Day, 24, Resolution.Hour)]
    [TestCase((2 * Day) + 1, 10_000, Resolution.FiveMinutes, Description = "raw points of then are gone")]
    [TestCase(30 * Day, 720, Resolution.Hour)]
    [TestCase(30 * Day, 721, Resolution.FiveMinutes)]
    [TestCase(31 * Day, 10_000, Resolution.Hour, Description = "those of 5 minutes are gone too")]
    [TestCase(1_000 * Day, 10, Resolution.Hour)]
    public void The_coarsest_resolution_is_read_that_has_enough_points(long range, int atMost, Resolution resolution) =>
        Assert.That(Downsampling.Choose(Nine - range, Nine, Nine, atMost), Is.EqualTo(resolution));

    [Test]
    public void What_was_long_ago_is_read_from_what_is_kept_of_then() =>
        Assert.That(Downsampling.Choose(Nine - (400 * Day), Nine - (400 * Day) + Hour, Nine, 100), Is.EqualTo(Resolution.Hour));

    [Test]
    public void Points_that_are_few_enough_stay_as_they_are()
    {
        SeriesPoint[] points = [SeriesPoint.Of(Nine + 1, 1), SeriesPoint.Of(Nine + 2, 2)];

        Assert.That(Downsampling.Thin(points, Nine, Nine + Hour, Resolution.Raw, 2), Is.SameAs(points));
    }

    // 12 buckets of 5 min from 09:00 into at most 5: 10 min would be 6, 15 min are 4.
    [Test]
    public void Thinning_makes_longer_buckets_of_whole_ones()
    {
        SeriesPoint[] points = [.. Enumerable.Range(0, 12).Select(i => new SeriesPoint(Nine + (i * 5 * Minute), i, i + 1, i + 2, 5))];

        Assert.That(
            Downsampling.Thin(points, Nine, Nine + Hour, Resolution.FiveMinutes, 5),
            Is.EqualTo((SeriesPoint[])[
                new(Nine, 0, 2, 4, 15), new(Nine + (15 * Minute), 3, 5, 7, 15), new(Nine + (30 * Minute), 6, 8, 10, 15), new(Nine + (45 * Minute), 9, 11, 13, 15)]));
    }

    [Test]
    public void Thinning_never_gives_more_than_asked_for_and_leaves_nothing_out([Values(1, 2, 3, 7, 100, 719)] int atMost, [Values] Resolution resolution)
    {
        Random random = new(atMost);
        long length = Math.Max(Downsampling.Length(resolution), 60_000);
        long from = Nine + random.Next(3_600_000);
        SeriesPoint[] points = [.. Enumerable.Range(0, 720)
            .Select(i => Downsampling.BucketOf(from + (i * length), resolution)).Distinct().Select(at => SeriesPoint.Of(at, random.NextDouble()))];

        IReadOnlyList<SeriesPoint> thin = Downsampling.Thin(points, from, from + (720 * length), resolution, atMost);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thin, Has.Count.LessThanOrEqualTo(atMost).And.Count.GreaterThan(atMost / 3));
            Assert.That(thin.Sum(point => point.Count), Is.EqualTo(points.Length));
            Assert.That(thin.Max(point => point.Max), Is.EqualTo(points.Max(point => point.Max)));
            Assert.That(thin.Select(point => point.At), Is.Ordered.And.Unique);
        }
    }
}
