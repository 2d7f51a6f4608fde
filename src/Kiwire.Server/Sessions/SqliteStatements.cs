using System.Runtime.CompilerServices;
using System.Text;
using Kiwire.Server.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Runs statements on SQLite itself, prepared once a connection and bound by index: the ADO.NET layer looks every parameter's name up
/// again at each execution, which costs the applier about half of its time.
/// </summary>
internal sealed class SqliteStatements(WriteScope scope) : StatementRunner(scope)
{
    private const int StackOctets = 512;

    // A statement lives as long as its connection; its handle finalises it.
    private static readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, Prepared>> Kept = [];

    public override void Execute(Statement statement, IReadOnlyList<object?[]> rows)
    {
        if (rows.Count > 0)
        {
            Run(statement, rows, null);
        }
    }

    public override void Query(Statement statement, IReadOnlyList<object?[]> rows, Action<int, IStatementRow> read)
    {
        if (rows.Count > 0)
        {
            Run(statement, rows, read);
        }
    }

    private void Run(Statement statement, IReadOnlyList<object?[]> rows, Action<int, IStatementRow>? read)
    {
        SqliteConnection connection = (SqliteConnection)Scope.Connection;
        Dictionary<string, Prepared> kept = Kept.GetOrCreateValue(connection);
        if (!kept.TryGetValue(statement.Sql, out Prepared? prepared))
        {
            kept.Add(statement.Sql, prepared = new Prepared(connection.Handle!, statement));
        }

        for (int i = 0; i < rows.Count; i++)
        {
            prepared.Run(rows[i], i, read);
        }
    }

    private sealed class Prepared : IStatementRow
    {
        private readonly sqlite3 _database;
        private readonly sqlite3_stmt _statement;
        private readonly int[] _places;

        public Prepared(sqlite3 database, Statement statement)
        {
            _database = database;
            Check(raw.sqlite3_prepare_v3(database, statement.Sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
            _places = [.. statement.Parameters.Select(name => raw.sqlite3_bind_parameter_index(_statement, "@" + name))];
        }

        public void Run(object?[] values, int row, Action<int, IStatementRow>? read)
        {
            try
            {
                for (int i = 0; i < values.Length; i++)
                {
                    Check(Bind(_places[i], values[i]));
                }

                int result;
                while ((result = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
                {
                    read?.Invoke(row, this);
                }

                if (result != raw.SQLITE_DONE)
                {
                    Check(result);
                }
            }
            finally
            {
                // Says again what the step said; that has been thrown already.
                _ = raw.sqlite3_reset(_statement);
            }
        }

        public bool IsDBNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

        public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

        public int GetInt32(int column) => raw.sqlite3_column_int(_statement, column);

        public short GetInt16(int column) => (short)raw.sqlite3_column_int(_statement, column);

        public string GetString(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

        private int Bind(int place, object? value) => value switch
        {
            null => raw.sqlite3_bind_null(_statement, place),
            long number => raw.sqlite3_bind_int64(_statement, place, number),
            int number => raw.sqlite3_bind_int64(_statement, place, number),
            short number => raw.sqlite3_bind_int64(_statement, place, number),
            string text => BindText(place, text),
            // As with text: without an address it would be null.
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, place, 0),
            byte[] octets => raw.sqlite3_bind_blob(_statement, place, octets),
            _ => throw new NotSupportedException($"A value of type {value.GetType()} cannot be bound."),
        };

        private int BindText(int place, string text)
        {
            if (text.Length == 0)
            {
                // An empty span has no address, which SQLite takes for null.
                return raw.sqlite3_bind_text(_statement, place, text);
            }

            int most = Encoding.UTF8.GetMaxByteCount(text.Length);
            Span<byte> octets = most <= StackOctets ? stackalloc byte[StackOctets] : new byte[most];
            return raw.sqlite3_bind_text(_statement, place, octets[..Encoding.UTF8.GetBytes(text, octets)]);
        }

        private void Check(int result)
        {
            if (result != raw.SQLITE_OK)
            {
                SqliteException.ThrowExceptionForRC(result, _database);
            }
        }
    }
}
