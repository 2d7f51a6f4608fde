using System.Text;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Tests.Api;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>/api/v1/accounts/{name}/authenticator of a running server.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class AuthenticatorEndpointsTests
{
    private RunningServer _server = null!;
    private ApiClient _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await RunningServer.StartAsync();
        _api = await ApiClient.LogInAsync(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _api.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task An_authenticator_is_enrolled_confirmed_by_its_first_code_shown_without_its_secret_and_taken_away()
    {
        string path = await NewUserAsync("tina tan");
        ApiAnswer created = await _api.PostAsync(path, new { issuer = "Hotel & Bar" });
        string secret = (string)created["secret"]!;
        ApiAnswer before = await _api.GetAsync(path);
        ApiAnswer wrong = await _api.PostAsync(path + "/confirm", new { code = "12345" });
        ApiAnswer confirmed = await _api.PostAsync(path + "/confirm", new { code = Codes.Now(secret) });
        ApiAnswer shown = await _api.GetAsync(path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(201), created.ToString());
            Assert.That(created.Location, Is.EqualTo(path));
            Assert.That(created.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(
                (string?)created["uri"],
                Is.EqualTo($"otpauth://totp/Hotel%20%26%20Bar:tina%20tan?secret={secret}&issuer=Hotel%20%26%20Bar&algorithm=SHA1&digits=6&period=30"));
            Assert.That(secret, Does.Match("^[A-Z2-7]{32}$"), "160 bits");
            Assert.That(Encoding.UTF8.GetString(Convert.FromBase64String(((string)created["picture"]!)["data:image/svg+xml;base64,".Length..])), Does.StartWith("<svg").And.EndWith("</svg>"));
            Assert.That((bool?)before["confirmed"], Is.False);
            Assert.That(wrong.Status, Is.EqualTo(400), wrong.ToString());
            Assert.That(wrong.Detail, Does.StartWith("code is not what this authenticator shows now"));
            Assert.That(confirmed.Status, Is.EqualTo(200), confirmed.ToString());
            Assert.That(shown.ETag, Is.EqualTo(confirmed.ETag).And.Not.EqualTo(created.ETag));
            Assert.That(shown.Text, Does.Not.Contain(secret).And.Not.Contain("otpauth").And.Not.Contain("ecret"));
            Assert.That((bool?)shown["confirmed"], Is.True);
            Assert.That((string?)shown["kind"], Is.EqualTo("totp"));
            Assert.That((string?)shown["algorithm"], Is.EqualTo("sha1"));
            Assert.That((int?)shown["periodSeconds"], Is.EqualTo(30));
            Assert.That((string?)shown["confirmedAt"], Is.Not.Null);
        }

        ApiAnswer again = await _api.PostAsync(path, new { });
        ApiAnswer twice = await _api.PostAsync(path + "/confirm", new { code = Codes.Now(secret) });
        ApiAnswer stale = await _api.DeleteAsync(path, created.ETag);
        ApiAnswer deleted = await _api.DeleteAsync(path, shown.ETag);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Status, Is.EqualTo(409), again.ToString());
            Assert.That(twice.Status, Is.EqualTo(409), twice.ToString());
            Assert.That(stale.Status, Is.EqualTo(412), stale.ToString());
            Assert.That(deleted.Status, Is.EqualTo(204), deleted.ToString());
            Assert.That((await _api.GetAsync(path)).Status, Is.EqualTo(404));
            Assert.That((await _api.DeleteAsync(path)).Status, Is.EqualTo(404));
        }

        ApiAnswer log = await _api.GetAsync("/api/v1/audit?kind=authenticator");
        Assert.That(log["items"]!.AsArray().Select(item => (string?)item!["action"]), Is.SupersetOf((string[])["create", "confirm", "delete"]));
        Assert.That(log.Text, Does.Not.Contain(secret));
    }

    [Test]
    public async Task One_that_was_never_confirmed_gives_way_to_the_next()
    {
        string path = await NewUserAsync("tom");
        string first = (string)(await _api.PostAsync(path, new { }))["secret"]!;
        string second = (string)(await _api.PostAsync(path, new { kind = "totp", algorithm = "sha512", digits = 8, periodSeconds = 60 }))["secret"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _api.PostAsync(path + "/confirm", new { code = Codes.Now(first) })).Status, Is.EqualTo(400));
            Assert.That((await _api.PostAsync(path + "/confirm", new { code = Codes.Now(second, 60, OneTimePasswordAlgorithm.Sha512, 8) })).Status, Is.EqualTo(200));
            Assert.That(second, Does.Match("^[A-Z2-7]{103}$"), "512 bits");
        }
    }

    [Test]
    public async Task A_device_that_has_its_own_secret_is_enrolled_by_it_and_found_again_when_its_counter_ran_ahead()
    {
        string path = await NewUserAsync("theo");
        const string secret = "gezd gnbv gy3t qojq gezd gnbv gy3t qojq";
        ApiAnswer created = await _api.PostAsync(path, new { kind = "hotp", secret, counter = 4 });
        ApiAnswer old = await _api.PostAsync(path + "/confirm", new { code = "969429" });
        ApiAnswer confirmed = await _api.PostAsync(path + "/confirm", new { code = "338314" });
        ApiAnswer apart = await _api.PostAsync(path + "/resynchronise", new { code = Codes.Of(secret, 500), nextCode = Codes.Of(secret, 502) });
        ApiAnswer together = await _api.PostAsync(path + "/resynchronise", new { code = Codes.Of(secret, 500), nextCode = Codes.Of(secret, 501) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)created["uri"], Does.StartWith("otpauth://hotp/").And.EndsWith("&algorithm=SHA1&digits=6&counter=4"));
            Assert.That((string?)created["secret"], Is.EqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
            Assert.That(old.Status, Is.EqualTo(400), "the counter is past it");
            Assert.That(confirmed.Status, Is.EqualTo(200), confirmed.ToString());
            Assert.That(confirmed["periodSeconds"], Is.Null);
            Assert.That(apart.Detail, Does.StartWith("nextCode does not follow code"));
            Assert.That(together.Status, Is.EqualTo(200), together.ToString());
        }
    }

    [Test]
    public async Task Ten_wrong_codes_and_none_is_looked_at()
    {
        string path = await NewUserAsync("tess");
        string secret = (string)(await _api.PostAsync(path, new { }))["secret"]!;
        for (int i = 0; i < AuthenticatorStore.MostWrongCodes; i++)
        {
            Assert.That((await _api.PostAsync(path + "/confirm", new { code = "none" })).Status, Is.EqualTo(400));
        }

        ApiAnswer right = await _api.PostAsync(path + "/confirm", new { code = Codes.Now(secret) });

        Assert.That(right.Status, Is.EqualTo(409), right.ToString());
        Assert.That(right.Detail, Does.Contain("10 codes in a row were wrong"));
        Assert.That((string?)(await _api.GetAsync(path))["lockedUntil"], Is.Not.Null);
    }

    [TestCase("""{"kind":"sms"}""", "kind")]
    [TestCase("""{"algorithm":"md5"}""", "algorithm")]
    [TestCase("""{"digits":5}""", "digits is 5; it must be 6 to 8.")]
    [TestCase("""{"digits":9}""", "digits is 9; it must be 6 to 8.")]
    [TestCase("""{"periodSeconds":14}""", "periodSeconds is 14; it must be 15 to 120")]
    [TestCase("""{"kind":"hotp","periodSeconds":30}""", "periodSeconds is given for hotp")]
    [TestCase("""{"counter":1}""", "counter is given for totp")]
    [TestCase("""{"kind":"hotp","counter":-1}""", "counter is -1")]
    [TestCase("""{"secret":"GEZDGNBVGY3TQOJQ"}""", "secret is not 16 to 128 octets in base 32")]
    [TestCase("""{"secret":"hunter2!hunter2!hunter2!hunter2!"}""", "secret is not 16 to 128 octets in base 32")]
    [TestCase("""{"issuer":"a:b"}""", "issuer must have 1 to 64 characters, no colon")]
    [TestCase("""{"issuer":""}""", "issuer must have 1 to 64 characters")]
    public async Task What_cannot_be_is_refused_with_its_field_and_nothing_is_made(string body, string sentence)
    {
        string path = await NewUserAsync("ted");

        ApiAnswer answer = await _api.PostAsync(path, body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(400), answer.ToString());
            Assert.That(answer.Detail, Does.Contain(sentence).And.Not.Contain("hunter2"));
            Assert.That((await _api.GetAsync(path)).Status, Is.EqualTo(404));
        }
    }

    [TestCase("nobody")]
    [TestCase("V_DEMO2345", TestName = "A_voucher_has_none")]
    public async Task Who_is_no_user_has_none(string name)
    {
        string path = $"/api/v1/accounts/{name}/authenticator";

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _api.GetAsync(path)).Status, Is.EqualTo(404));
            Assert.That((await _api.PostAsync(path, new { })).Status, Is.EqualTo(404));
            Assert.That((await _api.PostAsync(path + "/confirm", new { code = "1" })).Status, Is.EqualTo(404));
            Assert.That((await _api.PostAsync(path + "/resynchronise", new { code = "1", nextCode = "2" })).Status, Is.EqualTo(404));
            Assert.That((await _api.DeleteAsync(path)).Status, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_deleted_account_takes_its_authenticator_along()
    {
        string path = await NewUserAsync("tara");
        _ = await _api.PostAsync(path, new { });
        long accountId = (await _server.Get<Kiwire.Server.Accounts.AccountStore>().FindAsync(TenantDirectory.DefaultTenantId, "tara", default))!.AccountId;
        AuthenticatorStore store = _server.Get<AuthenticatorStore>();
        Assert.That(await store.FindAsync(TenantDirectory.DefaultTenantId, accountId, default), Is.Not.Null);

        Assert.That((await _api.DeleteAsync("/api/v1/accounts/tara")).Status, Is.EqualTo(204));

        Assert.That(await store.FindAsync(TenantDirectory.DefaultTenantId, accountId, default), Is.Null);
    }

    [Test]
    public async Task A_secret_lies_encrypted()
    {
        string path = await NewUserAsync("toby");
        string secret = (string)(await _api.PostAsync(path, new { }))["secret"]!;
        long accountId = (await _server.Get<Kiwire.Server.Accounts.AccountStore>().FindAsync(TenantDirectory.DefaultTenantId, "toby", default))!.AccountId;

        byte[] stored = (await _server.Get<AuthenticatorStore>().FindAsync(TenantDirectory.DefaultTenantId, accountId, default))!.Secret;

        Assert.That(Base32.TryRead(secret, out byte[]? clear), Is.True);
        Assert.That(stored.AsSpan().IndexOf(clear), Is.Negative);
        Assert.That(_server.Get<SecretBox>().TryUnprotect(stored, OneTimePasswords.SecretPurpose, out byte[] read), Is.True);
        Assert.That(read, Is.EqualTo(clear));
    }

    /// <summary>Makes a user; the answer is where their authenticator is.</summary>
    private async Task<string> NewUserAsync(string name)
    {
        _ = await _api.DeleteAsync($"/api/v1/accounts/{Uri.EscapeDataString(name)}");
        Assert.That((await _api.PostAsync("/api/v1/accounts", new { username = name, password = "secret-1" })).Status, Is.EqualTo(201));
        return $"/api/v1/accounts/{Uri.EscapeDataString(name)}/authenticator";
    }
}
