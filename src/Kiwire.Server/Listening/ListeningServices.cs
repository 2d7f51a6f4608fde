using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Listening;

/// <summary>The listening room.</summary>
internal static class ListeningServices
{
    /// <summary>
    /// Adds it. Call this after every other room: services start in this order, so that whatever a request needs is there when the first one
    /// arrives, and stop in the reverse one, so that nothing arrives any more when they finish. The two request handlers and <see cref="Network.IServerHealth"/> come from
    /// other rooms.
    /// </summary>
    public static IServiceCollection AddListening(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ListeningOptions>().Bind(configuration.GetSection(ListeningOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ListeningOptions>, ListeningOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new WaitingRequests(provider.GetRequiredService<IOptions<ListeningOptions>>().Value.WaitingRequestLimit));
        services.AddSingleton<DropNotices>();
        services.AddSingleton<ListeningMetrics>();
        services.AddSingleton<RadiusListeners>();
        services.AddHostedService(provider => provider.GetRequiredService<RadiusListeners>());
        return services;
    }
}
