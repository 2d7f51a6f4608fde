namespace Kiwire.Server.Tenants;

/// <summary>The tenants' room.</summary>
internal static class TenantServices
{
    /// <summary>
    /// Adds it; after the storage, before all rooms that need a tenant. At start it makes an empty database usable
    /// (<see cref="FirstStart.Generated"/> is then to be printed) and reads the tenants.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="credentials">Credentials to use in the place of generated ones, set at every start: the demo's.</param>
    public static IServiceCollection AddTenants(this IServiceCollection services, FirstCredentials? credentials = null)
    {
        services.AddSingleton<TenantStore>();
        services.AddSingleton<TenantRegister>();
        services.AddSingleton<AdministratorStore>();
        services.AddSingleton<AdministratorRegister>();
        services.AddSingleton<AdministratorLogin>();
        services.AddSingleton<LoginGuard>();
        services.AddSingleton<LoginHasher>();
        services.AddSingleton<ApiTokenStore>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<AuditStore>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<TenantStart>(provider, new GivenCredentials(credentials)));
        return services;
    }
}
