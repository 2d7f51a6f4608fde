using System.Security.Cryptography;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Packets;

/// <summary>The proofs in RADIUS packets that they come from somebody who has the secret. All comparisons take constant time.</summary>
public static class Authenticity
{
    private static ReadOnlySpan<byte> SixteenZeros => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>
    /// Whether the Request Authenticator of an Accounting-, CoA- or Disconnect-Request is MD5(code, identifier, length, 16 zero octets,
    /// attributes, secret) (RFC 2866, 3; RFC 5176, 2.3).
    /// </summary>
    public static bool HasValidRequestAuthenticator(this PacketView packet, SharedSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Span<byte> expected = stackalloc byte[Md5.HashSize];
        Sign(packet.Octets, SixteenZeros, secret, expected);
        return CryptographicOperations.FixedTimeEquals(expected, packet.Authenticator);
    }

    /// <summary>
    /// Whether the Response Authenticator of an answer is MD5(code, identifier, length, Request Authenticator, attributes, secret)
    /// (RFC 2865, 3).
    /// </summary>
    public static bool HasValidResponseAuthenticator(this PacketView packet, ReadOnlySpan<byte> requestAuthenticator, SharedSecret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        Span<byte> expected = stackalloc byte[Md5.HashSize];
        Sign(packet.Octets, requestAuthenticator, secret, expected);
        return CryptographicOperations.FixedTimeEquals(expected, packet.Authenticator);
    }

    /// <summary>
    /// Whether the packet has a Message-Authenticator and it is right (RFC 3579, 3.2). False where there is none.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="secret">The secret shared with its sender.</param>
    /// <param name="authenticator">What stands in the authenticator field while the code is computed: an Access-Request's and
    /// Status-Server's own; 16 zero octets for an Accounting-, CoA- or Disconnect-Request (RFC 5176, 3.4); the request's for any answer.</param>
    public static bool HasValidMessageAuthenticator(this PacketView packet, SharedSecret secret, ReadOnlySpan<byte> authenticator)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!packet.HasMessageAuthenticator)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Md5.HashSize];
        MessageAuthenticator(packet.Octets, packet.MessageAuthenticatorOffset, authenticator, secret, expected);
        return CryptographicOperations.FixedTimeEquals(
            expected, packet.Octets.Slice(packet.MessageAuthenticatorOffset, Md5.HashSize));
    }

    /// <summary>The Message-Authenticator of a request that proves itself by it, whatever its code: picks the right authenticator field.</summary>
    public static bool HasValidRequestMessageAuthenticator(this PacketView packet, SharedSecret secret) =>
        packet.Code is RadiusCode.AccessRequest or RadiusCode.StatusServer
            ? packet.HasValidMessageAuthenticator(secret, packet.Authenticator)
            : packet.HasValidMessageAuthenticator(secret, SixteenZeros);

    internal static void Sign(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> authenticator, SharedSecret secret, Span<byte> destination)
    {
        Md5 md5 = Md5.Start();
        md5.Append(packet[..4]);
        md5.Append(authenticator);
        md5.Append(packet[PacketView.HeaderLength..]);
        md5.Append(secret.Octets);
        md5.Finish(destination);
    }

    internal static void MessageAuthenticator(
        ReadOnlySpan<byte> packet, int offset, ReadOnlySpan<byte> authenticator, SharedSecret secret, Span<byte> destination)
    {
        Md5 md5 = secret.Hmac.StartMessage();
        md5.Append(packet[..4]);
        md5.Append(authenticator);
        md5.Append(packet[PacketView.HeaderLength..offset]);
        md5.Append(SixteenZeros);
        md5.Append(packet[(offset + Md5.HashSize)..]);
        secret.Hmac.Finish(ref md5, destination);
    }
}
