using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// MD4 (RFC 1320) over spans, without allocation. The platform has none, and MS-CHAP makes a password's hash with it
/// (RFC 2433, 4.3; RFC 2759, 8.3).
/// </summary>
internal struct Md4
{
    /// <summary>Octets in a digest.</summary>
    public const int HashSize = 16;

    private const int BlockSize = 64;

    private uint _a, _b, _c, _d;
    private ulong _length;
    private Block _pending;

    /// <summary>A hash of nothing yet.</summary>
    public static Md4 Start() => new() { _a = 0x67452301u, _b = 0xefcdab89u, _c = 0x98badcfeu, _d = 0x10325476u };

    /// <summary>Hashes <paramref name="source"/> in one call; <paramref name="destination"/> receives 16 octets.</summary>
    public static void Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Md4 md4 = Start();
        md4.Append(source);
        md4.Finish(destination);
    }

    /// <summary>Adds octets to what is hashed.</summary>
    public void Append(ReadOnlySpan<byte> source)
    {
        Span<byte> pending = _pending;
        while (!source.IsEmpty)
        {
            int buffered = (int)(_length & 63);
            int taken = Math.Min(BlockSize - buffered, source.Length);
            source[..taken].CopyTo(pending[buffered..]);
            _length += (uint)taken;
            source = source[taken..];
            if (buffered + taken == BlockSize)
            {
                Transform(pending);
            }
        }
    }

    /// <summary>Writes the 16 octets of the digest. The state is used up.</summary>
    public void Finish(Span<byte> destination)
    {
        int buffered = (int)(_length & 63);
        ulong bits = _length << 3;
        Span<byte> pending = _pending;
        pending[buffered++] = 0x80;
        if (buffered > 56)
        {
            pending[buffered..].Clear();
            Transform(pending);
            buffered = 0;
        }

        pending[buffered..56].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(pending[56..], bits);
        Transform(pending);

        BinaryPrimitives.WriteUInt32LittleEndian(destination, _a);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], _b);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], _c);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], _d);
        pending.Clear();
    }

    private void Transform(ReadOnlySpan<byte> block)
    {
        Span<uint> x = stackalloc uint[16];
        MemoryMarshal.Cast<byte, uint>(block).CopyTo(x);
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(x, x);
        }

        uint a = _a, b = _b, c = _c, d = _d;

        for (int i = 0; i < 16; i += 4)
        {
            a = BitOperations.RotateLeft(a + F(b, c, d) + x[i], 3);
            d = BitOperations.RotateLeft(d + F(a, b, c) + x[i + 1], 7);
            c = BitOperations.RotateLeft(c + F(d, a, b) + x[i + 2], 11);
            b = BitOperations.RotateLeft(b + F(c, d, a) + x[i + 3], 19);
        }

        for (int i = 0; i < 4; i++)
        {
            a = BitOperations.RotateLeft(a + G(b, c, d) + x[i] + 0x5a827999u, 3);
            d = BitOperations.RotateLeft(d + G(a, b, c) + x[i + 4] + 0x5a827999u, 5);
            c = BitOperations.RotateLeft(c + G(d, a, b) + x[i + 8] + 0x5a827999u, 9);
            b = BitOperations.RotateLeft(b + G(c, d, a) + x[i + 12] + 0x5a827999u, 13);
        }

        ReadOnlySpan<byte> thirdRoundStarts = [0, 2, 1, 3];
        foreach (byte i in thirdRoundStarts)
        {
            a = BitOperations.RotateLeft(a + (b ^ c ^ d) + x[i] + 0x6ed9eba1u, 3);
            d = BitOperations.RotateLeft(d + (a ^ b ^ c) + x[i + 8] + 0x6ed9eba1u, 9);
            c = BitOperations.RotateLeft(c + (d ^ a ^ b) + x[i + 4] + 0x6ed9eba1u, 11);
            b = BitOperations.RotateLeft(b + (c ^ d ^ a) + x[i + 12] + 0x6ed9eba1u, 15);
        }

        _a += a;
        _b += b;
        _c += c;
        _d += d;
    }

    private static uint F(uint x, uint y, uint z) => z ^ (x & (y ^ z));

    private static uint G(uint x, uint y, uint z) => (x & y) | (z & (x | y));

    [InlineArray(BlockSize)]
    private struct Block
    {
        private byte _first;
    }
}
