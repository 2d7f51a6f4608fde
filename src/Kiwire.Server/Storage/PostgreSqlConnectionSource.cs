using System.Data.Common;
using Npgsql;

namespace Kiwire.Server.Storage;

/// <summary>Pooled connections to PostgreSQL, for reading and writing alike.</summary>
internal sealed class PostgreSqlConnectionSource : ConnectionSource
{
    private readonly NpgsqlDataSource _source;

    public PostgreSqlConnectionSource(StorageOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString);

        // What the operator wrote stands; these are for what was not said.
        if (!builder.ContainsKey("Max Auto Prepare"))
        {
            builder.MaxAutoPrepare = 100;
            builder.AutoPrepareMinUsages = 3;
        }

        if (!builder.ContainsKey("Timeout"))
        {
            builder.Timeout = 5;
        }

        if (string.IsNullOrEmpty(builder.ApplicationName))
        {
            builder.ApplicationName = "kiwire";
        }

        _source = NpgsqlDataSource.Create(builder);
    }

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken);

    public override async Task<WriteScope> BeginWriteAsync(Database database, CancellationToken cancellationToken)
    {
        var connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);

            // The pool keeps statements prepared by their text, so the commands themselves live no longer than the scope.
            return new WriteScope(database, connection, transaction, [], _ => connection.DisposeAsync());
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<bool> CanNotifyAsync(CancellationToken cancellationToken)
    {
        await using var command = _source.CreateCommand("SELECT count(*) FROM pg_proc WHERE proname = 'pg_notify'");
        return await command.ExecuteScalarAsync(cancellationToken) is long and > 0;
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
