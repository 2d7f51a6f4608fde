namespace Kiwire.Peers.Tests;

/// <summary>One demo server, a process of its own as an operator starts it, for all tests of a fixture.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly string _directory;

    private DemoServer(string directory, KiwireProcess process)
    {
        _directory = directory;
        Process = process;
    }

    public KiwireProcess Process { get; private set; }

    public static async Task<DemoServer> StartAsync(params string[] options)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-peers-").FullName;
        return new DemoServer(directory, await KiwireProcess.StartAsync(Path.Combine(directory, "data"), 0, options));
    }

    /// <summary>Kills the process and starts another on the same data.</summary>
    public async Task KillAndRestartAsync(params string[] options)
    {
        Process.Child.Kill();
        Process.Dispose();
        Process = await KiwireProcess.StartAsync(Path.Combine(_directory, "data"), 0, options);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.Child.StopAsync();
        Process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
