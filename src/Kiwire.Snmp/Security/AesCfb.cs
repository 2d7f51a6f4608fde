using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kiwire.Snmp.Security;

/// <summary>CFB128-AES (RFC 3826), with keys of 16, 24 and 32 octets.</summary>
internal static class AesCfb
{
    private const int BlockSize = 16;
    private const int SegmentBits = 128;

    /// <summary>Enciphers octets into as many octets.</summary>
    /// <param name="key">16, 24 or 32 octets.</param>
    /// <param name="boots">msgAuthoritativeEngineBoots of the message.</param>
    /// <param name="seconds">msgAuthoritativeEngineTime of the message.</param>
    /// <param name="salt">msgPrivacyParameters: 8 octets (RFC 3826, 3.1.2.1).</param>
    /// <param name="plain">The octets.</param>
    /// <param name="cipher">Receives as many octets; may be the same memory.</param>
    public static void Encrypt(ReadOnlySpan<byte> key, int boots, int seconds, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> plain, Span<byte> cipher) =>
        Transform(encrypt: true, key, boots, seconds, salt, plain, cipher);

    /// <summary>Deciphers octets into as many octets.</summary>
    public static void Decrypt(ReadOnlySpan<byte> key, int boots, int seconds, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> cipher, Span<byte> plain) =>
        Transform(encrypt: false, key, boots, seconds, salt, cipher, plain);

    private static void Transform(
        bool encrypt, ReadOnlySpan<byte> key, int boots, int seconds, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> from, Span<byte> to)
    {
        // 0        4        8                16
        // +--------+--------+----------------+
        // | boots  | time   | salt           |  (RFC 3826, 3.1.2.1)
        // +--------+--------+----------------+
        Span<byte> vector = stackalloc byte[BlockSize];
        BinaryPrimitives.WriteInt32BigEndian(vector, boots);
        BinaryPrimitives.WriteInt32BigEndian(vector[4..], seconds);
        salt.CopyTo(vector[8..]);

        // The platform wants whole blocks. CFB's octets depend on those before them only: what comes of the zeros is thrown away.
        int padded = (from.Length + BlockSize - 1) / BlockSize * BlockSize;
        byte[] work = ArrayPool<byte>.Shared.Rent(2 * padded);
        Span<byte> whole = work.AsSpan(0, padded);
        Span<byte> result = work.AsSpan(padded, padded);
        from.CopyTo(whole);
        whole[from.Length..].Clear();

        using (Aes aes = Aes.Create())
        {
            aes.SetKey(key);
            _ = encrypt
                ? aes.EncryptCfb(whole, vector, result, PaddingMode.None, SegmentBits)
                : aes.DecryptCfb(whole, vector, result, PaddingMode.None, SegmentBits);
        }

        result[..from.Length].CopyTo(to);
        CryptographicOperations.ZeroMemory(work.AsSpan(0, 2 * padded));
        ArrayPool<byte>.Shared.Return(work);
    }
}
