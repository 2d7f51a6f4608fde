using System.Security.Cryptography;

namespace Kiwire.Snmp.Security;

/// <summary>The hashes of the authentication protocols, and how much of them goes into a message.</summary>
internal static class AuthenticationAlgorithms
{
    /// <summary>Octets in the longest key and hash: SHA-512's.</summary>
    public const int LongestHash = 64;

    /// <summary>Octets in the longest msgAuthenticationParameters: HMAC-384-SHA-512's.</summary>
    public const int LongestDigest = 48;

    extension(AuthenticationProtocol protocol)
    {
        /// <summary>Octets of the hash, and of a key (RFC 3414, 6.1 and 7.1; RFC 7860, 4.1).</summary>
        public int HashLength => protocol switch
        {
            AuthenticationProtocol.Md5 => 16,
            AuthenticationProtocol.Sha1 => 20,
            AuthenticationProtocol.Sha224 => Sha224.HashSize,
            AuthenticationProtocol.Sha256 => 32,
            AuthenticationProtocol.Sha384 => 48,
            AuthenticationProtocol.Sha512 => 64,
            _ => 0,
        };

        /// <summary>Octets of the HMAC that are sent (RFC 3414, 6 and 7; RFC 7860, 4.2.2).</summary>
        public int DigestLength => protocol switch
        {
            AuthenticationProtocol.Md5 or AuthenticationProtocol.Sha1 => 12,
            AuthenticationProtocol.Sha224 => 16,
            AuthenticationProtocol.Sha256 => 24,
            AuthenticationProtocol.Sha384 => 32,
            AuthenticationProtocol.Sha512 => 48,
            _ => 0,
        };

        /// <summary>Writes the hash of the octets: <see cref="get_HashLength"/> of them.</summary>
        public void Hash(ReadOnlySpan<byte> octets, Span<byte> destination) => _ = protocol switch
        {
            AuthenticationProtocol.Md5 => MD5.HashData(octets, destination),
            AuthenticationProtocol.Sha1 => SHA1.HashData(octets, destination),
            AuthenticationProtocol.Sha224 => Sha224.HashData(octets, destination),
            AuthenticationProtocol.Sha256 => SHA256.HashData(octets, destination),
            AuthenticationProtocol.Sha384 => SHA384.HashData(octets, destination),
            AuthenticationProtocol.Sha512 => SHA512.HashData(octets, destination),
            _ => throw new InvalidOperationException("There is no hash without a protocol."),
        };

        /// <summary>Writes the whole HMAC of the octets.</summary>
        public void Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> octets, Span<byte> destination) => _ = protocol switch
        {
            AuthenticationProtocol.Md5 => HMACMD5.HashData(key, octets, destination),
            AuthenticationProtocol.Sha1 => HMACSHA1.HashData(key, octets, destination),
            AuthenticationProtocol.Sha224 => Sha224.HmacData(key, octets, destination),
            AuthenticationProtocol.Sha256 => HMACSHA256.HashData(key, octets, destination),
            AuthenticationProtocol.Sha384 => HMACSHA384.HashData(key, octets, destination),
            AuthenticationProtocol.Sha512 => HMACSHA512.HashData(key, octets, destination),
            _ => throw new InvalidOperationException("There is no hash without a protocol."),
        };
    }
}
