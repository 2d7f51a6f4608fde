using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Tests.Tenants;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class AdministratorRegisterTests(StorageProvider provider)
{
    private const long Tenant = TenantsRoom.Tenant;

    private static readonly AdministratorSettings Nora = new() { Username = "Nora", Role = "Operator", FullName = "Nora N.", Email = "nora@example.org", Monitor = true };

    [Test]
    public async Task A_new_one_logs_in_with_the_generated_password_whatever_the_case_of_the_name()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);

        PasswordOutcome created = await room.Register.CreateAsync(Tenant, Nora, default);

        Assert.That(created.Outcome, Is.TypeOf<SaveOutcome.Saved>());
        Administrator nora = ((AdministratorProof.Admitted)await room.LogInAsync("NORA", created.GeneratedPassword!)).Administrator;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.GeneratedPassword, Has.Length.EqualTo(20));
            Assert.That(created.ToString(), Does.Not.Contain(created.GeneratedPassword!));
            Assert.That(nora.Username, Is.EqualTo("Nora"));
            Assert.That(nora.Role, Is.EqualTo(AdministratorRole.Operator));
            Assert.That(nora.FullName, Is.EqualTo("Nora N."));
            Assert.That(nora.Email, Is.EqualTo("nora@example.org"));
            Assert.That(nora.Monitor, Is.True);
            Assert.That(nora.MustChange, Is.True);
            Assert.That(nora.LastLoginAt, Is.Null);
            Assert.That(await room.Login.ByCodeAsync(Tenant, LoginCode.Of("Nora", created.GeneratedPassword!), TenantsRoom.Home, default), Is.TypeOf<AdministratorProof.Admitted>());
            Assert.That(await room.Login.ByCodeAsync(Tenant, LoginCode.Of("nora", created.GeneratedPassword!), TenantsRoom.Home, default), Is.TypeOf<AdministratorProof.Refused>());
            Assert.That(await room.LogInAsync("nora", "another-guess"), Is.TypeOf<AdministratorProof.Refused>());
            Assert.That((await room.Register.CreateAsync(Tenant, Nora with { Username = "nora" }, default)).Outcome, Is.TypeOf<SaveOutcome.Exists>());
        }
    }

    [Test]
    public async Task A_given_password_is_used_and_not_shown_again()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);

        PasswordOutcome created = await room.Register.CreateAsync(Tenant, Nora with { Password = "quite-a-long-one", MustChangePassword = false }, default);

        Assert.That(created.GeneratedPassword, Is.Null);
        Assert.That(((AdministratorProof.Admitted)await room.LogInAsync("nora", "quite-a-long-one")).Administrator.MustChange, Is.False);
    }

    [Test]
    public async Task Only_what_is_given_changes_and_the_version_goes_up()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        await room.Register.CreateAsync(Tenant, Nora, default);

        SaveOutcome outcome = await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings { Email = "", Monitor = false }, 1, default);

        Administrator nora = (await room.Administrators.FindAsync(Tenant, "nora", default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That((nora.Email, nora.Monitor, nora.FullName, nora.Role, nora.MustChange, nora.Version), Is.EqualTo(("", false, "Nora N.", "operator", true, 2L)));
            Assert.That(await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings(), 1, default), Is.TypeOf<SaveOutcome.Stale>());
            Assert.That(await room.Register.UpdateAsync(Tenant, "nobody", new AdministratorSettings(), 0, default), Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(await room.Register.UpdateAsync(42, "nora", new AdministratorSettings(), 0, default), Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(
                await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings { Username = "norah" }, 0, default),
                Is.TypeOf<SaveOutcome.Refused>().With.Property("Message").Contain("username cannot be changed"));
        }
    }

    [Test]
    public async Task The_last_one_in_the_role_administrator_is_neither_deleted_nor_demoted()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        await room.Register.CreateAsync(Tenant, Nora, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await room.Register.DeleteAsync(Tenant, "admin", 0, default), Is.TypeOf<SaveOutcome.Refused>().With.Property("Message").Contain("nobody else"));
            Assert.That(await room.Register.UpdateAsync(Tenant, "admin", new AdministratorSettings { Role = "operator" }, 0, default), Is.TypeOf<SaveOutcome.Refused>());
            Assert.That(await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings { Role = "administrator" }, 0, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await room.Register.DeleteAsync(Tenant, "admin", 0, default), Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(await room.Administrators.FindAsync(Tenant, "admin", default), Is.Null);
            Assert.That(await room.Register.DeleteAsync(Tenant, "nora", 0, default), Is.TypeOf<SaveOutcome.Refused>());
        }
    }

    [Test]
    public async Task Of_two_that_are_deleted_at_once_one_stays()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        await room.Register.CreateAsync(Tenant, Nora with { Role = "administrator" }, default);

        SaveOutcome[] outcomes = await Task.WhenAll(
            room.Register.DeleteAsync(Tenant, "admin", 0, default), room.Register.DeleteAsync(Tenant, "nora", 0, default));

        Assert.That(outcomes.Select(outcome => outcome.GetType()), Is.EquivalentTo([typeof(SaveOutcome.Saved), typeof(SaveOutcome.Refused)]));
    }

    [Test]
    public async Task Another_password_another_role_and_the_end_of_an_administrator_end_the_tokens()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        await room.Register.CreateAsync(Tenant, Nora with { Password = "quite-a-long-one" }, default);

        string token = await IssueAsync(room);
        PasswordOutcome set = await room.Register.SetPasswordAsync(Tenant, "NORA", null, mustChange: false, default);
        Assert.That(await room.Tokens.FindAsync(Tenant, token, default), Is.Null);
        Assert.That(((AdministratorProof.Admitted)await room.LogInAsync("nora", set.GeneratedPassword!)).Administrator.MustChange, Is.False);
        Assert.That(await room.LogInAsync("nora", "quite-a-long-one"), Is.TypeOf<AdministratorProof.Refused>());

        token = await IssueAsync(room);
        await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings { FullName = "Nora" }, 0, default);
        Assert.That(await room.Tokens.FindAsync(Tenant, token, default), Is.Not.Null);
        await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings { Role = "read-only" }, 0, default);
        Assert.That(await room.Tokens.FindAsync(Tenant, token, default), Is.Null);

        token = await IssueAsync(room);
        await room.Register.DeleteAsync(Tenant, "nora", 0, default);
        Assert.That(await room.Tokens.FindAsync(Tenant, token, default), Is.Null);
    }

    [Test]
    public async Task A_token_is_good_for_20_minutes()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        Administrator admin = (await room.Administrators.FindAsync(Tenant, "admin", default))!;
        string token = await room.Tokens.IssueAsync(admin, default);

        room.Clock.Advance(TimeSpan.FromMinutes(20) - TimeSpan.FromMilliseconds(1));
        Assert.That(await room.Tokens.FindAsync(Tenant, token, default), Is.Not.Null);
        room.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await room.Tokens.FindAsync(Tenant, token, default), Is.Null);
        Assert.That((await room.Administrators.FindAsync(Tenant, "admin", default))!.LastLoginAt, Is.EqualTo(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task Lists_by_name_from_a_name_on_and_from_a_row_on()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        foreach (string name in (string[])["Carl", "bea", "Dora"])
        {
            await room.Register.CreateAsync(Tenant, Nora with { Username = name }, default);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(await room.Administrators.ListAsync(Tenant, null, 2, default)), Is.EqualTo(["admin", "bea"]));
            Assert.That(Names(await room.Administrators.ListAsync(Tenant, "bea", 2, default)), Is.EqualTo(["Carl", "Dora"]));
            Assert.That(Names(await room.Administrators.ListAsync(Tenant, 1, 2, default)), Is.EqualTo(["bea", "Carl"]));
            Assert.That(Names(await room.Administrators.ListAsync(42, null, 9, default)), Is.Empty);
        }
    }

    [Test]
    public async Task The_audit_log_says_what_was_done_and_no_password()
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);
        TenantsRoom.Enter();

        await room.Register.CreateAsync(Tenant, Nora with { Password = "quite-a-long-one" }, default);
        await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings { FullName = "N.", Role = "operator" }, 0, default);
        await room.Register.UpdateAsync(Tenant, "nora", new AdministratorSettings { FullName = "N." }, 0, default);
        await room.Register.SetPasswordAsync(Tenant, "nora", "yet-another-one", mustChange: false, default);
        await room.Register.DeleteAsync(Tenant, "nora", 0, default);

        Assert.That(
            await room.ReadAuditAsync(),
            Is.EqualTo(
            [
                """create administrator Nora {"role":{"to":"operator"},"fullName":{"to":"Nora N."},"email":{"to":"nora@example.org"},"monitor":{"from":false,"to":true},"mustChangePassword":{"from":false,"to":true},"username":{"to":"Nora"},"password":"changed"}""",
                """update administrator Nora {"fullName":{"from":"Nora N.","to":"N."}}""",
                """update administrator Nora {"password":"changed","mustChangePassword":{"from":true,"to":false}}""",
                "delete administrator Nora {}",
            ]));
    }

    [TestCase("", "operator", "", "username is missing or empty")]
    [TestCase("a|b", "operator", "", "username has a '|'")]
    [TestCase("Key:x", "operator", "", "username begins with 'key:'")]
    [TestCase("a\0b", "operator", "", "username has a control character")]
    [TestCase("a<half>b", "operator", "", "username is not valid text")]
    [TestCase("nora", null, "", "role is missing")]
    [TestCase("nora", "root", "", "role is 'root'; it must be administrator, operator or read-only")]
    [TestCase("nora", "a\0", "", "role is not one of them")]
    [TestCase("nora", "operator", "nora", "email is 'nora'; it must be one address")]
    [TestCase("nora", "operator", "a@b.c, d@e.f", "email is 'a@b.c, d@e.f'")]
    [TestCase("nora", "operator", "a\r\nBcc: x@y.z", "email has a control character")]
    public async Task What_is_wrong_is_named_and_nothing_is_made(string username, string? role, string email, string message)
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);

        // A test case's own text cannot hold half of a pair.
        username = username.Replace("<half>", "\ud800", StringComparison.Ordinal);
        PasswordOutcome outcome = await room.Register.CreateAsync(Tenant, new AdministratorSettings { Username = username, Role = role, Email = email }, default);

        Assert.That(outcome.Outcome, Is.TypeOf<SaveOutcome.Refused>().With.Property("Message").StartsWith(message));
        Assert.That(await room.Administrators.ListAsync(Tenant, null, 9, default), Has.Count.EqualTo(1));
    }

    [TestCase("short-one", "password has 9 characters")]
    [TestCase("my-own-username", "password has the administrator's name in it")]
    [TestCase("aaaaaaaaaaaa", "password repeats too few characters")]
    [TestCase("with\ttab-and-more", "password has a control character")]
    public async Task A_password_must_be_a_decent_one(string password, string message)
    {
        await using TenantsRoom room = await TenantsRoom.CreateAsync(provider);

        PasswordOutcome outcome = await room.Register.CreateAsync(
            Tenant, new AdministratorSettings { Username = "username", Role = "operator", Password = password }, default);

        SaveOutcome.Refused refused = (SaveOutcome.Refused)outcome.Outcome;
        Assert.That(refused.Message, Does.StartWith(message).And.Not.Contain(password));
    }

    private static async Task<string> IssueAsync(TenantsRoom room) =>
        await room.Tokens.IssueAsync((await room.Administrators.FindAsync(Tenant, "nora", default))!, default);

    private static IEnumerable<string> Names(IEnumerable<Administrator> administrators) => administrators.Select(administrator => administrator.Username);
}
