using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Packets;
using Kiwire.Server.Portal;
using Kiwire.Server.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Kiwire.Peers.Tests;

/// <summary>
/// Two hotspots' login pages on loopback, as a guest's browser meets them: RouterOS's <c>/login</c>, CoovaChilli's <c>/logon</c>. Each takes the guest's proof as its
/// maker does, makes a CHAP log-in by RADIUS of it, and sends the guest on.
/// </summary>
internal sealed class FakeHotspot : IAsyncDisposable
{
    public const string UamSecret = "greatsecret";
    public const string RouterAddress = "127.0.0.6";
    public const string ChilliAddress = "127.0.0.5";

    private const string ChapId = @"\371";
    private const string ChapChallenge = @"\357\315\330\001\134\033\057\000\377\176\012\074\055\101\142\047";
    private const string Challenge = "0af969874aa833e6989006f0b2f41793";

    private readonly WebApplication _application;
    private readonly RunningServer _server;
    private readonly List<string> _logins = [];

    private FakeHotspot(WebApplication application, RunningServer server)
    {
        _application = application;
        _server = server;
    }

    /// <summary>Who was let in, and how each came.</summary>
    public IReadOnlyList<string> Logins => _logins;

    private Uri Address => new(_application.Urls.First());

    public static async Task<FakeHotspot> StartAsync(RunningServer server)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication application = builder.Build();
        FakeHotspot hotspot = new(application, server);
        application.UseRouting();
        application.MapPost("/login", hotspot.LoginAsync);
        application.MapGet("/logon", hotspot.LogonAsync);
        await application.StartAsync();
        return hotspot;
    }

    /// <summary>Where the hotspot sends a guest who wants to see a page.</summary>
    public Uri PortalFor(string kind) => new(_server.Http, kind switch
    {
        "mikrotik" => "/portal/default" + Query(
            ("mac", "12:34:56:78:90:AB"), ("ip", "10.5.50.7"), ("identity", "router"), ("link-login-only", $"{Address}login"), ("link-orig", "http://example.com/page"),
            ("error", ""), ("chap-id", ChapId), ("chap-challenge", ChapChallenge)),
        "coova" => "/portal/default" + Query(
            ("res", "notyet"), ("uamip", "127.0.0.1"), ("uamport", Address.Port.ToString(CultureInfo.InvariantCulture)), ("challenge", Challenge),
            ("mac", "08-00-27-3E-84-A7"), ("ip", "10.1.0.2"), ("nasid", "chilli"), ("userurl", "http://example.com/page")),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    });

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    // RouterOS: the password is hex of MD5(identifier, password, challenge), which is the CHAP-Password's.
    private async Task LoginAsync(HttpContext http)
    {
        IFormCollection form = await http.Request.ReadFormAsync();
        _ = HotspotChap.TryReadOctets(ChapChallenge, out byte[] challenge);
        bool isIn = form["popup"] == "false" && LogIn(RouterAddress, form["username"].ToString(), 0xF9, form["password"].ToString(), challenge);
        http.Response.Redirect(isIn ? form["dst"].ToString() : PortalFor("mikrotik").AbsoluteUri.Replace("error=&", "error=refused&", StringComparison.Ordinal));
    }

    // CoovaChilli with a uamsecret: the challenge of its log-in is MD5(challenge, secret).
    private Task LogonAsync(HttpContext http)
    {
        byte[] challenge = MD5.HashData([.. Convert.FromHexString(Challenge), .. Encoding.UTF8.GetBytes(UamSecret)]);
        bool isIn = LogIn(ChilliAddress, http.Request.Query["username"].ToString(), 0, http.Request.Query["response"].ToString(), challenge);
        string portal = PortalFor("coova").AbsoluteUri.Replace("res=notyet", isIn ? "res=success" : "res=failed", StringComparison.Ordinal);
        http.Response.Redirect(portal[..portal.IndexOf("&userurl=", StringComparison.Ordinal)] + "&userurl=" + Uri.EscapeDataString(http.Request.Query["userurl"].ToString()));
        return Task.CompletedTask;
    }

    private bool LogIn(string address, string user, byte identifier, string proof, byte[] challenge)
    {
        if (proof.Length != 32)
        {
            return false;
        }

        using TestNas nas = new(_server, address);
        Answer answer = nas.Authenticate(writer =>
        {
            writer.Append(1, Encoding.UTF8.GetBytes(user));
            writer.Append(3, (byte[])[identifier, .. Convert.FromHexString(proof)]);
            writer.Append(60, challenge);
        });
        if (answer.Code == RadiusCode.AccessAccept)
        {
            _logins.Add($"{address} {user}");
        }

        return answer.Code == RadiusCode.AccessAccept;
    }

    private static string Query(params (string Name, string Value)[] parameters) =>
        "?" + string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
}
