using System.Globalization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>Usage that goes back to zero: what is journalled, what is applied, and what another server applies late, are the same sum.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UsageResetTests(StorageProvider provider)
{
    private const long Tenant = 1;

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private SessionsRoom _room = null!;
    private long _alice;

    [SetUp]
    public async Task SetUp()
    {
        _room = await SessionsRoom.CreateAsync(provider);
        Tenant tenant = _room.Accounts.Tenants.Tenants[0];
        _room.Accounts.Tenants.Replace([tenant with { TimeZone = Berlin }]);
    }

    [TearDown]
    public async Task TearDown() => await _room.DisposeAsync();

    [Test]
    public async Task A_record_counts_in_the_window_in_which_it_arrives()
    {
        await CreateAsync("day");
        await LoadAsync();
        Journal("2026-03-04T22:00:00+01:00", 1000, 10, 20);
        _room.Apply();
        Journal("2026-03-04T23:59:59.999+01:00", 2000, 30, 40);
        Assert.That(await UsageAsync("2026-03-04T23:59:59.999+01:00"), Is.EqualTo(new UsageTotals(2000, 30, 40)));
        Assert.That(await UsageAsync("2026-03-05T00:00:00+01:00"), Is.EqualTo(default(UsageTotals)), "at the boundary, though nothing has come since");

        // It spans the boundary, and counts after it; what came before it is not applied yet.
        Journal("2026-03-05T00:05:00+01:00", 2400, 31, 42);
        UsageTotals inMemory = await UsageAsync("2026-03-05T00:05:00+01:00");
        _room.Apply();
        UsageTotals applied = await UsageAsync("2026-03-05T00:05:00+01:00");
        await ForgetAsync();
        UsageTotals read = await UsageAsync("2026-03-05T00:05:00+01:00");

        Account account = (await _room.Accounts.Store.FindAsync(Tenant, "alice", default))!;
        Assert.That(account.Used, Is.EqualTo(default(UsageTotals)), "operators are shown what counts now, which is later");
        Assert.That((inMemory, applied, read), Is.EqualTo((new UsageTotals(400, 1, 2), new UsageTotals(400, 1, 2), new UsageTotals(400, 1, 2))));
    }

    [Test]
    public async Task An_account_that_was_not_in_memory_when_its_records_came_has_the_same_sum_once_they_are_applied()
    {
        await CreateAsync("day");
        Journal("2026-03-04T22:00:00+01:00", 1000, 10, 20);
        Journal("2026-03-05T00:05:00+01:00", 1300, 11, 22);
        await LoadAsync();
        _room.Apply();

        Assert.That(await UsageAsync("2026-03-05T00:05:00+01:00"), Is.EqualTo(new UsageTotals(300, 1, 2)));
    }

    [Test]
    public async Task What_another_server_journalled_before_the_window_and_applies_late_counts_before_it()
    {
        await CreateAsync("day");
        SessionsRoom late = provider == StorageProvider.PostgreSql ? _room.OpenSecond() : _room;
        late.Journal(Packet("2026-03-04T23:00:00+01:00", 1000, 10, 20, "late"));
        if (late != _room)
        {
            Journal("2026-03-05T00:05:00+01:00", 60, 1, 2);
            _room.Apply();
            late.Apply();
        }
        else
        {
            Journal("2026-03-05T00:05:00+01:00", 60, 1, 2);
            _room.Apply();
        }

        await ForgetAsync();
        Assert.That(await UsageAsync("2026-03-05T00:05:00+01:00"), Is.EqualTo(new UsageTotals(60, 1, 2)));
    }

    [TestCase("halfHour", 20)]
    [TestCase("hour", 25)]
    [TestCase("day", 400)]
    [TestCase("week", 2000)]
    [TestCase("month", 9000)]
    public async Task Whatever_comes_between_the_sum_is_what_arrived_since_the_boundary(string reset, int mostMinutes)
    {
        // Over the night in which the clocks go back, and the end of a month.
        Random random = new(20_261_024);
        long now = Moment("2026-10-24T20:00:00+02:00");
        await CreateAsync(reset);
        await LoadAsync();
        List<(long At, UsageTotals Used)> arrived = [];
        UsageTotals counters = default;
        for (int i = 0; i < 120; i++)
        {
            now += random.Next(1, mostMinutes * 60_000);
            UsageTotals used = new(random.Next(1, 500), random.Next(0, 1000), random.Next(0, 1000));
            counters += used;
            _room.Journal(Packet(now, counters));
            arrived.Add((now, used));
            switch (random.Next(4))
            {
                case 0:
                    _room.Apply();
                    break;
                case 1:
                    _room.Apply();
                    await ForgetAsync();
                    break;
            }

            long asked = now + random.Next(0, mostMinutes * 30_000);
            Assert.That(await UsageAsync(asked), Is.EqualTo(Expected(arrived, reset, asked)), $"after {i + 1} records");
            now = Math.Max(now, asked);
        }

        _room.Apply();
        await ForgetAsync();
        Assert.That(await UsageAsync(now), Is.EqualTo(Expected(arrived, reset, now)));
    }

    private static UsageTotals Expected(List<(long At, UsageTotals Used)> arrived, string reset, long at)
    {
        // Said otherwise than the program does: by what the wall clock shows of the two moments.
        UsageTotals sum = default;
        foreach ((long arrivedAt, UsageTotals used) in arrived)
        {
            sum = WindowName(arrivedAt, reset) == WindowName(at, reset) ? sum + used : sum;
        }

        return sum;
    }

    private static string WindowName(long at, string reset)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), Berlin);
        return reset switch
        {
            "halfHour" => $"{local:yyyy-MM-dd HH} {local.Minute / 30} {local.Offset}",
            "hour" => $"{local:yyyy-MM-dd HH} {local.Offset}",
            "day" => $"{local:yyyy-MM-dd}",
            "week" => $"{ISOWeek.GetYear(local.Date)}-{ISOWeek.GetWeekOfYear(local.Date)}",
            _ => $"{local:yyyy-MM}",
        };
    }

    private async Task CreateAsync(string reset)
    {
        SaveOutcome outcome = await _room.Accounts.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "plan", Type = "Countdown", Minutes = 100_000, AutoReset = reset }, default);
        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
        _alice = await _room.Accounts.CreateUserAsync("alice", profile: "plan");
    }

    private async Task LoadAsync() => Assert.That(await _room.Accounts.LoadAsync("alice"), Is.Not.Null);

    /// <summary>Has memory read the account from the database again.</summary>
    private async Task ForgetAsync()
    {
        _room.Accounts.Table.Drop(Tenant, _alice);
        await LoadAsync();
    }

    private async Task<UsageTotals> UsageAsync(long at) => _room.Accounts.Windows.UsageOf((await _room.Accounts.LoadAsync("alice"))!, at);

    private Task<UsageTotals> UsageAsync(string at) => UsageAsync(Moment(at));

    private void Journal(string at, long seconds, long octetsIn, long octetsOut) => _room.Journal(Packet(at, seconds, octetsIn, octetsOut, "s1"));

    private static AccountingPacket Packet(string at, long seconds, long octetsIn, long octetsOut, string session) =>
        Packet(Moment(at), new UsageTotals(seconds, octetsIn, octetsOut), session);

    private static AccountingPacket Packet(long at, UsageTotals counters, string session = "s1") =>
        new AccountingPacket { ArrivesAt = at }
            .With(40, 3).With(44, session).With(1, "alice").With(31, "AA-BB-CC-DD-EE-01")
            .With(55, (uint)(at / 1000)).With(46, (uint)counters.Seconds).With(42, (uint)counters.OctetsIn).With(43, (uint)counters.OctetsOut);

    private static long Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
