using System.Diagnostics.Metrics;
using Kiwire.Server.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Kiwire.Server.Tests.Telemetry;

/// <summary>The page of one server, where a process has several.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class PrometheusPageTests
{
    [Test]
    public async Task Another_servers_figures_are_not_on_the_page()
    {
        await using ServiceProvider own = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using ServiceProvider other = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using PrometheusPage page = new(own.GetRequiredService<IMeterFactory>());
        Meter[] meters = [.. new[] { own, other }.Select(server => server.GetRequiredService<IMeterFactory>().Create("Kiwire.Test"))];
        foreach ((int index, Meter meter) in meters.Index())
        {
            meter.CreateCounter<long>("kiwire.test.counted").Add(1 + index);
            _ = meter.CreateObservableGauge("kiwire.test.observed", () => 10 + index);
        }

        string text = page.Render();

        Assert.That(text, Does.Contain("\nkiwire_test_counted_total 1\n").And.Contain("\nkiwire_test_observed 10\n"));
    }
}
