namespace Kiwire.Server.Accounts;

/// <summary>
/// Accounts by a hash: open addressing, one flat array. Readers take no lock; writers take turns (the owner's lock). A reader that
/// overlaps a write may miss an entry that is there, but what it finds is always what it asked for, since entries are compared whole.
/// </summary>
internal sealed class EntryTable
{
    private const int FirstCapacity = 1024;

    private volatile Slot[] _slots = new Slot[FirstCapacity];
    private int _count;
    private int _hand;

    public int Count => _count;

    public AccountEntry? Find(ulong hash, long tenantId, ReadOnlySpan<byte> key)
    {
        Slot[] slots = _slots;
        for (uint i = (uint)hash; ; i++)
        {
            ref Slot slot = ref slots[i & (uint)(slots.Length - 1)];
            AccountEntry? entry = Volatile.Read(ref slot.Entry);
            if (entry is null)
            {
                return null;
            }

            if (slot.Hash == hash && entry.TenantId == tenantId && AccountName.EqualsKey(key, entry.NameOrKey))
            {
                return entry;
            }
        }
    }

    public AccountEntry? Find(ulong hash, long tenantId, long accountId)
    {
        Slot[] slots = _slots;
        for (uint i = (uint)hash; ; i++)
        {
            ref Slot slot = ref slots[i & (uint)(slots.Length - 1)];
            AccountEntry? entry = Volatile.Read(ref slot.Entry);
            if (entry is null)
            {
                return null;
            }

            if (slot.Hash == hash && entry.AccountId == accountId && entry.TenantId == tenantId)
            {
                return entry;
            }
        }
    }

    /// <summary>Puts an entry in the place of <paramref name="old"/>, which has the same hash and is there.</summary>
    public void Replace(ulong hash, AccountEntry old, AccountEntry entry) =>
        Volatile.Write(ref _slots[IndexOf(hash, old)].Entry, entry);

    /// <summary>Adds an entry that is not there.</summary>
    public void Add(ulong hash, AccountEntry entry)
    {
        Slot[] slots = _slots;
        if (_count >= (int)(slots.Length * 0.6))
        {
            slots = Grown(slots);
            _slots = slots;
        }

        Put(slots, hash, entry);
        _count++;
    }

    /// <summary>Removes an entry that is there, and moves those behind it up, so that no chain is broken.</summary>
    public void Remove(ulong hash, AccountEntry entry) => RemoveAt(_slots, IndexOf(hash, entry));

    /// <summary>Every entry of a tenant (0: of all). For writers.</summary>
    public List<AccountEntry> OfTenant(long tenantId)
    {
        List<AccountEntry> entries = [];
        foreach (ref readonly Slot slot in _slots.AsSpan())
        {
            if (slot.Entry is { } entry && (tenantId == 0 || entry.TenantId == tenantId))
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>
    /// Second chance: goes on round the table and returns the first entry that was not looked up since the last time round and may go;
    /// null after <paramref name="limit"/> places without one.
    /// </summary>
    public AccountEntry? NextVictim(int limit, Func<AccountEntry, bool> mayGo)
    {
        Slot[] slots = _slots;
        for (int i = 0; i < limit; i++)
        {
            AccountEntry? entry = slots[_hand & (slots.Length - 1)].Entry;
            if (entry is not null && !entry.TakeReferenced() && mayGo(entry))
            {
                // The hand stays: what is moved up into this place comes next.
                return entry;
            }

            _hand = (_hand + 1) & (slots.Length - 1);
        }

        return null;
    }

    private int IndexOf(ulong hash, AccountEntry entry)
    {
        Slot[] slots = _slots;
        int i = (int)((uint)hash & (uint)(slots.Length - 1));
        while (!ReferenceEquals(slots[i].Entry, entry))
        {
            if (slots[i].Entry is null)
            {
                throw new InvalidOperationException("The entry is not in the table.");
            }

            i = (i + 1) & (slots.Length - 1);
        }

        return i;
    }

    private void RemoveAt(Slot[] slots, int hole)
    {
        int mask = slots.Length - 1;
        for (int i = (hole + 1) & mask; slots[i].Entry is { } entry; i = (i + 1) & mask)
        {
            int home = (int)((uint)slots[i].Hash & (uint)mask);
            if (((i - home) & mask) < ((i - hole) & mask))
            {
                continue;
            }

            slots[hole].Hash = slots[i].Hash;
            Volatile.Write(ref slots[hole].Entry, entry);
            hole = i;
        }

        Volatile.Write(ref slots[hole].Entry, null);
        _count--;
    }

    private static Slot[] Grown(Slot[] slots)
    {
        Slot[] grown = new Slot[slots.Length * 2];
        foreach (ref readonly Slot slot in slots.AsSpan())
        {
            if (slot.Entry is { } entry)
            {
                Put(grown, slot.Hash, entry);
            }
        }

        return grown;
    }

    private static void Put(Slot[] slots, ulong hash, AccountEntry entry)
    {
        int mask = slots.Length - 1;
        int i = (int)((uint)hash & (uint)mask);
        while (slots[i].Entry is not null)
        {
            i = (i + 1) & mask;
        }

        slots[i].Hash = hash;
        Volatile.Write(ref slots[i].Entry, entry);
    }

    private struct Slot
    {
        public ulong Hash;
        public AccountEntry? Entry;
    }
}
