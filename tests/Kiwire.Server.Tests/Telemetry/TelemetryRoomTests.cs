using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Kiwire.Server.Tests.Telemetry;

/// <summary>What goes to an OTLP receiver.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class TelemetryRoomTests
{
    [Test]
    public async Task What_was_measured_last_is_sent_when_the_server_stops()
    {
        using TcpListener receiver = new(IPAddress.Loopback, 0);
        receiver.Start();
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Kiwire:Telemetry:OtlpEndpoint", $"http://{receiver.LocalEndpoint}")])
            .Build();
        ServiceProvider services = new ServiceCollection().AddMetrics().AddTelemetryRoom(configuration).BuildServiceProvider();
        _ = services.GetRequiredService<MeterProvider>();

        Task asked = CloseFirstAsync(receiver);

        await services.DisposeAsync();

        // Long before the next of those that are sent every minute.
        Assert.That(async () => await asked.WaitAsync(TimeSpan.FromSeconds(30)), Throws.Nothing);
    }

    private static async Task CloseFirstAsync(TcpListener receiver)
    {
        using TcpClient exporter = await receiver.AcceptTcpClientAsync();
    }
}
