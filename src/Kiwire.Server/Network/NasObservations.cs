using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Network;

/// <summary>
/// What a NAS was seen to send; kept across restarts. Updated on the packet path without a lock, written to the database now and then.
/// Under <see cref="MessageAuthenticatorPolicy.Auto"/> it also decides since when a Message-Authenticator is required.
/// </summary>
internal sealed partial class NasObservations(ILogger? logger = null)
{
    /// <summary>So many Access-Requests in a row must have had a Message-Authenticator before auto acts as yes.</summary>
    public const int RequiredRun = 20;

    /// <summary>And for so long none may have lacked it: 24 hours.</summary>
    public const long CleanMilliseconds = 24 * 60 * 60 * 1000L;

    // The time of the last request is kept to the second, so that most requests need not write it.
    private const long SeenGranularityMilliseconds = 1000;

    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private long _with;
    private long _without;
    private long _proxyState;
    private long _eap;
    private long _lastSeenAt;
    private long _lastWithoutAt;
    private long _enforcedAt;
    private int _run;

    // What the database knows; touched only by the one task that reads and writes it.
    private NasSightings _saved;

    /// <summary>How the NAS is called in the log.</summary>
    public string Identity { get; set; } = "";

    /// <summary>Whether auto acts as yes for this NAS.</summary>
    public bool IsEnforced => Volatile.Read(ref _enforcedAt) != 0;

    /// <summary>What was seen up to this moment.</summary>
    public NasSightings Sightings => new()
    {
        With = Volatile.Read(ref _with),
        Without = Volatile.Read(ref _without),
        Run = Volatile.Read(ref _run),
        LastWithoutAt = Volatile.Read(ref _lastWithoutAt),
        EnforcedAt = Volatile.Read(ref _enforcedAt),
        ProxyState = Volatile.Read(ref _proxyState),
        Eap = Volatile.Read(ref _eap),
        LastSeenAt = Volatile.Read(ref _lastSeenAt),
    };

    /// <summary>
    /// Counts an Access-Request and decides whether it may go on (CVE-2024-3596). Any Message-Authenticator it has was found right
    /// before; under auto the twentieth request in a row that has one, with none lacking it in 24 hours, makes it required from the next on.
    /// </summary>
    /// <param name="policy">The NAS's require_message_authenticator.</param>
    /// <param name="hasValidMessageAuthenticator">Whether it has one; false: it has none.</param>
    /// <param name="isEap">Whether it carries EAP-Message; such requests are counted apart and say nothing about the others.</param>
    /// <param name="hasProxyState">Whether it carries Proxy-State.</param>
    /// <param name="nowUnixMs">Unix milliseconds.</param>
    public MessageAuthenticatorVerdict Judge(
        MessageAuthenticatorPolicy policy, bool hasValidMessageAuthenticator, bool isEap, bool hasProxyState, long nowUnixMs)
    {
        if (nowUnixMs - Volatile.Read(ref _lastSeenAt) >= SeenGranularityMilliseconds)
        {
            Volatile.Write(ref _lastSeenAt, nowUnixMs);
        }

        if (hasProxyState)
        {
            Interlocked.Increment(ref _proxyState);
        }

        if (isEap)
        {
            Interlocked.Increment(ref _eap);
            return hasValidMessageAuthenticator
                ? MessageAuthenticatorVerdict.Accept
                : MessageAuthenticatorVerdict.MissingMessageAuthenticator;
        }

        if (hasValidMessageAuthenticator)
        {
            Interlocked.Increment(ref _with);
            CountTowardsRequiring(policy, nowUnixMs);
            return MessageAuthenticatorVerdict.Accept;
        }

        // The time before the run: whoever sees the new run sees the time that forbids requiring.
        Interlocked.Increment(ref _without);
        Volatile.Write(ref _lastWithoutAt, nowUnixMs);
        Volatile.Write(ref _run, 0);

        bool required = policy == MessageAuthenticatorPolicy.Yes || (policy == MessageAuthenticatorPolicy.Auto && IsEnforced);
        if (required)
        {
            return MessageAuthenticatorVerdict.MissingMessageAuthenticator;
        }

        return hasProxyState
            ? MessageAuthenticatorVerdict.ProxyStateWithoutMessageAuthenticator
            : MessageAuthenticatorVerdict.Accept;
    }

    /// <summary>
    /// The way back from auto's having become yes: from the next request on a Message-Authenticator is not required. Resets the run to 0
    /// and counts this moment as one at which a request lacked it, so that auto waits 24 hours more; the totals stay.
    /// </summary>
    /// <param name="nowUnixMs">Unix milliseconds.</param>
    public void Relax(long nowUnixMs)
    {
        Volatile.Write(ref _lastWithoutAt, nowUnixMs);
        Volatile.Write(ref _run, 0);
        Volatile.Write(ref _enforcedAt, 0);
    }

    /// <summary>
    /// Takes over what the database says, which another server may have changed, and keeps what was seen here since the last
    /// <see cref="MarkSaved"/>. Not for use by two threads at once.
    /// </summary>
    internal void Adopt(in NasSightings stored)
    {
        Interlocked.Add(ref _with, stored.With - _saved.With);
        Interlocked.Add(ref _without, stored.Without - _saved.Without);
        Interlocked.Add(ref _proxyState, stored.ProxyState - _saved.ProxyState);
        Interlocked.Add(ref _eap, stored.Eap - _saved.Eap);
        Volatile.Write(ref _lastSeenAt, Math.Max(_lastSeenAt, stored.LastSeenAt));
        if (stored.LastWithoutAt > _lastWithoutAt)
        {
            Volatile.Write(ref _lastWithoutAt, stored.LastWithoutAt);
            Volatile.Write(ref _run, stored.Run);
        }
        else if (stored.Run > _run && stored.LastWithoutAt == _lastWithoutAt)
        {
            Volatile.Write(ref _run, stored.Run);
        }

        // Required here and not yet written stays so; required and written, but no more in the database, was relaxed elsewhere.
        if (stored.EnforcedAt != 0 || _enforcedAt == _saved.EnforcedAt)
        {
            Volatile.Write(ref _enforcedAt, stored.EnforcedAt);
        }

        _saved = stored;
    }

    /// <summary>What is to be added to the database, where there is anything.</summary>
    internal bool TryGetUnsaved(out NasSightings now, out NasSightings saved)
    {
        now = Sightings;
        saved = _saved;
        return now != saved;
    }

    /// <summary>The database has it.</summary>
    internal void MarkSaved(in NasSightings written) => _saved = written;

    private void CountTowardsRequiring(MessageAuthenticatorPolicy policy, long nowUnixMs)
    {
        if (Volatile.Read(ref _enforcedAt) != 0)
        {
            return;
        }

        int run = Volatile.Read(ref _run);
        if (run < RequiredRun)
        {
            run = Interlocked.Increment(ref _run);
        }

        if (policy != MessageAuthenticatorPolicy.Auto || run < RequiredRun)
        {
            return;
        }

        long lastWithout = Volatile.Read(ref _lastWithoutAt);
        bool clean = lastWithout == 0 || nowUnixMs - lastWithout >= CleanMilliseconds;
        if (clean && Interlocked.CompareExchange(ref _enforcedAt, nowUnixMs, 0) == 0)
        {
            LogRequired(Identity, RequiredRun);
        }
    }

    [LoggerMessage(201, LogLevel.Warning,
        "NAS {Identity} has sent a Message-Authenticator in {Run} Access-Requests in a row and in every one of the last 24 hours: " +
        "requests from it without one are dropped from now on. The API can undo this for the NAS, or set require_message_authenticator to no.")]
    private partial void LogRequired(string identity, int run);
}

/// <summary>What a NAS was seen to send: Access-Requests by kind. Times are Unix milliseconds, 0: never.</summary>
internal readonly record struct NasSightings
{
    /// <summary>Without EAP, with a valid Message-Authenticator.</summary>
    public long With { get; init; }

    /// <summary>Without EAP and without Message-Authenticator.</summary>
    public long Without { get; init; }

    /// <summary>In a row that had one; counted up to 20 and a little over.</summary>
    public int Run { get; init; }

    public long LastWithoutAt { get; init; }

    /// <summary>Since when auto acts as yes.</summary>
    public long EnforcedAt { get; init; }

    /// <summary>With Proxy-State.</summary>
    public long ProxyState { get; init; }

    /// <summary>With EAP-Message.</summary>
    public long Eap { get; init; }

    /// <summary>The last Access-Request, to the second.</summary>
    public long LastSeenAt { get; init; }
}
