namespace Kiwire.Snmp;

/// <summary>What a request failed by.</summary>
public enum SnmpFault
{
    /// <summary>It did not fail.</summary>
    None,

    /// <summary>No answer came, however often it was sent.</summary>
    NoAnswer,

    /// <summary>The agent is there, and silent to this community.</summary>
    WrongCommunity,

    /// <summary>The agent answers to this community by the other version.</summary>
    WrongVersion,

    /// <summary>The agent does not know the user (usmStatsUnknownUserNames).</summary>
    UnknownUser,

    /// <summary>The authentication password or protocol is not the user's (usmStatsWrongDigests).</summary>
    WrongPassword,

    /// <summary>The agent and we do not agree about its time (usmStatsNotInTimeWindows).</summary>
    NotInTimeWindow,

    /// <summary>The user may not ask at this security level (usmStatsUnsupportedSecLevels).</summary>
    UnsupportedSecurityLevel,

    /// <summary>The privacy password or protocol is not the user's (usmStatsDecryptionErrors, or an answer that cannot be read).</summary>
    DecryptionFailed,

    /// <summary>The agent does not know the engine identifier that it was asked under (usmStatsUnknownEngineIDs).</summary>
    UnknownEngine,

    /// <summary>The agent has no such context (snmpUnknownContexts).</summary>
    UnknownContext,

    /// <summary>The agent refused with an error-status.</summary>
    ErrorStatus,

    /// <summary>Not even the smallest request's answer fits in a message.</summary>
    TooBig,

    /// <summary>A walk came to an identifier that is not behind the last one.</summary>
    NotIncreasing,

    /// <summary>A walk gave more objects than any device has.</summary>
    WalkTooLong,

    /// <summary>What came is not an answer that can be read.</summary>
    Malformed,

    /// <summary>The request could not be sent.</summary>
    Unreachable,
}
