using System.Net;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Portal;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Portal;

/// <summary><c>/portal/{cloud_id}</c>, as a browser without scripts has it. A real browser is in Kiwire.Peers.Tests.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class PortalPageTests
{
    private const string Portal = "/portal/default";
    private const string Coova = Portal + "?res=notyet&uamip=127.0.0.1&uamport=3990&challenge=0af969874aa833e6989006f0b2f41793&mac=08-00-27-3E-84-A7&ip=10.1.0.2&nasid=chilli&userurl=http%3a%2f%2fiol.co.za%2f";

    private PortalServer _portal = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _portal = await PortalServer.StartAsync();
        await _portal.MakeAsync("/api/v1/nas", new { identity = "chilli", address = "127.0.0.3", secret = "testing123", type = "coova", uamSecret = "greatsecret" });
        Assert.That((await _portal.Operator.PatchAsync("/api/v1/portal", new { loginHosts = new[] { "127.0.0.1" } })).Status, Is.EqualTo(200));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _portal.DisposeAsync();

    [Test]
    [CancelAfter(300_000)]
    public async Task From_the_number_to_the_NAS(CancellationToken cancellationToken)
    {
        PortalPage page = await _portal.GetAsync(Coova);
        PortalPage code = await _portal.AskAsync(page, "+60 12-345 6701");
        string typed = await _portal.MessageAsync("+60123456701", cancellationToken);
        PortalPage handOver = await _portal.TypeCodeAsync(code, typed);

        string action = WebUtility.HtmlDecode(handOver.Text.Split("class=\"button\" href=\"")[1].Split('"')[0]);
        Assert.That(HotspotChap.TryUam("0af969874aa833e6989006f0b2f41793", typed, "greatsecret"u8, out string? response), Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code.Words, Does.Contain("A code is on its way to +6012****701, by SMS."));
            Assert.That(code.Text + handOver.Text, Does.Not.Contain("60123456701\"").And.Not.Contain($">{typed}<"));
            Assert.That(handOver.Status, Is.EqualTo(200), handOver.Words);
            Assert.That(action, Does.StartWith($"http://127.0.0.1:3990/logon?username=%2B60123456701&response={response}&userurl=http%3A%2F%2F127.0.0.1%3A"));
            Assert.That(handOver.Text, Does.Contain("<meta http-equiv=\"refresh\" content=\"0; url=http://127.0.0.1:3990/logon?"));
            Assert.That(handOver.ContentPolicy, Does.EndWith("form-action 'self' http://127.0.0.1:3990"));
        }

        using TestNas nas = new(_portal.Server);
        Assert.That(nas.Login("+60123456701", typed).IsAccept, Is.True, "the code has become the password");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Without_a_NAS_name_and_password_are_shown_and_let_in(CancellationToken cancellationToken)
    {
        PortalPage code = await _portal.AskAsync(await _portal.GetAsync(Portal), "+60123456702");
        string typed = await _portal.MessageAsync("+60123456702", cancellationToken);
        PortalPage shown = await _portal.TypeCodeAsync(code, typed, "correct horse");

        Assert.That(shown.Words, Does.Contain("+60123456702").And.Contain("correct horse"));
        using TestNas nas = new(_portal.Server);
        Assert.That(nas.Login("+60123456702", "correct horse").IsAccept, Is.True);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_NAS_that_takes_nothing_from_browsers_lets_the_device_in_when_it_asks(CancellationToken cancellationToken)
    {
        PortalPage page = await _portal.GetAsync(Portal + "?nas=lobby-ap&mac=aa:bb:cc:dd:ee:09&ip=10.0.0.9");
        PortalPage code = await _portal.AskAsync(page, "+60123456709");
        PortalPage waiting = await _portal.TypeCodeAsync(code, await _portal.MessageAsync("+60123456709", cancellationToken));

        Assert.That(waiting.Words, Does.StartWith("Almost there Your device is let in within the next minutes."));
        using TestNas nas = new(_portal.Server, "127.0.0.2");
        Assert.That(nas.Login("aa-bb-cc-dd-ee-09", "whatever", "aa-bb-cc-dd-ee-09").IsAccept, Is.True);
    }

    [Test]
    public async Task A_password_of_old_goes_to_the_NAS_unseen()
    {
        PortalPage page = await _portal.GetAsync(Coova);
        PortalPage form = await _portal.GetAsync($"{Portal}?visit={page.Visit}&step=login");
        PortalPage handOver = await _portal.PostAsync(Portal + "/login", [new("visit", form.Visit), new("username", " alice "), new("password", "no matter")]);
        PortalPage empty = await _portal.PostAsync(Portal + "/login", [new("visit", form.Visit), new("username", ""), new("password", "")]);

        Assert.That(form.Words, Does.Contain("Mobile number or user name"));
        Assert.That(handOver.Text, Does.Contain("http://127.0.0.1:3990/logon?username=alice&amp;response="));
        Assert.That(empty.Status, Is.EqualTo(400));
        Assert.That(empty.Words, Does.Contain("Enter your mobile number or user name."));
    }

    [TestCase("", "Enter your mobile number.")]
    [TestCase("+60 12", "This is not a mobile number.")]
    [TestCase("0123456789", "The country code is missing.")]
    [TestCase("+99912345678", "This is not a mobile number.")]
    [TestCase("+60١٢٣٤٥٦٧٨٩", "This is not a mobile number.")]
    [TestCase("call me", "This is not a mobile number.")]
    public async Task A_number_that_is_none_is_refused_at_its_field(string phone, string fault)
    {
        PortalPage page = await _portal.GetAsync(Portal);
        int before = _portal.Messages;
        PortalPage refused = await _portal.PostAsync(Portal + "/codes", [new("visit", page.Visit), new("phone", phone)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(400));
            Assert.That(refused.Words, Does.Contain(fault));
            Assert.That(refused.Text, Does.Contain("aria-describedby=\"phone-error phone-hint\" aria-invalid=\"true\""));
            Assert.That(refused.Text, Does.Contain("<title>Error: "));
            Assert.That(refused.Text, Does.Contain($"value=\"{phone.Replace("+", "&#x2B;", StringComparison.Ordinal)}\""));
            Assert.That(_portal.Messages, Is.EqualTo(before));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_wrong_code_may_be_typed_again_until_it_is_gone(CancellationToken cancellationToken)
    {
        PortalPage code = await _portal.AskAsync(await _portal.GetAsync(Portal), "+60123456703");
        string right = await _portal.MessageAsync("+60123456703", cancellationToken);
        string wrong = right[0] == '1' ? "2" + right[1..] : "1" + right[1..];

        List<string> said = [];
        for (int i = 0; i < 5; i++)
        {
            PortalPage refused = await _portal.TypeCodeAsync(code, wrong);
            said.Add($"{refused.Status} {refused.Words}");
            Assert.That(refused.Text, Does.Contain("aria-describedby=\"code-error code-hint\""));
        }

        PortalPage late = await _portal.TypeCodeAsync(code, right);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said[0], Does.StartWith("400 ").And.Contain("This code is wrong. You can try 4 more times."));
            Assert.That(said[3], Does.Contain("You can try 1 more times."));
            Assert.That(said[4], Does.Contain("This code cannot be used any more. Ask for another one."));
            Assert.That((late.Status, late.Words.Contains("This code cannot be used any more.", StringComparison.Ordinal)), Is.EqualTo((400, true)));
        }
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task The_words_are_the_same_for_a_number_that_has_an_account(CancellationToken cancellationToken)
    {
        // otto is the demo's, with the number +60123456789.
        PortalPage unknown = await _portal.AskAsync(await _portal.GetAsync(Portal), "+60123456704");
        PortalPage known = await _portal.AskAsync(await _portal.GetAsync(Portal), "+60123456789");
        string first = await _portal.MessageAsync("+60123456704", cancellationToken);
        string second = await _portal.MessageAsync("+60123456789", cancellationToken);
        PortalPage wrongUnknown = await _portal.TypeCodeAsync(unknown, "0000" + first);
        PortalPage wrongKnown = await _portal.TypeCodeAsync(known, "0000" + second);

        Assert.That(known.Words.Replace("789", "704", StringComparison.Ordinal), Is.EqualTo(unknown.Words));
        Assert.That((wrongKnown.Status, wrongKnown.Words.Replace("789", "704", StringComparison.Ordinal)), Is.EqualTo((wrongUnknown.Status, wrongUnknown.Words)));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_second_press_sends_nothing_more(CancellationToken cancellationToken)
    {
        PortalPage page = await _portal.GetAsync(Portal);
        PortalPage first = await _portal.AskAsync(page, "+60123456705");
        _ = await _portal.MessageAsync("+60123456705", cancellationToken);
        PortalPage again = await _portal.AskAsync(page, "+60123456705");
        PortalPage resent = await _portal.PostAsync(Portal + "/codes", [new("visit", first.Visit)]);

        Assert.That(again.Words, Is.EqualTo(first.Words));
        Assert.That(resent.Status, Is.EqualTo(303));
        Assert.That(first.Text, Does.Match("data-wait=\"3[0-9]{3}\""));
        Assert.That(_portal.Messages, Is.GreaterThan(0));
        Assert.That((await _portal.Operator.GetAsync("/api/v1/sms/messages?phone=%2B60123456705")).Json["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_login_address_that_is_nobodys_is_refused_and_nothing_goes_on()
    {
        PortalPage refused = await _portal.GetAsync(Portal + "?link-login-only=http%3A%2F%2Fevil.example%2Flogin&mac=08-00-27-3E-84-A7");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Status, Is.EqualTo(400));
            Assert.That(refused.Words, Does.Contain("This page cannot send you to evil.example, which is not known to belong to this network."));
            Assert.That(refused.Words, Does.Contain("If you run this network: the login address has the host evil.example, which is not among loginHosts of /api/v1/portal."));
            Assert.That(refused.Text, Does.Not.Contain("<form").And.Not.Contain("href=\"http"));
            Assert.That(refused.ContentPolicy, Does.EndWith("form-action 'self'"));
        }
    }

    [TestCase("not a visit")]
    [TestCase("")]
    public async Task What_a_guest_makes_up_is_not_carried_on(string visit)
    {
        string[] paths = ["/codes", "/verify", "/login"];
        foreach (string path in paths)
        {
            PortalPage answer = await _portal.PostAsync(
                Portal + path, [new("visit", visit), new("phone", "+60123456706"), new("code", "123456"), new("username", "alice"), new("password", "wonderland"), new("link-login-only", "http://evil.example")]);
            Assert.That((path, answer.Status, answer.Words), Is.EqualTo((path, 400, "Go online This page was open for too long. Please begin again.")));
        }
    }

    [Test]
    public async Task Markup_in_what_is_given_stays_text()
    {
        const string Evil = "\"><script>alert(1)</script>";
        PortalPage page = await _portal.GetAsync($"{Portal}?uamip=127.0.0.1&uamport=3990&challenge=00&mac={Uri.EscapeDataString(Evil)}&lang={Uri.EscapeDataString(Evil)}&userurl={Uri.EscapeDataString("http://x.example/" + Evil)}");
        PortalPage refused = await _portal.PostAsync(Portal + "/codes", [new("visit", page.Visit), new("phone", Evil), new("lang", Evil)]);
        PortalPage success = await _portal.GetAsync($"{Portal}?res=success&uamip=127.0.0.1&uamport=3990&userurl={Uri.EscapeDataString("http://x.example/" + Evil)}");
        PortalPage nowhere = await _portal.GetAsync("/portal/%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");

        foreach (PortalPage one in (PortalPage[])[page, refused, success, nowhere])
        {
            Assert.That(one.Text, Does.Not.Contain("<script>alert").And.Not.Contain("\"><script"));
        }

        Assert.That(refused.Text, Does.Contain("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""));
        Assert.That(success.Words, Does.Contain("Continue to x.example"));
    }

    [Test]
    public async Task Nothing_but_the_pages_own_runs_and_nothing_frames_it()
    {
        PortalPage page = await _portal.GetAsync(Portal);

        Assert.That(page.ContentPolicy, Does.Match(
            "^default-src 'none'; img-src 'self' data:; style-src 'sha256-[A-Za-z0-9+/]{43}='; script-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; frame-ancestors 'none'; form-action 'self'$"));
        Assert.That(page.Text, Does.Not.Contain("style=").And.Not.Contain("onclick").And.Not.Contain("http://").And.Not.Contain("https://"));
    }

    [TestCase("ms-MY,en;q=0.5", "", "ms", "Sambung ke internet")]
    [TestCase("zh-CN", "", "zh-Hans", "连接网络")]
    [TestCase("zh-CN", "?lang=en", "en", "Go online")]
    [TestCase("fr", "", "en", "Go online")]
    public async Task The_page_speaks_the_guests_language(string accepted, string query, string tag, string title)
    {
        PortalPage page = await _portal.GetAsync(Portal + query, accepted);

        Assert.That((page.Language, page.Text.Contains($"<html lang=\"{tag}\"", StringComparison.Ordinal), page.Words.StartsWith(title, StringComparison.Ordinal)), Is.EqualTo((tag, true, true)));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_language_that_was_chosen_stays(CancellationToken cancellationToken)
    {
        PortalPage page = await _portal.GetAsync(Portal + "?lang=ms");
        PortalPage refused = await _portal.PostAsync(Portal + "/codes", [new("visit", page.Visit), new("lang", page.Hidden("lang")), new("phone", "x")]);
        PortalPage sent = await _portal.PostAsync(Portal + "/codes", [new("visit", page.Visit), new("lang", page.Hidden("lang")), new("phone", "+60123456707")]);
        _ = await _portal.MessageAsync("+60123456707", cancellationToken);

        Assert.That(refused.Words, Does.Contain("Ini bukan nombor telefon bimbit."));
        Assert.That((await _portal.GetAsync(sent.Location)).Words, Does.Contain("Masukkan kod anda"));
    }

    [Test]
    public void Every_reason_for_no_code_has_its_words_in_every_language()
    {
        PortalLanguages languages = _portal.Server.Get<PortalLanguages>();
        DateTimeOffset now = DateTimeOffset.UnixEpoch;
        string[] said =
        [
            .. from language in languages.All
               from reason in Enum.GetValues<CodeRefusal>()
               select PortalFaults.Say(language, new CodeAnswer.Refused(reason, "", now.AddSeconds(90)), now),
        ];

        Assert.That(said, Is.Unique);
        Assert.That(said, Has.Length.EqualTo(3 * Enum.GetValues<CodeRefusal>().Length));
        Assert.That(said[0], Does.EndWith("You can try again in 2 minutes."));
    }

    [Test]
    public async Task Refusals_are_said_at_the_field()
    {
        await _portal.SetPolicyAsync(new { prefixes = new[] { new { country = "MY", prefix = "6019" } } });
        PortalPage page = await _portal.GetAsync(Portal);
        PortalPage refused = await _portal.PostAsync(Portal + "/codes", [new("visit", page.Visit), new("phone", "+60123456708")]);
        await _portal.SetPolicyAsync(new { prefixes = Array.Empty<object>() });

        Assert.That(refused.Status, Is.EqualTo(403));
        Assert.That(refused.Words, Does.Contain("Codes are not sent to numbers like this one here."));
        Assert.That(refused.Text, Does.Contain("id=\"phone-error\" role=\"alert\""));
    }

    [Test]
    public async Task A_portal_that_is_not_there_or_not_switched_on_says_so()
    {
        PortalPage nowhere = await _portal.GetAsync("/portal/nowhere");
        await _portal.SetPolicyAsync(new { enabled = false });
        PortalPage off = await _portal.GetAsync(Portal);
        PortalPage passwords = await _portal.GetAsync(Coova);
        await _portal.SetPolicyAsync(new { enabled = true });

        Assert.That((nowhere.Status, nowhere.Words), Is.EqualTo((404, "Go online There is no such page. Connect to the Wi-Fi again to be brought to the right one.")));
        Assert.That(off.Words, Does.Contain("Codes are not sent here. Please ask the staff."));
        Assert.That(passwords.Words, Does.Contain("Password").And.Not.Contain("SMS"));
    }

    [Test]
    public async Task The_NAS_may_post_what_it_gives()
    {
        PortalPage page = await _portal.PostAsync(
            Portal, [new("mac", "12:34:56:78:90:AB"), new("link-login-only", "http://127.0.0.1/login"), new("chap-id", @"\371"), new("chap-challenge", @"\357\315"), new("link-orig", "http://example.com/")]);
        PortalPage handOver = await _portal.PostAsync(Portal + "/login", [new("visit", page.Visit), new("username", "alice"), new("password", "wonderland")]);

        Assert.That(handOver.Text, Does.Contain("<form method=\"post\" action=\"http://127.0.0.1/login\" data-submit>"));
        Assert.That(handOver.Hidden("username"), Is.EqualTo("alice"));
        Assert.That(handOver.Hidden("password"), Has.Length.EqualTo(32));
        Assert.That((await _portal.GetAsync(new Uri(handOver.Hidden("dst")).PathAndQuery)).Words, Is.EqualTo("You are online You can close this page. Continue to example.com"));
    }

    [Test]
    public async Task The_operators_page_comes_after_the_log_in()
    {
        await _portal.Operator.PatchAsync("/api/v1/portal", new { landingUrl = "https://www.example.net/welcome" });
        PortalPage page = await _portal.GetAsync(Portal + "?link-login-only=http%3A%2F%2F127.0.0.1%2Flogin");
        PortalPage handOver = await _portal.PostAsync(Portal + "/login", [new("visit", page.Visit), new("username", "alice"), new("password", "wonderland")]);
        await _portal.Operator.PatchAsync("/api/v1/portal", new { landingUrl = "" });

        Assert.That(handOver.Hidden("dst"), Is.EqualTo("https://www.example.net/welcome"));
        Assert.That(handOver.ContentPolicy, Does.EndWith("form-action 'self' http://127.0.0.1 https://www.example.net"));
    }

    [Test]
    public async Task The_connectors_picture_and_the_tenants_name_are_shown()
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        PortalPage without = await _portal.GetAsync(Portal);
        using ByteArrayContent picture = new(png);
        picture.Headers.ContentType = new("image/png");
        Assert.That((await _portal.Operator.SendAsync(HttpMethod.Put, "/api/v1/sms/connectors/gateway/logo", picture)).Status, Is.EqualTo(204));
        PortalPage with = await _portal.GetAsync(Portal);
        using HttpResponseMessage logo = await _portal.Guests.GetAsync(new Uri(Portal + "/logo", UriKind.Relative));
        await _portal.Operator.DeleteAsync("/api/v1/sms/connectors/gateway/logo");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(without.Text, Does.Not.Contain("<img"));
            Assert.That(with.Text, Does.Contain("<img src=\"/portal/default/logo\" alt=\"Logo\">"));
            Assert.That((logo.Content.Headers.ContentType?.MediaType, await logo.Content.ReadAsByteArrayAsync()), Is.EqualTo(("image/png", png)));
            Assert.That((await _portal.GetAsync(Portal)).Text, Does.Not.Contain("<img"));
        }
    }
}
