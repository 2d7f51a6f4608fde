using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Kiwire.Server.Network;

namespace Kiwire.Server.Accounts;

/// <summary>
/// The grants that wait, from memory: at most one for a device at a NAS. Reading takes no lock and allocates nothing; whether a grant is
/// still to be had is for the database to say (<see cref="GrantStore.TryConsumeAsync"/>).
/// </summary>
internal sealed class GrantTable
{
    /// <summary>The most grants in memory; past it no more are given until some are used or expire.</summary>
    public const int Capacity = 65_536;

    private readonly ConcurrentDictionary<Key, Grant> _byDevice = new();
    private readonly Dictionary<long, Grant> _byId = [];
    private readonly Lock _lock = new();
    private volatile int _count;

    /// <summary>Nobody waits: the packet path need not look.</summary>
    public bool IsEmpty => _count == 0;

    public int Count => _count;

    public bool TryFind(long tenantId, long nasId, MacAddress device, long now, [NotNullWhen(true)] out Grant? grant) =>
        _byDevice.TryGetValue(new Key(tenantId, nasId, device), out grant) && now < grant.ExpiresAt;

    /// <summary>Takes one in, in the place of what the device had there before; false: there is no room.</summary>
    public bool TryAdd(Grant grant)
    {
        lock (_lock)
        {
            Key key = new(grant.TenantId, grant.NasId, grant.Device);
            if (_byDevice.TryGetValue(key, out Grant? before))
            {
                _ = _byId.Remove(before.GrantId);
            }
            else if (_count >= Capacity)
            {
                return false;
            }

            _byDevice[key] = grant;
            _byId[grant.GrantId] = grant;
            _count = _byId.Count;
            return true;
        }
    }

    public void Remove(long grantId)
    {
        lock (_lock)
        {
            RemoveLocked(grantId);
        }
    }

    /// <summary>Lets go of what has expired.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Sweep(long now)
    {
        if (IsEmpty)
        {
            return;
        }

        lock (_lock)
        {
            foreach (Grant grant in _byId.Values.Where(grant => now >= grant.ExpiresAt).ToArray())
            {
                RemoveLocked(grant.GrantId);
            }
        }
    }

    /// <summary>Puts these in the place of all others.</summary>
    public void Replace(IReadOnlyList<Grant> grants)
    {
        lock (_lock)
        {
            HashSet<long> present = [.. grants.Select(grant => grant.GrantId)];
            foreach (long gone in _byId.Keys.Where(id => !present.Contains(id)).ToArray())
            {
                RemoveLocked(gone);
            }
        }

        foreach (Grant grant in grants)
        {
            _ = TryAdd(grant);
        }
    }

    private void RemoveLocked(long grantId)
    {
        if (_byId.Remove(grantId, out Grant? grant))
        {
            _ = _byDevice.TryRemove(new Key(grant.TenantId, grant.NasId, grant.Device), out _);
            _count = _byId.Count;
        }
    }

    private readonly record struct Key(long TenantId, long NasId, MacAddress Device);
}
