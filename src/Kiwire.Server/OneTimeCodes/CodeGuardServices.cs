using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>The guard's part of the room.</summary>
internal static class CodeGuardServices
{
    public static IServiceCollection AddCodeGuard(this IServiceCollection services)
    {
        services.AddSingleton<CodeGuard>();
        services.AddSingleton<GuardStore>();
        services.AddSingleton<GuardDecisionStore>();
        services.AddSingleton<GuardAllowedStore>();
        services.AddSingleton<GuardAllowList>();
        services.AddSingleton<ISmsBudget, GuardBudget>();
        services.AddHostedService<GuardPrune>();
        return services;
    }
}
