using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Authentication;

/// <summary>
/// Shuts out a client device that guesses at one account: ten wrong passwords in ten minutes, and that pair is refused for ten minutes.
/// Keyed by the pair, never by the account alone, so that nobody can lock out somebody else; names that do not exist are counted like
/// others, so that the answer does not tell. A fixed table: when all places of a pair's set are taken, the oldest gives way.
/// </summary>
internal sealed class Lockout(TimeProvider time)
{
    public const int WrongPasswords = 10;

    private const long WindowMilliseconds = 10 * 60_000;
    private const int Ways = 8;
    private const int Sets = 8192;

    private readonly Slot[] _slots = new Slot[Sets * Ways];
    private readonly Lock[] _locks = MakeLocks();
    private readonly ulong _key = (ulong)System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue) << 32
        | (uint)System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);

    private int _inUse;

    /// <summary>Whether the pair is shut out now. Costs nothing while nobody has failed.</summary>
    /// <param name="tenantId">Whose account.</param>
    /// <param name="name">The name as the client wrote it; case does not count.</param>
    /// <param name="device">The client device; none is never shut out.</param>
    public bool IsLockedOut(long tenantId, ReadOnlySpan<byte> name, MacAddress device)
    {
        if (Volatile.Read(ref _inUse) == 0 || device.IsNone)
        {
            return false;
        }

        ulong hash = Hash(tenantId, name, device);
        long now = Now();
        lock (LockOf(hash))
        {
            ref Slot slot = ref Find(hash);
            // Clocks are also set back: nobody is shut out for longer than that.
            return slot.Hash == hash && slot.LockedUntil > now && slot.LockedUntil - now <= WindowMilliseconds;
        }
    }

    /// <summary>Counts a wrong password; true where this one shuts the pair out.</summary>
    public bool Failed(long tenantId, ReadOnlySpan<byte> name, MacAddress device)
    {
        if (device.IsNone)
        {
            return false;
        }

        ulong hash = Hash(tenantId, name, device);
        long now = Now();
        lock (LockOf(hash))
        {
            ref Slot slot = ref Find(hash);
            if (slot.Hash != hash || Math.Abs(now - slot.FirstAt) >= WindowMilliseconds)
            {
                slot = new Slot { Hash = hash, FirstAt = now };
            }

            slot.Count++;
            Volatile.Write(ref _inUse, 1);
            if (slot.Count < WrongPasswords)
            {
                return false;
            }

            slot.LockedUntil = now + WindowMilliseconds;
            slot.FirstAt = now;
            slot.Count = 0;
            return true;
        }
    }

    /// <summary>Forgets the pair's failures after a right password.</summary>
    public void Succeeded(long tenantId, ReadOnlySpan<byte> name, MacAddress device)
    {
        if (Volatile.Read(ref _inUse) == 0 || device.IsNone)
        {
            return;
        }

        ulong hash = Hash(tenantId, name, device);
        lock (LockOf(hash))
        {
            ref Slot slot = ref Find(hash);
            if (slot.Hash == hash)
            {
                slot = default;
            }
        }
    }

    private static Lock[] MakeLocks()
    {
        Lock[] locks = new Lock[64];
        for (int i = 0; i < locks.Length; i++)
        {
            locks[i] = new Lock();
        }

        return locks;
    }

    private Lock LockOf(ulong hash) => _locks[(int)(hash % Sets) & 63];

    /// <summary>The pair's slot, or else the one of its set that has been quiet for longest.</summary>
    private ref Slot Find(ulong hash)
    {
        int first = (int)(hash % Sets) * Ways;
        int oldest = first;
        for (int at = first; at < first + Ways; at++)
        {
            if (_slots[at].Hash == hash)
            {
                return ref _slots[at];
            }

            if (_slots[at].FirstAt < _slots[oldest].FirstAt)
            {
                oldest = at;
            }
        }

        return ref _slots[oldest];
    }

    private ulong Hash(long tenantId, ReadOnlySpan<byte> name, MacAddress device)
    {
        // FNV-1a over a secret start, then a finaliser; flooding one set needs the key.
        Span<byte> key = stackalloc byte[AccountName.MaxKeyOctets];
        ulong hash = _key ^ 0xcbf29ce484222325UL;
        foreach (byte octet in key[..AccountName.Fold(name, key)])
        {
            hash = (hash ^ octet) * 0x100000001b3UL;
        }

        hash = (hash ^ (ulong)tenantId) * 0x9e3779b97f4a7c15UL;
        hash = (hash ^ device.Value ^ (hash >> 32)) * 0xbf58476d1ce4e5b9UL;
        hash ^= hash >> 31;
        return hash | 1;
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private struct Slot
    {
        public ulong Hash;
        public long FirstAt;
        public long LockedUntil;
        public int Count;
    }
}
