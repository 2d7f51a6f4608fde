using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Sessions;

/// <summary>
/// One session in memory, open or lately ended. Belongs to <see cref="LiveSessions"/>: read and changed under its stripe's lock only.
/// </summary>
internal sealed class LiveSession
{
    public required byte[] Key { get; init; }

    public required SessionProgress Progress { get; set; }

    /// <summary>0: not known (yet).</summary>
    public long AccountId { get; set; }

    /// <summary>The login that began it; 0: not known.</summary>
    public long LoginId { get; set; }

    public MacAddress Device { get; set; }

    /// <summary>The source of the newest packet, IPv4-mapped.</summary>
    public UInt128 SourceAddress { get; set; }

    /// <summary>When this server last heard of it, by its own clock, whatever the NAS's clock says: Unix milliseconds.</summary>
    public long HeardAt { get; set; }

    /// <summary>Records that are journalled and not applied yet.</summary>
    public int PendingRecords { get; set; }

    /// <summary>A later login has taken its place (auto_disconnect_previous): it does not count and is to be disconnected.</summary>
    public bool IsDisplaced { get; set; }

    /// <summary>Its end for lack of news is journalled.</summary>
    public bool IsEnding { get; set; }

    public AccountPresence? Presence { get; set; }

    /// <summary>The profile whose rates the session was given, as it was then; null: not known.</summary>
    public Profile? Granted { get; set; }

    public long TenantId => SessionKey.TenantId(Key);

    public long NasId => SessionKey.NasId(Key);
}
