using System.Data.Common;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Has the live sessions know, before anybody asks, what the database has open and what an earlier run journalled and did not apply.
/// </summary>
internal sealed class SessionsStart(
    LiveSessionStore store, AccountingJournal journal, LiveSessions live, IOptions<AccountingOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        journal.TellSinksWhenApplied = options.Value.AnswerAfter == AnswerAfter.Database;
        try
        {
            await LoadAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw new StartUpException($"The open sessions cannot be read: {e.Message}", e);
        }

        await RecallAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads the open sessions.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (LiveSession session in store.ListOpenAsync(cancellationToken))
        {
            live.Learn(session);
        }
    }

    /// <summary>Reads what of the journal is not in the database.</summary>
    public async Task RecallAsync(CancellationToken cancellationToken)
    {
        long last = journal.DurableSequence;
        long position = journal.AppliedSequence;
        using JournalReader reader = journal.OpenReader();
        while (position < last)
        {
            ReadOnlyMemory<JournalRecord> records = await reader.ReadAsync(options.Value.ApplyBatch, cancellationToken);
            position = records.Span[^1].Sequence;
            Recall(records.Span);
        }
    }

    private void Recall(ReadOnlySpan<JournalRecord> records)
    {
        foreach (JournalRecord item in records)
        {
            if (item.Kind == JournalRecordKind.Accounting && AccountingRecord.TryRead(item.Payload.Span, out AccountingRecord record))
            {
                live.Recall(record);
            }
        }
    }
}
