using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kiwire.Server.Network;

/// <summary>How addresses and prefixes are written: as one address, or as <c>address/length</c>.</summary>
internal static class NasAddress
{
    /// <summary>
    /// Reads an address or prefix. Strict, where the platform is not (it takes <c>10.1</c> and <c>010.0.0.1</c>); bits past the prefix
    /// length are cleared, and IPv4-mapped addresses become IPv4.
    /// </summary>
    public static bool TryParse(string text, out IPNetwork network)
    {
        network = default;
        text = text.Trim();
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string addressText = slash < 0 ? text : text[..slash];
        if (!TryParseAddress(addressText, out IPAddress address))
        {
            return false;
        }

        int bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        int length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
        {
            return false;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            if (length < 96)
            {
                return false;
            }

            address = address.MapToIPv4();
            length -= 96;
        }

        network = new IPNetwork(ClearHostBits(address, length), length);
        return true;
    }

    /// <summary>The canonical text.</summary>
    public static string ToText(IPNetwork network) =>
        NasIndex.PrefixBits(network) == 128 ? network.BaseAddress.ToString() : network.ToString();

    private static bool TryParseAddress(string text, out IPAddress address)
    {
        if (!IPAddress.TryParse(text, out IPAddress? parsed))
        {
            address = IPAddress.None;
            return false;
        }

        address = parsed;
        return parsed.AddressFamily == AddressFamily.InterNetwork
            ? parsed.ToString() == text
            : parsed.ScopeId == 0 && !text.AsSpan().ContainsAny('[', '%');
    }

    private static IPAddress ClearHostBits(IPAddress address, int length)
    {
        Span<byte> octets = stackalloc byte[16];
        _ = address.TryWriteBytes(octets, out int count);
        for (int i = 0; i < count; i++)
        {
            int kept = Math.Clamp(length - (i * 8), 0, 8);
            octets[i] &= (byte)(0xFF00 >> kept);
        }

        return new IPAddress(octets[..count]);
    }
}
