using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Kiwire.Server.Accounts;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Peers.Tests;

/// <summary>FreeRADIUS's radclient logs in with one-time codes: by challenge, directly, and in every wrong way.</summary>
[TestFixture]
internal sealed partial class RadclientCodeTests
{
    private const long Tenant = TenantDirectory.DefaultTenantId;

    private RunningServer _server = null!;
    private ShiftedClock _clock = null!;
    private ApiClient _api = null!;
    private string _radclient = null!;
    private int _guests;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _radclient = Peer.Require("radclient", "freeradius-utils");
        _clock = new ShiftedClock();
        _server = await RunningServer.StartAsync(_clock);
        _api = await ApiClient.LogInAsync(_server);
        await _server.SetPolicyAsync(new TenantPolicy { RejectDelaySeconds = 0 });
        ApiAnswer policy = await _api.PatchAsync("/api/v1/sms/policy", new { enabled = true, connector = "demo", profile = "gold", mode = "everyLogin", guard = "off" });
        Assert.That(policy.Status, Is.EqualTo(200), policy.Text);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            _api.Dispose();
            await _server.DisposeAsync();
        }
    }

    [Test]
    public async Task The_password_then_the_code()
    {
        string phone = await AddAccountAsync("olga");

        string challenge = await LogInAsync("olga", "User-Password = \"pin-1\"");
        string accept = await AnswerAsync("olga", await CodeOfAsync(phone), challenge);
        string again = await AnswerAsync("olga", "000000", challenge);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(challenge, Does.Contain("Received Access-Challenge").And.Contain("State = 0x").And.Contain("Session-Timeout = 300"));
            Assert.That(challenge, Does.Contain($"Reply-Message = \"Enter the code sent to {Masked(phone)}\""));
            Assert.That(accept, Does.Contain("Received Access-Accept"));
            Assert.That(again, Does.Contain("Received Access-Reject"), "the code is used up");
        }
    }

    [Test]
    public async Task A_wrong_code_then_the_right_one()
    {
        string phone = await AddAccountAsync("otis");
        string challenge = await LogInAsync("otis", "User-Password = \"pin-1\"");
        string code = await CodeOfAsync(phone);

        string wrong = await AnswerAsync("otis", Wrong(code), challenge);
        string right = await AnswerAsync("otis", code, wrong);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong, Does.Contain("Received Access-Challenge").And.Contain("Wrong code. Enter the code sent to"));
            Assert.That(right, Does.Contain("Received Access-Accept"));
        }
    }

    [Test]
    public async Task A_code_that_is_out_of_date()
    {
        string phone = await AddAccountAsync("oleg");
        string challenge = await LogInAsync("oleg", "User-Password = \"pin-1\"");
        string code = await CodeOfAsync(phone);

        _clock.Advance(TimeSpan.FromSeconds(301));

        Assert.That(await AnswerAsync("oleg", code, challenge), Does.Contain("Received Access-Reject"));
    }

    [Test]
    public async Task A_code_twice()
    {
        string phone = await AddAccountAsync("omar");
        string challenge = await LogInAsync("omar", "User-Password = \"pin-1\"");
        string code = await CodeOfAsync(phone);

        string first = await AnswerAsync("omar", code, challenge);
        string second = await AnswerAsync("omar", code, challenge);

        Assert.That((first.Contains("Received Access-Accept", StringComparison.Ordinal), second.Contains("Received Access-Reject", StringComparison.Ordinal)), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Another_users_State()
    {
        string phone = await AddAccountAsync("odin");
        await AddAccountAsync("opal");
        string challenge = await LogInAsync("odin", "User-Password = \"pin-1\"");
        await LogInAsync("opal", "User-Password = \"pin-1\"");

        Assert.That(await AnswerAsync("opal", await CodeOfAsync(phone), challenge), Does.Contain("Received Access-Reject"));
    }

    [Test]
    public async Task Five_wrong_codes_and_the_right_one_too_late()
    {
        string phone = await AddAccountAsync("otto-5");
        string challenge = await LogInAsync("otto-5", "User-Password = \"pin-1\"");
        string code = await CodeOfAsync(phone);

        List<string> answers = [];
        for (int i = 0; i < 5; i++)
        {
            answers.Add(await AnswerAsync("otto-5", Wrong(code), challenge));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Take(4), Is.All.Contains("Received Access-Challenge"));
            Assert.That(answers[4], Does.Contain("Received Access-Reject"));
            Assert.That(await AnswerAsync("otto-5", code, challenge), Does.Contain("Received Access-Reject"));
        }
    }

    [TestCase("User-Password", TestName = "Directly_by_PAP")]
    [TestCase("CHAP-Password", TestName = "Directly_by_CHAP")]
    [TestCase("MS-CHAP-Password", TestName = "Directly_by_MS_CHAP")]
    public async Task Directly(string attribute)
    {
        string phone = NextPhone();
        ApiAnswer sent = await _api.PostAsync("/api/v1/one-time-codes", new { phone });
        string code = await CodeOfAsync(phone);

        string wrong = await LogInAsync(phone, $"{attribute} = \"{Wrong(code)}\"");
        string right = await LogInAsync(phone, $"{attribute} = \"{code}\"");
        string twice = await LogInAsync(phone, $"{attribute} = \"{code}\"");
        string expired = await ExpiredAsync(phone, attribute);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.Status, Is.EqualTo(202), sent.Text);
            Assert.That(wrong, Does.Contain("Received Access-Reject"));
            Assert.That(right, Does.Contain("Received Access-Accept"));
            Assert.That(twice, Does.Contain("Received Access-Reject"));
            Assert.That(expired, Does.Contain("Received Access-Reject"));
            Assert.That(await _server.Get<AccountStore>().FindAsync(Tenant, phone, default), Is.Not.Null, "the first code made the account");
        }
    }

    private async Task<string> ExpiredAsync(string phone, string attribute)
    {
        await _api.PostAsync("/api/v1/one-time-codes", new { phone });
        string code = await CodeOfAsync(phone);
        _clock.Advance(TimeSpan.FromSeconds(301));
        return await LogInAsync(phone, $"{attribute} = \"{code}\"");
    }

    private async Task<string> AddAccountAsync(string name)
    {
        string phone = NextPhone();
        await _server.CreateUserAsync(new AccountSettings { Username = name, Password = "pin-1", Profile = "gold", Phone = phone });
        return phone;
    }

    private string NextPhone() => "+6012" + (++_guests).ToString("D7", CultureInfo.InvariantCulture);

    private static PhoneNumber Parse(string phone) => PhoneNumber.TryParse(phone, out PhoneNumber number) ? number : throw new ArgumentException(phone);

    private static string Masked(string phone) => Parse(phone).Masked;

    private static string Wrong(string code) => code[..^1] + (code[^1] == '0' ? '1' : '0');

    private async Task<string> CodeOfAsync(string phone)
    {
        CodeVerification codes = _server.Get<CodeVerification>();
        StoredCode stored = (await codes.FindAsync(Tenant, Parse(phone), default))!;
        return Encoding.UTF8.GetString(codes.Reveal(stored)!);
    }

    private Task<string> LogInAsync(string user, string credentials) =>
        RadclientAsync($"User-Name = \"{user}\"\n{credentials}\nMessage-Authenticator = 0x00");

    private Task<string> AnswerAsync(string user, string code, string challenge) =>
        RadclientAsync($"User-Name = \"{user}\"\nUser-Password = \"{code}\"\nState = {StateIn().Match(challenge).Groups["state"].Value}\nMessage-Authenticator = 0x00");

    private async Task<string> RadclientAsync(string attributes)
    {
        string server = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_server.AuthenticationPort}");
        ProcessStartInfo start = new(_radclient, ["-x", "-r", "1", "-t", "120", server, "auth", "testing123"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(attributes);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output + await error;
    }

    [GeneratedRegex("State = (?<state>0x[0-9a-f]+)")]
    private static partial Regex StateIn();
}
