namespace Kiwire.Snmp.Security;

/// <summary>An agent's engine as one user of ours knows it: its id, its clock, and the user's keys on it.</summary>
internal sealed class AgentEngine(byte[] id, Lazy<UserKeys> keys, TimeProvider clock)
{
    private volatile bool _isStale;

    public ReadOnlySpan<byte> Id => id;

    /// <summary>The keys, made when they are first wanted: that may take milliseconds, which are not the receiving thread's.</summary>
    public UserKeys Keys => keys.Value;

    public EngineTime Time { get; } = new(clock);

    /// <summary>
    /// Whether the engine has proved itself with a clock behind the one that is known of it, as an agent does that has forgotten its boots.
    /// That message counts for nothing (RFC 3414, 3.2, 7b), but the next request gets to know the engine from the start, as after a restart
    /// of ours.
    /// </summary>
    public bool IsStale
    {
        get => _isStale;
        set => _isStale = value;
    }
}
