using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices;

/// <summary>The devices' room.</summary>
internal static class DevicesServices
{
    /// <summary>Adds it; after the storage.</summary>
    public static IServiceCollection AddDevices(this IServiceCollection services) =>
        services.AddSingleton<DeviceStore>().AddSingleton<DeviceRegister>()
            .AddSingleton<PollSetCatalog>(provider => PollSetLoader.Load(
                PollSetLoader.BuiltInFolder, provider.GetRequiredService<DataDirectory>().Combine(PollSetLoader.FolderName)));
}
