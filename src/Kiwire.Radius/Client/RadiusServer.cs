using System.Net;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Client;

/// <summary>Where requests go, and how: a RADIUS server's port, or the dynamic authorization port of a NAS (RFC 5176).</summary>
/// <param name="EndPoint">Address and port.</param>
/// <param name="Secret">The secret shared with it.</param>
public sealed record RadiusServer(IPEndPoint EndPoint, SharedSecret Secret)
{
    /// <summary>
    /// Whether answers to Access-Request and Status-Server must have a Message-Authenticator (CVE-2024-3596). Where one is present it must
    /// be right in any case. Turn it off only for a server that cannot send one.
    /// </summary>
    public bool RequireMessageAuthenticator { get; init; } = true;

    /// <summary>
    /// Whether CoA- and Disconnect-Requests carry a Message-Authenticator, first (RFC 5176, 3.4: they may). Turn it off only for a NAS that
    /// refuses them with it.
    /// </summary>
    public bool SendMessageAuthenticator { get; init; } = true;

    /// <summary>How often and for how long a request is sent.</summary>
    public RetransmissionPolicy Retransmission { get; init; } = RetransmissionPolicy.Default;
}
