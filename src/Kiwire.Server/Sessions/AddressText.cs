using System.Buffers.Binary;
using System.Net;

namespace Kiwire.Server.Sessions;

/// <summary>Addresses as the database has them.</summary>
internal static class AddressText
{
    /// <summary>The address as text; empty for 0 (none). IPv4-mapped ones are IPv4.</summary>
    public static string Of(UInt128 address)
    {
        if (address == 0)
        {
            return "";
        }

        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, address);
        return (octets.StartsWith((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]) ? new IPAddress(octets[12..]) : new IPAddress(octets)).ToString();
    }

    /// <summary>The address that a text of the database stands for, IPv4-mapped; 0 for none.</summary>
    public static UInt128 Parse(string text)
    {
        if (!IPAddress.TryParse(text, out IPAddress? address))
        {
            return 0;
        }

        Span<byte> octets = stackalloc byte[16];
        return address.MapToIPv6().TryWriteBytes(octets, out _) ? BinaryPrimitives.ReadUInt128BigEndian(octets) : 0;
    }
}
