using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Kiwire.Server.Sms;
using Kiwire.Server.Tests.Listening;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>The way to gateways: what may pass for one, what its answers mean, and what of them is shown.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsHttpTests
{
    [Test]
    public async Task A_name_that_leads_to_a_private_address_is_refused_whatever_it_led_to_before()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        Queue<string> answers = new(["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"]);
        using SmsHttp http = MakeHttp(new SmsOptions(), resolve: (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }));
        SmsConnector connector = Make(Acme("https://gateway.example.net:" + new Uri(gateway.Url).Port));

        for (int i = 0; i < 4; i++)
        {
            SmsAttempt attempt = await http.SendAsync(connector, Dispatch(), default);
            Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Final(SmsHttp.PrivateAddress)));
        }

        Assert.That((answers.Count, gateway.Requests.Count), Is.EqualTo((0, 0)));
    }

    [TestCase("https://127.0.0.1/send")]
    [TestCase("https://[::1]/send")]
    [TestCase("https://169.254.169.254/latest/meta-data")]
    [TestCase("https://2130706433/send", Description = "127.0.0.1 as one number")]
    [TestCase("https://0x7f.1/send")]
    [TestCase("https://[::ffff:192.168.0.1]/send")]
    public async Task A_private_address_is_refused_however_it_is_written(string uri)
    {
        using SmsHttp http = MakeHttp(new SmsOptions());
        SmsConnector connector = Make(Acme("https://sms.example.net"));
        connector = connector with { Settings = connector.Settings with { Generic = connector.Settings.Generic with { Uri = uri } } };

        SmsAttempt attempt = await http.SendAsync(connector, Dispatch(), default);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Final(SmsHttp.PrivateAddress)));
    }

    [Test]
    public async Task Http_without_TLS_is_refused()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        using SmsHttp http = MakeHttp(new SmsOptions());

        SmsAttempt attempt = await http.SendAsync(Make(Acme(gateway.Url)), Dispatch(), default);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Final("The gateway's address must begin with https://.")));
        Assert.That(gateway.Requests, Is.Empty);
    }

    [Test]
    public async Task A_redirect_is_not_followed()
    {
        await using FakeGateway other = await FakeGateway.StartAsync(_ => new GatewayAnswer(200, "OK"));
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(307, "", ("Location", other.Url + "/send")));

        SmsAttempt attempt = await SendAsync(gateway);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Final("HTTP 307: it sends elsewhere, which is not followed.")));
        Assert.That(other.Requests, Is.Empty);
    }

    [TestCase(500, true)]
    [TestCase(502, true)]
    [TestCase(503, true)]
    [TestCase(429, true)]
    [TestCase(408, true)]
    [TestCase(400, false)]
    [TestCase(401, false)]
    [TestCase(404, false)]
    [TestCase(422, false)]
    public async Task Some_refusals_pass_and_others_do_not(int status, bool mayPass)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(status, "no"));

        SmsAttempt attempt = await SendAsync(gateway);

        Assert.That(attempt.Outcome, mayPass ? Is.EqualTo(new SmsOutcome.Retry($"HTTP {status}: no")) : Is.EqualTo(new SmsOutcome.Final($"HTTP {status}: no")));
    }

    [TestCase("7", 7)]
    [TestCase("Thu, 01 Jan 2026 00:00:30 GMT", 30)]
    [TestCase("Wed, 01 Jan 2020 00:00:00 GMT", 0)]
    public async Task Retry_After_is_kept(string retryAfter, int seconds)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(429, "slow down", ("Retry-After", retryAfter)));
        using SmsHttp http = MakeHttp(time: new HandMovedClock());

        SmsAttempt attempt = await http.SendAsync(Make(Acme(gateway.Url)), Dispatch(), default);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Retry("HTTP 429: slow down", TimeSpan.FromSeconds(seconds))));
    }

    [Test]
    public async Task A_gateway_that_does_not_answer_is_given_up_after_its_time()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource never = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FakeGateway gateway = await FakeGateway.StartAsync(async _ =>
        {
            asked.SetResult();
            await never.Task;
            return new GatewayAnswer(200, "too late");
        });
        HandMovedClock clock = new();
        using SmsHttp http = MakeHttp(time: clock);

        Task<SmsAttempt> sending = http.SendAsync(Make(Acme(gateway.Url)), Dispatch(), default);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That((await sending).Outcome, Is.EqualTo(new SmsOutcome.Retry("It did not answer within 60 s.")));
        never.SetResult();
    }

    [Test]
    public async Task A_gateway_that_is_away_may_come_back()
    {
        // The port is kept, and nobody listens at it: one that was given back would be the next server's.
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        using SmsHttp http = MakeHttp();
        SmsAttempt attempt = await http.SendAsync(Make(Acme($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndPoint!).Port}")), Dispatch(), default);

        Assert.That(attempt.Outcome, Is.TypeOf<SmsOutcome.Retry>());
        Assert.That(((SmsOutcome.Retry)attempt.Outcome).Error, Does.StartWith("It cannot be reached: "));
    }

    [Test]
    public async Task An_endless_answer_is_read_to_a_bound()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(400, new string('x', 5_000_000)));

        SmsAttempt attempt = await SendAsync(gateway);

        Assert.That(attempt.Answer, Has.Length.EqualTo(4096));
        Assert.That(((SmsOutcome.Final)attempt.Outcome).Error, Has.Length.LessThan(400));
    }

    [Test]
    public async Task What_a_gateway_repeats_of_secrets_number_and_message_is_blotted_out()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(
            request => new GatewayAnswer(400, $"{new string('.', 270)}no: {request.Query} {Uri.UnescapeDataString(request.Query)} code 482913 {request.Header("Authorization")}"));
        using SmsHttp http = MakeHttp();
        SmsConnector connector = Make(Acme(gateway.Url) with { BasicUser = "bob", BasicPassword = GatewayRules.Password });

        SmsAttempt attempt = await http.SendAsync(connector, Dispatch("Your code is 482913", secrets: "482913"), default);

        string all = attempt.Answer + ((SmsOutcome.Final)attempt.Outcome).Error;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Does.Contain("no: ").And.Contain("6012****789"));
            foreach (string secret in (string[])["482", "pass123", "60123456789", "Your", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("bob:" + GatewayRules.Password))])
            {
                Assert.That(all, Does.Not.Contain(secret));
            }
        }
    }

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(202)]
    public async Task What_has_a_sid_was_made_whatever_the_status_of_success(int status)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(status, """{"sid":"SM1","status":"queued"}"""));
        using SmsHttp http = MakeHttp();

        SmsAttempt attempt = await http.SendAsync(Make(Twilio(gateway.Url)), Dispatch(), default);

        Assert.That(attempt.Outcome, Is.EqualTo(new SmsOutcome.Sent("SM1")));
    }

    [Test]
    public async Task What_a_gateway_repeats_in_hexadecimal_digits_is_blotted_out_too()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(request => new GatewayAnswer(400, $"no: {request.Variables["text"]}"));
        using SmsHttp http = MakeHttp();
        SmsConnector connector = Make(Preset("clickatell", gateway.Url + "/http/sendmsg", ("user", "me"), ("password", GatewayRules.Password), ("apiId", "3001")));

        SmsAttempt attempt = await http.SendAsync(connector, Dispatch("验证码 482913", secrets: "482913"), default);

        Assert.That((attempt.Answer, attempt.Outcome), Is.EqualTo(("no: (message)", new SmsOutcome.Final("HTTP 400: no: (message)"))));
    }

    [TestCase(200, """{"sid":null}""")]
    [TestCase(200, """{"code":21211,"message":"The 'To' number is not valid"}""")]
    [TestCase(201, "not JSON")]
    [TestCase(200, "")]
    public async Task A_success_without_a_message_id_is_none_and_is_not_asked_for_again(int status, string body)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(status, body));
        using SmsHttp http = MakeHttp();

        SmsAttempt attempt = await http.SendAsync(Make(Twilio(gateway.Url)), Dispatch(), default);

        Assert.That(attempt.Outcome, Is.TypeOf<SmsOutcome.Final>());
    }

    [TestCase(200, "ERR 7: overrun", true)]
    [TestCase(400, "ERR 7: overrun", true)]
    [TestCase(200, "ERR 8: no such number", false)]
    [TestCase(200, "sent, not ERR 7", false)]
    public async Task Which_refusals_pass_may_be_a_matter_of_the_answers_text(int status, string answer, bool mayPass)
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(_ => new GatewayAnswer(status, answer, ("Retry-After", "7")));

        using SmsHttp http = MakeHttp();

        SmsAttempt attempt = await http.SendAsync(Make(Acme(gateway.Url) with { Success = new SuccessRule { Begins = "OK", Retry = ["ERR 7"] } }), Dispatch(), default);

        Assert.That(
            attempt.Outcome,
            mayPass ? Is.EqualTo(new SmsOutcome.Retry($"HTTP {status}: {answer}", TimeSpan.FromSeconds(7))) : Is.EqualTo(new SmsOutcome.Final($"HTTP {status}: {answer}")));
    }

    [Test]
    public void A_rule_with_nulls_in_it_asks_for_nothing() =>
        Assert.That(
            JsonSerializer.Deserialize<SuccessRule>("""{"Begins":null,"Contains":null,"Path":null,"Value":null,"IdPath":null,"IdAfter":null,"Retry":null,"RetryPath":null}"""),
            Is.EqualTo(new SuccessRule()));

    private static async Task<SmsAttempt> SendAsync(FakeGateway gateway)
    {
        using SmsHttp http = MakeHttp();
        return await http.SendAsync(Make(Acme(gateway.Url)), Dispatch(), default);
    }
}
