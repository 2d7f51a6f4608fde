using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// Where logins may come from, from memory: an immutable snapshot of all tenants' zones, replaced when one changes. Matching allocates
/// nothing.
/// </summary>
internal sealed class ZoneDirectory(NasDirectory nasDirectory)
{
    private volatile FrozenDictionary<(long TenantId, string NameKey), Members> _zones =
        FrozenDictionary<(long, string), Members>.Empty;

    private volatile IReadOnlyList<Zone> _all = [];

    /// <summary>All zones, by tenant and name.</summary>
    public IReadOnlyList<Zone> Zones => _all;

    /// <summary>Puts these in the place of all others; the next login sees them.</summary>
    public void Replace(IReadOnlyList<Zone> zones)
    {
        _zones = zones.ToFrozenDictionary(zone => (zone.TenantId, FoldedName.Fold(zone.Name)), zone => new Members(zone.Members));
        _all = zones;
    }

    /// <summary>Whether a login by this NAS is allowed: any name that matches admits.</summary>
    /// <param name="allowNas">Folded names of zones or NAS identities, as <see cref="TryResolve"/> made them; null: no restriction.</param>
    /// <param name="nas">The NAS.</param>
    /// <param name="calledStationId">Called-Station-Id, or nothing.</param>
    /// <param name="nasIdentifier">
    /// NAS-Identifier, or nothing. It counts where the entry is a prefix: several pieces of equipment share it then, and only this tells
    /// them apart. An entry of one address is known by its own identity.
    /// </param>
    /// <param name="sourceAddress">Where the packet came from; IPv4 as <c>::ffff:a.b.c.d</c>.</param>
    /// <param name="nasIpAddress">NAS-IP-Address or NAS-IPv6-Address in the same form; 0: none.</param>
    public bool Admits(
        string[]? allowNas,
        NasEntry nas,
        ReadOnlySpan<byte> calledStationId,
        ReadOnlySpan<byte> nasIdentifier,
        UInt128 sourceAddress,
        UInt128 nasIpAddress)
    {
        if (allowNas is null)
        {
            return true;
        }

        FrozenDictionary<(long TenantId, string NameKey), Members> zones = _zones;
        Place place = new(nas, Ssid(calledStationId), nasIdentifier, sourceAddress, nasIpAddress);
        foreach (string name in allowNas)
        {
            if (place.HasIdentity(name) || (zones.TryGetValue((nas.TenantId, name), out Members? members) && members.Hold(place)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether there is a zone of that name, whatever the case.</summary>
    public bool HasZone(long tenantId, string name) => _zones.ContainsKey((tenantId, FoldedName.Fold(name.Trim())));

    /// <summary>Whether a zone holds what comes from a place; false also where there is no such zone.</summary>
    /// <param name="name">The zone's name, whatever the case.</param>
    /// <param name="nas">The NAS.</param>
    /// <param name="calledStationId">Called-Station-Id, or nothing.</param>
    /// <param name="sourceAddress">Where the packet came from; IPv4 as <c>::ffff:a.b.c.d</c>.</param>
    public bool Holds(string name, NasEntry nas, ReadOnlySpan<byte> calledStationId, UInt128 sourceAddress) =>
        _zones.TryGetValue((nas.TenantId, FoldedName.Fold(name.Trim())), out Members? members)
        && members.Hold(new Place(nas, Ssid(calledStationId), default, sourceAddress, 0));

    /// <summary>Reads an account's allowNas: <c>none</c> (or nothing), or zone names and NAS identities with commas between.</summary>
    /// <param name="tenantId">Whose account.</param>
    /// <param name="allowNas">The text.</param>
    /// <param name="names">The folded names; null: no restriction.</param>
    /// <param name="error">What is wrong, naming the unknown name, where the answer is false.</param>
    public bool TryResolve(long tenantId, string allowNas, out string[]? names, [NotNullWhen(false)] out string? error)
    {
        names = null;
        error = null;
        if (allowNas.Trim() is "" || allowNas.Trim().Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        List<string> folded = [];
        foreach (string part in allowNas.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string key = FoldedName.Fold(part);
            if (!_zones.ContainsKey((tenantId, key)) && !nasDirectory.TryGetByIdentity(tenantId, part, out _))
            {
                error = $"names '{part}', which is neither a zone nor a NAS identity; it must be 'none' or a comma-separated list of those.";
                return false;
            }

            if (!folded.Contains(key))
            {
                folded.Add(key);
            }
        }

        names = [.. folded];
        return true;
    }

    /// <summary>
    /// Reads allowNas as it was saved, without asking whether the names are still known: one that is gone admits nobody.
    /// </summary>
    public static string[]? Parse(string allowNas) =>
        allowNas.Trim() is "" || allowNas.Trim().Equals("none", StringComparison.OrdinalIgnoreCase)
            ? null
            : [.. allowNas.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(FoldedName.Fold).Distinct()];

    // "AA-BB-CC-DD-EE-FF:ssid" (RFC 3580, 3.20). A MAC address alone, in any notation, has no SSID.
    private static ReadOnlySpan<byte> Ssid(ReadOnlySpan<byte> calledStationId)
    {
        int colon = calledStationId.LastIndexOf((byte)':');
        return colon < 0 || MacAddress.TryParse(calledStationId, out _) ? default : calledStationId[(colon + 1)..];
    }

    /// <summary>Where a login comes from.</summary>
    private readonly ref struct Place(
        NasEntry nas, ReadOnlySpan<byte> ssid, ReadOnlySpan<byte> nasIdentifier, UInt128 sourceAddress, UInt128 nasIpAddress)
    {
        private readonly ReadOnlySpan<byte> _ssid = ssid;
        private readonly ReadOnlySpan<byte> _nasIdentifier =
            NasIndex.PrefixBits(nas.Address) == 128 ? default : nasIdentifier;

        public bool HasIdentity(string folded) =>
            folded == nas.IdentityKey || (!_nasIdentifier.IsEmpty && FoldedName.Matches(folded, _nasIdentifier));

        public bool HasLocation(string folded) => folded == nas.LocationKey;

        public bool HasSsid(string folded) => !_ssid.IsEmpty && FoldedName.Matches(folded, _ssid);

        public bool IsIn(UInt128 prefix, int bits)
        {
            UInt128 mask = NasIndex.Mask(bits);
            return (sourceAddress & mask) == prefix || (nasIpAddress != 0 && (nasIpAddress & mask) == prefix);
        }
    }

    /// <summary>A zone's members, prepared.</summary>
    private sealed class Members
    {
        private readonly string[] _identities;
        private readonly string[] _locations;
        private readonly string[] _ssids;
        private readonly (UInt128 Prefix, int Bits)[] _prefixes;

        public Members(IReadOnlyList<ZoneMember> members)
        {
            _identities = Folded(members, ZoneMemberKind.NasIdentity);
            _locations = Folded(members, ZoneMemberKind.NasLocation);
            _ssids = Folded(members, ZoneMemberKind.Ssid);
            _prefixes =
            [
                .. members
                    .Where(member => member.Kind == ZoneMemberKind.NasIpPrefix)
                    .Select(member => NasAddress.TryParse(member.Value, out IPNetwork network) ? network : (IPNetwork?)null)
                    .OfType<IPNetwork>()
                    .Select(network => (NasIndex.ToBits(network.BaseAddress), NasIndex.PrefixBits(network))),
            ];
        }

        public bool Hold(in Place place)
        {
            foreach (string identity in _identities)
            {
                if (place.HasIdentity(identity))
                {
                    return true;
                }
            }

            foreach (string location in _locations)
            {
                if (place.HasLocation(location))
                {
                    return true;
                }
            }

            foreach (string ssid in _ssids)
            {
                if (place.HasSsid(ssid))
                {
                    return true;
                }
            }

            foreach ((UInt128 prefix, int bits) in _prefixes)
            {
                if (place.IsIn(prefix, bits))
                {
                    return true;
                }
            }

            return false;
        }

        private static string[] Folded(IReadOnlyList<ZoneMember> members, ZoneMemberKind kind) =>
            [.. members.Where(member => member.Kind == kind).Select(member => FoldedName.Fold(member.Value))];
    }
}
