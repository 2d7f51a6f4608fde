using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Mail;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Devices.Polling;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class PollStoreTests(StorageProvider provider)
{
    private const long Tenant = 1;
    private const long Now = 1_767_225_600_000;

    [Test]
    public async Task What_polls_found_is_written_and_gone_on_from_after_a_restart()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        (PollStore store, long id) = await PrepareAsync(storage);
        PolledDevice device = await ClaimAsync(storage, store, id);
        Poll(device, Now, 5);
        device.SetText("sysName", "edge");
        bool first = await WriteAsync(storage, store, device);
        Poll(device, Now + 60_000, 6);
        Poll(device, Now + 3_600_000, 7);
        bool second = await WriteAsync(storage, store, device);

        StoredDevice stored = (await store.FindAsync(Tenant, id, default))!;
        PolledDevice resumed = await ClaimAsync(storage, store, id);
        Poll(resumed, Now + 3_660_000, 8);
        _ = await WriteAsync(storage, store, resumed);
        SeriesHistoryOf history = await SeriesHistoryOf.ReadAsync(storage, id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, second), Is.EqualTo((true, true)));
            Assert.That((stored.Condition.State, stored.Condition.SeenAt, stored.Condition.RoundTripMicroseconds, stored.Condition.UpTicks), Is.EqualTo(
                (DeviceState.Up, (long?)(Now + 3_600_000), (long?)1500, (uint?)3_000_000_000)));
            Assert.That(stored.Texts["sysName"], Is.EqualTo("edge"));
            Assert.That(history.Values, Is.EqualTo(new double[] { 5, 6, 7, 8 }), "the full hour and the one that grows");
            Assert.That((await store.ListAsync(Tenant, [id, 5], default)).Keys, Is.EqualTo(new[] { id }));
            Assert.That(await store.FindAsync(2, id, default), Is.Null);
        }
    }

    [Test]
    public async Task Of_two_servers_one_has_a_device_until_it_is_gone_and_the_others_writes_are_refused()
    {
        if (provider == StorageProvider.Sqlite)
        {
            Assert.Ignore("SQLite has one server.");
        }

        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        (PollStore first, long id) = await PrepareAsync(storage);
        Database other = storage.OpenSecond();
        PollStore second = new(other, News());
        IReadOnlyList<string> alive = await storage.Commits.EnqueueAsync(first.BeatAsync, default);
        IReadOnlyList<string> both = await storage.Commits.EnqueueAsync(second.BeatAsync, default);

        PolledDevice device = await ClaimAsync(storage, first, id, both);
        StoredDevice? refused = await storage.Commits.EnqueueAsync(unit => second.ClaimAsync(unit, Tenant, id, both, Now), default);
        await storage.Commits.EnqueueAsync(first.LeaveAsync, default);
        StoredDevice? taken = await storage.Commits.EnqueueAsync(unit => second.ClaimAsync(unit, Tenant, id, [other.ServerId], Now), default);
        Poll(device, Now, 1);
        bool late = await WriteAsync(storage, first, device);
        await storage.Commits.EnqueueAsync(unit => second.ReleaseAsync(unit, Tenant, id), default);
        PolledDevice again = await ClaimAsync(storage, first, id, both);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alive, Is.EqualTo(new[] { storage.Database.ServerId }));
            Assert.That(both, Is.EquivalentTo(new[] { storage.Database.ServerId, other.ServerId }));
            Assert.That(refused, Is.Null);
            Assert.That(taken, Is.Not.Null);
            Assert.That(late, Is.False);
            Assert.That(again.Condition.PolledAt, Is.Null, "what was late is not there");
        }
    }

    private static async Task<(PollStore Store, long DeviceId)> PrepareAsync(TestDatabase storage)
    {
        DeviceRegister register = new(new DeviceStore(storage.Database, storage.Secrets), new PollSetCatalog([]), storage.Commits, storage.Ids, TimeProvider.System);
        SaveOutcome made = await register.CreateAsync(Tenant, new DeviceSettings { Identity = "edge", Address = "192.0.2.1" }, default);
        return (new PollStore(storage.Database, News()), ((SaveOutcome.Saved)made).Id);
    }

    private static async Task<PolledDevice> ClaimAsync(TestDatabase storage, PollStore store, long id, IReadOnlyList<string>? alive = null)
    {
        StoredDevice stored = (await storage.Commits.EnqueueAsync(unit => store.ClaimAsync(unit, Tenant, id, alive ?? [storage.Database.ServerId], Now), default))!;
        PolledDevice device = new(new DeviceAccess
        {
            TenantId = Tenant, DeviceId = id, Identity = "edge", Address = new DeviceAddress("192.0.2.1", 161), Credentials = null, Mib = "", PollSeconds = 60, Version = 1,
        });
        device.Resume(stored.Condition, stored.Block, stored.Texts, SeriesCatalog.FromJson(stored.Series));
        return device;
    }

    private static void Poll(PolledDevice device, long at, double value)
    {
        ConditionChange change = device.Condition.Answered(at, TimeSpan.FromMilliseconds(1.5), 3_000_000_000, "");
        _ = device.Take(change with { Event = null }, null, [0, 2], [1, value]);
    }

    private static async Task<bool> WriteAsync(TestDatabase storage, PollStore store, PolledDevice device)
    {
        PollWrite write = device.BeginWrite()!;
        bool written = await storage.Commits.EnqueueAsync(unit => store.WriteAsync(unit, write, Now), default);
        device.EndWrite(write, written);
        return written;
    }

    private static DeviceNews News() => new(new MailSender(Options.Create(new MailOptions()), TimeProvider.System, new MailMetrics(new TestMeters())));

    private sealed record SeriesHistoryOf(double[] Values)
    {
        public static async Task<SeriesHistoryOf> ReadAsync(TestDatabase storage, long id)
        {
            Kiwire.Server.Devices.Series.SeriesHistory history = new(
                new Kiwire.Server.Devices.Series.SeriesStore(storage.Database), ShiftedClock.At(DateTimeOffset.FromUnixTimeMilliseconds(Now + 7_200_000)));
            Kiwire.Server.Devices.Series.SeriesRange range =
                await history.ReadAsync(Tenant, id, new Dictionary<int, long> { [2] = 0 }, Now, Now + 7_200_000, 1000, default);
            return new SeriesHistoryOf([.. range.Points[2].Select(point => point.Mean)]);
        }
    }
}
