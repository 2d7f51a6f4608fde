using System.Net;
using System.Net.Sockets;

namespace Kiwire.Server.Web;

/// <summary>
/// Whether an address is one of the public Internet: neither private nor loopback nor link-local (where clouds keep their metadata) nor
/// any other that IANA's special-purpose registries keep apart (RFC 6890).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8",          // this network
            "10.0.0.0/8",         // private (RFC 1918)
            "100.64.0.0/10",      // shared by carriers (RFC 6598)
            "127.0.0.0/8",        // loopback
            "169.254.0.0/16",     // link-local (RFC 3927)
            "172.16.0.0/12",      // private
            "192.0.0.0/24",       // protocol assignments
            "192.0.2.0/24",       // documentation
            "192.88.99.0/24",     // 6to4 relays of old
            "192.168.0.0/16",     // private
            "198.18.0.0/15",      // benchmarks
            "198.51.100.0/24",    // documentation
            "203.0.113.0/24",     // documentation
            "224.0.0.0/4",        // multicast
            "240.0.0.0/4",        // reserved, broadcast
            "2001::/23",          // protocol assignments, Teredo among them
            "2001:db8::/32",      // documentation
            "2002::/16",          // 6to4: leads to an IPv4 address
            "3fff::/20",          // documentation (RFC 9637)
        }.Select(IPNetwork.Parse),
    ];

    // All that is public in IPv6 is in here; outside of it are loopback, link-local, unique local, NAT64 and multicast.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Is(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(plain)) && !Special.Any(network => network.Contains(plain));
    }
}
