using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Storage;

/// <summary>
/// The database: connections to it and what differs between the two kinds. Reads open a connection of their own and are concurrent;
/// writes go through <see cref="CommitQueue"/> or, for the journal, through its applier, which begins them with
/// <see cref="BeginWriteAsync"/>.
/// </summary>
internal sealed partial class Database : IAsyncDisposable
{
    private readonly ConnectionSource _connections;
    private readonly TimeProvider _time;
    private readonly ILogger<Database> _log;
    private readonly Lock _doubts = new();
    private volatile bool _reachable = true;
    private List<Change>? _doubtful;

    public Database(IOptions<StorageOptions> options, DataDirectory directory, StorageMetrics metrics, TimeProvider time, ILogger<Database> log)
    {
        _time = time;
        _log = log;
        Provider = options.Value.Provider;
        Dialect = Dialect.For(Provider);
        ServerId = directory.ServerId;
        metrics.Watch(this);
        _connections = Provider == StorageProvider.Sqlite
            ? new SqliteConnectionSource(options.Value, directory)
            : new PostgreSqlConnectionSource(options.Value);
    }

    /// <summary>Raised after a commit that announced changes, before the next write begins; handlers must not block.</summary>
    public event Action<IReadOnlyList<Change>>? Committed;

    /// <summary>Which kind it is.</summary>
    public StorageProvider Provider { get; }

    /// <summary>What that kind says differently.</summary>
    public Dialect Dialect { get; }

    /// <summary>Names this server among those on the database.</summary>
    public string ServerId { get; }

    /// <summary>Whether the database could be used when last it was; false while it is away. <see cref="DatabaseProbe"/> finds out when it is back.</summary>
    public bool IsReachable => _reachable;

    /// <summary>Whether somebody had to wait for their turn to write just now: of who writes much at a time, short transactions are asked then.</summary>
    public bool IsContended => _connections.IsContended;

    /// <summary>Whether it can tell other servers at once; false where they only find changes by polling. Known after the migration.</summary>
    internal bool CanNotify { get; private set; }

    /// <summary>An open connection from the pool, for reading.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            // That one opens says little: it is from the pool, or only a file.
            return await _connections.OpenAsync(cancellationToken);
        }
        catch (DbException e)
        {
            Report(e);
            throw;
        }
    }

    /// <summary>Begins a write. SQLite has one writer: it waits for its turn. Commit it, or it is rolled back.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<WriteScope> BeginWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _connections.BeginWriteAsync(this, cancellationToken);
        }
        catch (DbException e)
        {
            Report(e);
            throw;
        }
    }

    /// <summary>Takes note of whether a use of the database succeeded: a commit, rather than a read that a full disc would allow too.</summary>
    public void Report(bool success)
    {
        if (_reachable == success)
        {
            return;
        }

        _reachable = success;
        if (success)
        {
            LogBack(_log);
        }
    }

    /// <summary>Takes note of a failure; one that is the statement's own says nothing about the database.</summary>
    public void Report(DbException failure)
    {
        if (!Dialect.IsAway(failure))
        {
            return;
        }

        var wasReachable = _reachable;
        Report(success: false);
        if (wasReachable)
        {
            LogAway(_log, failure.Message);
        }
    }

    /// <summary>Writes something, to find out whether that is possible.</summary>
    /// <exception cref="DbException">It is not.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        await using var scope = await BeginWriteAsync(cancellationToken);
        var command = scope.Command(
            "INSERT INTO settings (name, value) VALUES ('probe', @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value", "value");
        command.Parameters[0].Value = BitConverter.GetBytes(_time.GetTimestamp());
        await command.ExecuteNonQueryAsync(cancellationToken);
        await scope.CommitAsync(cancellationToken);
    }

    /// <summary>Brings the schema up to date, under a lock that several servers respect.</summary>
    /// <exception cref="StartUpException">The database is newer than the program.</exception>
    /// <exception cref="DbException">The database is away or a migration failed; the schema is as it was.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var applied = await new Migrator(this, _time).RunAsync(cancellationToken);
        foreach (var name in applied)
        {
            LogMigrated(_log, name);
        }

        CanNotify = await _connections.CanNotifyAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    /// <summary>A commit failed, of which nobody knows whether it was done: what it announced is told behind the next one that succeeds.</summary>
    internal void OnDoubtful(IReadOnlyList<Change> changes)
    {
        lock (_doubts)
        {
            _doubtful = ChangeLog.Reduce([.. _doubtful ?? [], .. changes]);
        }
    }

    /// <summary>What is to be told for that; null: nothing.</summary>
    internal List<Change>? TakeDoubtful()
    {
        lock (_doubts)
        {
            List<Change>? doubtful = _doubtful;
            _doubtful = null;
            return doubtful;
        }
    }

    internal void OnCommitted(IReadOnlyList<Change> changes) => Committed?.Invoke(changes);

    [LoggerMessage(900, LogLevel.Error, "The database cannot be used: {Reason}")]
    private static partial void LogAway(ILogger log, string reason);

    [LoggerMessage(901, LogLevel.Information, "The database is back")]
    private static partial void LogBack(ILogger log);

    [LoggerMessage(902, LogLevel.Information, "Schema migration {Name} applied")]
    private static partial void LogMigrated(ILogger log, string name);
}
