using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>radius.md, Accounting and Which NAS sent this, over the wire: from the datagram to the rows.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class AccountingTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;
    private const string Phone = "02-AA-00-00-00-01";

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    [CancelAfter(300_000)]
    public async Task Class_ties_a_session_to_its_login_whatever_name_the_NAS_gives(CancellationToken cancellationToken)
    {
        await UserAsync("class-owner");
        using TestNas nas = new(_server);

        byte[] loginClass = nas.Login("class-owner", "secret-1", Phone).Octets(25)!;
        nas.Account(2, "by-class", "anonymous", Phone, 90, loginClass);
        SessionInfo session = await SessionAsync("by-class", one => one.EndedAt is not null, cancellationToken);
        Account owner = (await _server.Get<AccountStore>().FindAsync(Tenant, "class-owner", default))!;

        Assert.That((session.AccountId, session.UserName, owner.Used.Seconds), Is.EqualTo(((long?)owner.AccountId, "anonymous", 90L)));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_stop_without_a_start_makes_a_session_with_64_bit_octets_and_counts_once_when_sent_again(CancellationToken cancellationToken)
    {
        await UserAsync("counted");
        using TestNas nas = new(_server);
        uint ended = (uint)DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds();

        for (uint delay = 0; delay < 3; delay++)
        {
            // A retransmission with another identifier and Acct-Delay-Time.
            nas.Account(2, "octets", "counted", Phone, 120, more: writer =>
            {
                writer.Append(55, ended);
                writer.Append(41, delay * 10);
                writer.Append(42, 5);
                writer.Append(52, 3);
                writer.Append(43, uint.MaxValue);
                writer.Append(53, 1);
            });
        }

        SessionInfo session = await SessionAsync("octets", one => one.EndedAt is not null, cancellationToken);
        await FlushAsync(nas, cancellationToken);
        Account account = (await _server.Get<AccountStore>().FindAsync(Tenant, "counted", default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(session.EndedAt, Is.EqualTo(ended * 1000L), "Event-Timestamp");
            Assert.That(session.StartedAt, Is.EqualTo((ended - 120) * 1000L));
            Assert.That((session.OctetsIn, session.OctetsOut), Is.EqualTo(((3L << 32) + 5, (2L << 32) - 1)));
            Assert.That(account.Used, Is.EqualTo(new UsageTotals(120, session.OctetsIn, session.OctetsOut)));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Usage_told_before_the_account_was_in_memory_is_refused_once_it_is_in_the_database(CancellationToken cancellationToken)
    {
        await _server.CreateUserAsync(new AccountSettings { Username = "unseen", Password = "secret-1", Profile = "hour" });
        using TestNas nas = new(_server);

        nas.Account(2, "unseen-1", "unseen", Phone, 3600);
        string text = await RunningServer.UntilAsync(
            () => Task.FromResult(nas.Login("unseen", "secret-1", Phone).Text), text => text.Length > 0, cancellationToken);

        Assert.That(text, Is.EqualTo("No time left on this account"));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Without_Event_Timestamp_an_event_is_as_old_as_Acct_Delay_Time_says(CancellationToken cancellationToken)
    {
        using TestNas nas = new(_server);
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        nas.Account(2, "delayed", "alice", Phone, 30, more: writer => writer.Append(41, 600));
        long after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        SessionInfo session = await SessionAsync("delayed", one => one.EndedAt is not null, cancellationToken);

        Assert.That(session.EndedAt, Is.InRange(before - 600_000 - 1000, after - 600_000));
    }

    [TestCase(7u, "127.0.0.11", TestName = "Accounting_On_ends_the_open_sessions_of_its_NAS_and_no_others")]
    [TestCase(8u, "127.0.0.12", TestName = "Accounting_Off_ends_the_open_sessions_of_its_NAS_and_no_others")]
    [CancelAfter(300_000)]
    public async Task Accounting_On_and_Off(uint status, string address, CancellationToken cancellationToken)
    {
        await NasAsync(Tenant, "restarts-" + status, address, "testing123");
        using TestNas restarts = new(_server, address);
        using TestNas goesOn = new(_server);
        // A session that began in the very millisecond of the restart is taken for one from after it.
        restarts.Account(1, "ended-" + status, "alice", Phone, more: writer => writer.Append(41, 10));
        goesOn.Account(1, "open-" + status, "alice", Phone);

        Answer answer = restarts.Account(status, "boot", "", null);
        SessionInfo ended = await SessionAsync("ended-" + status, one => one.EndedAt is not null, cancellationToken);
        SessionInfo open = await SessionAsync("open-" + status, _ => true, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Code, Is.EqualTo(RadiusCode.AccountingResponse));
            Assert.That(ended.TerminateCause, Is.EqualTo(11), "NAS-Reboot (RFC 2866, 5.10)");
            Assert.That(open.EndedAt, Is.Null);
        }
    }

    [Test]
    public void A_status_type_that_nobody_knows_is_answered()
    {
        using TestNas nas = new(_server);

        Assert.That(nas.Account(15, "unknown-status", "alice", Phone).Code, Is.EqualTo(RadiusCode.AccountingResponse));
    }

    [Test]
    public async Task Two_tenants_behind_one_address_are_told_apart_by_the_secret_or_by_NAS_Identifier()
    {
        await AddTenantAsync(2);
        await NasAsync(Tenant, "first-site", "127.0.0.9", "secret-of-first");
        await NasAsync(2, "second-site", "127.0.0.9", "secret-of-second");
        await UserAsync("twin", password: "password-of-first");
        Assert.That(
            await _server.Get<AccountStore>().CreateUserAsync(2, new AccountSettings { Username = "twin", Password = "password-of-second" }, default),
            Is.InstanceOf<SaveOutcome.Saved>());
        using TestNas first = new(_server, "127.0.0.9", "secret-of-first");
        using TestNas second = new(_server, "127.0.0.9", "secret-of-second");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Login("twin", "password-of-first", Phone).IsAccept, Is.True);
            Assert.That(second.Login("twin", "password-of-second", Phone).IsAccept, Is.True);
            Assert.That(second.Login("twin", "password-of-second", Phone, writer => writer.Append(32, "second-site"u8)).IsAccept, Is.True);
            Assert.That(second.Login("twin", "password-of-first", Phone).Text, Is.EqualTo("Wrong username or password"));
        }
    }

    private async Task AddTenantAsync(long tenantId)
    {
        Tenant tenant = new()
        {
            TenantId = tenantId, CloudId = "second", Name = "Second", Active = true, TimeZone = TimeZoneInfo.Utc, Policy = new TenantPolicy { RejectDelaySeconds = 0 },
        };
        Assert.That(await _server.Get<CommitQueue>().EnqueueAsync(unit => _server.Get<TenantStore>().InsertAsync(unit, tenant, null), default), Is.True);
        await _server.Get<TenantDirectory>().LoadAsync(default);
        await _server.Get<ProfileStore>().EnsureTemporaryAsync([tenantId], default);
    }

    /// <summary>Waits until all that was answered is in the database: records are applied in order, so a last one is enough.</summary>
    private async Task FlushAsync(TestNas nas, CancellationToken cancellationToken)
    {
        string last = Guid.NewGuid().ToString("N");
        nas.Account(2, last, "nobody", null, 1);
        await SessionAsync(last, one => one.EndedAt is not null, cancellationToken);
    }

    private async Task<SessionInfo> SessionAsync(string acctSessionId, Predicate<SessionInfo> done, CancellationToken cancellationToken) =>
        (await RunningServer.UntilAsync(
            async () => (await _server.Get<SessionStore>().ListAsync(new SessionQuery { TenantId = Tenant, Limit = 1000 }, default))
                .FirstOrDefault(session => session.AcctSessionId == acctSessionId),
            session => session is not null && done(session),
            cancellationToken))!;

    private async Task NasAsync(long tenantId, string identity, string address, string secret) => Assert.That(
        await _server.Get<NasRegister>().CreateAsync(
            tenantId, new NasSettings { Identity = identity, Address = address, Secret = secret, Type = "generic" }, default),
        Is.InstanceOf<SaveOutcome.Saved>());

    private Task UserAsync(string name, string password = "secret-1") =>
        _server.CreateUserAsync(new AccountSettings { Username = name, Password = password, Profile = "gold" });
}
