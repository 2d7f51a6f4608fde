using System.Net;
using Kiwire.Radius.Packets;

namespace Kiwire.Server.Network;

/// <summary>
/// A request that came from a known NAS and is genuine: structure, authenticators and policy are checked, duplicates are gone. The
/// packet lies in the receiver's buffer and is gone when the handler's synchronous part returns; copy it before an await.
/// </summary>
internal readonly ref struct RadiusRequest
{
    public required PacketView Packet { get; init; }

    public required NasEntry Nas { get; init; }

    /// <summary>Where the datagram came from.</summary>
    public required SourceAddress Source { get; init; }

    /// <summary>When it arrived: Unix milliseconds.</summary>
    public required long ReceivedAt { get; init; }
}

/// <summary>An address and port without allocation; IPv4 addresses are kept IPv4-mapped.</summary>
internal readonly record struct SourceAddress(UInt128 Address, ushort Port)
{
    public IPEndPoint ToEndPoint()
    {
        Span<byte> octets = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(octets, Address);
        IPAddress address = new(octets);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, Port);
    }
}
