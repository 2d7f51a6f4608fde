namespace Kiwire.Server.Network;

/// <summary>The facts of an accept that a NAS type's attributes may be made of; flags, so that a set of them is one number.</summary>
[Flags]
internal enum AcceptFact
{
    None = 0,
    DownKbps = 1,
    UpKbps = 2,
    MinDownKbps = 4,
    MinUpKbps = 8,
    VolumeLeftOctets = 16,
}
