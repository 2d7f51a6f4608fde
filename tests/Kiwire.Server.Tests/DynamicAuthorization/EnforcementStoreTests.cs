using Kiwire.Server.DynamicAuthorization;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Accounts;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.DynamicAuthorization;

/// <summary>Which of several servers does what about a session, on both databases.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class EnforcementStoreTests(StorageProvider provider)
{
    private static readonly EnforcementClaim End = new(1, 42, EnforcementKind.End, "volume", 1000);
    private static readonly EnforcementClaim Change = new(1, 42, EnforcementKind.Change, "1024/512 0/0", 1000);

    [Test]
    public async Task One_of_all_that_ask_at_one_time_has_it()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        EnforcementStore store = new(storage.Commits);

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.TryTakeAsync(End, 5000, default)));

        Assert.That(taken.Count(one => one), Is.EqualTo(1));
        Assert.That(await store.TryTakeAsync(End with { TenantId = 2 }, 5000, default), Is.True, "another tenant's");
        Assert.That(await store.TryTakeAsync(Change, 5000, default), Is.True, "another matter");
    }

    [Test]
    public async Task What_failed_is_had_again_when_there_is_news()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        EnforcementStore store = new(storage.Commits);
        await store.TryTakeAsync(End, 5000, default);
        await store.SetStateAsync(End, EnforcementState.Failed, 6000, default);

        bool[] taken =
        [
            await store.TryTakeAsync(End, 7000, default),
            await store.TryTakeAsync(End with { NewsAt = 1001 }, 7000, default),
            await store.TryTakeAsync(End with { NewsAt = 1001 }, 7000, default),
        ];

        Assert.That(taken, Is.EqualTo((bool[])[false, true, false]));
    }

    [Test]
    public async Task What_was_acknowledged_is_had_again_when_news_a_minute_later_shows_that_it_was_ignored()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        EnforcementStore store = new(storage.Commits);
        await store.TryTakeAsync(End, 5000, default);
        await store.SetStateAsync(End, EnforcementState.Done, 6000, default);

        bool[] taken =
        [
            await store.TryTakeAsync(End with { NewsAt = 1001 }, 66_000, default),
            await store.TryTakeAsync(End, 66_001, default),
            await store.TryTakeAsync(End with { NewsAt = 1001 }, 66_001, default),
        ];

        Assert.That(taken, Is.EqualTo((bool[])[false, false, true]));
    }

    [Test]
    public async Task Other_rates_are_had_at_once_and_the_same_once()
    {
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        EnforcementStore store = new(storage.Commits);

        bool[] taken =
        [
            await store.TryTakeAsync(Change, 5000, default),
            await store.TryTakeAsync(Change, 5001, default),
            await store.TryTakeAsync(Change with { What = "2048/512 0/0" }, 5002, default),
            await store.TryTakeAsync(Change with { What = "2048/512 0/0" }, 5003, default),
            await store.TryTakeAsync(Change, 5004, default),
        ];

        Assert.That(taken, Is.EqualTo((bool[])[true, false, true, false, true]));
    }

    [Test]
    public async Task In_memory_the_same_rules_hold()
    {
        SteppedClock clock = new();
        await using TestDatabase storage = await TestDatabase.CreateAsync(provider);
        EnforcementClaims one = new(new EnforcementStore(storage.Commits), storage.Database, clock);
        EnforcementClaims other = new(new EnforcementStore(storage.Commits), storage.Database, clock);

        List<bool> taken = [await one.TryTakeAsync(End, default), await one.TryTakeAsync(End with { NewsAt = 2000 }, default)];
        bool elsewhere = await other.TryTakeAsync(End, default);
        await one.SetAsync(End, EnforcementState.Failed, default);
        taken.AddRange(one.MayTake(End), one.MayTake(End with { NewsAt = 2000 }), await one.TryTakeAsync(End with { NewsAt = 2000 }, default));
        await one.SetAsync(End with { NewsAt = 2000 }, EnforcementState.Done, default);
        clock.Advance(TimeSpan.FromSeconds(60));
        taken.Add(one.MayTake(End with { NewsAt = 3000 }));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        taken.AddRange(one.MayTake(End with { NewsAt = 3000 }), one.MayTake(Change));

        Assert.That(taken, Is.EqualTo((bool[])[true, false, false, true, true, false, true, true]));
        Assert.That(elsewhere, Is.EqualTo(provider == StorageProvider.Sqlite), "SQLite has one server, which asks nobody");
    }
}
