using Kiwire.Server.Accounts;

namespace Kiwire.Server.Sessions;

/// <summary>How far a session has come: what the records so far add up to. The same in memory and in the database.</summary>
internal readonly record struct SessionProgress
{
    public required long SessionId { get; init; }

    /// <summary>0, and one more each time that the NAS uses the session's identity again.</summary>
    public required int Generation { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long StartedAt { get; init; }

    /// <summary>The time of the newest event that counted; for a session that a reboot ended, the time of the reboot.</summary>
    public required long LastNewsAt { get; init; }

    /// <summary>0: it is open.</summary>
    public long EndedAt { get; init; }

    public SessionEnding Ending { get; init; }

    /// <summary>Acct-Terminate-Cause; 0: none.</summary>
    public int TerminateCause { get; init; }

    /// <summary>What the session has used, over restarts of the NAS's counters.</summary>
    public UsageTotals Totals { get; init; }

    /// <summary>The NAS's own counters when last heard.</summary>
    public UsageTotals Counters { get; init; }

    /// <summary>The session's own interim interval, seconds; 0: none was told.</summary>
    public int InterimSeconds { get; init; }

    public bool IsOpen => Ending == SessionEnding.None;
}

/// <summary>What ended a session. The numbers are stored.</summary>
internal enum SessionEnding : byte
{
    /// <summary>Nothing: it is open.</summary>
    None = 0,

    /// <summary>A Stop: it is never opened again.</summary>
    Stop = 1,

    /// <summary>Three intervals without news: later news continues it.</summary>
    Stale = 2,

    /// <summary>Accounting-On or -Off: news from after that continues it (the NAS has not lost it after all).</summary>
    Reboot = 3,

    /// <summary>The NAS uses its identity for another session.</summary>
    Superseded = 4,
}
