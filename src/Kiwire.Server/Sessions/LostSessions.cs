using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Ends a session of which its NAS says that it has none: as one without news is ended, at its last news, once, and later news goes on
/// with it.
/// </summary>
internal sealed class LostSessions(LiveSessions live, IdSource ids, SessionsMetrics metrics, TimeProvider time)
{
    /// <summary>The session's newest news, journalled records included: Unix milliseconds.</summary>
    public long LastNewsOf(long tenantId, SessionInfo session) =>
        live.TryGet(KeyOf(tenantId, session), out SessionProgress progress, out _) && progress.SessionId == session.SessionId
            ? progress.LastNewsAt
            : session.LastNewsAt;

    /// <summary>Ends it, where it has had no news since.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="session">Which.</param>
    /// <param name="lastNewsAt">Its newest news when the NAS was asked.</param>
    /// <returns>False: it is not that one any more, or the journal takes nothing.</returns>
    public bool End(long tenantId, SessionInfo session, long lastNewsAt)
    {
        byte[] key = KeyOf(tenantId, session);
        if (live.TryGet(key, out SessionProgress progress, out _) && (progress.SessionId != session.SessionId || progress.LastNewsAt > lastNewsAt))
        {
            return false;
        }

        AccountingRecord record = StaleSessions.RecordOf(key, lastNewsAt, ids.Next(), time.GetUtcNow().ToUnixTimeMilliseconds());
        byte[] octets = new byte[AccountingRecord.MaximumLength];
        if (live.Append(record, octets.AsSpan(0, record.Write(octets)), null, 0) != JournalAppend.Taken)
        {
            return false;
        }

        metrics.Taken(AccountingStatus.Stale);
        return true;
    }

    private static byte[] KeyOf(long tenantId, SessionInfo session) =>
        SessionKey.Of(tenantId, session.NasId, session.AcctSessionId, session.ClientKey);
}
