using System.ComponentModel;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>What is done where some rows have faults.</summary>
internal enum ImportMode
{
    /// <summary>All rows, or none.</summary>
    All,

    /// <summary>Those without.</summary>
    Valid,
}

/// <summary>What is done with a row whose account exists.</summary>
internal enum OnExisting
{
    /// <summary>It is a fault.</summary>
    Fail,

    /// <summary>The account stays as it is.</summary>
    Skip,

    /// <summary>The account is changed to what the row gives.</summary>
    Update,
}

/// <summary>How a file is taken in.</summary>
internal readonly record struct ImportRequest
{
    [Description("all: all rows or none, in one transaction, at most 100000 rows; valid: the rows without faults, at most 1000000. all where it is not given.")]
    public string? Mode { get; init; }

    [Description("What is done with a row whose account exists: fail (a fault), skip, or update. fail where it is not given.")]
    public string? OnExisting { get; init; }

    /// <summary>What the words mean; the faults say which is none.</summary>
    public (ImportMode Mode, OnExisting OnExisting) Read(out List<FieldFault> faults)
    {
        faults = [];
        ImportMode? mode = Mode switch
        {
            null or "all" => ImportMode.All,
            "valid" => ImportMode.Valid,
            _ => null,
        };
        OnExisting? onExisting = OnExisting switch
        {
            null or "fail" => Bulk.OnExisting.Fail,
            "skip" => Bulk.OnExisting.Skip,
            "update" => Bulk.OnExisting.Update,
            _ => null,
        };
        if (mode is null)
        {
            faults.Add(new("mode", $"is '{Mode}'; it must be all or valid."));
        }

        if (onExisting is null)
        {
            faults.Add(new("onExisting", $"is '{OnExisting}'; it must be fail, skip or update."));
        }

        return (mode ?? default, onExisting ?? default);
    }
}

/// <summary>What became of a file.</summary>
internal sealed record ImportBody
{
    public required long Created { get; init; }

    public required long Updated { get; init; }

    [Description("Rows whose account exists and stayed as it was.")]
    public required long Skipped { get; init; }

    [Description("Rows with faults.")]
    public required long Failed { get; init; }

    [Description("Null: the file was read to its end. Otherwise why not; what stood before that is counted here.")]
    public required string? Stopped { get; init; }

    [Description("How many faults there are; faults has the first 1000.")]
    public required long FaultCount { get; init; }

    public required IReadOnlyList<ImportFault> Faults { get; init; }
}

/// <summary>What is wrong with a row.</summary>
/// <param name="Line">Where it begins; the first line is 1.</param>
/// <param name="Field">Which of its fields; empty: the line as a whole.</param>
/// <param name="Message">A sentence.</param>
internal sealed record ImportFault(long Line, string Field, string Message);
