using System.Security.Cryptography;

namespace Kiwire.Snmp.Security;

/// <summary>Makes a localised key as long as AES-192 and AES-256 want it, where its hash is shorter.</summary>
internal static class KeyExtension
{
    /// <summary>Appends the hash of all there is so far, until it is enough (draft-blumenthal-aes-usm-04, 3.1.2.1).</summary>
    /// <param name="protocol">Whose hash.</param>
    /// <param name="localised">The localised key.</param>
    /// <param name="destination">Receives the extended key.</param>
    public static void Blumenthal(AuthenticationProtocol protocol, ReadOnlySpan<byte> localised, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[AuthenticationAlgorithms.LongestHash];
        hash = hash[..protocol.HashLength];
        for (int length = Take(localised, destination); length < destination.Length;)
        {
            protocol.Hash(destination[..length], hash);
            length += Take(hash, destination[length..]);
        }

        CryptographicOperations.ZeroMemory(hash);
    }

    /// <summary>Appends what becomes of the last piece as a password on the same engine, until it is enough
    /// (draft-reeder-snmpv3-usm-3desede-00, 2.1).</summary>
    /// <param name="protocol">Whose hash.</param>
    /// <param name="localised">The localised key.</param>
    /// <param name="engineId">The engine it was localised for.</param>
    /// <param name="destination">Receives the extended key.</param>
    public static void Reeder(AuthenticationProtocol protocol, ReadOnlySpan<byte> localised, ReadOnlySpan<byte> engineId, Span<byte> destination)
    {
        Span<byte> piece = stackalloc byte[AuthenticationAlgorithms.LongestHash];
        Span<byte> key = stackalloc byte[AuthenticationAlgorithms.LongestHash];
        piece = piece[..protocol.HashLength];
        key = key[..protocol.HashLength];
        localised[..piece.Length].CopyTo(piece);
        for (int length = Take(localised, destination); length < destination.Length;)
        {
            PasswordKey.Derive(protocol, piece, key);
            PasswordKey.Localise(protocol, key, engineId, piece);
            length += Take(piece, destination[length..]);
        }

        CryptographicOperations.ZeroMemory(piece);
        CryptographicOperations.ZeroMemory(key);
    }

    private static int Take(ReadOnlySpan<byte> from, Span<byte> destination)
    {
        int length = Math.Min(from.Length, destination.Length);
        from[..length].CopyTo(destination);
        return length;
    }
}
