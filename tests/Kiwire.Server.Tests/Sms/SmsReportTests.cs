using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>Gateways' reports: only a right signature counts.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsReportTests
{
    private const string PublicUrl = "https://radius.example.net/kiwire";
    private const string SigningKey = "signing-key-1";

    [Test]
    public void Twilios_own_example_is_right()
    {
        // twilio.com/docs/usage/security: the request to https://mycompany.com/myapp.php?foo=1&bar=2 under the token 12345.
        Dictionary<string, StringValues> form = new()
        {
            ["CallSid"] = "CA1234567890ABCDE", ["Caller"] = "+14158675309", ["Digits"] = "1234", ["From"] = "+14158675309", ["To"] = "+18005551212",
        };

        Assert.That(SmsReportSignature.IsTwilios("RSOYDt4T1cUTdK1PDd93/VVr8B8=", "12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form), Is.True);
        Assert.That(SmsReportSignature.IsTwilios("RSOYDt4T1cUTdK1PDd93/VVr8B8=", "12346", "https://mycompany.com/myapp.php?foo=1&bar=2", form), Is.False);
        Assert.That(SmsReportSignature.IsTwilios("RSOYDt4T1cUTdK1PDd93/VVr8B8=", "12345", "https://mycompany.com/myapp.php?foo=1&bar=3", form), Is.False);
    }

    [Test]
    public async Task Twilios_reports_set_what_became_of_a_message()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.Twilio);
        await using RunningServer server = await StartAsync();
        using HttpClient http = new();
        (long id, Uri callback) = await SendAsync(server, Twilio(gateway.Url), gateway, request => request.Variables["StatusCallback"]);
        Dictionary<string, string> form = new() { ["MessageSid"] = "SM1", ["MessageStatus"] = "delivered", ["To"] = "+60123456789" };

        HttpStatusCode forged = await ReportAsync(http, server, callback, form, "wrong-token");
        SmsState before = await StateAsync(server, id);
        HttpStatusCode crowded = await ReportAsync(http, server, callback, Enumerable.Range(0, 101).ToDictionary(i => $"f{i}", _ => "x"), "wrong-token");
        HttpStatusCode large = await ReportAsync(http, server, callback, new() { ["MessageStatus"] = new string('x', 20_000) }, "wrong-token");
        HttpStatusCode sent = await ReportAsync(http, server, callback, new() { ["MessageStatus"] = "sent" }, GatewayRules.TwilioToken);
        HttpStatusCode right = await ReportAsync(http, server, callback, form, GatewayRules.TwilioToken);
        HttpStatusCode late = await ReportAsync(http, server, callback, new() { ["MessageStatus"] = "undelivered", ["ErrorCode"] = "30003" }, GatewayRules.TwilioToken);

        Assert.That((crowded, large), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)), "what is wrong gets the same answer, whatever it is");
        Assert.That((forged, sent, right, late), Is.EqualTo((HttpStatusCode.Forbidden, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NoContent)));
        Assert.That((before, await StateAsync(server, id)), Is.EqualTo((SmsState.Sent, SmsState.Delivered)));
    }

    [Test]
    public async Task MessageBirds_reports_set_what_became_of_a_message()
    {
        await using FakeGateway gateway = await FakeGateway.StartAsync(GatewayRules.MessageBird);
        await using RunningServer server = await StartAsync();
        using HttpClient http = new();
        (long id, Uri callback) = await SendAsync(
            server, MessageBird(gateway.Url) with { SigningKey = SigningKey }, gateway, request => request.Json.GetProperty("reportUrl").GetString()!);
        string query = "?id=e8077d80&recipient=60123456789&status=delivery_failed&statusReason=unknown+subscriber";

        HttpStatusCode unsigned = await GetAsync(http, server, callback, query, "");
        HttpStatusCode forged = await GetAsync(http, server, callback, query, Jwt(callback + query, "wrong-key"));
        HttpStatusCode elsewhere = await GetAsync(http, server, callback, query, Jwt(callback + "?status=delivered", SigningKey));
        HttpStatusCode expired = await GetAsync(http, server, callback, query, Jwt(callback + query, SigningKey, age: TimeSpan.FromMinutes(10)));
        HttpStatusCode unhashed = await GetAsync(http, server, callback, query, Jwt(callback + query, SigningKey, algorithm: "none"));
        SmsState before = await StateAsync(server, id);
        HttpStatusCode right = await GetAsync(http, server, callback, query, Jwt(callback + query, SigningKey));

        Assert.That((HttpStatusCode[])[unsigned, forged, elsewhere, expired, unhashed], Is.All.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((before, right), Is.EqualTo((SmsState.Sent, HttpStatusCode.NoContent)));
        SmsLogEntry entry = (await server.Get<SmsLogStore>().GetAsync(TenantDirectory.DefaultTenantId, id, default))!;
        Assert.That((entry.State, entry.Error), Is.EqualTo((SmsState.Failed, "The gateway reports that it did not arrive: unknown subscriber.")));
    }

    [TestCase("HS256", true)]
    [TestCase("HS384", true)]
    [TestCase("HS512", true)]
    [TestCase("none", false)]
    [TestCase("HS1", false)]
    [TestCase("hs256", false)]
    public void MessageBirds_signature_is_made_by_one_of_the_three_algorithms_that_it_documents(string algorithm, bool isRight)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string token = Jwt(PublicUrl, SigningKey, algorithm: algorithm, now: now);

        Assert.That(SmsReportSignature.IsMessageBirds(token, SigningKey, PublicUrl, default, now), Is.EqualTo(isRight));
        Assert.That(SmsReportSignature.IsMessageBirds(token, "another-key", PublicUrl, default, now), Is.False);
        Assert.That(SmsReportSignature.IsMessageBirds(token, SigningKey, PublicUrl + "?status=delivered", default, now), Is.False);
        Assert.That(SmsReportSignature.IsMessageBirds(token, SigningKey, PublicUrl, "a body that is not hashed"u8, now), Is.False);
        Assert.That(SmsReportSignature.IsMessageBirds(token, SigningKey, PublicUrl, default, now.AddMinutes(2)), Is.False, "it is over");
        Assert.That(SmsReportSignature.IsMessageBirds(token, SigningKey, PublicUrl, default, now.AddMinutes(-2)), Is.False, "it has not begun");
    }

    private static Task<RunningServer> StartAsync() =>
        RunningServer.StartAsync("--Kiwire:Sms:AllowPrivateAddresses=true", "--Kiwire:Sms:RequestSeconds=60", "--Kiwire:Sms:PublicUrl=" + PublicUrl);

    private static async Task<(long Id, Uri Callback)> SendAsync(RunningServer server, SmsConnectorRequest request, FakeGateway gateway, Func<GatewayRequest, string> callbackOf)
    {
        SaveOutcome made = await server.Get<SmsConnectorRegister>().CreateAsync(TenantDirectory.DefaultTenantId, request, default);
        SmsEnqueued queued = await server.Get<SmsOutbox>().EnqueueAsync(
            new SmsOrder
            {
                TenantId = TenantDirectory.DefaultTenantId,
                Phone = Phone(),
                Text = "Your code is 482913",
                Purpose = SmsPurpose.Code,
                Connectors = [((SaveOutcome.Saved)made).Id],
                ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(5),
            },
            default);
        long id = ((SmsEnqueued.Queued)queued).MessageId;
        await RunningServer.UntilAsync(() => StateAsync(server, id), state => state == SmsState.Sent, new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token);
        return (id, new Uri(callbackOf(gateway.Requests.Single())));
    }

    private static async Task<SmsState> StateAsync(RunningServer server, long id) =>
        (await server.Get<SmsLogStore>().GetAsync(TenantDirectory.DefaultTenantId, id, default))!.State;

    /// <summary>As a proxy in front of the server would pass it on: without the public address's own path.</summary>
    private static Uri Inside(RunningServer server, Uri callback, string query = "") =>
        new(server.Http, callback.AbsolutePath["/kiwire".Length..] + query);

    private static async Task<HttpStatusCode> ReportAsync(HttpClient http, RunningServer server, Uri callback, Dictionary<string, string> form, string token)
    {
        string signed = callback.AbsoluteUri + string.Concat(form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key + field.Value));
#pragma warning disable CA5350 // Twilio's.
        string signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
        using HttpRequestMessage request = new(HttpMethod.Post, Inside(server, callback)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", signature);
        using HttpResponseMessage response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient http, RunningServer server, Uri callback, string query, string jwt)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, Inside(server, callback, query));
        request.Headers.TryAddWithoutValidation("MessageBird-Signature-JWT", jwt);
        using HttpResponseMessage response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static string Jwt(string url, string key, TimeSpan age = default, string algorithm = "HS256", DateTimeOffset? now = null)
    {
        long began = ((now ?? DateTimeOffset.UtcNow) - age).ToUnixTimeSeconds();
        string head = WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, typ = "JWT" }));
        string claims = WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(
            new { iss = "MessageBird", nbf = began, exp = began + 60, jti = "1", url_hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url))) }));
        return $"{head}.{claims}.{WebEncoders.Base64UrlEncode(Mac(algorithm, Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes($"{head}.{claims}")))}";
    }

    private static byte[] Mac(string algorithm, byte[] key, byte[] text) => algorithm switch
    {
        "HS384" => HMACSHA384.HashData(key, text),
        "HS512" => HMACSHA512.HashData(key, text),
        _ => HMACSHA256.HashData(key, text),
    };
}
