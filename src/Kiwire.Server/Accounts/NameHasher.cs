using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Kiwire.Server.Accounts;

/// <summary>Hashes what tables in memory are keyed by, under a secret of this process, so that nobody can choose names that collide.</summary>
internal sealed class NameHasher
{
    private readonly ulong _first = Secret();
    private readonly ulong _second = Secret();
    private readonly ulong _third = Secret();
    private readonly ulong _other = Secret();

    /// <summary>The hash of a tenant's name key.</summary>
    public ulong Hash(long tenantId, ReadOnlySpan<byte> key) => Hash(_first, tenantId, key);

    /// <summary>Another hash of the same, independent of the first: both together stand for the name.</summary>
    public ulong OtherHash(long tenantId, ReadOnlySpan<byte> key) => Hash(_other, tenantId, key);

    /// <summary>The hash of two numbers.</summary>
    public ulong Hash(long tenantId, long id) => Mix(Mix((ulong)tenantId ^ _first, _second) ^ (ulong)id, _third);

    private ulong Hash(ulong seed, long tenantId, ReadOnlySpan<byte> key)
    {
        ulong hash = Mix((ulong)tenantId ^ seed, _second) + (ulong)key.Length;
        while (key.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key), _third);
            key = key[sizeof(ulong)..];
        }

        ulong tail = 0;
        for (int i = 0; i < key.Length; i++)
        {
            tail |= (ulong)key[i] << (i * 8);
        }

        return Mix(hash ^ tail, _third ^ seed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    // Odd and with its highest bit set: a factor that loses nothing.
    private static ulong Secret() => BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 0x8000000000000001;
}
