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

    [Test]
    public async Task Two_who_read_at_once_both_get_all_of_it()
    {
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using PrometheusPage page = new(services.GetRequiredService<IMeterFactory>());
        Meter meter = services.GetRequiredService<IMeterFactory>().Create("Kiwire.Test");
        using ManualResetEventSlim firstIsWritten = new();
        using ManualResetEventSlim secondReads = new();
        Task<string>? second = null;
        int asked = 0;
        _ = meter.CreateObservableGauge("kiwire.test.early", () =>
        {
            if (Interlocked.Increment(ref asked) == 2)
            {
                // The second reader, as far as it gets beside the first.
                secondReads.Set();
                firstIsWritten.Wait();
            }

            return 1;
        });
        _ = meter.CreateObservableGauge("kiwire.test.late", () =>
        {
            if (second is null)
            {
                second = Task.Run(page.Render);
                secondReads.Wait(TimeSpan.FromSeconds(1));
            }

            return 2;
        });

        string first = page.Render();
        firstIsWritten.Set();

        Assert.That(first, Does.Contain("\nkiwire_test_early 1\n").And.Contain("\nkiwire_test_late 2\n"));
        Assert.That(await second!, Does.Contain("\nkiwire_test_early 1\n").And.Contain("\nkiwire_test_late 2\n"));
    }

    [Test]
    public async Task What_is_no_longer_measured_leaves_room_for_what_is()
    {
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using PrometheusPage page = new(services.GetRequiredService<IMeterFactory>());
        int generation = 0;
        _ = services.GetRequiredService<IMeterFactory>().Create("Kiwire.Test").CreateObservableGauge(
            "kiwire.test.observed",
            () => Enumerable.Range(0, 9000).Select(i => new Measurement<int>(generation, new KeyValuePair<string, object?>("nas", $"{generation}-{i}"))));

        string text = "";
        for (; generation < 3; generation++)
        {
            text = page.Render();
        }

        Assert.That(text, Does.Contain("kiwire_test_observed{nas=\"2-0\"} 2\n").And.Contain("kiwire_test_observed{nas=\"2-8999\"} 2\n").And.Not.Contain("nas=\"1-0\""));
    }
}
