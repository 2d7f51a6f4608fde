using Dapper;
using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Series;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Devices.Series;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class SeriesHistoryTests(StorageProvider provider)
{
    private const long Tenant = 1;
    private const long Device = 7;
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Midnight = 1_767_225_600_000;

    [Test]
    public async Task Three_hours_of_polls_are_read_in_every_resolution_with_the_hour_that_is_not_over()
    {
        ShiftedClock clock = ShiftedClock.At(DateTimeOffset.FromUnixTimeMilliseconds(Midnight + (2 * Hour) + (30 * Minute)));
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await CloseAsync(storage, Polls(Midnight, Midnight + Hour));
        await CloseAsync(storage, Polls(Midnight + Hour, Midnight + (2 * Hour)));
        await GrowAsync(storage, Polls(Midnight + (2 * Hour), Midnight + (2 * Hour) + (30 * Minute)));
        SeriesHistory history = new(new SeriesStore(storage.Database), clock);

        SeriesRange raw = await history.ReadAsync(Tenant, Device, Of(2, 9), Midnight, Midnight + (3 * Hour), 1000, default);
        SeriesRange five = await history.ReadAsync(Tenant, Device, Of(2), Midnight, Midnight + (3 * Hour), 30, default);
        SeriesRange hours = await history.ReadAsync(Tenant, Device, Of(2), Midnight, Midnight + (3 * Hour), 3, default);
        SeriesRange few = await history.ReadAsync(Tenant, Device, Of(2), Midnight, Midnight + (3 * Hour), 2, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(raw.Resolution, Is.EqualTo(Resolution.Raw));
            Assert.That(raw.Points[2].Select(point => point.Mean), Is.EqualTo(Enumerable.Range(0, 150).Select(minute => (double)minute)));
            Assert.That(raw.Points[9], Is.Empty);
            Assert.That(five.Resolution, Is.EqualTo(Resolution.FiveMinutes));
            Assert.That(five.Points[2], Is.EqualTo(Enumerable.Range(0, 30).Select(i => new SeriesPoint(Midnight + (i * 5 * Minute), i * 5, (i * 5) + 2, (i * 5) + 4, 5))));
            Assert.That(hours.Resolution, Is.EqualTo(Resolution.Hour));
            Assert.That(hours.Points[2], Is.EqualTo(new SeriesPoint[]
            {
                new(Midnight, 0, 29.5, 59, 60), new(Midnight + Hour, 60, 89.5, 119, 60), new(Midnight + (2 * Hour), 120, 134.5, 149, 30),
            }));
            Assert.That(few.Points[2], Has.Count.LessThanOrEqualTo(2));
            Assert.That((few.Points[2].Min(point => point.Min), few.Points[2].Max(point => point.Max), few.Points[2].Sum(point => point.Count)), Is.EqualTo((0d, 149d, 150L)));
        }
    }

    [Test]
    public async Task A_day_that_is_stored_in_another_form_keeps_nothing_from_being_written()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        SeriesBlock odd = new(Midnight);
        odd.Append(Midnight, [8], [60]);
        await storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync(
                "INSERT INTO device_series (tenant_id, device_id, resolution, starts_at, block) VALUES (@Tenant, @Device, @Hours, @Midnight, @Block)",
                new { Tenant, Device, Hours = (short)Resolution.Hour, Midnight, Block = odd.Data.ToArray() },
                unit.Transaction),
            default);

        await CloseAsync(storage, Polls(Midnight + Hour, Midnight + (2 * Hour)));

        SeriesHistory history = new(new SeriesStore(storage.Database), ShiftedClock.At(DateTimeOffset.FromUnixTimeMilliseconds(Midnight + (2 * Hour))));
        SeriesRange hours = await history.ReadAsync(Tenant, Device, Of(2), Midnight + Hour, Midnight + (2 * Hour), 1, default);
        Assert.That(hours.Points[2], Is.EqualTo(new SeriesPoint[] { new(Midnight + Hour, 60, 89.5, 119, 60) }));
    }

    [Test]
    public async Task A_range_within_an_hour_reads_no_more_than_it()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await CloseAsync(storage, Polls(Midnight, Midnight + Hour));
        SeriesHistory history = new(new SeriesStore(storage.Database), ShiftedClock.At(DateTimeOffset.FromUnixTimeMilliseconds(Midnight + Hour)));

        SeriesRange range = await history.ReadAsync(Tenant, Device, Of(2), Midnight + (10 * Minute), Midnight + (20 * Minute), 100, default);
        SeriesRange others = await history.ReadAsync(2, Device, Of(2), Midnight + (10 * Minute), Midnight + (20 * Minute), 100, default);

        Assert.That(range.Points[2].Select(point => point.Mean), Is.EqualTo(Enumerable.Range(10, 10).Select(minute => (double)minute)));
        Assert.That(others.Points[2], Is.Empty);
    }

    [Test]
    public async Task A_block_over_midnight_is_added_to_the_hours_of_both_days()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await CloseAsync(storage, Polls(Midnight - (10 * Minute), Midnight + (10 * Minute)));
        SeriesHistory history = new(new SeriesStore(storage.Database), ShiftedClock.At(DateTimeOffset.FromUnixTimeMilliseconds(Midnight + (400 * 24 * Hour))));

        SeriesRange range = await history.ReadAsync(Tenant, Device, Of(2), Midnight - (24 * Hour), Midnight + (24 * Hour), 100, default);

        Assert.That(range.Points[2], Is.EqualTo(new SeriesPoint[] { new(Midnight - Hour, -10, -5.5, -1, 10), new(Midnight, 0, 4.5, 9, 10) }));
    }

    [Test]
    public async Task What_is_too_old_is_deleted_step_by_step_and_nothing_else()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        for (int hour = 0; hour < 5; hour++)
        {
            await CloseAsync(storage, Polls(Midnight + (hour * Hour), Midnight + ((hour + 1) * Hour)));
        }

        int first = await storage.Commits.EnqueueAsync(unit => SeriesStore.PruneAsync(unit, Resolution.Raw, Midnight + (3 * Hour), 2), default);
        int second = await storage.Commits.EnqueueAsync(unit => SeriesStore.PruneAsync(unit, Resolution.Raw, Midnight + (3 * Hour), 2), default);

        await using System.Data.Common.DbConnection connection = await storage.Database.OpenAsync(default);
        Assert.That((first, second), Is.EqualTo((2, 1)));
        Assert.That(
            await connection.QueryAsync<(long, long)>("SELECT resolution, COUNT(*) FROM device_series GROUP BY resolution ORDER BY resolution"),
            Is.EqualTo(new (long, long)[] { (0, 2), (1, 5), (2, 1) }));
    }

    [Test]
    public async Task What_a_number_stood_for_before_is_not_shown_as_what_it_stands_for_now()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        await CloseAsync(storage, Polls(Midnight, Midnight + Hour));
        SeriesHistory history = new(new SeriesStore(storage.Database), ShiftedClock.At(DateTimeOffset.FromUnixTimeMilliseconds(Midnight + Hour)));

        SeriesRange range = await history.ReadAsync(Tenant, Device, new Dictionary<int, long> { [2] = Midnight + (50 * Minute) }, Midnight, Midnight + Hour, 100, default);

        Assert.That(range.Points[2].Select(point => point.Mean), Is.EqualTo(Enumerable.Range(50, 10).Select(minute => (double)minute)));
    }

    private static Dictionary<int, long> Of(params int[] series) => series.ToDictionary(number => number, _ => 0L);

    private static SeriesBlock Polls(long from, long to)
    {
        SeriesBlock block = new(from);
        for (long at = from; at < to; at += Minute)
        {
            block.Append(at, [0, 2], [1, (at - Midnight) / Minute]);
        }

        return block;
    }

    private static Task CloseAsync(TestDatabase storage, SeriesBlock block) =>
        storage.Commits.EnqueueAsync(unit => SeriesStore.CloseAsync(unit, Tenant, Device, block.StartsAt, block.Data), default);

    private static Task<int> GrowAsync(TestDatabase storage, SeriesBlock block) => storage.Commits.EnqueueAsync(
        unit => unit.Connection.ExecuteAsync(
            "INSERT INTO device_states (tenant_id, device_id, state, changed_at, missed, fault, block) VALUES (@Tenant, @Device, 1, 0, 0, '', @Block)",
            new { Tenant, Device, Block = block.Data.ToArray() },
            unit.Transaction),
        default);
}
