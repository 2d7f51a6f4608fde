using System.Security.Cryptography;
using System.Text;

namespace Kiwire.Server.Tenants;

/// <summary>
/// What an API client sends in the place of an administrator's password: the lower-case hexadecimal MD5 of <c>username|password</c>. The
/// contract fixes it; what is kept is a slow salted hash of it (<see cref="LoginHash"/>).
/// </summary>
internal static class LoginCode
{
    public const int Length = 32;

    public static string Of(string username, string password) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{username}|{password}")));
}
