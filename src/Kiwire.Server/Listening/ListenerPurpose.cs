namespace Kiwire.Server.Listening;

/// <summary>What a listener's port is for, and so which codes it takes (RFC 2865, 3; RFC 2866, 3; RFC 5997, 4.2).</summary>
internal enum ListenerPurpose
{
    /// <summary>Access-Request and Status-Server.</summary>
    Authentication,

    /// <summary>Accounting-Request and Status-Server.</summary>
    Accounting,
}
