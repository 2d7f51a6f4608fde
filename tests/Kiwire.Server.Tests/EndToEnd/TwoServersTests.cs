using Kiwire.Server.Accounts;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>Two servers on one PostgreSQL, each with NASes of its own: who is in on one is in on the other, and what was used there is used here.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class TwoServersTests
{
    private const string Phone = "02-AA-00-00-00-01";
    private const string Laptop = "02-AA-00-00-00-02";

    private PostgresServer _postgres = null!;
    private string _database = null!;
    private RunningServer _first = null!;
    private RunningServer _second = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _postgres = await PostgresServer.GetAsync();
        _database = "two_" + Guid.NewGuid().ToString("N");
        await _postgres.ExecuteAsync($"CREATE DATABASE {_database}");
        string[] options = ["--Kiwire:Storage:Provider=PostgreSql", "--Kiwire:Storage:ConnectionString=" + _postgres.ConnectionString(_database)];
        _first = await RunningServer.StartAsync(options);
        _second = await RunningServer.StartAsync(options);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        // Null where PostgreSQL is missing.
        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        if (_first is not null)
        {
            await _first.DisposeAsync();
            await _postgres.ExecuteAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_place_taken_on_one_is_taken_on_the_other_until_its_session_ends(CancellationToken cancellationToken)
    {
        await _first.CreateProfileAsync(new ProfileSettings { Name = "single", Type = "Free", Simultaneous = 1 });
        await _first.CreateUserAsync(new AccountSettings { Username = "guest-ann", Password = "secret-1", Profile = "single" });
        using TestNas here = new(_first);
        using TestNas there = new(_second);

        Answer phone = here.Login("guest-ann", "secret-1", Phone);
        here.Account(1, "ann-1", "guest-ann", Phone, loginClass: phone.Octets(25));
        await UntilOpenAsync(_second, "ann-1", isOpen: true, cancellationToken);
        Answer laptop = there.Login("guest-ann", "secret-1", Laptop);

        // The NAS has turned to the other server meanwhile.
        there.Account(2, "ann-1", "guest-ann", Phone, 60, phone.Octets(25));
        await UntilOpenAsync(_first, "ann-1", isOpen: false, cancellationToken);
        Answer laptopAgain = here.Login("guest-ann", "secret-1", Laptop);

        Assert.That((phone.IsAccept, laptop.IsAccept, laptopAgain.IsAccept), Is.EqualTo((true, false, true)));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task What_was_used_up_on_one_is_refused_by_the_other(CancellationToken cancellationToken)
    {
        await _first.CreateProfileAsync(new ProfileSettings { Name = "one-hour", Type = "Countdown", Minutes = 60 });
        await _first.CreateUserAsync(new AccountSettings { Username = "guest-bob", Password = "secret-1", Profile = "one-hour" });
        using TestNas here = new(_first);
        using TestNas there = new(_second);

        await RunningServer.UntilAsync(
            () => Task.FromResult(_second.Get<ProfileDirectory>().TryGetByName(1, "one-hour", out _)), isKnown => isKnown, cancellationToken);

        // The other one has it in memory, with nothing used.
        Answer before = there.Login("guest-bob", "secret-1", Phone);
        Answer phone = here.Login("guest-bob", "secret-1", Phone);
        here.Account(1, "bob-1", "guest-bob", Phone, loginClass: phone.Octets(25));
        here.Account(2, "bob-1", "guest-bob", Phone, 3600, phone.Octets(25));
        await RunningServer.UntilAsync(
            () => Task.FromResult(_second.Get<AccountDirectory>().TryFind(1, "guest-bob"u8, out AccountEntry? bob) == AccountLookup.Found ? bob!.Presence.Usage.Seconds : 0),
            used => used == 3600,
            cancellationToken);
        Answer after = there.Login("guest-bob", "secret-1", Phone);

        Assert.That((before.IsAccept, phone.IsAccept, after.IsAccept), Is.EqualTo((true, true, false)));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task News_that_was_missed_is_read_again(CancellationToken cancellationToken)
    {
        await _first.CreateUserAsync(new AccountSettings { Username = "guest-cem", Password = "secret-1" });
        using TestNas here = new(_first);
        Answer login = here.Login("guest-cem", "secret-1", Phone);
        here.Account(1, "cem-1", "guest-cem", Phone, loginClass: login.Octets(25));
        here.Account(1, "cem-2", "guest-cem", Laptop, loginClass: login.Octets(25));
        LiveSessions unaware = new(
            new PresenceTable(), _second.Get<AccountDirectory>(), _second.Get<UsageWindows>(), _second.Get<Kiwire.Server.Storage.AccountingJournal>(), Sessions.SessionsRoom.Metrics(),
            Microsoft.Extensions.Options.Options.Create(new AccountingOptions()));
        await UntilOpenAsync(_second, "cem-2", isOpen: true, cancellationToken);
        SessionFollower follower = new(
            _second.Get<LiveSessionStore>(), unaware, new PresenceTable(), _second.Get<Kiwire.Server.Storage.ChangeFeed>(), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SessionFollower>.Instance);

        await follower.LearnAllAsync(cancellationToken);
        (bool One, bool Two) before = (IsOpen(unaware, "cem-1"), IsOpen(unaware, "cem-2"));
        here.Account(2, "cem-1", "guest-cem", Phone, 60, login.Octets(25));
        await UntilOpenAsync(_second, "cem-1", isOpen: false, cancellationToken);
        await follower.LearnAllAsync(cancellationToken);

        Assert.That((before, (IsOpen(unaware, "cem-1"), IsOpen(unaware, "cem-2"))), Is.EqualTo(((true, true), (false, true))));
    }

    private static async Task UntilOpenAsync(RunningServer server, string session, bool isOpen, CancellationToken cancellationToken) =>
        await RunningServer.UntilAsync(() => Task.FromResult(IsOpen(server.Get<LiveSessions>(), session)), open => open == isOpen, cancellationToken);

    private static bool IsOpen(LiveSessions live, string session)
    {
        bool open = false;
        byte[] id = System.Text.Encoding.UTF8.GetBytes(session);
        live.ForEach(one => open |= one.Progress.IsOpen && SessionKey.SessionId(one.Key).SequenceEqual(id));
        return open;
    }
}
