namespace Kiwire.Server.Network;

/// <summary>What becomes of an Access-Request for the sake of its Message-Authenticator, or of its having none.</summary>
internal enum MessageAuthenticatorVerdict
{
    Accept,

    /// <summary>It has none and must have one: the NAS's policy says so, or it carries EAP (RFC 3579, 3.1).</summary>
    MissingMessageAuthenticator,

    /// <summary>It need not have one, but without one it must not carry Proxy-State (CVE-2024-3596, limit_proxy_state).</summary>
    ProxyStateWithoutMessageAuthenticator,
}
