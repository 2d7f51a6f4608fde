using System.Buffers.Binary;
using System.Net;

namespace Kiwire.Snmp;

/// <summary>Where a datagram comes from, cheap to make and to compare. IPv4 addresses are mapped into IPv6; scopes do not count.</summary>
internal readonly record struct PeerAddress(UInt128 Address, ushort Port)
{
    public PeerAddress(IPEndPoint endPoint)
        : this(Number(endPoint.Address), (ushort)endPoint.Port)
    {
    }

    /// <summary>Reads a sockaddr_in or sockaddr_in6: family (2 octets), port (2), IPv4 address (4) or flow (4) and IPv6 address (16).</summary>
    public static PeerAddress Read(ReadOnlySpan<byte> socketAddress, bool isIPv4)
    {
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(socketAddress[2..]);
        return isIPv4
            ? new PeerAddress(Mapped(BinaryPrimitives.ReadUInt32BigEndian(socketAddress[4..])), port)
            : new PeerAddress(BinaryPrimitives.ReadUInt128BigEndian(socketAddress[8..]), port);
    }

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(octets, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    private static UInt128 Mapped(uint ipv4) => new(0, 0xFFFF_0000_0000UL | ipv4);
}
