using System.Data.Common;
using System.Threading.Channels;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Sessions;

/// <summary>
/// Follows the sessions that other servers on the database open and end, and what their accounts have used: a login here counts what is on
/// there. Bounded: where more news waits than may, all open sessions are read again.
/// </summary>
internal sealed partial class SessionFollower : BackgroundService
{
    private const int MostNews = 65_536;
    private const int MostAtATime = 500;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly LiveSessionStore _store;
    private readonly LiveSessions _live;
    private readonly PresenceTable _presences;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionFollower> _log;
    private readonly Channel<Change> _news = Channel.CreateBounded<Change>(new BoundedChannelOptions(MostNews) { SingleReader = true });
    private volatile bool _mustReadAll;

    public SessionFollower(LiveSessionStore store, LiveSessions live, PresenceTable presences, ChangeFeed changes, TimeProvider time, ILogger<SessionFollower> log)
    {
        _store = store;
        _live = live;
        _presences = presences;
        _time = time;
        _log = log;
        changes.Subscribe(OnChange);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<(long TenantId, long SessionId)> sessions = [];
        while (await _news.Reader.WaitToReadAsync(stoppingToken))
        {
            sessions.Clear();
            while (sessions.Count < MostAtATime && _news.Reader.TryRead(out Change change))
            {
                if (change.Id == 0)
                {
                    _mustReadAll = true;
                }
                else
                {
                    sessions.Add((change.TenantId, change.Id));
                }
            }

            while (!await TryLearnAsync(sessions, stoppingToken))
            {
                await Task.Delay(RetryAfter, _time, stoppingToken);
            }
        }
    }

    /// <summary>Reads sessions, and what their accounts have used, and takes it in.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    internal async Task LearnAsync(IReadOnlyList<(long TenantId, long SessionId)> sessions, CancellationToken cancellationToken)
    {
        long version = _presences.BeginRead();
        foreach ((LiveSession session, StoredUsage? usage) in await _store.ReadAsync(sessions, cancellationToken))
        {
            // Where the applier commits meanwhile it tells the account itself.
            if (usage is { } used && _presences.TryGet(session.TenantId, session.AccountId, out AccountPresence? presence))
            {
                _ = presence.TrySetFromDatabase(used, version);
            }

            _live.Learn(session);
        }
    }

    /// <summary>Reads all open sessions, and those that were open here and are not among them.</summary>
    /// <exception cref="DbException">The database is away.</exception>
    internal async Task LearnAllAsync(CancellationToken cancellationToken)
    {
        List<OpenSession> known = [];
        for (int part = 0; part < LiveSessions.PartCount; part++)
        {
            _live.CopyOpen(part, known);
        }

        HashSet<(long, long)> gone = [.. known.Select(session => (session.TenantId, session.SessionId))];
        await foreach (LiveSession session in _store.ListOpenAsync(cancellationToken))
        {
            gone.Remove((session.TenantId, session.Progress.SessionId));
            _live.Learn(session);
        }

        foreach ((long, long)[] some in gone.Chunk(MostAtATime))
        {
            await LearnAsync(some, cancellationToken);
        }
    }

    private void OnChange(Change change)
    {
        if (change.Kind == ChangeKind.Session && !_news.Writer.TryWrite(change))
        {
            _mustReadAll = true;
        }
    }

    private async Task<bool> TryLearnAsync(List<(long TenantId, long SessionId)> sessions, CancellationToken cancellationToken)
    {
        bool all = _mustReadAll;
        try
        {
            if (all)
            {
                _mustReadAll = false;
                await LearnAllAsync(cancellationToken);
            }

            await LearnAsync(sessions, cancellationToken);
            return true;
        }
        catch (DbException e)
        {
            if (all)
            {
                // Only set: what finds the queue full meanwhile sets it too.
                _mustReadAll = true;
            }

            LogAway(_log, e.Message);
            return false;
        }
    }

    [LoggerMessage(620, LogLevel.Warning, "What other servers have of sessions cannot be read yet; logins count what was known before: {Reason}")]
    private static partial void LogAway(ILogger log, string reason);
}
