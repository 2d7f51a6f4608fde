namespace Kiwire.Server.Listening;

/// <summary>Why a datagram got no answer, or none yet. Each is a value of the tag <c>reason</c> of <c>radius.server.drops</c>.</summary>
internal enum DropReason
{
    /// <summary>Under 20 octets arrived.</summary>
    TooShort,

    /// <summary>Over 4096 octets arrived.</summary>
    TooLong,

    /// <summary>The Length field is under 20 or greater than what arrived.</summary>
    BadLength,

    /// <summary>Attributes do not fill the packet exactly.</summary>
    BadAttribute,

    /// <summary>Two Message-Authenticators, or one that is not of 18 octets.</summary>
    MalformedMessageAuthenticator,

    /// <summary>The code does not belong on this port.</summary>
    WrongCode,

    /// <summary>No NAS entry has the source address.</summary>
    UnknownNas,

    /// <summary>Several NAS entries have the source address, and neither NAS-Identifier nor a secret picks one.</summary>
    NoMatchingNas,

    /// <summary>An Accounting-Request's authenticator is wrong.</summary>
    BadRequestAuthenticator,

    /// <summary>The Message-Authenticator is wrong.</summary>
    BadMessageAuthenticator,

    /// <summary>An Access-Request lacks the Message-Authenticator that its NAS must send.</summary>
    MissingMessageAuthenticator,

    /// <summary>EAP-Message without Message-Authenticator (RFC 3579, 3.1).</summary>
    EapWithoutMessageAuthenticator,

    /// <summary>Proxy-State without Message-Authenticator (CVE-2024-3596).</summary>
    ProxyStateWithoutMessageAuthenticator,

    /// <summary>Status-Server without Message-Authenticator (RFC 5997, 3).</summary>
    StatusWithoutMessageAuthenticator,

    /// <summary>A retransmission of a request that is still being worked on (RFC 5080, 2.2.2).</summary>
    DuplicateInProgress,

    /// <summary>It would have to wait, and as many requests wait as may.</summary>
    WaitingFull,

    /// <summary>As many Accounting-Responses wait for the disc as may.</summary>
    HeldFull,

    /// <summary>The record could not be taken.</summary>
    NotTaken,

    /// <summary>The handler has no answer to it.</summary>
    NoReply,

    /// <summary>Status-Server while the server can do nothing useful.</summary>
    NotServing,

    /// <summary>The server failed at it: a bug, which the log describes.</summary>
    HandlerFailed,

    /// <summary>The system would not send the answer.</summary>
    SendFailed,
}
