using System.Security.Cryptography;

namespace Kiwire.Server.Accounts;

/// <summary>Makes the codes of vouchers: nobody can guess one (more than 50 bits), and no character in them looks like another.</summary>
internal static class VoucherCode
{
    /// <summary>Letters and digits, without B 8, G 6, I L 1, O 0, S 5, U V and Z 2.</summary>
    public const string Characters = "ACDEFHJKMNPQRTWXY3479";

    /// <summary>Digits alone; 0 and 1 could be taken for letters.</summary>
    public const string Digits = "23456789";

    /// <summary>12 of 21 characters: 52 bits.</summary>
    public const int Length = 12;

    /// <summary>17 of 8 digits: 51 bits.</summary>
    public const int LengthOfDigits = 17;

    /// <summary>The random part of a code.</summary>
    /// <param name="lettersToo">Of letters and digits (password_security high), or of digits alone.</param>
    public static string Next(bool lettersToo) =>
        lettersToo ? RandomNumberGenerator.GetString(Characters, Length) : RandomNumberGenerator.GetString(Digits, LengthOfDigits);
}
