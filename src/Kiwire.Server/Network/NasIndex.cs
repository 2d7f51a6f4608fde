using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>
/// All NAS entries at one moment, indexed by source address: one flat table of exact addresses, then one of each prefix length, longest
/// first. Immutable; a lookup takes no lock and allocates nothing. An IPv4 address is looked up as <c>::ffff:a.b.c.d</c>, and a prefix
/// of one family never matches an address of the other.
/// </summary>
internal sealed class NasIndex
{
    public static readonly NasIndex Empty = new([]);

    private const int AddressBits = 128;
    private const int Ipv4MappedBits = 96;

    private static readonly UInt128 Ipv4Mapped = (UInt128)0xFFFF << 32;

    private readonly Level[] _levels;
    private readonly Dictionary<(long TenantId, long NasId), NasEntry> _byId;
    private readonly Dictionary<(long TenantId, string IdentityKey), NasEntry> _byIdentity;

    public NasIndex(IReadOnlyList<NasEntry> entries)
    {
        Entries = entries;
        _byId = entries.ToDictionary(entry => (entry.TenantId, entry.NasId));
        _byIdentity = entries.ToDictionary(entry => (entry.TenantId, entry.IdentityKey));
        _levels =
        [
            .. entries
                .GroupBy(entry => PrefixBits(entry.Address))
                .OrderByDescending(group => group.Key)
                .Select(group => new Level(group.Key, group)),
        ];
    }

    public IReadOnlyList<NasEntry> Entries { get; }

    public bool TryFind(UInt128 address, out NasCandidates candidates)
    {
        bool isIpv4 = address >> 32 == Ipv4Mapped >> 32;
        foreach (Level level in _levels)
        {
            if (isIpv4 && level.Bits < Ipv4MappedBits)
            {
                break;
            }

            if (level.TryFind(address, out NasEntry[]? entries))
            {
                candidates = new NasCandidates(entries);
                return true;
            }
        }

        candidates = default;
        return false;
    }

    public bool TryGet(long tenantId, long nasId, [NotNullWhen(true)] out NasEntry? entry) =>
        _byId.TryGetValue((tenantId, nasId), out entry);

    public bool TryGetByIdentity(long tenantId, string identity, [NotNullWhen(true)] out NasEntry? entry) =>
        _byIdentity.TryGetValue((tenantId, FoldedName.Fold(identity)), out entry);

    /// <summary>An address as it is looked up.</summary>
    internal static UInt128 ToBits(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        _ = address.MapToIPv6().TryWriteBytes(octets, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    /// <summary>A prefix's length among IPv6 and IPv4-mapped addresses.</summary>
    internal static int PrefixBits(IPNetwork network) =>
        network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? network.PrefixLength + Ipv4MappedBits
            : network.PrefixLength;

    internal static UInt128 Mask(int prefixBits) => prefixBits == 0 ? 0 : UInt128.MaxValue << (AddressBits - prefixBits);

    /// <summary>The entries of one prefix length, by prefix: open addressing, at most half full.</summary>
    private sealed class Level
    {
        private readonly UInt128 _mask;
        private readonly int _shift;
        private readonly UInt128[] _prefixes;
        private readonly NasEntry[]?[] _entries;

        public Level(int bits, IEnumerable<NasEntry> entries)
        {
            Bits = bits;
            _mask = Mask(bits);
            IGrouping<UInt128, NasEntry>[] groups = [.. entries.GroupBy(entry => ToBits(entry.Address.BaseAddress) & _mask)];
            int slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)groups.Length * 2);
            _shift = 64 - System.Numerics.BitOperations.Log2((uint)slots);
            _prefixes = new UInt128[slots];
            _entries = new NasEntry[slots][];
            foreach (IGrouping<UInt128, NasEntry> group in groups)
            {
                int slot = Slot(group.Key);
                while (_entries[slot] is not null)
                {
                    slot = (slot + 1) & (slots - 1);
                }

                _prefixes[slot] = group.Key;
                _entries[slot] = [.. group.OrderBy(entry => entry.TenantId).ThenBy(entry => entry.NasId)];
            }
        }

        public int Bits { get; }

        public bool TryFind(UInt128 address, [NotNullWhen(true)] out NasEntry[]? entries)
        {
            UInt128 prefix = address & _mask;
            int slot = Slot(prefix);
            while (_entries[slot] is { } found)
            {
                if (_prefixes[slot] == prefix)
                {
                    entries = found;
                    return true;
                }

                slot = (slot + 1) & (_entries.Length - 1);
            }

            entries = null;
            return false;
        }

        // Fibonacci hashing of the two halves: the addresses of one site differ in few, adjacent bits.
        private int Slot(UInt128 prefix)
        {
            ulong mixed = ((ulong)(prefix >> 64) * 0xD6E8FEB86659FD93) ^ (ulong)prefix;
            return (int)((mixed * 0x9E3779B97F4A7C15) >> _shift);
        }
    }
}
