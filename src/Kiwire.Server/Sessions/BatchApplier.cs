using System.Data.Common;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kiwire.Server.Sessions;

/// <summary>What a transaction of the applier did.</summary>
/// <param name="Position">The last sequence that the database has.</param>
/// <param name="Exhausted">Accounts that reached a limit.</param>
/// <param name="SetAside">Records put aside.</param>
internal readonly record struct ApplyResult(long Position, IReadOnlyList<ExhaustedAccount> Exhausted, int SetAside);

/// <summary>
/// Applies journal records to the database, each exactly once: the position is committed with what it speaks of, and records that it has
/// passed are skipped. Memory (live sessions, accounts' presence) is told within the same step. For one thread; synchronous.
/// </summary>
internal sealed class BatchApplier(
    Database database, LiveSessions live, PresenceTable presences, UsageWindows windows, TimeProvider time, string journalId)
{
    private const int SqliteTooBig = 18;
    private const int SqliteConstraint = 19;
    private const int SqliteMismatch = 20;
    private const int SqliteRange = 25;

    private readonly ApplierSql _sql = new(database.Provider);

    // A transaction whose commit was interrupted: whether it happened is known once the position can be read again.
    private Pending? _undecided;

    /// <summary>The last sequence that the database has; 0: none.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    public long ReadPosition(CancellationToken cancellationToken)
    {
        using WriteScopeHolder holder = new(database, cancellationToken);
        return Decide(StatementRunner.For(database.Provider, holder.Scope));
    }

    /// <summary>Applies records in their order, in one transaction.</summary>
    /// <exception cref="Exception">Nothing was applied.</exception>
    public ApplyResult Apply(ReadOnlySpan<JournalRecord> items, CancellationToken cancellationToken)
    {
        using WriteScopeHolder holder = new(database, cancellationToken);
        StatementRunner run = StatementRunner.For(database.Provider, holder.Scope);
        long position = Decide(run);
        while (!items.IsEmpty && items[0].Sequence <= position)
        {
            items = items[1..];
        }

        if (items.IsEmpty)
        {
            return new ApplyResult(position, [], 0);
        }

        RecordBatch batch = new(run, _sql, windows, journalId, Now);
        batch.Apply(items);
        return Commit(holder.Scope, batch, position, items[^1].Sequence, cancellationToken);
    }

    /// <summary>Puts one record aside, with the reason why it could not be applied.</summary>
    public ApplyResult Refuse(in JournalRecord item, string reason, CancellationToken cancellationToken)
    {
        using WriteScopeHolder holder = new(database, cancellationToken);
        StatementRunner run = StatementRunner.For(database.Provider, holder.Scope);
        long position = Decide(run);
        if (item.Sequence <= position)
        {
            return new ApplyResult(position, [], 0);
        }

        RecordBatch batch = new(run, _sql, windows, journalId, Now);
        batch.Refuse(item, reason);
        return Commit(holder.Scope, batch, position, item.Sequence, cancellationToken);
    }

    /// <summary>
    /// Applies records in their order, in as many transactions as it takes to find those that can never be applied, which are put aside.
    /// </summary>
    /// <param name="items">The records.</param>
    /// <param name="committed">Told of each transaction.</param>
    /// <param name="cancellationToken">Stops between transactions.</param>
    /// <exception cref="DbException">The database is away; what was committed before stays, and is skipped when the same is asked again.</exception>
    public void ApplyAll(ReadOnlySpan<JournalRecord> items, Action<ApplyResult> committed, CancellationToken cancellationToken)
    {
        string reason;
        try
        {
            committed(ApplyTwice(items, cancellationToken));
            return;
        }
        catch (Exception failure) when (!IsOfDatabase(failure) && failure is not OperationCanceledException)
        {
            reason = failure.Message;
        }

        if (items.Length == 1)
        {
            committed(Refuse(items[0], reason, cancellationToken));
            return;
        }

        ApplyAll(items[..(items.Length / 2)], committed, cancellationToken);
        ApplyAll(items[(items.Length / 2)..], committed, cancellationToken);
    }

    // What a statement can have against a value: data exceptions, constraints, and what a trigger raises. Anything else that the database
    // says (a table is missing, a right was taken away) is not the record's fault, and the record waits until it is put right.
    private static bool IsOfDatabase(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => state[..2] is not ("22" or "23" or "P0"),
        SqliteException { SqliteErrorCode: var code } => code is not (SqliteTooBig or SqliteConstraint or SqliteMismatch or SqliteRange),
        _ => failure is DbException,
    };

    /// <summary>Another server may have made the same session since it was looked for: then it is found the second time.</summary>
    private ApplyResult ApplyTwice(ReadOnlySpan<JournalRecord> items, CancellationToken cancellationToken)
    {
        try
        {
            return Apply(items, cancellationToken);
        }
        catch (DbException failure) when (database.Dialect.IsDuplicate(failure))
        {
            return Apply(items, cancellationToken);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private ApplyResult Commit(WriteScope scope, RecordBatch batch, long from, long position, CancellationToken cancellationToken)
    {
        JournalPositions.AdvanceAsync(scope, journalId, from, position, cancellationToken).GetAwaiter().GetResult();
        Tell(scope, batch.Applied, cancellationToken);
        Pending pending = new(batch.Applied, [], position);
        live.BeginApply(pending.Sessions, batch.Stored, pending.Usage);
        PresenceTable.BeginApply(pending.UsageSpan);
        _undecided = pending;
        cancellationToken.ThrowIfCancellationRequested();

        // Not to be cancelled half-way.
        scope.CommitAsync(CancellationToken.None).GetAwaiter().GetResult();
        _undecided = null;
        Happened(pending);
        return new ApplyResult(position, batch.Exhausted, batch.SetAside);
    }

    /// <summary>Tells the other servers on the database, whose logins count these sessions too. This one knows already.</summary>
    private void Tell(WriteScope scope, IReadOnlyList<AppliedSession> applied, CancellationToken cancellationToken)
    {
        List<Change> news =
            [.. applied.Where(session => session is { IsNews: true, Progress: not null }).Select(session => new Change(ChangeKind.Session, session.TenantId, session.Progress!.Value.SessionId))];
        if (news.Count > 0)
        {
            ChangeLog.WriteAsync(database, scope, news, cancellationToken).GetAwaiter().GetResult();
        }
    }

    private long Decide(StatementRunner run)
    {
        long position = 0;
        run.Query(_sql.Position, [[journalId]], (_, reader) => position = reader.GetInt64(0));
        if (_undecided is { } pending)
        {
            _undecided = null;
            if (position >= pending.Position)
            {
                Happened(pending);
            }
            else
            {
                PresenceTable.AbandonApply(pending.UsageSpan);
            }
        }

        return position;
    }

    private void Happened(Pending pending)
    {
        long version = presences.EndApply(pending.UsageSpan);
        live.EndApply(pending.Sessions, version, Now);
    }

    private sealed record Pending(List<AppliedSession> Sessions, List<AppliedUsage> Usage, long Position)
    {
        public ReadOnlySpan<AppliedUsage> UsageSpan => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Usage);
    }

    /// <summary>A write transaction on the calling thread; rolled back unless committed.</summary>
    private sealed class WriteScopeHolder(Database database, CancellationToken cancellationToken) : IDisposable
    {
        public WriteScope Scope { get; } = database.BeginWriteAsync(cancellationToken).GetAwaiter().GetResult();

        public void Dispose() => Scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
