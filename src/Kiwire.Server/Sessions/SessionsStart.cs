using System.Data.Common;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Has the live sessions know, before anybody asks, what the database has open and what an earlier run journalled and did not apply.
/// </summary>
internal sealed class SessionsStart(
    Database database, AccountingJournal journal, LiveSessions live, TimeProvider time, IOptions<AccountingOptions> options) : IHostedLifecycleService
{
    private const string OpenSessions = """
        SELECT tenant_id, nas_id, acct_session_id, client_key, session_id, generation, account_id, login_id, mac, nas_address, started_at, last_news_at,
            seconds, octets_in, octets_out, counter_seconds, counter_in, counter_out, interim_seconds
        FROM sessions WHERE ended_at IS NULL
        """;

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
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await using DbConnection connection = await database.OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = OpenSessions;
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            live.Load(Read(reader, now));
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

    private static LiveSession Read(DbDataReader reader, long now) => new()
    {
        Key = SessionKey.Of(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3)),
        Progress = new SessionProgress
        {
            SessionId = reader.GetInt64(4),
            Generation = reader.GetInt32(5),
            StartedAt = reader.GetInt64(10),
            LastNewsAt = reader.GetInt64(11),
            Totals = new(reader.GetInt64(12), reader.GetInt64(13), reader.GetInt64(14)),
            Counters = new(reader.GetInt64(15), reader.GetInt64(16), reader.GetInt64(17)),
            InterimSeconds = reader.GetInt32(18),
        },
        AccountId = reader.IsDBNull(6) ? 0 : reader.GetInt64(6),
        LoginId = reader.IsDBNull(7) ? 0 : reader.GetInt64(7),
        Device = MacAddress.TryParse(reader.GetString(8), out MacAddress device) ? device : default,
        SourceAddress = AddressText.Parse(reader.GetString(9)),
        HeardAt = now,
    };
}
