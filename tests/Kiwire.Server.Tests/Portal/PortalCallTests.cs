using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Portal;

/// <summary>The portal's calls in JSON, for an operator's own page.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class PortalCallTests
{
    private const string Codes = "/portal/default/codes";
    private const string Verify = "/portal/default/verify";

    private PortalServer _portal = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _portal = await PortalServer.StartAsync("everyLogin");

    [OneTimeTearDown]
    public async Task StopAsync() => await _portal.DisposeAsync();

    [Test]
    [CancelAfter(300_000)]
    public async Task A_guest_asks_for_a_code_and_gets_in_with_it_once(CancellationToken cancellationToken)
    {
        (int status, JsonNode sent) = await CallAsync(Codes, new JsonObject { ["phone"] = "+60 12-345 6801", ["mac"] = "aa:bb:cc:dd:ee:01", ["ip"] = "10.0.0.5", ["nas-id"] = "demo-nas" });
        (int again, _) = await CallAsync(Codes, new JsonObject { ["phone"] = "+60123456801" });
        string code = await _portal.MessageAsync("+60123456801", cancellationToken);
        (int wrong, JsonNode refused) = await CallAsync(Verify, new JsonObject { ["phone"] = "+60123456801", ["code"] = "0" + code });
        (int right, JsonNode entry) = await CallAsync(Verify, new JsonObject { ["phone"] = "+60123456801", ["code"] = code });
        (int twice, JsonNode gone) = await CallAsync(Verify, new JsonObject { ["phone"] = "+60123456801", ["code"] = code });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status, again, (string?)sent["recipient"]), Is.EqualTo((202, 202, "+6012****801")));
            Assert.That((int?)sent["resendAfterSeconds"], Is.InRange(1, 3600));
            Assert.That((int?)sent["expiresAfterSeconds"], Is.InRange(1, 300));
            Assert.That((wrong, (string?)refused["detail"]), Is.EqualTo((400, "code is wrong; it may be tried 4 more times.")));
            Assert.That((right, (string?)entry["username"], entry["online"]), Is.EqualTo((200, "+60123456801", (JsonNode?)null)));
            Assert.That((twice, (string?)gone["detail"]), Is.EqualTo((400, "code cannot be used any more; ask for another one.")));
        }

        using TestNas nas = new(_portal.Server);
        Assert.That(nas.Login((string)entry["username"]!, (string)entry["password"]!).IsAccept, Is.True);
        Assert.That(nas.Login((string)entry["username"]!, (string)entry["password"]!).IsAccept, Is.False, "it is good for one login");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task What_a_hotspot_makes_of_it_by_CHAP_is_let_in_too(CancellationToken cancellationToken)
    {
        await CallAsync(Codes, new JsonObject { ["phone"] = "+60123456805" });
        string code = await _portal.MessageAsync("+60123456805", cancellationToken);
        (_, JsonNode entry) = await CallAsync(Verify, new JsonObject { ["phone"] = "+60123456805", ["code"] = code });
        byte[] challenge = [.. Enumerable.Range(1, 16).Select(octet => (byte)octet)];
        byte[] chap = new byte[ChapPassword.Length];
        ChapPassword.Compute(0xF9, Encoding.UTF8.GetBytes((string)entry["password"]!), challenge, chap);

        using TestNas nas = new(_portal.Server);
        Answer answer = nas.Authenticate(writer =>
        {
            writer.Append(1, Encoding.UTF8.GetBytes((string)entry["username"]!));
            writer.Append(3, chap);
            writer.Append(60, challenge);
        });
        Assert.That(answer.IsAccept, Is.True, answer.Text);
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_password_that_was_sent_once_is_what_the_guest_types_and_logs_in_with(CancellationToken cancellationToken)
    {
        await using PortalServer portal = await PortalServer.StartAsync("passwordOnce");
        PortalPage page = await portal.AskAsync(await portal.GetAsync("/portal/default"), "+60123456806");
        string password = await portal.MessageAsync("+60123456806", cancellationToken);
        PortalPage shown = await portal.TypeCodeAsync(page, password);

        Assert.That(shown.Words, Does.Contain("+60123456806").And.Contain(password));
        using TestNas nas = new(portal.Server);
        Assert.That(nas.Login("+60123456806", password).IsAccept, Is.True);
        Assert.That(nas.Login("+60123456806", password).IsAccept, Is.True, "it is good until the account expires");
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task A_device_whose_NAS_is_known_is_let_in_by_online(CancellationToken cancellationToken)
    {
        JsonObject place = new() { ["phone"] = "+60123456802", ["mac"] = "aa:bb:cc:dd:ee:02", ["ip"] = "10.0.0.6", ["nas-id"] = "LOBBY-AP" };
        await CallAsync(Codes, place);
        place["code"] = await _portal.MessageAsync("+60123456802", cancellationToken);
        (int status, JsonNode entry) = await CallAsync(Verify, place);

        Assert.That(status, Is.EqualTo(200), entry.ToJsonString());
        Assert.That((string?)entry["online"]!["result"], Is.EqualTo("granted"));
        using TestNas nas = new(_portal.Server, "127.0.0.2");
        Assert.That(nas.Login("aa-bb-cc-dd-ee-02", "whatever", "aa-bb-cc-dd-ee-02").IsAccept, Is.True, "the device is let in, whatever its NAS sends");
    }

    [TestCase("""{ "phone": "", "mac": "x", "ip": "y", "nas-id": "z" }""", "phone", "mac", "ip", "nas-id")]
    [TestCase("""{ "phone": "0123456789" }""", "phone")]
    [TestCase("""{ "phone": "+60123456789", "nas_id": "demo-nas" }""", "nas_id")]
    [TestCase("""{ "phone": 60123456789 }""", "phone")]
    [TestCase("""{ "phone": "+60123456789", "phone": "+60123456780" }""", "phone")]
    public async Task What_is_wrong_is_said_field_by_field_and_nothing_is_sent(string json, params string[] fields)
    {
        int before = _portal.Messages;
        (int status, JsonNode answer) = await CallAsync(Codes, json);

        Assert.That(status, Is.EqualTo(400), answer.ToJsonString());
        Assert.That(answer["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(fields));
        Assert.That(_portal.Messages, Is.EqualTo(before));
    }

    [Test]
    public async Task A_code_is_wanted_and_no_cloud_but_ones_own_answers()
    {
        (int missing, JsonNode noCode) = await CallAsync(Verify, new JsonObject { ["phone"] = "+60123456803" });
        (int nowhere, JsonNode noPortal) = await CallAsync("/portal/nowhere/codes", new JsonObject { ["phone"] = "+60123456803" });
        (int unknown, JsonNode gone) = await CallAsync(Verify, new JsonObject { ["phone"] = "+60123456899", ["code"] = "123456" });

        Assert.That((missing, (string?)noCode["detail"]), Is.EqualTo((400, "code is missing; it must be what the guest typed.")));
        Assert.That((nowhere, (string?)noPortal["detail"]), Is.EqualTo((404, "There is no portal 'nowhere'.")));
        Assert.That((unknown, (string?)gone["detail"]), Is.EqualTo((400, "code cannot be used any more; ask for another one.")));
    }

    [Test]
    public async Task Where_no_codes_are_sent_the_reason_is_in_the_guests_language()
    {
        await _portal.SetPolicyAsync(new { enabled = false });
        (int status, JsonNode answer) = await CallAsync(Codes, new JsonObject { ["phone"] = "+60123456804", ["language"] = "zh" });
        await _portal.SetPolicyAsync(new { enabled = true });

        Assert.That((status, (string?)answer["type"], (string?)answer["detail"]), Is.EqualTo((403, "urn:kiwire:problem:code-off", "此处不发送验证码。请咨询工作人员。")));
    }

    [Test]
    [CancelAfter(300_000)]
    public async Task Ten_thousand_requests_from_one_address_are_refused_cheaply(CancellationToken cancellationToken)
    {
        await using PortalServer portal = await PortalServer.StartAsync("registration", null, "--Kiwire:Http:PortalRequestsPerMinute=20");
        int accepted = 0;
        int refused = 0;
        await Parallel.ForAsync(0, 10_000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (i, cancelled) =>
        {
            using HttpResponseMessage response = await portal.Guests.PostAsJsonAsync(new Uri(Codes, UriKind.Relative), new { phone = $"+6012{i:D7}" }, cancelled);
            _ = response.StatusCode switch
            {
                HttpStatusCode.Accepted => Interlocked.Increment(ref accepted),
                HttpStatusCode.TooManyRequests when response.Headers.RetryAfter?.Delta > TimeSpan.Zero => Interlocked.Increment(ref refused),
                _ => throw new InvalidOperationException(response.ToString()),
            };
        });
        string metrics = (await portal.Operator.GetAsync("/metrics")).Text;
        PortalPage page = await portal.GetAsync("/portal/default");
        PortalPage form;
        do
        {
            // One more may be let through by now: every three seconds there is.
            form = await portal.PostAsync(Codes, [new("visit", page.Visit), new("phone", "+60123456789")], "ms");
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (form.Status == 303);

        Assert.That(accepted + refused, Is.EqualTo(10_000));
        Assert.That(metrics, Does.Match($"kiwire_portal_codes\\S*outcome=\"sent\"\\S* {accepted}\n").And.Match($"kiwire_http_refused\\S*rate=\"portal\"\\S* {refused}\n"));
        Assert.That(accepted, Is.InRange(20, 1000), "20 at once, and 20 more with each minute that it may take");
        Assert.That((form.Status, form.Words.Contains("Terlalu banyak permintaan daripada rangkaian ini.", StringComparison.Ordinal)), Is.EqualTo((429, true)));
    }

    [Test]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        using StringContent content = new("{ \"phone\": \"" + new string('1', 20_000) + "\" }", Encoding.UTF8, "application/json");
        using HttpResponseMessage json = await _portal.Guests.PostAsync(new Uri(Codes, UriKind.Relative), content);
        PortalPage form = await _portal.PostAsync(Codes, [new("visit", new string('x', 20_000))]);

        Assert.That(((int)json.StatusCode, form.Status), Is.EqualTo((413, 400)));
    }

    private Task<(int Status, JsonNode Answer)> CallAsync(string path, JsonNode body) => CallAsync(path, body.ToJsonString());

    private async Task<(int Status, JsonNode Answer)> CallAsync(string path, string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _portal.Guests.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
