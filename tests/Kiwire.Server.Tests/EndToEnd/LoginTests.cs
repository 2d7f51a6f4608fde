using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>accounts.md over the wire: the whole server, real sockets, a real database file.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class LoginTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;
    private const string Phone = "02-AA-00-00-00-01";
    private const string Laptop = "02-AA-00-00-00-02";

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [SetUp]
    public Task ResetPolicyAsync() => SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });

    [Test]
    public async Task An_account_logs_in_at_once_is_refused_at_once_when_suspended_and_is_gone_when_deleted()
    {
        AccountStore accounts = _server.Get<AccountStore>();
        using TestNas nas = new(_server);

        Answer before = nas.Login("erin", "secret-1", Phone);
        await CreateAsync("erin", "secret-1", "gold");
        Answer created = nas.Login("erin", "secret-1", Phone);
        await accounts.UpdateAsync(Tenant, "erin", AccountKind.User, new AccountSettings { Status = AccountSettings.SuspendedStatus }, default);
        Answer suspended = nas.Login("erin", "secret-1", Phone);
        await accounts.DeleteAsync(Tenant, "erin", AccountKind.User, default);
        Answer deleted = nas.Login("erin", "secret-1", Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Text, Is.EqualTo("Wrong username or password"));
            Assert.That(created.IsAccept, Is.True);
            Assert.That(suspended.Text, Is.EqualTo("This account is not active"));
            Assert.That(deleted.Text, Is.EqualTo("Wrong username or password"));
        }
    }

    [Test]
    public async Task Names_compare_without_regard_to_case()
    {
        await CreateAsync("Grüße", "secret-1", "gold");
        using TestNas nas = new(_server);

        Assert.That(nas.Login("GRÜßE", "secret-1", Phone).IsAccept, Is.True);
    }

    [Test]
    public async Task A_changed_NAS_secret_works_at_once()
    {
        NasRegister register = _server.Get<NasRegister>();
        await register.CreateAsync(Tenant, new NasSettings { Identity = "other", Address = "127.0.0.7", Secret = "first-secret", Type = "generic" }, default);
        Nas other = (await register.FindAsync(Tenant, "other", default))!;
        await register.UpdateAsync(Tenant, other.NasId, new NasSettings { Secret = "testing123" }, 0, default);
        using TestNas nas = new(_server, "127.0.0.7");

        Assert.That(nas.Login("alice", "wonderland", Phone).IsAccept, Is.True);
    }

    [Test]
    public void Zones_admit_by_the_NAS_that_asks()
    {
        using TestNas lobby = new(_server, "127.0.0.2");
        using TestNas elsewhere = new(_server);

        Answer refused = elsewhere.Login("bob", "builder", Phone);
        Answer admitted = lobby.Login("bob", "builder", Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Text, Is.EqualTo("Login is not allowed from this zone"));
            Assert.That(admitted.IsAccept, Is.True);
            Assert.That(admitted.Integer(27), Is.EqualTo(3600), "Session-Timeout is the time left");
        }
    }

    [Test]
    public async Task Mac_auto_login_logs_in_the_account_that_has_the_device()
    {
        await CreateAsync("frank", "secret-1", "gold", mac: "02:bb:00:00:00:01");
        using TestNas nas = new(_server);

        Answer switchedOff = nas.Login("02-BB-00-00-00-01", "02-BB-00-00-00-01", "02-BB-00-00-00-01");
        await SetPolicyAsync(new TenantPolicy { MacAutoLogin = true, RejectDelaySeconds = 0 });
        Answer answer = nas.Login("02bb.0000.0001", "anything", "02-BB-00-00-00-01");
        Answer pretended = nas.Login("02bb.0000.0001", "anything", "02-BB-00-00-00-FF");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(switchedOff.IsAccept, Is.False);
            Assert.That(answer.IsAccept, Is.True);
            Assert.That(answer.Octets(1), Is.EqualTo("frank"u8.ToArray()), "User-Name says whose login it is");
            Assert.That(pretended.IsAccept, Is.False, "a device that calls itself another");
        }
    }

    [Test]
    public async Task Mac_auto_register_stores_the_first_device_and_mac_security_holds_the_account_to_it()
    {
        await CreateAsync("grace", "secret-1", "gold");
        await SetPolicyAsync(new TenantPolicy { MacAutoRegister = true, MacSecurity = true, RejectDelaySeconds = 0 });
        using TestNas nas = new(_server);

        Answer first = nas.Login("grace", "secret-1", Phone);
        Answer second = nas.Login("grace", "secret-1", Laptop);
        Answer again = nas.Login("grace", "secret-1", Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.IsAccept, Is.True);
            Assert.That(second.Text, Is.EqualTo("This account is registered to another device"));
            Assert.That(again.IsAccept, Is.True);
        }
    }

    [Test]
    public async Task Ten_wrong_passwords_shut_out_the_pair_and_nobody_else()
    {
        await CreateAsync("heidi", "secret-1", "gold");
        using TestNas nas = new(_server);
        for (int i = 0; i < 10; i++)
        {
            nas.Login("heidi", "guess", Phone);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nas.Login("heidi", "secret-1", Phone).IsAccept, Is.False, "the pair");
            Assert.That(nas.Login("heidi", "secret-1", Laptop).IsAccept, Is.True, "another device");
            Assert.That(nas.Login("heidi", "secret-1").IsAccept, Is.True, "a request without Calling-Station-Id");
        }
    }

    [Test]
    public async Task An_Expiration_window_begins_with_the_first_login_and_is_kept()
    {
        await CreateAsync("ivan", "secret-1", ProfileStore.TemporaryName);
        using TestNas nas = new(_server);

        Answer answer = nas.Login("ivan", "secret-1", Phone);
        Account? stored = await _server.Get<AccountStore>().FindAsync(Tenant, "ivan", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Integer(27), Is.InRange(299, 300));
            Assert.That(stored!.FirstLoginAt, Is.Not.Null);
        }
    }

    [Test]
    public async Task The_tenants_own_texts_go_out()
    {
        await SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0, ReplyTexts = new Dictionary<string, string> { ["inactive"] = "Akaun ini tidak aktif" } });
        using TestNas nas = new(_server);

        Assert.That(nas.Login("carol", "carol", Phone).Text, Is.EqualTo("Akaun ini tidak aktif"));
    }

    [Test]
    public void Two_kinds_of_credentials_or_none_are_refused()
    {
        using TestNas nas = new(_server);

        Answer both = nas.Login("alice", "wonderland", Phone, writer => writer.Append(3, new byte[17]));
        Answer none = nas.Authenticate(writer => writer.Append(1, "alice"u8));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(both.Code, Is.EqualTo(RadiusCode.AccessReject));
            Assert.That(none.Code, Is.EqualTo(RadiusCode.AccessReject));
        }
    }

    [Test]
    public async Task A_session_frees_its_place_when_it_ends_and_the_same_device_replaces_its_own()
    {
        await _server.Get<ProfileStore>().CreateAsync(Tenant, new ProfileSettings { Name = "single", Type = "Free", Simultaneous = 1 }, default);
        await CreateAsync("judy", "secret-1", "single");
        using TestNas nas = new(_server);

        Answer phone = nas.Login("judy", "secret-1", Phone);
        nas.Account(1, "judy-1", "judy", Phone, loginClass: phone.Octets(25));
        Answer laptop = nas.Login("judy", "secret-1", Laptop);
        Answer phoneAgain = nas.Login("judy", "secret-1", Phone);
        nas.Account(2, "judy-1", "judy", Phone, 60, phone.Octets(25));
        nas.Account(1, "judy-2", "judy", Phone, loginClass: phoneAgain.Octets(25));
        nas.Account(2, "judy-2", "judy", Phone, 61, phoneAgain.Octets(25));
        Answer laptopAgain = nas.Login("judy", "secret-1", Laptop);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(phone.IsAccept, Is.True);
            Assert.That(laptop.Text, Is.EqualTo("Too many devices are using this account"));
            Assert.That(phoneAgain.IsAccept, Is.True);
            Assert.That(laptopAgain.IsAccept, Is.True);
        }
    }

    [Test]
    public async Task Simultaneous_1_under_200_concurrent_logins_admits_exactly_one()
    {
        await _server.Get<ProfileStore>().CreateAsync(Tenant, new ProfileSettings { Name = "one", Type = "Free", Simultaneous = 1 }, default);
        await CreateAsync("crowd", "secret-1", "one");
        using Barrier together = new(20);

        int[] accepts = await Task.WhenAll(Enumerable.Range(0, 20).Select(thread => Task.Factory.StartNew(
            () =>
            {
                using TestNas nas = new(_server);
                together.SignalAndWait();
                return Enumerable.Range(0, 10).Count(i => nas.Login("crowd", "secret-1", $"02-CC-00-00-{thread:X2}-{i:X2}").IsAccept);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.That(accepts.Sum(), Is.EqualTo(1));
    }

    [Test]
    public async Task Time_and_volume_used_by_accounting_are_refused_at_the_next_login()
    {
        await CreateAsync("mallory", "secret-1", "hour");
        await CreateAsync("niaj", "secret-1", "hour");
        using TestNas nas = new(_server);

        nas.Login("mallory", "secret-1", Phone);
        nas.Login("niaj", "secret-1", Phone);
        nas.Account(2, "time-1", "mallory", Phone, 3600);
        nas.Account(2, "volume-1", "niaj", Phone, 10, more: writer =>
        {
            writer.Append(42, 0);
            writer.Append(52, 1);
        });
        Answer time = nas.Login("mallory", "secret-1", Phone);
        Answer volume = nas.Login("niaj", "secret-1", Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(time.Text, Is.EqualTo("No time left on this account"));
            Assert.That(volume.Text, Is.EqualTo("Data quota reached"));
        }
    }

    private async Task CreateAsync(string name, string password, string profile, string? mac = null)
    {
        SaveOutcome outcome = await _server.Get<AccountStore>().CreateUserAsync(
            Tenant, new AccountSettings { Username = name, Password = password, Profile = profile, Mac = mac }, default);
        Assert.That(outcome, Is.InstanceOf<SaveOutcome.Saved>());
    }

    private Task SetPolicyAsync(TenantPolicy policy) => _server.SetPolicyAsync(policy);
}
