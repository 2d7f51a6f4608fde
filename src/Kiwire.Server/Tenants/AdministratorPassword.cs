using System.Security.Cryptography;

namespace Kiwire.Server.Tenants;

/// <summary>Passwords of administrators: how they are generated, and which are good enough.</summary>
internal static class AdministratorPassword
{
    public const int Shortest = 10;
    public const int MostOctets = 256;

    // Without letters and digits that look alike; 20 of 57 are 116 bits.
    private const string Characters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private const int GeneratedLength = 20;

    public static string Generate() => RandomNumberGenerator.GetString(Characters, GeneratedLength);

    /// <summary>What is wrong with a password that is given, and what would be right; null: nothing. Does not repeat it.</summary>
    public static string? FindFault(string username, string password)
    {
        string? fault = TextFault.Find(password, MostOctets)
            ?? (password.Length < Shortest ? $"has {password.Length} characters" : null)
            ?? (username.Length > 3 && password.Contains(username, StringComparison.OrdinalIgnoreCase) ? "has the administrator's name in it" : null)
            ?? (password.Distinct().Count() < 4 ? "repeats too few characters" : null);
        return fault is null
            ? null
            : $"{fault}; it must be {Shortest} characters to {MostOctets} octets, without control characters and without the administrator's name.";
    }
}
