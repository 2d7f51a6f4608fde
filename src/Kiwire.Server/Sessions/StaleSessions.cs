using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Ends sessions that have had no news for three interim intervals, as Lost-Carrier at their last news; and has memory let go of what it
/// need not remember. Silence is measured by this server's clock, whatever the NAS's says; after a start every session is given the whole
/// time again.
/// </summary>
/// <remarks>
/// The end is a journal record like those of the NAS, so it comes in its place among them: it takes effect only on a session that has had
/// no news since, on whichever server.
/// </remarks>
internal sealed class StaleSessions(
    LiveSessions live, PresenceTable presences, IdSource ids, SessionsMetrics metrics, TimeProvider time, IOptions<AccountingOptions> options) : BackgroundService
{
    private readonly List<(byte[] Key, long LastNewsAt)> _stale = [];
    private readonly byte[] _buffer = new byte[AccountingRecord.MaximumLength];

    /// <summary>Looks once. Not safe for concurrent use.</summary>
    public void Sweep()
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        _stale.Clear();
        live.Sweep(now, _stale);
        foreach ((byte[] key, long lastNewsAt) in _stale)
        {
            AccountingRecord record = RecordOf(key, lastNewsAt, ids.Next(), now);
            if (live.Append(record, _buffer.AsSpan(0, record.Write(_buffer)), null, 0) == JournalAppend.Taken)
            {
                metrics.Taken(AccountingStatus.Stale);
            }
            else
            {
                live.NotEnding(key);
            }
        }

        presences.Sweep(now);
    }

    /// <summary>The record that ends a session, if its last news was not later than that.</summary>
    public static AccountingRecord RecordOf(byte[] key, long lastNewsAt, long recordId, long now) => new()
    {
        Status = AccountingStatus.Stale,
        TenantId = SessionKey.TenantId(key),
        NasId = SessionKey.NasId(key),
        RecordId = recordId,
        ReceivedAt = now,
        EventAt = lastNewsAt,
        SessionSeconds = AccountingNews.Absent,
        OctetsIn = AccountingNews.Absent,
        OctetsOut = AccountingNews.Absent,
        NasPort = AccountingNews.Absent,
        SessionId = SessionKey.SessionId(key),
        UserName = SessionKey.ClientKey(key),
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(options.Value.StaleCheckSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Sweep();
        }
    }
}
