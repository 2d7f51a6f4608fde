using System.Buffers;
using System.Security.Cryptography;

namespace Kiwire.Snmp.Security;

/// <summary>msgAuthenticationParameters: the first octets of an HMAC of the whole message (RFC 3414, 6.3 and 7.3; RFC 7860, 4.2).</summary>
internal static class MessageDigest
{
    /// <summary>Computes the digest of a message that has zeros in its place.</summary>
    public static void Compute(AuthenticationProtocol protocol, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> digest)
    {
        Span<byte> hash = stackalloc byte[AuthenticationAlgorithms.LongestHash];
        protocol.Hmac(key, message, hash);
        hash[..digest.Length].CopyTo(digest);
    }

    /// <summary>Whether a message's digest is right; takes the same time wherever it is wrong.</summary>
    public static bool Verify(AuthenticationProtocol protocol, ReadOnlySpan<byte> key, in V3Message message)
    {
        int length = protocol.DigestLength;
        if (message.Digest.Length != length || length == 0 || !message.Whole.Overlaps(message.Digest, out int at))
        {
            return false;
        }

        // The message stays as it is; the zeros are put into a copy.
        byte[] copy = ArrayPool<byte>.Shared.Rent(message.Whole.Length);
        Span<byte> zeroed = copy.AsSpan(0, message.Whole.Length);
        message.Whole.CopyTo(zeroed);
        zeroed.Slice(at, length).Clear();
        Span<byte> digest = stackalloc byte[AuthenticationAlgorithms.LongestDigest];
        digest = digest[..length];
        Compute(protocol, key, zeroed, digest);
        ArrayPool<byte>.Shared.Return(copy);
        return CryptographicOperations.FixedTimeEquals(digest, message.Digest);
    }
}
