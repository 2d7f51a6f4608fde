using System.Text;
using Dapper;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>accounts.md, "Account": users and vouchers, on both databases; a change holds for logins when its call completes.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class AccountStoreTests(StorageProvider provider)
{
    private const long Tenant = AccountsRoom.Tenant;

    [Test]
    public async Task A_user_that_is_made_logs_in_at_once_though_its_name_was_known_to_be_missing()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        AccountEntry? before = await room.LoadAsync("alice");
        AccountLookup known = room.Find("alice", out _);

        long id = await room.CreateUserAsync("Alice", "wonderland");

        AccountLookup after = room.Find("alice", out _);
        AccountEntry? entry = await room.LoadAsync("ALICE");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Null);
            Assert.That(known, Is.EqualTo(AccountLookup.Missing));
            Assert.That(after, Is.EqualTo(AccountLookup.Unknown));
            Assert.That(entry?.AccountId, Is.EqualTo(id));
            Assert.That(entry?.ToString(), Is.EqualTo("Alice"));
            Assert.That(Encoding.UTF8.GetString(entry!.PasswordUtf8), Is.EqualTo("wonderland"));
            Assert.That(entry.Active, Is.True);
            Assert.That(entry.Profile?.Name, Is.EqualTo("wx_temp"));
            Assert.That(entry.AllowNas, Is.Null);
            Assert.That(entry.Macs, Is.Null);
            Assert.That(entry.ExpiresAt, Is.Zero);
            Assert.That(entry.FirstLoginAt, Is.Zero);
        }
    }

    [Test]
    public async Task All_fields_of_a_user_are_kept()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "gold" }, default);
        AccountSettings given = new()
        {
            Username = "josé@example.org",
            Password = "pässword",
            FullName = "José",
            Email = "jose@example.org",
            Phone = "+60123456789",
            Profile = "GOLD",
            Remark = "two\nlines",
            Status = "suspended",
            AllowNas = " lobby , LOBBY",
            Expiry = "2030-12-31",
            Mac = "AA-BB-CC-DD-EE-FF, 0011.2233.4455",
            Integration = "pms",
            Statistics = "y",
        };

        SaveOutcome outcome = await room.Store.CreateUserAsync(Tenant, given, default);

        Account? account = await room.Store.FindAsync(Tenant, "JOSE\u0301@EXAMPLE.ORG", default);
        AccountEntry? entry = await room.LoadAsync("josé@example.org");
        Assert.That(outcome, Is.EqualTo(new SaveOutcome.Saved(account!.AccountId)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(account.Name, Is.EqualTo("josé@example.org"));
            Assert.That(account.Kind, Is.EqualTo(AccountKind.User));
            Assert.That(account.FullName, Is.EqualTo("José"));
            Assert.That(account.Email, Is.EqualTo("jose@example.org"));
            Assert.That(account.Phone, Is.EqualTo("+60123456789"));
            Assert.That(account.ProfileName, Is.EqualTo("gold"));
            Assert.That(account.Remark, Is.EqualTo("two\nlines"));
            Assert.That(account.Active, Is.False);
            Assert.That(account.AllowNas, Is.EqualTo("lobby,LOBBY"));
            Assert.That(AccountExpiry.Format(account.ExpiresAt, room.Tenants.Tenants[0].TimeZone), Is.EqualTo("2030-12-31 23:59:59"));
            Assert.That(account.Macs.Select(mac => mac.ToString()), Is.EquivalentTo(new[] { "aa:bb:cc:dd:ee:ff", "00:11:22:33:44:55" }));
            Assert.That(account.Integration, Is.EqualTo("pms"));
            Assert.That(account.Statistics, Is.EqualTo("y"));
            Assert.That(entry!.AllowNas, Is.EqualTo(new[] { "lobby" }));
            Assert.That(entry.Macs, Has.Length.EqualTo(2));
            Assert.That(Encoding.UTF8.GetString(entry.PasswordUtf8), Is.EqualTo("pässword"));
        }
    }

    [Test]
    public async Task A_password_is_not_in_the_database_in_clear()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("alice", "wonderland");

        await using System.Data.Common.DbConnection connection = await room.Storage.Database.OpenAsync(default);
        byte[] stored = await connection.ExecuteScalarAsync<byte[]>("SELECT password FROM accounts") ?? [];

        Assert.That(stored, Is.Not.Empty);
        Assert.That(stored.AsSpan().IndexOf("wonderland"u8), Is.Negative);
    }

    [Test]
    public async Task A_second_user_of_a_name_is_refused_whatever_its_case_but_not_in_another_tenant()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("alice");

        SaveOutcome same = await room.Store.CreateUserAsync(Tenant, new AccountSettings { Username = "ALICE", Password = "x" }, default);
        SaveOutcome other = await room.Store.CreateUserAsync(AccountsRoom.OtherTenant, new AccountSettings { Username = "ALICE", Password = "x" }, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same, Is.TypeOf<SaveOutcome.Exists>());
            Assert.That(other, Is.TypeOf<SaveOutcome.Saved>());
        }
    }

    [Test]
    public async Task An_update_changes_what_is_given_and_nothing_else_at_once()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("alice", "wonderland", mac: "aa:bb:cc:dd:ee:ff");
        _ = await room.LoadAsync("alice");

        SaveOutcome outcome = await room.Store.UpdateAsync(
            Tenant, "ALICE", AccountKind.User, new AccountSettings { Password = "rabbit", Remark = "changed" }, default);

        AccountLookup lookup = room.Find("alice", out _);
        AccountEntry? entry = await room.LoadAsync("alice");
        Account? account = await room.Store.FindAsync(Tenant, "alice", default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(lookup, Is.EqualTo(AccountLookup.Unknown), "what was in memory is gone");
            Assert.That(Encoding.UTF8.GetString(entry!.PasswordUtf8), Is.EqualTo("rabbit"));
            Assert.That(account?.Remark, Is.EqualTo("changed"));
            Assert.That(account?.Name, Is.EqualTo("alice"));
            Assert.That(account?.ProfileName, Is.EqualTo("wx_temp"));
            Assert.That(account?.Macs, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task An_update_can_take_expiry_and_devices_away()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("alice", mac: "aa:bb:cc:dd:ee:ff");
        _ = await room.Store.UpdateAsync(Tenant, "alice", AccountKind.User, new AccountSettings { Expiry = "2030-01-01" }, default);

        _ = await room.Store.UpdateAsync(Tenant, "alice", AccountKind.User, new AccountSettings { Expiry = "", Mac = "" }, default);

        Account? account = await room.Store.FindAsync(Tenant, "alice", default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(account?.ExpiresAt, Is.Null);
            Assert.That(account?.Macs, Is.Empty);
        }
    }

    [Test]
    public async Task What_is_not_there_cannot_be_updated_or_deleted()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("alice");

        SaveOutcome nobody = await room.Store.UpdateAsync(Tenant, "nobody", AccountKind.User, new AccountSettings(), default);
        SaveOutcome asVoucher = await room.Store.UpdateAsync(Tenant, "alice", AccountKind.Voucher, new AccountSettings(), default);
        SaveOutcome impossible = await room.Store.UpdateAsync(Tenant, "a\0b", AccountKind.User, new AccountSettings(), default);
        SaveOutcome deleted = await room.Store.DeleteAsync(Tenant, "alice", AccountKind.Voucher, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(nobody, Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(asVoucher, Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(impossible, Is.TypeOf<SaveOutcome.Missing>());
            Assert.That(deleted, Is.TypeOf<SaveOutcome.Missing>());
        }
    }

    [Test]
    public async Task A_deleted_user_is_gone_at_once_and_its_devices_with_it()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long id = await room.CreateUserAsync("alice", mac: "aa:bb:cc:dd:ee:ff");
        _ = await room.LoadAsync("alice");

        SaveOutcome deleted = await room.Store.DeleteAsync(Tenant, "Alice", AccountKind.User, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(deleted, Is.EqualTo(new SaveOutcome.Saved(id)));
            Assert.That(await room.LoadAsync("alice"), Is.Null);
            Assert.That(await room.Directory.LoadByIdAsync(Tenant, id, default), Is.Null);
            Assert.That(await room.Directory.LoadByMacAsync(Tenant, Mac("aa:bb:cc:dd:ee:ff"), default), Is.Null);
        }
    }

    [Test]
    public async Task Suspending_holds_at_once_and_is_said_once()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long id = await room.CreateUserAsync("alice");
        _ = await room.LoadAsync("alice");

        bool first = await room.Store.SetActiveAsync(Tenant, id, active: false, default);
        bool second = await room.Store.SetActiveAsync(Tenant, id, active: false, default);

        AccountEntry? entry = await room.LoadAsync("alice");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.True);
            Assert.That(second, Is.False);
            Assert.That(entry?.Active, Is.False);
        }
    }

    [Test]
    public async Task The_first_login_is_recorded_once_and_is_in_memory_without_another_read()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long id = await room.CreateUserAsync("alice");
        _ = await room.LoadAsync("alice");

        long first = await room.Store.RecordFirstLoginAsync(Tenant, id, 1000, default);
        long second = await room.Store.RecordFirstLoginAsync(Tenant, id, 2000, default);
        long nobody = await room.Store.RecordFirstLoginAsync(Tenant, 1, 2000, default);

        AccountLookup lookup = room.Find("alice", out AccountEntry? entry);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(1000));
            Assert.That(second, Is.EqualTo(1000));
            Assert.That(nobody, Is.Zero);
            Assert.That(lookup, Is.EqualTo(AccountLookup.Found));
            Assert.That(entry?.FirstLoginAt, Is.EqualTo(1000));
        }
    }

    [Test]
    public async Task Of_two_accounts_with_a_device_the_one_that_registered_it_last_has_it()
    {
        SteppedClock clock = new();
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider, clock);
        MacAddress mac = Mac("aa:bb:cc:dd:ee:ff");
        long bob = await room.CreateUserAsync("bob");
        long alice = await room.CreateUserAsync("alice");
        AccountEntry? nobody = await room.Directory.LoadByMacAsync(Tenant, mac, default);
        bool first = await room.Store.RegisterMacAsync(Tenant, alice, mac, default);
        AccountEntry? ofAlice = await room.Directory.LoadByMacAsync(Tenant, mac, default);
        clock.Advance(TimeSpan.FromSeconds(1));
        bool second = await room.Store.RegisterMacAsync(Tenant, bob, mac, default);
        bool again = await room.Store.RegisterMacAsync(Tenant, bob, mac, default);

        AccountEntry? ofBob = await room.Directory.LoadByMacAsync(Tenant, mac, default);
        Account? stored = await room.Store.FindByMacAsync(Tenant, mac, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(nobody, Is.Null);
            Assert.That(first && second, Is.True);
            Assert.That(again, Is.False);
            Assert.That(ofAlice?.AccountId, Is.EqualTo(alice));
            Assert.That(ofBob?.AccountId, Is.EqualTo(bob));
            Assert.That(ofBob?.Macs, Is.EqualTo(new[] { mac }));
            Assert.That(stored?.AccountId, Is.EqualTo(bob));
            Assert.That(room.Directory.TryFindByMac(Tenant, mac, out _), Is.EqualTo(AccountLookup.Found), "the answer is remembered");
            Assert.That(await room.Directory.LoadByMacAsync(AccountsRoom.OtherTenant, mac, default), Is.Null);
        }
    }

    [Test]
    public async Task Of_two_devices_that_log_in_for_the_first_time_in_one_moment_one_is_registered()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long alice = await room.CreateUserAsync("alice");

        bool[] registered = await Task.WhenAll(
            room.Store.RegisterMacAsync(Tenant, alice, Mac("02:00:00:00:00:01"), default),
            room.Store.RegisterMacAsync(Tenant, alice, Mac("02:00:00:00:00:02"), default));

        Account account = (await room.Store.GetAsync(Tenant, alice, default))!;
        Assert.That((registered.Count(one => one), account.Macs.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_change_that_another_server_makes_meanwhile_is_not_lost()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long alice = await room.CreateUserAsync("alice");

        SaveOutcome outcome = await OvertakeAsync(
            room,
            "UPDATE accounts SET active = 0, remark = 'theirs', version = version + 1 WHERE tenant_id = 1",
            () => room.Store.UpdateAsync(Tenant, "alice", AccountKind.User, new AccountSettings { FullName = "ours" }, default));

        Account account = (await room.Store.GetAsync(Tenant, alice, default))!;
        Assert.That((outcome, account.Active, account.Remark, account.FullName), Is.EqualTo((new SaveOutcome.Saved(alice), false, "theirs", "ours")));
    }

    [Test]
    public async Task A_change_for_a_version_that_another_server_leaves_behind_meanwhile_is_refused()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long alice = await room.CreateUserAsync("alice");
        long version = (await room.Store.GetAsync(Tenant, alice, default))!.Version;

        SaveOutcome outcome = await OvertakeAsync(
            room,
            "UPDATE accounts SET remark = 'theirs', version = version + 1 WHERE tenant_id = 1",
            () => room.Store.UpdateAsync(Tenant, "alice", AccountKind.User, new AccountSettings { Remark = "ours" }, version, default));

        Account account = (await room.Store.GetAsync(Tenant, alice, default))!;
        Assert.That((outcome, account.Remark), Is.EqualTo((new SaveOutcome.Stale(), "theirs")));
    }

    [Test]
    public async Task A_deletion_for_a_version_that_another_server_leaves_behind_meanwhile_is_refused()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        long alice = await room.CreateUserAsync("alice", mac: "02:00:00:00:00:01");
        long version = (await room.Store.GetAsync(Tenant, alice, default))!.Version;

        SaveOutcome outcome = await OvertakeAsync(
            room,
            "UPDATE accounts SET remark = 'theirs', version = version + 1 WHERE tenant_id = 1",
            () => room.Store.DeleteAsync(Tenant, "alice", AccountKind.User, version, default));

        Account? account = await room.Store.GetAsync(Tenant, alice, default);
        Assert.That((outcome, account?.Remark, account?.Macs.Count), Is.EqualTo((new SaveOutcome.Stale(), "theirs", 1)));
    }

    [Test]
    public async Task A_change_of_a_profile_that_another_server_makes_meanwhile_is_not_lost()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "gold", Edx = "ours", DownKbps = 512 }, default);

        SaveOutcome outcome = await OvertakeAsync(
            room,
            "UPDATE profiles SET edx = 'theirs', version = version + 1 WHERE tenant_id = 1",
            () => room.Profiles.UpdateAsync(Tenant, "gold", new ProfileSettings { DownKbps = 1024 }, default));

        Profile profile = (await room.Profiles.FindAsync(Tenant, "gold", default))!;
        Assert.That((outcome, profile.Edx, profile.DownKbps), Is.EqualTo((new SaveOutcome.Saved(profile.ProfileId), "theirs", 1024)));
    }

    [Test]
    public async Task Lists_users_and_vouchers_apart_by_name_in_pages()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        foreach (string name in new[] { "carol", "Alice", "bob" })
        {
            _ = await room.CreateUserAsync(name, mac: name == "bob" ? "aa:bb:cc:dd:ee:ff" : null);
        }

        _ = await room.Store.CreateVoucherAsync(Tenant, "V_DEMO2345", new VoucherOrder(), default);
        IReadOnlyList<Account> page = await room.Store.ListAsync(Tenant, AccountKind.User, 1, 2, default);
        IReadOnlyList<Account> vouchers = await room.Store.ListAsync(Tenant, AccountKind.Voucher, 0, 10, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.Select(account => account.Name), Is.EqualTo(new[] { "bob", "carol" }));
            Assert.That(page[0].Macs, Has.Count.EqualTo(1));
            Assert.That(page[1].Macs, Is.Empty);
            Assert.That(vouchers.Select(account => account.Name), Is.EqualTo(new[] { "V_DEMO2345" }));
            Assert.That(await room.Store.CountAsync(Tenant, AccountKind.User, default), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task A_series_of_users_is_made_once_and_each_has_its_password()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        Assert.That(room.ProfileDirectory.TryGetByName(Tenant, "wx_temp", out Profile? profile), Is.True);

        int first = await room.Store.AddSeriesAsync(Tenant, 5007, profile!.ProfileId, default);
        int second = await room.Store.AddSeriesAsync(Tenant, 5010, profile.ProfileId, default);

        AccountEntry? entry = await room.LoadAsync("user005006");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(5007));
            Assert.That(second, Is.EqualTo(3));
            Assert.That(Encoding.UTF8.GetString(entry!.PasswordUtf8), Is.EqualTo("pass005006"));
            Assert.That(await room.Store.CountAsync(Tenant, AccountKind.User, default), Is.EqualTo(5010));
        }
    }

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out MacAddress mac) ? mac : default;

    /// <summary>Has another server's change be committed between our reading of the row and our writing it.</summary>
    private async Task<SaveOutcome> OvertakeAsync(AccountsRoom room, string theirs, Func<Task<SaveOutcome>> ours)
    {
        if (provider == StorageProvider.Sqlite)
        {
            Assert.Ignore("SQLite has one server.");
        }

        await using WriteScope scope = await room.Storage.OpenSecond().BeginWriteAsync(default);
        _ = await scope.Connection.ExecuteAsync(theirs, transaction: scope.Transaction);
        Task<SaveOutcome> outcome = ours();
        await using System.Data.Common.DbConnection connection = await room.Storage.Database.OpenAsync(default);
        _ = await EndToEnd.RunningServer.UntilAsync(
            () => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
            waiting => waiting > 0,
            TestContext.CurrentContext.CancellationToken);
        await scope.CommitAsync(default);
        return await outcome;
    }
}
