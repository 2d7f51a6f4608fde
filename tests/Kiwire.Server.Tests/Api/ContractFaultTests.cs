using System.Text;
using System.Text.Json;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>What is wrong with a parameter is said in a sentence that begins with the contract's name for it, and nothing is changed.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractFaultTests
{
    private static readonly Dictionary<string, (string Name, string Value)[]> Good = new()
    {
        ["user/create"] = [("username", "new"), ("password", "secret")],
        ["user/update/alice"] = [("remark", "changed")],
        ["voucher/create"] = [("qty", "1")],
        ["nas/create"] = [("nas-id", "new"), ("nas-ip", "192.0.2.1"), ("secret", "secret")],
        ["nas/update/demo-nas"] = [("description", "changed")],
        ["device/create"] = [("device-id", "new"), ("device-ip", "192.0.2.1")],
        ["profile/create"] = [("profile-name", "new")],
        ["profile/update/gold"] = [("edx", "changed")],
        ["login/online"] = [("nas-id", "lobby-ap"), ("device", "02:aa:00:00:00:01"), ("ip", "192.0.2.7"), ("user", "alice")],
        ["user/get"] = [],
        ["voucher/get"] = [],
        ["nas/get"] = [],
        ["device/get"] = [],
        ["profile/get"] = [],
        ["login/history"] = [],
        ["login/unauthorize"] = [],
    };

    private RunningServer _server = null!;
    private ContractClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _client = await ContractClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("user/create", "username", null, "username is missing or empty; it must be 1 to 253 octets")]
    [TestCase("user/create", "username", "", "username is missing or empty; it must be 1 to 253 octets")]
    [TestCase("user/create", "username", "{254}", "username has more than 253 octets; it must be 1 to 253 octets")]
    [TestCase("user/create", "username", "a\nb", "username has a control character; it must be")]
    [TestCase("user/create", "username", "a\0b", "username has a NUL character; it must be plain text.")]
    [TestCase("user/create", "password", null, "password is missing; it must be 1 to 128 octets")]
    [TestCase("user/create", "password", "{129}", "password has more than 128 octets; it must be 1 to 128 octets")]
    [TestCase("user/create", "fullname", "{1001}", "fullname has 1001 characters; 1000 is the most.")]
    [TestCase("user/create", "fullname", "{8001}", "fullname has 8001 characters; 8000 is the most.")]
    [TestCase("user/create", "email", "nobody", "email is 'nobody'; it must be an address such as")]
    [TestCase("user/create", "phone", "call me", "phone is 'call me'; it must be a number such as")]
    [TestCase("user/create", "profile", "no-such", "profile is 'no-such', which is no profile of this tenant; it must be")]
    [TestCase("user/create", "status", "asleep", "status is 'asleep'; it must be active or suspended.")]
    [TestCase("user/create", "allownas", "nowhere", "allownas names 'nowhere', which is neither a zone nor a NAS identity; it must be")]
    [TestCase("user/create", "expiry", "31.12.2030", "expiry is '31.12.2030'; it must be a day such as 2030-12-31")]
    [TestCase("user/create", "mac", "zz", "mac has 'zz', which is no MAC address; it must be one such as")]
    [TestCase("user/update/alice", "username", "bob", "username cannot be changed; it must be 'alice', or not given.")]
    [TestCase("user/update/alice", "password", "", "password is empty; it must be 1 to 128 octets")]
    [TestCase("user/update/alice", "status", "asleep", "status is 'asleep'")]
    [TestCase("voucher/create", "prefix", "{65}", "prefix has more than 64 octets; it must be at most 64 octets")]
    [TestCase("voucher/create", "qty", "0", "qty is '0'; it must be a whole number from 1 to 10000.")]
    [TestCase("voucher/create", "qty", "10001", "qty is '10001'; it must be a whole number from 1 to 10000.")]
    [TestCase("voucher/create", "qty", "ten", "qty is 'ten'; it must be a whole number from 1 to 10000.")]
    [TestCase("voucher/create", "plan", "no-such", "plan is 'no-such', which is no profile of this tenant; it must be")]
    [TestCase("voucher/create", "nas", "nowhere", "nas names 'nowhere', which is neither a zone nor a NAS identity; it must be")]
    [TestCase("voucher/create", "expiry", "soon", "expiry is 'soon'; it must be a day such as")]
    [TestCase("voucher/create", "remark", "{1001}", "remark has 1001 characters; 1000 is the most.")]
    [TestCase("nas/create", "nas-id", null, "nas-id is missing; it must be the NAS's identity")]
    [TestCase("nas/create", "nas-id", "", "nas-id is empty; it must be the NAS's identity")]
    [TestCase("nas/create", "nas-id", "a,b", "nas-id has a comma")]
    [TestCase("nas/create", "nas-ip", null, "nas-ip is missing; it must be an address such as")]
    [TestCase("nas/create", "nas-ip", "300.1.1.1", "nas-ip is '300.1.1.1', which is neither an address such as")]
    [TestCase("nas/create", "secret", null, "secret is missing; it must be the shared secret")]
    [TestCase("nas/create", "secret", "", "secret is empty; it must have at least one character")]
    [TestCase("nas/create", "secret", "{257}", "secret has more than 256 octets; 256 is the most.")]
    [TestCase("nas/create", "type", "toaster", "type is 'toaster', which is not known; it must be one of")]
    [TestCase("nas/create", "ports", "0", "ports is '0'; it must be a whole number from 1 to 65535.")]
    [TestCase("nas/create", "ports", "65536", "ports is '65536'; it must be a whole number from 1 to 65535.")]
    [TestCase("nas/create", "ports", "-1", "ports is '-1'; it must be a whole number from 1 to 65535.")]
    [TestCase("nas/create", "location", "{1001}", "location has 1001 characters; 1000 is the most.")]
    [TestCase("nas/create", "community", "a\0b", "community has a NUL character")]
    [TestCase("nas/update/demo-nas", "nas-ip", "", "nas-ip is '', which is neither an address such as")]
    [TestCase("device/create", "device-id", null, "device-id is missing; it must be a name")]
    [TestCase("device/create", "device-ip", null, "device-ip is missing; it must be an address or host name")]
    [TestCase("device/create", "device-ip", "a b", "device-ip is 'a b'; it must be an address or host name")]
    [TestCase("device/create", "mac", "zz", "mac is 'zz', which is no MAC address")]
    [TestCase("device/create", "snmpv", "4", "snmpv is '4'; it must be a whole number from 1 to 3.")]
    [TestCase("device/create", "mib", "{65}", "mib has more than 64 characters")]
    [TestCase("profile/create", "profile-name", null, "profile-name is missing; it must be a name of 1 to 128 octets")]
    [TestCase("profile/create", "profile-name", "{129}", "profile-name has more than 128 octets; it must be")]
    [TestCase("profile/create", "price", "9,90", "price is '9,90'; it must be a number such as 9.90.")]
    [TestCase("profile/create", "price", "-1", "price is -1; it must be 0 to 1000000000.")]
    [TestCase("profile/create", "price", "1e400", "price is '1e400'; it must be a number such as 9.90.")]
    [TestCase("profile/create", "type", "Forever", "type is 'Forever'; it must be Countdown, Expiration, Free or Pay As You Use.")]
    [TestCase("profile/create", "minute", "1.5", "minute is '1.5'; it must be a whole number from 0 to 2147483647.")]
    [TestCase("profile/create", "minute", "99999999999999999999", "minute is '99999999999999999999'; it must be a whole number from 0 to 2147483647.")]
    [TestCase("profile/create", "vol_limit_en", "maybe", "vol_limit_en is 'maybe'; it must be on or off.")]
    [TestCase("profile/create", "vol_limit_en", "on", "vol_limit is 0 though the volume is limited; it must be more than 0 GB")]
    [TestCase("profile/create", "vol_limit", "-1", "vol_limit is -1; it must be 0 to 1000000 GB.")]
    [TestCase("profile/create", "idle", "2147483647", "idle is 2147483647; it must be 0 to 527040 minutes")]
    [TestCase("profile/create", "simultaneous", "-1", "simultaneous is '-1'; it must be a whole number from 0 to 2147483647.")]
    [TestCase("profile/create", "bwdown", "0x10", "bwdown is '0x10'; it must be a whole number from 0 to 2147483647.")]
    [TestCase("profile/create", "bwup", "2147483647", "bwup is 2147483647; it must be 0 to 104857600 Kbps")]
    [TestCase("profile/create", "min_down", "2147483647", "min_down is 2147483647; it must be 0 to")]
    [TestCase("profile/update/gold", "min_up", "2049", "min_up is 2049; it must be 0 to 2048 Kbps")]
    [TestCase("profile/update/gold", "type", "Countdown", "minute is 0; it must be 1 to")]
    [TestCase("login/online", "nas-id", null, "nas-id is missing; it must be the identity of the NAS")]
    [TestCase("login/online", "nas-id", "no-such", "nas-id 'no-such' does not exist.")]
    [TestCase("login/online", "device", "", "device is empty; it must be the device's MAC address")]
    [TestCase("login/online", "device", "zz", "device is 'zz', which is no MAC address; it must be one such as")]
    [TestCase("login/online", "ip", "1.2", "ip is '1.2', which is no address; it must be one such as")]
    [TestCase("login/online", "ip", "zz", "ip is 'zz', which is no address; it must be one such as")]
    [TestCase("login/online", "user", null, "user is missing; it must be the account")]
    [TestCase("login/online", "user", "{254}", "user has more than 253 octets; it must be 1 to 253 octets")]
    [TestCase("login/history", "start_time", "yesterday", "start_time is 'yesterday'; it must be a moment such as 2030-12-31 18:00:00.")]
    [TestCase("login/history", "end_time", "2030-02-30 00:00:00", "end_time is '2030-02-30 00:00:00'; it must be a moment")]
    public async Task A_fault_is_named(string path, string parameter, string? value, string error)
    {
        string before = await StateAsync();

        string answer = await _client.FailAsync(path, [.. Good[path].Where(one => one.Name != parameter), .. Given(parameter, value)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Does.StartWith(error));
            Assert.That(await StateAsync(), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Rows_of_lists_are_bounded(
        [Values("user/get", "voucher/get", "nas/get", "device/get", "profile/get", "login/history", "login/unauthorize")] string path)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _client.FailAsync(path, ("start", "-1")), Is.EqualTo("start is '-1'; it must be a whole number from 0 to 2147483647."));
            Assert.That(await _client.FailAsync(path, ("limit", "0")), Is.EqualTo("limit is '0'; it must be a whole number from 1 to 10000."));
            Assert.That(await _client.FailAsync(path, ("limit", "10001")), Is.EqualTo("limit is '10001'; it must be a whole number from 1 to 10000."));
            Assert.That(await _client.FailAsync(path, ("limit", "5"), ("limit", "5")), Is.EqualTo("limit is given 2 times; it must be given once."));
            Assert.That((await _client.DoAsync(path, ("start", "2147483647"), ("limit", "10000"))).GetArrayLength(), Is.Zero);
        }
    }

    [TestCase("cloud_id")]
    [TestCase("token")]
    [TestCase("api_key")]
    [TestCase("time")]
    public async Task A_credential_that_is_there_twice_is_refused(string name)
    {
        Assert.That(await _client.FailAsync("nas/get", (name, "x")), Is.EqualTo($"{name} is given 2 times; it must be given once."));
    }

    [TestCase("%ff", "fullname has octets that are not UTF-8; it must be text in UTF-8.")]
    [TestCase("%c3%28", "fullname has octets that are not UTF-8; it must be text in UTF-8.")]
    [TestCase("%ed%a0%80", "fullname has octets that are not UTF-8; it must be text in UTF-8.")]
    [TestCase("a%00b", "fullname has a NUL character; it must be plain text.")]
    public async Task Octets_that_are_no_text_are_refused(string encoded, string error)
    {
        using HttpContent form = ClientForm("&username=new&password=secret&fullname=" + encoded);

        Assert.That(ContractClient.ErrorOf(await _client.SendAsync(HttpMethod.Post, "/apiv2/user/create", form)), Is.EqualTo(error));
    }

    [TestCase("100%", "100%")]
    [TestCase("%zz%4", "%zz%4")]
    [TestCase("a+b%2bc%20d", "a b+c d")]
    [TestCase("%F0%9F%A5%9D", "🥝")]
    public async Task A_percent_sign_that_begins_no_octet_stands_for_itself(string encoded, string remark)
    {
        using HttpContent form = ClientForm("&remark=" + encoded);
        _ = await _client.SendAsync(HttpMethod.Post, "/apiv2/user/update/otto", form);

        Assert.That((await _client.DoAsync("user/get/otto"))[0].GetProperty("remark").GetString(), Is.EqualTo(remark));
    }

    [TestCase("user/update", "username")]
    [TestCase("user/delete", "username")]
    [TestCase("voucher/delete", "code")]
    [TestCase("nas/update", "nas-id")]
    [TestCase("nas/delete/", "nas-id")]
    [TestCase("device/update", "device-id")]
    [TestCase("device/delete", "device-id")]
    [TestCase("profile/update", "profile-name")]
    [TestCase("profile/delete", "profile-name")]
    public async Task A_missing_value_is_named(string path, string parameter)
    {
        Assert.That(await _client.FailAsync(path), Does.StartWith($"{parameter} is missing at the end of the URL"));
    }

    [TestCase("profile", "no-such", "profile is 'no-such', which is no profile of this tenant")]
    [TestCase("allownas", "nowhere", "allownas names 'nowhere', which is neither a zone nor a NAS identity")]
    [TestCase("status", "asleep", "status is 'asleep'; it must be active or suspended.")]
    [TestCase("remark", "{1001}", "remark has 1001 characters; 1000 is the most.")]
    public async Task What_a_new_user_would_be_given_is_checked_only_where_there_is_none(string parameter, string value, string error)
    {
        (string, string)[] given = [.. Good["login/online"].Where(one => one.Name != "user"), .. Given(parameter, value)];

        string newUser = await _client.FailAsync("login/online", [.. given, ("user", "walk-in")]);
        string? known = (await _client.CallAsync("login/online", [.. given, ("user", "alice")])).GetProperty("result_msg").GetString();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(newUser, Does.StartWith(error));
            Assert.That(known, Does.StartWith("Equipment of type hostapd"));
            Assert.That(await _client.FailAsync("user/get/walk-in"), Is.EqualTo("username 'walk-in' does not exist."));
        }
    }

    [Test]
    public async Task All_faults_are_said_at_once()
    {
        Assert.That(
            await _client.FailAsync("login/online", ("device", "zz")),
            Does.Contain("nas-id is missing").And.Contain("ip is missing").And.Contain("user is missing").And.Contain("device is 'zz'"));
    }

    [Test]
    public async Task What_is_not_there_is_said_of_history_and_unauthorised_devices()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _client.FailAsync("login/history/nobody"), Is.EqualTo("username 'nobody' does not exist."));
            Assert.That(await _client.FailAsync("login/unauthorize/nowhere"), Is.EqualTo("nas-id 'nowhere' does not exist."));
        }
    }

    private StringContent ClientForm(string more) => new StringContent(
        string.Join('&', _client.Credentials().Select(one => $"{one.Name}={one.Value}")) + more, Encoding.ASCII, "application/x-www-form-urlencoded");

    private static IEnumerable<(string, string)> Given(string name, string? value) => value switch
    {
        null => [],
        ['{', .. var length, '}'] => [(name, new string('x', int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)))],
        _ => [(name, value)],
    };

    /// <summary>All that the tenant has, as the contract shows it, but for what other tests change.</summary>
    private async Task<string> StateAsync()
    {
        StringBuilder state = new();
        foreach (string path in (string[])["user/get", "voucher/get", "nas/get", "device/get", "profile/get"])
        {
            foreach (JsonElement item in (await _client.DoAsync(path)).EnumerateArray().Where(item => !item.GetRawText().Contains("\"otto\"", StringComparison.Ordinal)))
            {
                state.AppendLine(item.GetRawText());
            }
        }

        return state.ToString();
    }
}
