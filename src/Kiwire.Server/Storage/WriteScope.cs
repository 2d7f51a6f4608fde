using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>
/// A write transaction: committed by <see cref="CommitAsync"/>, else rolled back when disposed. On SQLite it is the only one at the time.
/// </summary>
internal sealed class WriteScope : IAsyncDisposable
{
    private readonly Database _database;
    private readonly Dictionary<string, DbCommand> _commands;
    private readonly Func<bool, ValueTask> _release;
    private List<Change>? _changes;
    private bool _open = true;
    private bool _sound = true;

    internal WriteScope(
        Database database, DbConnection connection, DbTransaction transaction, Dictionary<string, DbCommand> commands, Func<bool, ValueTask> release)
    {
        _database = database;
        _commands = commands;
        _release = release;
        Connection = connection;
        Transaction = transaction;
    }

    public DbConnection Connection { get; }

    public DbTransaction Transaction { get; }

    /// <summary>
    /// A statement that is run again and again: kept prepared. Give it its values in the order of the names
    /// (<see cref="CommandValues.SetValues"/>), and do not dispose it.
    /// </summary>
    /// <param name="sql">The statement, with parameters as <c>@name</c>.</param>
    /// <param name="parameters">The names, without the @; read the first time only.</param>
    public DbCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Connection.CreateCommand();
#pragma warning disable CA2100 // The text is the callers' constants; what varies goes through parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            command.AddParameters(parameters);
            _commands.Add(sql, command);
        }

        command.Transaction = Transaction;
        return command;
    }

    /// <summary>Tells every server, this one included, once this is committed, that something it may hold in memory has changed.</summary>
    public void Announce(Change change) => (_changes ??= []).Add(change);

    /// <summary>Commits, durably; then the announced changes go out.</summary>
    /// <exception cref="DbException">Nothing was committed (or, when the connection broke during it, it is not known).</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_changes is not null)
            {
                _changes = ChangeLog.Reduce(_changes);
                await ChangeLog.WriteAsync(_database, this, _changes, cancellationToken);
            }

            await Transaction.CommitAsync(cancellationToken);
        }
        catch (Exception e)
        {
            if (_changes is not null)
            {
                // It may have been done all the same.
                _database.OnDoubtful(_changes);
            }

            if (e is DbException failure)
            {
                _database.Report(failure);
            }

            throw;
        }

        _database.Report(success: true);

        // Before the next writer may begin, so that changes are heard in the order of commits.
        if (_database.TakeDoubtful() is { } doubtful)
        {
            _database.OnCommitted(doubtful);
        }

        if (_changes is not null)
        {
            _database.OnCommitted(_changes);
        }

        await CloseAsync();
    }

    /// <summary>Marks the connection as not to be used again; for a failure that was of the database and not of a statement.</summary>
    public void Distrust() => _sound = false;

    public ValueTask DisposeAsync() => CloseAsync();

    private async ValueTask CloseAsync()
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        try
        {
            // Rolls back what is not committed.
            await Transaction.DisposeAsync();
        }
        catch (DbException)
        {
            // The connection is gone, and the transaction with it.
            _sound = false;
        }

        await _release(_sound);
    }
}
