using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>dynamic-authorization.md, login/online, 3: a device that was granted its entry is let in once, over the wire.</summary>
[TestFixture]
internal sealed class GrantTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;
    private const string Phone = "02-AA-00-00-00-01";

    private ShiftedClock _clock = null!;
    private RunningServer _server = null!;
    private TestNas _nas = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _clock = new ShiftedClock();
        _server = await RunningServer.StartAsync(_clock);
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        await _server.CreateProfileAsync(new ProfileSettings { Name = "single", Type = "Free", Simultaneous = 1 });
        await _server.CreateUserAsync(new AccountSettings { Username = "guest", Password = "unknown-to-all", Profile = "single" });
        _nas = new TestNas(_server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _nas.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("02aa00000001", "02aa00000001", null, TestName = "By_User_Name_with_the_password_that_MAC_authentication_sends")]
    [TestCase("02-AA-00-00-00-01", "02-AA-00-00-00-01", Phone, TestName = "By_both")]
    [TestCase("nobody", "wrong", Phone, TestName = "By_Calling_Station_Id_whatever_the_credentials")]
    [CancelAfter(300_000)]
    public async Task A_granted_device_is_let_in_once(string user, string password, string? device, CancellationToken cancellationToken)
    {
        await GiveAsync();

        Answer first = _nas.Login(user, password, device);
        Answer second = _nas.Login(user, password, device);

        Assert.That(first.IsAccept, Is.True, first.Text);
        Assert.That(Encoding.UTF8.GetString(first.Octets(1)!), Is.EqualTo("guest"));
        Assert.That(LoginClass.TryRead(first.Octets(25), out LoginClass login), Is.True);
        Assert.That(login.AccountId, Is.EqualTo(await GuestAsync()));
        Assert.That((second.IsAccept, second.Text), Is.EqualTo((false, "Wrong username or password")));
        IReadOnlyList<LoginInfo> rows = await HistoryAsync(2, cancellationToken);
        Assert.That(rows.Select(row => row.Method), Does.Contain("Grant"));
        Assert.That(_server.Get<GrantTable>().IsEmpty, Is.True);
    }

    [Test]
    public async Task Without_credentials_the_address_is_enough()
    {
        await GiveAsync();

        Answer answer = _nas.Authenticate(writer => writer.Append(31, Encoding.ASCII.GetBytes(Phone)));

        Assert.That(answer.IsAccept, Is.True, answer.Text);
    }

    [Test]
    public async Task A_grant_is_of_its_NAS_alone()
    {
        await _server.Get<GrantStore>().GiveAsync(Tenant, Nas().NasId + 1, Device(Phone), await GuestAsync(), default);

        Assert.That(_nas.Login("02aa00000001", "02aa00000001", Phone).Text, Is.EqualTo("Wrong username or password"));
    }

    [Test]
    public async Task Nobody_comes_in_by_typing_the_address_of_another_device()
    {
        await GiveAsync();

        Assert.That(_nas.Login("02aa00000001", "02aa00000001", "02-AA-00-00-00-02").IsAccept, Is.False);
        Assert.That(_nas.Login("02aa00000001", "02aa00000001", Phone).IsAccept, Is.True);
    }

    [Test]
    public async Task A_grant_that_has_expired_lets_nobody_in()
    {
        await GiveAsync();
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.That(_nas.Login("02aa00000001", "02aa00000001", Phone).IsAccept, Is.False);
    }

    [Test]
    public async Task A_refusal_is_the_answer_and_leaves_the_grant()
    {
        await GiveAsync();
        long guest = await GuestAsync();
        await _server.Get<AccountStore>().SetActiveAsync(Tenant, guest, active: false, default);
        string refused = _nas.Login("02aa00000001", "x", Phone).Text;
        await _server.Get<AccountStore>().SetActiveAsync(Tenant, guest, active: true, default);
        Assert.That(_nas.Login("guest", "unknown-to-all", "02-AA-00-00-00-09").IsAccept, Is.True);
        string tooMany = _nas.Login("02aa00000001", "x", Phone).Text;

        Assert.That((refused, tooMany), Is.EqualTo(("This account is not active", "Too many devices are using this account")));
        Assert.That(_server.Get<GrantTable>().Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_second_login_leaves_the_place_with_the_device_that_was_let_in()
    {
        await GiveAsync();
        Assert.That(_nas.Login("02aa00000001", "x", Phone).IsAccept, Is.True);

        Assert.That(_nas.Login("guest", "unknown-to-all", "02-AA-00-00-00-09").Text, Is.EqualTo("Too many devices are using this account"));
    }

    [Test]
    public async Task A_grant_of_an_account_that_is_gone_leaves_the_usual_way()
    {
        await GiveAsync();
        await _server.Get<AccountStore>().DeleteAsync(Tenant, "guest", AccountKind.User, default);

        Assert.That(_nas.Login("alice", "wonderland", Phone).IsAccept, Is.True);
    }

    [Test]
    public async Task A_grant_that_another_server_has_used_leaves_the_usual_way_and_no_place_taken()
    {
        await GiveAsync();
        Grant grant = (await _server.Get<GrantStore>().ListAsync(default)).Single();
        await _server.Get<GrantStore>().TryConsumeAsync(grant, default);
        Assert.That(_server.Get<GrantTable>().TryAdd(grant), Is.True, "as if this server had not heard of it yet");

        Assert.That(_nas.Login("02aa00000001", "x", Phone).Text, Is.EqualTo("Wrong username or password"));
        Assert.That(_nas.Login("guest", "unknown-to-all", "02-AA-00-00-00-09").IsAccept, Is.True);
    }

    private async Task GiveAsync() =>
        Assert.That(await _server.Get<GrantStore>().GiveAsync(Tenant, Nas().NasId, Device(Phone), await GuestAsync(), default), Is.Not.Null);

    private async Task<long> GuestAsync() => (await _server.Get<AccountStore>().FindAsync(Tenant, "guest", default))!.AccountId;

    private NasEntry Nas()
    {
        Assert.That(_server.Get<NasDirectory>().TryFind(new UInt128(0, 0xffff_7f00_0001), out NasCandidates candidates), Is.True);
        return candidates[0];
    }

    private async Task<IReadOnlyList<LoginInfo>> HistoryAsync(int count, CancellationToken cancellationToken) =>
        await RunningServer.UntilAsync(
            async () => await _server.Get<LoginHistoryStore>().ListAsync(new LoginQuery { TenantId = Tenant, Limit = 10 }, cancellationToken),
            rows => rows.Count >= count,
            cancellationToken);

    private static MacAddress Device(string text) => MacAddress.TryParse(text, out MacAddress mac) ? mac : throw new FormatException(text);
}
