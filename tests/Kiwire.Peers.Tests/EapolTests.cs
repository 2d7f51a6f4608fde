using System.Globalization;

namespace Kiwire.Peers.Tests;

/// <summary>wpa_supplicant's eapol_test against a demo server: the EAP methods that need no TLS.</summary>
[TestFixture]
public class EapolTests
{
    private DemoServer _server = null!;
    private string _eapolTest = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _eapolTest = Peer.Require("eapol_test", "eapoltest");
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

    // eapol_test counts a login without keys (MD5, GTC) as a failure unless it is told (-n) that none are expected.
    [TestCase("MD5", "wonderland", true)]
    [TestCase("MSCHAPV2", "wonderland", true)]
    [TestCase("GTC", "wonderland", true)]
    [TestCase("MD5", "wrong", false)]
    [TestCase("MSCHAPV2", "wrong", false)]
    [TestCase("GTC", "wrong", false)]
    public async Task Method(string method, string password, bool succeeds)
    {
        string configuration = Path.GetTempFileName();
        await File.WriteAllTextAsync(configuration, $$"""
            network={
              key_mgmt=IEEE8021X
              eap={{method}}
              identity="alice"
              password="{{password}}"
            }
            """);

        string output;
        try
        {
            output = await Child.RunAsync(
                _eapolTest, "-c", configuration, "-a", "127.0.0.1", "-p", _server.Process.AuthenticationPort.ToString(CultureInfo.InvariantCulture),
                "-s", "testing123", "-t", "120", "-n");
        }
        catch (InvalidOperationException e)
        {
            output = e.Message + "\nFAILURE";
        }
        finally
        {
            File.Delete(configuration);
        }

        Assert.That(output.TrimEnd(), Does.EndWith(succeeds ? "SUCCESS" : "FAILURE"));
        Assert.That(output, Does.Contain(succeeds ? "CTRL-EVENT-EAP-SUCCESS" : "CTRL-EVENT-EAP-FAILURE"));
    }
}
