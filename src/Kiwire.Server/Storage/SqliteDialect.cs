using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Kiwire.Server.Storage;

/// <summary>SQLite's ways.</summary>
internal sealed class SqliteDialect : Dialect
{
    // Primary result codes of sqlite3.h.
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;
    private const int ConstraintPrimaryKey = 1555;
    private const int ConstraintUnique = 2067;
    private const int ConstraintRowId = 2579;

    public override string Like => "LIKE";

    public override string Binary => "";

    public override string Now => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    public override string? StartLock => null;

    // The parameter becomes one for each value.
    public override string IsAnyOf(string column, string parameter) => $"{column} IN {parameter}";

    public override string SkipLocked => "";

    public override bool IsDuplicate(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: ConstraintPrimaryKey or ConstraintUnique or ConstraintRowId };

    public override bool IsAway(DbException exception) => exception is SqliteException
    {
        SqliteErrorCode: Permission or Busy or Locked or NoMemory or ReadOnly or Interrupted or InputOutput or Corrupt or Full or CannotOpen or Protocol
            or NotADatabase,
    };

    // There is only one writer.
    public override bool IsConflict(DbException exception) => false;
}
