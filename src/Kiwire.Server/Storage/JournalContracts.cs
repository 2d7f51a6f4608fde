namespace Kiwire.Server.Storage;

/// <summary>What a journal record is. The numbers are stored.</summary>
internal enum JournalRecordKind : byte
{
    /// <summary>An accounting record; synced before it is answered; never dropped.</summary>
    Accounting = 1,

    /// <summary>A row of login history; written without waiting for the sync; dropped and counted past its bound.</summary>
    Login = 2,

    /// <summary>Never appended: octets of a file that cannot be read as records, given by the reader so that they are set aside.</summary>
    Damaged = 255,
}

/// <summary>Whether a record was taken.</summary>
internal enum JournalAppend
{
    Taken,

    /// <summary>The journal holds as much as it may, or the disc is full; do not answer, the NAS repeats it.</summary>
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

/// <summary>What is in the journal and not yet in the database.</summary>
/// <param name="Records">How many records.</param>
/// <param name="Octets">Their octets on disc.</param>
/// <param name="Seconds">How long the oldest of them has waited, at most; 0 where there is none.</param>
internal readonly record struct JournalBacklog(long Records, long Octets, double Seconds);
