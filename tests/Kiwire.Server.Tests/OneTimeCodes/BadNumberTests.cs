using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Sms;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>Numbers that are none, and such as the policy does not allow, wherever a message could be ordered: refused with the reason, and nothing is sent.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class BadNumberTests
{
    private FakeGateway _gateway = null!;
    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        _server = await RunningServer.StartAsync("--Kiwire:Sms:AllowPrivateAddresses=true");
        _api = await ApiClient.LogInAsync(_server);
        ApiAnswer connector = await _api.PostAsync(
            "/api/v1/sms/connectors",
            new { name = "watched", provider = "generic", method = "GET", uri = _gateway.Url + "/send", phoneVariable = "to", messageVariable = "text" });
        Assert.That(connector.Status, Is.EqualTo(201), connector.ToString());
        ApiAnswer policy = await _api.PatchAsync("/api/v1/sms/policy", new
        {
            enabled = true, connector = "watched", mode = "registration", profile = "gold", defaultCountry = "", prefixes = new[] { new { country = "MY", prefix = "6012" } },
        });
        Assert.That(policy.Status, Is.EqualTo(200), policy.ToString());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [TestCase("", "phone is empty")]
    [TestCase("call me", "phone has a character that no number has")]
    [TestCase("+60 12 CALL ME", "phone has a character that no number has")]
    [TestCase("+6012345678; DROP TABLE", "phone has a character that no number has")]
    [TestCase("+60123", "phone is too short: 5 digits")]
    [TestCase("+6012345678901234", "phone is too long: 16 digits")]
    [TestCase("+99912345678", "phone begins with no country calling code")]
    [TestCase("0123456789", "phone has no country calling code")]
    [TestCase("+6012\u0663\u0664\u0665\u0666\u0667\u0668\u0669", "phone has a digit that is not one of 0 to 9")]
    [TestCase("+6012\uff13\uff14\uff15\uff16\uff17\uff18\uff19", "phone has a digit that is not one of 0 to 9")]
    public async Task A_number_that_is_none_is_refused_everywhere_with_its_reason(string phone, string reason)
    {
        ApiAnswer[] answers =
        [
            await _api.PostAsync("/api/v1/one-time-codes", new { phone }),
            await _api.PostAsync("/api/v1/one-time-codes/verify", new { phone, code = "123456" }),
            await _api.PostAsync("/api/v1/sms/messages", new { phone, text = "hello", connector = "watched" }),
            await _api.PostAsync("/api/v1/sms/connectors/watched/test", new { phone, message = "hello" }),
        ];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(400), string.Join('\n', answers.Select(answer => answer.ToString())));
            Assert.That(answers.Select(answer => answer.Detail), Is.All.Contains(reason));
            Assert.That(_gateway.Requests, Is.Empty);
        }
    }

    [Test]
    public async Task A_number_of_no_allowed_prefix_is_refused_before_anything_is_sent()
    {
        ApiAnswer answer = await _api.PostAsync("/api/v1/one-time-codes", new { phone = "+6591234567" });

        Assert.That(answer.Status, Is.InRange(400, 499), answer.ToString());
        Assert.That(answer.Detail, Is.Not.Empty);
        Assert.That(_gateway.Requests, Is.Empty);
    }
}
