using System.Globalization;
using System.Text.Json;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>Every module's methods over HTTP, as a form and as multipart, on one database and the other.</summary>
[TestFixture(false, StorageProvider.PostgreSql)]
[TestFixture(true, StorageProvider.Sqlite)]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractModulesTests(bool multipart, StorageProvider provider)
{
    private RunningServer _server = null!;
    private ContractClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await EitherDatabase.StartAsync(provider);
        await _server.AddAsync("kl", zone: "Asia/Kuala_Lumpur");
        _client = await _server.LogInAsync("kl", multipart: multipart);
        _ = await _client.DoAsync("profile/create", ("profile-name", "gold"), ("type", "Free"));
        _ = await _client.DoAsync("nas/create", ("nas-id", "lobby"), ("nas-ip", "127.0.1.1"), ("secret", "lobby-secret"));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_user_is_made_read_changed_and_deleted()
    {
        (string, string)[] all =
        [
            ("username", "Guest/7 ü%"), ("password", "a+b c&d=e"), ("fullname", "Ada <b>Lovelace</b>"), ("email", "ada@example.org"), ("phone", "+60 12-345"),
            ("profile", "GOLD"), ("remark", "'; DROP TABLE accounts; --"), ("status", "suspended"), ("allownas", "lobby"), ("expiry", "2031-02-03"),
            ("mac", "02-AA-00-00-00-01,02aa.0000.0002"), ("integration", "pms"), ("statistics", "yes"), ("unknown", "is passed over"),
        ];
        string shown =
            """
            {"username":"Guest/7 ü%","fullname":"Ada <b>Lovelace</b>","email":"ada@example.org","phone":"+60 12-345","profile":"gold",
            "remark":"'; DROP TABLE accounts; --","status":"suspended","allownas":"lobby","expiry":"2031-02-03 23:59:59",
            "mac":"02:aa:00:00:00:01,02:aa:00:00:00:02","integration":"pms","statistics":"yes"}
            """.ReplaceLineEndings("");

        Assert.That((await _client.DoAsync("user/create", all)).GetArrayLength(), Is.Zero);
        Assert.That(await _client.FailAsync("user/create", all), Is.EqualTo("username 'Guest/7 ü%' exists already."));
        Assert.That((await _client.DoAsync("user/get/guest%2F7%20%C3%BC%25")).GetRawText(), Is.EqualTo($"[{shown}]"));
        Assert.That((await _client.DoAsync("user/get/guest/7%20%C3%BC%25")).GetRawText(), Is.EqualTo($"[{shown}]"), "a slash that was not encoded");

        _ = await _client.DoAsync("user/update/Guest%2F7%20%C3%BC%25", ("remark", ""), ("status", "active"), ("mac", ""), ("expiry", "2031-02-03 04:05:06"));
        JsonElement changed = await _client.DoAsync("user/get/Guest%2F7%20%C3%BC%25");
        Assert.That(
            changed.GetRawText(),
            Is.EqualTo($"[{shown}]"
                .Replace("'; DROP TABLE accounts; --", "", StringComparison.Ordinal)
                .Replace("suspended", "active", StringComparison.Ordinal)
                .Replace("02:aa:00:00:00:01,02:aa:00:00:00:02", "", StringComparison.Ordinal)
                .Replace("23:59:59", "04:05:06", StringComparison.Ordinal)));

        _ = await _client.DoAsync("user/delete/guest%2F7%20%C3%BC%25");
        foreach (string method in (string[])["get", "update", "delete"])
        {
            Assert.That(await _client.FailAsync($"user/{method}/guest%2F7%20%C3%BC%25"), Is.EqualTo("username 'guest/7 ü%' does not exist."), method);
        }
    }

    [Test]
    public async Task A_user_has_defaults()
    {
        _ = await _client.DoAsync("user/create", ("username", "plain"), ("password", "secret"), ("profile", ""), ("status", ""), ("allownas", ""));

        JsonElement user = (await _client.DoAsync("user/get/plain"))[0];

        Assert.That(
            user.GetRawText(),
            Is.EqualTo("""{"username":"plain","fullname":"","email":"","phone":"","profile":"wx_temp","remark":"","status":"active","allownas":"none","expiry":"","mac":"","integration":"","statistics":""}"""));
    }

    [Test]
    public async Task Lists_begin_at_start_and_end_at_limit()
    {
        for (int i = 0; i < 5; i++)
        {
            _ = await _client.DoAsync("user/create", ("username", $"list-{i}"), ("password", "secret"));
        }

        string[] all = Names(await _client.DoAsync("user/get"), "username");
        string[] some = Names(await _client.DoAsync("user/get", ("start", "2"), ("limit", "2")), "username");
        string[] none = Names(await _client.DoAsync("user/get", ("start", "100000")), "username");
        string[] unsaid = Names(await _client.DoAsync("user/get", ("start", ""), ("limit", " ")), "username");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Is.SupersetOf(Enumerable.Range(0, 5).Select(i => $"list-{i}")));
            Assert.That(some, Is.EqualTo(all[2..4]));
            Assert.That(none, Is.Empty);
            Assert.That(unsaid, Is.EqualTo(all));
        }
    }

    [Test]
    public async Task Vouchers_have_defaults_and_are_read_and_deleted()
    {
        string before = Tomorrow();
        string[] codes = Strings(await _client.DoAsync("voucher/create"));
        string after = Tomorrow();

        JsonElement voucher = (await _client.DoAsync("voucher/get/" + codes[3]))[0];
        string[] listed = Names(await _client.DoAsync("voucher/get", ("limit", "10000")), "code");
        string remark = voucher.GetProperty("remark").GetString()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(codes, Has.Length.EqualTo(10).And.Unique.And.All.Match("^V_[ACDEFHJKMNPQRTWXY3479]{12}$"));
            Assert.That(remark, Is.EqualTo(before).Or.EqualTo(after));
            Assert.That(
                voucher.GetRawText(),
                Is.EqualTo($$"""{"code":"{{codes[3]}}","plan":"wx_temp","nas":"none","expiry":"{{remark}} 23:59:59","remark":"{{remark}}","status":"active"}"""));
            Assert.That(listed, Is.SupersetOf(codes));
        }

        _ = await _client.DoAsync("voucher/delete/" + codes[3]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _client.FailAsync("voucher/get/" + codes[3]), Is.EqualTo($"code '{codes[3]}' does not exist."));
            Assert.That(await _client.FailAsync("voucher/delete/" + codes[3]), Is.EqualTo($"code '{codes[3]}' does not exist."));
            Assert.That(await _client.FailAsync("user/get/" + codes[4]), Is.EqualTo($"username '{codes[4]}' does not exist."), "a voucher is no user");
        }
    }

    [Test]
    public async Task Vouchers_are_made_as_ordered()
    {
        string[] codes = Strings(await _client.DoAsync(
            "voucher/create", ("prefix", "SPA-"), ("qty", "3"), ("plan", "gold"), ("nas", "lobby"), ("expiry", "2031-01-01 10:00:00"), ("remark", "spa")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(codes, Has.Length.EqualTo(3).And.All.StartsWith("SPA-"));
            Assert.That(
                (await _client.DoAsync("voucher/get/" + codes[0]))[0].GetRawText(),
                Is.EqualTo($$"""{"code":"{{codes[0]}}","plan":"gold","nas":"lobby","expiry":"2031-01-01 10:00:00","remark":"spa","status":"active"}"""));
        }
    }

    [Test]
    public async Task A_NAS_is_made_read_changed_and_deleted_and_tells_no_secret()
    {
        (string, string)[] all =
        [
            ("nas-ip", "192.0.2.0/24"), ("nas-id", "spa"), ("type", "mikrotik"), ("ports", "1700"), ("secret", "secret-1"), ("server", "kiwire"), ("community", "secret-2"),
            ("description", "by the pool"), ("location", "spa"), ("username", "manager"), ("password", "secret-3"),
        ];
        string shown =
            """
            {"nas-ip":"192.0.2.0/24","nas-id":"spa","type":"mikrotik","ports":1700,"server":"kiwire","description":"by the pool","location":"spa","username":"manager"}
            """;

        Assert.That((await _client.DoAsync("nas/create", all)).GetArrayLength(), Is.Zero);
        Assert.That(await _client.FailAsync("nas/create", all), Is.EqualTo("nas-id 'spa' exists already."));
        Assert.That((await _client.DoAsync("nas/get/SPA")).GetRawText(), Is.EqualTo($"[{shown}]"));
        Assert.That(Names(await _client.DoAsync("nas/get"), "nas-id"), Does.Contain("spa").And.Contain("lobby"));

        _ = await _client.DoAsync("nas/update/spa", ("description", "by the sea"), ("nas-id", "Beach"));
        Assert.That((await _client.DoAsync("nas/get/beach")).GetRawText(), Is.EqualTo($"[{shown}]".Replace("spa\",\"type", "Beach\",\"type", StringComparison.Ordinal).Replace("pool", "sea", StringComparison.Ordinal)));
        Assert.That(await _client.FailAsync("nas/update/beach", ("nas-id", "lobby")), Is.EqualTo("nas-id 'lobby' exists already."));

        _ = await _client.DoAsync("nas/delete/beach");
        foreach (string method in (string[])["get", "update", "delete"])
        {
            Assert.That(await _client.FailAsync($"nas/{method}/beach"), Is.EqualTo("nas-id 'beach' does not exist."), method);
        }
    }

    [TestCase("", 3799)]
    [TestCase("generic", 3799)]
    public async Task A_NAS_has_its_types_port(string type, int port)
    {
        string name = "port-" + type;
        _ = await _client.DoAsync("nas/create", ("nas-id", name), ("nas-ip", "192.0.2.9"), ("secret", "secret"), ("type", type), ("ports", ""));

        JsonElement nas = (await _client.DoAsync("nas/get/" + name))[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nas.GetProperty("ports").GetInt32(), Is.EqualTo(port));
            Assert.That(nas.GetProperty("type").GetString(), Is.EqualTo("generic"));
        }
    }

    [Test]
    public async Task A_device_is_made_read_changed_and_deleted_and_tells_no_secret()
    {
        (string, string)[] all =
        [
            ("device-ip", "192.0.2.8:1161"), ("device-id", "core"), ("type", "switch"), ("mac", "02AA00000003"), ("community", "secret-1"), ("description", "rack 1"),
            ("location", "cellar"), ("username", "manager"), ("password", "secret-2"), ("snmpv", "3"), ("mib", "entity-sensor"),
        ];
        string shown =
            """
            {"device-ip":"192.0.2.8:1161","device-id":"core","type":"switch","mac":"02:aa:00:00:00:03","description":"rack 1","location":"cellar","username":"manager","snmpv":3,"mib":"entity-sensor","state":"unknown","last-seen":"","uptime":null,"values":[]}
            """;

        Assert.That((await _client.DoAsync("device/create", all)).GetArrayLength(), Is.Zero);
        Assert.That(await _client.FailAsync("device/create", all), Is.EqualTo("device-id 'core' exists already."));
        Assert.That((await _client.DoAsync("device/get/CORE")).GetRawText(), Is.EqualTo($"[{shown}]"));
        Assert.That(Names(await _client.DoAsync("device/get"), "device-id"), Does.Contain("core"));

        _ = await _client.DoAsync("device/update/core", ("mac", ""), ("snmpv", "2"));
        Assert.That(
            (await _client.DoAsync("device/get/core")).GetRawText(),
            Is.EqualTo($"[{shown}]".Replace("02:aa:00:00:00:03", "", StringComparison.Ordinal).Replace("\"snmpv\":3", "\"snmpv\":2", StringComparison.Ordinal)));

        _ = await _client.DoAsync("device/delete/core");
        foreach (string method in (string[])["get", "update", "delete"])
        {
            Assert.That(await _client.FailAsync($"device/{method}/core"), Is.EqualTo("device-id 'core' does not exist."), method);
        }
    }

    [Test]
    public async Task A_list_of_devices_has_fifty_where_no_limit_is_given_and_one_of_NASes_two_hundred()
    {
        for (int i = 0; i < 51; i++)
        {
            _ = await _client.DoAsync("device/create", ("device-id", $"many-{i}"), ("device-ip", "192.0.2.8"));
        }

        _ = await _client.DoAsync("voucher/create", ("qty", "201"), ("prefix", "many-"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _client.DoAsync("device/get")).GetArrayLength(), Is.EqualTo(50));
            Assert.That((await _client.DoAsync("device/get", ("limit", "51"))).GetArrayLength(), Is.EqualTo(51));
            Assert.That((await _client.DoAsync("voucher/get")).GetArrayLength(), Is.EqualTo(200));
        }
    }

    [Test]
    public async Task A_profile_is_made_read_changed_and_deleted()
    {
        (string, string)[] all =
        [
            ("profile-name", "day pass"), ("price", "9.90"), ("type", "countdown"), ("edx", "room"), ("minute", "1440"), ("vol_limit_en", "ON"), ("vol_limit", "0.5"), ("idle", "10"),
            ("simultaneous", "2"), ("bwdown", "10240"), ("bwup", "2048"), ("min_up", "128"), ("min_down", "512"),
        ];
        string shown =
            """
            {"profile-name":"day pass","price":9.90,"type":"Countdown","edx":"room","minute":1440,"vol_limit_en":"on","vol_limit":0.5,"idle":10,"simultaneous":2,"bwdown":10240,"bwup":2048,"min_down":512,"min_up":128}
            """;

        Assert.That((await _client.DoAsync("profile/create", all)).GetArrayLength(), Is.Zero);
        Assert.That(await _client.FailAsync("profile/create", all), Is.EqualTo("profile-name 'day pass' exists already."));
        Assert.That((await _client.DoAsync("profile/get/Day%20Pass")).GetRawText(), Is.EqualTo($"[{shown}]"));
        Assert.That(Names(await _client.DoAsync("profile/get"), "profile-name"), Is.SupersetOf(new[] { "day pass", "gold", "wx_temp" }));

        _ = await _client.DoAsync("profile/update/day%20pass", ("bwdown", "20480"), ("vol_limit_en", "off"));
        Assert.That(
            (await _client.DoAsync("profile/get/day%20pass")).GetRawText(),
            Is.EqualTo($"[{shown}]".Replace("10240", "20480", StringComparison.Ordinal).Replace("\"on\"", "\"off\"", StringComparison.Ordinal)));

        _ = await _client.DoAsync("profile/delete/day%20pass");
        foreach (string method in (string[])["get", "update", "delete"])
        {
            Assert.That(await _client.FailAsync($"profile/{method}/day%20pass"), Is.EqualTo("profile-name 'day pass' does not exist."), method);
        }
    }

    [Test]
    public async Task A_profile_has_defaults()
    {
        _ = await _client.DoAsync("profile/create", ("profile-name", "bare"), ("price", ""), ("type", ""), ("minute", ""), ("vol_limit_en", ""));

        Assert.That(
            (await _client.DoAsync("profile/get/bare"))[0].GetRawText(),
            Is.EqualTo("""{"profile-name":"bare","price":0,"type":"Free","edx":"","minute":0,"vol_limit_en":"off","vol_limit":0,"idle":0,"simultaneous":0,"bwdown":0,"bwup":0,"min_down":0,"min_up":0}"""));
    }

    [Test]
    public async Task A_profile_that_accounts_use_and_the_temporary_one_stay()
    {
        _ = await _client.DoAsync("user/create", ("username", "golden"), ("password", "secret"), ("profile", "gold"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _client.FailAsync("profile/delete/gold"), Is.EqualTo("profile-name 'gold' is used by accounts; give them another profile first."));
            Assert.That(await _client.FailAsync("profile/delete/wx_temp"), Is.EqualTo("profile-name 'wx_temp' cannot be deleted: every tenant has it."));
            Assert.That(await _client.FailAsync("profile/update/wx_temp", ("profile-name", "x")), Does.StartWith("profile-name cannot be changed"));
            Assert.That(await _client.FailAsync("profile/update/wx_temp", ("profile-name", "gold")), Does.StartWith("profile-name cannot be changed"));
        }
    }

    private static string Tomorrow() => TimeZoneInfo
        .ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Kuala_Lumpur")).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string[] Names(JsonElement data, string property) => [.. data.EnumerateArray().Select(item => item.GetProperty(property).GetString()!)];

    private static string[] Strings(JsonElement data) => [.. data.EnumerateArray().Select(item => item.GetString()!)];
}
