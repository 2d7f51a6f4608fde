using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kiwire.Server.Http;

/// <summary>The certificate that options name, as its files hold it at one moment.</summary>
internal sealed class CertificateFile : IDisposable
{
    private readonly X509Certificate2 _own;
    private readonly X509Certificate2Collection _chain;

    private CertificateFile(X509Certificate2 own, X509Certificate2Collection chain, string fingerprint)
    {
        _own = own;
        _chain = chain;
        Fingerprint = fingerprint;
        // offline: what is not in the file is not fetched from elsewhere.
        Context = SslStreamCertificateContext.Create(own, chain, offline: true);
    }

    /// <summary>What a handshake sends: the certificate and its chain.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Of the files' octets: another one means that they changed.</summary>
    public string Fingerprint { get; }

    public DateTimeOffset Ends => new(_own.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    public string Subject => _own.Subject;

    /// <summary>The fingerprint of the files as they are now; null: one cannot be read.</summary>
    public static string? FingerprintOf(HttpOptions options)
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(File.ReadAllBytes(options.Certificate));
            if (options.CertificateKey.Length > 0)
            {
                hash.AppendData(File.ReadAllBytes(options.CertificateKey));
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads it. <paramref name="fault"/> is a sentence that names the file.</summary>
    public static CertificateFile? TryRead(HttpOptions options, out string fault)
    {
        string reading = options.Certificate;
        fault = "";
        try
        {
            string fingerprint = FingerprintOf(options) ?? "";
            byte[] octets = File.ReadAllBytes(options.Certificate);
            X509Certificate2Collection chain = [];
            if (X509Certificate2.GetCertContentType(octets) is X509ContentType.Pkcs12)
            {
                X509Certificate2Collection all = X509CertificateLoader.LoadPkcs12Collection(octets, options.CertificatePassword);
                chain.AddRange(all.Where(certificate => !certificate.HasPrivateKey).ToArray());
                return all.FirstOrDefault(certificate => certificate.HasPrivateKey) is { } own
                    ? new CertificateFile(own, chain, fingerprint)
                    : Refuse(out fault, $"The file {reading} holds no private key.");
            }

            chain.ImportFromPem(File.ReadAllText(options.Certificate));
            if (chain.Count == 0)
            {
                return Refuse(out fault, $"The file {reading} holds no certificate, neither as PEM nor as PFX.");
            }

            string certificatePem = chain[0].ExportCertificatePem();
            chain.RemoveAt(0);
            reading = options.CertificateKey.Length > 0 ? options.CertificateKey : options.Certificate;
            string keyPem = File.ReadAllText(reading);
            X509Certificate2 pair = options.CertificatePassword.Length > 0
                ? X509Certificate2.CreateFromEncryptedPem(certificatePem, keyPem, options.CertificatePassword)
                : X509Certificate2.CreateFromPem(certificatePem, keyPem);
            return new CertificateFile(pair, chain, fingerprint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(out fault, $"The file {reading} cannot be read: {e.Message}");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return Refuse(out fault, $"The file {reading} cannot be used: {e.Message} Its form, its password and whether key and certificate belong together are to be looked at.");
        }
    }

    public void Dispose()
    {
        _own.Dispose();
        foreach (X509Certificate2 certificate in _chain)
        {
            certificate.Dispose();
        }
    }

    private static CertificateFile? Refuse(out string fault, string sentence)
    {
        fault = sentence;
        return null;
    }
}
