using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kiwire.Radius.Secrets;

/// <content>Eight lanes, with AVX2.</content>
internal static partial class Md5Lanes
{
    private static void CompressEight(Span<Md5State> states, ReadOnlySpan<byte> blocks)
    {
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[Words];
        TurnEight(MemoryMarshal.Cast<byte, uint>(blocks), words);

        Span<uint> turned = stackalloc uint[4 * 8];
        Turn(states, turned);
        Vector256<uint> a = Vector256.Create<uint>(turned), b = Vector256.Create<uint>(turned[8..]);
        Vector256<uint> c = Vector256.Create<uint>(turned[(2 * 8)..]), d = Vector256.Create<uint>(turned[(3 * 8)..]);
        Vector256<uint> firstA = a, firstB = b, firstC = c, firstD = d;

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (d ^ (b & (c ^ d))) + words[i] + Vector256.Create(Constants[i]), 7);
            d = a + RotateLeft(d + (c ^ (a & (b ^ c))) + words[i + 1] + Vector256.Create(Constants[i + 1]), 12);
            c = d + RotateLeft(c + (b ^ (d & (a ^ b))) + words[i + 2] + Vector256.Create(Constants[i + 2]), 17);
            b = c + RotateLeft(b + (a ^ (c & (d ^ a))) + words[i + 3] + Vector256.Create(Constants[i + 3]), 22);
        }

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (c ^ (d & (b ^ c))) + words[((5 * i) + 1) & 15] + Vector256.Create(Constants[i + 16]), 5);
            d = a + RotateLeft(d + (b ^ (c & (a ^ b))) + words[((5 * (i + 1)) + 1) & 15] + Vector256.Create(Constants[i + 17]), 9);
            c = d + RotateLeft(c + (a ^ (b & (d ^ a))) + words[((5 * (i + 2)) + 1) & 15] + Vector256.Create(Constants[i + 18]), 14);
            b = c + RotateLeft(b + (d ^ (a & (c ^ d))) + words[((5 * (i + 3)) + 1) & 15] + Vector256.Create(Constants[i + 19]), 20);
        }

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (b ^ c ^ d) + words[((3 * i) + 5) & 15] + Vector256.Create(Constants[i + 32]), 4);
            d = a + RotateLeft(d + (a ^ b ^ c) + words[((3 * (i + 1)) + 5) & 15] + Vector256.Create(Constants[i + 33]), 11);
            c = d + RotateLeft(c + (d ^ a ^ b) + words[((3 * (i + 2)) + 5) & 15] + Vector256.Create(Constants[i + 34]), 16);
            b = c + RotateLeft(b + (c ^ d ^ a) + words[((3 * (i + 3)) + 5) & 15] + Vector256.Create(Constants[i + 35]), 23);
        }

        for (int i = 0; i < Words; i += 4)
        {
            a = b + RotateLeft(a + (c ^ (b | ~d)) + words[(7 * i) & 15] + Vector256.Create(Constants[i + 48]), 6);
            d = a + RotateLeft(d + (b ^ (a | ~c)) + words[(7 * (i + 1)) & 15] + Vector256.Create(Constants[i + 49]), 10);
            c = d + RotateLeft(c + (a ^ (d | ~b)) + words[(7 * (i + 2)) & 15] + Vector256.Create(Constants[i + 50]), 15);
            b = c + RotateLeft(b + (d ^ (c | ~a)) + words[(7 * (i + 3)) & 15] + Vector256.Create(Constants[i + 51]), 21);
        }

        (a + firstA).CopyTo(turned);
        (b + firstB).CopyTo(turned[8..]);
        (c + firstC).CopyTo(turned[(2 * 8)..]);
        (d + firstD).CopyTo(turned[(3 * 8)..]);
        TurnBack(turned, states);
    }

    /// <summary>Rows of one block each become columns of one word each, half a block at a time.</summary>
    private static void TurnEight(ReadOnlySpan<uint> rows, Span<Vector256<uint>> columns)
    {
        Span<Vector256<uint>> fours = stackalloc Vector256<uint>[8];
        for (int half = 0; half < Words; half += 8)
        {
            for (int i = 0; i < 8; i += 4)
            {
                ReadOnlySpan<uint> block = rows[((i * Words) + half)..];
                Vector256<uint> first = Vector256.Create(block), second = Vector256.Create(block[Words..]);
                Vector256<uint> third = Vector256.Create(block[(2 * Words)..]), fourth = Vector256.Create(block[(3 * Words)..]);
                Vector256<ulong> low = Avx2.UnpackLow(first, second).AsUInt64(), high = Avx2.UnpackHigh(first, second).AsUInt64();
                Vector256<ulong> nextLow = Avx2.UnpackLow(third, fourth).AsUInt64(), nextHigh = Avx2.UnpackHigh(third, fourth).AsUInt64();
                fours[i] = Avx2.UnpackLow(low, nextLow).AsUInt32();
                fours[i + 1] = Avx2.UnpackHigh(low, nextLow).AsUInt32();
                fours[i + 2] = Avx2.UnpackLow(high, nextHigh).AsUInt32();
                fours[i + 3] = Avx2.UnpackHigh(high, nextHigh).AsUInt32();
            }

            // 0x20 takes the lower halves of two vectors, 0x31 the upper ones.
            for (int i = 0; i < 4; i++)
            {
                columns[half + i] = Avx2.Permute2x128(fours[i], fours[i + 4], 0x20);
                columns[half + i + 4] = Avx2.Permute2x128(fours[i], fours[i + 4], 0x31);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> RotateLeft(Vector256<uint> value, byte bits) => Vector256.ShiftLeft(value, bits) | Vector256.ShiftRightLogical(value, 32 - bits);
}
