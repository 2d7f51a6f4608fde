using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Sessions;

/// <summary>From the packet through the journal on disc into the database.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class JournalApplierTests(StorageProvider provider) : IAsyncDisposable
{
    private const long Beginning = 1_700_000_000;

    private readonly TestJournal _journal = new();
    private readonly AccountingOptions _options = new();
    private SessionsRoom _room = null!;
    private long _alice;

    [SetUp]
    public async Task SetUp()
    {
        _room = await SessionsRoom.CreateAsync(provider);
        _alice = await _room.Accounts.CreateUserAsync("alice", profile: "wx_temp");
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _room.DisposeAsync();
    }

    [Test]
    public async Task An_answer_leaves_when_its_record_is_on_disc_and_the_record_reaches_the_database()
    {
        await _journal.OpenAsync();
        using Server server = new(this);
        TicketSink sink = new();

        Assert.That(server.Handle(Packet(1, 0), sink, 11), Is.EqualTo(AccountingHandling.Held));
        Assert.That(server.Handle(Packet(2, 300), sink, 12), Is.EqualTo(AccountingHandling.Held));
        await sink.WaitAsync(2);
        Assert.That(sink.Tickets, Is.EqualTo(new[] { 11, 12 }));

        await server.StartAsync();
        await _journal.Journal.WaitAppliedAsync(2, default);
        await server.StopAsync();
        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(300, 300, 600)));
    }

    [Test]
    public async Task With_answers_after_the_database_none_leaves_before_the_commit()
    {
        _options.AnswerAfter = AnswerAfter.Database;
        await _journal.OpenAsync();
        using Server server = new(this);
        await server.LoadAsync();
        TicketSink sink = new();
        server.Handle(Packet(1, 0), sink, 11);
        await _journal.Journal.FlushAsync();
        Assert.That(sink.Tickets, Is.Empty);

        await server.StartAsync();
        await sink.WaitAsync(1);
        Assert.That(await _room.SessionsAsync(), Has.Length.EqualTo(1));
        await server.StopAsync();
    }

    [Test]
    public async Task An_unknown_status_is_answered_at_once_and_a_stopping_journal_answers_nothing()
    {
        await _journal.OpenAsync();
        using Server server = new(this);
        AccountingHandling unknown = server.Handle(new AccountingPacket().With(40, 9).With(44, "s1"), new TicketSink(), 1);
        AccountingHandling without = server.Handle(new AccountingPacket().With(44, "s1"), new TicketSink(), 1);
        await _journal.Journal.StoppedAsync(default);
        AccountingHandling stopping = server.Handle(Packet(1, 0), new TicketSink(), 1);

        Assert.That((unknown, without, stopping), Is.EqualTo((AccountingHandling.AnswerNow, AccountingHandling.AnswerNow, AccountingHandling.NoAnswer)));
    }

    [Test]
    public async Task Records_of_before_a_crash_are_known_at_once_after_it_and_applied_once()
    {
        await _journal.OpenAsync();
        using Server before = new(this);
        TicketSink sink = new();
        before.Handle(Packet(1, 0), sink, 1);
        before.Handle(Packet(3, 300), sink, 2);
        await sink.WaitAsync(2);
        await before.StartAsync();
        await _journal.Journal.WaitAppliedAsync(2, default);
        await before.StopAsync();
        before.Handle(Packet(3, 600), sink, 3);
        before.Handle(Packet(1, 0, "s2", "AA-BB-CC-DD-EE-02"), sink, 4);
        await sink.WaitAsync(4);
        await _journal.CloseAsync();

        // As after a crash between the commit and the deletion of what it covers: the journal begins before the database's position.
        await _journal.OpenAsync(applied: 0);
        SessionsRoom restarted = _room.Restart();
        using Server after = new(this, restarted.Accounts.Presences);
        await after.LoadAsync();
        int known = _room.Accounts.Presences.GetOrAdd(1, _alice).CountPlaces(Beginning * 1000);
        await after.StartAsync();
        await _journal.Journal.WaitAppliedAsync(4, default);
        await after.StopAsync();

        Assert.That((known, after.Live.Count), Is.EqualTo((2, 2)));
        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(600, 600, 1200)));
    }

    [Test]
    public async Task A_database_that_cannot_take_records_is_waited_for_and_nothing_is_set_aside()
    {
        await _room.ExecuteAsync("ALTER TABLE sessions RENAME TO hidden");
        await _journal.OpenAsync();
        using Server server = new(this);
        await server.StartAsync();
        server.Handle(Packet(1, 0), new TicketSink(), 1);
        server.Handle(Packet(2, 300), new TicketSink(), 2);
        await server.Log.WaitAsync("cannot be applied");
        long applied = _journal.Journal.AppliedSequence;
        await _room.ExecuteAsync("ALTER TABLE hidden RENAME TO sessions");
        await _journal.Journal.WaitAppliedAsync(2, default).WaitAsync(TimeSpan.FromMinutes(2));
        await server.StopAsync();

        Assert.That(applied, Is.Zero);
        Assert.That(await _room.QueryAsync("SELECT * FROM journal_set_aside"), Is.Empty);
        Assert.That(await _room.UsageAsync(_alice), Is.EqualTo(new UsageTotals(300, 300, 600)));
    }

    [Test]
    public async Task An_account_that_is_used_up_is_suspended_where_the_tenant_wants_it([Values] bool wanted)
    {
        await _room.ExecuteAsync("UPDATE profiles SET type = 0, minutes = 5 WHERE tenant_id = 1 AND name = 'wx_temp'");
        Kiwire.Server.Tenants.Tenant tenant = _room.Accounts.Tenants.Tenants.First(one => one.TenantId == 1);
        _room.Accounts.Tenants.Replace([tenant with { Policy = tenant.Policy with { SuspendWhenExhausted = wanted } }]);
        await _journal.OpenAsync();
        using Server server = new(this);
        await server.StartAsync();
        server.Handle(Packet(3, 299), new TicketSink(), 1);
        server.Handle(Packet(3, 300), new TicketSink(), 2);
        await _journal.Journal.WaitAppliedAsync(2, default);
        if (wanted)
        {
            await server.Log.WaitAsync("is suspended");
        }

        await server.StopAsync();
        Assert.That((int)(await _room.QueryAsync($"SELECT active FROM accounts WHERE account_id = {_alice}")).Single().active, Is.EqualTo(wanted ? 0 : 1));
    }

    private AccountingPacket Packet(int status, int at, string session = "s1", string device = "AA-BB-CC-DD-EE-01")
    {
        AccountingPacket packet = AccountingPacket.Of(status, session, device: device).With(55, (uint)(Beginning + at)).With(new LoginClass(_alice, 1));
        return status == 1 ? packet : packet.With(46, (uint)at).With(42, (uint)at).With(43, (uint)at * 2);
    }

    /// <summary>The room's services on the test's journal.</summary>
    private sealed class Server : IDisposable
    {
        private readonly JournalApplierTests _test;
        private readonly AccountingRequestHandler _handler;
        private readonly JournalApplier _applier;
        private readonly ExhaustedAccounts _exhausted;

        public Server(JournalApplierTests test, PresenceTable? presences = null)
        {
            _test = test;
            IOptions<AccountingOptions> options = Options.Create(test._options);
            Kiwire.Server.Tests.Accounts.AccountsRoom accounts = test._room.Accounts;
            SessionsMetrics metrics = SessionsRoom.Metrics();
            Live = new LiveSessions(presences ?? accounts.Presences, accounts.Directory, accounts.Windows, test._journal.Journal, metrics, options);
            _handler = new AccountingRequestHandler(Live, accounts.Storage.Ids, metrics);
            _exhausted = new ExhaustedAccounts(accounts.Store, accounts.Tenants, new SignalLogger<ExhaustedAccounts>(Log));
            _applier = new JournalApplier(
                accounts.Storage.Database, new BatchApplierSource(accounts.Storage.Database, Live, accounts.Presences, accounts.Windows, TimeProvider.System), test._journal.Journal,
                _exhausted, metrics, TimeProvider.System, options, new SignalLogger<JournalApplier>(Log));
        }

        public LiveSessions Live { get; }

        public LogSignal Log { get; } = new();

        public AccountingHandling Handle(AccountingPacket packet, IDurableSink sink, int ticket) =>
            packet.Use((scoped in RadiusRequest request) => _handler.Handle(request, sink, ticket));

        public void Dispose()
        {
            _applier.Dispose();
            _exhausted.Dispose();
        }

        public Task LoadAsync() =>
            new SessionsStart(new LiveSessionStore(_test._room.Accounts.Storage.Database, TimeProvider.System), _test._journal.Journal, Live, Options.Create(_test._options)).StartingAsync(default);

        public async Task StartAsync()
        {
            await _exhausted.StartAsync(default);
            await _applier.StartAsync(default);
        }

        public async Task StopAsync()
        {
            await _applier.StopAsync(default);
            await _exhausted.StopAsync(default);
        }
    }
}
