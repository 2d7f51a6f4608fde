using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

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

    /// <summary>
    /// Octets in one segment file of the journal; two are kept on disc at least. Filled with zeros beforehand, so larger ones start more slowly.
    /// </summary>
    [Range(1L << 16, 1L << 30)]
    public long JournalSegmentOctets { get; set; } = 16L << 20;
}

/// <summary>Checks the annotations.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsAnnotations : IValidateOptions<StorageOptions>;

/// <summary>Checks what concerns more than one option.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        List<string> errors = [];
        if (options.Provider == StorageProvider.PostgreSql && string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            errors.Add($"{StorageOptions.Section}:ConnectionString is needed with PostgreSql, such as Host=localhost;Database=kiwire;Username=kiwire.");
        }
        else if (!CanRead(options))
        {
            // Not what is in it: it has a password.
            errors.Add(
                $"{StorageOptions.Section}:ConnectionString is not one that can be read: keywords and values such as "
                + (options.Provider == StorageProvider.PostgreSql ? "Host=localhost;Database=kiwire;Username=kiwire" : "Data Source=/var/lib/kiwire/kiwire.db")
                + " are wanted; one is misspelt, has a value of the wrong kind, or has a ';' that is not in quotes.");
        }

        if (options.JournalSegmentOctets > options.JournalLimitOctets)
        {
            errors.Add($"{StorageOptions.Section}:JournalSegmentOctets must not be more than JournalLimitOctets.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool CanRead(StorageOptions options)
    {
        try
        {
            DbConnectionStringBuilder reading = options.Provider == StorageProvider.PostgreSql
                ? new NpgsqlConnectionStringBuilder(options.ConnectionString)
                : new SqliteConnectionStringBuilder(options.ConnectionString);
            return reading.Count >= 0;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return false;
        }
    }
}
