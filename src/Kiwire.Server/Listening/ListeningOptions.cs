using System.ComponentModel.DataAnnotations;

namespace Kiwire.Server.Listening;

/// <summary>Where the server listens for RADIUS, and how much it keeps for it. Section <c>Kiwire:Radius</c>.</summary>
internal sealed class ListeningOptions
{
    public const string Section = "Kiwire:Radius";

    /// <summary>Endpoints that take Access-Requests, such as <c>0.0.0.0:1812</c> or <c>[::1]:0</c>; port 0 picks a free one. Empty: port 1812
    /// (RFC 2865, 3) of every IPv4 and IPv6 address.</summary>
    public IReadOnlyList<string> Authentication { get; set; } = [];

    /// <summary>Endpoints that take Accounting-Requests. Empty: port 1813 (RFC 2866, 3) of every IPv4 and IPv6 address.</summary>
    public IReadOnlyList<string> Accounting { get; set; } = [];

    /// <summary>Threads, each with a socket of its own, that share an endpoint. 0: one per core on Linux, and one elsewhere, where the system
    /// does not spread datagrams over sockets.</summary>
    [Range(0, 256)]
    public int ThreadsPerEndpoint { get; set; }

    /// <summary>What each socket asks the system to keep of datagrams that were not received yet, in octets; 4 MiB hold a burst of about
    /// 5 000 requests. The system may grant less (on Linux <c>net.core.rmem_max</c>).</summary>
    [Range(1 << 16, 1 << 30)]
    public int ReceiveBufferOctets { get; set; } = 4 << 20;

    /// <summary>For how long an answered request is known again, in seconds (RFC 5080, 2.2.2: 5 to 30).</summary>
    [Range(1, 300)]
    public int ReplyCacheSeconds { get; set; } = 30;

    /// <summary>How many requests each socket knows again; full, the oldest of those that share a place are forgotten, and that is counted.</summary>
    [Range(256, 1 << 22)]
    public int ReplyCacheCapacity { get; set; } = 1 << 16;

    /// <summary>How many delayed replies (reject_delay) each socket holds back; full, the one that is due next leaves early, and that is counted.</summary>
    [Range(64, 1 << 20)]
    public int DelayedReplyCapacity { get; set; } = 1 << 14;

    /// <summary>How many Accounting-Responses of each socket wait for their record to be on disc; full, requests are dropped and counted.</summary>
    [Range(64, 1 << 20)]
    public int HeldReplyCapacity { get; set; } = 1 << 14;

    /// <summary>How many Access-Requests may wait (for the database, for a code to be sent) in the whole server; past it those that would have
    /// to wait are dropped and counted.</summary>
    [Range(1, 1_000_000)]
    public int WaitingRequestLimit { get; set; } = 10_000;
}
