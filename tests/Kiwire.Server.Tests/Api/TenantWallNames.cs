using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Sms;

namespace Kiwire.Server.Tests.Api;

/// <summary>One thing of every kind that a tenant can have, made through /api/v1 and over RADIUS, and what each is called.</summary>
internal sealed partial class TenantWallNames
{
    private readonly Dictionary<string, string> _names = [];

    private TenantWallNames()
    {
    }

    public string this[string kind] => _names[kind];

    /// <summary>The name that a route's parameter asks for.</summary>
    public string Of(string route, string parameter)
    {
        string path = route[(route.IndexOf("/v1/", StringComparison.Ordinal) + 4)..];
        string collection = path[..path.IndexOf("/{", StringComparison.Ordinal)];
        string kind = parameter is "username" ? "administrators" : parameter is "reason" ? "reply-texts" : collection;
        return _names.TryGetValue(kind, out string? name) ? name : throw new InvalidOperationException($"There is no {kind} to ask {route} for: make one here.");
    }

    /// <summary>A text with names in braces.</summary>
    public string Expand(string text) => Hole().Replace(text, hole => _names[hole.Groups[1].Value]);

    public static async Task<TenantWallNames> CreateAsync(RunningServer server, ApiClient owner, string prefix, string mark)
    {
        TenantWallNames names = new();
        async Task MakeAsync(string kind, object body, string name)
        {
            ApiAnswer answer = await owner.PostAsync("/api/v1/" + kind, body);
            Assert.That(answer.Status, Is.EqualTo(201), $"{kind}: {answer}");
            names._names[kind] = name;
        }

        await MakeAsync("zones", new { name = prefix + "-zone", members = new[] { new { kind = "ssid", value = mark + "-ssid" } } }, prefix + "-zone");
        await MakeAsync("profiles", new { name = prefix + "-plan", type = "Free", price = 777.77m }, prefix + "-plan");
        await MakeAsync("nas", new { identity = prefix + "-nas", address = "127.0.0.9", secret = mark + "-secret", type = "generic", description = mark }, prefix + "-nas");
        await MakeAsync("devices", new { identity = prefix + "-device", address = "192.0.2.99", description = mark }, prefix + "-device");
        Assert.That((await owner.SendAsync(HttpMethod.Put, "/api/v1/device-webhook", new { url = $"https://{mark}.invalid/events" })).Status, Is.EqualTo(200));
        await MakeAsync("accounts", new { username = prefix + "-user", password = "secret-77", profile = prefix + "-plan", remark = mark, fullName = mark }, prefix + "-user");
        Assert.That((await owner.PostAsync($"/api/v1/accounts/{prefix}-user/authenticator", new { })).Status, Is.EqualTo(201));
        await MakeAsync("administrators", new { username = prefix + "-admin", role = "operator", fullName = mark, email = mark + "@example.com" }, prefix + "-admin");
        await MakeAsync("keys", new { name = prefix + "-key", scopes = new[] { "audit:read" } }, prefix + "-key");
        ApiAnswer order = await owner.PostAsync("/api/v1/vouchers", new { prefix = "ALPHA_", quantity = 1, profile = prefix + "-plan", remark = mark });
        names._names["vouchers"] = (string)order["codes"]![0]!;
        Assert.That((await owner.SendAsync(HttpMethod.Put, "/api/v1/reply-texts/wrong_password", new { text = mark + " text" })).Status, Is.EqualTo(200));
        Assert.That((await owner.PatchAsync("/api/v1/tenant", new { name = mark + " hotels" })).Status, Is.EqualTo(200));
        await MakeAsync("sms/connectors", new { name = prefix + "-connector", provider = "generic", method = "GET", uri = $"https://{mark}.invalid/send", phoneVariable = "to", messageVariable = "text" }, prefix + "-connector");
        await MakeAsync("sms/templates", new { name = prefix + "-template", text = mark }, prefix + "-template");
        using ByteArrayContent picture = new([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, .. Encoding.ASCII.GetBytes(mark)]);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        Assert.That((await owner.SendAsync(HttpMethod.Put, $"/api/v1/sms/connectors/{prefix}-connector/logo", picture)).Status, Is.EqualTo(204));
        ApiAnswer message = await owner.PostAsync("/api/v1/sms/messages", new { phone = "+60123456780", text = mark, connector = "demo" });
        Assert.That(message.Status, Is.EqualTo(202), message.ToString());

        ApiAnswer allowed = await owner.PostAsync("/api/v1/sms/guard/allowed", new { number = "+60123456780", remark = mark });
        names._names["sms/guard/allowed"] = (string)allowed["id"]!;
        names._names["sms/campaigns"] = (string)(await owner.PostAsync("/api/v1/sms/campaigns", new { name = mark, text = mark, connector = prefix + "-connector" }))["id"]!;
        names._names["sms/opt-outs"] = (string)(await owner.PostAsync("/api/v1/sms/opt-outs", new { number = "+60123456780", remark = mark }))["id"]!;
        names._names["sms/guard/stops"] = await MakeStopAsync(server, mark);

        // Once it is sent, nothing of it changes any more.
        names._names["sms/messages"] = await FirstIdAsync(owner, "/api/v1/sms/messages?state=sent", "id");
        names._names["reply-texts"] = "wrong_password";
        names._names["nas-types"] = "generic";
        names._names["mibs"] = "if-mib";
        names._names["tenants"] = "default";

        // A login, a session, and a device that was refused.
        const string device = "02-5E-00-00-00-77";
        using TestNas nas = new(server, "127.0.0.9", mark + "-secret");
        Answer login = nas.Login(prefix + "-user", "secret-77", device);
        Assert.That(login.IsAccept, Is.True);
        nas.Account(1, mark + "-session", prefix + "-user", device, 0, login.Octets(25)!);
        nas.Login(prefix + "-nobody", "wrong", "02-5E-00-00-00-78");
        names._names["sessions"] = await FirstIdAsync(owner, $"/api/v1/sessions?username={prefix}-user", "id");
        names._names["logins"] = await FirstIdAsync(owner, $"/api/v1/logins?username={prefix}-user", "id");
        names._names["unauthorised-devices"] = await FirstIdAsync(owner, "/api/v1/unauthorised-devices", "mac");
        return names;
    }

    /// <summary>A robot orders codes until it is stopped.</summary>
    private static async Task<string> MakeStopAsync(RunningServer server, string mark)
    {
        SmsPolicy policy = new() { TenantId = TenantDirectory.DefaultTenantId };
        GuardVerdict verdict = new GuardVerdict.Passed();
        for (int i = 0; verdict is GuardVerdict.Passed; i++)
        {
            GuardQuestion question = new()
            {
                Policy = policy,
                Phone = SmsSamples.Phone($"+6012345678{i}"),
                PhoneHash = mark + i,
                Address = IPAddress.Parse("2001:db8:1:2::1"),
                Now = server.Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds(),
            };
            verdict = await server.Get<CommitQueue>().EnqueueAsync(
                async unit =>
                {
                    GuardVerdict judged = await server.Get<CodeGuard>().JudgeAsync(unit, question);
                    if (judged is GuardVerdict.Passed)
                    {
                        await server.Get<CodeGuard>().SentAsync(unit, question, server.Get<IdSource>().Next());
                    }

                    return judged;
                },
                default);
        }

        return (await server.Get<GuardDecisionStore>().ListAsync(policy.TenantId, new GuardDecisionFilter(), long.MaxValue, 1, default))[0]
            .DecisionId.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<string> FirstIdAsync(ApiClient owner, string list, string field)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        ApiAnswer answer = await RunningServer.UntilAsync(() => owner.GetAsync(list), found => found["items"]!.AsArray().Count > 0, limit.Token);
        return (string)answer["items"]![0]![field]!;
    }

    [GeneratedRegex(@"\{([\w-]+)\}")]
    private static partial Regex Hole();
}
