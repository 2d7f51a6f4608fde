using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Kiwire.Radius.Secrets;

/// <summary>
/// MS-CHAP version 1 (RFC 2433) and what versions 1 and 2 share: the password's NT hash and the error text. All comparisons take
/// constant time. Passwords are given as UTF-8, of any length; octets that are not UTF-8 count as U+FFFD.
/// </summary>
public static class MsChap
{
    /// <summary>Octets in a version 1 challenge (MS-CHAP-Challenge, RFC 2548, 2.1.2).</summary>
    public const int ChallengeLength = 8;

    /// <summary>Octets in the value of MS-CHAP-Response and MS-CHAP2-Response (RFC 2548, 2.1.3 and 2.3.2).</summary>
    public const int ResponseLength = 50;

    /// <summary>Octets in an NT-Response (RFC 2433, A.2; RFC 2759, 8.1).</summary>
    public const int NtResponseLength = 24;

    /// <summary>Octets in the hash of a password.</summary>
    public const int HashLength = 16;

    /// <summary>Octets of keys in MS-CHAP-MPPE-Keys, before padding (RFC 2548, 2.4.1).</summary>
    public const int MppeKeysLength = 24;

    /// <summary>E=691: the name or the password is wrong (RFC 2433, 6; RFC 2759, 6).</summary>
    public const int AuthenticationFailure = 691;

    private const int LanManagerPasswordLength = 14;

    /// <summary>
    /// Whether an MS-CHAP-Response was made from a password. False also for a wrong length, and for a response in LAN Manager form
    /// alone: that form ignores case and is deprecated (RFC 2433, 5).
    /// </summary>
    /// <param name="challenge">The challenge: 8 octets.</param>
    /// <param name="response">The value of MS-CHAP-Response, 50 octets: identifier, flags, 24 octets of LM-Response, 24 of NT-Response.</param>
    /// <param name="password">The password, UTF-8.</param>
    public static bool VerifyV1(ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> response, ReadOnlySpan<byte> password)
    {
        if (challenge.Length != ChallengeLength || response.Length != ResponseLength)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[HashLength];
        Span<byte> expected = stackalloc byte[NtResponseLength];
        NtPasswordHash(password, hash);
        ChallengeResponse(challenge, hash, expected);
        bool same = CryptographicOperations.FixedTimeEquals(expected, response[26..]);
        CryptographicOperations.ZeroMemory(hash);

        bool ntResponseIsToBeUsed = (response[1] & 1) != 0;
        return same && ntResponseIsToBeUsed;
    }

    /// <summary>
    /// The keys that an accept of MS-CHAP version 1 carries in MS-CHAP-MPPE-Keys (RFC 2548, 2.4.1), not yet hidden: the first 8 octets
    /// of the LAN Manager hash, then the hash of the NT hash (RFC 3079, 2.3). The attribute pads them to 32 octets and hides them like
    /// User-Password. The LAN Manager key is zero for a password that has none: longer than 14 characters, or not ASCII.
    /// </summary>
    /// <param name="password">The password, UTF-8.</param>
    /// <param name="destination">Receives 24 octets.</param>
    public static void MppeKeys(ReadOnlySpan<byte> password, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[HashLength];
        NtPasswordHash(password, hash);
        Md4.Hash(hash, destination.Slice(8, HashLength));
        LanManagerKey(password, destination[..8]);
        CryptographicOperations.ZeroMemory(hash);
    }

    /// <summary>MD4 of the password in UTF-16, little endian (RFC 2433, A.3; RFC 2759, 8.3).</summary>
    /// <param name="password">The password, UTF-8.</param>
    /// <param name="destination">Receives 16 octets.</param>
    public static void NtPasswordHash(ReadOnlySpan<byte> password, Span<byte> destination)
    {
        Span<char> utf16 = stackalloc char[64];
        Md4 md4 = Md4.Start();
        OperationStatus status;
        do
        {
            status = Utf8.ToUtf16(password, utf16, out int read, out int written);
            Span<char> chars = utf16[..written];
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(
                    MemoryMarshal.Cast<char, ushort>(chars), MemoryMarshal.Cast<char, ushort>(chars));
            }

            md4.Append(MemoryMarshal.AsBytes(chars));
            password = password[read..];
        }
        while (status == OperationStatus.DestinationTooSmall);

        md4.Finish(destination);
        utf16.Clear();
    }

    /// <summary>
    /// The text of MS-CHAP-Error, after its identifier octet, and of a failure packet (RFC 2433, 6; RFC 2759, 6):
    /// <c>E=691 R=0 C=... V=3 M=...</c>.
    /// </summary>
    /// <param name="error">The error, such as <see cref="AuthenticationFailure"/>.</param>
    /// <param name="mayRetry">Whether the peer may answer the challenge in the text with another password.</param>
    /// <param name="challenge">A fresh challenge: 16 octets say version 2 (V=3), 8 octets say version 1 (V=2).</param>
    /// <param name="message">What a person is to read; ASCII.</param>
    public static string ErrorText(int error, bool mayRetry, ReadOnlySpan<byte> challenge, string message) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"E={error} R={(mayRetry ? 1 : 0)} C={Convert.ToHexString(challenge)} V={(challenge.Length == ChallengeLength ? 2 : 3)} M={message}");

    /// <summary>Three DES encryptions of a challenge under the thirds of a hash padded to 21 octets (RFC 2433, A.5; RFC 2759, 8.5).</summary>
    internal static void ChallengeResponse(ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> hash, Span<byte> destination)
    {
        Span<byte> keys = stackalloc byte[3 * Des.KeySize];
        keys.Clear();
        hash[..HashLength].CopyTo(keys);
        for (int i = 0; i < 3; i++)
        {
            Des.Encrypt(keys.Slice(i * Des.KeySize, Des.KeySize), challenge, destination.Slice(i * Des.BlockSize, Des.BlockSize));
        }

        CryptographicOperations.ZeroMemory(keys);
    }

    private static void LanManagerKey(ReadOnlySpan<byte> password, Span<byte> destination)
    {
        if (password.Length > LanManagerPasswordLength || !Ascii.IsValid(password))
        {
            destination.Clear();
            return;
        }

        // Only the first half of the password makes the first 8 octets of the hash.
        Span<byte> half = stackalloc byte[Des.KeySize];
        half.Clear();
        _ = Ascii.ToUpper(password[..Math.Min(password.Length, Des.KeySize)], half, out _);
        Des.Encrypt(half, "KGS!@#$%"u8, destination);
        CryptographicOperations.ZeroMemory(half);
    }
}
