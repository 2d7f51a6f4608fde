using System.Globalization;

namespace Kiwire.Peers.Tests;

/// <summary>A second RADIUS stack, python's pyrad, logs in and accounts; it verifies our answers with code of its own.</summary>
[TestFixture]
public class PyradTests
{
    private const string Script = """
        import sys, io
        from pyrad.client import Client
        from pyrad.dictionary import Dictionary
        import pyrad.packet
        words = io.StringIO("ATTRIBUTE User-Name 1 string\nATTRIBUTE User-Password 2 octets\nATTRIBUTE Reply-Message 18 string\n"
                            "ATTRIBUTE Class 25 octets\nATTRIBUTE Acct-Status-Type 40 integer\nATTRIBUTE Acct-Session-Id 44 string\n"
                            "ATTRIBUTE Message-Authenticator 80 octets\n")
        client = Client(server="127.0.0.1", authport=int(sys.argv[1]), acctport=int(sys.argv[2]), secret=b"testing123", dict=Dictionary(words))
        client.retries, client.timeout = 1, 120
        login = client.CreateAuthPacket(code=pyrad.packet.AccessRequest, User_Name="alice")
        login["User-Password"] = login.PwCrypt(sys.argv[3])
        answer = client.SendPacket(login)
        print("login", answer.code, answer.get("Class"))
        if answer.code == pyrad.packet.AccessAccept:
            start = client.CreateAcctPacket(User_Name="alice")
            start["Acct-Status-Type"] = 1
            start["Acct-Session-Id"] = "pyrad-1"
            start["Class"] = answer["Class"][0]
            print("start", client.SendPacket(start).code)
        """;

    [TestCase("wonderland", "login 2", "start 5")]
    [TestCase("wrong", "login 3", "login 3")]
    public async Task Logs_in_and_accounts(string password, string login, string start)
    {
        string python = Peer.Require("python3", "python3-pyrad");
        if (!File.Exists("/usr/lib/python3/dist-packages/pyrad/client.py"))
        {
            Peer.Missing("pyrad is not installed (Debian package python3-pyrad)");
        }

        python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : python;
        await using DemoServer server = await DemoServer.StartAsync();

        string output = await Child.RunAsync(
            python, "-c", Script, server.Process.AuthenticationPort.ToString(CultureInfo.InvariantCulture),
            server.Process.AccountingPort.ToString(CultureInfo.InvariantCulture), password);

        Assert.That(output, Does.Contain(login).And.Contain(start));
    }
}
