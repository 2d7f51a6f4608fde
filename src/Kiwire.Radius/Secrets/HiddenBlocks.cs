using System.Runtime.Intrinsics;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// The stream that hides passwords on this wire (RFC 2865, 5.2; RFC 2868, 3.5; RFC 2548, 2.4.2): blocks of 16 octets, the first
/// masked with MD5(secret + seed), each next one with MD5(secret + hidden block before it).
/// </summary>
internal static class HiddenBlocks
{
    public const int Size = Md5.HashSize;

    /// <summary>Octets that <paramref name="length"/> octets take in whole blocks, at least one block.</summary>
    public static int Padded(int length) => Math.Max(Size, (length + Size - 1) / Size * Size);

    /// <summary>Hides whole blocks in place, front to back: each hidden block is the next one's seed.</summary>
    /// <param name="blocks">Plain blocks, a multiple of 16 octets.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="seed">What the first mask is made of besides the secret: the authenticator.</param>
    /// <param name="salt">What follows the authenticator in the first mask; empty where the form has no salt.</param>
    public static void Hide(Span<byte> blocks, SharedSecret secret, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> salt)
    {
        for (int at = 0; at < blocks.Length; at += Size)
        {
            Mask(blocks, at, blocks.Slice(at, Size), secret, seed, salt);
        }
    }

    /// <summary>Reveals whole blocks, back to front, so that source and destination may be the same octets.</summary>
    public static void Reveal(
        ReadOnlySpan<byte> hidden, Span<byte> destination, SharedSecret secret, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> salt)
    {
        for (int at = hidden.Length - Size; at >= 0; at -= Size)
        {
            hidden.Slice(at, Size).CopyTo(destination[at..]);
            Mask(hidden, at, destination.Slice(at, Size), secret, seed, salt);
        }
    }

    private static void Mask(
        ReadOnlySpan<byte> hidden, int at, Span<byte> block, SharedSecret secret, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> salt)
    {
        Span<byte> mask = stackalloc byte[Size];
        Md5 md5 = secret.StartAfterSecret();
        if (at == 0)
        {
            md5.Append(seed);
            md5.Append(salt);
        }
        else
        {
            md5.Append(hidden.Slice(at - Size, Size));
        }

        md5.Finish(mask);
        (Vector128.Create<byte>(block) ^ Vector128.Create<byte>(mask)).CopyTo(block);
    }
}
