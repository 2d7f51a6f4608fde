using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Sms;

namespace Kiwire.Server.Tests.Portal;

/// <summary>A running server whose guests get codes by a gateway that speaks Twilio's wire form, and the operator's client.</summary>
internal sealed class PortalServer : IAsyncDisposable
{
    private readonly FakeGateway _gateway;
    private readonly ChannelReader<(string To, string Text)> _messages;
    private readonly List<(string To, string Text)> _others = [];

    private PortalServer(RunningServer server, ApiClient api, FakeGateway gateway, ChannelReader<(string To, string Text)> messages)
    {
        Server = server;
        Operator = api;
        _gateway = gateway;
        _messages = messages;
        Guests = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Http };
    }

    public RunningServer Server { get; }

    public ApiClient Operator { get; }

    /// <summary>A browser that does as it is told by the test.</summary>
    public HttpClient Guests { get; }

    /// <summary>How many messages have gone out.</summary>
    public int Messages => _gateway.Requests.Count;

    public static async Task<PortalServer> StartAsync(string mode = "registration", TimeProvider? time = null, params string[] options)
    {
        Channel<(string To, string Text)> messages = Channel.CreateUnbounded<(string To, string Text)>();
        FakeGateway gateway = await FakeGateway.StartAsync(request =>
        {
            GatewayAnswer answer = GatewayRules.Twilio(request);
            if (answer.Status == 201)
            {
                messages.Writer.TryWrite((request.Variables["To"], request.Variables["Body"]));
            }

            return answer;
        });
        RunningServer server = await RunningServer.StartAsync(time, ["--Kiwire:Sms:AllowPrivateAddresses=true", "--Kiwire:Sms:RequestSeconds=60", "--Kiwire:Http:PortalRequestsPerMinute=100000", .. options]);
        ApiClient api = await ApiClient.LogInAsync(server);
        PortalServer portal = new(server, api, gateway, messages.Reader);
        await portal.MakeAsync("/api/v1/sms/connectors", new
        {
            name = "gateway", provider = "twilio", serverAddress = gateway.Url + "/2010-04-01/Accounts",
            accountSid = GatewayRules.TwilioSid, authToken = GatewayRules.TwilioToken, from = "+12025550100",
        });
        await portal.MakeAsync("/api/v1/sms/templates", new { name = "portal", text = mode == "passwordOnce" ? "{password}" : "{code}" });
        await portal.SetPolicyAsync(new { enabled = true, connector = "gateway", template = "portal", mode, profile = "gold", perAddressPerHour = 100_000, guard = "off", resendAfterSeconds = 3600 });
        return portal;
    }

    public async Task MakeAsync(string path, object body)
    {
        ApiAnswer answer = await Operator.PostAsync(path, body);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Text);
    }

    public async Task SetPolicyAsync(object policy)
    {
        ApiAnswer answer = await Operator.PatchAsync("/api/v1/sms/policy", policy);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Text);
    }

    /// <summary>The next message that reaches a number. Messages to several numbers go out side by side, and come in any order.</summary>
    public async Task<string> MessageAsync(string phone, CancellationToken cancellationToken = default)
    {
        int found;
        while ((found = _others.FindIndex(message => message.To == phone)) < 0)
        {
            _others.Add(await _messages.ReadAsync(cancellationToken));
        }

        string text = _others[found].Text;
        _others.RemoveAt(found);
        return text;
    }

    public async Task<PortalPage> GetAsync(string pathAndQuery, string language = "en") => await SendAsync(HttpMethod.Get, pathAndQuery, null, language);

    public async Task<PortalPage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, string language = "en")
    {
        using FormUrlEncodedContent content = new(form);
        return await SendAsync(HttpMethod.Post, path, content, language);
    }

    /// <summary>Types a number and follows to the page that asks for the code.</summary>
    public async Task<PortalPage> AskAsync(PortalPage page, string phone)
    {
        PortalPage sent = await PostAsync(page.Path + "/codes", [new("visit", page.Visit), new("phone", phone)]);
        Assert.That(sent.Status, Is.EqualTo(303), sent.Text);
        return await GetAsync(sent.Location);
    }

    public Task<PortalPage> TypeCodeAsync(PortalPage page, string code, string password = "") =>
        PostAsync(page.Path + "/verify", [new("visit", page.Visit), new("code", code), new("new-password", password)]);

    public async ValueTask DisposeAsync()
    {
        Guests.Dispose();
        Operator.Dispose();
        await Server.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    private async Task<PortalPage> SendAsync(HttpMethod method, string path, HttpContent? content, string language)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        request.Headers.Add("Accept-Language", language);
        using HttpResponseMessage response = await Guests.SendAsync(request);
        return new PortalPage(response, await response.Content.ReadAsStringAsync(), path);
    }
}

/// <summary>A page as a browser gets it.</summary>
internal sealed partial class PortalPage(HttpResponseMessage response, string text, string path)
{
    public int Status { get; } = (int)response.StatusCode;

    /// <summary>The markup.</summary>
    public string Text { get; } = text;

    public string Location { get; } = response.Headers.Location?.OriginalString ?? "";

    public string ContentPolicy { get; } = Header(response, "Content-Security-Policy");

    public string Language { get; } = response.Content.Headers.ContentLanguage.FirstOrDefault() ?? "";

    /// <summary>What is sent is the portal's.</summary>
    public string Path { get; } = PortalPath().Match(path).Value;

    /// <summary>The visit that its forms carry.</summary>
    public string Visit => Hidden("visit");

    /// <summary>What a person reads, without markup.</summary>
    public string Words => Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(Text[Text.IndexOf("<main>", StringComparison.Ordinal)..Text.IndexOf("<footer>", StringComparison.Ordinal)], " ")), " ").Trim();

    public string Hidden(string name) =>
        Regex.Match(Text, $"<input type=\"hidden\" name=\"{Regex.Escape(name)}\" value=\"([^\"]*)\"") is { Success: true } match
            ? WebUtility.HtmlDecode(match.Groups[1].Value)
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"There is no {name}: {Status} {Text}"));

    public override string ToString() => $"{Status} {Text}";

    private static string Header(HttpResponseMessage response, string name) => response.Headers.NonValidated.TryGetValues(name, out System.Net.Http.Headers.HeaderStringValues values) ? values.ToString() : "";

    [GeneratedRegex("^/portal/[^/?]+")]
    private static partial Regex PortalPath();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
