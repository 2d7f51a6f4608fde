using Kiwire.Server.Network;

namespace Kiwire.Server.Authentication;

/// <summary>Puts the room's services into the container.</summary>
internal static class AuthenticationRoom
{
    public static IServiceCollection AddAuthenticationRoom(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<AuthenticationMetrics>()
        .AddSingleton<Lockout>()
        .AddSingleton<LoginChallenges>()
        .AddSingleton<Suspensions>()
        .AddHostedService(provider => provider.GetRequiredService<Suspensions>())
        .AddEap(configuration)
        .AddSingleton<AccessRequestHandler>()
        .AddSingleton<IAccessRequestHandler>(provider => provider.GetRequiredService<AccessRequestHandler>());
}
