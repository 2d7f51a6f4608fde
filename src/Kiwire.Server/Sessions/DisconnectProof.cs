namespace Kiwire.Server.Sessions;

/// <summary>
/// Whether accounting bears out that a session was disconnected: a NAS's acknowledgement alone does not. The numbers are stored.
/// </summary>
internal enum DisconnectProof : byte
{
    /// <summary>No disconnect of it was acknowledged.</summary>
    None = 0,

    /// <summary>One was, and accounting has not said yet.</summary>
    Ending = 1,

    /// <summary>The session has ended.</summary>
    Ended = 2,

    /// <summary>The NAS goes on reporting the session: it has ignored the disconnect that it acknowledged.</summary>
    Ignored = 3,
}
