using Kiwire.Server.Sessions;

namespace Kiwire.Server.DynamicAuthorization;

/// <summary>Who a request is about: where the session is, and what names it there.</summary>
/// <param name="To">Its NAS.</param>
/// <param name="Identity">What names it.</param>
internal sealed record CoaSubject(NasDestination To, SessionIdentity Identity)
{
    /// <summary>Null: no session that is known.</summary>
    public SessionInfo? Session { get; init; }

    public long? AccountId { get; init; }

    public TurnKey Turn => Session is { } session
        ? new TurnKey(To.Nas.TenantId, session.SessionId)
        : new TurnKey(To.Nas.TenantId, 0, To.Nas.NasId, Identity.Device.IsNone ? Identity.UserName : Identity.Device.ToString());
}
