namespace Kiwire.Server.Accounts;

/// <summary>
/// Names that are known not to exist, so that a stream of them does not reach the database: a fixed table of hashes (128 bits stand for a
/// name) in which new ones displace old ones. All are forgotten when an account is made, and each after a minute. Readers take no lock.
/// </summary>
internal sealed class MissingNames(NameHasher hasher, TimeProvider clock, int capacity)
{
    /// <summary>The back-stop: so long a name is believed to be missing at most.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly Slot[] _slots = new Slot[capacity];
    private long _generation;

    /// <summary>To be taken before the database is read, and given to <see cref="Remember"/>: what was read before an account was made does not count.</summary>
    public long Generation => Volatile.Read(ref _generation);

    public void ForgetAll() => Interlocked.Increment(ref _generation);

    public bool Contains(ulong hash, long tenantId, ReadOnlySpan<byte> key)
    {
        int at = (int)(hash & (uint)(_slots.Length - 1));
        ref readonly Slot first = ref _slots[at];
        ref readonly Slot second = ref _slots[at ^ 1];
        if (first.Hash != hash && second.Hash != hash)
        {
            return false;
        }

        ulong mark = Mark(tenantId, key, Generation);
        long now = clock.GetTimestamp();
        return first.Hash == hash && first.Mark == mark && now < first.ForgetAt ||
            second.Hash == hash && second.Mark == mark && now < second.ForgetAt;
    }

    /// <summary>Remembers a name. Writers take turns (the owner's lock).</summary>
    public void Remember(ulong hash, long tenantId, ReadOnlySpan<byte> key, long generation)
    {
        int at = (int)(hash & (uint)(_slots.Length - 1));
        if (_slots[at].Hash != hash && (_slots[at ^ 1].Hash == hash || _slots[at ^ 1].ForgetAt < _slots[at].ForgetAt))
        {
            at ^= 1;
        }

        ref Slot slot = ref _slots[at];
        slot.ForgetAt = 0;
        slot.Hash = hash;
        slot.Mark = Mark(tenantId, key, generation);
        Volatile.Write(ref slot.ForgetAt, clock.GetTimestamp() + (long)(Lifetime.TotalSeconds * clock.TimestampFrequency));
    }

    // The generation is part of the mark: what is of another one matches nothing.
    private ulong Mark(long tenantId, ReadOnlySpan<byte> key, long generation) =>
        hasher.OtherHash(tenantId, key) ^ hasher.Hash(tenantId, generation);

    private struct Slot
    {
        public ulong Hash;
        public ulong Mark;
        public long ForgetAt;
    }
}
