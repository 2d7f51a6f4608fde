using System.Security.Cryptography;

namespace Kiwire.Radius.Secrets;

/// <summary>CHAP-Password (RFC 2865, 2.2 and 5.3): one octet of identifier, then MD5(identifier, password, challenge). Allocates nothing.</summary>
public static class ChapPassword
{
    /// <summary>Octets of the attribute's value.</summary>
    public const int Length = 1 + Md5.HashSize;

    /// <summary>Whether a CHAP-Password was made from this password; false too where its length is not 17. Takes constant time.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="password">The password.</param>
    /// <param name="challenge">The CHAP-Challenge, or the Request Authenticator of a request without one.</param>
    public static bool Verify(ReadOnlySpan<byte> value, ReadOnlySpan<byte> password, ReadOnlySpan<byte> challenge)
    {
        if (value.Length != Length)
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Length];
        Compute(value[0], password, challenge, expected);
        return CryptographicOperations.FixedTimeEquals(expected, value);
    }

    /// <summary>Writes the 17 octets of a CHAP-Password.</summary>
    /// <param name="identifier">The CHAP identifier.</param>
    /// <param name="password">The password.</param>
    /// <param name="challenge">The challenge.</param>
    /// <param name="destination">Receives 17 octets.</param>
    public static void Compute(byte identifier, ReadOnlySpan<byte> password, ReadOnlySpan<byte> challenge, Span<byte> destination)
    {
        destination[0] = identifier;
        Md5 md5 = Md5.Start();
        md5.Append(destination[..1]);
        md5.Append(password);
        md5.Append(challenge);
        md5.Finish(destination[1..]);
    }
}
