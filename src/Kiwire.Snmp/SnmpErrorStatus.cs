namespace Kiwire.Snmp;

/// <summary>The error-status of an answer (RFC 3416, 3).</summary>
public enum SnmpErrorStatus
{
    /// <summary>No error.</summary>
    NoError = 0,

    /// <summary>The answer would not fit in a message.</summary>
    TooBig = 1,

    /// <summary>SNMPv1: there is no such name.</summary>
    NoSuchName = 2,

    /// <summary>SNMPv1: a value that cannot be set.</summary>
    BadValue = 3,

    /// <summary>SNMPv1: cannot be set.</summary>
    ReadOnly = 4,

    /// <summary>Anything else.</summary>
    GeneralError = 5,

    /// <summary>The object is not in the view of this community or user.</summary>
    NoAccess = 6,

    /// <summary>The value is of the wrong type.</summary>
    WrongType = 7,

    /// <summary>The value's length is wrong.</summary>
    WrongLength = 8,

    /// <summary>The value is not encoded as the object's are.</summary>
    WrongEncoding = 9,

    /// <summary>The value can never be given to the object.</summary>
    WrongValue = 10,

    /// <summary>There is no such instance, and none can be made.</summary>
    NoCreation = 11,

    /// <summary>The value could be set at another time.</summary>
    InconsistentValue = 12,

    /// <summary>A resource is missing.</summary>
    ResourceUnavailable = 13,

    /// <summary>Nothing was set.</summary>
    CommitFailed = 14,

    /// <summary>Something was set and could not be undone.</summary>
    UndoFailed = 15,

    /// <summary>The community or user may not do that.</summary>
    AuthorizationError = 16,

    /// <summary>The object can never be set.</summary>
    NotWritable = 17,

    /// <summary>The instance cannot be made now.</summary>
    InconsistentName = 18,
}
