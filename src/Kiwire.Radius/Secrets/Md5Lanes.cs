using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// MD5's compression function on many states side by side: 16 at a time where the processor has AVX-512, 8 with AVX2, one by one
/// elsewhere. One packet gains nothing by it; a batch of packets does.
/// </summary>
internal static partial class Md5Lanes
{
    private const int Words = 16;

    // Under this many states the lanes cost more than one after the other.
    private const int FewestForLanes = 4;

    /// <summary>How many states are worked on at once here: 16, 8 or 1.</summary>
    public static int Width => !BitConverter.IsLittleEndian ? 1 : Avx512F.IsSupported ? 16 : Avx2.IsSupported ? 8 : 1;

    // RFC 1321, 3.4: the integer part of 4294967296 times abs(sin(i)), i from 1 to 64.
    private static ReadOnlySpan<uint> Constants =>
    [
        0xd76aa478u, 0xe8c7b756u, 0x242070dbu, 0xc1bdceeeu, 0xf57c0fafu, 0x4787c62au, 0xa8304613u, 0xfd469501u,
        0x698098d8u, 0x8b44f7afu, 0xffff5bb1u, 0x895cd7beu, 0x6b901122u, 0xfd987193u, 0xa679438eu, 0x49b40821u,
        0xf61e2562u, 0xc040b340u, 0x265e5a51u, 0xe9b6c7aau, 0xd62f105du, 0x02441453u, 0xd8a1e681u, 0xe7d3fbc8u,
        0x21e1cde6u, 0xc33707d6u, 0xf4d50d87u, 0x455a14edu, 0xa9e3e905u, 0xfcefa3f8u, 0x676f02d9u, 0x8d2a4c8au,
        0xfffa3942u, 0x8771f681u, 0x6d9d6122u, 0xfde5380cu, 0xa4beea44u, 0x4bdecfa9u, 0xf6bb4b60u, 0xbebfbc70u,
        0x289b7ec6u, 0xeaa127fau, 0xd4ef3085u, 0x04881d05u, 0xd9d4d039u, 0xe6db99e5u, 0x1fa27cf8u, 0xc4ac5665u,
        0xf4292244u, 0x432aff97u, 0xab9423a7u, 0xfc93a039u, 0x655b59c3u, 0x8f0ccc92u, 0xffeff47du, 0x85845dd1u,
        0x6fa87e4fu, 0xfe2ce6e0u, 0xa3014314u, 0x4e0811a1u, 0xf7537e82u, 0xbd3af235u, 0x2ad7d2bbu, 0xeb86d391u,
    ];

    /// <summary>Takes one block into each state.</summary>
    /// <param name="states">The states, any number.</param>
    /// <param name="blocks">A block of 64 octets for each state, one after the other.</param>
    /// <exception cref="ArgumentException">There are not 64 octets for each state.</exception>
    public static void Compress(Span<Md5State> states, ReadOnlySpan<byte> blocks) => Compress(states, blocks, Width);

    /// <summary>The same with lanes of a chosen width, which the processor must have: 16, 8 or 1.</summary>
    internal static void Compress(Span<Md5State> states, ReadOnlySpan<byte> blocks, int width)
    {
        if (blocks.Length != states.Length * Md5.BlockSize)
        {
            throw new ArgumentException("There must be one block of 64 octets for each state.", nameof(blocks));
        }

        while (states.Length >= FewestForLanes && width > 1)
        {
            // Eight lanes take half the time of sixteen; every processor with sixteen has them.
            int lanes = states.Length <= 8 ? 8 : width;
            int count = Math.Min(lanes, states.Length);
            CompressLanes(states[..count], blocks[..(count * Md5.BlockSize)], lanes);
            states = states[count..];
            blocks = blocks[(count * Md5.BlockSize)..];
        }

        for (int i = 0; i < states.Length; i++)
        {
            Md5.Compress(ref states[i], blocks.Slice(i * Md5.BlockSize, Md5.BlockSize));
        }
    }

    private static void CompressLanes(Span<Md5State> states, ReadOnlySpan<byte> blocks, int width)
    {
        if (states.Length < width)
        {
            Span<Md5State> allStates = stackalloc Md5State[width];
            Span<byte> allBlocks = stackalloc byte[width * Md5.BlockSize];
            states.CopyTo(allStates);
            blocks.CopyTo(allBlocks);
            CompressLanes(allStates, allBlocks, width);
            allStates[..states.Length].CopyTo(states);
        }
        else if (width == 16)
        {
            CompressSixteen(states, blocks);
        }
        else
        {
            CompressEight(states, blocks);
        }
    }

    /// <summary>All first words of the states, then all second ones ...</summary>
    private static void Turn(ReadOnlySpan<Md5State> states, Span<uint> turned)
    {
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<Md5State, uint>(states);
        for (int i = 0; i < words.Length; i++)
        {
            turned[((i & 3) * states.Length) + (i >> 2)] = words[i];
        }
    }

    private static void TurnBack(ReadOnlySpan<uint> turned, Span<Md5State> states)
    {
        Span<uint> words = MemoryMarshal.Cast<Md5State, uint>(states);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = turned[((i & 3) * states.Length) + (i >> 2)];
        }
    }
}
