namespace Kiwire.Server.Network;

/// <summary>Whether a NAS's Access-Requests must carry a Message-Authenticator (CVE-2024-3596).</summary>
internal enum MessageAuthenticatorPolicy
{
    /// <summary>As what the NAS was seen to send proves that it can.</summary>
    Auto = 0,
    Yes = 1,
    No = 2,
}
