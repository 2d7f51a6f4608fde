using System.Text;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>Codes of authenticators on both databases: in their window, once, and not guessed at for ever.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class OneTimePasswordsTests(StorageProvider provider)
{
    private const long Tenant = 1;
    private const long Account = 42;

    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [TestCase(-2, OneTimePasswordVerdict.Wrong)]
    [TestCase(-1, OneTimePasswordVerdict.Right)]
    [TestCase(0, OneTimePasswordVerdict.Right)]
    [TestCase(1, OneTimePasswordVerdict.Right)]
    [TestCase(2, OneTimePasswordVerdict.Wrong)]
    public async Task A_code_of_the_time_is_good_one_step_before_and_after(int steps, OneTimePasswordVerdict verdict)
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        OneTimePasswords server = ServerOn(storage, clock);
        await EnrolAsync(storage, AuthenticatorKind.Totp, clock);

        Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(StepOf(clock) + steps), default), Is.EqualTo(verdict));
    }

    [Test]
    public async Task A_code_is_accepted_once_and_none_before_it_afterwards()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        OneTimePasswords server = ServerOn(storage, clock);
        await EnrolAsync(storage, AuthenticatorKind.Totp, clock);
        long step = StepOf(clock);

        List<OneTimePasswordVerdict> verdicts = [];
        foreach (long tried in (long[])[step, step, step - 1, step + 1, step + 1])
        {
            verdicts.Add(await server.VerifyAsync(Tenant, Account, CodeAt(tried), default));
        }

        Assert.That(verdicts, Is.EqualTo((OneTimePasswordVerdict[])
            [OneTimePasswordVerdict.Right, OneTimePasswordVerdict.Wrong, OneTimePasswordVerdict.Wrong, OneTimePasswordVerdict.Right, OneTimePasswordVerdict.Wrong]));
    }

    [Test]
    public async Task A_code_that_many_send_to_two_servers_at_one_time_is_right_for_one_of_them()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        using CommitQueue? commits = provider == StorageProvider.PostgreSql
            ? new(storage.OpenSecond(), storage.Ids, TimeProvider.System, TestJournal.Metrics(), storage.Lifetime, NullLogger<CommitQueue>.Instance)
            : null;
        await (commits?.StartingAsync(default) ?? Task.CompletedTask);
        OneTimePasswords[] servers = [ServerOn(storage, clock), new(commits ?? storage.Commits, storage.Secrets, clock, NullLogger<OneTimePasswords>.Instance)];
        await EnrolAsync(storage, AuthenticatorKind.Hotp, clock);

        // As many as may be wrong, so that none is refused for that.
        for (int counter = 0; counter < 20; counter++)
        {
            OneTimePasswordVerdict[] verdicts = await Task.WhenAll(
                Enumerable.Range(0, AuthenticatorStore.MostWrongCodes).Select(i => servers[i % 2].VerifyAsync(Tenant, Account, CodeAt(counter), default)));

            Assert.That(verdicts.Count(verdict => verdict == OneTimePasswordVerdict.Right), Is.EqualTo(1), $"counter {counter}: {string.Join(' ', verdicts)}");
            clock.Advance(TimeSpan.FromMinutes(11));
        }

        await (commits?.StoppedAsync(default) ?? Task.CompletedTask);
    }

    /// <summary>Each server holds several accounts' rows in a transaction, in its own order, which is how two come to wait for each other.</summary>
    [Test]
    public async Task Two_servers_with_codes_of_many_accounts_judge_them_all()
    {
        const int accounts = 20;
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        using CommitQueue? commits = provider == StorageProvider.PostgreSql
            ? new(storage.OpenSecond(), storage.Ids, TimeProvider.System, TestJournal.Metrics(), storage.Lifetime, NullLogger<CommitQueue>.Instance)
            : null;
        await (commits?.StartingAsync(default) ?? Task.CompletedTask);
        OneTimePasswords[] servers = [ServerOn(storage, clock), new(commits ?? storage.Commits, storage.Secrets, clock, NullLogger<OneTimePasswords>.Instance)];
        for (int account = 1; account <= accounts; account++)
        {
            await EnrolAsync(storage, AuthenticatorKind.Hotp, clock, account: account);
        }

        (int Server, long Account)[] tried = [.. Enumerable.Range(0, accounts * (AuthenticatorStore.MostWrongCodes - 1)).Select(i => (i % 2, 1L + (i / 2 % accounts)))];
        new Random(4226).Shuffle(tried);
        OneTimePasswordVerdict[] verdicts = await Task.WhenAll(tried.Select(one => servers[one.Server].VerifyAsync(Tenant, one.Account, _ => false, default)));
        await (commits?.StoppedAsync(default) ?? Task.CompletedTask);

        Assert.That(verdicts, Is.All.EqualTo(OneTimePasswordVerdict.Wrong));
        foreach (IGrouping<long, (int, long)> of in tried.GroupBy(one => one.Account))
        {
            Authenticator counted = (await new AuthenticatorStore(storage.Database).FindAsync(Tenant, of.Key, default))!;
            Assert.That(counted.WrongCodes, Is.EqualTo(of.Count()), "each is counted once");
        }
    }

    [TestCase(0, OneTimePasswordVerdict.Right)]
    [TestCase(10, OneTimePasswordVerdict.Right)]
    [TestCase(11, OneTimePasswordVerdict.Wrong)]
    public async Task A_counter_may_be_ten_ahead_and_goes_on_from_where_it_is(int ahead, OneTimePasswordVerdict verdict)
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        OneTimePasswords server = ServerOn(storage, clock);
        await EnrolAsync(storage, AuthenticatorKind.Hotp, clock);

        Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(ahead), default), Is.EqualTo(verdict));
        if (verdict == OneTimePasswordVerdict.Right)
        {
            Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(ahead), default), Is.EqualTo(OneTimePasswordVerdict.Wrong), "it is used");
            Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(ahead + 1), default), Is.EqualTo(OneTimePasswordVerdict.Right));
        }
    }

    [TestCase(1000, OneTimePasswordVerdict.Right)]
    [TestCase(1001, OneTimePasswordVerdict.Wrong)]
    public async Task Two_codes_in_a_row_find_a_counter_again_that_has_gone_far_ahead(int ahead, OneTimePasswordVerdict verdict)
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        OneTimePasswords server = ServerOn(storage, clock);
        await EnrolAsync(storage, AuthenticatorKind.Hotp, clock);
        Task<OneTimePasswordVerdict> TryAsync(int first, int second) => storage.Commits.EnqueueAsync(
            unit => server.ResynchroniseAsync(unit, Tenant, Account, TextAt(first), TextAt(second), AuthenticatorRegister.ResynchronisationWindow), default);

        Assert.That(await TryAsync(ahead, ahead), Is.EqualTo(OneTimePasswordVerdict.Wrong), "one code twice is not two in a row");
        Assert.That(await TryAsync(ahead, ahead + 2), Is.EqualTo(OneTimePasswordVerdict.Wrong), "nor are two with one between");
        Assert.That(await TryAsync(ahead, ahead + 1), Is.EqualTo(verdict));
        if (verdict == OneTimePasswordVerdict.Right)
        {
            Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(ahead + 1), default), Is.EqualTo(OneTimePasswordVerdict.Wrong), "both are used");
            Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(ahead + 2), default), Is.EqualTo(OneTimePasswordVerdict.Right));
        }
    }

    [Test]
    public async Task After_ten_wrong_codes_none_is_looked_at_for_ten_minutes_from_the_first_of_them()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        OneTimePasswords server = ServerOn(storage, clock);
        await EnrolAsync(storage, AuthenticatorKind.Hotp, clock);

        OneTimePasswordVerdict[] wrong = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => server.VerifyAsync(Tenant, Account, _ => false, default)));
        OneTimePasswordVerdict right = await server.VerifyAsync(Tenant, Account, CodeAt(0), default);
        clock.Advance(TimeSpan.FromMinutes(10));
        OneTimePasswordVerdict later = await server.VerifyAsync(Tenant, Account, CodeAt(0), default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wrong.Count(verdict => verdict == OneTimePasswordVerdict.Wrong), Is.EqualTo(AuthenticatorStore.MostWrongCodes), "at one time as in a row");
            Assert.That(wrong.Count(verdict => verdict == OneTimePasswordVerdict.LockedOut), Is.EqualTo(20));
            Assert.That(right, Is.EqualTo(OneTimePasswordVerdict.LockedOut));
            Assert.That(later, Is.EqualTo(OneTimePasswordVerdict.Right));
        }
    }

    [Test]
    public async Task A_right_code_forgets_the_wrong_ones_before_it()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        OneTimePasswords server = ServerOn(storage, clock);
        await EnrolAsync(storage, AuthenticatorKind.Hotp, clock);

        for (int counter = 0; counter < 4; counter++)
        {
            for (int wrong = 1; wrong < AuthenticatorStore.MostWrongCodes; wrong++)
            {
                Assert.That(await server.VerifyAsync(Tenant, Account, _ => false, default), Is.EqualTo(OneTimePasswordVerdict.Wrong));
            }

            Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(counter), default), Is.EqualTo(OneTimePasswordVerdict.Right));
        }
    }

    [Test]
    public async Task Codes_are_of_their_tenant_and_account_alone_and_only_of_an_authenticator_that_is_confirmed()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        OneTimePasswords server = ServerOn(storage, clock);
        await EnrolAsync(storage, AuthenticatorKind.Hotp, clock, confirmed: false);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await server.VerifyAsync(2, Account, CodeAt(0), default), Is.EqualTo(OneTimePasswordVerdict.None));
            Assert.That(await server.VerifyAsync(Tenant, 43, CodeAt(0), default), Is.EqualTo(OneTimePasswordVerdict.None));
            Assert.That(await server.VerifyAsync(Tenant, Account, CodeAt(0), default), Is.EqualTo(OneTimePasswordVerdict.None));
        }
    }

    private static OneTimePasswords ServerOn(TestDatabase storage, TimeProvider clock) =>
        new(storage.Commits, storage.Secrets, clock, NullLogger<OneTimePasswords>.Instance);

    private static Task EnrolAsync(TestDatabase storage, AuthenticatorKind kind, TimeProvider clock, bool confirmed = true, long account = Account) => storage.Commits.EnqueueAsync(
        async unit =>
        {
            await AuthenticatorStore.ReplaceAsync(unit, new Authenticator
            {
                TenantId = Tenant,
                AccountId = account,
                Kind = kind,
                Algorithm = OneTimePasswordAlgorithm.Sha1,
                Digits = 6,
                PeriodSeconds = kind == AuthenticatorKind.Totp ? 30 : 0,
                Secret = storage.Secrets.Protect(Secret, OneTimePasswords.SecretPurpose),
                NextFactor = 0,
                CreatedAt = clock.GetUtcNow(),
            });
            if (confirmed)
            {
                await AuthenticatorStore.ConfirmAsync(unit, Tenant, account, clock.GetUtcNow().ToUnixTimeMilliseconds());
            }
        },
        default);

    private static long StepOf(TimeProvider clock) => OneTimePassword.StepOf(clock.GetUtcNow().ToUnixTimeMilliseconds(), 30);

    private static OneTimePasswords.Match CodeAt(long factor) => OneTimePasswords.MatchOf(TextAt(factor));

    private static string TextAt(long factor)
    {
        Span<byte> code = stackalloc byte[6];
        OneTimePassword.Write(Secret, factor, OneTimePasswordAlgorithm.Sha1, code);
        return Encoding.ASCII.GetString(code);
    }
}
