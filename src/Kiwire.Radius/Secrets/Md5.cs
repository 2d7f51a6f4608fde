using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// MD5 (RFC 1321) over spans, without allocation. The platform's calls cost more than a microsecond each for the two or three
/// blocks of a RADIUS packet; this costs a fraction of that, and its state can be copied, which is what makes a keyed hash cheap.
/// </summary>
internal struct Md5
{
    /// <summary>Octets in a digest.</summary>
    public const int HashSize = 16;

    /// <summary>Octets in a block.</summary>
    public const int BlockSize = 64;

    private uint _a, _b, _c, _d;
    private ulong _length;
    private Block _pending;

    /// <summary>A hash of nothing yet.</summary>
    public static Md5 Start() => From(Md5State.Initial);

    /// <summary>Takes one block of 64 octets into a state.</summary>
    public static void Compress(ref Md5State state, ReadOnlySpan<byte> block)
    {
        Md5 md5 = From(state);
        md5.Transform(block);
        state = new Md5State(md5._a, md5._b, md5._c, md5._d);
    }

    /// <summary>Hashes <paramref name="source"/> in one call.</summary>
    /// <param name="source">The octets to hash, any number.</param>
    /// <param name="destination">Receives 16 octets.</param>
    public static void Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        Md5 md5 = Start();
        md5.Append(source);
        md5.Finish(destination);
    }

    /// <summary>Adds octets to what is hashed.</summary>
    public void Append(ReadOnlySpan<byte> source)
    {
        int buffered = (int)(_length & 63);
        _length += (uint)source.Length;
        Span<byte> pending = _pending;

        if (buffered != 0)
        {
            int room = BlockSize - buffered;
            if (source.Length < room)
            {
                source.CopyTo(pending[buffered..]);
                return;
            }

            source[..room].CopyTo(pending[buffered..]);
            Transform(pending);
            source = source[room..];
        }

        while (source.Length >= BlockSize)
        {
            Transform(source);
            source = source[BlockSize..];
        }

        source.CopyTo(pending);
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
    }

    private static Md5 From(Md5State state) => new() { _a = state.A, _b = state.B, _c = state.C, _d = state.D };

    private void Transform(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<byte, uint>(block[..BlockSize]);
        if (!BitConverter.IsLittleEndian)
        {
            Span<uint> swapped = stackalloc uint[16];
            BinaryPrimitives.ReverseEndianness(words, swapped);
            TransformWords(swapped);
            return;
        }

        TransformWords(words);
    }

    private void TransformWords(scoped ReadOnlySpan<uint> words)
    {
        uint x15 = words[15];
        uint x0 = words[0];
        uint x1 = words[1];
        uint x2 = words[2];
        uint x3 = words[3];
        uint x4 = words[4];
        uint x5 = words[5];
        uint x6 = words[6];
        uint x7 = words[7];
        uint x8 = words[8];
        uint x9 = words[9];
        uint x10 = words[10];
        uint x11 = words[11];
        uint x12 = words[12];
        uint x13 = words[13];
        uint x14 = words[14];
        uint a = _a, b = _b, c = _c, d = _d;

        // Round 1.
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + x0 + 0xd76aa478u, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + x1 + 0xe8c7b756u, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + x2 + 0x242070dbu, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + x3 + 0xc1bdceeeu, 22);
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + x4 + 0xf57c0fafu, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + x5 + 0x4787c62au, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + x6 + 0xa8304613u, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + x7 + 0xfd469501u, 22);
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + x8 + 0x698098d8u, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + x9 + 0x8b44f7afu, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + x10 + 0xffff5bb1u, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + x11 + 0x895cd7beu, 22);
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + x12 + 0x6b901122u, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + x13 + 0xfd987193u, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + x14 + 0xa679438eu, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + x15 + 0x49b40821u, 22);
        // Round 2.
        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + x1 + 0xf61e2562u, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + x6 + 0xc040b340u, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + x11 + 0x265e5a51u, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + x0 + 0xe9b6c7aau, 20);
        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + x5 + 0xd62f105du, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + x10 + 0x02441453u, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + x15 + 0xd8a1e681u, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + x4 + 0xe7d3fbc8u, 20);
        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + x9 + 0x21e1cde6u, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + x14 + 0xc33707d6u, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + x3 + 0xf4d50d87u, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + x8 + 0x455a14edu, 20);
        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + x13 + 0xa9e3e905u, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + x2 + 0xfcefa3f8u, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + x7 + 0x676f02d9u, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + x12 + 0x8d2a4c8au, 20);
        // Round 3.
        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + x5 + 0xfffa3942u, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + x8 + 0x8771f681u, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + x11 + 0x6d9d6122u, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + x14 + 0xfde5380cu, 23);
        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + x1 + 0xa4beea44u, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + x4 + 0x4bdecfa9u, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + x7 + 0xf6bb4b60u, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + x10 + 0xbebfbc70u, 23);
        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + x13 + 0x289b7ec6u, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + x0 + 0xeaa127fau, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + x3 + 0xd4ef3085u, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + x6 + 0x04881d05u, 23);
        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + x9 + 0xd9d4d039u, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + x12 + 0xe6db99e5u, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + x15 + 0x1fa27cf8u, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + x2 + 0xc4ac5665u, 23);
        // Round 4.
        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + x0 + 0xf4292244u, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + x7 + 0x432aff97u, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + x14 + 0xab9423a7u, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + x5 + 0xfc93a039u, 21);
        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + x12 + 0x655b59c3u, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + x3 + 0x8f0ccc92u, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + x10 + 0xffeff47du, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + x1 + 0x85845dd1u, 21);
        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + x8 + 0x6fa87e4fu, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + x15 + 0xfe2ce6e0u, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + x6 + 0xa3014314u, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + x13 + 0x4e0811a1u, 21);
        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + x4 + 0xf7537e82u, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + x11 + 0xbd3af235u, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + x2 + 0x2ad7d2bbu, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + x9 + 0xeb86d391u, 21);

        _a += a;
        _b += b;
        _c += c;
        _d += d;
    }

    [InlineArray(BlockSize)]
    private struct Block
    {
        private byte _first;
    }
}
