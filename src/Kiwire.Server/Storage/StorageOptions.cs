using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

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

        if (options.JournalSegmentOctets > options.JournalLimitOctets)
        {
            errors.Add($"{StorageOptions.Section}:JournalSegmentOctets must not be more than JournalLimitOctets.");
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}
