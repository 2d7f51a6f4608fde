using Kiwire.Radius.Attributes;
using Kiwire.Server.Sessions;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>One request in the dynamic-authorization log. Times are Unix milliseconds.</summary>
internal sealed record CoaLogRow
{
    public required long TenantId { get; init; }

    public required long RequestId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required long At { get; init; }

    public required long NasId { get; init; }

    public long? SessionId { get; init; }

    public long? AccountId { get; init; }

    public required CoaKind Kind { get; init; }

    /// <summary>Why, in a word or two (<see cref="CoaReason"/>).</summary>
    public required string Reason { get; init; }

    /// <summary>What was sent, a line each, without secrets.</summary>
    public required string Attributes { get; init; }

    public required CoaResult Outcome { get; init; }

    /// <summary>RFC 5176, 3.5.</summary>
    public ErrorCause? ErrorCause { get; init; }

    /// <summary>The outcome in words.</summary>
    public required string Detail { get; init; }

    public required int Sends { get; init; }

    /// <summary>Null: no answer.</summary>
    public long? RoundTripMilliseconds { get; init; }

    public DisconnectProof Proof { get; init; }
}

/// <summary>How a request ended. The numbers are stored.</summary>
internal enum CoaResult : byte
{
    Acknowledged = 0,
    Refused = 1,
    Unanswered = 2,
    NotSent = 3,
}

/// <summary>Which rows to list; what is null does not matter.</summary>
internal sealed record CoaLogQuery
{
    public required long TenantId { get; init; }

    public long? SessionId { get; init; }

    public long? NasId { get; init; }

    public long? AccountId { get; init; }

    /// <summary>Only rows older than this one: the last <see cref="CoaLogRow.RequestId"/> of the page before.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>An acknowledged disconnect that accounting has not borne out yet, and how its session stands.</summary>
internal sealed record PendingProof
{
    public required long TenantId { get; init; }

    public required long RequestId { get; init; }

    public required long SessionId { get; init; }

    public required long NasId { get; init; }

    /// <summary>When the acknowledgement came.</summary>
    public required long AcknowledgedAt { get; init; }

    public required bool IsOpen { get; init; }

    public required long LastNewsAt { get; init; }

    public required long Seconds { get; init; }

    public required long Octets { get; init; }
}
