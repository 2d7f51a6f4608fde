using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Portal;

/// <summary>
/// Whom credentials may be handed to. What the login address is, the guest's browser says, and so anybody who makes the guest follow a link: it
/// counts only where it belongs to a NAS entry or a zone of the tenant, to the maker of such a NAS, or where the operator has allowed it.
/// </summary>
internal sealed class LoginAddresses(NasDirectory directory, ZoneDirectory zones, PortalSettingsDirectory settings)
{
    // A wider prefix of public addresses says nothing of whose they are: an entry for everywhere is 0.0.0.0/0.
    private const int ShortestPrefix = 24;
    private const int ShortestPrefix6 = 56;

    private static readonly IPNetwork[] Private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7" }.Select(IPNetwork.Parse)];

    /// <summary>Why credentials may not be handed to an address; null: they may.</summary>
    /// <param name="tenantId">Whose guest.</param>
    /// <param name="type">The NAS's type.</param>
    /// <param name="address">The address.</param>
    public string? FindFault(long tenantId, NasType type, Uri address)
    {
        if (settings.Of(tenantId).Hosts.Any(host => host.Holds(address)))
        {
            return null;
        }

        if (HasTypesHost(type, address) && HasEntryOf(tenantId, type))
        {
            return null;
        }

        if (!TryReadAddress(address, out IPAddress? ip))
        {
            return $"the login address has the host {address.IdnHost}, which is not among loginHosts of /api/v1/portal.";
        }

        bool isKnown = directory.Entries.Any(entry => entry.TenantId == tenantId && Holds(entry.Address, ip))
            || zones.Zones.Any(zone => zone.TenantId == tenantId && zone.Members.Any(member => Holds(member, ip)));
        return isKnown ? null
            : $"the login address has the host {ip}, which is the address of no NAS entry, in no zone's prefix, and not among loginHosts of /api/v1/portal.";
    }

    /// <summary>The tenant's NAS that an address belongs to; else its only one of that type; null: it cannot be said.</summary>
    public NasEntry? FindNas(long tenantId, NasType type, Uri? address)
    {
        NasEntry[] ofType = [.. directory.Entries.Where(entry => entry.TenantId == tenantId && entry.Type == type)];
        NasEntry? there = address is not null && TryReadAddress(address, out IPAddress? ip) ? ofType.FirstOrDefault(entry => entry.IsOneAddress && Holds(entry.Address, ip)) : null;
        return there ?? (ofType is [var only] ? only : null);
    }

    /// <summary>Whether the tenant has a NAS of a type.</summary>
    public bool HasEntryOf(long tenantId, NasType type) => directory.Entries.Any(entry => entry.TenantId == tenantId && entry.Type == type);

    private static bool HasTypesHost(NasType type, Uri address) =>
        type.Portal?.Login?.Hosts.Any(text => LoginHost.TryParse(text, out LoginHost? host, out _) && host.Holds(address)) == true;

    private static bool Holds(ZoneMember member, IPAddress ip) =>
        member.Kind == ZoneMemberKind.NasIpPrefix && NasAddress.TryParse(member.Value, out IPNetwork network) && Holds(network, ip);

    private static bool Holds(IPNetwork network, IPAddress ip) => network.Contains(ip) && IsNarrow(network);

    private static bool IsNarrow(IPNetwork network) =>
        network.PrefixLength >= (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? ShortestPrefix : ShortestPrefix6)
        || Private.Any(wide => wide.PrefixLength <= network.PrefixLength && wide.Contains(network.BaseAddress));

    private static bool TryReadAddress(Uri address, [NotNullWhen(true)] out IPAddress? ip)
    {
        bool isAddress = IPAddress.TryParse(address.IdnHost, out ip);
        ip = ip is { IsIPv4MappedToIPv6: true } ? ip.MapToIPv4() : ip;
        return isAddress;
    }
}
