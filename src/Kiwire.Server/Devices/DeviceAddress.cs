using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Devices;

/// <summary>
/// Where a device's SNMP agent is: an address or a host name, with a port where that is not 161. IPv6 addresses stand in brackets where a
/// port follows.
/// </summary>
/// <param name="Host">An address as the platform writes it, or a host name in lower case.</param>
/// <param name="Port">UDP.</param>
internal sealed record DeviceAddress(string Host, int Port)
{
    /// <summary>Where agents listen (RFC 3417, 3.2).</summary>
    public const int DefaultPort = 161;

    private const int LongestHost = 253;
    private const int LongestLabel = 63;

    /// <summary>Reads <c>192.0.2.1</c>, <c>192.0.2.1:1161</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]:1161</c>, <c>switch-1.example:1161</c>.</summary>
    public static bool TryParse(string text, out DeviceAddress address)
    {
        address = new("", DefaultPort);
        text = text.Trim();
        if (IsIpv6(text))
        {
            return TryParse(text, portText: null, out address);
        }

        int colon = text.LastIndexOf(':');
        int bracket = text.IndexOf(']', StringComparison.Ordinal);
        string host = colon > bracket ? text[..colon] : text;
        string? port = colon > bracket ? text[(colon + 1)..] : null;
        return host is ['[', .. var inside, ']']
            ? IsIpv6(inside) && TryParse(inside, port, out address)
            : !host.Contains(':', StringComparison.Ordinal) && TryParse(host, port, out address);
    }

    /// <summary>The canonical text.</summary>
    public override string ToString()
    {
        if (Port == DefaultPort)
        {
            return Host;
        }

        string host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(CultureInfo.InvariantCulture, $"{host}:{Port}");
    }

    private static bool TryParse(string host, string? portText, out DeviceAddress address)
    {
        int port = DefaultPort;
        bool isPort = portText is null
            || (int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535);

        // A prefix is a NAS's, not a device's.
        string? known = !host.Contains('/', StringComparison.Ordinal) && NasAddress.TryParse(host, out IPNetwork network)
            ? NasAddress.ToText(network)
            : IsHostName(host) ? host.ToLowerInvariant() : null;
        address = new(known ?? "", port);
        return isPort && known is not null && known is not ("0.0.0.0" or "::" or "255.255.255.255");
    }

    private static bool IsIpv6(string text) =>
        text.Contains(':', StringComparison.Ordinal) && !text.AsSpan().ContainsAny('[', '%')
        && IPAddress.TryParse(text, out IPAddress? parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>RFC 1123, 2.1: letters, digits and hyphens in labels, the last of which is not a number (that would be an address).</summary>
    private static bool IsHostName(string text)
    {
        string[] labels = text.Split('.');
        return text.Length <= LongestHost
            && Array.TrueForAll(labels, IsLabel)
            && !labels[^1].All(char.IsAsciiDigit);
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= LongestLabel
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
}
