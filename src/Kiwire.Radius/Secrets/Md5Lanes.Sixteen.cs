using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kiwire.Radius.Secrets;

/// <content>Sixteen lanes, with AVX-512.</content>
internal static partial class Md5Lanes
{
    private static void CompressSixteen(Span<Md5State> states, ReadOnlySpan<byte> blocks)
    {
        Span<Vector512<uint>> words = stackalloc Vector512<uint>[Words];
        TurnSixteen(MemoryMarshal.Cast<byte, uint>(blocks), words);

        Span<uint> turned = stackalloc uint[4 * 16];
        Turn(states, turned);
        Vector512<uint> a = Vector512.Create<uint>(turned), b = Vector512.Create<uint>(turned[16..]);
        Vector512<uint> c = Vector512.Create<uint>(turned[(2 * 16)..]), d = Vector512.Create<uint>(turned[(3 * 16)..]);
        Vector512<uint> firstA = a, firstB = b, firstC = c, firstD = d;

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (d ^ (b & (c ^ d))) + words[i] + Vector512.Create(Constants[i]), 7);
            d = a + RotateLeft(d + (c ^ (a & (b ^ c))) + words[i + 1] + Vector512.Create(Constants[i + 1]), 12);
            c = d + RotateLeft(c + (b ^ (d & (a ^ b))) + words[i + 2] + Vector512.Create(Constants[i + 2]), 17);
            b = c + RotateLeft(b + (a ^ (c & (d ^ a))) + words[i + 3] + Vector512.Create(Constants[i + 3]), 22);
        }

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (c ^ (d & (b ^ c))) + words[((5 * i) + 1) & 15] + Vector512.Create(Constants[i + 16]), 5);
            d = a + RotateLeft(d + (b ^ (c & (a ^ b))) + words[((5 * (i + 1)) + 1) & 15] + Vector512.Create(Constants[i + 17]), 9);
            c = d + RotateLeft(c + (a ^ (b & (d ^ a))) + words[((5 * (i + 2)) + 1) & 15] + Vector512.Create(Constants[i + 18]), 14);
            b = c + RotateLeft(b + (d ^ (a & (c ^ d))) + words[((5 * (i + 3)) + 1) & 15] + Vector512.Create(Constants[i + 19]), 20);
        }

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (b ^ c ^ d) + words[((3 * i) + 5) & 15] + Vector512.Create(Constants[i + 32]), 4);
            d = a + RotateLeft(d + (a ^ b ^ c) + words[((3 * (i + 1)) + 5) & 15] + Vector512.Create(Constants[i + 33]), 11);
            c = d + RotateLeft(c + (d ^ a ^ b) + words[((3 * (i + 2)) + 5) & 15] + Vector512.Create(Constants[i + 34]), 16);
            b = c + RotateLeft(b + (c ^ d ^ a) + words[((3 * (i + 3)) + 5) & 15] + Vector512.Create(Constants[i + 35]), 23);
        }

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (c ^ (b | ~d)) + words[(7 * i) & 15] + Vector512.Create(Constants[i + 48]), 6);
            d = a + RotateLeft(d + (b ^ (a | ~c)) + words[(7 * (i + 1)) & 15] + Vector512.Create(Constants[i + 49]), 10);
            c = d + RotateLeft(c + (a ^ (d | ~b)) + words[(7 * (i + 2)) & 15] + Vector512.Create(Constants[i + 50]), 15);
            b = c + RotateLeft(b + (d ^ (c | ~a)) + words[(7 * (i + 3)) & 15] + Vector512.Create(Constants[i + 51]), 21);
        }

        (a + firstA).CopyTo(turned);
        (b + firstB).CopyTo(turned[16..]);
        (c + firstC).CopyTo(turned[(2 * 16)..]);
        (d + firstD).CopyTo(turned[(3 * 16)..]);
        TurnBack(turned, states);
    }

    /// <summary>Rows of one block each become columns of one word each: pairs, fours, then quarters of the vectors change places.</summary>
    private static void TurnSixteen(ReadOnlySpan<uint> rows, Span<Vector512<uint>> columns)
    {
        Span<Vector512<uint>> fours = stackalloc Vector512<uint>[Words];
        for (int i = 0; i < Words; i += 4)
        {
            Vector512<uint> first = Vector512.Create(rows[(i * Words)..]), second = Vector512.Create(rows[((i + 1) * Words)..]);
            Vector512<uint> third = Vector512.Create(rows[((i + 2) * Words)..]), fourth = Vector512.Create(rows[((i + 3) * Words)..]);
            Vector512<ulong> low = Avx512F.UnpackLow(first, second).AsUInt64(), high = Avx512F.UnpackHigh(first, second).AsUInt64();
            Vector512<ulong> nextLow = Avx512F.UnpackLow(third, fourth).AsUInt64(), nextHigh = Avx512F.UnpackHigh(third, fourth).AsUInt64();
            fours[i] = Avx512F.UnpackLow(low, nextLow).AsUInt32();
            fours[i + 1] = Avx512F.UnpackHigh(low, nextLow).AsUInt32();
            fours[i + 2] = Avx512F.UnpackLow(high, nextHigh).AsUInt32();
            fours[i + 3] = Avx512F.UnpackHigh(high, nextHigh).AsUInt32();
        }

        // 0x88 takes the even quarters of two vectors, 0xdd the odd ones.
        for (int i = 0; i < 4; i++)
        {
            Vector512<uint> even = Avx512F.Shuffle4x128(fours[i], fours[i + 4], 0x88), odd = Avx512F.Shuffle4x128(fours[i], fours[i + 4], 0xdd);
            Vector512<uint> nextEven = Avx512F.Shuffle4x128(fours[i + 8], fours[i + 12], 0x88);
            Vector512<uint> nextOdd = Avx512F.Shuffle4x128(fours[i + 8], fours[i + 12], 0xdd);
            columns[i] = Avx512F.Shuffle4x128(even, nextEven, 0x88);
            columns[i + 4] = Avx512F.Shuffle4x128(odd, nextOdd, 0x88);
            columns[i + 8] = Avx512F.Shuffle4x128(even, nextEven, 0xdd);
            columns[i + 12] = Avx512F.Shuffle4x128(odd, nextOdd, 0xdd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> RotateLeft(Vector512<uint> value, [ConstantExpected] byte bits) => Avx512F.RotateLeft(value, bits);
}
