using System.Data.Common;
using System.Text.Json;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>What /apiv2 changes holds for RADIUS at once, is written down, and stays within the tenant.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractEffectTests
{
    private const string Phone = "02-AA-00-00-00-01";

    private RunningServer _server = null!;
    private ContractClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        _client = await ContractClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_user_logs_in_at_once_is_refused_at_once_when_suspended_and_is_gone_when_deleted()
    {
        using TestNas nas = new(_server);

        _ = await _client.DoAsync("user/create", ("username", "erin"), ("password", "secret"), ("profile", "gold"));
        Answer created = nas.Login("erin", "secret", Phone);
        _ = await _client.DoAsync("user/update/erin", ("password", "changed"));
        Answer old = nas.Login("erin", "secret", Phone);
        Answer changed = nas.Login("erin", "changed", Phone);
        _ = await _client.DoAsync("user/update/erin", ("status", "suspend"));
        Answer suspended = nas.Login("erin", "changed", Phone);
        _ = await _client.DoAsync("user/delete/erin");
        Answer deleted = nas.Login("erin", "changed", Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.IsAccept, Is.True);
            Assert.That(old.Text, Is.EqualTo("Wrong username or password"));
            Assert.That(changed.IsAccept, Is.True);
            Assert.That(suspended.Text, Is.EqualTo("This account is not active"));
            Assert.That(deleted.Text, Is.EqualTo("Wrong username or password"));
        }
    }

    [Test]
    public async Task A_voucher_logs_in_at_once_and_is_gone_when_deleted()
    {
        using TestNas nas = new(_server);

        string code = (await _client.DoAsync("voucher/create", ("qty", "1"), ("plan", "gold")))[0].GetString()!;
        Answer created = nas.Login(code, code, Phone);
        _ = await _client.DoAsync("voucher/delete/" + code);
        Answer deleted = nas.Login(code, code, Phone);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.IsAccept, Is.True);
            Assert.That(deleted.Text, Is.EqualTo("Wrong username or password"));
        }
    }

    [Test]
    public async Task A_NAS_is_heard_at_once_with_the_secret_of_the_moment_and_a_changed_profile_holds()
    {
        _ = await _client.DoAsync("profile/create", ("profile-name", "fast"), ("type", "Free"), ("bwdown", "1024"));
        _ = await _client.DoAsync("user/create", ("username", "fred"), ("password", "secret"), ("profile", "fast"));
        _ = await _client.DoAsync("nas/create", ("nas-id", "far"), ("nas-ip", "127.0.3.1"), ("secret", "first"));
        using TestNas first = new(_server, "127.0.3.1", "first");
        Answer before = first.Login("fred", "secret", Phone);

        _ = await _client.DoAsync("nas/update/far", ("secret", "second"));
        _ = await _client.DoAsync("profile/update/fast", ("bwdown", "2048"));
        using TestNas second = new(_server, "127.0.3.1", "second");
        Answer after = second.Login("fred", "secret", Phone);

        // WISPr-Bandwidth-Max-Down: vendor 14122, attribute 8.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rate(before), Is.EqualTo(1_024_000));
            Assert.That(Rate(after), Is.EqualTo(2_048_000));
        }
    }

    [Test]
    public async Task Every_change_is_in_the_audit_log_without_secrets()
    {
        await _server.AddAsync("audited");
        using ContractClient boss = await _server.LogInAsync("audited");
        _ = await boss.DoAsync("nas/create", ("nas-id", "a"), ("nas-ip", "127.0.4.1"), ("secret", "hush-1"), ("community", "hush-2"), ("password", "hush-3"));
        _ = await boss.DoAsync("nas/update/a", ("secret", "hush-4"), ("location", "hall"));
        _ = await boss.DoAsync("nas/delete/a");
        _ = await boss.DoAsync("device/create", ("device-id", "b"), ("device-ip", "127.0.4.1"), ("community", "hush-5"), ("password", "hush-6"));
        _ = await boss.DoAsync("profile/create", ("profile-name", "c"));
        _ = await boss.DoAsync("user/create", ("username", "d"), ("password", "hush-7"));
        _ = await boss.DoAsync("user/update/d", ("password", "hush-8"), ("fullname", "Dora"));
        string code = (await boss.DoAsync("voucher/create", ("qty", "1")))[0].GetString()!;
        _ = await boss.DoAsync("voucher/delete/" + code);
        string password = (await boss.DoAsync("admin/create", ("username", "e"), ("groupname", "operator")))[0].GetProperty("password").GetString()!;
        _ = await boss.FailAsync("nas/create", ("nas-id", "no"));

        await using DbConnection connection = await _server.Get<Database>().OpenAsync(default);
        string[] rows = [.. await connection.QueryAsync<string>(
            "SELECT author || ' ' || via || ' ' || address || ' ' || action || ' ' || kind || ' ' || changes FROM audit_log WHERE tenant_id = "
            + "(SELECT tenant_id FROM tenants WHERE cloud_id = 'audited') ORDER BY audit_id")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Length.EqualTo(10).And.All.StartsWith("boss apiv2 127.0.0.1 "));
            Assert.That(rows, Has.None.Contain("hush").And.None.Contain(password));
            Assert.That(rows[0], Does.Contain("create nas").And.Contain("\"secret\":\"changed\""));
            Assert.That(rows[1], Does.Contain("update nas").And.Contain("hall"));
            Assert.That(rows[2], Does.Contain("delete nas"));
            Assert.That(rows[6], Does.Contain("\"password\":\"changed\"").And.Contain("Dora"));
        }
    }

    [Test]
    public async Task Another_tenants_administrator_sees_and_changes_nothing()
    {
        await _server.AddAsync("left");
        await _server.AddAsync("right");
        using ContractClient left = await _server.LogInAsync("left");
        using ContractClient right = await _server.LogInAsync("right");
        _ = await left.DoAsync("profile/create", ("profile-name", "mine"));
        _ = await left.DoAsync("user/create", ("username", "mine"), ("password", "secret"));
        _ = await left.DoAsync("nas/create", ("nas-id", "mine"), ("nas-ip", "127.0.5.1"), ("secret", "secret"));
        _ = await left.DoAsync("device/create", ("device-id", "mine"), ("device-ip", "127.0.5.1"));
        _ = await left.DoAsync("admin/create", ("username", "mine"), ("groupname", "operator"));
        string code = (await left.DoAsync("voucher/create", ("qty", "1")))[0].GetString()!;

        using (Assert.EnterMultipleScope())
        {
            foreach (string module in (string[])["profile", "user", "nas", "device", "admin"])
            {
                foreach (string method in (string[])["get", "update", "delete"])
                {
                    Assert.That(await right.FailAsync($"{module}/{method}/mine"), Does.EndWith("'mine' does not exist."), $"{module}/{method}");
                }

                JsonElement listed = await right.DoAsync(module + "/get");
                Assert.That(listed.GetRawText(), Does.Not.Contain("mine"));
                Assert.That((await left.DoAsync($"{module}/get/mine")).GetArrayLength(), Is.EqualTo(1));
            }

            Assert.That(await right.FailAsync("voucher/get/" + code), Does.EndWith("does not exist."));
            Assert.That(await right.FailAsync("voucher/delete/" + code), Does.EndWith("does not exist."));
            Assert.That(await right.FailAsync("login/history/mine"), Is.EqualTo("username 'mine' does not exist."));
            Assert.That(await right.FailAsync("login/unauthorize/mine"), Is.EqualTo("nas-id 'mine' does not exist."));
            Assert.That(await right.FailAsync("user/create", ("username", "x"), ("password", "secret"), ("profile", "mine")), Does.StartWith("profile is 'mine', which is no profile of this tenant"));
            Assert.That(await right.FailAsync("user/create", ("username", "x"), ("password", "secret"), ("allownas", "mine")), Does.StartWith("allownas names 'mine'"));
        }
    }

    private static uint? Rate(Answer answer) => answer.All(26).Find(value => value is [0, 0, 0x37, 0x2a, 8, 6, ..]) is { } value
        ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value.AsSpan(6))
        : null;
}
