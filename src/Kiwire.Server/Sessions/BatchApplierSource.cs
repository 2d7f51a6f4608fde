using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>Makes the applier of a journal, whose name is known once the journal is read.</summary>
internal sealed class BatchApplierSource(Database database, LiveSessions live, PresenceTable presences, UsageWindows windows, TimeProvider time)
{
    public BatchApplier Open(string journalId) => new(database, live, presences, windows, time, journalId);
}
