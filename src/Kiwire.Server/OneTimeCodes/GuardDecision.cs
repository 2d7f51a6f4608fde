namespace Kiwire.Server.OneTimeCodes;

/// <summary>What was decided about a source, a country, a number or the tenant in a window.</summary>
internal sealed class GuardDecision
{
    public long TenantId { get; set; }

    public long DecisionId { get; set; }

    public GuardCause Cause { get; set; }

    public GuardOutcome Outcome { get; set; }

    /// <summary>Address or device, country, keyed hash of the number, or empty: the tenant.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The subject as people may see it: a number masked.</summary>
    public string Shown { get; set; } = "";

    public string Reason { get; set; } = "";

    public long WindowStart { get; set; }

    /// <summary>The window's end.</summary>
    public long Until { get; set; }

    /// <summary>How many requests it met.</summary>
    public long Requests { get; set; }

    public long FirstAt { get; set; }

    public long LastAt { get; set; }

    /// <summary>Null: not before the window's end.</summary>
    public long? EndedAt { get; set; }

    public GuardEnding? Ending { get; set; }

    public bool IsOfSource => Cause is GuardCause.PerAddress or GuardCause.SourceHour or GuardCause.SourceDay or GuardCause.SourceCountries;

    public bool IsInForce(long now) => Outcome == GuardOutcome.Stopped && EndedAt is null && Until > now;
}
