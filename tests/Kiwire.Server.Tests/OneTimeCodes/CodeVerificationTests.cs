using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>Codes that are judged, and what they lead to.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class CodeVerificationTests(StorageProvider provider)
{
    private const string Name = "+60123456789";

    [Test]
    public async Task The_right_code_makes_the_account_once_with_the_password_that_was_given()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { ZoneId = 1 });
        await room.AskAsync();
        string code = await room.TakeCodeAsync();

        CodeVerdict right = await room.TryAsync(code, "my own secret");
        CodeVerdict again = await room.TryAsync(code, "another");
        Account account = (await room.Accounts.Store.FindAsync(CodesRoom.Tenant, Name, default))!;
        AccountEntry entry = (await room.Accounts.LoadAsync(Name))!;
        StoredCode stored = (await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.EqualTo(new CodeVerdict.Right(Name, "my own secret")));
            Assert.That(again, Is.TypeOf<CodeVerdict.Gone>());
            Assert.That((account.ProfileName, account.AllowNas, account.Phone, account.Active), Is.EqualTo((ProfileStore.TemporaryName, "Lobby", Name, true)));
            Assert.That(account.ExpiresAt, Is.EqualTo(room.Clock.GetUtcNow().AddDays(30).ToUnixTimeMilliseconds()).Within(1));
            Assert.That(System.Text.Encoding.UTF8.GetString(entry.PasswordUtf8), Is.EqualTo("my own secret"));
            Assert.That(stored.Code, Is.Null, "a used code is erased");
            Assert.That(right.ToString(), Does.Not.Contain("secret"));
        }
    }

    [Test]
    public async Task Without_a_password_the_code_becomes_it()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await room.AskAsync();
        string code = await room.TakeCodeAsync();

        CodeVerdict right = await room.TryAsync(code);

        Assert.That(right, Is.EqualTo(new CodeVerdict.Right(Name, code)));
        Assert.That(System.Text.Encoding.UTF8.GetString((await room.Accounts.LoadAsync(Name))!.PasswordUtf8), Is.EqualTo(code));
    }

    [Test]
    public async Task Wrong_codes_are_counted_until_the_right_one_is_no_good()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { MaxAttempts = 3 });
        await room.AskAsync();
        string code = await room.TakeCodeAsync();
        string wrong = CodesRoom.WrongFor(code);

        CodeVerdict[] verdicts = [await room.TryAsync(wrong), await room.TryAsync(wrong), await room.TryAsync(wrong), await room.TryAsync(code)];
        CodeAnswer tooSoon = await room.AskAsync();
        room.Clock.Advance(TimeSpan.FromSeconds(60));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdicts, Is.EqualTo(new CodeVerdict[] { new CodeVerdict.Wrong(2), new CodeVerdict.Wrong(1), new CodeVerdict.Wrong(0), new CodeVerdict.Gone() }));
            Assert.That((tooSoon as CodeAnswer.Refused)?.Reason, Is.EqualTo(CodeRefusal.PerPhone));
            Assert.That(await room.AskAsync(), Is.TypeOf<CodeAnswer.Sent>());
            Assert.That(await room.Accounts.Store.FindAsync(CodesRoom.Tenant, Name, default), Is.Null);
        }
    }

    [Test]
    public async Task Many_wrong_codes_at_the_same_time_are_no_more_attempts_than_there_are()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await room.AskAsync();
        string wrong = CodesRoom.WrongFor(await room.TakeCodeAsync());

        CodeVerdict[] verdicts = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => room.TryAsync(wrong))));

        Assert.That(verdicts.OfType<CodeVerdict.Wrong>().Select(verdict => verdict.AttemptsLeft), Is.EquivalentTo(new[] { 4, 3, 2, 1, 0 }));
    }

    [Test]
    public async Task The_right_code_many_times_at_the_same_time_is_right_once()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await room.AskAsync();
        string code = await room.TakeCodeAsync();

        CodeVerdict[] verdicts = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => room.TryAsync(code))));

        Assert.That(verdicts.Count(verdict => verdict is CodeVerdict.Right), Is.EqualTo(1));
    }

    [Test]
    public async Task A_code_is_good_to_the_last_moment_of_its_time_and_no_longer()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await room.AskAsync("+60123456781");
        string first = await room.TakeCodeAsync();
        await room.AskAsync("+60123456782");
        string second = await room.TakeCodeAsync();

        room.Clock.Advance(TimeSpan.FromMilliseconds(299_999));
        CodeVerdict inTime = await room.TryAsync(first, phone: "+60123456781");
        room.Clock.Advance(TimeSpan.FromMilliseconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(inTime, Is.TypeOf<CodeVerdict.Right>());
            Assert.That(await room.TryAsync(second, phone: "+60123456782"), Is.TypeOf<CodeVerdict.Gone>());
        }
    }

    [Test]
    public async Task Another_numbers_code_is_wrong()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { CodeLength = 10 });
        await room.AskAsync("+60123456781");
        string first = await room.TakeCodeAsync();
        await room.AskAsync("+60123456782");
        await room.TakeCodeAsync();

        Assert.That(await room.TryAsync(first, phone: "+60123456782"), Is.EqualTo(new CodeVerdict.Wrong(4)));
        Assert.That(await room.TryAsync(first, phone: "+60123456783"), Is.TypeOf<CodeVerdict.Gone>());
    }

    [Test]
    public async Task A_code_of_letters_may_be_typed_in_lower_case()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { CodeLength = 10, PasswordSecurity = PasswordSecurity.High });
        await room.AskAsync();

        Assert.That(await room.TryAsync((await room.TakeCodeAsync()).ToLowerInvariant()), Is.TypeOf<CodeVerdict.Right>());
    }

    [Test]
    public async Task In_every_login_the_code_is_exchanged_for_a_pass_and_the_account_has_no_password()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { Mode = SmsMode.EveryLogin });
        await room.AskAsync();
        string code = await room.TakeCodeAsync();

        CodeVerdict.Right right = (CodeVerdict.Right)await room.TryAsync(code);
        CodeVerdict again = await room.TryAsync(code);
        CodeVerdict passed = await room.TryAsync(right.Password);
        AccountEntry entry = (await room.Accounts.LoadAsync(Name))!;
        StoredCode stored = (await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right.Password, Is.Not.EqualTo(code).And.Length.EqualTo(20));
            Assert.That(again, Is.TypeOf<CodeVerdict.Gone>());
            Assert.That(passed, Is.TypeOf<CodeVerdict.Gone>(), "a pass is for the NAS");
            Assert.That(entry.HasPassword, Is.False);
            Assert.That((stored.Kind, System.Text.Encoding.UTF8.GetString(room.Secrets.Reveal(stored)!)), Is.EqualTo((CodeKind.Pass, right.Password)));
        }
    }

    [Test]
    public async Task In_password_once_the_password_is_sent_makes_the_account_and_is_sent_again_while_it_holds()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { Mode = SmsMode.PasswordOnce, AccountExpiryDays = 1 });
        await room.AskAsync();
        string password = await room.TakeCodeAsync();

        CodeVerdict right = await room.TryAsync(password);
        room.Clock.Advance(TimeSpan.FromHours(1));
        await room.AskAsync();
        string sentAgain = await room.TakeCodeAsync();
        room.Clock.Advance(TimeSpan.FromDays(1));
        await room.AskAsync();
        string renewed = await room.TakeCodeAsync();
        CodeVerdict afterwards = await room.TryAsync(renewed);
        Account account = (await room.Accounts.Store.FindAsync(CodesRoom.Tenant, Name, default))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.EqualTo(new CodeVerdict.Right(Name, password)));
            Assert.That(sentAgain, Is.EqualTo(password));
            Assert.That(renewed, Is.Not.EqualTo(password));
            Assert.That(afterwards, Is.EqualTo(new CodeVerdict.Right(Name, renewed)));
            Assert.That(account.ExpiresAt, Is.GreaterThan(room.Clock.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    }

    [Test]
    public async Task A_used_code_is_the_same_devices_for_as_long_as_the_policy_says()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider, new SmsPolicy { Mode = SmsMode.EveryLogin, CodeReuseSeconds = 30 });
        SmsPolicy policy = new() { Mode = SmsMode.EveryLogin, CodeReuseSeconds = 30, TenantId = CodesRoom.Tenant };
        _ = MacAddress.TryParse("aa:bb:cc:dd:ee:01", out MacAddress device);
        _ = MacAddress.TryParse("aa:bb:cc:dd:ee:02", out MacAddress other);
        await room.AskAsync();
        StoredCode fresh = (await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default))!;

        bool used = await room.Verification.TryUseAsync(policy, fresh, device, default);
        bool usedAgain = await room.Verification.TryUseAsync(policy, fresh, device, default);
        StoredCode after = (await room.Verification.FindAsync(CodesRoom.Tenant, CodesRoom.Guest, default))!;
        long now = room.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((used, usedAgain), Is.EqualTo((true, false)));
            Assert.That((after.IsReusable(now, device), after.IsReusable(now + 29_999, device), after.IsReusable(now + 30_000, device)), Is.EqualTo((true, true, false)));
            Assert.That((after.IsReusable(now, other), after.IsReusable(now, default)), Is.EqualTo((false, false)));
        }
    }

    [Test]
    public async Task Signing_up_again_changes_the_password_and_nothing_that_is_the_operators()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await room.Accounts.CreateUserAsync(Name, "old");
        await room.Accounts.Store.SetActiveAsync(CodesRoom.Tenant, (await room.Accounts.Store.FindAsync(CodesRoom.Tenant, Name, default))!.AccountId, active: false, default);
        await room.AskAsync();

        await room.TryAsync(await room.TakeCodeAsync(), "new");
        Account account = (await room.Accounts.Store.FindAsync(CodesRoom.Tenant, Name, default))!;

        Assert.That((account.Active, account.ExpiresAt, account.Phone), Is.EqualTo((false, (long?)null, "")));
        Assert.That(System.Text.Encoding.UTF8.GetString((await room.Accounts.LoadAsync(Name))!.PasswordUtf8), Is.EqualTo("new"));
    }

    [Test]
    public async Task One_tenants_code_is_nothing_to_another()
    {
        await using CodesRoom room = await CodesRoom.CreateAsync(provider);
        await room.AskAsync();
        string code = await room.TakeCodeAsync();

        CodeVerdict verdict = await room.Verification.VerifyAsync(2, CodesRoom.Guest, code, null, default, default);

        Assert.That(verdict, Is.TypeOf<CodeVerdict.Gone>());
        Assert.That(await room.Verification.FindAsync(2, CodesRoom.Guest, default), Is.Null);
    }
}
