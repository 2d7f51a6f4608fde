using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>What is known of sessions the moment that a record is journalled.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LiveSessionsTests
{
    private const long Now = AccountingPacket.ReceivedAt;
    private const long Account = 42;

    private readonly SteppedClock _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(Now));
    private SessionsRoom _room = null!;

    private AccountPresence Presence => _room.Accounts.Presences.GetOrAdd(1, Account);

    [SetUp]
    public async Task SetUp() => _room = await SessionsRoom.CreateAsync(StorageProvider.Sqlite);

    [TearDown]
    public async Task TearDown() => await _room.DisposeAsync();

    [Test]
    public void A_start_turns_the_logins_reservation_into_a_session_and_a_stop_frees_the_place()
    {
        Presence.TryReserve(MacAddress.FromBits(0xaabbccddee01), 5, 1, false, Now);
        _room.Journal(Packet(1, 0));
        bool whileIn = Presence.TryReserve(MacAddress.FromBits(2), 6, 1, false, Now + 100_000);
        _room.Journal(Packet(2, 300, 300));
        bool afterwards = Presence.TryReserve(MacAddress.FromBits(2), 7, 1, false, Now + 100_001);

        Assert.That((whileIn, afterwards), Is.EqualTo((false, true)));
    }

    [Test]
    public void Accounting_on_frees_the_places_at_once()
    {
        _room.Journal(Packet(1, 0));
        _room.Journal(new AccountingPacket().With(40, 7).With(55, (uint)((Now / 1000) + 10)));

        Assert.That(Presence.CountPlaces(Now), Is.Zero);
    }

    [Test]
    public void A_displaced_session_does_not_count_again_with_its_next_news()
    {
        _room.Journal(Packet(1, 0));
        Presence.TryReserve(MacAddress.FromBits(2), 6, 1, displaceOldest: true, Now);
        _room.Journal(Packet(3, 300, 300));

        _room.Live.TryGet(SessionKey.Of(1, 7, "s1", "aa:bb:cc:dd:ee:01"), out SessionProgress progress, out bool displaced);
        Assert.That((displaced, Presence.CountPlaces(Now), Presence.DisplacedSessions()), Is.EqualTo((true, 1, (IReadOnlyList<long>)[progress.SessionId])));
    }

    [Test]
    public async Task Sessions_past_the_bound_are_journalled_and_not_held()
    {
        await using TestJournal journal = new();
        await journal.OpenAsync(start: false);
        LiveSessions live = new(
            _room.Accounts.Presences, _room.Accounts.Directory, _room.Accounts.Windows, journal.Journal, SessionsRoom.Metrics(), Options.Create(new AccountingOptions { MaximumOpenSessions = 1 }));
        AccountingRequestHandler handler = new(live, _room.Accounts.Storage.Ids, SessionsRoom.Metrics());

        AccountingHandling[] handled = [Handle(handler, Packet(1, 0)), Handle(handler, Packet(1, 0, session: "s2"))];

        Assert.That((handled, live.Count, journal.Journal.Backlog.Records), Is.EqualTo((new[] { AccountingHandling.Held, AccountingHandling.Held }, 1, 2L)));
    }

    [Test]
    public async Task A_session_without_news_for_three_intervals_is_ended_through_the_journal()
    {
        await using TestJournal journal = new();
        await journal.OpenAsync(start: false);
        LiveSessions live = new(_room.Accounts.Presences, _room.Accounts.Directory, _room.Accounts.Windows, journal.Journal, SessionsRoom.Metrics(), Options.Create(new AccountingOptions()));
        using StaleSessions stale = new(live, _room.Accounts.Presences, _room.Accounts.Storage.Ids, SessionsRoom.Metrics(), _clock, Options.Create(new AccountingOptions()));
        live.Learn(Loaded("default", 0));
        live.Learn(Loaded("its own", 60));

        List<int> places = [];
        foreach (int seconds in (int[])[180, 1, 719, 1])
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            stale.Sweep();
            places.Add(Presence.CountPlaces(Now));
        }

        Assert.That(places, Is.EqualTo(new[] { 2, 1, 1, 0 }), "three intervals and not a moment before");
        Assert.That(journal.Journal.Backlog.Records, Is.EqualTo(2), "each once");
        live.TryGet(SessionKey.Of(1, 7, "default", "c"), out SessionProgress ended, out _);
        Assert.That((ended.EndedAt, ended.TerminateCause), Is.EqualTo((Now - 5000, TerminateCause.LostCarrier)));
    }

    [Test]
    public async Task A_session_whose_device_has_only_authenticated_anew_goes_on_to_count()
    {
        await using TestJournal journal = new();
        await journal.OpenAsync(start: false);
        LiveSessions live = new(_room.Accounts.Presences, _room.Accounts.Directory, _room.Accounts.Windows, journal.Journal, SessionsRoom.Metrics(), Options.Create(new AccountingOptions()));
        using StaleSessions stale = new(live, _room.Accounts.Presences, _room.Accounts.Storage.Ids, SessionsRoom.Metrics(), _clock, Options.Create(new AccountingOptions()));
        LiveSession open = Loaded("again", 600);
        open.Device = MacAddress.FromBits(1);
        live.Learn(open);

        bool anew = Presence.TryReserve(MacAddress.FromBits(1), 5, 1, false, Now);
        _clock.Advance(TimeSpan.FromSeconds(61));
        stale.Sweep();
        bool another = Presence.TryReserve(MacAddress.FromBits(2), 6, 1, false, Now + 61_000);

        Assert.That((anew, another), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task What_another_server_has_of_a_session_is_taken_in_unless_what_is_known_is_newer()
    {
        await using TestJournal journal = new();
        await journal.OpenAsync(start: false);
        LiveSessions live = new(_room.Accounts.Presences, _room.Accounts.Directory, _room.Accounts.Windows, journal.Journal, SessionsRoom.Metrics(), Options.Create(new AccountingOptions()));
        List<int> places = [];
        void Learn(LiveSession session)
        {
            live.Learn(session);
            places.Add(Presence.CountPlaces(Now));
        }

        LiveSession Told(long news, int generation = 1, long id = 77, SessionEnding ending = SessionEnding.None)
        {
            LiveSession told = Loaded("told", 60);
            told.Progress = told.Progress with { SessionId = id, Generation = generation, LastNewsAt = news, Ending = ending, EndedAt = ending == SessionEnding.None ? 0 : news };
            return told;
        }

        Learn(Told(100, ending: SessionEnding.Stop));
        Learn(Told(100));
        Learn(Told(100, ending: SessionEnding.Stale));
        Learn(Told(100));
        Learn(Told(200));
        Learn(Told(150, ending: SessionEnding.Stop));
        Learn(Told(300, generation: 2, id: 78));
        Learn(Told(200, ending: SessionEnding.Stop));
        Learn(Told(300, generation: 2, id: 78, ending: SessionEnding.Stop));

        Assert.That(places, Is.EqualTo(new[] { 0, 1, 0, 0, 1, 1, 1, 1, 0 }));
    }

    [Test]
    public async Task An_account_that_another_server_has_come_to_know_of_is_taken_in_without_other_news()
    {
        await using TestJournal journal = new();
        await journal.OpenAsync(start: false);
        LiveSessions live = new(_room.Accounts.Presences, _room.Accounts.Directory, _room.Accounts.Windows, journal.Journal, SessionsRoom.Metrics(), Options.Create(new AccountingOptions()));
        LiveSession unknown = Loaded("late", 60);
        unknown.AccountId = 0;

        live.Learn(unknown);
        int before = Presence.CountPlaces(Now);
        live.Learn(Loaded("late", 60));

        Assert.That((before, Presence.CountPlaces(Now)), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Adding_a_record_of_a_known_session_allocates_nothing()
    {
        AccountingPacket packet = Packet(3, 300, 300);
        _room.Journal(packet);
        long allocated = packet.Use((scoped in RadiusRequest request) =>
        {
            AccountingRequestReader.TryRead(request, 1, out AccountingRecord record);
            _room.Live.Recall(record);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                _room.Live.Recall(record);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.That(allocated, Is.Zero);
    }

    [Test]
    public async Task Open_sessions_are_listed([Values] StorageProvider provider)
    {
        await using SessionsRoom room = await SessionsRoom.CreateAsync(provider);
        long alice = await room.Accounts.CreateUserAsync("alice");
        room.Apply(Packet(1, 0), Packet(1, 0, session: "s2"), Packet(2, 300, 300, session: "s2"), Packet(1, 10, session: "s3", user: "alice", account: alice));
        SessionStore store = new(room.Accounts.Storage.Database);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await NamesAsync(new SessionQuery { TenantId = 1 }), Is.EqualTo(new[] { "s3", "s2", "s1" }));
            Assert.That(await NamesAsync(new SessionQuery { TenantId = 1, OpenOnly = true }), Is.EqualTo(new[] { "s3", "s1" }));
            Assert.That(await NamesAsync(new SessionQuery { TenantId = 1, AccountId = alice }), Is.EqualTo(new[] { "s3" }));
            Assert.That(await NamesAsync(new SessionQuery { TenantId = 1, NasId = 8 }), Is.Empty);
            Assert.That(await NamesAsync(new SessionQuery { TenantId = 1, Mac = "aa:bb:cc:dd:ee:01", Start = 1, Limit = 1 }), Is.EqualTo(new[] { "s2" }));
            Assert.That(await NamesAsync(new SessionQuery { TenantId = 1, From = Now + 10_000 }), Is.EqualTo(new[] { "s3" }));
            Assert.That(await store.CountOpenAsync(1, default), Is.EqualTo(2));
            SessionInfo newest = (await store.ListAsync(new SessionQuery { TenantId = 1 }, default))[0];
            Assert.That(await store.FindAsync(1, newest.SessionId, default), Is.EqualTo(newest with { Account = "alice" }), "with the name of its account, which lists by number leave out");
            Assert.That(await store.FindAsync(2, newest.SessionId, default), Is.Null);
        }

        async Task<IEnumerable<string>> NamesAsync(SessionQuery query) => (await store.ListAsync(query, default)).Select(session => session.AcctSessionId);
    }

    private static AccountingHandling Handle(AccountingRequestHandler handler, AccountingPacket packet) =>
        packet.Use((scoped in RadiusRequest request) => handler.Handle(request, new TicketSink(), 1));

    private static LiveSession Loaded(string sessionId, int interim) => new()
    {
        Key = SessionKey.Of(1, 7, sessionId, "c"),
        AccountId = Account,
        HeardAt = Now,
        Progress = new SessionProgress { SessionId = interim + 1, Generation = 0, StartedAt = Now - 9000, LastNewsAt = Now - 5000, InterimSeconds = interim },
    };

    private static AccountingPacket Packet(int status, int at, uint seconds = 0, string session = "s1", string user = "whoever", long account = Account)
    {
        AccountingPacket packet = AccountingPacket.Of(status, session, user).With(55, (uint)((Now / 1000) + at)).With(new LoginClass(account, 5));
        return status == 1 ? packet : packet.With(46, seconds).With(42, 1).With(43, 2);
    }
}
