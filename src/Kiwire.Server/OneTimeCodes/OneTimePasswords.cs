using System.Security.Cryptography;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// Judges the codes of accounts' authenticators. A code is accepted once, whichever server is asked: the database says so. It holds in its window only:
/// one time step to either side (RFC 6238, 5.2), or ten counters ahead (RFC 4226, 7.4).
/// </summary>
internal sealed partial class OneTimePasswords(CommitQueue commits, SecretBox secrets, TimeProvider time, ILogger<OneTimePasswords> logger)
{
    /// <summary>Time steps to either side of now.</summary>
    public const int Drift = 1;

    /// <summary>Counters behind the next one: keys that were pressed without logging in.</summary>
    public const int LookAhead = 10;

    /// <summary>What secrets are encrypted for.</summary>
    public const string SecretPurpose = "authenticator.secret";

    /// <summary>Whether a login proves this code; <paramref name="code"/> is in ASCII digits and overwritten afterwards.</summary>
    public delegate bool Match(ReadOnlySpan<byte> code);

    /// <summary>Judges, and uses up what is right.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="accountId">Which account's authenticator; it must be confirmed.</param>
    /// <param name="match">Is asked about each code that may be accepted, until one is right; it may be asked again.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<OneTimePasswordVerdict> VerifyAsync(long tenantId, long accountId, Match match, CancellationToken cancellationToken) =>
        commits.EnqueueInTurnAsync(unit => VerifyAsync(unit, tenantId, accountId, confirmed: true, match), cancellationToken);

    /// <summary>The same in a transaction under way, which must be committed whatever the verdict is: it counts what is wrong.</summary>
    public async Task<OneTimePasswordVerdict> VerifyAsync(UnitOfWork unit, long tenantId, long accountId, bool confirmed, Match match)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (await AuthenticatorStore.BeginAttemptAsync(unit, tenantId, accountId, now) is not { } authenticator)
        {
            return await AuthenticatorStore.GetAsync(unit, tenantId, accountId) is null ? OneTimePasswordVerdict.None : OneTimePasswordVerdict.LockedOut;
        }

        if (authenticator.Confirmed != confirmed)
        {
            return OneTimePasswordVerdict.None;
        }

        (long first, long last) = WindowOf(authenticator, now);
        return Find(authenticator, first, last, match) is { } factor && await AuthenticatorStore.TryUseAsync(unit, tenantId, accountId, factor, now)
            ? OneTimePasswordVerdict.Right
            : OneTimePasswordVerdict.Wrong;
    }

    /// <summary>
    /// Finds where a device's counter is by two codes in a row, further ahead than a login looks (RFC 4226, E.4); the second one is used up. In a
    /// transaction that must be committed whatever the verdict is.
    /// </summary>
    public async Task<OneTimePasswordVerdict> ResynchroniseAsync(UnitOfWork unit, long tenantId, long accountId, string code, string nextCode, int window)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (await AuthenticatorStore.BeginAttemptAsync(unit, tenantId, accountId, now) is not { } authenticator)
        {
            return OneTimePasswordVerdict.LockedOut;
        }

        for (long factor = authenticator.NextFactor; Find(authenticator, factor, authenticator.NextFactor + window, MatchOf(code)) is { } found; factor = found + 1)
        {
            if (Find(authenticator, found + 1, found + 1, MatchOf(nextCode)) is { } next)
            {
                return await AuthenticatorStore.TryUseAsync(unit, tenantId, accountId, next, now) ? OneTimePasswordVerdict.Right : OneTimePasswordVerdict.Wrong;
            }
        }

        return OneTimePasswordVerdict.Wrong;
    }

    /// <summary>Compares with a code in clear.</summary>
    public static Match MatchOf(string code)
    {
        byte[] given = System.Text.Encoding.UTF8.GetBytes(code);
        return expected => CryptographicOperations.FixedTimeEquals(expected, given);
    }

    private static (long First, long Last) WindowOf(Authenticator authenticator, long now)
    {
        if (authenticator.Kind == AuthenticatorKind.Hotp)
        {
            return (authenticator.NextFactor, authenticator.NextFactor + LookAhead);
        }

        long step = OneTimePassword.StepOf(now, authenticator.PeriodSeconds);
        return (Math.Max(step - Drift, authenticator.NextFactor), step + Drift);
    }

    private long? Find(Authenticator authenticator, long first, long last, Match match)
    {
        if (!secrets.TryUnprotect(authenticator.Secret, SecretPurpose, out byte[] secret))
        {
            LogUnreadableSecret(authenticator.AccountId);
            return null;
        }

        Span<byte> code = stackalloc byte[OneTimePassword.MostDigits];
        code = code[..authenticator.Digits];
        long? found = null;
        for (long factor = first; factor <= last && found is null; factor++)
        {
            OneTimePassword.Write(secret, factor, authenticator.Algorithm, code);
            found = match(code) ? factor : null;
        }

        CryptographicOperations.ZeroMemory(code);
        CryptographicOperations.ZeroMemory(secret);
        return found;
    }

    [LoggerMessage(EventId = 1500, Level = LogLevel.Warning, Message = "The authenticator of account {AccountId} cannot be decrypted with this installation's keys; it must be enrolled again")]
    private partial void LogUnreadableSecret(long accountId);
}

/// <summary>What became of a code.</summary>
internal enum OneTimePasswordVerdict
{
    /// <summary>It was not judged: the account has no authenticator of that state.</summary>
    None,

    /// <summary>It is the account's, and used up now.</summary>
    Right,

    /// <summary>It is not, or no longer.</summary>
    Wrong,

    /// <summary>It was not looked at, for too many were wrong.</summary>
    LockedOut,
}
