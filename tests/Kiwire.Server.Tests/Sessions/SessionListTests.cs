using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>Lists of sessions, page by page, newest first.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class SessionListTests(StorageProvider provider)
{
    private const long Beginning = 1_780_000_000_000;
    private const int Sessions = 12;

    private SessionsRoom _room = null!;
    private SessionStore _store = null!;

    [SetUp]
    public async Task SetUp()
    {
        _room = await SessionsRoom.CreateAsync(provider);
        _store = new SessionStore(_room.Accounts.Storage.Database);
        long alice = await _room.Accounts.CreateUserAsync("alice", profile: "wx_temp");
        for (int i = 1; i <= Sessions; i++)
        {
            // Session i began i minutes after the beginning and was heard of at once; every third is at NAS 0, every fourth is open.
            long at = Beginning + (i * 60_000);
            await _room.ExecuteAsync($"""
                INSERT INTO sessions (tenant_id, session_id, nas_id, acct_session_id, client_key, generation, account_id, user_name, mac, calling_station_id,
                    called_station_id, client_ip, nas_address, nas_port, multi_session_id, started_at, last_news_at, ended_at, ending, terminate_cause, seconds, octets_in,
                    octets_out, counter_seconds, counter_in, counter_out, interim_seconds, charge)
                VALUES (1, {IdSource.LeastAt(at)}, {i % 3}, 's{i}', 'c', 0, {(i % 2 == 0 ? alice : "NULL")}, '{(i % 2 == 0 ? "alice" : "Gone")}', '00:00:00:00:00:0{i % 5}', '',
                    'ap:{(i % 2 == 0 ? "hall" : "roof")}', '', '', '', '', {at}, {at}, {(i % 4 == 0 ? "NULL" : at + 1000)}, {(i % 4 == 0 ? 0 : 1)}, NULL, 1, 2, 3, 1, 2, 3, 0, NULL)
                """);
        }
    }

    [TearDown]
    public async Task TearDown() => await _room.DisposeAsync();

    [Test]
    public async Task Every_filter_alone_and_with_others_goes_page_by_page()
    {
        SessionQuery all = new() { TenantId = 1, Limit = 5 };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ReadAllAsync(all), Is.EqualTo("12 11 10 9 8|7 6 5 4 3|2 1"));
            Assert.That(await ReadAllAsync(all with { OpenOnly = true, Limit = 2 }), Is.EqualTo("12 8|4"));
            Assert.That(await ReadAllAsync(all with { OpenOnly = true, NasId = 0 }), Is.EqualTo("12"));
            Assert.That(await ReadAllAsync(all with { OpenOnly = true, UserName = "alice" }), Is.EqualTo("12 8 4"));
            Assert.That(await ReadAllAsync(all with { EndedOnly = true }), Is.EqualTo("11 10 9 7 6|5 3 2 1"));
            Assert.That(await ReadAllAsync(all with { NasId = 1, Limit = 3 }), Is.EqualTo("10 7 4|1"));
            Assert.That(await ReadAllAsync(all with { Mac = "00:00:00:00:00:02" }), Is.EqualTo("12 7 2"));
            Assert.That(await ReadAllAsync(all with { Mac = "00:00:00:00:00:02", NasId = 0, OpenOnly = true }), Is.EqualTo("12"));
            Assert.That(await ReadAllAsync(all with { UserName = "ALICE", Limit = 4 }), Is.EqualTo("12 10 8 6|4 2"));
            Assert.That(await ReadAllAsync(all with { UserName = "ALICE", Mac = "00:00:00:00:00:02" }), Is.EqualTo("12 2"));
            Assert.That(await ReadAllAsync(all with { UserName = "gone", Limit = 6 }), Is.EqualTo("11 9 7 5 3 1"));
            Assert.That(await ReadAllAsync(all with { From = At(4), To = At(8) }), Is.EqualTo("7 6 5 4"));
            Assert.That(await ReadAllAsync(all with { From = At(4), To = At(8), UserName = "alice" }), Is.EqualTo("6 4"));
            Assert.That(await ReadAllAsync(all with { From = At(4), NasId = 0, EndedOnly = true }), Is.EqualTo("9 6"));
            Assert.That(await ReadAllAsync(all with { TenantId = 2 }), Is.EqualTo(""));
        }
    }

    [Test]
    public async Task What_the_database_cannot_say_is_looked_for_too()
    {
        SessionQuery query = new() { TenantId = 1, Limit = 2 };

        Assert.That(await ReadAllAsync(query, session => session.CalledStationId == "ap:roof"), Is.EqualTo("11 9|7 5|3 1"));
        Assert.That(await ReadAllAsync(query with { NasId = 0 }, session => session.CalledStationId == "ap:roof"), Is.EqualTo("9 3"));
    }

    [Test]
    public async Task A_session_that_was_heard_of_days_later_is_found_by_its_account_and_time()
    {
        await _room.ExecuteAsync($"UPDATE sessions SET started_at = {Beginning - (3 * 86_400_000L)} WHERE acct_session_id = 's6'");

        Assert.That(await ReadAllAsync(new SessionQuery { TenantId = 1, UserName = "alice", To = Beginning }), Is.EqualTo("-4320"));
    }

    [Test]
    public async Task A_session_has_the_name_of_its_account()
    {
        SessionInfo? alices = await _store.FindAsync(1, IdSource.LeastAt(At(2)), default);
        SessionInfo? nobodys = await _store.FindAsync(1, IdSource.LeastAt(At(1)), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((alices!.Account, nobodys!.Account), Is.EqualTo(("alice", (string?)null)));
            Assert.That(await _store.FindAsync(2, alices.SessionId, default), Is.Null);
        }
    }

    private static long At(int minutes) => Beginning + (minutes * 60_000);

    private async Task<string> ReadAllAsync(SessionQuery query, Predicate<SessionInfo>? isWanted = null)
    {
        List<string> pages = [];
        HistoryPart<SessionInfo> part;
        do
        {
            part = await _store.ReadAsync(query, isWanted, default);
            pages.Add(string.Join(' ', part.Rows.Select(session => (session.StartedAt - Beginning) / 60_000)));
            query = query with { Below = part.Next };
        }
        while (part.Next is not null);

        return string.Join('|', pages);
    }
}
