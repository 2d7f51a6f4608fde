namespace Kiwire.Server.Demo;

/// <summary>Makes the demo's data when every room is ready and before the first packet is taken.</summary>
internal sealed class DemoStart(DemoData data, CommandLine commandLine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => data.CreateAsync(commandLine.DemoUsers, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
