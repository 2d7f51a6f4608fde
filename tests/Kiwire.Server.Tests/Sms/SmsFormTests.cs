using Kiwire.Server.Sms;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>Each provider's wire form against a gateway that takes that and nothing else.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsFormTests
{
    private const string Nasty = "50% & more+ = \"ja\"?\nZeile 2 {phone} 码 \\ ü€";

    [Test]
    public async Task Twilio_takes_a_form_with_its_own_names()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Twilio);

        SmsAttempt attempt = await SendAsync(Twilio(gateway.Url), Nasty);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Sent("SM00000000000000000000000000000001", 2)));
        GatewayRequest request = gateway.Requests.Single();
        Assert.That(request.Variables["Body"], Is.EqualTo(Nasty));
        Assert.That(request.Variables["From"], Is.EqualTo("+12345678987"));
        Assert.That(request.Body, Does.Contain("To=%2B60123456789"));
    }

    [Test]
    public async Task Twilios_messaging_service_stands_for_a_sender()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Twilio);

        SmsAttempt attempt = await SendAsync(Twilio(gateway.Url) with { From = "", MessagingServiceSid = GatewayRules.TwilioServiceSid });

        Assert.That(attempt.Outcome, Is.TypeOf<SmsOutcome.Sent>());
        Assert.That(gateway.Requests.Single().Variables.Keys, Does.Contain("MessagingServiceSid").And.Not.Contain("From"));
    }

    [Test]
    public async Task Twilio_is_told_where_to_report_and_for_how_long_a_message_is_good()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Twilio);
        using SmsHttp http = MakeHttp();

        await http.SendAsync(
            Make(Twilio(gateway.Url)), Dispatch() with { StatusCallback = new Uri("https://radius.example.net/sms/callbacks/twilio/1/2/3"), ValiditySeconds = 100_000 }, default);

        Assert.That(gateway.Requests.Single().Variables["StatusCallback"], Is.EqualTo("https://radius.example.net/sms/callbacks/twilio/1/2/3"));
        Assert.That(gateway.Requests.Single().Variables["ValidityPeriod"], Is.EqualTo("36000"));
    }

    [Test]
    public async Task Twilios_refusals_are_final_and_say_why()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Twilio);

        SmsAttempt attempt = await SendAsync(Twilio(gateway.Url) with { AuthToken = "wrong-token" });

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Final("HTTP 401: 20003 Authenticate")));
        Assert.That(attempt.Status, Is.EqualTo(401));
    }

    [Test]
    public async Task MessageBird_takes_JSON_and_an_access_key()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.MessageBird);

        SmsAttempt attempt = await SendAsync(MessageBird(gateway.Url), Nasty);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Sent("e8077d803532c0b5937c639b60216938")));
        GatewayRequest request = gateway.Requests.Single();
        Assert.That(request.Json.GetProperty("body").GetString(), Is.EqualTo(Nasty));
        Assert.That(request.Json.GetProperty("recipients")[0].GetInt64(), Is.EqualTo(60123456789));
    }

    [Test]
    public async Task MessageBirds_refusals_are_final_and_say_why()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.MessageBird);

        SmsAttempt attempt = await SendAsync(MessageBird(gateway.Url) with { AccessKey = "wrong" });

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Final("HTTP 401: 2 Request not allowed (incorrect access_key)")));
    }

    [Test]
    public async Task MessageBirds_API_of_old_answers_a_code()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.MessageBirdV1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(MessageBirdV1(gateway.Url), Nasty)).Outcome, Is.EqualTo(new SmsOutcome.Sent("")));
            Assert.That((await SendAsync(MessageBirdV1(gateway.Url) with { Password = "an0ther" })).Outcome, Is.EqualTo(new SmsOutcome.Final("97: user name or password is wrong")));
            Assert.That(gateway.Requests[0].Variables["body"], Is.EqualTo(Nasty));
        }
    }

    [TestCase("GET")]
    [TestCase("POST")]
    public async Task Generic_is_what_the_operator_describes(string method)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));

        SmsAttempt attempt = await SendAsync(Acme(gateway.Url, method) with { Headers = [new("X-Api-Version", "2")], PhoneFormat = PhoneFormat.Digits }, Nasty);

        Assert.That(attempt.Outcome, Is.TypeOf<SmsOutcome.Sent>());
        GatewayRequest request = gateway.Requests.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Method, Is.EqualTo(method));
            Assert.That(request.QueryVariables["accountno"], Is.EqualTo("myaccount"));
            Assert.That(request.QueryVariables["password"], Is.EqualTo("pass123"));
            Assert.That(request.Variables["mobileno"], Is.EqualTo("60123456789"));
            Assert.That(request.Variables["msg"], Is.EqualTo(Nasty));
            Assert.That(request.Header("X-Api-Version"), Is.EqualTo("2"));
        }
    }

    [Test]
    public async Task Generic_takes_parameters_headers_secrets_and_basic_authentication_in_JSON()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(202, """{"result":{"items":[{"state":"ok","id":77}]}}"""));

        SmsAttempt attempt = await SendAsync(
            new SmsConnectorRequest
            {
                Name = "json",
                Provider = SmsProvider.Generic,
                Method = "POST",
                Uri = gateway.Url + "/v2/{phone}/messages?x=1",
                Encoding = BodyEncoding.Json,
                Parameters = [new("text", "Hotel: {message}"), new("to[]", "{phone}"), new("to[]", "+60199999999")],
                SecureParameters = [new SecureValue { Name = "token", Value = "{message} s3cret" }],
                SecureHeaders = [new SecureValue { Name = "X-Key", Value = "k3y" }],
                BasicUser = "bob",
                BasicPassword = GatewayRules.Password,
                Success = new SuccessRule { Path = "result.items[0].state", Value = "ok", IdPath = "result.items[0].id" },
            },
            Nasty);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Sent("77")));
        GatewayRequest request = gateway.Requests.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Path, Is.EqualTo("/v2/+60123456789/messages"));
            Assert.That(request.Json.GetProperty("text").GetString(), Is.EqualTo("Hotel: " + Nasty));
            Assert.That(request.Json.GetProperty("to").GetArrayLength(), Is.EqualTo(2));
            Assert.That(request.Json.GetProperty("token").GetString(), Is.EqualTo("{message} s3cret"), "a secret is not a template");
            Assert.That(request.Header("X-Key"), Is.EqualTo("k3y"));
            Assert.That(request.HasBasic("bob", GatewayRules.Password), Is.True);
        }
    }

    [TestCase("done: 1", true)]
    [TestCase("failed: 1", false)]
    public async Task A_success_may_be_a_matter_of_the_answers_text(string answer, bool isSent)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, answer));

        SmsAttempt attempt = await SendAsync(Acme(gateway.Url) with { Success = new SuccessRule { Begins = "done", Contains = ":" } });

        Assert.That(attempt.Outcome, isSent ? Is.TypeOf<SmsOutcome.Sent>() : Is.EqualTo(new SmsOutcome.Final("HTTP 200: failed: 1")));
    }

    [Test]
    public async Task Synchrowebs_key_goes_where_the_operator_puts_it()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));

        SmsAttempt attempt = await SendAsync(new SmsConnectorRequest
        {
            Name = "Synchroweb",
            Provider = SmsProvider.Synchroweb,
            ServerAddress = gateway.Url + "/api/sms",
            ApiKey = "a&b",
            Method = "POST",
            Parameters = [new("key", "{apiKey}"), new("to", "{phone}"), new("message", "{message}")],
        });

        Assert.That(attempt.Outcome, Is.TypeOf<SmsOutcome.Sent>());
        Assert.That(gateway.Requests.Single().Variables["key"], Is.EqualTo("a&b"));
    }

    [Test]
    public async Task Clickatell_is_a_preset_that_goes_by_the_answers_beginning()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Clickatell);
        SmsConnectorRequest request = Preset(
            "clickatell", gateway.Url + "/http/sendmsg", ("user", "me"), ("password", GatewayRules.Password), ("apiId", "3001"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(request, "plain & simple")).Outcome, Is.EqualTo(new SmsOutcome.Sent("205e85d0578314037a96175249fc6a2b")));
            Assert.That((await SendAsync(request, "码1")).Outcome, Is.TypeOf<SmsOutcome.Sent>());
            Assert.That(gateway.Requests[1].Variables["text"], Is.EqualTo("78010031"));
            Assert.That(
                (await SendAsync(request with { Fields = new Dictionary<string, string>(request.Fields!) { ["apiId"] = "4" } })).Outcome,
                Is.EqualTo(new SmsOutcome.Final("HTTP 200: ERR: 108, Invalid or missing API ID")));
        }
    }

    [Test]
    public async Task SignalWire_is_a_preset_with_Twilios_names()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.SignalWire);

        SmsAttempt attempt = await SendAsync(
            Preset(
                "signalwire", gateway.Url + "/api/laml/2010-04-01/Accounts/{projectId}/Messages",
                ("space", "hotel"), ("projectId", GatewayRules.SignalWireProject), ("token", GatewayRules.SignalWireToken), ("from", "+12025550123")),
            Nasty);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Sent("0aa1c4b8-1f6e-4f43-9b1c-6a4f6f2d0c11")));
        Assert.That(gateway.Requests.Single().Variables["Body"], Is.EqualTo(Nasty));
    }

    [Test]
    public async Task Lox24_is_a_preset_that_goes_by_the_first_line()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Lox24);
        SmsConnectorRequest request = Preset("lox24", gateway.Url + "/API/httpsms.php", ("konto", "1"), ("password", "APIV1Key"), ("service", "5"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(request, Nasty)).Outcome, Is.TypeOf<SmsOutcome.Sent>());
            Assert.That(gateway.Requests[0].Query, Does.Contain("to=%2B60123456789"));
            Assert.That(gateway.Requests[0].Variables["encoding"], Is.EqualTo("1"));
            Assert.That(
                (await SendAsync(request with { Fields = new Dictionary<string, string>(request.Fields!) { ["service"] = "6" } })).Outcome,
                Is.EqualTo(new SmsOutcome.Final("HTTP 200: 200 falsche Zugangsdaten")));
        }
    }

    [Test]
    public async Task Vonage_is_a_preset_that_goes_by_a_path_in_the_answer()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Vonage);
        SmsConnectorRequest request = Preset("vonage", gateway.Url + "/sms/json", ("apiKey", GatewayRules.VonageKey), ("apiSecret", GatewayRules.VonageSecret), ("from", "Hotel"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(request)).Outcome, Is.EqualTo(new SmsOutcome.Sent("0A0000000123ABCD1")));
            SmsAttempt refused = await SendAsync(request with { Fields = new Dictionary<string, string>(request.Fields!) { ["apiSecret"] = "wrong" } });
            Assert.That(((SmsOutcome.Final)refused.Outcome).Error, Does.Contain("Bad Credentials"));
        }
    }

    [Test]
    public async Task Vonage_is_told_of_text_outside_of_the_GSM_alphabet()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Vonage);
        SmsConnectorRequest request = Preset(
            "vonage", gateway.Url + "/sms/json", ("apiKey", GatewayRules.VonageKey), ("apiSecret", GatewayRules.VonageSecret), ("from", "Hotel"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(request, Nasty)).Outcome, Is.TypeOf<SmsOutcome.Sent>());
            Assert.That((await SendAsync(request, "plain")).Outcome, Is.TypeOf<SmsOutcome.Sent>());
            Assert.That(gateway.Requests.Select(sent => sent.Variables.GetValueOrDefault("type", "")), Is.EqualTo((string[])["unicode", ""]));
            Assert.That(gateway.Requests[0].Variables["text"], Is.EqualTo(Nasty));
        }
    }

    [Test]
    public async Task Clickatells_platform_says_of_each_message_whether_it_was_accepted()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.ClickatellPlatform);
        SmsConnectorRequest request = Preset("clickatell-platform", gateway.Url + "/messages", ("apiKey", GatewayRules.ClickatellKey), ("from", "27123456789"));
        using SmsHttp http = MakeHttp();
        SmsAttempt notAccepted = await http.SendAsync(Make(request), Dispatch("code", "+60123450000"), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(request, Nasty)).Outcome, Is.EqualTo(new SmsOutcome.Sent("02ca87d5a95446e68b0ac36a0c2057f1")));
            Assert.That(gateway.Requests[^1].Json.GetProperty("content").GetString(), Is.EqualTo(Nasty));
            Assert.That(((SmsOutcome.Final)notAccepted.Outcome).Error, Does.StartWith("HTTP 207: ").And.Contain("Invalid Destination Address."));
            Assert.That(
                ((SmsOutcome.Final)(await SendAsync(request with { Fields = new Dictionary<string, string>(request.Fields!) { ["apiKey"] = "wrong-key" } })).Outcome).Error,
                Does.StartWith("HTTP 401: ").And.Contain("Invalid or missing Integration API Key."));
        }
    }

    [Test]
    public async Task Lox24s_REST_API_takes_JSON_and_a_token_of_client_and_key()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Lox24Rest);
        SmsConnectorRequest request = Preset("lox24-rest", gateway.Url + "/sms", ("token", GatewayRules.LoxToken), ("sender", "Hotel"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SendAsync(request, Nasty)).Outcome, Is.EqualTo(new SmsOutcome.Sent("0a5a4e8a-2d1f-11ee-be56-0242ac120002")));
            Assert.That(gateway.Requests[0].Json.GetProperty("text").GetString(), Is.EqualTo(Nasty));
            Assert.That(gateway.Requests[0].Json.GetProperty("phone").GetString(), Is.EqualTo("+60123456789"));
            Assert.That(
                ((SmsOutcome.Final)(await SendAsync(request with { Fields = new Dictionary<string, string>(request.Fields!) { ["token"] = "1:wrong" } })).Outcome).Error,
                Does.StartWith("HTTP 401: ").And.Contain("Invalid credentials."));
        }
    }

    [Test]
    public void Every_preset_that_comes_with_the_server_can_be_used() =>
        Assert.That(Presets.Presets.Select(preset => preset.Name), Is.EqualTo(new[] { "clickatell", "clickatell-platform", "lox24", "lox24-rest", "signalwire", "vonage" }));

    private static async Task<SmsAttempt> SendAsync(SmsConnectorRequest request, string text = "Your code is 482913")
    {
        using SmsHttp http = MakeHttp();
        return await http.SendAsync(Make(request), Dispatch(text), default);
    }
}
