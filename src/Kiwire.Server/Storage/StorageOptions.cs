using System.ComponentModel.DataAnnotations;

namespace Kiwire.Server.Storage;

/// <summary>Which database the product keeps its matter in. Section <c>Kiwire:Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Kiwire:Storage";

    /// <summary>Sqlite (one machine) or PostgreSql (several servers).</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>The ADO.NET connection string. Empty for SQLite: <c>kiwire.db</c> in the data directory.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The most octets that the journal may hold that are not in the database yet; full, accounting is not answered.</summary>
    [Range(1L << 20, 1L << 44)]
    public long JournalLimitOctets { get; set; } = 4L << 30;

    /// <summary>The most octets of backlog with which login history is still recorded; past it, rows are dropped and counted.</summary>
    [Range(1L << 20, 1L << 44)]
    public long HistoryLimitOctets { get; set; } = 1L << 30;

    /// <summary>Octets in one segment file of the journal.</summary>
    [Range(1L << 16, 1L << 32)]
    public long JournalSegmentOctets { get; set; } = 64L << 20;
}
