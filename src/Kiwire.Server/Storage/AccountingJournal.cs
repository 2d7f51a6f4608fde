namespace Kiwire.Server.Storage;

/// <summary>What a journal record is.</summary>
internal enum JournalRecordKind : byte
{
    /// <summary>An accounting record; synced before it is answered; never dropped.</summary>
    Accounting = 1,

    /// <summary>A row of login history; written without waiting for the sync; dropped and counted past its bound.</summary>
    Login = 2,
}

/// <summary>Whether a record was taken.</summary>
internal enum JournalAppend
{
    Taken,

    /// <summary>The journal holds as much as it may; do not answer, the NAS repeats it.</summary>
    Full,

    /// <summary>The journal is stopping.</summary>
    Closed,
}

/// <summary>Told when records are on disc. Called on the journal's thread; must be quick and must not throw.</summary>
internal interface IDurableSink
{
    /// <param name="tickets">The tickets given with the records, in the order of their appending.</param>
    void Durable(ReadOnlySpan<int> tickets);
}

/// <summary>
/// The journal on disc: records are appended to a segment file and synced many at a time; their sinks are told; then they wait for the
/// applier. Appending copies the record into the batch that is gathering and takes one short lock. A failed write or sync stops the host.
/// </summary>
internal sealed class AccountingJournal
{
    /// <summary>Names this journal in the database's applied positions; made once for a data directory.</summary>
    public string JournalId => throw new NotImplementedException();

    /// <summary>Appends a record.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="record">Its octets; copied.</param>
    /// <param name="sink">Told when the record is durable; null for records that nobody waits for.</param>
    /// <param name="ticket">Given back to the sink.</param>
    /// <param name="sequence">The record's place: 1, 2, 3 ... over the life of the journal.</param>
    public JournalAppend Append(JournalRecordKind kind, ReadOnlySpan<byte> record, IDurableSink? sink, int ticket, out long sequence) =>
        throw new NotImplementedException();
}
