using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Sms;

namespace Kiwire.Server.Tests.Api;

/// <summary>/api/v1/sms as an operator's program uses it, against gateways on the loopback.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class SmsEndpointsTests
{
    private const string Connectors = "/api/v1/sms/connectors";
    private const string Templates = "/api/v1/sms/templates";
    private const string Messages = "/api/v1/sms/messages";

    /// <summary>A gateway may be slow where the whole machine is: none of its messages is to be sent twice.</summary>
    private const string Patience = "--Kiwire:Sms:RequestSeconds=60";

    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync("--Kiwire:Sms:AllowPrivateAddresses=true", Patience);
        _api = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_connector_is_made_read_changed_and_deleted_and_never_shows_its_secrets()
    {
        ApiAnswer made = await _api.PostAsync(Connectors, Twilio("crud", "https://api.twilio.com"));
        ApiAnswer read = await _api.GetAsync(Connectors + "/CRUD");
        ApiAnswer changed = await _api.PatchAsync(Connectors + "/crud", new { active = false, from = "91\\9191919191" }, read.ETag);
        ApiAnswer stale = await _api.PatchAsync(Connectors + "/crud", new { active = true }, read.ETag);
        ApiAnswer listed = await _api.GetAsync(Connectors);
        ApiAnswer deleted = await _api.DeleteAsync(Connectors + "/crud", changed.ETag);
        ApiAnswer audit = await _api.GetAsync("/api/v1/audit?kind=sms-connector");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, made.Location), Is.EqualTo((201, Connectors + "/crud")), made.Text);
            Assert.That((string?)read["purpose"], Is.EqualTo("SMS Gateway"));
            Assert.That((string?)read["secrets"]!["authToken"], Is.EqualTo("set"));
            Assert.That((string?)read["from"], Is.EqualTo("+12345678987"));
            Assert.That(((bool?)changed["active"], (string?)changed["from"], (string?)changed["secrets"]!["authToken"]), Is.EqualTo((false, "+919191919191", "set")), changed.Text);
            Assert.That((stale.Status, deleted.Status, (await _api.GetAsync(Connectors + "/crud")).Status), Is.EqualTo((412, 204, 404)));
            foreach (ApiAnswer answer in (ApiAnswer[])[made, read, changed, listed, audit])
            {
                Assert.That(answer.Text, Does.Not.Contain(GatewayRules.TwilioToken));
            }
        }
    }

    [Test]
    public async Task A_password_in_an_address_is_kept_as_one()
    {
        ApiAnswer made = await _api.PostAsync(Connectors, Acme("in-address", "https://sms.acme.example"));
        ApiAnswer again = await _api.PatchAsync(Connectors + "/in-address", new { uri = (string?)made["uri"] });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)made["uri"], Is.EqualTo("https://sms.acme.example/send?accountno=myaccount&password={uri:password}"));
            Assert.That((string?)again["secrets"]!["uri:password"], Is.EqualTo("set"), again.Text);
            Assert.That(made.Text + again.Text, Does.Not.Contain("pass123"));
        }
    }

    [Test]
    public async Task Faults_name_their_fields()
    {
        ApiAnswer answer = await _api.PostAsync(Connectors, new { name = "wrong", provider = "twilio", accountSid = "x", uri = "https://x" });

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer["errors"]!.AsObject().Select(error => error.Key), Is.SupersetOf(new[] { "accountSid", "authToken", "from", "uri" }));
    }

    [Test]
    public async Task A_test_says_what_the_gateway_answered_with_stand_ins_and_saved_secrets()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Twilio);
        await _api.PostAsync(Connectors, Twilio("tried", "https://127.0.0.1:1"));

        ApiAnswer sent = await _api.PostAsync(
            Connectors + "/tried/test", new { phone = "+60123456789", message = "A test", connector = new { serverAddress = gateway.Url + "/2010-04-01/Accounts" } });
        ApiAnswer refused = await _api.PostAsync(
            Connectors + "/tried/test",
            new { phone = "+60123456789", message = "A test", connector = new { serverAddress = gateway.Url + "/2010-04-01/Accounts", authToken = "another-token" } });
        ApiAnswer faults = await _api.PostAsync(Connectors + "/tried/test", new { phone = "0123", message = "", connector = new { serverAddress = "x" } });
        ApiAnswer saved = await _api.GetAsync(Connectors + "/tried");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((string?)sent["result"], (int?)sent["status"], (string?)sent["providerId"]), Is.EqualTo(("sent", 201, "SM00000000000000000000000000000001")), sent.Text);
            Assert.That(((string?)refused["result"], (string?)refused["error"]), Is.EqualTo(("refused", "HTTP 401: 20003 Authenticate")));
            Assert.That(sent.Text + refused.Text, Does.Not.Contain(GatewayRules.TwilioToken).And.Not.Contain("another-token").And.Not.Contain("60123456789"));
            Assert.That(faults["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(new[] { "serverAddress", "phone", "message" }));
            Assert.That((string?)saved["serverAddress"], Is.EqualTo("https://127.0.0.1:1/2010-04-01/Accounts"), "a test saves nothing");
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_message_is_sent_and_found_in_the_log_by_its_number(CancellationToken cancellationToken)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        await _api.PostAsync(Connectors, Acme("for-messages", gateway.Url));
        await _api.PostAsync(Templates, new { name = "welcome", text = "Welcome {username}, your password is {password}" });

        ApiAnswer queued = await _api.PostAsync(
            Messages,
            new { phone = "+60 12-345 6780", template = "Welcome", variables = new { username = "otto", password = "hush-hush" }, connector = "for-messages", fallbacks = Array.Empty<string>() },
            ("Idempotency-Key", "welcome-1"));
        ApiAnswer again = await _api.PostAsync(
            Messages,
            new { phone = "+60 12-345 6780", template = "Welcome", variables = new { username = "otto", password = "hush-hush" }, connector = "for-messages", fallbacks = Array.Empty<string>() },
            ("Idempotency-Key", "welcome-1"));
        JsonNode entry = await RunningServer.UntilAsync(
            async () => (await ListAsync("?phone=%2B60123456780&state=sent&connector=for-messages")).FirstOrDefault()!,
            found => found is not null,
            cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((queued.Status, (string?)queued["messages"]![0]!["id"], (int?)queued["segments"]), Is.EqualTo((202, (string?)entry["id"], 1)), queued.Text);
            Assert.That(again.Text, Is.EqualTo(queued.Text));
            Assert.That((string?)entry["phone"], Is.EqualTo("+6012****780"));
            Assert.That(gateway.Requests.Single().Variables["msg"], Is.EqualTo("Welcome otto, your password is hush-hush"));
            Assert.That(entry.ToJsonString(), Does.Not.Contain("hush"));
            Assert.That((await _api.GetAsync(queued.Location!)).Status, Is.EqualTo(200));
            Assert.That((await _api.GetAsync(Messages + "?phone=%2B60123456781"))["items"]!.AsArray(), Is.Empty);
            Assert.That((await _api.GetAsync(Messages + "?phone=12")).Detail, Does.StartWith("phone has no country calling code"));
            Assert.That((await _api.GetAsync(Messages + "?state=lost")).Status, Is.EqualTo(400));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Accounts_get_a_message_all_of_them_or_none(CancellationToken cancellationToken)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        await _api.PostAsync(Connectors, Acme("for-accounts", gateway.Url));
        await _server.CreateUserAsync(new() { Username = "petra", Password = "x-y-z-1", Profile = "gold", Phone = "+4915112345678", Expiry = "2031-05-06" });
        await _api.PostAsync(Templates, new { name = "until", text = "{username}: {profile} until {expiry}" });

        ApiAnswer refused = await _api.PostAsync(Messages, new { accounts = new[] { "petra", "alice", "nobody" }, text = "Hello", connector = "for-accounts" });
        ApiAnswer queued = await _api.PostAsync(Messages, new { accounts = new[] { "petra", "OTTO", "petra" }, text = "Hello", connector = "for-accounts" });
        ApiAnswer filled = await _api.PostAsync(Messages, new { accounts = new[] { "petra" }, template = "until", connector = "for-accounts" });
        ApiAnswer missing = await _api.PostAsync(Messages, new { accounts = new[] { "petra", "otto" }, template = "until", connector = "for-accounts" });
        await RunningServer.UntilAsync(() => ListAsync("?state=sent&connector=for-accounts"), sent => sent.Count == 3, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Detail, Does.Contain("accounts has 'alice', whose phone is empty").And.Contain("accounts has 'nobody', which is no account of yours."));
            Assert.That(queued["messages"]!.AsArray().Select(message => (string?)message!["account"]), Is.EqualTo(new[] { "petra", "otto" }), queued.Text);
            Assert.That(filled.Status, Is.EqualTo(202), filled.Text);
            Assert.That(missing.Detail, Is.EqualTo("variables has no expiry, which the template asks for, and the account 'otto' has none."));
            Assert.That(
                gateway.Requests.Select(request => request.Variables["mobileno"] + " " + request.Variables["msg"]),
                Is.EquivalentTo(new[] { "+4915112345678 Hello", "+60123456789 Hello", "+4915112345678 petra: gold until 2031-05-06" }));
        }
    }

    [Test]
    public async Task The_demos_connector_needs_no_gateway()
    {
        ApiAnswer answer = await _api.PostAsync(Connectors + "/demo/test", new { phone = "+60123456789", message = "A test" });

        Assert.That((string?)answer["result"], Is.EqualTo("sent"), answer.Text);
    }

    [Test]
    public async Task The_demos_connector_posts_to_where_it_is_told()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        await using RunningServer server = await RunningServer.StartAsync("--Kiwire:Demo:SmsUrl=" + gateway.Url + "/sms", Patience);
        using ApiClient api = await ApiClient.LogInAsync(server);

        ApiAnswer answer = await api.PostAsync(Connectors + "/demo/test", new { phone = "+60123456789", message = "A & test" });

        Assert.That((string?)answer["result"], Is.EqualTo("sent"), answer.Text);
        GatewayRequest request = gateway.Requests.Single();
        Assert.That((request.Path, request.Variables["phone"], request.Variables["message"]), Is.EqualTo(("/sms", "+60123456789", "A & test")));
    }

    [Test]
    public async Task A_message_that_cannot_be_sent_is_refused_with_each_reason()
    {
        ApiAnswer answer = await _api.PostAsync(Messages, new { phone = "123", text = "", connector = "nowhere", fallbacks = new[] { "nowhere 2" }, lifetimeSeconds = 1 });
        ApiAnswer both = await _api.PostAsync(Messages, new { phone = "+60123456789", text = "x", template = "y", connector = "nowhere" });

        Assert.That(answer["errors"]!.AsObject().Select(error => error.Key), Is.EquivalentTo(new[] { "phone", "text", "connector", "fallbacks", "lifetimeSeconds" }), answer.Text);
        Assert.That(both.Detail, Does.Contain("text is given, and template too"));
    }

    [Test]
    public async Task Templates_are_kept_and_previewed_with_their_length()
    {
        ApiAnswer made = await _api.PostAsync(Templates, new { name = "code", text = "{tenant}: {code}" });
        ApiAnswer changed = await _api.PatchAsync(Templates + "/code", new { text = "{code} 码" }, made.ETag);
        ApiAnswer unknown = await _api.PatchAsync(Templates + "/code", new { text = "{cod}" });
        ApiAnswer preview = await _api.PostAsync(Templates + "/preview", new { text = "{code} 码", variables = new { code = new string('1', 70) } });
        ApiAnswer missing = await _api.PostAsync(Templates + "/preview", new { text = "{code}" });
        ApiAnswer deleted = await _api.DeleteAsync(Templates + "/code");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((made.Status, changed.Status, unknown.Status, deleted.Status), Is.EqualTo((201, 200, 400, 204)));
            Assert.That(changed["variables"]!.ToJsonString(), Is.EqualTo("""["code"]"""));
            Assert.That(unknown.Detail, Does.StartWith("text has '{cod}', which is no variable"));
            Assert.That(((string?)preview["alphabet"], (int?)preview["units"], (int?)preview["segments"]), Is.EqualTo(("ucs2", 72, 2)));
            Assert.That(missing.Detail, Does.StartWith("variables has no code"));
        }
    }

    [Test]
    public async Task A_connectors_picture_is_kept()
    {
        await _api.PostAsync(Connectors, Acme("pictured", "https://sms.acme.example"));
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

        ApiAnswer set = await SendPictureAsync(png);
        ApiAnswer wrong = await SendPictureAsync([.. "<svg/>"u8]);
        ApiAnswer got = await _api.GetAsync(Connectors + "/pictured/logo");
        ApiAnswer deleted = await _api.DeleteAsync(Connectors + "/pictured/logo");
        ApiAnswer none = await _api.GetAsync(Connectors + "/pictured/logo");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((set.Status, wrong.Status, got.Status, deleted.Status, none.Status), Is.EqualTo((204, 400, 200, 204, 404)), wrong.Text);
            Assert.That((got.ContentType, got.Header("X-Content-Type-Options")), Is.EqualTo(("image/png", "nosniff")));
        }
    }

    [Test]
    public async Task Presets_are_listed_with_their_fields()
    {
        ApiAnswer answer = await _api.GetAsync("/api/v1/sms/presets");

        JsonNode signalWire = answer["items"]!.AsArray().Single(preset => (string?)preset!["name"] == "signalwire")!;
        Assert.That(signalWire["fields"]!.AsArray().Select(field => (string?)field!["name"]), Is.EqualTo(new[] { "space", "projectId", "token", "from" }));
    }

    [Test]
    public async Task Nobody_gets_in_without_a_token()
    {
        using ApiClient stranger = new(_server);

        foreach (string path in (string[])[Connectors, Templates, Messages, "/api/v1/sms/presets"])
        {
            Assert.That((await stranger.GetAsync(path)).Status, Is.EqualTo(401), path);
        }
    }

    private async Task<JsonArray> ListAsync(string query)
    {
        ApiAnswer answer = await _api.GetAsync(Messages + query);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
        return answer["items"]!.AsArray();
    }

    private async Task<ApiAnswer> SendPictureAsync(byte[] octets)
    {
        using ByteArrayContent content = new(octets);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return await _api.SendAsync(HttpMethod.Put, Connectors + "/pictured/logo", content);
    }

    private static object Twilio(string name, string url) => new
    {
        name, provider = "twilio", serverAddress = url + "/2010-04-01/Accounts", accountSid = GatewayRules.TwilioSid, authToken = GatewayRules.TwilioToken, from = "0012345678987",
    };

    private static object Acme(string name, string url) => new
    {
        name, provider = "generic", method = "GET", uri = url + "/send?accountno=myaccount&password=pass123", phoneVariable = "mobileno", messageVariable = "msg",
    };
}
