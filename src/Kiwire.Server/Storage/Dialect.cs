using System.Data.Common;

namespace Kiwire.Server.Storage;

/// <summary>What differs between the databases; everything else is said in SQL that both understand.</summary>
internal abstract class Dialect
{
    /// <summary>Compares with a pattern without regard to case (of ASCII letters at least).</summary>
    public abstract string Like { get; }

    /// <summary>
    /// After a column of text: it is compared and ordered by its octets, whatever the database's own language is. In a migration it is
    /// written <c>/*binary*/</c>.
    /// </summary>
    public abstract string Binary { get; }

    /// <summary>A condition: the column has one of the values of a parameter that is a list (of at most a few thousand).</summary>
    public abstract string IsAnyOf(string column, string parameter);

    /// <summary>An expression: now by the database's clock, Unix milliseconds.</summary>
    public abstract string Now { get; }

    /// <summary>Run inside the transactions of start-up, so that servers starting together take turns; null: a write is alone anyway.</summary>
    public abstract string? StartLock { get; }

    /// <summary>Behind a SELECT of rows that are then changed: leaves out those that another writer has in hand. Empty: there is only one writer.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>Whether the statement failed because a key or unique column has that value already.</summary>
    public abstract bool IsDuplicate(DbException exception);

    /// <summary>
    /// Whether the database failed rather than the statement: it is away, out of space, restarting, or asks for the same again. What failed
    /// so may succeed unchanged later.
    /// </summary>
    public abstract bool IsAway(DbException exception);

    /// <summary>Whether the statement was given up so that another transaction could go on: the same succeeds when that is done.</summary>
    public abstract bool IsConflict(DbException exception);

    public static Dialect For(StorageProvider provider) => provider switch
    {
        StorageProvider.Sqlite => new SqliteDialect(),
        StorageProvider.PostgreSql => new PostgreSqlDialect(),
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };
}
