using System.Data.Common;
using Dapper;
using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Mail;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Devices.Polling;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class PollStoreTests(StorageProvider provider)
{
    private const long TenantId = 1;
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

        StoredDevice stored = (await store.FindAsync(TenantId, id, default))!;
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
            Assert.That((await store.ListAsync(TenantId, [id, 5], default)).Keys, Is.EqualTo(new[] { id }));
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
        StoredDevice? refused = await storage.Commits.EnqueueAsync(unit => second.ClaimAsync(unit, TenantId, id, both, Now), default);
        await storage.Commits.EnqueueAsync(first.LeaveAsync, default);
        StoredDevice? taken = await storage.Commits.EnqueueAsync(unit => second.ClaimAsync(unit, TenantId, id, [other.ServerId], Now), default);
        Poll(device, Now, 1);
        bool late = await WriteAsync(storage, first, device);
        await storage.Commits.EnqueueAsync(unit => second.ReleaseAsync(unit, TenantId, id), default);
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

    [Test]
    public async Task What_was_written_though_the_database_could_not_say_so_is_written_again_without_a_second_event()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        (PollStore store, long id) = await PrepareAsync(storage);
        WebhookStore webhooks = new(storage.Database, storage.Secrets);
        await storage.Commits.EnqueueAsync(unit => webhooks.SaveAsync(unit, new Webhook { TenantId = TenantId, Url = "https://a.example" }, "0123456789abcdef"), default);
        PolledDevice device = await ClaimAsync(storage, store, id);
        DeviceEvent happened = new() { TenantId = TenantId, EventId = 5, DeviceId = id, Identity = "edge", At = Now, Kind = DeviceEventKind.Down, Detail = "d" };
        _ = device.Take(device.Condition.Unanswered(Now, "d") with { IsNews = true }, happened, [0], [0]);

        // The connection breaks in the COMMIT: it was done, and the writer hears of a failure.
        PollWrite write = device.BeginWrite()!;
        _ = await storage.Commits.EnqueueAsync(unit => store.WriteAsync(unit, write, Now), default);
        device.EndWrite(write, isWritten: false);
        await storage.Commits.EnqueueAsync(unit => new NoticeStore(storage.Database).DeleteAsync(unit, new NoticeTarget(TenantId, NoticeChannel.Webhook, ""), [5]), default);
        bool again = await WriteAsync(storage, store, device);

        IReadOnlyList<DeviceEvent> events = (await new DeviceEventStore(storage.Database).ReadAsync(new DeviceEventQuery { TenantId = TenantId, Limit = 9 }, default)).Rows;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.True);
            Assert.That(events.Select(one => one.EventId), Is.EqualTo(new long[] { 5 }));
            Assert.That(await new NoticeStore(storage.Database).ListDueAsync(Now, 9, default), Is.Empty, "who was told is not told again");
            Assert.That(device.BeginWrite(), Is.Null);
        }
    }

    [Test]
    public async Task Texts_and_series_that_cannot_be_read_are_none_and_keep_nothing_from_being_polled()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        (PollStore store, long id) = await PrepareAsync(storage);
        await storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync(
                "INSERT INTO device_profiles (tenant_id, device_id, texts, series) VALUES (@TenantId, @id, '{\"sysName\"', '[1]')", new { TenantId, id }, unit.Transaction),
            default);

        PolledDevice device = await ClaimAsync(storage, store, id);
        device.SetText("sysName", "edge");
        _ = await WriteAsync(storage, store, device);
        StoredDevice stored = (await store.FindAsync(TenantId, id, default))!;

        Assert.That((device.Catalog.All, stored.Texts["sysName"], stored.Series), Is.EqualTo((Array.Empty<SeriesInfo>(), "edge", "[]")));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_device_that_another_server_is_just_writing_is_not_waited_for(CancellationToken cancellationToken)
    {
        if (provider == StorageProvider.Sqlite)
        {
            Assert.Ignore("SQLite has one server.");
        }

        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        (PollStore store, long id) = await PrepareAsync(storage);
        PollStore second = new(storage.OpenSecond(), News());
        _ = await ClaimAsync(storage, store, id);

        StoredDevice? meanwhile;
        await using (WriteScope scope = await storage.Database.BeginWriteAsync(cancellationToken))
        {
            _ = await scope.Connection.ExecuteAsync("UPDATE device_states SET missed = 1", transaction: scope.Transaction);
            meanwhile = await storage.Commits.EnqueueAsync(unit => second.ClaimAsync(unit, TenantId, id, [], Now), default).WaitAsync(cancellationToken);
            await scope.CommitAsync(cancellationToken);
        }

        StoredDevice? afterwards = await storage.Commits.EnqueueAsync(unit => second.ClaimAsync(unit, TenantId, id, [], Now), default);
        Assert.That((meanwhile, afterwards?.Condition.Missed), Is.EqualTo(((StoredDevice?)null, 1)));
    }

    [Test]
    public async Task A_device_that_could_not_be_given_back_is_given_back_later()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        (PollStore store, long id) = await PrepareAsync(storage);
        using TenantDirectory tenants = new(new TenantStore(storage.Database, storage.Secrets, TimeProvider.System));
        tenants.Replace([new Tenant { TenantId = TenantId, CloudId = "t", Name = "t", Active = true, TimeZone = TimeZoneInfo.Utc, Policy = new TenantPolicy() }]);
        DeviceRoster roster = new(new DeviceStore(storage.Database, storage.Secrets), new CredentialsSource(), storage.Changes);
        _ = await roster.RefreshAsync(default);
        PollSharing sharing = new(roster, store, storage.Commits, storage.Database, tenants, TimeProvider.System, NullLogger<PollSharing>.Instance);
        await sharing.ShareAsync([storage.Database.ServerId], default);
        string? before = await HolderAsync();

        await RunAsync(provider == StorageProvider.Sqlite
            ? "CREATE TRIGGER held BEFORE UPDATE ON device_states WHEN NEW.polled_by IS NULL BEGIN SELECT RAISE(ABORT, 'away'); END"
            : "ALTER TABLE device_states ADD CONSTRAINT held CHECK (polled_by IS NOT NULL)");
        Assert.That(() => sharing.ShareAsync(["another"], default), Throws.InstanceOf<DbException>());
        string? held = await HolderAsync();
        await RunAsync(provider == StorageProvider.Sqlite ? "DROP TRIGGER held" : "ALTER TABLE device_states DROP CONSTRAINT held");
        await sharing.ShareAsync(["another"], default);

        List<bool> released = [];
        while (sharing.TryTake(out PollDuty? duty))
        {
            released.Add(duty.IsReleased);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, held, await HolderAsync()), Is.EqualTo((storage.Database.ServerId, storage.Database.ServerId, (string?)null)));
            Assert.That(released, Is.EqualTo(new[] { false, true }));
        }

        Task RunAsync(string sql) => storage.Commits.EnqueueAsync(unit => unit.Connection.ExecuteAsync(sql, transaction: unit.Transaction), default);

        Task<string?> HolderAsync() => storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteScalarAsync<string?>("SELECT polled_by FROM device_states WHERE device_id = @id", new { id }, unit.Transaction), default);
    }

    private static async Task<(PollStore Store, long DeviceId)> PrepareAsync(TestDatabase storage)
    {
        DeviceRegister register = new(new DeviceStore(storage.Database, storage.Secrets), new PollSetCatalog([]), storage.Commits, storage.Ids, TimeProvider.System);
        SaveOutcome made = await register.CreateAsync(TenantId, new DeviceSettings { Identity = "edge", Address = "192.0.2.1" }, default);
        return (new PollStore(storage.Database, News()), ((SaveOutcome.Saved)made).Id);
    }

    private static async Task<PolledDevice> ClaimAsync(TestDatabase storage, PollStore store, long id, IReadOnlyList<string>? alive = null)
    {
        StoredDevice stored = (await storage.Commits.EnqueueAsync(unit => store.ClaimAsync(unit, TenantId, id, alive ?? [storage.Database.ServerId], Now), default))!;
        PolledDevice device = new(new DeviceAccess
        {
            TenantId = TenantId, DeviceId = id, Identity = "edge", Address = new DeviceAddress("192.0.2.1", 161), Credentials = null, Mib = "", PollSeconds = 60, Version = 1,
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
                await history.ReadAsync(TenantId, id, new Dictionary<int, long> { [2] = 0 }, Now, Now + 7_200_000, 1000, default);
            return new SeriesHistoryOf([.. range.Points[2].Select(point => point.Mean)]);
        }
    }
}
