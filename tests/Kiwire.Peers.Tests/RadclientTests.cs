using System.Diagnostics;
using System.Globalization;

namespace Kiwire.Peers.Tests;

/// <summary>FreeRADIUS's radclient against a demo server: every password method, accounting, Status-Server.</summary>
[TestFixture]
public class RadclientTests
{
    private DemoServer _server = null!;
    private string _radclient = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _radclient = Peer.Require("radclient", "freeradius-utils");
        _server = await DemoServer.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [TestCase("User-Password = \"wonderland\"", TestName = "PAP_is_accepted")]
    [TestCase("CHAP-Password = \"wonderland\"", TestName = "CHAP_is_accepted")]
    [TestCase("MS-CHAP-Password = \"wonderland\"", TestName = "MS_CHAP_is_accepted")]
    public async Task Password_methods(string credentials)
    {
        string answer = await Authenticate($"User-Name = \"alice\"\n{credentials}\nCalling-Station-Id = \"02-00-00-00-00-01\"\nMessage-Authenticator = 0x00");

        Assert.That(answer, Does.Contain("Received Access-Accept"));
    }

    [Test]
    public async Task An_accept_carries_the_profiles_limits_and_a_Message_Authenticator()
    {
        string answer = await Authenticate("User-Name = \"alice\"\nUser-Password = \"wonderland\"\nCalling-Station-Id = \"02-00-00-00-00-02\"");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Does.Contain("Message-Authenticator = 0x"));
            Assert.That(answer, Does.Contain("Idle-Timeout = 600"));
            Assert.That(answer, Does.Contain("Acct-Interim-Interval = 300"));
            Assert.That(answer, Does.Contain("Class = 0x4b01"));
            Assert.That(answer, Does.Contain("WISPr-Bandwidth-Max-Down = "));
            Assert.That(answer, Does.Contain("WISPr-Bandwidth-Max-Up = "));
        }
    }

    [TestCase("carol", "carol", "This account is not active")]
    [TestCase("dave", "dave", "This account has expired")]
    [TestCase("alice", "wrong", "Wrong username or password")]
    [TestCase("nobody", "wrong", "Wrong username or password")]
    [TestCase("bob", "builder", "Login is not allowed from this zone")]
    public async Task Refusals_say_why(string user, string password, string text)
    {
        string answer = await Authenticate($"User-Name = \"{user}\"\nUser-Password = \"{password}\"");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Does.Contain("Received Access-Reject"));
            Assert.That(answer, Does.Contain($"Reply-Message = \"{text}\""));
        }
    }

    [TestCase("V_DEMO2345", TestName = "A_voucher_is_its_own_password")]
    [TestCase("", TestName = "A_voucher_needs_no_password")]
    public async Task Vouchers(string password)
    {
        string answer = await Authenticate($"User-Name = \"V_DEMO2345\"\nUser-Password = \"{password}\"\nCalling-Station-Id = \"02-00-00-00-00-05\"");

        Assert.That(answer, Does.Contain("Received Access-Accept").And.Contain("Session-Timeout = "));
    }

    [Test]
    public async Task Proxy_State_returns_in_order()
    {
        string answer = await Authenticate(
            "User-Name = \"alice\"\nUser-Password = \"wonderland\"\nCalling-Station-Id = \"02-00-00-00-00-01\"\nProxy-State = 0x0101\nProxy-State = 0x0202\nMessage-Authenticator = 0x00");

        int first = answer.LastIndexOf("Proxy-State = 0x0101", StringComparison.Ordinal);
        int second = answer.LastIndexOf("Proxy-State = 0x0202", StringComparison.Ordinal);
        Assert.That(first, Is.Positive.And.LessThan(second));
    }

    [TestCase("auth", "Access-Accept")]
    [TestCase("acct", "Accounting-Response")]
    public async Task Status_Server_is_answered_on_both_ports(string port, string expected)
    {
        string answer = await Radclient(port == "auth" ? _server.Process.AuthenticationPort : _server.Process.AccountingPort, "status", "Message-Authenticator = 0x00");

        Assert.That(answer, Does.Contain("Received " + expected));
    }

    [Test]
    public async Task Accounting_is_answered_and_counted_for_the_account()
    {
        const string common = "User-Name = \"alice\"\nAcct-Session-Id = \"radclient-1\"\nCalling-Station-Id = \"02-00-00-00-00-01\"\nNAS-IP-Address = 127.0.0.1";

        string[] answers =
        [
            await Radclient(_server.Process.AccountingPort, "acct", common + "\nAcct-Status-Type = Start"),
            await Radclient(_server.Process.AccountingPort, "acct", common + "\nAcct-Status-Type = Interim-Update\nAcct-Session-Time = 300\nAcct-Input-Octets = 100\nAcct-Output-Octets = 200"),
            await Radclient(_server.Process.AccountingPort, "acct", common + "\nAcct-Status-Type = Stop\nAcct-Session-Time = 310\nAcct-Input-Octets = 110\nAcct-Output-Octets = 220"),
        ];

        Assert.That(answers, Has.All.Contains("Received Accounting-Response"));
    }

    [Test]
    public async Task A_wrong_secret_gets_silence()
    {
        string answer = await Radclient(_server.Process.AccountingPort, "acct", "User-Name = \"alice\"\nAcct-Session-Id = \"x\"\nAcct-Status-Type = Start", secret: "wrong", seconds: 3);

        Assert.That(answer, Does.Contain("No reply from server"));
    }

    private Task<string> Authenticate(string attributes) => Radclient(_server.Process.AuthenticationPort, "auth", attributes);

    private async Task<string> Radclient(int port, string command, string attributes, string secret = "testing123", int seconds = 120)
    {
        ProcessStartInfo start = new(_radclient, ["-x", "-r", "1", "-t", seconds.ToString(CultureInfo.InvariantCulture), $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", command, secret])
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
}
