using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sms;

/// <summary>The room of messages.</summary>
internal static class SmsServices
{
    /// <summary>Adds it; after the storage and the tenants.</summary>
    public static IServiceCollection AddSms(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SmsOptions>().Bind(configuration.GetSection(SmsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SmsOptions>, SmsOptionsAnnotations>();
        services.AddSingleton<IValidateOptions<SmsOptions>, SmsOptionsValidator>();
        services.AddSingleton(provider => SmsPresetLoader.Load(SmsPresetLoader.BuiltInFolder, provider.GetRequiredService<DataDirectory>().Combine("sms-presets")));
        services.AddSingleton<SmsMetrics>();
        services.AddSingleton<SmsHttp>();
        services.AddSingleton<SmsConnectorStore>();
        services.AddSingleton<SmsConnectorValidator>();
        services.AddSingleton<SmsConnectorRegister>();
        services.AddSingleton<SmsConnectorDirectory>();
        services.AddSingleton<SmsConnectorTest>();
        services.AddSingleton<SmsTemplateStore>();
        services.AddSingleton<SmsTemplateRegister>();
        services.AddSingleton<SmsOutboxStore>();
        services.AddSingleton<SmsOutbox>();
        services.AddSingleton<SmsLogStore>();
        services.AddSingleton<SmsConnectorChoice>();
        services.AddSingleton<SmsMessages>();
        services.AddSingleton<SmsCampaignStore>();
        services.AddSingleton<SmsCampaigns>();
        services.AddSingleton<SmsOptOutStore>();
        services.AddSingleton<SmsOptOuts>();
        services.AddSingleton<SmsReports>();
        services.AddSingleton<ConnectorRests>();
        services.AddHostedService<SmsSender>();
        services.AddSingleton<SmsCampaignFeeder>();
        services.AddHostedService(provider => provider.GetRequiredService<SmsCampaignFeeder>());
        return services;
    }
}
