using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kiwire.Server.Tests.Http;

/// <summary>A certificate authority of the test's own, with an intermediate: what a chain file holds.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _intermediate;

    public TestCertificates(DateTimeOffset now)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("kiwire-tls-").FullName;
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest root = new("CN=Kiwire test root", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        Root = root.CreateSelfSigned(now.AddYears(-1), now.AddYears(10));

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest intermediate = new("CN=Kiwire test intermediate", key, HashAlgorithmName.SHA256);
        intermediate.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 signed = intermediate.Create(Root, now.AddYears(-1), now.AddYears(9), [1]);
        _intermediate = signed.CopyWithPrivateKey(key);
    }

    public string Directory { get; }

    public X509Certificate2 Root { get; }

    public string PemFile => Path.Combine(Directory, "server.pem");

    public string KeyFile => Path.Combine(Directory, "server.key");

    public string PfxFile => Path.Combine(Directory, "server.pfx");

    /// <summary>Writes a server's certificate with its chain, its key, and both as PFX with the password <c>pfx-password</c>.</summary>
    public void Write(string name, DateTimeOffset ends)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = request.Create(_intermediate, ends.AddDays(-360), ends, RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 pair = signed.CopyWithPrivateKey(key);
        File.WriteAllText(PemFile, signed.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem() + "\n");
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllBytes(PfxFile, new X509Certificate2Collection { pair, X509CertificateLoader.LoadCertificate(_intermediate.RawData) }.Export(X509ContentType.Pfx, "pfx-password")!);
    }

    public void Dispose()
    {
        Root.Dispose();
        _intermediate.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
