using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Server.Tenants;

/// <summary>
/// Counts and marks by key, in a table of fixed size: when all places of a key's set are taken, the one that has been quiet for longest gives
/// way. Which set a key belongs to cannot be told from outside.
/// </summary>
internal sealed class AttemptTable(TimeProvider time)
{
    private const int Ways = 8;
    private const int Sets = 4096;

    private readonly Slot[] _slots = new Slot[Sets * Ways];
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _lock = new();

    /// <summary>How long the key stays marked; zero: it is not.</summary>
    public TimeSpan MarkedFor(string key)
    {
        ulong hash = HashOf(key);
        lock (_lock)
        {
            ref Slot slot = ref Find(hash);
            return slot.Hash == hash && slot.MarkedUntil > Now ? TimeSpan.FromMilliseconds(slot.MarkedUntil - Now) : TimeSpan.Zero;
        }
    }

    public void Mark(string key, TimeSpan duration)
    {
        lock (_lock)
        {
            Take(HashOf(key)).MarkedUntil = Now + (long)duration.TotalMilliseconds;
        }
    }

    /// <summary>Counts one more; true where it is the <paramref name="most"/>-th within <paramref name="window"/>. Counting begins anew then.</summary>
    public bool Count(string key, int most, TimeSpan window)
    {
        lock (_lock)
        {
            ref Slot slot = ref Take(HashOf(key));
            if (slot.Count == 0 || Now - slot.FirstAt >= (long)window.TotalMilliseconds)
            {
                slot.FirstAt = Now;
                slot.Count = 0;
            }

            slot.Count = ++slot.Count % most;
            return slot.Count == 0;
        }
    }

    /// <summary>The key's slot; a new one in the place of the quietest of its set.</summary>
    private ref Slot Take(ulong hash)
    {
        ref Slot slot = ref Find(hash);
        if (slot.Hash != hash)
        {
            slot = new Slot { Hash = hash };
        }

        slot.LastAt = Now;
        return ref slot;
    }

    private ref Slot Find(ulong hash)
    {
        int first = (int)(hash % Sets) * Ways;
        int quietest = first;
        for (int at = first; at < first + Ways; at++)
        {
            if (_slots[at].Hash == hash)
            {
                return ref _slots[at];
            }

            if (_slots[at].LastAt < _slots[quietest].LastAt)
            {
                quietest = at;
            }
        }

        return ref _slots[quietest];
    }

    // 0 is no key's: an empty slot has it.
    private ulong HashOf(string key) => BitConverter.ToUInt64(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(key))) | 1UL << 63;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private struct Slot
    {
        public ulong Hash;
        public long FirstAt;
        public long LastAt;
        public long MarkedUntil;
        public int Count;
    }
}
