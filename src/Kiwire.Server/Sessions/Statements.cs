using System.Data.Common;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>A statement that is run for many rows.</summary>
/// <param name="Sql">Its text, with parameters as <c>@name</c>.</param>
/// <param name="Parameters">Their names, in the order of a row's values.</param>
internal sealed record Statement(string Sql, params string[] Parameters);

/// <summary>
/// Runs a statement for many rows of values: one after the other in the process (SQLite), or pipelined, many to a round trip
/// (PostgreSQL). Synchronous: the applier has a thread of its own.
/// </summary>
internal abstract class StatementRunner(WriteScope scope)
{
    protected WriteScope Scope { get; } = scope;

    public static StatementRunner For(StorageProvider provider, WriteScope scope) =>
        provider == StorageProvider.Sqlite ? new SqliteStatements(scope) : new PipelinedStatements(scope);

    /// <summary>Runs it for each row.</summary>
    public abstract void Execute(Statement statement, IReadOnlyList<object?[]> rows);

    /// <summary>Runs it for each row, and has <paramref name="read"/> see each record that comes back, with the row's index.</summary>
    public abstract void Query(Statement statement, IReadOnlyList<object?[]> rows, Action<int, IStatementRow> read);

    protected static void Bind(DbParameterCollection parameters, object?[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            parameters[i].Value = row[i] ?? DBNull.Value;
        }
    }
}

/// <summary>Batches of commands, each sent at once.</summary>
internal sealed class PipelinedStatements(WriteScope scope) : StatementRunner(scope)
{
    private const int ChunkLength = 500;

    public override void Execute(Statement statement, IReadOnlyList<object?[]> rows)
    {
        for (int from = 0; from < rows.Count; from += ChunkLength)
        {
            using DbBatch batch = CreateBatch(statement, rows, from);
            batch.ExecuteNonQuery();
        }
    }

    public override void Query(Statement statement, IReadOnlyList<object?[]> rows, Action<int, IStatementRow> read)
    {
        for (int from = 0; from < rows.Count; from += ChunkLength)
        {
            using DbBatch batch = CreateBatch(statement, rows, from);
            using DbDataReader reader = batch.ExecuteReader();
            ReaderRow record = new(reader);
            int row = from;
            do
            {
                while (reader.Read())
                {
                    read(row, record);
                }

                row++;
            }
            while (reader.NextResult());
        }
    }

    private DbBatch CreateBatch(Statement statement, IReadOnlyList<object?[]> rows, int from)
    {
        DbBatch batch = Scope.Connection.CreateBatch();
        batch.Transaction = Scope.Transaction;
        for (int i = from; i < Math.Min(from + ChunkLength, rows.Count); i++)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
#pragma warning disable CA2100 // The text is a constant; what varies goes through parameters.
            command.CommandText = statement.Sql;
#pragma warning restore CA2100
            foreach (string name in statement.Parameters)
            {
                DbParameter parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }

            Bind(command.Parameters, rows[i]);
            batch.BatchCommands.Add(command);
        }

        return batch;
    }
}
