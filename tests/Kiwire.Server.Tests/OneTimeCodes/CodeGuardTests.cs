using Dapper;
using Kiwire.Server.Network;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Sms;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.OneTimeCodes;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class CodeGuardTests(StorageProvider provider)
{
    [Test]
    public async Task A_robot_that_orders_codes_to_500_numbers_is_stopped_and_a_guest_who_verified_last_week_is_not()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        await room.SignUpAsync("+60123456789", "198.51.100.9");
        room.Now += TimeSpan.FromDays(7);

        int sent = 0;
        for (int i = 0; i < 500; i++)
        {
            sent += (await room.OrderAsync(GuardRoom.Number(i))).Refused is null ? 1 : 0;
        }

        Ordered guest = await room.OrderAsync("+60123456789", "203.0.113.7");
        Ordered stranger = await room.OrderAsync("+60129999999", "203.0.113.7");
        GuardDecision stop = (await room.ListAsync()).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Is.EqualTo(5));
            Assert.That(guest.Refused, Is.Null, "the guest of last week, even from the robot's address");
            Assert.That((stranger.Refused!.Reason, stranger.Cause), Is.EqualTo((CodeRefusal.Guard, GuardCause.SourceHour)));
            Assert.That(stranger.Refused.RetryAt, Is.EqualTo(new DateTimeOffset(2026, 11, 29, 14, 0, 0, TimeSpan.Zero)), "the hour's end");
            Assert.That((stop.Outcome, stop.Shown, stop.Requests), Is.EqualTo((GuardOutcome.Stopped, "203.0.113.7", 496L)));
            Assert.That(stop.Reason, Is.EqualTo("5 codes ordered from there this hour were not verified, 0 were; 5 may go unverified."));
            Assert.That(room.Log.Entries.Count(entry => entry.Message.Contains("203.0.113.7", StringComparison.Ordinal)), Is.EqualTo(1), "said once");
        }
    }

    [Test]
    public async Task A_robot_of_many_addresses_is_stopped_by_the_country()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);

        List<Ordered> ordered = [];
        for (int i = 0; i < 50; i++)
        {
            ordered.Add(await room.OrderAsync(GuardRoom.Number(i), $"203.0.113.{i}"));
        }

        Ordered elsewhere = await room.OrderAsync("+6591234567", "203.0.113.1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ordered.Count(order => order.Refused is null), Is.EqualTo(5));
            Assert.That(ordered[^1].Cause, Is.EqualTo(GuardCause.CountryHour));
            Assert.That(elsewhere.Refused, Is.Null, "another country");
        }
    }

    [Test]
    public async Task Guests_behind_one_address_are_not_stopped_while_they_verify()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        room.Policy = room.Policy with { PerAddressPerHour = 1000 };

        // Five at a time read their messages; of each five one never comes.
        for (int i = 0; i < 40; i += 5)
        {
            Ordered[] five = [.. await Task.WhenAll(Enumerable.Range(i, 5).Select(n => room.OrderAsync(GuardRoom.Number(n))))];
            Assert.That(five.Select(order => order.Refused), Is.All.Null, $"from {i}");
            foreach (Ordered order in five)
            {
                await room.VerifyAsync(order);
            }
        }

        Assert.That(await room.ListAsync(), Is.Empty);
    }

    [Test]
    public async Task A_stop_ends_when_enough_of_its_codes_are_verified()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        List<Ordered> crowd = [];
        for (int i = 0; i < 8; i++)
        {
            crowd.Add(await room.OrderAsync(GuardRoom.Number(i)));
        }

        await room.VerifyAsync(crowd[0]);
        Ordered next = await room.OrderAsync(GuardRoom.Number(6));

        GuardDecision stop = (await room.ListAsync()).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(crowd.Select(order => order.Refused is null), Is.EqualTo(Enumerable.Repeat(true, 5).Concat(Enumerable.Repeat(false, 3))));
            Assert.That(next.Refused, Is.Null);
            Assert.That((stop.Ending, stop.EndedAt, stop.Requests), Is.EqualTo(((GuardEnding?)GuardEnding.Verified, (long?)room.Now.ToUnixTimeMilliseconds(), 3L)));
        }
    }

    [Test]
    public async Task The_next_hour_begins_anew_and_the_day_counts_on()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        List<GuardCause?> causes = [];
        for (int hour = 0; hour < 2; hour++, room.Now += TimeSpan.FromHours(1))
        {
            for (int i = 0; i < 6; i++)
            {
                causes.Add((await room.OrderAsync(GuardRoom.Number((hour * 10) + i))).Cause);
            }
        }

        Ordered third = await room.OrderAsync(GuardRoom.Number(30));
        room.Now = GuardRoom.Beginning.AddHours(3);
        Ordered tomorrow = await room.OrderAsync(GuardRoom.Number(31));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(causes.Take(6), Is.EqualTo((GuardCause?[])[null, null, null, null, null, GuardCause.SourceHour]));
            Assert.That(causes.Skip(6), Is.EqualTo((GuardCause?[])[null, null, null, null, null, GuardCause.SourceHour]));
            Assert.That(third.Cause, Is.EqualTo(GuardCause.SourceDay), "10 in the day");
            Assert.That(third.Refused!.RetryAt, Is.EqualTo(new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero)), "midnight in Kuala Lumpur");
            Assert.That(tomorrow.Refused, Is.Null);
        }
    }

    [Test]
    public async Task A_fourth_country_in_a_day_stops_an_address()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);

        Ordered[] ordered =
        [
            await room.OrderAsync("+60123456789"), await room.OrderAsync("+6591234567"), await room.OrderAsync("+66812345678"),
            await room.OrderAsync("+66812345679"), await room.OrderAsync("+6281234567890"),
        ];
        await room.VerifyAsync(ordered[1]);
        Ordered later = await room.OrderAsync("+6281234567890");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ordered.Select(order => order.Cause), Is.EqualTo((GuardCause?[])[null, null, null, null, GuardCause.SourceCountries]));
            Assert.That(later.Refused, Is.Null, "Singapore's guest has verified: hotels have guests of many countries");
        }
    }

    [Test]
    public async Task IPv6_addresses_of_one_64_are_one_and_another_tenant_counts_apart()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        for (int i = 0; i < 5; i++)
        {
            await room.OrderAsync(GuardRoom.Number(i), $"2001:db8:0:1::{i + 1}");
        }

        Ordered same = await room.OrderAsync(GuardRoom.Number(9), "2001:db8:0:1:ffff::1");
        room.Policy = room.Policy with { TenantId = 2 };
        Ordered others = await room.OrderAsync(GuardRoom.Number(9), "2001:db8:0:1:ffff::1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(same.Cause, Is.EqualTo(GuardCause.SourceHour));
            Assert.That(others.Refused, Is.Null);
        }
    }

    [Test]
    public async Task By_RADIUS_a_device_is_counted_and_without_one_the_country_alone()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        MacAddress device = MacAddress.FromBits(0x00_00_5e_00_53_01);
        for (int i = 0; i < 5; i++)
        {
            await room.OrderAsync(GuardRoom.Number(i), address: null, device);
        }

        Ordered sixth = await room.OrderAsync("+6591234567", address: null, device);
        Ordered nameless = await room.OrderAsync(GuardRoom.Number(6), address: null);
        Ordered abroad = await room.OrderAsync("+6591234567", address: null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sixth.Cause, Is.EqualTo(GuardCause.SourceHour));
            Assert.That(nameless.Cause, Is.EqualTo(GuardCause.CountryHour));
            Assert.That(abroad.Refused, Is.Null);
        }
    }

    [Test]
    public async Task Recording_stops_nothing_and_off_looks_for_nothing()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        room.Policy = room.Policy with { Guard = GuardMode.Record };
        for (int i = 0; i < 8; i++)
        {
            Assert.That((await room.OrderAsync(GuardRoom.Number(i))).Refused, Is.Null);
        }

        IReadOnlyList<GuardDecision> recorded = await room.ListAsync();
        room.Policy = room.Policy with { Guard = GuardMode.Off };
        Ordered off = await room.OrderAsync(GuardRoom.Number(9));
        room.Policy = room.Policy with { Guard = GuardMode.Enforce };
        Ordered enforced = await room.OrderAsync(GuardRoom.Number(9));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                recorded.Select(decision => (decision.Cause, decision.Outcome, decision.Requests)),
                Is.EquivalentTo(((GuardCause, GuardOutcome, long)[])[(GuardCause.SourceHour, GuardOutcome.Recorded, 3), (GuardCause.CountryHour, GuardOutcome.Recorded, 3)]));
            Assert.That(off.Refused, Is.Null);
            Assert.That(enforced.Cause, Is.EqualTo(GuardCause.SourceHour));
        }
    }

    [Test]
    public async Task Each_limit_refuses_with_its_reason_and_its_end()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        room.Policy = room.Policy with { Guard = GuardMode.Off, PerPhonePerDay = 2, PerAddressPerHour = 4, PerTenantPerDay = 6 };
        await room.OrderAsync("+60123456789");
        await room.OrderAsync("+60123456789");

        Ordered phone = await room.OrderAsync("+60123456789");
        await room.OrderAsync(GuardRoom.Number(1));
        await room.OrderAsync(GuardRoom.Number(2));
        Ordered address = await room.OrderAsync(GuardRoom.Number(3));
        await room.OrderAsync(GuardRoom.Number(3), "203.0.113.8");
        await room.OrderAsync(GuardRoom.Number(4), "203.0.113.8");
        Ordered tenant = await room.OrderAsync(GuardRoom.Number(5), "203.0.113.8");
        room.Policy = room.Policy with { Prefixes = [new DialPrefix("Malaysia", "60"), new DialPrefix("Singapore", "659")] };
        Ordered prefix = await room.OrderAsync("+6531234567");

        DateTimeOffset midnight = new(2026, 11, 22, 16, 0, 0, TimeSpan.Zero);
        DateTimeOffset hour = new(2026, 11, 22, 14, 0, 0, TimeSpan.Zero);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((phone.Refused!.Reason, phone.Refused.RetryAt), Is.EqualTo((CodeRefusal.PerPhone, (DateTimeOffset?)midnight)));
            Assert.That((address.Refused!.Reason, address.Refused.RetryAt), Is.EqualTo((CodeRefusal.PerAddress, (DateTimeOffset?)hour)));
            Assert.That((tenant.Refused!.Reason, tenant.Refused.RetryAt), Is.EqualTo((CodeRefusal.PerTenant, (DateTimeOffset?)midnight)));
            Assert.That((prefix.Refused!.Reason, prefix.Refused.RetryAt), Is.EqualTo((CodeRefusal.Prefix, (DateTimeOffset?)null)));
            Assert.That((await room.ListAsync()).Select(decision => decision.Shown), Is.EquivalentTo((string[])["+6012****789", "203.0.113.7", "", "SG"]));
        }
    }

    [Test]
    public async Task The_budget_warns_at_80_percent_once_and_stops_at_its_end()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        room.Policy = room.Policy with { Guard = GuardMode.Off, DailyBudget = 10 };
        for (int i = 0; i < 4; i++)
        {
            await room.OrderAsync(GuardRoom.Number(i), segments: 2);
        }

        int warned = room.Log.Entries.Count;
        await room.OrderAsync(GuardRoom.Number(5));
        Ordered tooLong = await room.OrderAsync(GuardRoom.Number(6), segments: 2);
        Ordered fits = await room.OrderAsync(GuardRoom.Number(7));
        Ordered spent = await room.OrderAsync(GuardRoom.Number(8));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(warned, Is.EqualTo(1));
            Assert.That(room.Log.Entries[0].Message, Does.Contain("8 segments were sent today; the budget is 10."));
            Assert.That((tooLong.Refused!.Reason, fits.Refused, spent.Refused!.Reason), Is.EqualTo((CodeRefusal.Budget, (GuardVerdict.Refused?)null, CodeRefusal.Budget)));
            Assert.That(room.Log.Entries, Has.Count.EqualTo(2), "the warning, and that it is spent");
            Assert.That(
                (await room.ListAsync()).Select(decision => (decision.Cause, decision.Outcome)),
                Is.EqualTo(((GuardCause, GuardOutcome)[])[(GuardCause.Budget, GuardOutcome.Refused), (GuardCause.BudgetNear, GuardOutcome.Noticed)]));
        }
    }

    [Test]
    public async Task A_stop_is_lifted_by_hand_with_all_that_stops_the_same()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        List<Ordered> ordered = [];
        for (int i = 0; i < 6; i++)
        {
            ordered.Add(await room.OrderAsync(GuardRoom.Number(i, "+6591"), "203.0.113.7"));
        }

        GuardDecision stop = (await room.ListAsync()).Single();
        bool foreign = await room.LiftAsync(stop, tenantId: 2);
        bool lifted = await room.LiftAsync(stop);
        bool twice = await room.LiftAsync(stop);
        Ordered after = await room.OrderAsync("+60123456789");
        await room.VerifyAsync(ordered[0]);
        await room.VerifyAsync(ordered[1]);
        (long sent, _) = await room.Store.ReadDayAsync(1, room.Guard.WindowsOf(1, room.Now.ToUnixTimeMilliseconds()).Day, default);
        await using var connection = await room.Database.OpenAsync(default);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((foreign, lifted, twice), Is.EqualTo((false, true, false)));
            Assert.That(after.Refused, Is.Null);
            Assert.That((await room.ListAsync())[0].Ending, Is.EqualTo(GuardEnding.Lifted));
            Assert.That(sent, Is.EqualTo(6), "it is only the unverified that are forgotten");
            Assert.That(await connection.ExecuteScalarAsync<long>("SELECT MIN(unverified) FROM guard_counters"), Is.Zero, "none is counted back below nothing");
        }
    }

    [Test]
    public async Task Allowed_numbers_and_addresses_are_left_alone_and_stop_nobody_else()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        await room.Commits.EnqueueAsync(
            async unit =>
            {
                Assert.That(await GuardAllowedStore.InsertAsync(unit, EntryOf(GuardAllowedKind.Address, "198.51.100.0/24", room)), Is.True);
                Assert.That(await GuardAllowedStore.InsertAsync(unit, EntryOf(GuardAllowedKind.Number, "60123456789", room)), Is.True);
            },
            default);
        for (int i = 0; i < 15; i++)
        {
            Assert.That((await room.OrderAsync(GuardRoom.Number(i), "198.51.100.77")).Refused, Is.Null, $"{i}");
        }

        List<Ordered> others = [];
        for (int i = 20; i < 26; i++)
        {
            others.Add(await room.OrderAsync(GuardRoom.Number(i), "203.0.113.7"));
        }

        Ordered allowed = await room.OrderAsync("+60123456789", "203.0.113.7");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(others.Count(order => order.Refused is null), Is.EqualTo(5), "the country has no codes of the allowed address on its account");
            Assert.That(allowed.Refused, Is.Null);
        }
    }

    [Test]
    public async Task A_number_is_known_for_30_days()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        await room.SignUpAsync("+60123456789");
        room.Now += TimeSpan.FromDays(30);
        await FillAsync(room);
        Ordered still = await room.OrderAsync("+60123456789");
        room.Now += TimeSpan.FromDays(1);
        await FillAsync(room);
        Ordered noMore = await room.OrderAsync("+60123456789");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(still.Refused, Is.Null);
            Assert.That(noMore.Cause, Is.EqualTo(GuardCause.SourceHour));
        }

        static async Task FillAsync(GuardRoom room)
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.That((await room.OrderAsync(GuardRoom.Number(i))).Refused, Is.Null);
            }
        }
    }

    [Test]
    public async Task A_code_counts_as_verified_once_and_its_number_forgives_those_before_it()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        Ordered[] asked = [await room.OrderAsync("+60123456789"), await room.OrderAsync("+60123456789"), await room.OrderAsync("+60123456789")];

        await room.VerifyAsync(asked[2]);
        await room.VerifyAsync(asked[2]);

        await using var connection = await room.Database.OpenAsync(default);
        (long sent, long unverified, long verified)[] rows = [.. await connection.QueryAsync<(long, long, long)>(
            "SELECT sent, unverified, verified FROM guard_counters WHERE kind >= 2 ORDER BY kind")];
        Assert.That(rows, Is.EqualTo(Enumerable.Repeat((3L, 0L, 1L), 4)));
    }

    [Test]
    public async Task What_no_window_needs_is_deleted()
    {
        await using GuardRoom room = await GuardRoom.CreateAsync(provider);
        for (int i = 0; i < 6; i++)
        {
            await room.OrderAsync(GuardRoom.Number(i));
        }

        await room.SignUpAsync("+6591234567", "203.0.113.9");
        long now = room.Now.AddDays(40).ToUnixTimeMilliseconds();
        bool more = await room.Commits.EnqueueAsync(unit => GuardStore.PruneAsync(unit, now, now, now), default);

        await using var connection = await room.Database.OpenAsync(default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(more, Is.False);
            foreach (string table in (string[])["guard_counters", "guard_countries", "guard_codes", "guard_numbers", "guard_decisions"])
            {
                Assert.That(await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}"), Is.Zero, table);
            }
        }
    }

    private static GuardAllowed EntryOf(GuardAllowedKind kind, string value, GuardRoom room) =>
        new() { TenantId = 1, EntryId = room.Ids.Next(), Kind = kind, Value = value };
}
