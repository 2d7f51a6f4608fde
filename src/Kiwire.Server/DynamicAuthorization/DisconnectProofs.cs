using System.Data.Common;
using Kiwire.Server.Network;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>
/// Sees by accounting whether acknowledged disconnects were carried out: the session ends, or else news of it that comes more than 60 s
/// after the acknowledgement shows that the NAS has ignored it. It reads the database, so that it holds over restarts, and wherever the
/// session's accounting arrives.
/// </summary>
internal sealed partial class DisconnectProofs : BackgroundService
{
    /// <summary>How long a NAS may go on reporting a session that it has said it ends.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    /// <summary>How many are looked at at a time; the oldest first.</summary>
    public const int Limit = 10_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private const int IdleRounds = 15;

    private readonly CoaLogStore _store;
    private readonly CommitQueue _commits;
    private readonly NasDirectory _nases;
    private readonly DynamicAuthorizationMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<DisconnectProofs> _logger;

    // What was known of a session when its grace was over: anything newer is news that ought not to come.
    private Dictionary<(long TenantId, long RequestId), Standing> _standings = [];
    private volatile bool _expected = true;

    public DisconnectProofs(
        CoaLog log, CoaLogStore store, CommitQueue commits, NasDirectory nases, DynamicAuthorizationMetrics metrics, TimeProvider time, ILogger<DisconnectProofs> logger)
    {
        _store = store;
        _commits = commits;
        _nases = nases;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        log.Written += rows =>
        {
            if (rows.Any(row => row.Proof == DisconnectProof.Ending))
            {
                _expected = true;
            }
        };
    }

    /// <summary>Looks once. Not safe for concurrent use.</summary>
    /// <returns>How many are still open.</returns>
    /// <exception cref="DbException">The database is away.</exception>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<PendingProof> all = await _store.ListPendingAsync(Limit, cancellationToken);
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        Dictionary<(long, long), Standing> standings = [];
        List<(PendingProof Pending, DisconnectProof Proof)> decided = [];
        foreach (PendingProof pending in all)
        {
            if (!pending.IsOpen)
            {
                decided.Add((pending, DisconnectProof.Ended));
                continue;
            }

            if (now - pending.AcknowledgedAt < (long)Grace.TotalMilliseconds)
            {
                continue;
            }

            Standing current = new(pending.LastNewsAt, pending.Seconds, pending.Octets);
            if (_standings.TryGetValue((pending.TenantId, pending.RequestId), out Standing before) && before != current)
            {
                decided.Add((pending, DisconnectProof.Ignored));
                continue;
            }

            standings.Add((pending.TenantId, pending.RequestId), current);
        }

        _standings = standings;
        if (decided.Count > 0)
        {
            await DecideAsync(decided, cancellationToken);
        }

        return all.Count - decided.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(LookEvery, _time);
        int idle = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Another server's are looked after too, should it have died: now and then.
            if (!_expected && ++idle < IdleRounds)
            {
                continue;
            }

            idle = 0;
            _expected = false;
            try
            {
                if (await LookAsync(stoppingToken) > 0)
                {
                    _expected = true;
                }
            }
            catch (DbException e)
            {
                _expected = true;
                LogFailed(e.Message);
            }
        }
    }

    private async Task DecideAsync(List<(PendingProof Pending, DisconnectProof Proof)> decided, CancellationToken cancellationToken)
    {
        List<(PendingProof Pending, DisconnectProof Proof)> mine = await _commits.EnqueueAsync(
            async unit =>
            {
                List<(PendingProof, DisconnectProof)> changed = [];
                foreach ((PendingProof pending, DisconnectProof proof) in decided)
                {
                    if (await CoaLogStore.SetProofAsync(unit, pending, proof))
                    {
                        changed.Add((pending, proof));
                    }
                }

                return changed;
            },
            cancellationToken);
        foreach ((PendingProof pending, DisconnectProof proof) in mine)
        {
            _metrics.Proved(proof);
            if (proof == DisconnectProof.Ignored)
            {
                LogIgnored(_nases.TryGet(pending.TenantId, pending.NasId, out NasEntry? nas) ? nas.Identity : "?", pending.SessionId, pending.TenantId);
            }
        }
    }

    [LoggerMessage(710, LogLevel.Information,
        "NAS {Identity} acknowledged the disconnect of session {SessionId} (tenant {TenantId}) and goes on reporting it: it has ignored it")]
    private partial void LogIgnored(string identity, long sessionId, long tenantId);

    [LoggerMessage(711, LogLevel.Warning, "Whether disconnects were carried out cannot be seen yet: {Reason}")]
    private partial void LogFailed(string reason);

    private readonly record struct Standing(long LastNewsAt, long Seconds, long Octets);
}
