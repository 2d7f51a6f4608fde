using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>HOTP (RFC 4226, 5.3), and with a time step in the counter's place TOTP (RFC 6238, 4).</summary>
internal static class OneTimePassword
{
    public const int LeastDigits = 6;
    public const int MostDigits = 8;

    /// <summary>Writes the code of a counter or time step, in ASCII digits.</summary>
    /// <param name="secret">What the server shares with the device.</param>
    /// <param name="factor">The moving factor: the counter, or the time step.</param>
    /// <param name="algorithm">The hash of the HMAC.</param>
    /// <param name="code">As many octets as the code has digits: 6 to 8.</param>
    public static void Write(ReadOnlySpan<byte> secret, long factor, OneTimePasswordAlgorithm algorithm, Span<byte> code)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, factor);
        Span<byte> mac = stackalloc byte[HMACSHA512.HashSizeInBytes];
        int octets = algorithm switch
        {
            OneTimePasswordAlgorithm.Sha1 => HMACSHA1.HashData(secret, counter, mac),
            OneTimePasswordAlgorithm.Sha256 => HMACSHA256.HashData(secret, counter, mac),
            OneTimePasswordAlgorithm.Sha512 => HMACSHA512.HashData(secret, counter, mac),
            _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
        };
        mac = mac[..octets];

        // Dynamic truncation: the last octet's low half says where four octets are taken from, without their sign.
        uint number = BinaryPrimitives.ReadUInt32BigEndian(mac[(mac[^1] & 0xf)..]) & 0x7fff_ffff;
        for (int i = code.Length - 1; i >= 0; i--)
        {
            code[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }

    /// <summary>The time step of a moment (RFC 6238, 4.2; T0 is 0).</summary>
    public static long StepOf(long unixMilliseconds, int periodSeconds) => unixMilliseconds / 1000 / periodSeconds;
}

/// <summary>The hash of an authenticator's HMAC. Many apps know SHA-1 alone.</summary>
internal enum OneTimePasswordAlgorithm
{
    Sha1 = 0,
    Sha256 = 1,
    Sha512 = 2,
}

/// <summary>What the codes of an authenticator go by.</summary>
internal enum AuthenticatorKind
{
    /// <summary>The time (RFC 6238).</summary>
    Totp = 0,

    /// <summary>A counter, which each code moves on (RFC 4226).</summary>
    Hotp = 1,
}
