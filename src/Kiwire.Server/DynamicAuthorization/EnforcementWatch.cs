using System.Threading.Channels;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>An account whose sessions are to be looked at.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="AccountId">Which.</param>
/// <param name="SessionId">A session of it that there must be; 0: none that is known.</param>
/// <param name="UnheardSeconds">Seconds online that no record has told of yet.</param>
internal readonly record struct EnforcementSignal(long TenantId, long AccountId, long SessionId = 0, long UnheardSeconds = 0);

/// <summary>
/// Notices when somebody who is in may be in no longer, or is to have other rates: with each record of a session, each change of an account,
/// each login that takes another's place, and by the clock. It only says whose sessions are to be looked at, and makes nobody wait: its
/// queue is bounded, and what does not fit is noticed again by the clock.
/// </summary>
internal sealed class EnforcementWatch : IDisposable
{
    /// <summary>How many accounts may wait to be looked at.</summary>
    public const int Capacity = 65_536;

    /// <summary>How many sessions a tick of the clock looks at, at least; all of them where there are no more.</summary>
    public const int SessionsPerTick = 20_000;

    // Accounts that are not in memory are read from the database: so many a tick.
    private const int MostReadsPerTick = 200;

    private readonly LiveSessions _live;
    private readonly PresenceTable _presences;
    private readonly AccountDirectory _accounts;
    private readonly TenantDirectory _tenants;
    private readonly SessionRights _rights;
    private readonly EnforcementClaims _claims;
    private readonly DynamicAuthorizationMetrics _metrics;
    private readonly Channel<EnforcementSignal> _signals = Channel.CreateBounded<EnforcementSignal>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly List<OpenSession> _open = [];
    private readonly Dictionary<(long TenantId, long AccountId), long> _unheard = [];
    private int _part;

    public EnforcementWatch(
        LiveSessions live,
        PresenceTable presences,
        AccountDirectory accounts,
        TenantDirectory tenants,
        SessionRights rights,
        EnforcementClaims claims,
        ChangeFeed changes,
        DynamicAuthorizationMetrics metrics)
    {
        _live = live;
        _presences = presences;
        _accounts = accounts;
        _tenants = tenants;
        _rights = rights;
        _claims = claims;
        _metrics = metrics;
        metrics.Watch(claims);
        live.Progressed += OnProgress;
        presences.Displaced += OnDisplaced;
        changes.Subscribe(OnChange);
    }

    /// <summary>Whose sessions are to be looked at.</summary>
    public ChannelReader<EnforcementSignal> Signals => _signals.Reader;

    /// <summary>Looks by the clock. Not safe for concurrent use.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Tick(long now)
    {
        _open.Clear();
        for (int parts = 0; parts < LiveSessions.PartCount && _open.Count < SessionsPerTick; parts++)
        {
            _live.CopyOpen(_part, _open);
            _part = (_part + 1) % LiveSessions.PartCount;
        }

        CountUnheard(now);
        int reads = 0;
        foreach (OpenSession session in _open)
        {
            AccountEntry? account = _accounts.TryFindById(session.TenantId, session.AccountId);
            long unheard = _unheard.GetValueOrDefault((session.TenantId, session.AccountId));
            if (account is null)
            {
                if (MayBeEnded(session) && reads++ < MostReadsPerTick)
                {
                    Signal(new EnforcementSignal(session.TenantId, session.AccountId, session.SessionId));
                }
            }
            else if (Concerns(session, account, now, unheard))
            {
                Signal(new EnforcementSignal(session.TenantId, session.AccountId, session.SessionId, unheard));
            }
        }
    }

    public void Dispose()
    {
        _live.Progressed -= OnProgress;
        _presences.Displaced -= OnDisplaced;
        _ = _signals.Writer.TryComplete();
    }

    /// <summary>Whether something is to be done about a session that nobody has done or is doing.</summary>
    private bool Concerns(in OpenSession session, AccountEntry account, long now, long unheardSeconds)
    {
        if (!_tenants.TryGet(session.TenantId, out Tenant? tenant))
        {
            return false;
        }

        if (session.IsDisplaced || SessionRights.EndingOf(_rights.Decide(account, tenant, now, unheardSeconds)) is not null)
        {
            return MayBeEnded(session);
        }

        return SessionRights.HasOtherRates(session.Granted, account.Profile)
            && _claims.MayTake(new EnforcementClaim(
                session.TenantId, session.SessionId, EnforcementKind.Change, SessionRights.NameRates(account.Profile!), session.LastNewsAt));
    }

    private bool MayBeEnded(in OpenSession session) =>
        _claims.MayTake(new EnforcementClaim(session.TenantId, session.SessionId, EnforcementKind.End, "", session.LastNewsAt));

    private void OnProgress(LiveSession session)
    {
        AccountEntry? account = _accounts.TryFindById(session.TenantId, session.AccountId);
        if (account is null || Concerns(OpenSession.Of(session), account, session.HeardAt, unheardSeconds: 0))
        {
            Signal(new EnforcementSignal(session.TenantId, session.AccountId, session.Progress.SessionId));
        }
    }

    private void OnDisplaced(AccountPresence presence) => Signal(new EnforcementSignal(presence.TenantId, presence.AccountId));

    private void OnChange(Change change)
    {
        // Where it is not said which account, the clock finds them.
        if (change is { Kind: ChangeKind.Account, Id: not 0 })
        {
            Signal(new EnforcementSignal(change.TenantId, change.Id));
        }
    }

    private void Signal(in EnforcementSignal signal)
    {
        if (!_signals.Writer.TryWrite(signal))
        {
            _metrics.SignalDropped();
        }
    }

    /// <summary>Time online runs on between records: of all sessions of an account together, as far as this tick sees them.</summary>
    private void CountUnheard(long now)
    {
        _unheard.Clear();
        foreach (OpenSession session in _open)
        {
            if (_accounts.TryFindById(session.TenantId, session.AccountId)?.Profile is { Type: ProfileType.Countdown })
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_unheard, (session.TenantId, session.AccountId), out _) +=
                    Math.Max(0, now - session.HeardAt) / 1000;
            }
        }
    }
}
