using System.Security.Cryptography;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// MS-CHAP version 2 (RFC 2759) and the keys that come from it (RFC 3079, 3). All comparisons take constant time. Passwords are given
/// as UTF-8. A user name may carry a domain, <c>DOMAIN\name</c>: what is hashed is what follows the backslash (RFC 2759, 4).
/// </summary>
public static class MsChapV2
{
    /// <summary>Octets in the authenticator's and in the peer's challenge.</summary>
    public const int ChallengeLength = 16;

    /// <summary>Octets in an authenticator response: <c>S=</c> and 40 hexadecimal digits (RFC 2759, 5).</summary>
    public const int AuthenticatorResponseLength = 42;

    /// <summary>Octets in a master send or receive key of 128 bits.</summary>
    public const int KeyLength = 16;

    private const int MaximumNameLength = 256;

    /// <summary>
    /// Whether an NT-Response was made from a password (RFC 2759, 8.1). False also for a wrong length, and a name over 256 octets.
    /// </summary>
    /// <param name="authenticatorChallenge">The authenticator's challenge: 16 octets.</param>
    /// <param name="peerChallenge">The peer's challenge: 16 octets.</param>
    /// <param name="userName">The name as the peer gave it.</param>
    /// <param name="ntResponse">The response: 24 octets.</param>
    /// <param name="password">The password, UTF-8.</param>
    /// <param name="authenticatorResponse">Receives 42 octets, with which the authenticator proves that it knows the password too
    /// (RFC 2759, 8.7); cleared where the answer is false.</param>
    public static bool Verify(
        ReadOnlySpan<byte> authenticatorChallenge,
        ReadOnlySpan<byte> peerChallenge,
        ReadOnlySpan<byte> userName,
        ReadOnlySpan<byte> ntResponse,
        ReadOnlySpan<byte> password,
        Span<byte> authenticatorResponse)
    {
        authenticatorResponse[..AuthenticatorResponseLength].Clear();
        if (authenticatorChallenge.Length != ChallengeLength || peerChallenge.Length != ChallengeLength
            || ntResponse.Length != MsChap.NtResponseLength || userName.Length > MaximumNameLength)
        {
            return false;
        }

        Span<byte> challenge = stackalloc byte[MsChap.ChallengeLength];
        Span<byte> hash = stackalloc byte[MsChap.HashLength];
        Span<byte> expected = stackalloc byte[MsChap.NtResponseLength];
        ChallengeHash(peerChallenge, authenticatorChallenge, userName, challenge);
        MsChap.NtPasswordHash(password, hash);
        MsChap.ChallengeResponse(challenge, hash, expected);
        bool right = CryptographicOperations.FixedTimeEquals(expected, ntResponse);
        if (right)
        {
            WriteAuthenticatorResponse(hash, ntResponse, challenge, authenticatorResponse);
        }

        CryptographicOperations.ZeroMemory(hash);
        return right;
    }

    /// <summary>
    /// Whether an MS-CHAP2-Response (RFC 2548, 2.3.2) was made from a password.
    /// </summary>
    /// <param name="challenge">The value of MS-CHAP-Challenge: 16 octets.</param>
    /// <param name="response">The value of MS-CHAP2-Response, 50 octets: identifier, flags, 16 octets of peer's challenge, 8 reserved, 24
    /// of NT-Response.</param>
    /// <param name="userName">The request's User-Name.</param>
    /// <param name="password">The password, UTF-8.</param>
    /// <param name="authenticatorResponse">Receives 42 octets: what MS-CHAP2-Success holds after the identifier (RFC 2548, 2.3.3).</param>
    public static bool VerifyResponse(
        ReadOnlySpan<byte> challenge,
        ReadOnlySpan<byte> response,
        ReadOnlySpan<byte> userName,
        ReadOnlySpan<byte> password,
        Span<byte> authenticatorResponse)
    {
        if (response.Length != MsChap.ResponseLength)
        {
            authenticatorResponse[..AuthenticatorResponseLength].Clear();
            return false;
        }

        return Verify(challenge, response.Slice(2, ChallengeLength), userName, response[26..], password, authenticatorResponse);
    }

    /// <summary>
    /// The master keys of 128 bits as the authenticator sees them (RFC 3079, 3.3 and 3.4): the values of MS-MPPE-Send-Key and
    /// MS-MPPE-Recv-Key (RFC 2548, 2.4.2 and 2.4.3) before they are hidden. The peer has them the other way round.
    /// </summary>
    /// <param name="password">The password, UTF-8.</param>
    /// <param name="ntResponse">The response that was right: 24 octets.</param>
    /// <param name="sendKey">Receives 16 octets.</param>
    /// <param name="receiveKey">Receives 16 octets.</param>
    public static void DeriveKeys(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> ntResponse, Span<byte> sendKey, Span<byte> receiveKey)
    {
        Span<byte> hash = stackalloc byte[MsChap.HashLength];
        Span<byte> masterKey = stackalloc byte[SHA1.HashSizeInBytes];
        MsChap.NtPasswordHash(password, hash);
        Md4.Hash(hash, hash);
        Sha1(hash, ntResponse[..MsChap.NtResponseLength], "This is the MPPE Master Key"u8, masterKey);
        StartKey(masterKey[..KeyLength], "On the client side, this is the receive key; on the server side, it is the send key."u8, sendKey);
        StartKey(masterKey[..KeyLength], "On the client side, this is the send key; on the server side, it is the receive key."u8, receiveKey);
        CryptographicOperations.ZeroMemory(hash);
        CryptographicOperations.ZeroMemory(masterKey);
    }

    /// <summary>Makes a peer's NT-Response (RFC 2759, 8.1): what a client sends.</summary>
    /// <param name="authenticatorChallenge">The authenticator's challenge: 16 octets.</param>
    /// <param name="peerChallenge">The peer's own challenge: 16 random octets.</param>
    /// <param name="userName">The name, at most 256 octets.</param>
    /// <param name="password">The password, UTF-8.</param>
    /// <param name="destination">Receives 24 octets.</param>
    /// <exception cref="ArgumentException">The name is too long.</exception>
    public static void NtResponse(
        ReadOnlySpan<byte> authenticatorChallenge,
        ReadOnlySpan<byte> peerChallenge,
        ReadOnlySpan<byte> userName,
        ReadOnlySpan<byte> password,
        Span<byte> destination)
    {
        if (userName.Length > MaximumNameLength)
        {
            throw new ArgumentException("A name has at most 256 octets (RFC 2759, 8.2).", nameof(userName));
        }

        Span<byte> challenge = stackalloc byte[MsChap.ChallengeLength];
        Span<byte> hash = stackalloc byte[MsChap.HashLength];
        ChallengeHash(peerChallenge[..ChallengeLength], authenticatorChallenge[..ChallengeLength], userName, challenge);
        MsChap.NtPasswordHash(password, hash);
        MsChap.ChallengeResponse(challenge, hash, destination);
        CryptographicOperations.ZeroMemory(hash);
    }

    // RFC 2759, 8.2: the first 8 octets of SHA-1 over both challenges and the name without its domain.
    internal static void ChallengeHash(
        ReadOnlySpan<byte> peerChallenge, ReadOnlySpan<byte> authenticatorChallenge, ReadOnlySpan<byte> userName, Span<byte> destination)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Sha1(peerChallenge, authenticatorChallenge, userName[(userName.IndexOf((byte)'\\') + 1)..], digest);
        digest[..MsChap.ChallengeLength].CopyTo(destination);
    }

    // RFC 2759, 8.7.
    private static void WriteAuthenticatorResponse(
        ReadOnlySpan<byte> hash, ReadOnlySpan<byte> ntResponse, ReadOnlySpan<byte> challenge, Span<byte> destination)
    {
        Span<byte> hashOfHash = stackalloc byte[MsChap.HashLength];
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Md4.Hash(hash, hashOfHash);
        Sha1(hashOfHash, ntResponse, "Magic server to client signing constant"u8, digest);
        Sha1(digest, challenge, "Pad to make it do more than one iteration"u8, digest);
        "S="u8.CopyTo(destination);
        _ = Convert.TryToHexString(digest, destination[2..], out _);
        CryptographicOperations.ZeroMemory(hashOfHash);
    }

    // RFC 3079, 3.4.
    private static void StartKey(ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> purpose, Span<byte> destination)
    {
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        Span<byte> padded = stackalloc byte[40 + 84];
        padded[..40].Clear();
        purpose.CopyTo(padded[40..]);
        Span<byte> end = stackalloc byte[40];
        end.Fill(0xf2);
        Sha1(masterKey, padded, end, digest);
        digest[..KeyLength].CopyTo(destination);
        CryptographicOperations.ZeroMemory(digest);
    }

    private static void Sha1(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, Span<byte> destination)
    {
        Span<byte> joined = stackalloc byte[320];
        first.CopyTo(joined);
        second.CopyTo(joined[first.Length..]);
        third.CopyTo(joined[(first.Length + second.Length)..]);
        int length = first.Length + second.Length + third.Length;
        _ = SHA1.HashData(joined[..length], destination);
        CryptographicOperations.ZeroMemory(joined[..length]);
    }
}
