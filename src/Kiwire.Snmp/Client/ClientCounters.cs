namespace Kiwire.Snmp;

/// <summary>A client's counters, raised by many threads.</summary>
internal sealed class ClientCounters
{
    private long _sent;
    private long _resent;
    private long _answered;
    private long _unanswered;
    private long _malformed;
    private long _unexpected;

    public void Sent(bool again) => Interlocked.Increment(ref again ? ref _resent : ref _sent);

    public void Answered() => Interlocked.Increment(ref _answered);

    public void Unanswered() => Interlocked.Increment(ref _unanswered);

    public void Malformed() => Interlocked.Increment(ref _malformed);

    public void Unexpected() => Interlocked.Increment(ref _unexpected);

    public SnmpClientStatistics Read() => new(
        Interlocked.Read(ref _sent),
        Interlocked.Read(ref _resent),
        Interlocked.Read(ref _answered),
        Interlocked.Read(ref _unanswered),
        Interlocked.Read(ref _malformed),
        Interlocked.Read(ref _unexpected));
}
