using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Kiwire.Server.Network;

namespace Kiwire.Server.Listening;

/// <summary>
/// Whom to answer, and from which of this machine's addresses: the sender's socket address as the system wrote it (an IPv6 one keeps its
/// scope), and the address that the datagram was sent to, where the socket is told it.
/// </summary>
internal struct DatagramPath
{
    /// <summary>Octets of an IPv4 socket address.</summary>
    public const int IPv4Length = 16;

    /// <summary>Octets of an IPv6 socket address.</summary>
    public const int IPv6Length = 28;

    /// <summary>The sender's socket address; its length goes by <see cref="IsIPv4"/>.</summary>
    public RemoteOctets Remote;

    /// <summary>The address asked, where <see cref="HasLocal"/>: 4 octets of IPv4, or 16 of IPv6.</summary>
    public LocalOctets Local;

    public bool IsIPv4;

    public bool HasLocal;

    /// <summary>Octets of <see cref="Remote"/> in use.</summary>
    public readonly int RemoteLength => IsIPv4 ? IPv4Length : IPv6Length;

    /// <summary>The sender as the rest of the server knows it. Socket addresses hold the port at 2 and the address at 4 (IPv4) or 8 (IPv6) on
    /// every system that .NET runs on.</summary>
    public readonly SourceAddress Source
    {
        get
        {
            ReadOnlySpan<byte> octets = Remote;
            ushort port = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
            return IsIPv4
                ? new SourceAddress(new UInt128(0, 0xFFFF_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(octets[4..])), port)
                : new SourceAddress(BinaryPrimitives.ReadUInt128BigEndian(octets[8..]), port);
        }
    }

    [InlineArray(IPv6Length)]
    public struct RemoteOctets
    {
        private byte _first;
    }

    [InlineArray(16)]
    public struct LocalOctets
    {
        private byte _first;
    }
}
