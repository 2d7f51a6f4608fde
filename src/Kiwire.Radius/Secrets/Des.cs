using System.Buffers.Binary;
using System.Numerics;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// DES of single blocks, as MS-CHAP uses it (RFC 2433, A.8; RFC 2759, 8.6) and SNMP's CBC-DES (RFC 3414, 8), whose library compiles this
/// file too. The platform's own refuses weak keys, which a password's hash may well be, and is missing where OpenSSL's legacy provider is.
/// </summary>
internal static class Des
{
    /// <summary>Octets in a block.</summary>
    public const int BlockSize = 8;

    /// <summary>Octets in a key without its parity bits.</summary>
    public const int KeySize = 7;

    /// <summary>Round keys of a key.</summary>
    public const int Rounds = 16;

    // FIPS 46-3. Positions count from 1, at the most significant bit.
    private static ReadOnlySpan<byte> InitialPermutation =>
    [
        58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4,
        62, 54, 46, 38, 30, 22, 14, 6, 64, 56, 48, 40, 32, 24, 16, 8,
        57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3,
        61, 53, 45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
    ];

    private static ReadOnlySpan<byte> FinalPermutation =>
    [
        40, 8, 48, 16, 56, 24, 64, 32, 39, 7, 47, 15, 55, 23, 63, 31,
        38, 6, 46, 14, 54, 22, 62, 30, 37, 5, 45, 13, 53, 21, 61, 29,
        36, 4, 44, 12, 52, 20, 60, 28, 35, 3, 43, 11, 51, 19, 59, 27,
        34, 2, 42, 10, 50, 18, 58, 26, 33, 1, 41, 9, 49, 17, 57, 25,
    ];

    private static ReadOnlySpan<byte> KeyChoice1 =>
    [
        57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18,
        10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36,
        63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22,
        14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
    ];

    private static ReadOnlySpan<byte> KeyChoice2 =>
    [
        14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10,
        23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2,
        41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48,
        44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
    ];

    private static ReadOnlySpan<byte> KeyRotations => [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];

    private static ReadOnlySpan<byte> RoundPermutation =>
    [
        16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10,
        2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
    ];

    private static ReadOnlySpan<byte> Substitutions =>
    [
        14, 4, 13, 1, 2, 15, 11, 8, 3, 10, 6, 12, 5, 9, 0, 7,
        0, 15, 7, 4, 14, 2, 13, 1, 10, 6, 12, 11, 9, 5, 3, 8,
        4, 1, 14, 8, 13, 6, 2, 11, 15, 12, 9, 7, 3, 10, 5, 0,
        15, 12, 8, 2, 4, 9, 1, 7, 5, 11, 3, 14, 10, 0, 6, 13,

        15, 1, 8, 14, 6, 11, 3, 4, 9, 7, 2, 13, 12, 0, 5, 10,
        3, 13, 4, 7, 15, 2, 8, 14, 12, 0, 1, 10, 6, 9, 11, 5,
        0, 14, 7, 11, 10, 4, 13, 1, 5, 8, 12, 6, 9, 3, 2, 15,
        13, 8, 10, 1, 3, 15, 4, 2, 11, 6, 7, 12, 0, 5, 14, 9,

        10, 0, 9, 14, 6, 3, 15, 5, 1, 13, 12, 7, 11, 4, 2, 8,
        13, 7, 0, 9, 3, 4, 6, 10, 2, 8, 5, 14, 12, 11, 15, 1,
        13, 6, 4, 9, 8, 15, 3, 0, 11, 1, 2, 12, 5, 10, 14, 7,
        1, 10, 13, 0, 6, 9, 8, 7, 4, 15, 14, 3, 11, 5, 2, 12,

        7, 13, 14, 3, 0, 6, 9, 10, 1, 2, 8, 5, 11, 12, 4, 15,
        13, 8, 11, 5, 6, 15, 0, 3, 4, 7, 2, 12, 1, 10, 14, 9,
        10, 6, 9, 0, 12, 11, 7, 13, 15, 1, 3, 14, 5, 2, 8, 4,
        3, 15, 0, 6, 10, 1, 13, 8, 9, 4, 5, 11, 12, 7, 2, 14,

        2, 12, 4, 1, 7, 10, 11, 6, 8, 5, 3, 15, 13, 0, 14, 9,
        14, 11, 2, 12, 4, 7, 13, 1, 5, 0, 15, 10, 3, 9, 8, 6,
        4, 2, 1, 11, 10, 13, 7, 8, 15, 9, 12, 5, 6, 3, 0, 14,
        11, 8, 12, 7, 1, 14, 2, 13, 6, 15, 0, 9, 10, 4, 5, 3,

        12, 1, 10, 15, 9, 2, 6, 8, 0, 13, 3, 4, 14, 7, 5, 11,
        10, 15, 4, 2, 7, 12, 9, 5, 6, 1, 13, 14, 0, 11, 3, 8,
        9, 14, 15, 5, 2, 8, 12, 3, 7, 0, 4, 10, 1, 13, 11, 6,
        4, 3, 2, 12, 9, 5, 15, 10, 11, 14, 1, 7, 6, 0, 8, 13,

        4, 11, 2, 14, 15, 0, 8, 13, 3, 12, 9, 7, 5, 10, 6, 1,
        13, 0, 11, 7, 4, 9, 1, 10, 14, 3, 5, 12, 2, 15, 8, 6,
        1, 4, 11, 13, 12, 3, 7, 14, 10, 15, 6, 8, 0, 5, 9, 2,
        6, 11, 13, 8, 1, 4, 10, 7, 9, 5, 0, 15, 14, 2, 3, 12,

        13, 2, 8, 4, 6, 15, 11, 1, 10, 9, 3, 14, 5, 0, 12, 7,
        1, 15, 13, 8, 10, 3, 7, 4, 12, 5, 6, 11, 0, 14, 9, 2,
        7, 11, 4, 1, 9, 12, 14, 2, 0, 6, 10, 13, 15, 3, 5, 8,
        2, 1, 14, 7, 4, 10, 8, 13, 15, 12, 9, 0, 3, 5, 6, 11,
    ];

    // Each S-box followed by the round's permutation: what six bits of box n add to a round's output.
    private static readonly uint[] s_rounds = BuildRounds();

    /// <summary>Encrypts one block.</summary>
    /// <param name="key">56 bits of key in 7 octets, without parity.</param>
    /// <param name="block">8 octets.</param>
    /// <param name="destination">Receives 8 octets.</param>
    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> block, Span<byte> destination)
    {
        Span<ulong> roundKeys = stackalloc ulong[Rounds];
        Schedule(WithParity(key), roundKeys);
        BinaryPrimitives.WriteUInt64BigEndian(destination, Transform(BinaryPrimitives.ReadUInt64BigEndian(block), roundKeys));
        roundKeys.Clear();
    }

    /// <summary>Makes the round keys of a key.</summary>
    /// <param name="key">56 bits of key, with a parity bit, which is ignored, after every seventh.</param>
    /// <param name="roundKeys">Receives <see cref="Rounds"/> keys.</param>
    public static void Schedule(ulong key, Span<ulong> roundKeys)
    {
        ulong chosen = Permute(key, 64, KeyChoice1);
        uint c = (uint)(chosen >> 28);
        uint d = (uint)chosen & 0xfffffff;
        for (int round = 0; round < Rounds; round++)
        {
            c = Rotate28(c, KeyRotations[round]);
            d = Rotate28(d, KeyRotations[round]);
            roundKeys[round] = Permute(((ulong)c << 28) | d, 56, KeyChoice2);
        }
    }

    /// <summary>Encrypts a block; with the round keys in reverse, decrypts it.</summary>
    public static ulong Transform(ulong block, ReadOnlySpan<ulong> roundKeys)
    {
        ulong permuted = Permute(block, 64, InitialPermutation);
        uint left = (uint)(permuted >> 32);
        uint right = (uint)permuted;
        foreach (ulong roundKey in roundKeys)
        {
            (left, right) = (right, left ^ Round(right, roundKey));
        }

        return Permute(((ulong)right << 32) | left, 64, FinalPermutation);
    }

    private static uint Round(uint half, ulong roundKey)
    {
        // The expansion gives box n the six bits from the one before its four to the one after them.
        uint result = 0;
        uint rotated = BitOperations.RotateRight(half, 1);
        for (int box = 0; box < 8; box++)
        {
            uint six = ((rotated >> 26) ^ (uint)(roundKey >> (42 - (6 * box)))) & 0x3f;
            result ^= s_rounds[(box * 64) + (int)six];
            rotated = BitOperations.RotateLeft(rotated, 4);
        }

        return result;
    }

    private static ulong WithParity(ReadOnlySpan<byte> key)
    {
        ulong withParity = 0;
        ulong packed = ((ulong)BinaryPrimitives.ReadUInt32BigEndian(key) << 24) | ((ulong)BinaryPrimitives.ReadUInt16BigEndian(key[4..]) << 8) | key[6];
        for (int octet = 0; octet < 8; octet++)
        {
            withParity = (withParity << 8) | (((packed >> (49 - (7 * octet))) & 0x7f) << 1);
        }

        return withParity;
    }

    private static uint Rotate28(uint value, int count) => ((value << count) | (value >> (28 - count))) & 0xfffffff;

    private static ulong Permute(ulong value, int width, ReadOnlySpan<byte> positions)
    {
        ulong result = 0;
        foreach (byte position in positions)
        {
            result = (result << 1) | ((value >> (width - position)) & 1);
        }

        return result;
    }

    private static uint[] BuildRounds()
    {
        uint[] rounds = new uint[8 * 64];
        for (int box = 0; box < 8; box++)
        {
            for (int six = 0; six < 64; six++)
            {
                // The outer two bits choose the row, the inner four the column.
                int row = ((six >> 4) & 2) | (six & 1);
                int column = (six >> 1) & 15;
                uint four = Substitutions[(box * 64) + (row * 16) + column];
                rounds[(box * 64) + six] = (uint)Permute((ulong)four << (28 - (4 * box)), 32, RoundPermutation);
            }
        }

        return rounds;
    }
}
