namespace Kiwire.Server.DynamicAuthorization;

/// <summary>Something that is to be done about a session.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="SessionId">Which.</param>
/// <param name="Kind">What.</param>
/// <param name="What">Why it is ended, or which rates it is given.</param>
/// <param name="NewsAt">The session's newest news: Unix milliseconds.</param>
internal readonly record struct EnforcementClaim(long TenantId, long SessionId, EnforcementKind Kind, string What, long NewsAt)
{
    /// <summary>
    /// How long after an acknowledgement news of a session shows that its NAS has ignored it (dynamic-authorization.md, By hand); and how long
    /// after it was taken up something is known to have been left undone by a server that died.
    /// </summary>
    public const long IgnoredAfterMilliseconds = 60_000;
}

/// <summary>What is done about a session. The numbers are stored.</summary>
internal enum EnforcementKind : byte
{
    End = 0,
    Change = 1,
}

/// <summary>How far it has come. The numbers are stored.</summary>
internal enum EnforcementState : byte
{
    UnderWay = 0,
    Done = 1,

    /// <summary>Refused or unanswered: tried again when there is news of the session.</summary>
    Failed = 2,
}
