using System.Runtime.InteropServices;
using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>One who is in: a reservation, named by its login, or a session, named by its id. 24 octets.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Place
{
    private const ulong SessionMark = 1UL << 62;
    private const ulong DisplacedMark = 1UL << 63;

    // The device's 49 bits, and the two marks above them.
    private readonly ulong _device;

    private Place(ulong device, long id, long at)
    {
        _device = device;
        Id = id;
        At = at;
    }

    public long Id { get; }

    /// <summary>When the login was accepted, or the session first heard of.</summary>
    public long At { get; }

    public bool IsSession => (_device & SessionMark) != 0;

    /// <summary>Another login took its place: it counts no longer.</summary>
    public bool IsDisplaced => (_device & DisplacedMark) != 0;

    public MacAddress Device => new(_device & ~(SessionMark | DisplacedMark));

    public static Place Reservation(MacAddress device, long loginId, long at) => new(device.Value, loginId, at);

    public static Place Session(MacAddress device, long sessionId, long at, bool displaced) =>
        new(device.Value | SessionMark | (displaced ? DisplacedMark : 0), sessionId, at);

    public Place AsDisplaced() => new(_device | DisplacedMark, Id, At);

    public bool IsOf(MacAddress device) => !device.IsNone && Device == device;
}
