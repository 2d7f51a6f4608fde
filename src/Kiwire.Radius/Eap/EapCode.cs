namespace Kiwire.Radius.Eap;

/// <summary>The kind of an EAP packet: its first octet (RFC 3748, 4).</summary>
public enum EapCode : byte
{
    /// <summary>Not a code.</summary>
    None = 0,

    /// <summary>From the authenticator to the peer (RFC 3748, 4.1).</summary>
    Request = 1,

    /// <summary>From the peer to the authenticator (RFC 3748, 4.1).</summary>
    Response = 2,

    /// <summary>The end, and well (RFC 3748, 4.2).</summary>
    Success = 3,

    /// <summary>The end, and not well (RFC 3748, 4.2).</summary>
    Failure = 4,
}
