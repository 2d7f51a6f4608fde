namespace Kiwire.Server.DynamicAuthorization;

/// <summary>What a test of a NAS found, in words.</summary>
internal sealed record NasTestReport(IReadOnlyList<NasTestFinding> Findings)
{
    /// <summary>Nothing is to be changed.</summary>
    public bool IsGood => Findings.All(finding => finding.Verdict == NasTestVerdict.Good);
}

/// <summary>One thing that a test found.</summary>
/// <param name="Aspect">What was looked at.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Text">What was found, and what to change on that make of equipment.</param>
internal sealed record NasTestFinding(NasTestAspect Aspect, NasTestVerdict Verdict, string Text);

/// <summary>What a test looks at.</summary>
internal enum NasTestAspect
{
    /// <summary>Whether it answers on its port.</summary>
    Port,

    /// <summary>Whether it has the same secret.</summary>
    Secret,

    /// <summary>Whether its clock agrees (Event-Timestamp).</summary>
    Clock,

    /// <summary>What it answers about a session that cannot exist.</summary>
    Session,

    /// <summary>Which attributes it refuses.</summary>
    Attributes,
}

/// <summary>How an aspect stands.</summary>
internal enum NasTestVerdict
{
    Good,

    /// <summary>Something is to be changed.</summary>
    Bad,

    /// <summary>The answers do not tell.</summary>
    Unknown,
}
