using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.Accounts;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AccountTableTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Behaves_as_a_dictionary_under_random_operations(int seed)
    {
        Random random = new(seed);
        AccountTable table = Table();
        Dictionary<(long, string), AccountEntry> model = [];
        for (int step = 0; step < 60_000; step++)
        {
            long tenant = random.Next(1, 4);
            string name = $"User{random.Next(4000)}";
            (long, string) key = (tenant, name);
            switch (random.Next(4))
            {
                case 0 or 1:
                    long id = model.TryGetValue(key, out AccountEntry? old) && random.Next(2) == 0 ? old.AccountId : step + 1;
                    AccountEntry entry = TestAccounts.Entry(tenant, id, name);
                    Assert.That(table.TryAdd(entry, table.Version), Is.True);
                    model[key] = entry;
                    break;
                case 2 when model.Remove(key, out AccountEntry? gone):
                    table.Drop(tenant, gone.AccountId);
                    break;
                default:
                    Check(table, model, key, random.Next(2) == 0 ? name.ToUpperInvariant() : name);
                    break;
            }
        }

        Assert.That(table.Count, Is.EqualTo(model.Count));
        foreach ((long, string) key in model.Keys)
        {
            Check(table, model, key, key.Item2);
        }
    }

    [Test]
    public void Tells_tenants_apart()
    {
        AccountTable table = Table();
        AccountEntry one = TestAccounts.Entry(1, 10, "alice");
        AccountEntry two = TestAccounts.Entry(2, 10, "alice");
        table.TryAdd(one, table.Version);
        table.TryAdd(two, table.Version);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(table, 1, "ALICE"), Is.SameAs(one));
            Assert.That(Find(table, 2, "alice"), Is.SameAs(two));
            Assert.That(table.FindById(1, 10), Is.SameAs(one));
            Assert.That(table.FindById(2, 10), Is.SameAs(two));
            Assert.That(Find(table, 3, "alice"), Is.Null);
        }
    }

    [Test]
    public void Finds_names_past_ASCII_without_regard_to_case_and_composition()
    {
        AccountTable table = Table();
        AccountEntry jose = TestAccounts.Entry(1, 1, "JosÉ", "pässword");
        table.TryAdd(jose, table.Version);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(table, 1, "jose\u0301"), Is.SameAs(jose));
            Assert.That(Encoding.UTF8.GetString(jose.NameUtf8), Is.EqualTo("JosÉ"));
            Assert.That(Encoding.UTF8.GetString(jose.PasswordUtf8), Is.EqualTo("pässword"));
            Assert.That(Find(table, 1, "jose"), Is.Null);
        }
    }

    [Test]
    public void A_vouchers_code_is_its_password()
    {
        AccountEntry voucher = new("V_ABC"u8, default, isVoucher: true)
        {
            TenantId = 1,
            AccountId = 1,
            Active = true,
            ProfileHolder = null,
            AllowNas = null,
            Macs = null,
            ExpiresAt = 0,
            FirstLoginAt = 0,
            Presence = new AccountPresence { TenantId = 1, AccountId = 1 },
        };

        Assert.That(Encoding.UTF8.GetString(voucher.PasswordUtf8), Is.EqualTo("V_ABC"));
    }

    [Test]
    public void Refuses_what_was_read_before_a_change()
    {
        AccountTable table = Table();
        TableVersion readAt = table.Version;
        table.Drop(1, 7);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.TryAdd(TestAccounts.Entry(1, 7, "alice"), readAt), Is.False);
            Assert.That(table.TryAdd(TestAccounts.Entry(1, 7, "alice"), table.Version), Is.True);
        }
    }

    [Test]
    public void Refuses_what_was_read_before_all_of_a_tenant_changed()
    {
        AccountTable table = Table();
        table.TryAdd(TestAccounts.Entry(1, 1, "alice"), table.Version);
        table.TryAdd(TestAccounts.Entry(2, 2, "bob"), table.Version);
        TableVersion readAt = table.Version;

        table.DropTenant(1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(table, 1, "alice"), Is.Null);
            Assert.That(Find(table, 2, "bob"), Is.Not.Null);
            Assert.That(table.TryAdd(TestAccounts.Entry(1, 1, "alice"), readAt), Is.False);
        }
    }

    [Test]
    public void A_name_that_is_missing_is_remembered_until_an_account_is_made()
    {
        AccountTable table = Table();
        AccountLookup before = table.Find(1, "nobody"u8, out _);
        table.AddMissing(1, "Nobody"u8, table.Version);
        AccountLookup remembered = table.Find(1, "NOBODY"u8, out _);
        AccountLookup elsewhere = table.Find(2, "nobody"u8, out _);
        table.Drop(1, 99);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(AccountLookup.Unknown));
            Assert.That(remembered, Is.EqualTo(AccountLookup.Missing));
            Assert.That(elsewhere, Is.EqualTo(AccountLookup.Unknown));
            Assert.That(table.Find(1, "nobody"u8, out _), Is.EqualTo(AccountLookup.Unknown));
        }
    }

    [Test]
    public void A_name_that_was_missing_before_an_account_was_made_is_not_remembered()
    {
        AccountTable table = Table();
        TableVersion readAt = table.Version;
        table.ForgetMissing();
        table.AddMissing(1, "nobody"u8, readAt);

        Assert.That(table.Find(1, "nobody"u8, out _), Is.EqualTo(AccountLookup.Unknown));
    }

    [Test]
    public void A_missing_name_is_believed_for_a_minute()
    {
        SteppedClock clock = new();
        AccountTable table = new(new AccountsOptions(), clock);
        table.AddMissing(1, "nobody"u8, table.Version);
        clock.Advance(TimeSpan.FromSeconds(59));
        AccountLookup early = table.Find(1, "nobody"u8, out _);
        clock.Advance(TimeSpan.FromSeconds(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.EqualTo(AccountLookup.Missing));
            Assert.That(table.Find(1, "nobody"u8, out _), Is.EqualTo(AccountLookup.Unknown));
        }
    }

    [Test]
    public void Unknown_names_without_end_fill_no_more_than_their_table()
    {
        AccountTable table = Table();
        for (int i = 0; i < 300_000; i++)
        {
            table.AddMissing(1, Encoding.UTF8.GetBytes($"nobody{i}"), table.Version);
        }

        Assert.That(table.Find(1, "nobody299999"u8, out _), Is.EqualTo(AccountLookup.Missing));
    }

    [TestCase(new byte[] { })]
    [TestCase(new byte[] { 0x41, 0x00 })]
    [TestCase(new byte[] { 0xFF, 0xFE })]
    public void A_name_that_no_account_can_have_is_missing_without_asking(byte[] name) =>
        Assert.That(Table().Find(1, name, out _), Is.EqualTo(AccountLookup.Missing));

    [Test]
    public void Stays_within_its_capacity_and_keeps_what_is_looked_up()
    {
        AccountTable table = new(new AccountsOptions { Capacity = 1000 }, TimeProvider.System);
        AccountEntry hot = TestAccounts.Entry(1, 1, "hot");
        table.TryAdd(hot, table.Version);
        for (int i = 2; i < 20_000; i++)
        {
            Find(table, 1, "hot");
            table.TryAdd(TestAccounts.Entry(1, i, $"cold{i}"), table.Version);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Count, Is.EqualTo(1000));
            Assert.That(Find(table, 1, "hot"), Is.SameAs(hot));
        }
    }

    [Test]
    public void Never_evicts_an_account_that_somebody_is_in_on()
    {
        AccountTable table = new(new AccountsOptions { Capacity = 1000 }, TimeProvider.System);
        AccountEntry busy = TestAccounts.Entry(1, 1, "busy");
        busy.Presence.AttachSession(1, MacAddress.FromBits(1), 0, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        table.TryAdd(busy, table.Version);
        for (int i = 2; i < 20_000; i++)
        {
            table.TryAdd(TestAccounts.Entry(1, i, $"cold{i}"), table.Version);
        }

        Assert.That(Find(table, 1, "busy"), Is.SameAs(busy));
    }

    [Test]
    public void A_first_login_replaces_the_entry_in_both_places()
    {
        AccountTable table = Table();
        AccountEntry entry = TestAccounts.Entry(1, 5, "alice");
        table.TryAdd(entry, table.Version);
        TableVersion readAt = table.Version;
        table.SetFirstLogin(1, 5, 1234);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Find(table, 1, "alice")?.FirstLoginAt, Is.EqualTo(1234));
            Assert.That(table.FindById(1, 5)?.FirstLoginAt, Is.EqualTo(1234));
            Assert.That(table.FindById(1, 5)?.Presence, Is.SameAs(entry.Presence));
            Assert.That(table.TryAdd(entry, readAt), Is.False, "what was read before the first login is old");
        }
    }

    private static AccountTable Table() => new(new AccountsOptions(), TimeProvider.System);

    private static AccountEntry? Find(AccountTable table, long tenantId, string name) =>
        table.Find(tenantId, Encoding.UTF8.GetBytes(name), out AccountEntry? entry) == AccountLookup.Found ? entry : null;

    private static void Check(AccountTable table, Dictionary<(long, string), AccountEntry> model, (long Tenant, string Name) key, string asked)
    {
        AccountEntry? expected = model.GetValueOrDefault(key);
        Assert.That(Find(table, key.Tenant, asked), Is.SameAs(expected), asked);
        if (expected is not null)
        {
            Assert.That(table.FindById(key.Tenant, expected.AccountId), Is.SameAs(expected));
        }
    }
}
