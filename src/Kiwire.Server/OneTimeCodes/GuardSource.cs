using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Network;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Where a request comes from, as the guard counts it.</summary>
internal static class GuardSource
{
    /// <summary>Of an IPv6 address the network alone: every guest has as many addresses in it as there are.</summary>
    private const int NetworkBits = 64;

    /// <summary>The address, IPv6 as its /64; the device where no address is known; empty where neither is.</summary>
    public static string Of(IPAddress? address, MacAddress device)
    {
        if (address is null)
        {
            return device.ToString();
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkOf(address).ToString() : address.ToString();
    }

    private static IPNetwork NetworkOf(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        octets[(NetworkBits / 8)..].Clear();
        return new IPNetwork(new IPAddress(octets), NetworkBits);
    }
}
