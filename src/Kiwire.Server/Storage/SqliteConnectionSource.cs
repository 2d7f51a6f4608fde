using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kiwire.Server.Storage;

/// <summary>Connections to a SQLite file: pooled ones for reading, and one for writing that keeps its statements prepared.</summary>
internal sealed class SqliteConnectionSource : ConnectionSource
{
    // Write-ahead log, synced at each commit. The file is not mapped: pages of a map count as the process's memory, and an error in
    // reading one would end the process.
    private const string Settings = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 10000;
        PRAGMA temp_store = MEMORY;
        PRAGMA journal_size_limit = 67108864;
        """;

    private const string ReaderSettings = Settings + "PRAGMA cache_size = -4096;";

    // The writer touches every index; a log of 32 MiB before a checkpoint lets pages written often go to the file once.
    private const string WriterSettings = Settings + "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192;";

    // For so long after somebody had to wait it is taken for likely that somebody will again.
    private const long ContendedMilliseconds = 250;

    private readonly string _connectionString;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, DbCommand> _commands = [];

    // Which of the pool's handles have been set up.
    private readonly ConditionalWeakTable<sqlite3, object> _prepared = [];
    private SqliteConnection? _writer;
    private long _waitedAt = -ContendedMilliseconds;
    private int _waiting;

    public SqliteConnectionSource(StorageOptions options, DataDirectory directory)
    {
        var builder = new SqliteConnectionStringBuilder(options.ConnectionString);
        if (builder.DataSource.Length == 0)
        {
            builder.DataSource = directory.Combine("kiwire.db");
        }

        _connectionString = builder.ConnectionString;
    }

    public override bool IsContended =>
        Volatile.Read(ref _waiting) > 0 || Environment.TickCount64 - Volatile.Read(ref _waitedAt) < ContendedMilliseconds;

    public override ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            if (!_prepared.TryGetValue(connection.Handle!, out _))
            {
                Set(connection, ReaderSettings);
                _prepared.Add(connection.Handle!, this);
            }

            return ValueTask.FromResult<DbConnection>(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override async Task<WriteScope> BeginWriteAsync(Database database, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken);
        try
        {
            _writer ??= OpenWriter();

            // BEGIN IMMEDIATE: it is the writer from its first statement on.
            return new WriteScope(database, _writer, _writer.BeginTransaction(), _commands, ReleaseAsync);
        }
        catch
        {
            await ReleaseAsync(sound: false);
            throw;
        }
    }

    public override Task<bool> CanNotifyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    public override async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        CloseWriter();
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private async ValueTask TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (_turn.Wait(0, cancellationToken))
        {
            return;
        }

        Interlocked.Increment(ref _waiting);
        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _waitedAt, Environment.TickCount64);
            Interlocked.Decrement(ref _waiting);
        }
    }

    private SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            Set(connection, WriterSettings);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private ValueTask ReleaseAsync(bool sound)
    {
        if (!sound)
        {
            CloseWriter();
        }

        _turn.Release();
        return ValueTask.CompletedTask;
    }

    private void CloseWriter()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
        _writer?.Dispose();
        _writer = null;
    }

    private static void Set(SqliteConnection connection, string settings)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the constants above.
        command.CommandText = settings;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
