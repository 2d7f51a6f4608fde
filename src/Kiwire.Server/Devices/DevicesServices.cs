using Kiwire.Server.Devices.Events;
using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Devices.Series;
using Kiwire.Server.Storage;
using Kiwire.Snmp;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Devices;

/// <summary>The devices' room.</summary>
internal static class DevicesServices
{
    /// <summary>Adds it; after the storage, the tenants and e-mail.</summary>
    public static IServiceCollection AddDevices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DevicesOptions>().Bind(configuration.GetSection(DevicesOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DevicesOptions>, DevicesOptionsAnnotations>();
        services.AddSingleton(provider => PollSetLoader.Load(PollSetLoader.BuiltInFolder, provider.GetRequiredService<DataDirectory>().Combine(PollSetLoader.FolderName)));
        services.AddHostedService<PollSetStart>();
        services.AddSingleton<DeviceStore>().AddSingleton<DeviceRegister>().AddSingleton<DevicesMetrics>();

        services.AddSingleton<DeviceEventStore>().AddSingleton<DeviceNews>().AddSingleton<NoticeStore>().AddSingleton<WebhookStore>().AddSingleton<WebhookHttp>();
        services.AddSingleton<NoticeSender>().AddHostedService(provider => provider.GetRequiredService<NoticeSender>());

        services.AddSingleton<SeriesStore>().AddSingleton<SeriesHistory>();

        services.AddSingleton(provider => new SnmpClient(new SnmpClientOptions(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<CredentialsSource>().AddSingleton<DeviceRoster>().AddSingleton<PollStore>().AddSingleton<PollSharing>().AddSingleton<PollWriter>();
        services.AddSingleton<PollPlanner>().AddSingleton<DevicePoll>().AddSingleton<DownReason>().AddSingleton<ConnectedClients>().AddSingleton<DeviceTest>().AddSingleton<DeviceViews>();
        return services.AddHostedService<DevicePoller>().AddHostedService<HistoryKeeper>();
    }
}
