namespace Kiwire.Server.Network;

/// <summary>
/// Whether the server is of use to a NAS at this moment; where it is not, Status-Server goes unanswered, so that the NAS turns to another
/// server (RFC 5997, 4.2). Asked for every Status-Server: reads memory only.
/// </summary>
internal interface IServerHealth
{
    /// <summary>Whether Access-Requests can be decided.</summary>
    bool CanAuthenticate { get; }

    /// <summary>Whether accounting records can be kept.</summary>
    bool CanAccount { get; }
}
