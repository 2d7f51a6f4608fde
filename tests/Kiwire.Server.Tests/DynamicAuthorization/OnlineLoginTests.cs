using System.Text;
using System.Text.Json;
using Kiwire.Radius.Packets;
using Kiwire.Server.Accounts;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>dynamic-authorization.md, login/online, from either API to the wire.</summary>
[TestFixture]
internal sealed class OnlineLoginTests
{
    private const long Tenant = EnforcedServer.Tenant;
    private const string Device = "02:aa:00:00:00:01";

    [Test]
    public async Task Equipment_that_takes_authorisation_by_push_is_sent_all_that_an_accept_says()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        JsonElement answer = await OnlineAsync(on, "alice");

        CoaArrival coa = await on.Nas.ReceiveNextAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Message(answer), Is.EqualTo("The NAS acknowledged it: the device is in."));
            Assert.That(answer.GetProperty("result_message").GetString(), Is.EqualTo("The NAS acknowledged it: the device is in."));
            Assert.That(coa.Packet.Code, Is.EqualTo(RadiusCode.CoaRequest));
            Assert.That((coa.Text(31), coa.Text(44)), Is.EqualTo(("02-AA-00-00-00-01", (string?)null)));
            Assert.That(coa.Description, Does.Contain("Idle-Timeout = 600").And.Contain("WISPr-Bandwidth-Max-Down = 10240000"));
        }
    }

    [Test]
    public async Task Equipment_that_must_ask_again_is_told_to_and_the_device_is_let_in_once_when_it_does()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync("cisco-wlc");
        JsonElement answer = await OnlineAsync(on, "guest-7");

        CoaArrival coa = await on.Nas.ReceiveNextAsync();
        Answer asked = on.Equipment.Login("02aa00000001", "02aa00000001", EnforcedServer.Phone);
        Answer again = on.Equipment.Login("02aa00000001", "02aa00000001", EnforcedServer.Phone);
        Account made = (await on.Server.Get<AccountStore>().FindAsync(Tenant, "guest-7", default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Message(answer), Is.EqualTo("The NAS acknowledged it, and is to ask again for the device, which is let in."));
            Assert.That(coa.Description, Does.Contain("subscriber:command=reauthenticate"));
            Assert.That(asked.IsAccept, Is.True, asked.Text);
            Assert.That(Encoding.UTF8.GetString(asked.Octets(1)!), Is.EqualTo("guest-7"));
            Assert.That(asked.Integer(27), Is.LessThanOrEqualTo(300u).And.GreaterThan(0u), "wx_temp: five minutes");
            Assert.That(again.IsAccept, Is.False);
            Assert.That((made.ProfileName, made.Remark, made.Active), Is.EqualTo(("wx_temp", "API Registration", true)));
        }
    }

    [Test]
    public async Task A_MikroTik_is_told_nothing_and_its_own_login_is_let_in()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync("mikrotik");
        JsonElement answer = await OnlineAsync(on, "alice");

        Assert.That(Message(answer), Is.EqualTo("Equipment of type mikrotik takes no such request: the device is let in when it next asks, within 5 minutes."));
        Assert.That(on.Equipment.Login("02:AA:00:00:00:01", "", EnforcedServer.Phone).IsAccept, Is.True);
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
    }

    [Test]
    public async Task What_the_NAS_refuses_is_said_and_the_grant_waits()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync(new FakeNas(FakeNas.Nak(501)));
        JsonElement answer = await OnlineAsync(on, "alice");

        Assert.That(Message(answer), Is.EqualTo("The NAS refused it: 501 Administratively-Prohibited. If the device asks within 5 minutes, it is let in."));
        Assert.That(on.Server.Get<GrantTable>().Count, Is.EqualTo(1));
    }

    [TestCase("carol", "This account is not active")]
    [TestCase("dave", "This account has expired")]
    [TestCase("bob", "Login is not allowed from this zone")]
    public async Task Who_may_not_log_in_is_not_let_in_and_nothing_is_sent(string user, string message)
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        JsonElement answer = await OnlineAsync(on, user);

        Assert.That(Message(answer), Is.EqualTo(message));
        Assert.That(on.Server.Get<GrantTable>().IsEmpty, Is.True);
        Assert.That(await on.TakeUntilNowAsync(), Is.Empty);
    }

    [Test]
    public async Task Another_device_in_the_last_place_keeps_it_out()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        await on.LogInAsync("guest", new ProfileSettings { Name = "single", Type = "Free", Simultaneous = 1 }, "02-AA-00-00-00-02");

        Assert.That(Message(await OnlineAsync(on, "guest")), Is.EqualTo("Too many devices are using this account"));
        Assert.That(on.Server.Get<GrantTable>().IsEmpty, Is.True);
    }

    [Test]
    public async Task A_user_that_cannot_be_made_is_said_by_the_contracts_names_and_nothing_is_done()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync();
        using ContractClient client = await ContractClient.LogInAsync(on.Server);
        string error = await client.FailAsync(
            "login/online", ("nas-id", "demo-nas"), ("device", Device), ("ip", "192.0.2.7"), ("user", "guest-8"), ("profile", "platinum"), ("allownas", "nowhere"));

        Assert.That(error, Does.Contain("profile is 'platinum'").And.Contain("allownas"));
        Assert.That(await on.Server.Get<AccountStore>().FindAsync(Tenant, "guest-8", default), Is.Null);
        Assert.That(on.Server.Get<GrantTable>().IsEmpty, Is.True);
    }

    [Test]
    public async Task Api_v1_lets_in_the_same_way_and_writes_down_who_wanted_it()
    {
        await using EnforcedServer on = await EnforcedServer.StartAsync("mikrotik");
        using ApiClient api = await ApiClient.LogInAsync(on.Server);

        ApiAnswer granted = await api.PostAsync("/api/v1/sessions/online", new { nas = "demo-nas", device = "02AA.0000.0001", ip = "192.0.2.7", user = "guest-9", profile = "gold" });
        ApiAnswer refused = await api.PostAsync("/api/v1/sessions/online", new { nas = "demo-nas", device = Device, ip = "192.0.2.7", user = "carol" });
        ApiAnswer wrong = await api.PostAsync("/api/v1/sessions/online", new { nas = "no-such", device = "zz", ip = "1.2.3" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)granted["result"], (string?)granted["message"]), Is.EqualTo(
                ("granted", "Equipment of type mikrotik takes no such request: the device is let in when it next asks, within 5 minutes.")), granted.ToString());
            Assert.That(((string?)refused["result"], (string?)refused["reason"], (string?)refused["message"]), Is.EqualTo(("refused", "inactive", "This account is not active")));
            Assert.That(wrong.Status, Is.EqualTo(400));
            Assert.That(wrong.Detail, Is.EqualTo(
                "nas is 'no-such', which is no NAS of this tenant; it must be the identity of one. device is 'zz'; it must be a MAC address such as aa:bb:cc:dd:ee:ff. user is missing; it must be an account's name."));
            Assert.That(await Kiwire.Server.Tests.Accounts.AuditRows.ReadAsync(on.Server, "client-device", Device), Has.Count.EqualTo(1));
            Assert.That(on.Equipment.Login("02aa00000001", "x", EnforcedServer.Phone).IsAccept, Is.True);
        }
    }

    private static async Task<JsonElement> OnlineAsync(EnforcedServer on, string user)
    {
        using ContractClient client = await ContractClient.LogInAsync(on.Server);
        return await client.CallAsync("login/online", ("nas-id", "demo-nas"), ("device", Device), ("ip", "192.0.2.7"), ("user", user));
    }

    private static string? Message(JsonElement answer) => answer.GetProperty("result_msg").GetString();
}
