using System.Diagnostics;
using System.Globalization;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>dynamic-authorization.md, "Enforcement, without anybody asking", on the wire.</summary>
[TestFixture]
[CancelAfter(300_000)]
internal sealed class EnforcementTests
{
    private const long Tenant = EnforcedServer.Tenant;
    private const string Tablet = "02-AA-00-00-00-02";

    private static readonly DateTimeOffset Monday = DateTimeOffset.Parse("2026-03-02T12:00:00Z", CultureInfo.InvariantCulture);
    private static readonly ProfileSettings Gigabyte = new() { Name = "gigabyte", Type = "Free", VolumeLimited = true, VolumeGigabytes = 1 };
    private static readonly ProfileSettings Free = new() { Name = "free", Type = "Free", DownKbps = 1024, UpKbps = 512 };

    [Test]
    public async Task Volume_that_runs_out_ends_the_session_with_the_interim_that_shows_it_and_once()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        await on.LogInAsync("guest", Gigabyte);
        on.Account(3, "guest", 60, (1u << 30) - 1);
        on.Account(3, "guest", 120, 1u << 30);

        CoaArrival disconnect = await on.Nas.ReceiveNextAsync();
        on.Account(3, "guest", 120, 1u << 30);
        on.Account(3, "guest", 130, (1u << 30) + 5);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(disconnect.Packet.Code, Is.EqualTo(RadiusCode.DisconnectRequest));
            Assert.That((disconnect.Text(1), disconnect.Text(44), disconnect.Text(31)), Is.EqualTo(("guest", "guest 01", EnforcedServer.Phone)));
            Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
            await ReasonAsync(on, "volume");
        }
    }

    [Test]
    public async Task The_disconnect_follows_the_interim_that_shows_it_and_no_clock()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        await on.Server.CreateProfileAsync(Gigabyte);
        List<double> milliseconds = [];
        for (int i = 0; i < 9; i++)
        {
            string user = $"guest{i}";
            await on.LogInAsync(user, profileName: "gigabyte");
            long began = Stopwatch.GetTimestamp();
            on.Account(3, user, 60, 1u << 30);
            Assert.That((await on.Nas.ReceiveNextAsync()).Text(1), Is.EqualTo(user));
            milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        TestContext.Out.WriteLine($"From the interim's sending to the disconnect's arrival: {string.Join(", ", milliseconds.Select(one => one.ToString("0.0", CultureInfo.InvariantCulture)))} ms");
    }

    [Test]
    public async Task Time_that_runs_out_ends_all_sessions_of_the_account()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        await on.LogInAsync("guest", new ProfileSettings { Name = "quarter", Type = "Countdown", Minutes = 15 });
        on.Enter("guest", Tablet);
        on.Account(3, "guest", 600, 0, Tablet);
        on.Account(3, "guest", 300, 0);

        string?[] devices = [(await on.Nas.ReceiveNextAsync()).Text(31), (await on.Nas.ReceiveNextAsync()).Text(31)];

        Assert.That(devices, Is.EquivalentTo((string[])[EnforcedServer.Phone, Tablet]));
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
        await ReasonAsync(on, "time");
    }

    [Test]
    public async Task Time_runs_out_between_interims_too()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync(at: Monday);
        await on.LogInAsync("guest", new ProfileSettings { Name = "quarter", Type = "Countdown", Minutes = 5 });
        on.Account(3, "guest", 200, 0);

        on.Clock.Advance(TimeSpan.FromSeconds(101));

        Assert.That((await on.Nas.ReceiveNextAsync()).Text(1), Is.EqualTo("guest"));
    }

    [Test]
    public async Task An_account_that_expires_is_ended_by_the_clock()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync(at: Monday);
        await on.LogInAsync("guest", Free, expiry: "2026-03-02 12:10:00");
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);

        on.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.That((await on.Nas.ReceiveNextAsync()).Packet.Code, Is.EqualTo(RadiusCode.DisconnectRequest));
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
        await ReasonAsync(on, "expired");
    }

    [Test]
    public async Task The_end_of_the_login_hours_ends_sessions()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync(at: Monday);
        await on.LogInAsync("guest", Free with { LoginHours = ["mon 08:00-12:15"] });
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);

        on.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.That((await on.Nas.ReceiveNextAsync()).Text(1), Is.EqualTo("guest"));
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
        await ReasonAsync(on, "login hours");
    }

    [TestCase("suspended")]
    [TestCase("deleted")]
    public async Task A_session_ends_when_its_account_is(string what)
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        _ = await on.LogInAsync("guest", Free);
        AccountStore accounts = on.Server.Get<AccountStore>();
        _ = what == "deleted"
            ? (object)await accounts.DeleteAsync(Tenant, "guest", AccountKind.User, default)
            : await accounts.UpdateAsync(Tenant, "guest", AccountKind.User, new AccountSettings { Status = "suspended" }, default);

        CoaArrival disconnect = await on.Nas.ReceiveNextAsync();
        on.Account(3, "guest", 60, 0);

        Assert.That((disconnect.Packet.Code, disconnect.Text(44)), Is.EqualTo((RadiusCode.DisconnectRequest, "guest 01")));
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
        await ReasonAsync(on, what);
        Assert.That((await on.Server.Get<SessionStore>().ListAsync(new SessionQuery { TenantId = Tenant, Mac = "02:aa:00:00:00:01" }, default)).Single().Disconnect, Is.EqualTo(DisconnectProof.Ending));
    }

    [Test]
    public async Task The_login_that_takes_the_place_ends_the_older_session()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        await on.Server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, AutoDisconnectPrevious = true });
        await on.LogInAsync("guest", Free with { Simultaneous = 1 });

        Assert.That(on.Equipment.Login("guest", "secret-1", Tablet).IsAccept, Is.True);
        CoaArrival disconnect = await on.Nas.ReceiveNextAsync();
        on.Account(1, "guest", 0, 0, Tablet);
        on.Account(3, "guest", 60, 0);
        on.Account(3, "guest", 60, 0, Tablet);

        Assert.That(disconnect.Text(31), Is.EqualTo(EnforcedServer.Phone));
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
        await ReasonAsync(on, "displaced");
    }

    [TestCase("edited")]
    [TestCase("another")]
    public async Task New_rates_are_pushed_once_when_the_profile_is(string what)
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        await on.LogInAsync("guest", Free);
        await on.Server.CreateProfileAsync(Free with { Name = "fast", DownKbps = 4096 });
        _ = what == "edited"
            ? await on.Server.Get<ProfileStore>().UpdateAsync(Tenant, "free", new ProfileSettings { DownKbps = 4096, Price = 3 }, default)
            : await on.Server.Get<AccountStore>().UpdateAsync(Tenant, "guest", AccountKind.User, new AccountSettings { Profile = "fast" }, default);

        CoaArrival coa = await on.Nas.ReceiveNextAsync();
        on.Account(3, "guest", 60, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(coa.Packet.Code, Is.EqualTo(RadiusCode.CoaRequest));
            Assert.That(coa.Text(44), Is.EqualTo("guest 01"));
            Assert.That(coa.Description, Does.Contain("WISPr-Bandwidth-Max-Down = 4096000").And.Contain("WISPr-Bandwidth-Max-Up = 512000"));
            Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
            await ReasonAsync(on, "profile");
        }
    }

    [Test]
    public async Task A_profile_whose_rates_stay_pushes_nothing_and_one_that_changes_back_pushes_again()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        await on.LogInAsync("guest", Free);
        ProfileStore profiles = on.Server.Get<ProfileStore>();
        await profiles.UpdateAsync(Tenant, "free", new ProfileSettings { Price = 3, IdleMinutes = 5 }, default);
        List<CoaArrival> none = await on.TakeUntilNowAsync();
        List<string> pushed = [];
        foreach (int kbps in (int[])[4096, 1024])
        {
            await profiles.UpdateAsync(Tenant, "free", new ProfileSettings { DownKbps = kbps }, default);
            pushed.Add((await on.Nas.ReceiveNextAsync()).Description);
            await SettledAsync(on);
        }

        Assert.That(none, Is.Empty);
        Assert.That(pushed[0], Does.Contain("WISPr-Bandwidth-Max-Down = 4096000"));
        Assert.That(pushed[1], Does.Contain("WISPr-Bandwidth-Max-Down = 1024000"));
    }

    [Test]
    public async Task Equipment_that_takes_no_rates_is_left_alone_until_the_next_login()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync("ruckus");
        await on.LogInAsync("guest", Free);
        await on.Server.Get<ProfileStore>().UpdateAsync(Tenant, "free", new ProfileSettings { DownKbps = 4096 }, default);

        await ReasonAsync(on, "profile");
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
    }

    [Test]
    public async Task A_refused_disconnect_is_tried_again_at_the_next_interim_and_not_before()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync(new FakeNas(FakeNas.Nak(506)));
        await on.LogInAsync("guest", Gigabyte);
        on.Account(3, "guest", 60, 1u << 30);
        _ = await on.Nas.ReceiveNextAsync();
        await SettledAsync(on);
        List<CoaArrival> before = await on.TakeUntilNowAsync();
        on.Account(3, "guest", 60, 1u << 30);
        List<CoaArrival> repeated = await on.TakeUntilNowAsync();
        on.Nas.Answer = FakeNas.Ack;
        on.Account(3, "guest", 120, 1u << 30);
        CoaArrival again = await on.Nas.ReceiveNextAsync();
        on.Account(3, "guest", 130, 1u << 30);

        Assert.That((before.Count, repeated.Count, again.Text(44)), Is.EqualTo((0, 0, "guest 01")));
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
    }

    [Test]
    public async Task A_session_that_its_NAS_does_not_know_is_ended_in_the_records(CancellationToken cancellationToken)
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync(new FakeNas(FakeNas.Nak(503)));
        long account = await on.LogInAsync("guest", Gigabyte);
        on.Account(3, "guest", 60, 1u << 30);

        CoaArrival disconnect = await on.Nas.ReceiveNextAsync();
        await RunningServer.UntilAsync(() => on.OpenSessionsAsync(account), open => open.Count == 0, cancellationToken);

        Assert.That(disconnect.Packet.Code, Is.EqualTo(RadiusCode.DisconnectRequest));
    }

    [Test]
    public async Task An_acknowledged_disconnect_that_the_NAS_ignores_is_asked_for_again_with_the_news_that_shows_it(CancellationToken cancellationToken)
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync(at: Monday);
        await on.LogInAsync("guest", Gigabyte);
        on.Account(3, "guest", 60, 1u << 30);
        _ = await on.Nas.ReceiveNextAsync();
        await SettledAsync(on);

        on.Clock.Advance(TimeSpan.FromSeconds(61));
        on.Account(3, "guest", 121, 1u << 30);

        Assert.That((await on.Nas.ReceiveNextAsync()).Text(44), Is.EqualTo("guest 01"));
    }

    [Test]
    public async Task Two_servers_on_one_database_end_each_session_once(CancellationToken cancellationToken)
    {
        PostgresServer postgres = await PostgresServer.GetAsync();
        string database = "enforce_" + Guid.NewGuid().ToString("N");
        await postgres.ExecuteAsync($"CREATE DATABASE {database}");
        string[] storage = ["--Kiwire:Storage:Provider=PostgreSql", "--Kiwire:Storage:ConnectionString=" + postgres.ConnectionString(database)];
        await using EnforcedServer on = await EnforcedServer.StartAsync(at: Monday, options: storage);
        await on.Server.CreateProfileAsync(Free);
        string[] expiring = [.. Enumerable.Range(0, 8).Select(i => $"expiring{i}")];
        string[] suspended = [.. Enumerable.Range(0, 8).Select(i => $"suspended{i}")];
        foreach (string user in expiring.Concat(suspended))
        {
            long account = await on.LogInAsync(user, profileName: "free", expiry: user.StartsWith('e') ? "2026-03-02 12:10:00" : null);
            await RunningServer.UntilAsync(() => on.OpenSessionsAsync(account), open => open.Count == 1, cancellationToken);
        }

        // It starts when the sessions are on, and so knows them too.
        await using RunningServer other = await RunningServer.StartAsync(on.Clock, storage);
        on.Clock.Advance(TimeSpan.FromMinutes(10));
        List<string?> ended = await TakeAsync(on, expiring.Length);
        foreach (string user in suspended)
        {
            await other.Get<AccountStore>().UpdateAsync(Tenant, user, AccountKind.User, new AccountSettings { Status = "suspended" }, cancellationToken);
        }

        ended.AddRange(await TakeAsync(on, suspended.Length));
        await SettledAsync(other);
        await SettledAsync(on.Server);
        List<CoaArrival> more = await on.TakeUntilNowAsync();

        Assert.That(ended, Is.EquivalentTo(expiring.Concat(suspended)));
        Assert.That(more, Is.Empty);
    }

    private static async Task<List<string?>> TakeAsync(EnforcedServer on, int count)
    {
        List<string?> users = [];
        while (users.Count < count)
        {
            users.Add((await on.Nas.ReceiveNextAsync()).Text(1));
        }

        return users;
    }

    /// <summary>Waits until what is being done about sessions is done.</summary>
    private static async Task SettledAsync(EnforcedServer on) => await SettledAsync(on.Server);

    private static async Task SettledAsync(RunningServer server) => await RunningServer.UntilAsync(
        () => Task.FromResult(server.Get<EnforcementClaims>().UnderWay), underWay => underWay == 0, TestContext.CurrentContext.CancellationToken);

    /// <summary>Waits until the log has a request with this reason: a row is written behind the answer.</summary>
    private static async Task ReasonAsync(EnforcedServer on, string reason) => await RunningServer.UntilAsync(
        () => on.Server.Get<CoaLogStore>().ListAsync(new CoaLogQuery { TenantId = Tenant }, default),
        rows => rows.Any(row => row.Reason == reason),
        TestContext.CurrentContext.CancellationToken);
}
