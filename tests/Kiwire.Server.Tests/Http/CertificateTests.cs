using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Kiwire.Server.Http;
using Kiwire.Server.Tests.EndToEnd;
using Kiwire.Server.Tests.Listening;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Http;

/// <summary>https:// by a certificate's files: the chain is sent, a new certificate is taken, a broken one is not.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class CertificateTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_port_speaks_TLS_with_the_whole_chain_and_says_so_to_browsers(bool pfx)
    {
        using TestCertificates files = new(Now);
        files.Write("kiwire.test", Now.AddDays(90));
        string[] certificate = pfx
            ? ["--Kiwire:Http:Certificate=" + files.PfxFile, "--Kiwire:Http:CertificatePassword=pfx-password"]
            : ["--Kiwire:Http:Certificate=" + files.PemFile, "--Kiwire:Http:CertificateKey=" + files.KeyFile];
        await using RunningServer server = await RunningServer.StartAsync([.. certificate, "--Kiwire:Http:Urls=https://127.0.0.1:0"]);

        using HttpClient client = new(TrustingOnly(files.Root));
        using HttpResponseMessage answer = await client.GetAsync(new Uri(server.Http, "/healthz/ready"));
        JsonNode state = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(server.Http.Scheme, Is.EqualTo("https"));
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            Assert.That(answer.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(["max-age=31536000"]));
            Assert.That((DateTimeOffset)state["certificateEnds"]!, Is.EqualTo(Now.AddDays(90)).Within(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task A_new_certificate_is_taken_and_a_broken_one_is_not()
    {
        using TestCertificates files = new(Now);
        files.Write("first.test", Now.AddDays(90));
        await using RunningServer server = await RunningServer.StartAsync(
            "--Kiwire:Http:Certificate=" + files.PemFile, "--Kiwire:Http:CertificateKey=" + files.KeyFile, "--Kiwire:Http:Urls=https://127.0.0.1:0");
        ServerCertificate certificate = server.Get<ServerCertificate>();

        string first = await SubjectOfAsync(server, files.Root);
        await File.WriteAllTextAsync(files.PemFile, "-----BEGIN CERTIFICATE-----\nnonsense");
        certificate.Look();
        string kept = await SubjectOfAsync(server, files.Root);
        files.Write("second.test", Now.AddDays(91));
        certificate.Look();
        string second = await SubjectOfAsync(server, files.Root);

        Assert.That((first, kept, second), Is.EqualTo(("CN=first.test", "CN=first.test", "CN=second.test")));
    }

    [Test]
    public async Task What_is_wrong_with_a_new_file_is_said_once_and_an_end_that_comes_near_once_a_day()
    {
        HandMovedClock clock = new();
        using TestCertificates files = new(clock.GetUtcNow());
        files.Write("kiwire.test", clock.GetUtcNow().AddDays(40));
        ListLogger<ServerCertificate> log = new();
        using ServerCertificate certificate = new(
            Options.Create(new HttpOptions { Certificate = files.PemFile, CertificateKey = files.KeyFile }), clock, log);
        await certificate.StartingAsync(default);
        certificate.Look();
        Assert.That(log.Entries, Is.Empty);

        await File.WriteAllTextAsync(files.KeyFile, "no key");
        certificate.Look();
        certificate.Look();
        clock.Advance(TimeSpan.FromDays(11));
        certificate.Look();
        certificate.Look();
        clock.Advance(TimeSpan.FromDays(30));
        certificate.Look();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Entries.Select(entry => entry.Level), Is.EqualTo([LogLevel.Warning, LogLevel.Warning, LogLevel.Error]));
            Assert.That(log.Entries[0].Message, Does.StartWith("The certificate that was there before stays in use. The file " + files.KeyFile));
            Assert.That(log.Entries[1].Message, Does.Contain("CN=kiwire.test").And.Contain("in 28 days").Or.Contain("in 29 days"));
            Assert.That(log.Entries[2].Message, Does.Contain("clients refuse it"));
        }
    }

    [Test]
    public void A_file_that_cannot_be_used_is_named_with_its_fault()
    {
        using TestCertificates files = new(Now);
        files.Write("kiwire.test", Now.AddDays(90));
        File.WriteAllText(Path.Combine(files.Directory, "empty.pem"), "");
        (HttpOptions Options, string Fault)[] cases =
        [
            (new HttpOptions { Certificate = Path.Combine(files.Directory, "none.pem") }, "none.pem cannot be read: "),
            (new HttpOptions { Certificate = Path.Combine(files.Directory, "empty.pem") }, "empty.pem "),
            (new HttpOptions { Certificate = files.PemFile }, "server.pem cannot be used: "),
            (new HttpOptions { Certificate = files.PfxFile, CertificatePassword = "wrong-one" }, "server.pfx cannot be used: "),
            (new HttpOptions { Certificate = files.PemFile, CertificateKey = files.PemFile }, "server.pem cannot be used: "),
        ];

        foreach ((HttpOptions options, string expected) in cases)
        {
            using CertificateFile? file = CertificateFile.TryRead(options, out string fault);

            Assert.That(file, Is.Null);
            Assert.That(fault, Does.Contain(expected));
            Assert.That(fault, Does.Not.Contain("wrong-one"));
        }
    }

    [Test]
    public async Task TLS_before_1_2_is_refused()
    {
        using TestCertificates files = new(Now);
        files.Write("kiwire.test", Now.AddDays(90));
        await using RunningServer server = await RunningServer.StartAsync(
            "--Kiwire:Http:Certificate=" + files.PemFile, "--Kiwire:Http:CertificateKey=" + files.KeyFile, "--Kiwire:Http:Urls=https://127.0.0.1:0");
        using TcpClient connection = new(server.Http.Host, server.Http.Port);

        // A ClientHello of TLS 1.1 (RFC 4346, 7.4.1.2): version 3.2, one suite, no compression.
        byte[] hello = [22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2, .. new byte[32], 0, 0, 2, 0xC0, 0x13, 1, 0];
        await connection.GetStream().WriteAsync(hello);
        byte[] answer = new byte[7];
        int read;
        try
        {
            read = await connection.GetStream().ReadAtLeastAsync(answer, 7, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            // A reset is a refusal too.
            read = 0;
        }

        Assert.That(answer[..read], Is.EqualTo(new byte[] { 21, 3, answer[2], 0, 2, 2, 70 }).Or.Empty, "an alert: protocol_version");
    }

    private static SocketsHttpHandler TrustingOnly(X509Certificate2 root) => new() { SslOptions = ClientOf(root) };

    private static SslClientAuthenticationOptions ClientOf(X509Certificate2 root) => new()
    {
        TargetHost = "127.0.0.1",
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { root },
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        },
    };

    private static async Task<string> SubjectOfAsync(RunningServer server, X509Certificate2 root)
    {
        using TcpClient connection = new(server.Http.Host, server.Http.Port);
        await using SslStream tls = new(connection.GetStream());
        await tls.AuthenticateAsClientAsync(ClientOf(root));
        return tls.RemoteCertificate!.Subject;
    }
}
