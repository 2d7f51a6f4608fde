using System.Security.Cryptography;
using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Makes codes and passwords, and keeps them encrypted: a hash would not do, for hotspots ask by CHAP.</summary>
internal sealed class CodeSecrets(SecretBox secrets)
{
    private const string Purpose = "one-time-code";
    private const int LeastPassword = 8;
    private const int PassLength = 20;
    private const string AllDigits = "0123456789";

    /// <summary>A code that nobody can guess.</summary>
    public static string NextCode(SmsPolicy policy) => Next(policy, policy.CodeLength);

    /// <summary>A password that nobody can guess.</summary>
    public static string NextPassword(SmsPolicy policy) => Next(policy, Math.Max(LeastPassword, policy.CodeLength));

    /// <summary>For one login, and for no eyes.</summary>
    public static string NextPass() => RandomNumberGenerator.GetString(VoucherCode.Characters, PassLength);

    /// <summary>By which a number's code is found, and its messages in the log.</summary>
    public string HashOf(PhoneNumber phone) => SmsOutbox.FingerprintOf(secrets, phone);

    public byte[] Protect(string code) => secrets.Protect(Encoding.UTF8.GetBytes(code), Purpose);

    /// <summary>The code, UTF-8; null: it is erased, or cannot be read with this installation's keys.</summary>
    public byte[]? Reveal(StoredCode stored) => stored.Code is { } box && secrets.TryUnprotect(box, Purpose, out byte[] code) ? code : null;

    /// <summary>Whether what a guest typed is a code, compared in constant time. Letters are printed upper case, and may be typed lower.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> typed, ReadOnlySpan<byte> code)
    {
        Span<byte> upper = stackalloc byte[128];
        if (typed.Length > upper.Length)
        {
            return false;
        }

        typed.CopyTo(upper);
        bool same = CryptographicOperations.FixedTimeEquals(typed, code);
        Ascii.ToUpperInPlace(upper[..typed.Length], out _);
        return same | CryptographicOperations.FixedTimeEquals(upper[..typed.Length], code);
    }

    private static string Next(SmsPolicy policy, int length) =>
        RandomNumberGenerator.GetString(policy.PasswordSecurity == PasswordSecurity.High ? VoucherCode.Characters : AllDigits, length);
}
