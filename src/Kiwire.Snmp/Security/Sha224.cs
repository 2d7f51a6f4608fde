using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Kiwire.Snmp.Security;

/// <summary>SHA-224 (RFC 3874, RFC 6234) and HMAC-SHA-224: the one hash of RFC 7860 that the platform does not have.</summary>
internal struct Sha224
{
    /// <summary>Octets in a hash.</summary>
    public const int HashSize = 28;

    private const int BlockSize = 64;

    // RFC 6234, 5.1: the cube roots of the first 64 primes.
    private static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private uint _h0 = 0xc1059ed8;
    private uint _h1 = 0x367cd507;
    private uint _h2 = 0x3070dd17;
    private uint _h3 = 0xf70e5939;
    private uint _h4 = 0xffc00b31;
    private uint _h5 = 0x68581511;
    private uint _h6 = 0x64f98fa7;
    private uint _h7 = 0xbefa4fa4;

    private Sha224(ReadOnlySpan<byte> firstBlock)
    {
        if (!firstBlock.IsEmpty)
        {
            AppendBlock(firstBlock);
        }
    }

    /// <summary>Writes the hash of the octets and returns its length.</summary>
    public static int HashData(ReadOnlySpan<byte> octets, Span<byte> destination) => new Sha224([]).Finish(octets, 0, destination);

    /// <summary>Writes the HMAC (RFC 2104) of the octets and returns its length.</summary>
    public static int HmacData(ReadOnlySpan<byte> key, ReadOnlySpan<byte> octets, Span<byte> destination)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        if (key.Length > BlockSize)
        {
            _ = HashData(key, block);
        }
        else
        {
            key.CopyTo(block);
        }

        Mask(block, 0x36);
        Span<byte> inner = stackalloc byte[HashSize];
        _ = new Sha224(block).Finish(octets, BlockSize, inner);
        Mask(block, 0x36 ^ 0x5c);
        int length = new Sha224(block).Finish(inner, BlockSize, destination);
        CryptographicOperations.ZeroMemory(block);
        return length;
    }

    private static void Mask(Span<byte> block, byte pad)
    {
        foreach (ref byte octet in block)
        {
            octet ^= pad;
        }
    }

    private int Finish(ReadOnlySpan<byte> rest, int before, Span<byte> destination)
    {
        ulong bits = (ulong)(before + (long)rest.Length) * 8;
        for (; rest.Length >= BlockSize; rest = rest[BlockSize..])
        {
            AppendBlock(rest[..BlockSize]);
        }

        // The last octets, a one bit, zeros, and the length in bits: one block or two.
        Span<byte> padded = stackalloc byte[2 * BlockSize];
        padded.Clear();
        rest.CopyTo(padded);
        padded[rest.Length] = 0x80;
        padded = padded[..(rest.Length < BlockSize - sizeof(ulong) ? BlockSize : 2 * BlockSize)];
        BinaryPrimitives.WriteUInt64BigEndian(padded[^sizeof(ulong)..], bits);
        for (int i = 0; i < padded.Length; i += BlockSize)
        {
            AppendBlock(padded.Slice(i, BlockSize));
        }

        // SHA-256's eighth word is left off.
        ReadOnlySpan<uint> words = [_h0, _h1, _h2, _h3, _h4, _h5, _h6];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[(4 * i)..], words[i]);
        }

        return HashSize;
    }

    // RFC 6234, 6.2.
    private void AppendBlock(ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int t = 0; t < 16; t++)
        {
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * t)..]);
        }

        for (int t = 16; t < 64; t++)
        {
            uint s0 = BitOperations.RotateRight(w[t - 15], 7) ^ BitOperations.RotateRight(w[t - 15], 18) ^ (w[t - 15] >> 3);
            uint s1 = BitOperations.RotateRight(w[t - 2], 17) ^ BitOperations.RotateRight(w[t - 2], 19) ^ (w[t - 2] >> 10);
            w[t] = s1 + w[t - 7] + s0 + w[t - 16];
        }

        (uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h) = (_h0, _h1, _h2, _h3, _h4, _h5, _h6, _h7);
        for (int t = 0; t < 64; t++)
        {
            uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint t1 = h + s1 + ((e & f) ^ (~e & g)) + RoundConstants[t] + w[t];
            uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        _h0 += a;
        _h1 += b;
        _h2 += c;
        _h3 += d;
        _h4 += e;
        _h5 += f;
        _h6 += g;
        _h7 += h;
    }
}
