using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Server.Api.Contract;

/// <summary>
/// How a client proves that it has the tenant's API key: the hexadecimal MD5 of the key, its token and the time it sends, joined with nothing
/// between. The contract fixes it.
/// </summary>
internal static class ApiKeyHash
{
    /// <summary>Whether this is what a client with that key would send; in constant time.</summary>
    public static bool Matches(string given, string realKey, string token, string time)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        return given.Length == hash.Length * 2
            && Convert.FromHexString(given, hash, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(hash, MD5.HashData(Encoding.UTF8.GetBytes(realKey + token + time)));
    }
}
