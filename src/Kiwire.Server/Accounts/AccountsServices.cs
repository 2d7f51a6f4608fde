using Kiwire.Server.Tenants;
using Kiwire.Server.Accounts.Bulk;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Accounts;

/// <summary>The accounts' room.</summary>
internal static class AccountsServices
{
    /// <summary>Adds it; after the storage, the tenants and the network.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccountsOptions>().Bind(configuration.GetSection(AccountsOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountsOptions>, AccountsOptionsAnnotations>();
        services.TryAddSingleton<PresenceTable>();
        services.AddSingleton<ProfileDirectory>();
        services.AddSingleton<UsageWindows>();
        services.AddSingleton<ProfileStore>();
        services.AddSingleton<INewTenant, NewTenantProfile>();
        services.AddSingleton(provider => new AccountTable(
            provider.GetRequiredService<IOptions<AccountsOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccountEntryStore>();
        services.AddSingleton<AccountRowStore>();
        services.AddSingleton<AccountValidator>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<AccountListStore>();
        services.AddSingleton<AccountLists>();
        services.AddSingleton<AccountImport>();
        services.AddSingleton<AccountExport>();
        services.AddSingleton<AccountsMetrics>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<GrantTable>();
        services.AddSingleton<GrantStore>();
        services.AddHostedService<ProfileStart>();
        services.AddHostedService<GrantFollower>();
        services.AddHostedService<AccountWarmUp>();
        return services;
    }
}

/// <summary>Checks the options' ranges, and names the option that is outside of its own.</summary>
[OptionsValidator]
internal sealed partial class AccountsOptionsAnnotations : IValidateOptions<AccountsOptions>;
