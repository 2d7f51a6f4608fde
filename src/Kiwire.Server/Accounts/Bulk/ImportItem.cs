using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>A row of a file whose values can be stored, as far as the row itself tells.</summary>
/// <param name="line">Where it stands.</param>
/// <param name="draft">What it gives.</param>
internal sealed class ImportItem(long line, AccountDraft draft)
{
    public long Line => line;

    public AccountDraft Draft => draft;

    public string NameKey { get; } = AccountName.KeyOf(draft.Name!);
}

/// <summary>What is to be done with some rows of a file.</summary>
internal sealed class ImportPlan
{
    public List<(ImportItem Item, AccountRow Row)> New { get; } = [];

    public List<ImportItem> Changed { get; } = [];

    public int Skipped { get; set; }

    public List<(long Line, FieldFault Fault)> Faults { get; } = [];

    public void Refuse(ImportItem item, string field, string fault) => Faults.Add((item.Line, new FieldFault(field, fault)));
}

/// <summary>What was written of a plan.</summary>
/// <param name="Created">New accounts.</param>
/// <param name="Updated">Changed ones.</param>
/// <param name="Overtaken">Rows whose name another server gave away meanwhile.</param>
internal readonly record struct ImportWritten(int Created, int Updated, IReadOnlyList<ImportItem> Overtaken);
