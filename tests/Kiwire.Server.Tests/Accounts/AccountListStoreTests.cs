using System.Data.Common;
using System.Text;
using Dapper;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>Lists of accounts on both databases: the right ones in the right order, by walks along indexes alone.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class AccountListStoreTests(StorageProvider provider)
{
    private const long Tenant = AccountsRoom.Tenant;
    private const long OtherTenant = AccountsRoom.OtherTenant;

    // Case, accents in both forms, beyond the basic plane and around it, characters that patterns would take for their own.
    private static readonly string[] Stems = ["a", "B", "ab", "é", "e\u0301", "z%", "z_", "漢", "\uFF5E", "😀", "\uD7FF", "\uE000", "Ä"];

    private static readonly string[] Phones = ["", "111", "222", "+60 333"];
    private static readonly string[] Emails = ["", "one@example.org", "TWO@example.org"];
    private static readonly string[] Remarks = ["", "batch 1", "batch 2", new string('r', 63), new string('r', 64)];
    private static readonly MacAddress[] Macs = [Mac("02:00:00:00:00:01"), Mac("02:00:00:00:00:02"), Mac("02:00:00:00:00:03")];

    [Test]
    public async Task Every_list_that_may_be_asked_for_has_the_right_accounts_in_the_right_order_page_by_page()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        (List<AccountRow> rows, long gold) = await FillAsync(room, 700);

        foreach (AccountListQuery query in Queries(gold))
        {
            List<long> read = [];
            AccountListPlace? after = null;
            IReadOnlyList<AccountRecord> page;
            do
            {
                page = (await room.Lists.ReadAsync(Tenant, query, after, 41, default))!;
                read.AddRange(page.Select(record => record.AccountId));
                after = page.Count > 0 ? AccountListPlace.Of(page[^1]) : after;
            }
            while (page.Count > 0);

            Assert.That(read, Is.EqualTo(Expected(rows, query)), query.ToString());
        }
    }

    [Test]
    public async Task Every_walk_is_along_an_index_and_drops_no_row()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        (_, long gold) = await FillAsync(room, 12_000);
        await using DbConnection connection = await room.Storage.Database.OpenAsync(default);
        _ = await connection.ExecuteAsync("ANALYZE accounts");
        AccountListPlace middle = new("m", long.MaxValue / 2, 1_900_000_000_000);

        foreach (AccountListQuery query in Queries(gold).Where(query => !query.IsNarrow))
        {
            foreach (AccountListPlace? after in (AccountListPlace?[])[null, middle])
            {
                string plan = await ExplainAsync(connection, room.Lists.StatementOf(query, after), AccountListStore.ParametersOf(Tenant, query, after, 51));
                string what = $"{query}{Environment.NewLine}{plan}";
                if (provider == StorageProvider.Sqlite)
                {
                    Assert.That(plan, Does.Not.Contain("SCAN accounts").And.Contain("SEARCH accounts USING INDEX"), what);
                    Assert.That(plan, Does.Not.Match(@"SEARCH accounts [^\n]*\nUSE TEMP B-TREE"), "a walk is in order of itself: " + what);
                    Assert.That(plan.Split('\n').Where(line => line.Contains("SEARCH accounts", StringComparison.Ordinal)), Has.All.Contains(IndexOf(query)), what);
                }
                else
                {
                    Assert.That(plan, Does.Not.Contain("Seq Scan on accounts").And.Not.Contain("Rows Removed by Filter"), what);
                }
            }
        }
    }

    [Test]
    public async Task A_phone_that_too_many_have_is_not_looked_for_unless_something_else_names_few()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        await InsertAsync(room, [.. Enumerable.Range(0, AccountListStore.MostNarrow + 1).Select(i => Row(room, $"p{i}", phone: "555", mac: i == 7 ? Macs[0] : default))]);
        AccountListQuery query = new() { Kind = AccountKind.User, Phone = "555" };

        IReadOnlyList<AccountRecord>? many = await room.Lists.ReadAsync(Tenant, query, null, 51, default);
        IReadOnlyList<AccountRecord>? one = await room.Lists.ReadAsync(Tenant, query with { Mac = Macs[0] }, null, 51, default);

        Assert.That(many, Is.Null);
        Assert.That(one!.Single().Name, Is.EqualTo("p7"));
    }

    [Test]
    public async Task The_contracts_list_counts_out_its_place()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        (List<AccountRow> rows, _) = await FillAsync(room, 200);
        List<long> expected = Expected(rows, new AccountListQuery { Kind = AccountKind.Voucher });

        IReadOnlyList<Account> some = await room.Store.ListAsync(Tenant, AccountKind.Voucher, 13, 20, default);

        Assert.That(some.Select(account => account.AccountId), Is.EqualTo(expected.Skip(13).Take(20)));
    }

    [TestCase("a", "b")]
    [TestCase("a\U0010FFFF", "b")]
    [TestCase("\uD7FF", "\uE000")]
    [TestCase("\U0010FFFF", null)]
    public void The_names_that_begin_in_one_way_end_before_the_next_code_point(string prefix, string? end) =>
        Assert.That(NameRange.EndOf(prefix), Is.EqualTo(end));

    private static IEnumerable<AccountListQuery> Queries(long gold)
    {
        foreach (AccountKind kind in Enum.GetValues<AccountKind>())
        {
            foreach (bool? active in (bool?[])[null, true, false])
            {
                foreach (bool descending in (bool[])[false, true])
                {
                    AccountListQuery all = new() { Kind = kind, Active = active, Descending = descending };
                    yield return all;
                    yield return all with { NamePrefix = "a" };
                    yield return all with { NamePrefix = "z%" };
                    yield return all with { NamePrefix = "nobody" };
                    yield return all with { ProfileId = gold };
                    yield return all with { ProfileId = gold, NamePrefix = AccountName.KeyOf("E\u0301") };
                    yield return all with { Sort = AccountSort.CreatedAt };
                    yield return all with { Sort = AccountSort.ExpiresAt };
                    yield return all with { Sort = AccountSort.ExpiresAt, ExpiresBefore = 1_900_000_000_000 };
                    yield return all with { Sort = AccountSort.ExpiresAt, ExpiresAfter = 1_900_000_000_000 };
                    yield return all with { Sort = AccountSort.ExpiresAt, ExpiresAfter = 1_800_000_000_000, ExpiresBefore = 1_900_000_000_001 };
                    if (kind == AccountKind.Voucher)
                    {
                        yield return all with { Remark = "batch 1" };
                        yield return all with { Remark = Remarks[3], NamePrefix = "b" };
                    }

                    foreach (AccountSort sort in Enum.GetValues<AccountSort>())
                    {
                        yield return all with { Sort = sort, Phone = "111" };
                        yield return all with { Sort = sort, Email = "ONE@example.org", ProfileId = gold };
                        yield return all with { Sort = sort, Mac = Macs[1], NamePrefix = "a", ExpiresBefore = 1_900_000_000_001 };
                        yield return all with { Sort = sort, Phone = "nobody's", Mac = Macs[0] };
                    }
                }
            }
        }
    }

    private static List<long> Expected(List<AccountRow> rows, AccountListQuery query)
    {
        IEnumerable<AccountRow> found = rows.Where(row =>
            row.TenantId == Tenant
            && row.Kind == query.Kind
            && (query.Active is not { } active || row.Active == active)
            && (query.ProfileId is not { } profile || row.ProfileId == profile)
            && (query.NamePrefix is not { } prefix || AccountName.KeyOf(row.Name).StartsWith(prefix, StringComparison.Ordinal))
            && (query.Remark is not { } remark || row.Remark == remark)
            && (query.Phone is not { } phone || row.Phone == phone)
            && (query.Email is not { } email || row.Email.Equals(email, StringComparison.OrdinalIgnoreCase))
            && (query.Mac.IsNone || row.Macs.Contains(query.Mac))
            && (query.ExpiresBefore is not { } before || row.ExpiresAt < before)
            && (query.ExpiresAfter is not { } after || row.ExpiresAt >= after));
        IOrderedEnumerable<AccountRow> ordered = query.Sort switch
        {
            AccountSort.Name => found.OrderBy(row => Convert.ToHexString(Encoding.UTF8.GetBytes(AccountName.KeyOf(row.Name))), StringComparer.Ordinal),
            AccountSort.CreatedAt => found.OrderBy(row => row.AccountId),
            _ => found.OrderBy(row => row.ExpiresAt ?? long.MaxValue).ThenBy(row => row.AccountId),
        };
        List<long> ids = [.. ordered.Select(row => row.AccountId)];
        if (query.Descending)
        {
            ids.Reverse();
        }

        return ids;
    }

    private static async Task<(List<AccountRow> Rows, long Gold)> FillAsync(AccountsRoom room, int count)
    {
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "gold" }, default);
        _ = await room.Profiles.CreateAsync(Tenant, new ProfileSettings { Name = "silver" }, default);
        long gold = (await room.Profiles.FindAsync(Tenant, "gold", default))!.ProfileId;
        long silver = (await room.Profiles.FindAsync(Tenant, "silver", default))!.ProfileId;
        Random random = new(7);
        List<AccountRow> rows = [];
        for (int i = 0; i < count; i++)
        {
            rows.Add(new AccountRow
            {
                TenantId = random.Next(10) == 0 ? OtherTenant : Tenant,
                AccountId = room.Storage.Ids.Next(),
                Name = $"{Pick(random, Stems)}{i}",
                Kind = (AccountKind)random.Next(2),
                Password = null,
                Active = random.Next(3) > 0,
                ProfileId = random.Next(2) == 0 ? gold : silver,
                Phone = random.Next(count / 50) < 10 ? Pick(random, Phones) : "",
                Email = random.Next(count / 50) < 10 ? Pick(random, Emails) : "",
                Remark = Pick(random, Remarks),
                ExpiresAt = random.Next(3) == 0 ? null : 1_800_000_000_000 + (random.Next(3) * 100_000_000_000),
                CreatedAt = 1,
                Macs = random.Next(count / 20) < 10 ? [Pick(random, Macs)] : [],
            });
        }

        await InsertAsync(room, rows);
        return (rows, gold);
    }

    private static Task<HashSet<long>> InsertAsync(AccountsRoom room, IReadOnlyList<AccountRow> rows) =>
        room.Storage.Commits.EnqueueAsync(unit => room.Rows.InsertAsync(unit, rows), default);

    private static AccountRow Row(AccountsRoom room, string name, string phone, MacAddress mac) => new()
    {
        TenantId = Tenant,
        AccountId = room.Storage.Ids.Next(),
        Name = name,
        Kind = AccountKind.User,
        Password = null,
        Active = true,
        ProfileId = null,
        Phone = phone,
        ExpiresAt = null,
        CreatedAt = 1,
        Macs = mac.IsNone ? [] : [mac],
    };

    private async Task<string> ExplainAsync(DbConnection connection, string statement, DynamicParameters parameters)
    {
        if (provider == StorageProvider.Sqlite)
        {
            IEnumerable<(long Id, long Parent, long Unused, string Detail)> lines =
                await connection.QueryAsync<(long, long, long, string)>("EXPLAIN QUERY PLAN " + statement, parameters);
            return string.Join('\n', lines.Select(line => line.Detail));
        }

        return string.Join('\n', await connection.QueryAsync<string>("EXPLAIN ANALYZE " + statement, parameters));
    }

    private static string IndexOf(AccountListQuery query) => query switch
    {
        { Remark: not null } => "vouchers_by_remark",
        { ProfileId: not null } => "accounts_by_profile",
        { Sort: AccountSort.Name } => "accounts_by_name",
        { Sort: AccountSort.CreatedAt } => "accounts_by_age",
        _ => "accounts_by_expiry",
    };

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static MacAddress Mac(string text) => MacAddress.TryParse(text, out MacAddress mac) ? mac : throw new FormatException(text);
}
