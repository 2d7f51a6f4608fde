using System.Buffers.Binary;
using Kiwire.Radius.Secrets;

namespace Kiwire.Snmp.Security;

/// <summary>CBC-DES (RFC 3414, 8).</summary>
internal static class DesCbc
{
    /// <summary>Octets of the localised key that are used: the DES key and the pre-IV (RFC 3414, 8.1.1.1).</summary>
    public const int KeyLength = 16;

    /// <summary>Octets that some plaintext becomes: padded to whole blocks (RFC 3414, 8.1.1.2).</summary>
    public static int CipherLength(int plainLength) => (plainLength + Des.BlockSize - 1) / Des.BlockSize * Des.BlockSize;

    /// <summary>Enciphers octets; the last block is padded with zeros.</summary>
    /// <param name="key">16 octets.</param>
    /// <param name="salt">What is sent as msgPrivacyParameters: 8 octets (RFC 3414, 8.1.1.1).</param>
    /// <param name="plain">The octets.</param>
    /// <param name="cipher">Receives <see cref="CipherLength"/> octets.</param>
    public static void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> plain, Span<byte> cipher)
    {
        Span<ulong> roundKeys = stackalloc ulong[Des.Rounds];
        Des.Schedule(BinaryPrimitives.ReadUInt64BigEndian(key), roundKeys);
        ulong previous = InitialVector(key, salt);
        Span<byte> block = stackalloc byte[Des.BlockSize];
        for (int i = 0; i < plain.Length; i += Des.BlockSize)
        {
            block.Clear();
            plain.Slice(i, Math.Min(Des.BlockSize, plain.Length - i)).CopyTo(block);
            previous = Des.Transform(BinaryPrimitives.ReadUInt64BigEndian(block) ^ previous, roundKeys);
            BinaryPrimitives.WriteUInt64BigEndian(cipher[i..], previous);
        }

        roundKeys.Clear();
        block.Clear();
    }

    /// <summary>Deciphers octets, padding and all; false where they are not whole blocks (RFC 3414, 8.1.1.3).</summary>
    public static bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> cipher, Span<byte> plain)
    {
        if (cipher.IsEmpty || cipher.Length % Des.BlockSize != 0)
        {
            return false;
        }

        Span<ulong> roundKeys = stackalloc ulong[Des.Rounds];
        Des.Schedule(BinaryPrimitives.ReadUInt64BigEndian(key), roundKeys);
        roundKeys.Reverse();
        ulong previous = InitialVector(key, salt);
        for (int i = 0; i < cipher.Length; i += Des.BlockSize)
        {
            ulong block = BinaryPrimitives.ReadUInt64BigEndian(cipher[i..]);
            BinaryPrimitives.WriteUInt64BigEndian(plain[i..], Des.Transform(block, roundKeys) ^ previous);
            previous = block;
        }

        roundKeys.Clear();
        return true;
    }

    // The pre-IV, which is the second half of the key, and the salt.
    private static ulong InitialVector(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt) =>
        BinaryPrimitives.ReadUInt64BigEndian(key[8..]) ^ BinaryPrimitives.ReadUInt64BigEndian(salt);
}
