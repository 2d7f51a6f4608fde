using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>What becomes of a file, while it is taken in.</summary>
internal sealed class ImportTally
{
    private const int MostFaults = 1000;

    private readonly List<ImportFault> _faults = [];
    private long _faultCount;

    public long Created { get; private set; }

    public long Updated { get; private set; }

    public long Skipped { get; private set; }

    /// <summary>Rows with faults.</summary>
    public long Failed { get; private set; }

    /// <summary>Why the file was not read to its end; null: it was.</summary>
    public string? Stopped { get; set; }

    public void Add(ImportWritten written, ImportPlan plan)
    {
        Created += written.Created;
        Updated += written.Updated;
        Skipped += plan.Skipped;
    }

    /// <summary>A row with faults.</summary>
    public void Fail(long line, IReadOnlyList<FieldFault> faults)
    {
        Failed++;
        _faultCount += faults.Count;
        foreach (FieldFault fault in faults.Take(MostFaults - _faults.Count))
        {
            _faults.Add(new ImportFault(line, fault.Field, fault.Field.Length == 0 ? fault.Fault : fault.Message));
        }
    }

    public ImportBody ToBody() => new()
    {
        Created = Created,
        Updated = Updated,
        Skipped = Skipped,
        Failed = Failed,
        Stopped = Stopped,
        FaultCount = _faultCount,
        Faults = [.. _faults.OrderBy(fault => fault.Line)],
    };
}
