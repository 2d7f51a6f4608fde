using Kiwire.Radius.Dictionaries;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>The network's room.</summary>
internal static class NetworkServices
{
    /// <summary>
    /// Adds it; after storage and tenants, and before the listeners: at start the directories are filled before theirs begin, and at the
    /// end what NASes were seen to send is written after they have stopped.
    /// </summary>
    public static IServiceCollection AddNetwork(this IServiceCollection services)
    {
        services.AddSingleton<NasStore>();
        services.AddSingleton<NasObservationStore>();
        services.AddSingleton<ZoneStore>();
        services.AddSingleton<NasDirectory>();
        services.AddSingleton<ZoneDirectory>();
        services.AddSingleton<NasTypeCatalog>(provider => NasTypeLoader.Load(
            NasTypeLoader.BuiltInFolder, provider.GetRequiredService<DataDirectory>().Combine("nas-types"), RadiusDictionary.BuiltIn));
        services.AddSingleton<NasValidator>();
        services.AddSingleton<NetworkLoader>();
        services.AddSingleton<NasRegister>();
        services.AddSingleton<ZoneRegister>();
        services.AddHostedService<NetworkStart>();
        return services;
    }
}
