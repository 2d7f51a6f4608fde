using System.Security.Cryptography;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>What an authenticator is to be; what is not given has its default.</summary>
internal sealed record AuthenticatorSettings
{
    private const int LeastPeriod = 15;
    private const int MostPeriod = 120;

    /// <summary>RFC 4226, 4: 128 bits at least.</summary>
    private const int LeastSecretOctets = 16;

    /// <summary>The block of SHA-512's HMAC takes no more unhashed.</summary>
    private const int MostSecretOctets = 128;

    private const int DefaultPeriod = 30;

    public AuthenticatorKind Kind { get; init; }

    public OneTimePasswordAlgorithm Algorithm { get; init; }

    public int Digits { get; init; } = OneTimePassword.LeastDigits;

    /// <summary>Null: 30 for TOTP.</summary>
    public int? PeriodSeconds { get; init; }

    /// <summary>Of HOTP: the counter of the next code.</summary>
    public long? Counter { get; init; }

    /// <summary>In base 32, of a device that has its own; null: one is made.</summary>
    public string? Secret { get; init; }

    /// <summary>Who the codes are for, as the app shows it; null: the tenant's name.</summary>
    public string? Issuer { get; init; }

    /// <summary>What <see cref="Authenticator.PeriodSeconds"/> is to be.</summary>
    public int Period => Kind == AuthenticatorKind.Hotp ? 0 : PeriodSeconds ?? DefaultPeriod;

    /// <summary>The secret's octets, new ones where none are given: as many as the hash has (RFC 6238, 5.1).</summary>
    public byte[] ToSecret() => Secret is { } given && Base32.TryRead(given, out byte[]? octets) ? octets : RandomNumberGenerator.GetBytes(Algorithm switch
    {
        OneTimePasswordAlgorithm.Sha256 => HMACSHA256.HashSizeInBytes,
        OneTimePasswordAlgorithm.Sha512 => HMACSHA512.HashSizeInBytes,
        _ => HMACSHA1.HashSizeInBytes,
    });

    public List<FieldFault> FindFaults()
    {
        List<FieldFault> faults = [];
        if (Digits is < OneTimePassword.LeastDigits or > OneTimePassword.MostDigits)
        {
            faults.Add(new("digits", $"is {Digits}; it must be {OneTimePassword.LeastDigits} to {OneTimePassword.MostDigits}."));
        }

        if (Kind == AuthenticatorKind.Hotp && PeriodSeconds is not null)
        {
            faults.Add(new("periodSeconds", "is given for hotp, whose codes do not go by the time; it must not be given."));
        }
        else if (PeriodSeconds is < LeastPeriod or > MostPeriod)
        {
            faults.Add(new("periodSeconds", $"is {PeriodSeconds}; it must be {LeastPeriod} to {MostPeriod}, and most apps know {DefaultPeriod} alone."));
        }

        if (Kind == AuthenticatorKind.Totp && Counter is not null)
        {
            faults.Add(new("counter", "is given for totp, whose codes go by the time; it must not be given."));
        }
        else if (Counter is < 0 or > uint.MaxValue)
        {
            faults.Add(new("counter", $"is {Counter}; it must be 0 to {uint.MaxValue}."));
        }

        // What it says is a secret even where it is wrong.
        if (Secret is not null && (!Base32.TryRead(Secret, out byte[]? octets) || octets.Length is < LeastSecretOctets or > MostSecretOctets))
        {
            faults.Add(new("secret", $"is not {LeastSecretOctets} to {MostSecretOctets} octets in base 32 (letters, and the digits 2 to 7); give such a one, or none, and one is made."));
        }

        if (Issuer is not null && (Issuer.Length is 0 or > 64 || Issuer.Contains(':', StringComparison.Ordinal) || Issuer.Any(char.IsControl)))
        {
            faults.Add(new("issuer", "must have 1 to 64 characters, no colon and no control character among them."));
        }

        return faults;
    }

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"{Kind} {Algorithm} {Digits}";
}
