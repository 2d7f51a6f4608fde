namespace Kiwire.Server.Sessions;

/// <summary>What one accounting record says of its session, in numbers.</summary>
internal readonly record struct AccountingNews
{
    /// <summary>Stands for a value that the record does not have.</summary>
    public const long Absent = -1;

    public AccountingNews()
    {
    }

    public required AccountingStatus Status { get; init; }

    /// <summary>The record's own id, which becomes the session's where the record makes one.</summary>
    public required long RecordId { get; init; }

    /// <summary>When it happened: Unix milliseconds.</summary>
    public required long EventAt { get; init; }

    /// <summary>
    /// Whether the NAS told the time (Event-Timestamp, or Acct-Delay-Time); else <see cref="EventAt"/> is the arrival, which a
    /// retransmission makes late.
    /// </summary>
    public bool TimeIsTold { get; init; }

    /// <summary>Acct-Session-Time: seconds.</summary>
    public long SessionSeconds { get; init; } = Absent;

    /// <summary>Octets from the client, Gigawords included.</summary>
    public long OctetsIn { get; init; } = Absent;

    /// <summary>Octets to the client, Gigawords included.</summary>
    public long OctetsOut { get; init; } = Absent;

    /// <summary>Acct-Terminate-Cause; 0: none.</summary>
    public int TerminateCause { get; init; }

    /// <summary>Acct-Interim-Interval, seconds; 0: none.</summary>
    public int InterimSeconds { get; init; }
}
