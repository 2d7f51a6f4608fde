using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>What is refused of a user or voucher: the message names the field, the fault and what would be right, and no password.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AccountValidatorTests
{
    private static IEnumerable<TestCaseData> Faulty()
    {
        yield return Case("No_name", new AccountSettings { Password = "x" }, "username is missing or empty; it must be 1 to 253 octets of UTF-8 without control characters and without spaces at its ends.");
        yield return Case("An_empty_name", User(name: ""), "username is missing or empty; it must be 1 to 253 octets of UTF-8 without control characters and without spaces at its ends.");
        yield return Case("A_name_with_NUL", User(name: "a\0b"), "username has a control character; it must be 1 to 253 octets of UTF-8 without control characters and without spaces at its ends.");
        yield return Case("A_name_with_a_line_end", User(name: "a\nb"), "username has a control character; it must be 1 to 253 octets of UTF-8 without control characters and without spaces at its ends.");
        yield return Case("A_name_with_a_space_at_its_end", User(name: "alice "), "username has a space at an end; it must be 1 to 253 octets of UTF-8 without control characters and without spaces at its ends.");
        yield return Case("Half_a_character", User(name: "a\uD83Db"), "username is not valid text; it must be 1 to 253 octets of UTF-8 without control characters and without spaces at its ends.");
        yield return Case("A_name_of_254_octets", User(name: new string('é', 127)), "username has more than 253 octets; it must be 1 to 253 octets of UTF-8 without control characters and without spaces at its ends.");
        yield return Case("No_password", new AccountSettings { Username = "alice" }, "password is missing; it must be 1 to 128 octets of UTF-8 without control characters.");
        yield return Case("An_empty_password", User(password: ""), "password is empty; it must be 1 to 128 octets of UTF-8 without control characters.");
        yield return Case("A_password_with_NUL", User(password: "a\0"), "password has a control character; it must be 1 to 128 octets of UTF-8 without control characters.");
        yield return Case("A_password_of_129_octets", User(password: new string('x', 129)), "password has more than 128 octets; it must be 1 to 128 octets of UTF-8 without control characters.");
        yield return Case("A_profile_that_is_not_there", User(profile: "gold"), "profile is 'gold', which is no profile of this tenant; it must be the name of one.");
        yield return Case("An_impossible_profile", User(profile: "a\0"), "profile is 'a\0', which is no profile of this tenant; it must be the name of one.");
        yield return Case("A_status_that_is_none", User(status: "off"), "status is 'off'; it must be active or suspended.");
        yield return Case("A_zone_that_is_none", User(allowNas: "lobby,pool"), "allowNas names 'pool', which is neither a zone nor a NAS identity; it must be 'none' or a comma-separated list of those.");
        yield return Case("An_expiry_that_is_no_date", User(expiry: "31/12/2030"), "expiry is '31/12/2030'; it must be a day such as 2030-12-31, a moment such as 2030-12-31 18:00:00 or 2030-12-31T18:00:00Z, or empty for never.");
        yield return Case("A_device_that_is_none", User(mac: "aa:bb:cc:dd:ee:ff,xx"), "macs has 'xx', which is no MAC address; it must be one such as aa:bb:cc:dd:ee:ff, several with commas between.");
        yield return Case("Too_many_devices", User(mac: string.Join(',', Enumerable.Range(0, 65).Select(i => $"0000000000{i:x2}"))), "macs has 65 addresses; 64 is the most.");
        yield return Case("An_address_that_is_none", User(email: "alice"), "email is 'alice'; it must be an address such as guest@example.org.");
        yield return Case("A_number_that_is_none", User(phone: "call me"), "phone is 'call me'; it must be a number such as +60123456789, at most 32 characters.");
        yield return Case("A_full_name_that_is_too_long", User(fullName: new string('x', 1001)), "fullName has 1001 characters; 1000 is the most.");
        yield return Case("A_remark_with_NUL", User(remark: "a\0"), "remark has a control character or half a character; it must be plain text.");
    }

    [TestCaseSource(nameof(Faulty))]
    public async Task Refuses(AccountSettings given, string message)
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);

        SaveOutcome outcome = await room.Store.CreateUserAsync(AccountsRoom.Tenant, given, default);

        Assert.That((outcome as SaveOutcome.Refused)?.Message, Is.EqualTo(message));
        Assert.That(await room.Store.CountAsync(AccountsRoom.Tenant, AccountKind.User, default), Is.Zero);
    }

    [Test]
    public async Task Says_all_that_is_wrong_at_once()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);

        SaveOutcome outcome = await room.Store.CreateUserAsync(
            AccountsRoom.Tenant, new AccountSettings { Status = "off", Expiry = "never" }, default);

        Assert.That(
            (outcome as SaveOutcome.Refused)?.Faults.Select(fault => fault.Field),
            Is.EquivalentTo(new[] { "username", "password", "status", "expiry" }));
    }

    [TestCase("none")]
    [TestCase("")]
    [TestCase("LOBBY")]
    public async Task Accepts_zones_that_are_there_and_none(string allowNas)
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);

        SaveOutcome outcome = await room.Store.CreateUserAsync(AccountsRoom.Tenant, User(allowNas: allowNas), default);

        Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
    }

    [TestCase("active", true)]
    [TestCase("Suspended", false)]
    [TestCase("suspend", false)]
    public async Task Understands_a_status(string status, bool active)
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);
        _ = await room.Store.CreateUserAsync(AccountsRoom.Tenant, User(status: status), default);

        Account? account = await room.Store.FindAsync(AccountsRoom.Tenant, "alice", default);

        Assert.That(account?.Active, Is.EqualTo(active));
    }

    [Test]
    public async Task The_longest_name_and_password_log_in()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);
        string name = new string('É', 126) + "X";

        _ = await room.CreateUserAsync(name, new string('p', 128));

        AccountEntry? entry = await room.LoadAsync(name.ToLowerInvariant());
        Assert.That(entry?.PasswordUtf8.Length, Is.EqualTo(128));
    }

    [Test]
    public async Task A_name_stays_but_for_its_case()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(StorageProvider.Sqlite);
        _ = await room.CreateUserAsync("alice");

        SaveOutcome other = await room.Store.UpdateAsync(
            AccountsRoom.Tenant, "alice", AccountKind.User, new AccountSettings { Username = "bob" }, default);
        SaveOutcome same = await room.Store.UpdateAsync(
            AccountsRoom.Tenant, "alice", AccountKind.User, new AccountSettings { Username = "Alice" }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((other as SaveOutcome.Refused)?.Message, Is.EqualTo("username cannot be changed; it must be 'alice', or not given."));
            Assert.That(same, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That((await room.Store.FindAsync(AccountsRoom.Tenant, "alice", default))?.Name, Is.EqualTo("Alice"));
        }
    }

    private static TestCaseData Case(string name, AccountSettings given, string message) => new TestCaseData(given, message).SetName(name);

    private static AccountSettings User(
        string name = "alice",
        string password = "wonderland",
        string? profile = null,
        string? status = null,
        string? allowNas = null,
        string? expiry = null,
        string? mac = null,
        string? email = null,
        string? phone = null,
        string? fullName = null,
        string? remark = null) => new()
        {
            Username = name,
            Password = password,
            Profile = profile,
            Status = status,
            AllowNas = allowNas,
            Expiry = expiry,
            Mac = mac,
            Email = email,
            Phone = phone,
            FullName = fullName,
            Remark = remark,
        };
}
