namespace Kiwire.Server.Network;

/// <summary>The attributes that may name a session in a CoA- or Disconnect-Request (RFC 5176, 3). The numbers are those on the wire.</summary>
internal enum SessionAttribute : byte
{
    UserName = 1,
    NasPort = 5,
    FramedIpAddress = 8,
    CalledStationId = 30,
    CallingStationId = 31,
    AcctSessionId = 44,
    AcctMultiSessionId = 50,
    NasPortId = 87,
    FramedIpv6Address = 168,
}
