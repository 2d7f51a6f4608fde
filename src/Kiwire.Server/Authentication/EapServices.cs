using Microsoft.Extensions.Options;

namespace Kiwire.Server.Authentication;

/// <summary>EAP, for the authentication room.</summary>
internal static class EapServices
{
    public static IServiceCollection AddEap(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EapOptions>().Bind(configuration.GetSection(EapOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EapOptions>, EapOptionsValidator>();
        services.AddSingleton<EapMetrics>();
        services.AddSingleton<EapConversations>();
        return services;
    }
}
