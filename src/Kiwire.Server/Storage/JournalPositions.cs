using Dapper;

namespace Kiwire.Server.Storage;

/// <summary>How far a journal has been applied, and the records that could not be: changed in the transaction of what they speak of.</summary>
internal static class JournalPositions
{
    /// <summary>The sequence of the last record in the database; 0 where there is none. After a commit that is not known to have succeeded, ask this.</summary>
    public static async Task<long> ReadAsync(Database database, string journalId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "SELECT sequence FROM journal_positions WHERE journal_id = @journalId", new { journalId }, cancellationToken: cancellationToken)) ?? 0;
    }

    /// <summary>Moves the position on from where it was last seen.</summary>
    /// <exception cref="InvalidOperationException">It was elsewhere: somebody else applies the same journal, and nothing may be committed.</exception>
    public static async Task AdvanceAsync(WriteScope scope, string journalId, long from, long to, CancellationToken cancellationToken)
    {
        var command = scope.Command(
            """
            INSERT INTO journal_positions (journal_id, sequence) VALUES (@journal_id, @to_sequence)
            ON CONFLICT (journal_id) DO UPDATE SET sequence = excluded.sequence WHERE journal_positions.sequence = @from_sequence
            """,
            "journal_id", "to_sequence", "from_sequence");
        command.Parameters[0].Value = journalId;
        command.Parameters[1].Value = to;
        command.Parameters[2].Value = from;
        if (await command.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            throw new InvalidOperationException($"The position of journal {journalId} is no longer {from}.");
        }
    }

    /// <summary>Keeps a record that cannot be applied for its own content, with the reason.</summary>
    /// <param name="scope">The transaction that moves the position past it.</param>
    /// <param name="journalId">Whose.</param>
    /// <param name="record">The record.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="at">Unix milliseconds.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task SetAsideAsync(
        WriteScope scope, string journalId, JournalRecord record, string reason, long at, CancellationToken cancellationToken)
    {
        var command = scope.Command(
            """
            INSERT INTO journal_set_aside (journal_id, sequence, kind, record, reason, at)
            VALUES (@journal_id, @sequence, @kind, @record, @reason, @at)
            ON CONFLICT (journal_id, sequence) DO NOTHING
            """,
            "journal_id", "sequence", "kind", "record", "reason", "at");
        command.Parameters[0].Value = journalId;
        command.Parameters[1].Value = record.Sequence;
        command.Parameters[2].Value = (int)record.Kind;
        command.Parameters[3].Value = record.Payload.ToArray();
        command.Parameters[4].Value = reason;
        command.Parameters[5].Value = at;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
