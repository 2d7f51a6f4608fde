using System.Text.Json.Nodes;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>/api/v1/sms/policy, and what it keeps from being deleted.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class SmsPolicyEndpointsTests
{
    private const string Policy = "/api/v1/sms/policy";

    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _api = await ApiClient.LogInAsync(_server);
        await MakeAsync("/api/v1/sms/connectors", Connector("first"));
        await MakeAsync("/api/v1/sms/connectors", Connector("second"));
        await MakeAsync("/api/v1/sms/templates", new { name = "code", text = "Your code is {code}." });
        await MakeAsync("/api/v1/sms/templates", new { name = "greeting", text = "Welcome." });
        await MakeAsync("/api/v1/profiles", new { name = "guest", type = "Free" });
        await MakeAsync("/api/v1/zones", new { name = "guest-lobby", members = Array.Empty<object>() });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Shows_names_and_changes_what_is_given_under_its_version()
    {
        ApiAnswer before = await _api.GetAsync(Policy);
        ApiAnswer changed = await _api.PatchAsync(Policy, new
        {
            enabled = true,
            connector = "FIRST",
            fallbacks = new[] { "second" },
            mode = "everyLogin",
            template = "code",
            profile = "guest",
            zone = "guest-lobby",
            prefixes = new[] { new { country = "my", prefix = "+60 12" } },
            defaultCountry = "my",
        }, before.ETag);
        ApiAnswer stale = await _api.PatchAsync(Policy, new { codeLength = 8 }, before.ETag);
        ApiAnswer longer = await _api.PatchAsync(Policy, new { codeLength = 8 }, changed.ETag);
        ApiAnswer audit = await _api.GetAsync("/api/v1/audit?kind=sms-policy");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed.Status, Is.EqualTo(200), changed.Text);
            Assert.That(((string?)changed["connector"], (string?)changed["fallbacks"]![0], (string?)changed["template"]), Is.EqualTo(("first", "second", "code")));
            Assert.That(((string?)changed["mode"], (string?)changed["profile"], (string?)changed["zone"]), Is.EqualTo(("everyLogin", "guest", "guest-lobby")));
            Assert.That(((string?)changed["prefixes"]![0]!["country"], (string?)changed["prefixes"]![0]!["prefix"]), Is.EqualTo(("MY", "6012")));
            Assert.That(((int?)before["codeLength"], (int?)before["codeLifetimeSeconds"], (int?)before["maxAttempts"]), Is.EqualTo((6, 300, 5)));
            Assert.That((stale.Status, longer.Status, (int?)longer["codeLength"], (string?)longer["connector"]), Is.EqualTo((412, 200, 8, "first")));
            Assert.That(audit.Text, Does.Contain("codeLength"));
        }
    }

    [Test]
    public async Task What_is_chosen_cannot_be_deleted_and_a_chosen_template_keeps_its_code()
    {
        await ChooseAsync();

        ApiAnswer connector = await _api.DeleteAsync("/api/v1/sms/connectors/first");
        ApiAnswer inactive = await _api.PatchAsync("/api/v1/sms/connectors/first", new { active = false });
        ApiAnswer template = await _api.DeleteAsync("/api/v1/sms/templates/code");
        ApiAnswer emptied = await _api.PatchAsync("/api/v1/sms/templates/code", new { text = "Hello." });
        ApiAnswer profile = await _api.DeleteAsync("/api/v1/profiles/guest");
        ApiAnswer zone = await _api.DeleteAsync("/api/v1/zones/guest-lobby");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((inactive.Status, emptied.Status), Is.EqualTo((400, 400)));
            Assert.That((connector.Status, template.Status, profile.Status, zone.Status), Is.EqualTo((409, 409, 409, 409)));
            foreach (ApiAnswer refused in (ApiAnswer[])[connector, inactive, template, emptied, profile, zone])
            {
                Assert.That(refused.Text, Does.Contain("SMS policy"));
            }
        }
    }

    [TestCase("""{"connector":"none-such"}""", "connector", "which is no connector of yours")]
    [TestCase("""{"fallbacks":["first"],"connector":"first"}""", "fallbacks", "must be another one")]
    [TestCase("""{"template":"greeting"}""", "template", "has no {code}")]
    [TestCase("""{"template":"none-such"}""", "template", "which is no template of yours")]
    [TestCase("""{"profile":"none-such"}""", "profile", "which is no profile of yours")]
    [TestCase("""{"zone":"none-such"}""", "zone", "which is no zone of yours")]
    [TestCase("""{"codeLength":3}""", "codeLength", "is 3; it must be 4 to 10.")]
    [TestCase("""{"codeLength":11}""", "codeLength", "is 11; it must be 4 to 10.")]
    [TestCase("""{"codeLifetimeSeconds":59}""", "codeLifetimeSeconds", "it must be 60 to 3600.")]
    [TestCase("""{"maxAttempts":0}""", "maxAttempts", "it must be 1 to 20.")]
    [TestCase("""{"resendAfterSeconds":9}""", "resendAfterSeconds", "it must be 10 to 3600.")]
    [TestCase("""{"dailyBudget":-1}""", "dailyBudget", "it must be 0 to")]
    [TestCase("""{"defaultCountry":"Malaysia"}""", "defaultCountry", "ISO 3166")]
    [TestCase("""{"portalLanguage":"../en"}""", "portalLanguage", "must be a language")]
    [TestCase("""{"prefixes":[{"country":"SG","prefix":"60"}]}""", "prefixes", "must be the ISO 3166 code of one that has it: MY")]
    [TestCase("""{"prefixes":[{"country":"MY","prefix":"٦٠"}]}""", "prefixes", "must begin with a country calling code")]
    [TestCase("""{"enabled":true,"connector":""}""", "connector", "is not chosen")]
    [TestCase("""{"enabled":true,"profile":""}""", "profile", "is not chosen")]
    public async Task Refuses_a_fault_with_its_field_and_changes_nothing(string body, string field, string fault)
    {
        ApiAnswer before = await _api.GetAsync(Policy);

        ApiAnswer refused = await _api.PatchAsync(Policy, JsonNode.Parse(body)!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(400), refused.Text);
            Assert.That((string?)refused["errors"]?[field]?[0], Does.Contain(fault), refused.Text);
            Assert.That((await _api.GetAsync(Policy)).ETag, Is.EqualTo(before.ETag));
        }
    }

    [Test]
    public async Task Refuses_a_connector_that_is_not_active()
    {
        await MakeAsync("/api/v1/sms/connectors", Connector("asleep"));
        await _api.PatchAsync("/api/v1/sms/connectors/asleep", new { active = false });

        ApiAnswer refused = await _api.PatchAsync(Policy, new { connector = "asleep" });

        Assert.That((string?)refused["errors"]?["connector"]?[0], Does.Contain("is not active"), refused.Text);
    }

    private async Task ChooseAsync()
    {
        ApiAnswer chosen = await _api.PatchAsync(Policy, new { enabled = true, connector = "first", template = "code", profile = "guest", zone = "guest-lobby" });
        Assert.That(chosen.Status, Is.EqualTo(200), chosen.Text);
    }

    private async Task MakeAsync(string path, object body)
    {
        ApiAnswer made = await _api.PostAsync(path, body);
        Assert.That(made.Status, Is.EqualTo(201), made.Text);
    }

    private static object Connector(string name) => new
    {
        name,
        provider = "generic",
        method = "GET",
        uri = "https://sms.example.invalid/send",
        phoneVariable = "to",
        messageVariable = "text",
    };
}
