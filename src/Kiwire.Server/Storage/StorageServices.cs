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

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => DataDirectory.Open(provider.GetRequiredService<IOptions<DataDirectoryOptions>>().Value.DataDirectory));
        services.AddSingleton<Database>();
        services.AddSingleton<IdSource>();
        services.AddHostedService<StorageStart>();
        return services;
    }
}
