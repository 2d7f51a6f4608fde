using System.Security.Authentication;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Http;

/// <summary>The HTTP port itself: addresses, certificate, limits, rates, proxies, and what every answer tells a browser.</summary>
internal static class HttpRoom
{
    public static void AddHttp(this WebApplicationBuilder builder)
    {
        IConfigurationSection section = builder.Configuration.GetSection(HttpOptions.Section);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().UseUrls((section.Get<HttpOptions>() ?? new HttpOptions()).Urls);
        builder.Services.AddOptions<HttpOptions>().Bind(section).ValidateOnStart();
        builder.Services
            .AddSingleton<IValidateOptions<HttpOptions>, HttpOptionsValidator>()
            .AddSingleton<ServerCertificate>()
            .AddHostedService(provider => provider.GetRequiredService<ServerCertificate>())
            .AddSingleton<HttpMetrics>()
            .AddSingleton<RequestRates>()
            .AddRoutingCore();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<HttpOptions>, ServerCertificate>((kestrel, options, certificate) =>
        {
            Limit(kestrel, options.Value);
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                https.ServerCertificateSelector = (_, _) => certificate.Context.TargetCertificate;
                https.OnAuthenticate = (_, handshake) =>
                {
                    // The whole chain, and whichever certificate is in use now.
                    handshake.ServerCertificateSelectionCallback = null;
                    handshake.ServerCertificateContext = certificate.Context;
                };
            });
        });
    }

    /// <summary>What every request goes through before its caller is known.</summary>
    public static void UseHttp(this WebApplication application)
    {
        HttpOptions options = application.Services.GetRequiredService<IOptions<HttpOptions>>().Value;
        if (options.TrustedProxies.Count > 0)
        {
            application.UseForwardedHeaders(Forwarded(options));
        }

        application.UseMiddleware<SecurityHeaders>();
        application.Use(application.Services.GetRequiredService<RequestRates>().CheckAddressAsync);
    }

    private static void Limit(KestrelServerOptions kestrel, HttpOptions options)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaximumConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = options.MaximumBodyOctets;
        limits.MaxRequestLineSize = 8192;
        limits.MaxRequestHeadersTotalSize = 16_384;
        limits.MaxRequestHeaderCount = 64;

        // A client that sends an octet now and then holds a connection no longer than this.
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    // Nobody is trusted but those listed, and every hop must be one of them.
    private static ForwardedHeadersOptions Forwarded(HttpOptions options)
    {
        ForwardedHeadersOptions forwarded = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (string proxy in options.TrustedProxies)
        {
            if (HttpOptionsValidator.TryReadPrefix(proxy, out System.Net.IPNetwork prefix))
            {
                forwarded.KnownIPNetworks.Add(prefix);
            }
        }

        return forwarded;
    }
}
