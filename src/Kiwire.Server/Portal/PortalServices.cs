using Kiwire.Server.Storage;

namespace Kiwire.Server.Portal;

/// <summary>The room of the captive portal.</summary>
internal static class PortalServices
{
    /// <summary>Adds it; after one-time codes and dynamic authorization.</summary>
    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddSingleton(provider => PortalLanguageLoader.Load(PortalLanguageLoader.BuiltInFolder, provider.GetRequiredService<DataDirectory>().Combine("portal")));
        services.AddSingleton<PortalSettingsStore>();
        services.AddSingleton<PortalSettingsDirectory>();
        services.AddSingleton<PortalSettingsRegister>();
        services.AddSingleton<LoginAddresses>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<VisitSeal>();
        services.AddSingleton<PortalMetrics>();
        services.AddSingleton<PortalLogos>();
        services.AddSingleton<PortalRequest>();
        services.AddSingleton<PortalCounter>();
        services.AddSingleton<PortalEndpoints>();
        services.AddHostedService<PortalStart>();
        return services;
    }
}
