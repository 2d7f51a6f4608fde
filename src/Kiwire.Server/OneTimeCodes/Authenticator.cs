namespace Kiwire.Server.OneTimeCodes;

/// <summary>A device or app that makes an account's one-time codes, as its row has it; the secret is still encrypted.</summary>
internal sealed class Authenticator
{
    public required long TenantId { get; init; }

    public required long AccountId { get; init; }

    public required AuthenticatorKind Kind { get; init; }

    public required OneTimePasswordAlgorithm Algorithm { get; init; }

    public required int Digits { get; init; }

    /// <summary>For how long a code is shown; 0 for HOTP.</summary>
    public required int PeriodSeconds { get; init; }

    public required byte[] Secret { get; init; }

    /// <summary>By a first right code; logins ask for codes from then on.</summary>
    public bool Confirmed { get; init; }

    /// <summary>The lowest time step or counter whose code may still be accepted: those below were used, or passed over.</summary>
    public required long NextFactor { get; init; }

    /// <summary>Since <see cref="WrongSince"/>.</summary>
    public int WrongCodes { get; init; }

    /// <summary>Unix milliseconds; 0: none since the last right one.</summary>
    public long WrongSince { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public long Version { get; init; } = 1;

    /// <summary>Until when no code is looked at; null: they are.</summary>
    public DateTimeOffset? LockedUntil(DateTimeOffset now)
    {
        DateTimeOffset until = DateTimeOffset.FromUnixTimeMilliseconds(WrongSince + AuthenticatorStore.WrongCodesMilliseconds);
        return WrongCodes >= AuthenticatorStore.MostWrongCodes && until > now ? until : null;
    }

    /// <summary>The id alone.</summary>
    public override string ToString() => $"authenticator of account {AccountId}";
}
