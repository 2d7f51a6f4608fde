using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The room of one-time codes.</summary>
internal static class OneTimeCodesServices
{
    /// <summary>Adds it; after the accounts and the messages.</summary>
    public static IServiceCollection AddOneTimeCodes(this IServiceCollection services)
    {
        services.AddAuthenticators();
        services.AddSingleton<SmsPolicyStore>();
        services.AddSingleton<SmsPolicyDirectory>();
        services.AddSingleton<SmsPolicyRegister>();
        services.AddSingleton<SmsPolicyUse>();
        services.AddSingleton<ISmsConnectorUse>(provider => provider.GetRequiredService<SmsPolicyUse>());
        services.AddSingleton<IUse>(provider => provider.GetRequiredService<SmsPolicyUse>());
        services.AddSingleton<OneTimeCodesMetrics>();
        services.AddSingleton<CodeSecrets>();
        services.AddSingleton<CodeText>();
        services.AddSingleton<CodeStates>();
        services.AddSingleton<CodeStore>();
        services.AddSingleton<CodeRequests>();
        services.AddSingleton<CodeVerification>();
        services.AddHostedService<SmsPolicyStart>();
        services.AddHostedService<CodeSweeper>();
        return services.AddCodeGuard();
    }
}
