using Kiwire.Server.Sms;
using Kiwire.Server.Tenants;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Demo;

/// <summary>Adds the demo to a program that was started with <c>--demo</c>.</summary>
internal static class DemoServices
{
    /// <summary>The demo's administrator and API key, known to everybody.</summary>
    public static readonly FirstCredentials Credentials = new("admin", "demo-password", "demo-api-key");

    public static IServiceCollection AddDemo(this IServiceCollection services, CommandLine commandLine, IConfiguration configuration)
    {
        if (!commandLine.Demo)
        {
            return services;
        }

        services.AddOptions<DemoOptions>().Bind(configuration.GetSection(DemoOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<DemoOptions>, DemoOptionsValidator>()
            .AddSingleton<ISmsStandIn, DemoGateway>()
            .AddSingleton<DemoData>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<DemoStart>(provider, commandLine));
    }
}
