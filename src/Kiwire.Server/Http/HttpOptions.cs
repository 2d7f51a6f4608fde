using System.ComponentModel.DataAnnotations;

namespace Kiwire.Server.Http;

/// <summary>The HTTP port: where it listens, by which certificate, what it takes and how often. Section <c>Kiwire:Http</c>.</summary>
internal sealed class HttpOptions
{
    public const string Section = "Kiwire:Http";

    /// <summary>Where it listens, <c>http://</c> or <c>https://</c>; several are separated by ';'. Loopback until an operator opens it.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:8081";

    /// <summary>The certificate for <c>https://</c>: a PEM file, with the chain after the server's own, or a PFX file.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The PEM file of the certificate's private key; empty: it is in the certificate's file.</summary>
    public string CertificateKey { get; set; } = "";

    /// <summary>The password of the PFX file or of the encrypted key; empty: there is none.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>How often the certificate's files are looked at, in seconds, and taken anew where they changed.</summary>
    [Range(1, 86_400)]
    public int CertificateCheckSeconds { get; set; } = 30;

    /// <summary>Whether /openapi/v1.json and /docs are there; they tell nothing of any tenant, and need no token.</summary>
    public bool Documentation { get; set; } = true;

    /// <summary>Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or prefixes. Empty: nobody's.</summary>
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    /// <summary>The most connections at a time; further ones are closed at once.</summary>
    [Range(1, 1_000_000)]
    public int MaximumConnections { get; set; } = 1000;

    /// <summary>The largest body, in octets, where an endpoint takes no larger one.</summary>
    [Range(1024, 1 << 30)]
    public int MaximumBodyOctets { get; set; } = 1 << 20;

    /// <summary>Requests a second that one caller (administrator or key) may make for long.</summary>
    [Range(1, 1_000_000)]
    public int CallerRequestsPerSecond { get; set; } = 100;

    /// <summary>Requests that a caller may make at once, before <see cref="CallerRequestsPerSecond"/> holds.</summary>
    [Range(1, 1_000_000)]
    public int CallerBurst { get; set; } = 200;

    /// <summary>Requests a second from one address (IPv6: one /64), whoever calls.</summary>
    [Range(1, 1_000_000)]
    public int AddressRequestsPerSecond { get; set; } = 200;

    /// <summary>Requests that an address may make at once, before <see cref="AddressRequestsPerSecond"/> holds.</summary>
    [Range(1, 1_000_000)]
    public int AddressBurst { get; set; } = 400;

    /// <summary>Log-ins a minute from one address, right ones too: integrations that log in for every call still can, and passwords are slow to
    /// try (each costs a slow hash).</summary>
    [Range(1, 1_000_000)]
    public int LoginsPerMinute { get; set; } = 60;

    /// <summary>Codes asked for, codes and passwords typed at the captive portal, a minute from one address: a site's guests may share one.</summary>
    [Range(1, 1_000_000)]
    public int PortalRequestsPerMinute { get; set; } = 120;

    /// <summary>The addresses of <see cref="Urls"/>.</summary>
    public string[] ListUrls() => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether a certificate is needed.</summary>
    public bool UsesHttps() => ListUrls().Any(url => url.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
}
