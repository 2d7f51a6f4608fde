using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kiwire.Peers.Tests;

/// <summary>OATH Toolkit's oathtool as the user's authenticator, and FreeRADIUS's radclient as the NAS: enrolled by the API, logged in by challenge.</summary>
[TestFixture]
public sealed partial class OathtoolTests
{
    private DemoServer _server = null!;
    private HttpClient _api = null!;
    private string _oathtool = null!;
    private string _radclient = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _oathtool = Peer.Require("oathtool", "oathtool");
        _radclient = Peer.Require("radclient", "freeradius-utils");
        _server = await DemoServer.StartAsync();
        _api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_server.Process.HttpPort}") };
        JsonNode login = await PostAsync("/api/v1/login", new { cloudId = "default", username = "admin", password = "demo-password" });
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)login["token"]!);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [TestCase("sha1", 6, 30)]
    [TestCase("sha256", 7, 60)]
    [TestCase("sha512", 8, 30)]
    public async Task Codes_of_the_time_confirm_and_log_in_once(string algorithm, int digits, int period)
    {
        string user = $"oath-{algorithm}";
        string secret = await EnrolAsync(user, new { kind = "totp", algorithm, digits, periodSeconds = period });
        Task<string> CodeAsync(string when) => OathtoolAsync(
            "-b", $"--totp={algorithm}", "-d", $"{digits}", "-s", $"{period}s", "-N", when, secret);

        await ConfirmAsync(user, await CodeAsync("now"));

        // That of the next step: this step's is used.
        string code = await CodeAsync($"{period} seconds");
        string state = await AskedAsync(user);
        string letIn = await RadclientAsync(user, code, state);
        string again = await RadclientAsync(user, code, state);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(letIn, Does.Contain("Received Access-Accept"));
            Assert.That(again, Does.Contain("Received Access-Challenge"), "a used code is a wrong one");
        }
    }

    [Test]
    public async Task Codes_of_a_counter_confirm_and_log_in_and_a_used_one_does_not()
    {
        const string user = "oath-hotp";
        string secret = await EnrolAsync(user, new { kind = "hotp" });
        Task<string> CodeAsync(int counter) => OathtoolAsync("-b", "--hotp", "-c", $"{counter}", secret);

        await ConfirmAsync(user, await CodeAsync(0));
        string used = await RadclientAsync(user, await CodeAsync(0), await AskedAsync(user));
        string ahead = await RadclientAsync(user, await CodeAsync(7), await AskedAsync(user));
        string passedOver = await RadclientAsync(user, await CodeAsync(3), await AskedAsync(user));
        string next = await RadclientAsync(user, await CodeAsync(8), await AskedAsync(user));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(used, Does.Contain("Received Access-Challenge"));
            Assert.That(ahead, Does.Contain("Received Access-Accept"));
            Assert.That(passedOver, Does.Contain("Received Access-Challenge"));
            Assert.That(next, Does.Contain("Received Access-Accept"));
        }
    }

    private async Task<string> EnrolAsync(string user, object authenticator)
    {
        _ = await PostAsync("/api/v1/accounts", new { username = user, password = "secret-1", profile = "gold" });
        JsonNode enrolled = await PostAsync($"/api/v1/accounts/{user}/authenticator", authenticator);
        return (string)enrolled["secret"]!;
    }

    private Task<JsonNode> ConfirmAsync(string user, string code) => PostAsync($"/api/v1/accounts/{user}/authenticator/confirm", new { code });

    private async Task<JsonNode> PostAsync(string path, object body)
    {
        using HttpResponseMessage answer = await _api.PostAsJsonAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.IsSuccessStatusCode, Is.True, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Gives the password; the answer is the challenge's State.</summary>
    private async Task<string> AskedAsync(string user)
    {
        string asked = await RadclientAsync(user, "secret-1", null);
        Assert.That(asked, Does.Contain("Received Access-Challenge"));
        return State().Match(asked[asked.IndexOf("Received", StringComparison.Ordinal)..]).Groups["state"].Value;
    }

    private Task<string> OathtoolAsync(params string[] arguments) => RunAsync(_oathtool, arguments, "");

    private Task<string> RadclientAsync(string user, string password, string? state) => RunAsync(
        _radclient,
        ["-x", "-r", "1", "-t", "120", $"127.0.0.1:{_server.Process.AuthenticationPort.ToString(CultureInfo.InvariantCulture)}", "auth", "testing123"],
        $"User-Name = \"{user}\"\nUser-Password = \"{password}\"\nMessage-Authenticator = 0x00\n{(state is null ? "" : $"State = {state}\n")}");

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        System.Diagnostics.ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (output + await error).Trim();
    }

    [GeneratedRegex("State = (?<state>0x[0-9a-f]+)")]
    private static partial Regex State();
}
