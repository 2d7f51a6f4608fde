using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Server.Portal;

/// <summary>The proofs of a password that hotspots take in its place; from them the NAS makes the CHAP-Password of its Access-Request.</summary>
internal static class HotspotChap
{
    /// <summary>Octets of a UAM challenge.</summary>
    private const int UamChallengeLength = 16;

    /// <summary>MikroTik's HTTP CHAP: hex of MD5(identifier, password, challenge).</summary>
    /// <param name="identifier">One octet, as the NAS writes it.</param>
    /// <param name="challenge">Octets, as the NAS writes them.</param>
    /// <param name="password">The password.</param>
    /// <param name="proof">Goes in the password's place, where the answer is true.</param>
    /// <returns>False: identifier or challenge cannot be read.</returns>
    public static bool TryHttp(string identifier, string challenge, string password, [NotNullWhen(true)] out string? proof)
    {
        proof = TryReadOctets(identifier, out byte[] id) && id.Length == 1 && TryReadOctets(challenge, out byte[] octets) && octets.Length > 0
            ? Convert.ToHexStringLower(MD5.HashData([.. id, .. Encoding.UTF8.GetBytes(password), .. octets]))
            : null;
        return proof is not null;
    }

    /// <summary>ChilliSpot's UAM: hex of MD5(0, password, challenge); with a uamsecret the challenge is MD5(challenge, secret).</summary>
    /// <param name="challenge">32 hexadecimal digits.</param>
    /// <param name="password">The password.</param>
    /// <param name="secret">The uamsecret; empty: the NAS has none.</param>
    /// <param name="response">The <c>response</c>, where the answer is true.</param>
    /// <returns>False: the challenge cannot be read.</returns>
    public static bool TryUam(string challenge, string password, ReadOnlySpan<byte> secret, [NotNullWhen(true)] out string? response)
    {
        byte[] octets = new byte[UamChallengeLength];
        if (challenge.Length != 2 * UamChallengeLength || Convert.FromHexString(challenge, octets, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            response = null;
            return false;
        }

        byte[] asked = secret.IsEmpty ? octets : MD5.HashData([.. octets, .. secret]);
        response = Convert.ToHexStringLower(MD5.HashData([0, .. Encoding.UTF8.GetBytes(password), .. asked]));
        return true;
    }

    /// <summary>RouterOS writes octets for scripts to read: <c>\ooo</c> in octal, printable ones as they are.</summary>
    internal static bool TryReadOctets(string text, out byte[] octets)
    {
        List<byte> read = new(text.Length);
        octets = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] > byte.MaxValue)
            {
                return false;
            }

            if (text[i] != '\\')
            {
                read.Add((byte)text[i]);
            }
            else if (i + 3 < text.Length && IsOctal(text.AsSpan(i + 1, 3)))
            {
                read.Add((byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else if (i + 1 < text.Length && text[i + 1] is '\\' or '\'' or '"')
            {
                read.Add((byte)text[++i]);
            }
            else
            {
                return false;
            }
        }

        octets = [.. read];
        return true;
    }

    private static bool IsOctal(ReadOnlySpan<char> digits) => digits[0] is >= '0' and <= '3' && !digits.ContainsAnyExceptInRange('0', '7');
}
