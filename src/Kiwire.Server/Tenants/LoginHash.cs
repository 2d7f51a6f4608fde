using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Server.Tenants;

/// <summary>
/// A slow salted hash of a <see cref="LoginCode"/>: <c>pbkdf2-sha256$iterations$salt$hash</c>, salt and hash in Base64. What was made
/// with other parameters still verifies.
/// </summary>
internal static class LoginHash
{
    /// <summary>About a tenth of a second of one core: an API login tries each administrator of its tenant.</summary>
    public const int Iterations = 210_000;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltLength = 16;
    private const int HashLength = 32;
    private const int MostIterations = 10_000_000;

    public static string Create(string loginCode)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        byte[] hash = Derive(loginCode, salt, Iterations, HashLength);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether <paramref name="stored"/> was made of this code; false too where it is not in the form above.</summary>
    public static bool Verify(string stored, string loginCode)
    {
        string[] parts = stored.Split('$');
        if (parts is not [Scheme, var iterationsText, var saltText, var hashText]
            || !int.TryParse(iterationsText, NumberStyles.None, CultureInfo.InvariantCulture, out int iterations)
            || iterations is < 1 or > MostIterations)
        {
            return false;
        }

        Span<byte> salt = stackalloc byte[64];
        Span<byte> hash = stackalloc byte[64];
        return Convert.TryFromBase64String(saltText, salt, out int saltLength)
            && Convert.TryFromBase64String(hashText, hash, out int hashLength)
            && hashLength > 0
            && CryptographicOperations.FixedTimeEquals(Derive(loginCode, salt[..saltLength], iterations, hashLength), hash[..hashLength]);
    }

    private static byte[] Derive(string loginCode, ReadOnlySpan<byte> salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(loginCode), salt, iterations, HashAlgorithmName.SHA256, length);
}
