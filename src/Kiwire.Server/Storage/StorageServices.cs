using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Storage;

/// <summary>The storage room.</summary>
internal static class StorageServices
{
    /// <summary>Adds it. Call this before any other room: services stop in the reverse order, so what others enqueue is still committed.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DataDirectoryOptions>().Bind(configuration.GetSection(DataDirectoryOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsAnnotations>();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();

        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsAnnotations>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => DataDirectory.Open(provider.GetRequiredService<IOptions<DataDirectoryOptions>>().Value.DataDirectory));
        services.AddSingleton<Database>();
        services.AddSingleton<IdSource>();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<CommitQueue>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton<JournalDisc>();
        services.AddSingleton<AccountingJournal>();

        // The ring lies unencrypted beside what it protects, on purpose (a copy of the database alone reveals nothing); no warning at each start.
        services.AddDataProtection().SetApplicationName("Kiwire.Radius");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeyRing>();
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));

        services.AddHostedService<StorageStart>();
        services.AddHostedService<DatabaseProbe>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddHostedService(provider => provider.GetRequiredService<CommitQueue>());
        services.AddHostedService(provider => provider.GetRequiredService<AccountingJournal>());
        services.AddHostedService<Retention>();
        return services;
    }
}
