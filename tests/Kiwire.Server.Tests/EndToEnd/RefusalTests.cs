using System.Diagnostics;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>accounts.md, Admission, over the wire: what a refusal says, when it leaves, and what is kept of every decision.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class RefusalTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;
    private const string Phone = "02-AA-00-00-00-01";
    private const string Laptop = "02-AA-00-00-00-02";

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.CreateProfileAsync(new ProfileSettings { Name = "single", Type = "Free", Simultaneous = 1 });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public Task ResetPolicyAsync() => _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });

    [Test]
    [CancelAfter(300_000)]
    public async Task Every_decision_is_said_in_the_answer_and_kept_in_the_history(CancellationToken cancellationToken)
    {
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, MacSecurity = true });
        await UserAsync("r-inactive", status: AccountSettings.SuspendedStatus);
        await UserAsync("r-expired", expiry: "2020-12-31");
        await UserAsync("r-zone", allowNas: "lobby");
        await UserAsync("r-mac", mac: "02:aa:00:00:00:99");
        await UserAsync("r-credit", profile: "hour");
        await UserAsync("r-volume", profile: "hour");
        await UserAsync("r-devices", profile: "single");
        await UserAsync("r-lockout");
        using TestNas nas = new(_server);
        nas.Login("r-credit", "secret-1", Phone);
        nas.Login("r-volume", "secret-1", Phone);
        nas.Account(2, "r-credit", "r-credit", Phone, 3600);
        nas.Account(2, "r-volume", "r-volume", Phone, 10, more: writer => writer.Append(43, 1u << 30));

        Dictionary<string, (string Reason, string Text)> expected = new()
        {
            ["r-nobody"] = ("wrong_password", "Wrong username or password"),
            ["r-inactive"] = ("inactive", "This account is not active"),
            ["r-expired"] = ("expired", "This account has expired"),
            ["r-zone"] = ("zone", "Login is not allowed from this zone"),
            ["r-mac"] = ("mac", "This account is registered to another device"),
            ["r-credit"] = ("no_credit", "No time left on this account"),
            ["r-volume"] = ("volume", "Data quota reached"),
            ["r-devices"] = ("simultaneous", "Too many devices are using this account"),
            ["r-lockout"] = ("lockout", "Too many wrong passwords. Try again in a few minutes"),
        };
        Assert.That(nas.Login("r-devices", "secret-1", Laptop).IsAccept, Is.True);
        for (int i = 0; i < 10; i++)
        {
            nas.Login("r-lockout", "guess", Phone);
        }

        Dictionary<string, string> texts = expected.Keys.ToDictionary(name => name, name => nas.Login(name, "secret-1", Phone).Text);
        Answer nothing = nas.Authenticate(writer => writer.Append(1, "r-nothing"u8));

        Assert.That(texts, Is.EquivalentTo(expected.ToDictionary(pair => pair.Key, pair => pair.Value.Text)));
        Assert.That(nothing.Text, Is.EqualTo("The login request has no usable credentials"));
        IReadOnlyList<LoginInfo> last = await HistoryAsync("r-nothing", 1, cancellationToken);
        Assert.That(last[0].Reason, Is.EqualTo("bad_request"));
        foreach ((string name, (string reason, _)) in expected)
        {
            LoginInfo newest = (await HistoryAsync(name, 1, cancellationToken))[0];
            Assert.That((newest.Outcome, newest.Reason, newest.Method, newest.Mac), Is.EqualTo(
                (LoginOutcome.Rejected, reason, reason == "lockout" ? "" : "PAP", "02:aa:00:00:00:01")), name);
        }

        IReadOnlyList<LoginInfo> locked = await HistoryAsync("r-lockout", 11, cancellationToken);
        IReadOnlyList<LoginInfo> devices = await HistoryAsync("r-devices", 2, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(locked.Count(login => login.Reason == "wrong_password"), Is.EqualTo(10), "each guess is a decision");
            Assert.That((devices[1].Outcome, devices[1].Mac), Is.EqualTo((LoginOutcome.Accepted, "02:aa:00:00:00:02")));
        }
    }

    [Test]
    public async Task An_account_whose_profile_is_gone_is_told_so()
    {
        await UserAsync("r-profile");
        await _server.Get<CommitQueue>().EnqueueAsync(
            unit =>
            {
                unit.Announce(new Change(ChangeKind.Account, TenantDirectory.DefaultTenantId, 0));
                return Dapper.SqlMapper.ExecuteAsync(
                    unit.Connection, "UPDATE accounts SET profile_id = NULL WHERE name_key = 'r-profile'", transaction: unit.Transaction);
            },
            default);
        using TestNas nas = new(_server);

        Assert.That(nas.Login("r-profile", "secret-1", Phone).Text, Is.EqualTo("No profile is assigned to this account"));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_refused_device_is_listed_as_unauthorised_until_it_logs_in(CancellationToken cancellationToken)
    {
        const string device = "02-DD-00-00-00-01";
        await UserAsync("stranger");
        using TestNas nas = new(_server);

        nas.Login("stranger", "wrong", device, writer => writer.Append(8, [192, 0, 2, 7]));
        nas.Login("nobody-knows", "wrong", device, writer => writer.Append(8, [192, 0, 2, 7]));
        UnauthorisedDevice? listed = await UnauthorisedAsync("02:dd:00:00:00:01", one => one?.Times == 2, cancellationToken);
        nas.Login("stranger", "secret-1", device);
        UnauthorisedDevice? afterwards = await UnauthorisedAsync("02:dd:00:00:00:01", one => one is null, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((listed!.ClientIp, listed.UserName, listed.Reason), Is.EqualTo(("192.0.2.7", "nobody-knows", "wrong_password")));
            Assert.That(listed.FirstSeenAt, Is.Positive.And.LessThanOrEqualTo(listed.LastSeenAt));
            Assert.That(afterwards, Is.Null);
        }
    }

    [Test]
    public async Task A_reject_waits_for_the_tenants_delay_and_an_accept_does_not()
    {
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0.5 });
        using TestNas nas = new(_server);

        Stopwatch unknown = Stopwatch.StartNew();
        nas.Login("nobody", "wrong", Phone);
        unknown.Stop();
        Stopwatch wrong = Stopwatch.StartNew();
        nas.Login("alice", "wrong", Phone);
        wrong.Stop();

        // A wheel that turns in steps may be early by one; late by any amount on a busy machine.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(unknown.Elapsed.TotalSeconds, Is.GreaterThan(0.45));
            Assert.That(wrong.Elapsed.TotalSeconds, Is.GreaterThan(0.45));
        }
    }

    [Test]
    public void Proxy_State_comes_back_in_order_in_every_answer([Values("wonderland", "wrong")] string password)
    {
        using TestNas nas = new(_server);
        byte[][] states = [[2, 2], [1], [.. Enumerable.Repeat((byte)7, 253)], [1]];

        Answer answer = nas.Login("alice", password, Phone, writer => Array.ForEach(states, state => writer.Append(33, state)));

        Assert.That(answer.Code, Is.EqualTo(password == "wrong" ? RadiusCode.AccessReject : RadiusCode.AccessAccept));
        Assert.That(answer.All(33), Is.EqualTo(states));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task An_account_found_expired_is_suspended_where_the_tenant_asks([Values] bool asked, CancellationToken cancellationToken)
    {
        string name = "suspend-expired-" + asked;
        await UserAsync(name, expiry: "2020-12-31");

        await AssertSuspensionAsync(name, new TenantPolicy { RejectDelaySeconds = 0, SuspendWhenExpired = asked, SuspendWhenExhausted = !asked }, asked, cancellationToken);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task An_account_found_used_up_is_suspended_where_the_tenant_asks([Values] bool asked, CancellationToken cancellationToken)
    {
        string name = "suspend-used-" + asked;
        await UserAsync(name, profile: "hour");
        using TestNas nas = new(_server);
        nas.Account(2, name, name, Phone, 3600);
        await RunningServer.UntilAsync(
            () => _server.Get<AccountStore>().FindAsync(Tenant, name, default), account => account!.Used.Seconds == 3600, cancellationToken);

        await AssertSuspensionAsync(name, new TenantPolicy { RejectDelaySeconds = 0, SuspendWhenExhausted = asked, SuspendWhenExpired = !asked }, asked, cancellationToken);
    }

    [Test]
    public async Task With_auto_disconnect_previous_the_newer_device_takes_the_place()
    {
        await UserAsync("one-place", profile: "single");
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, AutoDisconnectPrevious = true });
        using TestNas nas = new(_server);

        Answer phone = nas.Login("one-place", "secret-1", Phone);
        nas.Account(1, "one-place-1", "one-place", Phone, loginClass: phone.Octets(25));
        Answer laptop = nas.Login("one-place", "secret-1", Laptop);
        nas.Account(1, "one-place-2", "one-place", Laptop, loginClass: laptop.Octets(25));
        nas.Account(3, "one-place-1", "one-place", Phone, 60, phone.Octets(25));
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        Answer third = nas.Login("one-place", "secret-1", "02-AA-00-00-00-03");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(phone.IsAccept, Is.True);
            Assert.That(laptop.IsAccept, Is.True);
            Assert.That(third.Text, Is.EqualTo("Too many devices are using this account"), "the place is the laptop's");
        }
    }

    private async Task AssertSuspensionAsync(string name, TenantPolicy policy, bool asked, CancellationToken cancellationToken)
    {
        await _server.SetPolicyAsync(policy);
        using TestNas nas = new(_server);
        Answer first = nas.Login(name, "secret-1", Phone);

        // Suspensions are made one after the other: when this one is there, those asked for before it are too.
        await UserAsync(name + "-last", expiry: "2020-12-31");
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, SuspendWhenExpired = true });
        nas.Login(name + "-last", "secret-1", Phone);
        await RunningServer.UntilAsync(() => _server.Get<AccountStore>().FindAsync(Tenant, name + "-last", default), account => !account!.Active, cancellationToken);

        Assert.That(nas.Login(name, "secret-1", Phone).Text, Is.EqualTo(asked ? "This account is not active" : first.Text));
    }

    private Task<IReadOnlyList<LoginInfo>> HistoryAsync(string name, int atLeast, CancellationToken cancellationToken) => RunningServer.UntilAsync(
        () => _server.Get<LoginHistoryStore>().ListAsync(new LoginQuery { TenantId = Tenant, UserName = name }, default), logins => logins.Count >= atLeast, cancellationToken);

    private Task<UnauthorisedDevice?> UnauthorisedAsync(string mac, Predicate<UnauthorisedDevice?> done, CancellationToken cancellationToken) => RunningServer.UntilAsync(
        async () => (await _server.Get<LoginHistoryStore>().ListUnauthorisedAsync(Tenant, null, 0, 1000, default)).FirstOrDefault(device => device.Mac == mac),
        done,
        cancellationToken);

    private Task UserAsync(string name, string profile = "gold", string? status = null, string? expiry = null, string? allowNas = null, string? mac = null) =>
        _server.CreateUserAsync(new AccountSettings
        {
            Username = name, Password = "secret-1", Profile = profile, Status = status, Expiry = expiry, AllowNas = allowNas, Mac = mac,
        });
}
