using Dapper;
using Kiwire.Server.OneTimeCodes;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>Two servers on one database are asked at the same time.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CodeGuardRaceTests
{
    [Test]
    public async Task Two_servers_send_no_more_than_one_would()
    {
        await using GuardRoom first = await GuardRoom.CreateAsync(StorageProvider.PostgreSql);
        await using GuardRoom second = await first.OpenSecondAsync();

        Ordered[] ordered = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? first : second).OrderAsync(GuardRoom.Number(i))));

        GuardDecision stop = (await first.ListAsync()).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ordered.Count(order => order.Refused is null), Is.EqualTo(GuardRules.LeastPerHour));
            Assert.That(stop.Requests, Is.EqualTo(195));
            Assert.That(first.Log.Entries.Count + second.Log.Entries.Count, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Two_servers_keep_one_budget_and_count_every_verification([Values(1, 2, 3)] int seed)
    {
        await using GuardRoom first = await GuardRoom.CreateAsync(StorageProvider.PostgreSql);
        first.Policy = first.Policy with { Guard = GuardMode.Record, DailyBudget = 90, PerAddressPerHour = 1000 };
        await using GuardRoom second = await first.OpenSecondAsync();
        GuardRoom[] rooms = [first, second];
        Random random = new(seed);

        Ordered[] ordered = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => rooms[random.Next(2)].OrderAsync(GuardRoom.Number(i), $"203.0.113.{random.Next(6)}")));
        Ordered[] sent = [.. ordered.Where(order => order.Refused is null)];
        await Task.WhenAll(sent.SelectMany(order => (Task[])[first.VerifyAsync(order), second.VerifyAsync(order)]));

        await using var connection = await first.Database.OpenAsync(default);
        (long kind, long sent, long unverified, long verified)[] sums = [.. await connection.QueryAsync<(long, long, long, long)>(
            """
            SELECT CAST(kind AS BIGINT), CAST(SUM(sent) AS BIGINT), CAST(SUM(unverified) AS BIGINT), CAST(SUM(verified) AS BIGINT)
            FROM guard_counters WHERE kind BETWEEN 2 AND 5 GROUP BY kind ORDER BY kind
            """)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent, Has.Length.EqualTo(90));
            Assert.That(sums, Is.EqualTo(Enumerable.Range(2, 4).Select(kind => ((long)kind, 90L, 0L, 90L))));
            Assert.That(
                (await first.ListAsync()).Single(decision => decision.Cause == GuardCause.Budget).Requests, Is.EqualTo(30));
        }
    }

    /// <summary>Each server takes the tenants' turns in its own order within a transaction, which is how two come to wait for each other.</summary>
    [Test]
    public async Task Two_servers_with_codes_of_several_tenants_wait_for_each_other_without_end_for_nobody([Values(1, 2)] int seed)
    {
        await using GuardRoom first = await GuardRoom.CreateAsync(StorageProvider.PostgreSql);
        await using GuardRoom second = await first.OpenSecondAsync();
        SmsPolicy[] policies = [.. Enumerable.Range(1, 2).Select(tenant => new SmsPolicy { TenantId = tenant, Guard = GuardMode.Record, PerAddressPerHour = 1000 })];
        Random random = new(seed);
        (GuardRoom Room, SmsPolicy Policy, int Number)[] guests =
            [.. Enumerable.Range(0, 300).Select(number => (random.Next(2) == 0 ? first : second, policies[random.Next(2)], number))];

        Ordered[] ordered = await Task.WhenAll(guests.Select(async guest =>
        {
            Ordered order = await guest.Room.OrderAsync(
                guest.Room.QuestionOf(GuardRoom.Number(guest.Number), "203.0.113.7") with { Policy = guest.Policy });
            await guest.Room.VerifyAsync(order, guest.Policy.TenantId);
            return order;
        }));

        await using var connection = await first.Database.OpenAsync(default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ordered.Select(order => order.Refused), Is.All.Null);
            foreach (SmsPolicy policy in policies)
            {
                Assert.That(
                    await connection.QuerySingleAsync<(long, long)>(
                        "SELECT verified, unverified FROM guard_counters WHERE tenant_id = @TenantId AND kind = 2", new { policy.TenantId }),
                    Is.EqualTo((guests.LongCount(guest => guest.Policy == policy), 0L)));
            }
        }
    }
}
