using Kiwire.Server.Network;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sessions;

/// <summary>The sessions' room.</summary>
internal static class SessionsServices
{
    /// <summary>Adds it; after the storage, the tenants, the network and the accounts, and before the listeners.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountingOptions>().Bind(configuration.GetSection(AccountingOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountingOptions>, AccountingOptionsAnnotations>();
        services.TryAddSingleton<Accounts.PresenceTable>();
        services.AddSingleton<SessionsMetrics>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<LiveSessionStore>();
        services.AddSingleton<LostSessions>();
        services.AddSingleton<LoginHistory>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<LoginHistoryStore>();
        services.AddSingleton<IAccountingRequestHandler, AccountingRequestHandler>();
        services.AddSingleton<BatchApplierSource>();
        services.AddSingleton<ExhaustedAccounts>();
        services.AddHostedService<SessionsStart>();
        services.AddHostedService(provider => provider.GetRequiredService<ExhaustedAccounts>());
        services.AddHostedService<JournalApplier>();
        services.AddHostedService<StaleSessions>();
        services.AddHostedService<SessionFollower>();
        return services;
    }
}
