using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Accounts.Bulk;

/// <summary>
/// Takes files of users or vouchers in. All rows or none are one transaction, prepared before it begins: on SQLite other writers wait for its
/// end, logins of accounts that are in memory do not. Valid rows alone go in by small transactions while the file still comes.
/// </summary>
internal sealed class AccountImport(AccountStore store, AccountValidator validator, CommitQueue commits)
{
    public const int MostRows = 1_000_000;

    /// <summary>The most in one transaction.</summary>
    public const int MostRowsTogether = 100_000;

    // Others wait for so many to be written; fewer would mean more waits for the disc.
    private const int RowsPerUnit = 4000;

    /// <summary>Takes a file in.</summary>
    /// <param name="tenantId">Whose accounts they become.</param>
    /// <param name="fields">Users or vouchers.</param>
    /// <param name="mode">What is done where some rows have faults.</param>
    /// <param name="onExisting">What is done with a row whose account exists.</param>
    /// <param name="rows">The file.</param>
    /// <param name="cancellationToken">Gives up; what was committed stays.</param>
    public async Task<ImportTally> RunAsync(
        long tenantId, BulkFields fields, ImportMode mode, OnExisting onExisting, IAsyncEnumerable<BulkRow> rows, CancellationToken cancellationToken)
    {
        ImportTally tally = new();
        List<ImportItem> waiting = [];
        Dictionary<UInt128, long> lines = [];
        int most = mode == ImportMode.All ? MostRowsTogether : MostRows;
        int count = 0;
        long line = 0;
        try
        {
            await foreach (BulkRow row in rows.WithCancellation(cancellationToken))
            {
                line = row.Line;
                if (++count > most)
                {
                    tally.Stopped = $"Line {row.Line} begins row {count}, and {most} is the most that is taken in mode={(mode == ImportMode.All ? "all" : "valid")}.";
                    break;
                }

                if (await CheckAsync(tenantId, fields, row, lines, tally, cancellationToken) is { } item)
                {
                    waiting.Add(item);
                }

                if (mode == ImportMode.Valid && waiting.Count == RowsPerUnit)
                {
                    await StoreAsync(tenantId, fields, onExisting, waiting, tally, cancellationToken);
                    waiting.Clear();
                }
            }

            if (mode == ImportMode.Valid)
            {
                await StoreAsync(tenantId, fields, onExisting, waiting, tally, cancellationToken);
            }
        }
        catch (BulkFormatException e)
        {
            tally.Stopped = e.Message;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            tally.Stopped = "The file has more octets than this takes.";
        }
        catch (DbException) when (tally.Created + tally.Updated > 0)
        {
            // What was committed is to be said.
            tally.Stopped = $"The database cannot be used any more; nothing from line {(waiting.Count > 0 ? waiting[0].Line : line)} on was taken in.";
        }

        if (mode == ImportMode.All && tally is { Failed: 0, Stopped: null })
        {
            await StoreTogetherAsync(tenantId, fields, onExisting, waiting, tally, cancellationToken);
        }

        return tally;
    }

    private async Task<ImportItem?> CheckAsync(
        long tenantId, BulkFields fields, BulkRow row, Dictionary<UInt128, long> lines, ImportTally tally, CancellationToken cancellationToken)
    {
        if (row.Faults.Count > 0)
        {
            tally.Fail(row.Line, row.Faults);
            return null;
        }

        (AccountDraft draft, List<FieldFault> faults) = await validator.CheckAsync(tenantId, row.ToSettings(), creating: false, cancellationToken);
        AccountValidator.CheckName(fields.Name, row.Name, creating: true, faults);
        if (faults.Count > 0)
        {
            tally.Fail(row.Line, faults);
            return null;
        }

        draft.Name = row.Name;
        ImportItem item = new(row.Line, draft);
        if (!lines.TryAdd(HashOf(item.NameKey), row.Line))
        {
            tally.Fail(row.Line, [new(fields.Name, $"is '{row.Name}', as in line {lines[HashOf(item.NameKey)]}; each may be there once.")]);
            return null;
        }

        return item;
    }

    private async Task StoreAsync(
        long tenantId, BulkFields fields, OnExisting onExisting, List<ImportItem> items, ImportTally tally, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        (ImportPlan plan, ImportWritten written) = await commits.EnqueueAsync(
            async unit =>
            {
                ImportPlan plan = await store.PlanImportAsync(unit, tenantId, fields, items, onExisting);
                ImportWritten written = await store.WriteImportAsync(unit, tenantId, fields, plan);
                await AccountStore.AuditImportAsync(unit, tenantId, fields.Kind, items[0].Line, items[^1].Line, written.Created, written.Updated, plan.Skipped);
                return (plan, written);
            },
            cancellationToken);
        tally.Add(written, plan);
        Fail(plan, tally);
        foreach (ImportItem item in written.Overtaken)
        {
            tally.Fail(item.Line, [Overtaken(fields, item)]);
        }
    }

    private async Task StoreTogetherAsync(
        long tenantId, BulkFields fields, OnExisting onExisting, List<ImportItem> items, ImportTally tally, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        try
        {
            List<(ImportPlan Plan, ImportWritten Written)> done = await commits.RunAloneAsync(
                unit => StoreTogetherAsync(unit, tenantId, fields, onExisting, items), cancellationToken);
            foreach ((ImportPlan plan, ImportWritten written) in done)
            {
                tally.Add(written, plan);
                Fail(plan, tally);
            }
        }
        catch (ImportOvertakenException e)
        {
            tally.Fail(e.Item.Line, [Overtaken(fields, e.Item)]);
        }
    }

    private async Task<List<(ImportPlan Plan, ImportWritten Written)>> StoreTogetherAsync(
        UnitOfWork unit, long tenantId, BulkFields fields, OnExisting onExisting, List<ImportItem> items)
    {
        List<ImportPlan> plans = [];
        foreach (ImportItem[] some in items.Chunk(RowsPerUnit))
        {
            plans.Add(await store.PlanImportAsync(unit, tenantId, fields, some, onExisting));
        }

        if (plans.Exists(plan => plan.Faults.Count > 0))
        {
            // Nothing has been written; what would have been skipped does not count either.
            return [.. plans.Select(plan => (WithFaultsAlone(plan), default(ImportWritten)))];
        }

        List<(ImportPlan, ImportWritten Written)> done = [];
        foreach (ImportPlan plan in plans)
        {
            ImportWritten written = await store.WriteImportAsync(unit, tenantId, fields, plan);
            if (written.Overtaken.Count > 0)
            {
                throw new ImportOvertakenException(written.Overtaken[0]);
            }

            done.Add((plan, written));
        }

        await AccountStore.AuditImportAsync(
            unit, tenantId, fields.Kind, items[0].Line, items[^1].Line, done.Sum(one => one.Written.Created), done.Sum(one => one.Written.Updated), plans.Sum(plan => plan.Skipped));
        return done;
    }

    private static ImportPlan WithFaultsAlone(ImportPlan plan)
    {
        plan.Skipped = 0;
        return plan;
    }

    private static void Fail(ImportPlan plan, ImportTally tally)
    {
        foreach ((long line, FieldFault fault) in plan.Faults)
        {
            tally.Fail(line, [fault]);
        }
    }

    private static FieldFault Overtaken(BulkFields fields, ImportItem item) =>
        new(fields.Name, $"is '{item.Draft.Name}', which somebody else has made meanwhile; send the file again.");

    // A million names would be much to keep; of each its digest is enough.
    private static UInt128 HashOf(string nameKey)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(nameKey), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    /// <summary>Rolls the transaction back.</summary>
    private sealed class ImportOvertakenException(ImportItem item) : Exception("Another server has made an account of that name.")
    {
        public ImportItem Item => item;
    }
}
