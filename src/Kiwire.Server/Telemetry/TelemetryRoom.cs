using Kiwire.Server.Web;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Kiwire.Server.Telemetry;

/// <summary>Puts the room's services into the container, and its pages on the HTTP port.</summary>
internal static class TelemetryRoom
{
    public static IServiceCollection AddTelemetryRoom(this IServiceCollection services, IConfiguration configuration)
    {
        TelemetryOptions options = configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
        if (options.OtlpEndpoint.Length > 0)
        {
            if (!Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
            {
                throw new StartUpException($"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)} is '{options.OtlpEndpoint}'; an address such as http://127.0.0.1:4317 is wanted.");
            }

            // Made by the container, which then disposes it: what was measured last is sent when the server stops.
            services.AddSingleton<MeterProvider>(_ => Sdk.CreateMeterProviderBuilder()
                .AddMeter("Kiwire.*", "System.Runtime")
                .AddOtlpExporter(exporter => exporter.Endpoint = endpoint)
                .Build()!);
        }

        return services.AddSingleton(options).AddSingleton<PrometheusPage>();
    }

    /// <summary><c>/metrics</c>, for callers with <see cref="ApiScope.ServerRead"/> unless anyone may read it.</summary>
    public static IEndpointRouteBuilder MapTelemetry(this IEndpointRouteBuilder routes)
    {
        // Made now, so that what is measured from the start on is on the page.
        _ = routes.ServiceProvider.GetRequiredService<PrometheusPage>();
        _ = routes.ServiceProvider.GetService<MeterProvider>();
        RouteHandlerBuilder metrics = routes.MapGet("/metrics", static (PrometheusPage page) => TypedResults.Text(page.Render(), PrometheusPage.ContentType));
        if (routes.ServiceProvider.GetRequiredService<TelemetryOptions>().MetricsAccess != MetricsAccess.Anyone)
        {
            metrics.RequireScope(ApiScope.ServerRead);
        }

        return routes;
    }
}
