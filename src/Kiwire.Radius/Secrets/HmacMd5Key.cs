using System.Security.Cryptography;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// A key for HMAC-MD5 (RFC 2104) with both of its pads hashed beforehand, so that a code costs two blocks less each time.
/// </summary>
internal readonly struct HmacMd5Key
{
    private readonly Md5 _inner;
    private readonly Md5 _outer;

    /// <summary>Prepares a key of any length; longer than 64 octets, its MD5 is the key (RFC 2104, 2).</summary>
    public HmacMd5Key(ReadOnlySpan<byte> key)
    {
        Span<byte> block = stackalloc byte[Md5.BlockSize];
        block.Clear();
        if (key.Length > Md5.BlockSize)
        {
            Md5.Hash(key, block);
        }
        else
        {
            key.CopyTo(block);
        }

        Span<byte> pad = stackalloc byte[Md5.BlockSize];
        _inner = Md5.Start();
        Xor(block, 0x36, pad);
        _inner.Append(pad);
        _outer = Md5.Start();
        Xor(block, 0x5c, pad);
        _outer.Append(pad);
        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(pad);
    }

    /// <summary>A hash that has taken the inner pad; append the message to it, then call <see cref="Finish"/>.</summary>
    public Md5 StartMessage() => _inner;

    /// <summary>Completes the code of a message begun with <see cref="StartMessage"/>: 16 octets.</summary>
    public void Finish(ref Md5 message, Span<byte> destination)
    {
        message.Finish(destination);
        Md5 outer = _outer;
        outer.Append(destination[..Md5.HashSize]);
        outer.Finish(destination);
    }

    /// <summary>The code of one message: 16 octets.</summary>
    public void Compute(ReadOnlySpan<byte> message, Span<byte> destination)
    {
        Md5 md5 = StartMessage();
        md5.Append(message);
        Finish(ref md5, destination);
    }

    private static void Xor(ReadOnlySpan<byte> source, byte mask, Span<byte> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = (byte)(source[i] ^ mask);
        }
    }
}
