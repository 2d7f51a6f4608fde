using System.Globalization;

namespace Kiwire.Benchmarks;

/// <summary>A PostgreSQL of the benchmark's own, with its defaults (every commit is synced), on a socket in a scratch directory.</summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    private readonly Child _server;

    private PostgreSqlCluster(Child server, string socketDirectory)
    {
        _server = server;
        SocketDirectory = socketDirectory;
    }

    public string SocketDirectory { get; }

    public static string? FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "postgres"))).Max()
            : null;

    public static async Task<PostgreSqlCluster> StartAsync(string scratch, string programs)
    {
        // PostgreSQL refuses to run as root; its package brings a user for it.
        string data = Path.Combine(scratch, "pg");
        bool root = Environment.UserName == "root";
        if (root)
        {
            await Child.RunAsync("chown", "postgres", scratch);
            await Child.RunAsync("chmod", "755", Path.GetDirectoryName(scratch)!);
        }

        string[] As(params string[] command) => root ? ["runuser", "-u", "postgres", "--", .. command] : command;
        string[] initialise = As(Path.Combine(programs, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8");
        await Child.RunAsync(initialise[0], initialise[1..]);
        string[] run = As(Path.Combine(programs, "postgres"), "-D", data, "-k", scratch, "-c", "listen_addresses=", "-c", "max_connections=200");
        (Child child, _) = await Child.StartAsync(
            run[0], run[1..], static line => line.Contains("ready to accept connections", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        return new PostgreSqlCluster(child, scratch);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"PostgreSQL at {SocketDirectory}");

    public void Dispose() => _server.Dispose();
}
