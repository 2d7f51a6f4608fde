using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Kiwire.Server.Tests.Support;

/// <summary>
/// A PostgreSQL server for this run of the tests, in a temporary directory and on a Unix socket of its own; started when the first test
/// asks for it and stopped at the end.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Account = "postgres";
    private static readonly Lazy<Task<PostgresServer>> Shared = new(StartAsync);

    private readonly string _programs;
    private readonly string _directory;
    private Process _process;
    private Thread _parent;
    private bool _running = true;

    private PostgresServer(string programs, string directory)
    {
        _programs = programs;
        _directory = directory;
        (_process, _parent) = Launch(programs, Path.Combine(directory, "data"), directory);
    }

    /// <summary>The server of this run. Ignores the test where PostgreSQL is not installed (fails it when KIWIRE_REQUIRE_PEERS=1).</summary>
    public static Task<PostgresServer> GetAsync() => Shared.Value;

    /// <summary>Stops the server of this run, if there is one.</summary>
    public static async Task StopSharedAsync()
    {
        if (Shared.IsValueCreated && Shared.Value.IsCompletedSuccessfully)
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    /// <summary>A server apart from the shared one, for tests that stop it.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var programs = FindPrograms();
        var directory = Directory.CreateTempSubdirectory("kiwire-pg-").FullName;
        var data = Path.Combine(directory, "data");
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", [Account, directory]);
        }

        await RunAsync(Unprivileged, [.. UnprivilegedArguments, Path.Combine(programs, "initdb"), "-D", data, "-U", Account, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]);
        var server = new PostgresServer(programs, directory);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>A connection string for one of its databases.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _directory,
        Username = Account,
        Database = database,
        MaxPoolSize = 20,

        // A busy machine is no fault of the database's.
        Timeout = 120,
        CommandTimeout = 240,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Runs one statement in the maintenance database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Drops a database. The server waits five seconds for those whose connections it ends, which a busy machine may need longer for.</summary>
    public async Task DropAsync(string database)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse && patience.Elapsed < TimeSpan.FromMinutes(3))
            {
                // It has waited itself before it said so.
            }
        }
    }

    /// <summary>Stops it at once, with all of its connections; what it holds stays.</summary>
    public async Task StopAsync()
    {
        // The process is the server itself, not a wrapper; SIGINT is its fast shutdown, and waiting for it keeps the directory ours.
        if (!_running)
        {
            return;
        }

        if (!_process.HasExited)
        {
            await RunAsync("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        }

        _parent.Join();
        _process.Dispose();
        _running = false;
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public async Task RestartAsync()
    {
        (_process, _parent) = Launch(_programs, Path.Combine(_directory, "data"), _directory);
        _running = true;
        await WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Unprivileged => Environment.UserName == "root" ? "setpriv" : "env";

    private static string[] UnprivilegedArguments =>
        Environment.UserName == "root" ? [$"--reuid={Account}", $"--regid={Account}", "--init-groups", "--"] : [];

    private static string FindPrograms()
    {
        const string Root = "/usr/lib/postgresql";
        var found = Directory.Exists(Root)
            ? Directory.GetDirectories(Root).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "postgres"))).Max(StringComparer.Ordinal)
            : null;
        if (found is null)
        {
            const string Message = "PostgreSQL is not installed (Debian: postgresql)";
            if (Environment.GetEnvironmentVariable("KIWIRE_REQUIRE_PEERS") == "1")
            {
                Assert.Fail(Message);
            }

            Assert.Ignore(Message);
        }

        return found!;
    }

    private static (Process Process, Thread Parent) Launch(string programs, string data, string sockets)
    {
        var start = new ProcessStartInfo("setpriv") { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "--pdeathsig", "INT", .. UnprivilegedArguments.Length > 0 ? UnprivilegedArguments : ["--"],
            Path.Combine(programs, "postgres"), "-D", data, "-k", sockets, "-c", "listen_addresses=", "-c", "max_connections=400", "-c", "shared_buffers=64MB",
            "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c", "log_min_messages=fatal",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The kernel ends the server with the thread that started it, so that thread stays for as long as the server does.
        var started = new TaskCompletionSource<Process>();
        var parent = new Thread(() =>
        {
            try
            {
                var process = Process.Start(start)!;
                process.OutputDataReceived += (_, _) => { };
                process.ErrorDataReceived += (_, _) => { };
                process.BeginOutputReadLine();
                process.BeginErrorReadLine();
                started.SetResult(process);
                process.WaitForExit();
            }
            catch (Exception e)
            {
                started.TrySetException(e);
            }
        })
        { IsBackground = true, Name = "postgres" };
        parent.Start();
        return (started.Task.GetAwaiter().GetResult(), parent);
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (!_process.HasExited && patience.Elapsed < TimeSpan.FromMinutes(3))
            {
                // Another program's start: there is no signal to await but trying.
                await Task.Delay(50);
            }
        }
    }
}
