using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// Enrols authenticators and takes them away. One asks for codes only once its first code has been right: an app that did not take the picture shuts
/// nobody out. When a call returns, it is committed, and this server's logins go by it.
/// </summary>
internal sealed class AuthenticatorRegister(
    CommitQueue commits, AccountStore accounts, AuthenticatorStore store, OneTimePasswords passwords, TenantDirectory tenants, SecretBox secrets, TimeProvider time)
{
    /// <summary>How far behind the next counter two codes in a row are looked for (RFC 4226, E.4).</summary>
    public const int ResynchronisationWindow = 1000;

    /// <summary>What the audit log calls it.</summary>
    private const string Kind = "authenticator";

    /// <summary>A user's; null: there is no such user, or they have none.</summary>
    public async Task<Authenticator?> FindAsync(long tenantId, string name, CancellationToken cancellationToken) =>
        await FindUserAsync(tenantId, name, cancellationToken) is { } account ? await store.FindAsync(tenantId, account.AccountId, cancellationToken) : null;

    /// <summary>Gives a user one, in the place of one that was never confirmed.</summary>
    public async Task<AuthenticatorOutcome> EnrolAsync(long tenantId, string name, AuthenticatorSettings settings, CancellationToken cancellationToken)
    {
        if (settings.FindFaults() is { Count: > 0 } faults)
        {
            return new AuthenticatorOutcome.Refused(faults);
        }

        if (await FindUserAsync(tenantId, name, cancellationToken) is not { } account)
        {
            return new AuthenticatorOutcome.NoAccount();
        }

        byte[] secret = settings.ToSecret();
        Authenticator made = new()
        {
            TenantId = tenantId,
            AccountId = account.AccountId,
            Kind = settings.Kind,
            Algorithm = settings.Algorithm,
            Digits = settings.Digits,
            PeriodSeconds = settings.Period,
            Secret = secrets.Protect(secret, OneTimePasswords.SecretPurpose),
            NextFactor = settings.Counter ?? 0,
            CreatedAt = time.GetUtcNow(),
        };
        string issuer = settings.Issuer ?? (tenants.TryGet(tenantId, out Tenant? tenant) ? tenant.Name : "");
        return await commits.EnqueueAsync<AuthenticatorOutcome>(
            async unit =>
            {
                if (await AuthenticatorStore.GetAsync(unit, tenantId, account.AccountId) is { Confirmed: true })
                {
                    return new AuthenticatorOutcome.Exists();
                }

                await AuthenticatorStore.ReplaceAsync(unit, made);
                await unit.AuditAsync(tenantId, AuditAction.Create, Kind, account.Name, ChangesOf(made));
                return new AuthenticatorOutcome.Enrolled(
                    (await AuthenticatorStore.GetAsync(unit, tenantId, account.AccountId))!,
                    Base32.Write(secret),
                    AuthenticatorUri.Write(made, secret, issuer, account.Name));
            },
            cancellationToken);
    }

    /// <summary>Has logins ask for codes from now on, if this is one.</summary>
    public Task<AuthenticatorOutcome> ConfirmAsync(long tenantId, string name, string code, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        name,
        "confirm",
        async (unit, authenticator) =>
        {
            if (authenticator.Confirmed)
            {
                return new AuthenticatorOutcome.Exists();
            }

            OneTimePasswordVerdict verdict = await passwords.VerifyAsync(
                unit, tenantId, authenticator.AccountId, confirmed: false, OneTimePasswords.MatchOf(code));
            if (verdict != OneTimePasswordVerdict.Right)
            {
                return FaultOf(verdict, "code", "is not what this authenticator shows now; give its newest code.");
            }

            await AuthenticatorStore.ConfirmAsync(unit, tenantId, authenticator.AccountId, time.GetUtcNow().ToUnixTimeMilliseconds());
            await AskForCodesAsync(unit, authenticator, true);
            return null;
        },
        cancellationToken);

    /// <summary>Finds a counter again that has gone too far ahead, by two codes in a row.</summary>
    public Task<AuthenticatorOutcome> ResynchroniseAsync(long tenantId, string name, string code, string nextCode, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        name,
        "resynchronise",
        async (unit, authenticator) =>
        {
            if (authenticator.Kind != AuthenticatorKind.Hotp)
            {
                return new AuthenticatorOutcome.Refused([new("code", "cannot resynchronise a totp authenticator, which goes by the time; set the device's clock.")]);
            }

            OneTimePasswordVerdict verdict = await passwords.ResynchroniseAsync(
                unit, tenantId, authenticator.AccountId, code, nextCode, ResynchronisationWindow);
            if (verdict != OneTimePasswordVerdict.Right)
            {
                return FaultOf(verdict, "nextCode", $"does not follow code within the next {ResynchronisationWindow} codes of this authenticator; give two codes in a row, the newest last.");
            }

            await AuthenticatorStore.RaiseVersionAsync(unit, tenantId, authenticator.AccountId);
            return null;
        },
        cancellationToken);

    /// <summary>Takes it away: the password alone is enough again.</summary>
    public async Task<SaveOutcome> DeleteAsync(long tenantId, string name, long ifVersion, CancellationToken cancellationToken)
    {
        if (await FindUserAsync(tenantId, name, cancellationToken) is not { } account)
        {
            return new SaveOutcome.Missing();
        }

        return await commits.EnqueueAsync<SaveOutcome>(
            async unit =>
            {
                if (await AuthenticatorStore.GetAsync(unit, tenantId, account.AccountId) is not { } authenticator)
                {
                    return new SaveOutcome.Missing();
                }

                if (!EntityTags.Matches(ifVersion, authenticator.Version))
                {
                    return new SaveOutcome.Stale();
                }

                _ = await AuthenticatorStore.DeleteAsync(unit, tenantId, account.AccountId);
                await AskForCodesAsync(unit, authenticator, false);
                await unit.AuditAsync(tenantId, AuditAction.Delete, Kind, account.Name, AuditChanges.None);
                return new SaveOutcome.Saved(account.AccountId);
            },
            cancellationToken);
    }

    private async Task<AuthenticatorOutcome> ChangeAsync(
        long tenantId, string name, string action, Func<UnitOfWork, Authenticator, Task<AuthenticatorOutcome?>> change, CancellationToken cancellationToken)
    {
        if (await FindUserAsync(tenantId, name, cancellationToken) is not { } account)
        {
            return new AuthenticatorOutcome.NoAccount();
        }

        return await commits.EnqueueInTurnAsync<AuthenticatorOutcome>(
            async unit =>
            {
                if (await AuthenticatorStore.GetAsync(unit, tenantId, account.AccountId) is not { } authenticator)
                {
                    return new AuthenticatorOutcome.NoAuthenticator();
                }

                if (await change(unit, authenticator) is { } refusal)
                {
                    return refusal;
                }

                await unit.AuditAsync(tenantId, action, Kind, account.Name, AuditChanges.None);
                return new AuthenticatorOutcome.Changed((await AuthenticatorStore.GetAsync(unit, tenantId, account.AccountId))!);
            },
            cancellationToken);
    }

    private static async Task AskForCodesAsync(UnitOfWork unit, Authenticator authenticator, bool ask)
    {
        await AccountRowStore.SetAuthenticatorAsync(unit, authenticator.TenantId, authenticator.AccountId, ask);
        unit.Announce(new Change(ChangeKind.Account, authenticator.TenantId, authenticator.AccountId));
    }

    private static AuthenticatorOutcome FaultOf(OneTimePasswordVerdict verdict, string field, string wrong) => verdict == OneTimePasswordVerdict.LockedOut
        ? new AuthenticatorOutcome.LockedOut()
        : new AuthenticatorOutcome.Refused([new FieldFault(field, wrong)]);

    private static AuditChanges ChangesOf(Authenticator authenticator) => new AuditChanges()
        .Set("kind", authenticator.Kind.ToString())
        .Set("algorithm", authenticator.Algorithm.ToString())
        .Set("digits", authenticator.Digits)
        .Set("periodSeconds", authenticator.PeriodSeconds)
        .Secret("secret", given: true);

    private async Task<Account?> FindUserAsync(long tenantId, string name, CancellationToken cancellationToken) =>
        await accounts.FindAsync(tenantId, name, cancellationToken) is { Kind: AccountKind.User } account ? account : null;
}
