using System.Globalization;
using System.Text;
using Dapper;
using Kiwire.Server.Accounts;
using Kiwire.Server.Accounts.Bulk;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>Files taken in, on both databases: all or none, the good rows alone, what is done with what exists.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class AccountImportTests(StorageProvider provider)
{
    private const long Tenant = AccountsRoom.Tenant;

    private const string Mixed =
        """
        username,password,profile,status,macs
        ann,p-1,,active,02:00:00:00:00:01
        ben,p-2,platinum,active,
        cid,,,,
        dan,p-4,wx_temp,maybe,not-a-mac
        ANN,p-5,,,
        eve,p-6,,suspended,"02:00:00:00:00:02,02:00:00:00:00:03"
        """;

    [Test]
    public async Task All_or_none_says_every_fault_and_makes_nothing()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        ImportBody report = await ImportAsync(room, Mixed, ImportMode.All, OnExisting.Fail);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Created, report.Updated, report.Skipped, report.Failed), Is.EqualTo((0, 0, 0, 3)));
            Assert.That(report.FaultCount, Is.EqualTo(4));
            Assert.That(report.Faults.Select(fault => (fault.Line, fault.Field)), Is.EqualTo(new[] { (3L, "profile"), (5L, "status"), (5L, "macs"), (6L, "username") }));
            Assert.That(report.Faults[3].Message, Is.EqualTo("username is 'ANN', as in line 2; each may be there once."));
            Assert.That(await room.Store.CountAsync(Tenant, AccountKind.User, default), Is.Zero);
        }
    }

    [Test]
    public async Task A_fault_that_only_the_database_knows_of_stops_all_too()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("Ben");
        _ = await room.Store.CreateVoucherAsync(Tenant, "CID", new VoucherOrder(), default);

        ImportBody report = await ImportAsync(room, "username,password\nann,p-1\nben,p-2\ncid,p-3\ndan,\n", ImportMode.All, OnExisting.Fail);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Created, report.Failed), Is.EqualTo((0, 3)));
            Assert.That(report.Faults.Select(fault => fault.Message), Is.EqualTo(new[]
            {
                "username is 'ben', which exists; it must be a new name, or onExisting be skip or update.",
                "username is 'cid', which is a voucher; it must be another name.",
                "password is missing; a new user must have one.",
            }));
            Assert.That(await room.Store.FindAsync(Tenant, "ann", default), Is.Null);
        }
    }

    [Test]
    public async Task The_good_rows_alone_go_in_and_log_in_at_once()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        Assert.That(await room.LoadAsync("eve"), Is.Null);

        ImportBody report = await ImportAsync(room, Mixed, ImportMode.Valid, OnExisting.Fail);

        AccountEntry? ann = await room.LoadAsync("ann");
        Account? eve = await room.Store.FindAsync(Tenant, "eve", default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Created, report.Failed), Is.EqualTo((2, 4)));
            Assert.That(report.Faults.Select(fault => fault.Line), Is.EqualTo(new[] { 3, 4, 5, 5, 6 }));
            Assert.That(Encoding.UTF8.GetString(ann!.PasswordUtf8), Is.EqualTo("p-1"));
            Assert.That(eve?.Active, Is.False);
            Assert.That(eve?.Macs, Has.Count.EqualTo(2));
            Assert.That(eve?.ProfileName, Is.EqualTo("wx_temp"));
            Assert.That(await room.LoadAsync("eve"), Is.Not.Null, "it was known to be missing before");
        }
    }

    [TestCase(ImportMode.All)]
    [TestCase(ImportMode.Valid)]
    public async Task What_exists_is_skipped_or_changed_as_is_asked(ImportMode mode)
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.CreateUserAsync("ann", "old", mac: "02:00:00:00:00:09");
        Account before = (await room.Store.FindAsync(Tenant, "ann", default))!;
        const string File = "username,password,remark,macs,status\nANN,,fresh,,suspended\nben,p-2,new,,\n";

        ImportBody skipped = await ImportAsync(room, File, mode, OnExisting.Skip);
        Account? untouched = await room.Store.FindAsync(Tenant, "ann", default);
        ImportBody updated = await ImportAsync(room, File, mode, OnExisting.Update);
        Account? changed = await room.Store.FindAsync(Tenant, "ann", default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((skipped.Created, skipped.Updated, skipped.Skipped, skipped.Failed), Is.EqualTo((1, 0, 1, 0)));
            Assert.That(untouched?.Remark, Is.Empty);
            Assert.That((updated.Created, updated.Updated, updated.Skipped, updated.Failed), Is.EqualTo((0, 2, 0, 0)));
            Assert.That(changed?.AccountId, Is.EqualTo(before.AccountId));
            Assert.That(changed?.Name, Is.EqualTo("ANN"));
            Assert.That(changed?.Remark, Is.EqualTo("fresh"));
            Assert.That(changed?.Active, Is.False);
            Assert.That(changed?.Macs, Is.Empty, "an empty cell clears");
            Assert.That(changed?.Version, Is.EqualTo(before.Version + 1));
            Assert.That(Encoding.UTF8.GetString((await room.LoadAsync("ann"))!.PasswordUtf8), Is.EqualTo("old"), "an empty password is not given");
        }
    }

    [Test]
    public async Task Vouchers_are_taken_in_under_their_own_names()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        ImportTally tally = await ImporterOf(room).RunAsync(
            Tenant, BulkFields.Vouchers, ImportMode.All, OnExisting.Fail,
            JsonLineRows.ReadAsync(Octets("{\"code\":\"GIFT-1\",\"expiresAt\":\"2031-01-01T00:00:00Z\"}\n{\"code\":\"GIFT-2\",\"remark\":\"x\"}\n"), BulkFields.Vouchers, default), default);

        Account? first = await room.Store.FindAsync(Tenant, "gift-1", default);
        Account? second = await room.Store.FindAsync(Tenant, "gift-2", default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.ToBody().Created, Is.EqualTo(2));
            Assert.That(first?.Kind, Is.EqualTo(AccountKind.Voucher));
            Assert.That(first?.ExpiresAt, Is.EqualTo(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()));
            Assert.That(second?.ExpiresAt, Is.Null);
            Assert.That((await room.LoadAsync("gift-2"))!.IsVoucher, Is.True);
        }
    }

    [Test]
    public async Task Only_the_first_thousand_faults_are_told_and_all_are_counted()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        string file = "username,password\n" + string.Join('\n', Enumerable.Range(0, 1500).Select(i => i % 2 == 0 ? $"bad{i}\u0001,p" : $"good{i},p"));

        ImportBody report = await ImportAsync(room, file, ImportMode.Valid, OnExisting.Fail);
        ImportBody again = await ImportAsync(room, file, ImportMode.Valid, OnExisting.Fail);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((report.Created, report.Failed, report.FaultCount), Is.EqualTo((750, 750, 750)));
            Assert.That((again.Created, again.Failed, again.FaultCount), Is.EqualTo((0, 1500, 1500)));
            Assert.That(again.Faults, Has.Count.EqualTo(1000));
        }
    }

    [Test]
    public async Task More_rows_than_one_transaction_takes_are_refused_before_anything_is_written()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        ImportTally tally = await ImporterOf(room).RunAsync(Tenant, BulkFields.Users, ImportMode.All, OnExisting.Fail, ManyAsync(AccountImport.MostRowsTogether + 1), default);

        Assert.That(tally.Stopped, Is.EqualTo("Line 100002 begins row 100001, and 100000 is the most that is taken in mode=all."));
        Assert.That(await room.Store.CountAsync(Tenant, AccountKind.User, default), Is.Zero);
    }

    [Test]
    public async Task What_was_exported_comes_back_as_it_was()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        string[] texts = ["=1+1", "'", "''", "\"quoted\", and\r\nmore", "ümläut 😀", "-5", "@x", "", " spaced ", "'tis"];
        for (int i = 0; i < texts.Length; i++)
        {
            SaveOutcome made = await room.Store.CreateUserAsync(
                Tenant,
                new AccountSettings
                {
                    Username = $"u{i}", Password = "p", Remark = texts[i], FullName = texts[^(i + 1)], Phone = i % 2 == 0 ? "+60 1" : "", Expiry = i % 3 == 0 ? "" : "2031-02-03 04:05:06",
                    Status = i % 2 == 0 ? "active" : "suspended", Mac = i == 0 ? "" : $"02:00:00:00:00:0{i},02:00:00:00:01:0{i}", AllowNas = i == 3 ? "Lobby" : "none",
                },
                default);
            Assert.That(made, Is.TypeOf<SaveOutcome.Saved>());
        }

        AccountExport export = new(room.Lists, room.Windows, Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Http.Json.JsonOptions()), TimeProvider.System);
        AccountListQuery query = new() { Kind = AccountKind.User };
        using MemoryStream file = new();
        await export.WriteAsync(file, Tenant, query, BulkFields.Users, asCsv: true, (await export.BeginAsync(Tenant, query, default))!, default);
        IReadOnlyList<Account> before = await room.Store.ListAsync(Tenant, AccountKind.User, 0, 100, default);

        // Over something else, and anew with passwords put in.
        string text = Encoding.UTF8.GetString(file.ToArray());
        ImportBody unchanged = await ImportAsync(room, text, ImportMode.All, OnExisting.Update);
        IReadOnlyList<Account> after = await room.Store.ListAsync(Tenant, AccountKind.User, 0, 100, default);
        string otherTenant = text.Replace("Lobby", "none", StringComparison.Ordinal);
        ImportBody elsewhere = await ImportAsync(room, otherTenant, ImportMode.Valid, OnExisting.Fail, AccountsRoom.OtherTenant);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.StartWith("username,fullName,email,phone,profile,remark,status,allowNas,expiresAt,macs,integration,statistics,firstLoginAt,"));
            Assert.That((unchanged.Updated, unchanged.Failed), Is.EqualTo((texts.Length, 0)), string.Join("; ", unchanged.Faults.Select(fault => fault.Message)));
            Assert.That(after.Select(Shown), Is.EqualTo(before.Select(Shown)));
            Assert.That(elsewhere.Faults.Select(fault => fault.Message), Has.All.EqualTo("password is missing; a new user must have one."));
        }
    }

    [Test]
    public async Task What_was_taken_in_is_said_where_the_database_fails_before_the_next_rows_are_written()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        ImportTally tally = await ImporterOf(room).RunAsync(Tenant, BulkFields.Users, ImportMode.Valid, OnExisting.Fail, ManyThenOneThatMustBeLookedUpAsync(room), default);

        Assert.That((tally.Created, tally.Stopped), Is.EqualTo((4000, "The database cannot be used any more; nothing from line 4002 on was taken in.")));
    }

    private static async IAsyncEnumerable<BulkRow> ManyThenOneThatMustBeLookedUpAsync(AccountsRoom room)
    {
        await foreach (BulkRow row in ManyAsync(4000))
        {
            yield return row;
        }

        await using (System.Data.Common.DbConnection connection = await room.Storage.Database.OpenAsync(default))
        {
            await connection.ExecuteAsync("ALTER TABLE profiles RENAME TO profiles_away");
        }

        BulkRow last = new(BulkFields.Users, 4002);
        (last[0], last[1], last[BulkFields.Users["profile"]]) = ("last", "p", "not in memory");
        yield return last;
    }

    private static string Shown(Account account) => string.Join(
        '|',
        account.Name, account.FullName, account.Email, account.Phone, account.ProfileName, account.Remark, account.Active, account.AllowNas, account.ExpiresAt,
        string.Join(',', account.Macs.Select(mac => mac.ToString()).Order()), account.Integration, account.Statistics);

    private static async Task<ImportBody> ImportAsync(AccountsRoom room, string csv, ImportMode mode, OnExisting onExisting, long tenant = Tenant) =>
        (await ImporterOf(room).RunAsync(tenant, BulkFields.Users, mode, onExisting, CsvRows.ReadAsync(Octets(csv), BulkFields.Users, default), default)).ToBody();

    private static AccountImport ImporterOf(AccountsRoom room) => new(room.Store, new AccountValidator(room.Zones, room.Profiles, room.Tenants), room.Storage.Commits);

    private static MemoryStream Octets(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async IAsyncEnumerable<BulkRow> ManyAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            BulkRow row = new(BulkFields.Users, i + 2);
            row[0] = "many" + i.ToString(CultureInfo.InvariantCulture);
            row[1] = "p";
            yield return row;
        }

        await Task.CompletedTask;
    }
}
