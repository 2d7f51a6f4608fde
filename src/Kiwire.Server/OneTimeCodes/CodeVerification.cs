using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>
/// Says what a code is, and uses the right one up: in the database, so that two servers cannot both accept it, and in the same unit of work
/// as what it leads to.
/// </summary>
internal sealed class CodeVerification(
    SmsPolicyDirectory policies, CodeGuard guard, CodeSecrets secrets, CodeStore store, AccountStore accounts, ZoneDirectory zones, CommitQueue commits, TimeProvider time, OneTimeCodesMetrics metrics)
{
    /// <summary>How long the NAS has to log a guest in whose code was right.</summary>
    private static readonly TimeSpan PassLifetime = TimeSpan.FromMinutes(5);

    /// <summary>What a guest typed, judged; the right code makes the account, or opens it for one login, as the policy's mode has it.</summary>
    /// <param name="tenantId">Whose guest.</param>
    /// <param name="phone">The guest's number.</param>
    /// <param name="code">What they typed.</param>
    /// <param name="password">In mode registration, the password that they choose; null or empty: the code becomes it. It must be one that <see cref="FindPasswordFault"/> has nothing against.</param>
    /// <param name="device">The guest's device; none: not known.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="System.Data.Common.DbException">The database is away; the code is not used up.</exception>
    public async Task<CodeVerdict> VerifyAsync(
        long tenantId, PhoneNumber phone, string code, string? password, MacAddress device, CancellationToken cancellationToken)
    {
        if (policies.EnabledOf(tenantId) is not { } policy)
        {
            return new CodeVerdict.Gone();
        }

        string hash = secrets.HashOf(phone);
        byte[] typed = Encoding.UTF8.GetBytes(code.Trim());
        CodeVerdict verdict = await commits.EnqueueInTurnAsync(unit => VerifyAsync(unit, policy, phone, hash, typed, password, device), cancellationToken);
        Count(verdict);
        return verdict;
    }

    /// <summary>What is wrong with a password that a guest chooses, a sentence's rest; null: nothing.</summary>
    public static string? FindPasswordFault(string password) => AccountValidator.FindPasswordFault(password);

    /// <summary>The last code that went to a number; null: none lately.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public Task<StoredCode?> FindAsync(long tenantId, PhoneNumber phone, CancellationToken cancellationToken) =>
        store.FindAsync(tenantId, secrets.HashOf(phone), cancellationToken);

    /// <summary>The code itself, UTF-8, for whoever must compare it with a proof; null: it is erased, or cannot be read.</summary>
    public byte[]? Reveal(StoredCode code) => secrets.Reveal(code);

    /// <summary>Uses up a code that a login has proved to know; false: somebody else has, here or on another server, or it has come to its end.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; the code may be used up.</exception>
    public async Task<bool> TryUseAsync(SmsPolicy policy, StoredCode code, MacAddress device, CancellationToken cancellationToken)
    {
        bool used = await commits.EnqueueInTurnAsync(unit => TryUseAsync(unit, policy, code, device, Now), cancellationToken);
        Count(used);
        return used;
    }

    /// <summary>Uses up a code that a login has proved to know, whose account it makes.</summary>
    /// <returns>The account; null: as for <see cref="TryUseAsync(SmsPolicy, StoredCode, MacAddress, CancellationToken)"/>.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away; the code may be used up.</exception>
    public async Task<long?> TrySignUpAsync(SmsPolicy policy, StoredCode code, PhoneNumber phone, MacAddress device, CancellationToken cancellationToken)
    {
        byte[]? password = code.Kind == CodeKind.Password ? secrets.Reveal(code) : null;
        long? made = await commits.EnqueueInTurnAsync(
            async unit =>
            {
                long now = Now;
                return await TryUseAsync(unit, policy, code, device, now)
                    ? await accounts.SignUpAsync(unit, SignUpOf(policy, phone, password, now))
                    : null;
            },
            cancellationToken);
        Count(made is not null);
        return made;
    }

    /// <summary>Counts a wrong code against a number's.</summary>
    /// <returns>How often another one may be tried.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away; nothing was counted.</exception>
    public async Task<int> WrongAsync(SmsPolicy policy, StoredCode code, CancellationToken cancellationToken)
    {
        int? attempts = await commits.EnqueueInTurnAsync(unit => CodeStore.WrongAsync(unit, code, policy.MaxAttempts, Now), cancellationToken);
        metrics.Wrong();
        return attempts is { } wrong ? policy.MaxAttempts - wrong : 0;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<CodeVerdict> VerifyAsync(
        UnitOfWork unit, SmsPolicy policy, PhoneNumber phone, string hash, byte[] typed, string? password, MacAddress device)
    {
        long now = Now;
        StoredCode? stored = await CodeStore.FindAsync(unit, policy.TenantId, hash);
        if (stored is null || stored.Kind == CodeKind.Pass || !stored.IsAlive(now, policy.MaxAttempts) || secrets.Reveal(stored) is not { } code)
        {
            return new CodeVerdict.Gone();
        }

        if (!CodeSecrets.AreEqual(typed, code))
        {
            return await CodeStore.WrongAsync(unit, stored, policy.MaxAttempts, now) is { } attempts
                ? new CodeVerdict.Wrong(policy.MaxAttempts - attempts)
                : new CodeVerdict.Gone();
        }

        string pass = policy.Mode switch
        {
            SmsMode.EveryLogin => CodeSecrets.NextPass(),
            SmsMode.Registration when !string.IsNullOrEmpty(password) => password,
            _ => Encoding.UTF8.GetString(code),
        };
        if (!await TryTakeAsync(unit, policy, stored, device, pass, now))
        {
            return new CodeVerdict.Gone();
        }

        byte[]? kept = policy.Mode == SmsMode.EveryLogin ? null : Encoding.UTF8.GetBytes(pass);
        return await accounts.SignUpAsync(unit, SignUpOf(policy, phone, kept, now)) is null
            ? new CodeVerdict.Gone()
            : new CodeVerdict.Right(phone.E164, pass);
    }

    private async Task<bool> TryTakeAsync(UnitOfWork unit, SmsPolicy policy, StoredCode code, MacAddress device, string pass, long now)
    {
        // First, for servers wait for each other here.
        await guard.VerifiedAsync(unit, code.TenantId, code.CodeId, now);
        return policy.Mode == SmsMode.EveryLogin
            ? await CodeStore.TryExchangeAsync(unit, code, policy.MaxAttempts, now, secrets.Protect(pass), now + (long)PassLifetime.TotalMilliseconds)
            : await CodeStore.TryUseAsync(unit, code, policy.MaxAttempts, now, device, reuseUntil: 0);
    }

    private async Task<bool> TryUseAsync(UnitOfWork unit, SmsPolicy policy, StoredCode code, MacAddress device, long now)
    {
        // A pass is what a verified code was exchanged for.
        if (code.Kind != CodeKind.Pass)
        {
            await guard.VerifiedAsync(unit, code.TenantId, code.CodeId, now);
        }

        return await CodeStore.TryUseAsync(unit, code, policy.MaxAttempts, now, device, policy.CodeReuseSeconds == 0 ? 0 : now + (policy.CodeReuseSeconds * 1000L));
    }

    private SignUp SignUpOf(SmsPolicy policy, PhoneNumber phone, byte[]? password, long now) => new()
    {
        TenantId = policy.TenantId,
        Name = phone.E164,
        Phone = phone.E164,
        Password = password,
        ProfileId = policy.ProfileId,
        Zone = zones.Zones.FirstOrDefault(zone => zone.TenantId == policy.TenantId && zone.ZoneId == policy.ZoneId)?.Name,
        ExpiresAt = policy.AccountExpiryDays == 0 ? null : now + (policy.AccountExpiryDays * 86_400_000L),
    };

    private void Count(CodeVerdict verdict)
    {
        if (verdict is CodeVerdict.Wrong)
        {
            metrics.Wrong();
        }
        else
        {
            Count(verdict is CodeVerdict.Right);
        }
    }

    private void Count(bool right)
    {
        if (right)
        {
            metrics.Right();
        }
        else
        {
            metrics.Gone();
        }
    }
}
