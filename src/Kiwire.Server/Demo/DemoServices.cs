using Kiwire.Server.Tenants;

namespace Kiwire.Server.Demo;

/// <summary>Adds the demo to a program that was started with <c>--demo</c>.</summary>
internal static class DemoServices
{
    /// <summary>The demo's administrator and API key, known to everybody.</summary>
    public static readonly FirstCredentials Credentials = new("admin", "demo-password", "demo-api-key");

    public static IServiceCollection AddDemo(this IServiceCollection services, CommandLine commandLine) => commandLine.Demo
        ? services
            .AddSingleton<DemoData>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<DemoStart>(provider, commandLine))
        : services;
}
