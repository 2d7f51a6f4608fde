using System.Text.Json;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>Module admin, as a form and as multipart.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Parallelizable(ParallelScope.Self)]
internal sealed class ContractAdminTests(bool multipart)
{
    private RunningServer _server = null!;
    private ContractClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _client = await ContractClient.LogInAsync(_server, multipart: multipart);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task An_administrator_is_made_with_a_password_shown_once_logs_in_is_changed_and_deleted()
    {
        (string, string)[] all =
            [("username", "hakim"), ("groupname", "Operator"), ("fullname", "Hakim"), ("monitor", "Y"), ("email", "hakim@example.org"), ("temp_pass", "false")];
        string shown = """{"username":"hakim","groupname":"operator","fullname":"Hakim","monitor":"y","email":"hakim@example.org","temp_pass":false}""";

        JsonElement made = (await _client.DoAsync("admin/create", all))[0];
        string password = made.GetProperty("password").GetString()!;
        Assert.That(made.GetRawText(), Is.EqualTo($$"""{"username":"hakim","password":"{{password}}"}"""));
        Assert.That(password, Has.Length.AtLeast(16));
        Assert.That(await _client.FailAsync("admin/create", all), Is.EqualTo("username 'hakim' exists already."));
        Assert.That((await _client.DoAsync("admin/get/HAKIM")).GetRawText(), Is.EqualTo($"[{shown}]"));
        Assert.That((await _client.DoAsync("admin/get")).EnumerateArray().Select(one => one.GetProperty("username").GetString()), Is.SupersetOf(new[] { "admin", "hakim" }));

        using ContractClient hakim = await ContractClient.LogInAsync(_server, username: "hakim", password: password);
        Assert.That(await hakim.FailAsync("admin/delete/admin"), Is.EqualTo("permission denied"), "an operator");

        _ = await _client.DoAsync("admin/update/hakim", ("monitor", "n"), ("temp_pass", "1"), ("email", ""));
        Assert.That(
            (await _client.DoAsync("admin/get/hakim")).GetRawText(),
            Is.EqualTo("""[{"username":"hakim","groupname":"operator","fullname":"Hakim","monitor":"n","email":"","temp_pass":true}]"""));

        _ = await _client.DoAsync("admin/delete/hakim");
        Assert.That(await hakim.FailAsync("admin/get"), Is.EqualTo("login expired. please complete the api login again"), "whoever is deleted");
        foreach (string method in (string[])["get", "update", "delete"])
        {
            Assert.That(await _client.FailAsync($"admin/{method}/hakim"), Is.EqualTo("username 'hakim' does not exist."), method);
        }
    }

    [TestCase(null, true)]
    [TestCase("true", true)]
    [TestCase("1", true)]
    [TestCase("false", false)]
    [TestCase("0", false)]
    [TestCase("", false)]
    public async Task A_password_is_temporary_unless_it_is_said_otherwise(string? given, bool temporary)
    {
        string name = "temp-" + (given ?? "unsaid");
        (string, string)[] more = given is null ? [] : [("temp_pass", given)];

        _ = await _client.DoAsync("admin/create", [("username", name), ("groupname", "read-only"), .. more]);

        Assert.That(
            (await _client.DoAsync("admin/get/" + name))[0].GetRawText(),
            Is.EqualTo($$"""{"username":"{{name}}","groupname":"read-only","fullname":"","monitor":"n","email":"","temp_pass":{{(temporary ? "true" : "false")}}}"""));
    }

    [Test]
    public async Task The_last_administrator_stays()
    {
        await _server.AddAsync("alone");
        using ContractClient boss = await _server.LogInAsync("alone", multipart: multipart);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await boss.FailAsync("admin/delete/boss"), Does.StartWith("groupname is administrator, and nobody else in the tenant has that role"));
            Assert.That(await boss.FailAsync("admin/update/boss", ("groupname", "operator")), Does.StartWith("groupname is administrator, and nobody else in the tenant has that role"));
            Assert.That((await boss.DoAsync("admin/get")).GetArrayLength(), Is.EqualTo(1));
        }
    }

    [TestCase("username", "", "username is missing or empty; it must be 1 to 128 octets")]
    [TestCase("username", "a|b", "username has a '|'; it must be 1 to 128 octets")]
    [TestCase("groupname", "", "groupname is missing; it must be administrator, operator or read-only.")]
    [TestCase("groupname", "king", "groupname is 'king'; it must be administrator, operator or read-only.")]
    [TestCase("monitor", "maybe", "monitor is 'maybe'; it must be y or n.")]
    [TestCase("email", "nobody", "email is 'nobody'; it must be one address")]
    [TestCase("temp_pass", "perhaps", "temp_pass is 'perhaps'; it must be true or false.")]
    public async Task A_fault_is_named_and_nobody_is_made(string parameter, string value, string error)
    {
        (string Name, string)[] good = [("username", "faulty"), ("groupname", "operator")];

        string answer = await _client.FailAsync("admin/create", [.. good.Where(one => one.Name != parameter), (parameter, value)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Does.StartWith(error));
            Assert.That(await _client.FailAsync("admin/get/faulty"), Is.EqualTo("username 'faulty' does not exist."));
        }
    }
}
