using System.Security.Cryptography;

namespace Kiwire.Snmp.Security;

/// <summary>From a password to a user's key on one engine (RFC 3414, 2.6 and A.2; RFC 7860, 9.3).</summary>
internal static class PasswordKey
{
    private const int ExpandedLength = 1_048_576;

    /// <summary>Derives the user's key: the hash of a mebioctet of the password again and again (RFC 3414, A.2). It takes milliseconds.</summary>
    /// <param name="protocol">Whose hash; not None.</param>
    /// <param name="password">At least one octet.</param>
    /// <param name="destination">Receives the hash's octets.</param>
    public static void Derive(AuthenticationProtocol protocol, ReadOnlySpan<byte> password, Span<byte> destination)
    {
        if (password.IsEmpty)
        {
            throw new ArgumentException("A password has at least one octet.", nameof(password));
        }

        byte[] expanded = new byte[ExpandedLength];
        password[..Math.Min(password.Length, ExpandedLength)].CopyTo(expanded);
        for (int filled = password.Length; filled < ExpandedLength; filled *= 2)
        {
            expanded.AsSpan(0, Math.Min(filled, ExpandedLength - filled)).CopyTo(expanded.AsSpan(filled));
        }

        protocol.Hash(expanded, destination);
        CryptographicOperations.ZeroMemory(expanded);
    }

    /// <summary>Makes a key one engine's: the hash of key, engine id, key (RFC 3414, 2.6).</summary>
    public static void Localise(AuthenticationProtocol protocol, ReadOnlySpan<byte> key, ReadOnlySpan<byte> engineId, Span<byte> destination)
    {
        Span<byte> octets = stackalloc byte[(2 * AuthenticationAlgorithms.LongestHash) + EngineId.MaximumLength];
        key.CopyTo(octets);
        engineId.CopyTo(octets[key.Length..]);
        key.CopyTo(octets[(key.Length + engineId.Length)..]);
        octets = octets[..((2 * key.Length) + engineId.Length)];
        protocol.Hash(octets, destination);
        CryptographicOperations.ZeroMemory(octets);
    }
}
