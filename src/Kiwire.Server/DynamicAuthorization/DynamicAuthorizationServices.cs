namespace Kiwire.Server.DynamicAuthorization;

/// <summary>The room of CoA and Disconnect.</summary>
internal static class DynamicAuthorizationServices
{
    /// <summary>Adds it; after storage, network, accounts and sessions. What is under way at the end is ended before the log is closed.</summary>
    public static IServiceCollection AddDynamicAuthorization(this IServiceCollection services) => services
        .AddSingleton<DynamicAuthorizationMetrics>()
        .AddSingleton<CoaLogStore>()
        .AddSingleton<CoaLog>()
        .AddSingleton<SilenceNotices>()
        .AddSingleton<CoaSender>()
        .AddSingleton<CoaDialogue>()
        .AddSingleton<SessionTurns>()
        .AddSingleton<SessionControl>()
        .AddSingleton<NasTest>()
        .AddSingleton<OnlineLogin>()
        .AddSingleton<SessionRights>()
        .AddSingleton<EnforcementStore>()
        .AddSingleton<EnforcementClaims>()
        .AddSingleton<EnforcementWatch>()
        .AddHostedService(provider => provider.GetRequiredService<CoaLog>())
        .AddHostedService<DisconnectProofs>()
        .AddHostedService<Enforcement>()
        .AddHostedService(provider => provider.GetRequiredService<CoaSender>());
}
