namespace Kiwire.Snmp.Security;

/// <summary>
/// What is known of an authoritative engine's clock (RFC 3414, 2.2 and 3.2, 7b): boots, time, and the latest time received, which only
/// authenticated messages move, and only forward. Safe for concurrent use.
/// </summary>
internal sealed class EngineTime(TimeProvider clock)
{
    /// <summary>Half the time window, in seconds (RFC 3414, 2.2.3).</summary>
    public const int Window = 150;

    /// <summary>snmpEngineBoots of an engine that can count no further (RFC 3414, 2.2.2): none of its messages is in time.</summary>
    public const int LatchedBoots = int.MaxValue;

    private readonly Lock _lock = new();
    private int _boots;
    private int _latestSeconds;
    private long? _at;
    private bool _known;

    /// <summary>Whether an authenticated message said them.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_lock)
            {
                return _known;
            }
        }
    }

    /// <summary>Boots and time now; zeros while nothing is known.</summary>
    public (int Boots, int Seconds) Now
    {
        get
        {
            lock (_lock)
            {
                return (_boots, SecondsNow());
            }
        }
    }

    /// <summary>Takes an unauthenticated message's word for our next message, which is better than zeros; a known clock stays as it is.</summary>
    public void Guess(int boots, int seconds)
    {
        lock (_lock)
        {
            if (!_known)
            {
                (_boots, _latestSeconds, _at) = (boots, seconds, clock.GetTimestamp());
            }
        }
    }

    /// <summary>Judges an authenticated message's clock, and learns from it where it is ahead. False: it is outside the time window.</summary>
    public bool TryAccept(int boots, int seconds)
    {
        lock (_lock)
        {
            // A guess does not count: knowledge begins with the first authenticated message, as RFC 3414's zeros would have it.
            if (!_known || boots > _boots || (boots == _boots && seconds > _latestSeconds))
            {
                (_known, _boots, _latestSeconds, _at) = (true, boots, seconds, clock.GetTimestamp());
            }

            return _boots != LatchedBoots && boots == _boots && seconds >= SecondsNow() - Window;
        }
    }

    private int SecondsNow() => _at is long at ? (int)Math.Min(int.MaxValue, _latestSeconds + (long)clock.GetElapsedTime(at).TotalSeconds) : 0;
}
