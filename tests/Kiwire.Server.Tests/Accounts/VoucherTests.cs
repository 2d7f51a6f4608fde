using System.Text;
using Kiwire.Server.Accounts;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>accounts.md and kiwire-api.md, vouchers: a code that is name and password, no look-alikes, at least 50 bits.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class VoucherTests(StorageProvider provider)
{
    private const long Tenant = AccountsRoom.Tenant;

    [Test]
    public async Task Ten_vouchers_are_made_by_default_until_the_end_of_tomorrow()
    {
        SteppedClock clock = new(new DateTimeOffset(2026, 6, 1, 20, 0, 0, TimeSpan.Zero));
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider, clock);

        VoucherOutcome outcome = await room.Store.CreateVouchersAsync(Tenant, new VoucherOrder(), lettersToo: true, default);

        IReadOnlyList<string> codes = ((VoucherOutcome.Created)outcome).Codes;
        Account? voucher = await room.Store.FindAsync(Tenant, codes[0], default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(codes, Has.Count.EqualTo(10).And.Unique);
            Assert.That(codes, Has.All.StartsWith("V_"));
            Assert.That(voucher?.Kind, Is.EqualTo(AccountKind.Voucher));
            Assert.That(voucher?.ProfileName, Is.EqualTo("wx_temp"));
            Assert.That(voucher?.AllowNas, Is.EqualTo("none"));
            Assert.That(voucher?.Remark, Is.EqualTo("2026-06-03"), "it is the 2nd already in Kuala Lumpur");
            Assert.That(AccountExpiry.Format(voucher?.ExpiresAt, room.Tenants.Tenants[0].TimeZone), Is.EqualTo("2026-06-03 23:59:59"));
        }
    }

    [Test]
    public async Task A_voucher_logs_in_at_once_with_its_code()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        SaveOutcome outcome = await room.Store.CreateVoucherAsync(Tenant, "V_DEMO2345", new VoucherOrder { AllowNas = "lobby", Expiry = "" }, default);

        AccountEntry? entry = await room.LoadAsync("v_demo2345");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(entry?.IsVoucher, Is.True);
            Assert.That(Encoding.UTF8.GetString(entry!.PasswordUtf8), Is.EqualTo("V_DEMO2345"));
            Assert.That(entry.AllowNas, Is.EqualTo(new[] { "lobby" }));
            Assert.That(entry.ExpiresAt, Is.Zero);
        }
    }

    [Test]
    public async Task Ten_thousand_are_made_in_one_go_each_once()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);

        VoucherOutcome outcome = await room.Store.CreateVouchersAsync(
            Tenant, new VoucherOrder { Quantity = 10_000, Prefix = "" }, lettersToo: false, default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((VoucherOutcome.Created)outcome).Codes, Has.Count.EqualTo(10_000).And.Unique);
            Assert.That(await room.Store.CountAsync(Tenant, AccountKind.Voucher, default), Is.EqualTo(10_000));
        }
    }

    [TestCase(0, null, null, null, null, "quantity is 0; it must be 1 to 10000.")]
    [TestCase(10_001, null, null, null, null, "quantity is 10001; it must be 1 to 10000.")]
    [TestCase(null, "a\n", null, null, null, "prefix has a control character; it must be at most 64 octets without control characters and without spaces at its ends.")]
    [TestCase(null, null, "gold", null, null, "profile is 'gold', which is no profile of this tenant; it must be the name of one.")]
    [TestCase(null, null, null, "pool", null, "allowNas names 'pool', which is neither a zone nor a NAS identity; it must be 'none' or a comma-separated list of those.")]
    [TestCase(null, null, null, null, "soon", "expiry is 'soon'; it must be a day such as 2030-12-31, a moment such as 2030-12-31 18:00:00 or 2030-12-31T18:00:00Z, or empty for never.")]
    public async Task Refuses(int? quantity, string? prefix, string? plan, string? nas, string? expiry, string message)
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        VoucherOrder order = new() { Quantity = quantity, Prefix = prefix, Profile = plan, AllowNas = nas, Expiry = expiry };

        VoucherOutcome outcome = await room.Store.CreateVouchersAsync(Tenant, order, lettersToo: true, default);

        Assert.That((outcome as VoucherOutcome.Refused)?.Faults.Single().Message, Is.EqualTo(message));
        Assert.That(await room.Store.CountAsync(Tenant, AccountKind.Voucher, default), Is.Zero);
    }

    [Test]
    public async Task A_vouchers_remark_and_status_can_be_changed_but_no_password_given()
    {
        await using AccountsRoom room = await AccountsRoom.CreateAsync(provider);
        _ = await room.Store.CreateVoucherAsync(Tenant, "V_DEMO2345", new VoucherOrder(), default);

        SaveOutcome refused = await room.Store.UpdateAsync(
            Tenant, "V_DEMO2345", AccountKind.Voucher, new AccountSettings { Password = "x" }, default);
        SaveOutcome saved = await room.Store.UpdateAsync(
            Tenant, "V_DEMO2345", AccountKind.Voucher, new AccountSettings { Remark = "r", Status = "suspended" }, default);

        AccountEntry? entry = await room.LoadAsync("V_DEMO2345");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused, Is.TypeOf<SaveOutcome.Refused>());
            Assert.That(saved, Is.TypeOf<SaveOutcome.Saved>());
            Assert.That(entry?.Active, Is.False);
        }
    }
}

/// <summary>The codes themselves.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class VoucherCodeTests
{
    [TestCase(true, VoucherCode.Length)]
    [TestCase(false, VoucherCode.LengthOfDigits)]
    public void A_code_has_at_least_50_bits(bool lettersToo, int length)
    {
        string characters = lettersToo ? VoucherCode.Characters : VoucherCode.Digits;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(characters, Is.Unique);
            Assert.That(length * Math.Log2(characters.Length), Is.GreaterThanOrEqualTo(50));
            Assert.That(VoucherCode.Next(lettersToo), Has.Length.EqualTo(length));
        }
    }

    [TestCase("0O")]
    [TestCase("1IL")]
    [TestCase("2Z")]
    [TestCase("5S")]
    [TestCase("6G")]
    [TestCase("8B")]
    [TestCase("UV")]
    public void No_two_characters_of_a_code_look_alike(string alike)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(VoucherCode.Characters.Count(alike.Contains), Is.LessThanOrEqualTo(1));
            Assert.That(VoucherCode.Digits.Count(alike.Contains), Is.LessThanOrEqualTo(1));
        }
    }

    [TestCase("01OIl")]
    public void Codes_have_none_of_the_worst(string never) =>
        Assert.That((VoucherCode.Characters + VoucherCode.Digits).Any(never.Contains), Is.False);

    [Test]
    public void Every_character_comes_in_every_place()
    {
        HashSet<(int, char)> seen = [];
        for (int i = 0; i < 2000; i++)
        {
            string code = VoucherCode.Next(lettersToo: true);
            for (int place = 0; place < code.Length; place++)
            {
                _ = seen.Add((place, code[place]));
            }
        }

        Assert.That(seen, Has.Count.EqualTo(VoucherCode.Length * VoucherCode.Characters.Length));
    }
}
