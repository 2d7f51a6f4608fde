using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>What is refused of tenants, administrators and keys, in which words, and that nothing of it is kept.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class AccessInputTests
{
    private RunningServer _server = null!;
    private ApiClient _admin = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _admin = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("""{"role":"operator"}""", "username", "username is missing or empty;")]
    [TestCase("""{"username":"a|b","role":"operator"}""", "username", "username has a '|';")]
    [TestCase("""{"username":"x","role":"root"}""", "role", "role is 'root'; it must be administrator, operator or read-only.")]
    [TestCase("""{"username":"x"}""", "role", "role is missing;")]
    [TestCase("""{"username":"x","role":"operator","email":"nowhere"}""", "email", "email is 'nowhere';")]
    [TestCase("""{"username":"x","role":"operator","password":"short"}""", "password", "password has 5 characters;")]
    [TestCase("""{"username":"x","role":"operator","fullName":"a\tb"}""", "fullName", "fullName has a control character;")]
    public async Task What_is_wrong_with_an_administrator_is_said_of_its_field(string body, string field, string message)
    {
        ApiAnswer answer = await _admin.SendAsync(HttpMethod.Post, "/api/v1/administrators", body);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That((string)answer["errors"]![field]![0]!, Does.StartWith(message));
        Assert.That((await _admin.GetAsync("/api/v1/administrators/x")).Status, Is.EqualTo(404));
    }

    [TestCase("/api/v1/policy", """{"rejectDelaySeconds":6}""", "rejectDelaySeconds", "rejectDelaySeconds is 6; it must be 0 to 5.")]
    [TestCase("/api/v1/policy", """{"eapMethods":["LEAP"]}""", "eapMethods", "eapMethods names 'LEAP';")]
    [TestCase("/api/v1/policy", """{"macSecurity":"yes"}""", "macSecurity", "macSecurity")]
    [TestCase("/api/v1/policy", """{"replyTexts":{}}""", "replyTexts", "replyTexts")]
    [TestCase("/api/v1/policy", """{"noSuchSwitch":true}""", "noSuchSwitch", "noSuchSwitch")]
    [TestCase("/api/v1/tenant", """{"timeZone":"Mars/Olympus"}""", "timeZone", "timeZone is 'Mars/Olympus', which this system does not know;")]
    [TestCase("/api/v1/tenant", """{"permissions":["fly"]}""", "permissions", "permissions names 'fly'; known are addUser,")]
    [TestCase("/api/v1/tenant", """{"name":" "}""", "name", "name is missing or empty;")]
    [TestCase("/api/v1/tenant", """{"active":false}""", "active", "active")]
    public async Task What_is_wrong_with_a_tenant_is_said_of_its_field_and_nothing_changes(string path, string body, string field, string message)
    {
        string before = (await _admin.GetAsync(path)).Text;

        ApiAnswer answer = await _admin.SendAsync(HttpMethod.Patch, path, body);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That((string)answer["errors"]![field]![0]!, Does.StartWith(message));
        Assert.That((await _admin.GetAsync(path)).Text, Is.EqualTo(before));
    }

    [TestCase("""{"scopes":["network:read"]}""", "name", "name is missing or empty;")]
    [TestCase("""{"name":"x"}""", "scopes", "scopes is missing or empty; it must have some of accounts:read,")]
    [TestCase("""{"name":"x","scopes":["fly"]}""", "scopes", "scopes names 'fly'; known are accounts:read,")]
    [TestCase("""{"name":"x","scopes":["tenants:read"]}""", "scopes", "scopes names 'tenants:read';")]
    [TestCase("""{"name":"x","scopes":["network:read"],"expiresAt":"2025-12-31T00:00:00Z"}""", "expiresAt", "expiresAt is not in the future;")]
    [TestCase("""{"name":"x","scopes":["network:read"],"expiresAt":"soon"}""", "expiresAt", "expiresAt")]
    public async Task What_is_wrong_with_a_key_is_said_of_its_field(string body, string field, string message)
    {
        ApiAnswer answer = await _admin.SendAsync(HttpMethod.Post, "/api/v1/keys", body);

        Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
        Assert.That((string)answer["errors"]![field]![0]!, Does.StartWith(message));
        Assert.That((await _admin.GetAsync("/api/v1/keys"))["items"]!.AsArray(), Is.Empty);
    }

    [TestCase("kwk_1_00000000000000000000000000000000")]
    [TestCase("kwk_zz_00000000000000000000000000000000")]
    [TestCase("kwk_1")]
    [TestCase("kwt_1_00000000000000000000000000000000")]
    [TestCase("kwt_ffffffffffffffffffff_0")]
    [TestCase("demo-api-key")]
    public async Task What_is_no_key_gets_nobody_in(string token)
    {
        using ApiClient program = new(_server) { Token = token };

        Assert.That((await program.GetAsync("/api/v1/zones")).Status, Is.EqualTo(401));
    }
}
