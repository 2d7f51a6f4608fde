using System.Data;
using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Npgsql;

namespace Kiwire.Server.Tests.Storage;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class CommitQueueTests(StorageProvider provider)
{
    [Test]
    public async Task A_unit_is_stored_when_it_completes_and_returns_its_value()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        var value = await storage.Commits.EnqueueAsync(unit => InsertAsync(unit, "a", 42), CancellationToken.None);

        Assert.That(value, Is.EqualTo(42));
        Assert.That(await NamesAsync(storage.Database), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task A_unit_that_fails_harms_no_other_in_its_transaction()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        using var gate = new SemaphoreSlim(0);
        var first = storage.Commits.EnqueueAsync(async unit => { await gate.WaitAsync(); return await InsertAsync(unit, "0", 0); }, CancellationToken.None);

        var units = Enumerable.Range(1, 20).Select(i => storage.Commits.EnqueueAsync(
            async unit =>
            {
                await InsertAsync(unit, $"{i:d2}", i);
                return i % 3 == 0 ? throw new InvalidOperationException($"{i}") : i;
            },
            CancellationToken.None)).ToArray();
        gate.Release();
        await Task.WhenAll(units).ContinueWith(_ => { }, TaskScheduler.Default);
        await first;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Select((unit, i) => unit.IsFaulted == ((i + 1) % 3 == 0)), Is.All.True);
            Assert.That(units.Where(unit => unit.IsFaulted).Select(unit => unit.Exception!.InnerException), Is.All.TypeOf<InvalidOperationException>());
            Assert.That(await NamesAsync(storage.Database), Is.EqualTo(Enumerable.Range(1, 20).Where(i => i % 3 != 0).Select(i => $"{i:d2}").Prepend("0")));
        }
    }

    [Test]
    public async Task A_statement_that_fails_goes_to_its_caller_alone()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await storage.Commits.EnqueueAsync(unit => InsertAsync(unit, "a", 0), CancellationToken.None);
        using var gate = new SemaphoreSlim(0);
        var before = storage.Commits.EnqueueAsync(async unit => { await gate.WaitAsync(); return await InsertAsync(unit, "b", 0); }, CancellationToken.None);

        var duplicate = storage.Commits.EnqueueAsync(unit => InsertAsync(unit, "a", 0), CancellationToken.None);
        var after = storage.Commits.EnqueueAsync(unit => InsertAsync(unit, "c", 0), CancellationToken.None);
        gate.Release();

        Assert.That(() => duplicate, Throws.InstanceOf<DbException>());
        await before;
        await after;
        Assert.That(await NamesAsync(storage.Database), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(storage.Database.IsReachable);
    }

    [Test]
    public async Task An_idempotency_key_is_taken_once_a_day()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        var first = await ClaimAsync(storage);
        Assert.That(() => ClaimAsync(storage), Throws.TypeOf<IdempotencyConflictException>());
        await storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync("UPDATE idempotency_keys SET at = at - 86400000", transaction: unit.Transaction), CancellationToken.None);
        var dayAfter = await ClaimAsync(storage);

        Assert.That((first.IsTaken, dayAfter.IsTaken), Is.EqualTo((true, true)));
        Assert.That(() => ClaimAsync(storage), Throws.TypeOf<IdempotencyConflictException>());
    }

    [Test]
    public async Task What_a_commit_announced_is_heard_though_the_answer_to_it_was_lost()
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.Sqlite);
        var heard = new List<Change>();
        storage.Changes.Subscribe(heard.Add);
        var connection = await storage.Database.OpenAsync(CancellationToken.None);
        await using (var scope = new WriteScope(storage.Database, connection, new LostAnswer(await connection.BeginTransactionAsync()), [], _ => connection.DisposeAsync()))
        {
            await connection.ExecuteAsync("INSERT INTO settings (name, value) VALUES ('a', 1)");
            scope.Announce(new Change(ChangeKind.Nas, 5, 6));
            Assert.That(() => scope.CommitAsync(CancellationToken.None), Throws.InstanceOf<DbException>());
        }

        var atOnce = heard.ToArray();
        await storage.Database.ProbeAsync(CancellationToken.None);
        await storage.Database.ProbeAsync(CancellationToken.None);

        Assert.That(atOnce, Is.Empty);
        Assert.That(heard, Is.EqualTo(new[] { new Change(ChangeKind.Nas, 5, 6) }));
    }

    [Test]
    public async Task A_unit_cancelled_while_it_waits_is_not_run()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        using var gate = new SemaphoreSlim(0);
        using var cancellation = new CancellationTokenSource();
        var first = storage.Commits.EnqueueAsync(async unit => { await gate.WaitAsync(); return await InsertAsync(unit, "a", 0); }, CancellationToken.None);
        var second = storage.Commits.EnqueueAsync(unit => InsertAsync(unit, "b", 0), cancellation.Token);

        await cancellation.CancelAsync();
        Assert.That(() => second, Throws.InstanceOf<OperationCanceledException>());
        gate.Release();
        await first;

        Assert.That(await NamesAsync(storage.Database), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task What_is_in_the_queue_at_the_stop_is_committed()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        var units = Enumerable.Range(0, 300).Select(i => storage.Commits.EnqueueAsync(unit => InsertAsync(unit, $"{i}", i), CancellationToken.None)).ToArray();
        await storage.Commits.StoppedAsync(CancellationToken.None);

        // What awaits a unit is told by another thread.
        await Task.WhenAll(units).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That(units.Select(unit => unit.IsCompletedSuccessfully), Is.All.True);
        Assert.That((await NamesAsync(storage.Database)).Count(), Is.EqualTo(300));
    }

    [Test]
    public async Task Changes_are_heard_before_the_unit_completes_and_only_of_units_that_succeed()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        List<Change> heard = [];
        storage.Changes.Subscribe(heard.Add);

        await storage.Commits.EnqueueAsync(unit => { unit.Announce(new Change(ChangeKind.Account, 1, 2)); return Task.CompletedTask; }, CancellationToken.None);
        Assert.That(
            () => storage.Commits.EnqueueAsync(
                unit =>
                {
                    unit.Announce(new Change(ChangeKind.Account, 1, 3));
                    return Task.FromException(new InvalidOperationException());
                },
                CancellationToken.None),
            Throws.InvalidOperationException);

        Assert.That(heard, Is.EqualTo(new[] { new Change(ChangeKind.Account, 1, 2) }));
    }

    [Test]
    public async Task Many_changes_of_a_kind_are_announced_as_one()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        List<Change> heard = [];
        storage.Changes.Subscribe(heard.Add);

        await storage.Commits.EnqueueAsync(
            unit =>
            {
                for (var i = 1; i <= 5000; i++)
                {
                    unit.Announce(new Change(ChangeKind.Account, 1, i));
                }

                unit.Announce(new Change(ChangeKind.Profile, 1, 7));
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.That(heard, Is.EquivalentTo(new[] { new Change(ChangeKind.Account, 1, 0), new Change(ChangeKind.Profile, 1, 7) }));
    }

    [Test]
    public async Task A_subscriber_that_throws_keeps_nothing_from_the_next()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        List<Change> heard = [];
        storage.Changes.Subscribe(_ => throw new InvalidOperationException());
        storage.Changes.Subscribe(heard.Add);

        await storage.Commits.EnqueueAsync(unit => { unit.Announce(new Change(ChangeKind.Zone, 1, 1)); return Task.CompletedTask; }, CancellationToken.None);

        Assert.That(heard, Has.Count.EqualTo(1));
    }

    private static async Task<IdempotencyClaim> ClaimAsync(TestDatabase storage)
    {
        var claim = new IdempotencyClaim("key", "hash");
        ChangeAuthor.Enter(new ChangeAuthor { TenantId = 1, Name = "admin", Via = "v1", Address = "192.0.2.1", Claim = claim });
        await storage.Commits.EnqueueAsync(_ => Task.CompletedTask, CancellationToken.None);
        return claim;
    }

    private static async Task<int> InsertAsync(UnitOfWork unit, string name, int result)
    {
        await unit.Connection.ExecuteAsync("INSERT INTO settings (name, value) VALUES (@name, @value)", new { name, value = new byte[] { 1 } }, unit.Transaction);
        return result;
    }

    private static async Task<IEnumerable<string>> NamesAsync(Database database)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        return await connection.QueryAsync<string>("SELECT name FROM settings WHERE name NOT LIKE 'server.%' AND name NOT LIKE 'secrets.%' ORDER BY name");
    }

    /// <summary>Commits, and says that it did not.</summary>
    private sealed class LostAnswer(DbTransaction transaction) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => transaction.IsolationLevel;

        protected override DbConnection? DbConnection => transaction.Connection;

        public override void Commit()
        {
            transaction.Commit();
            throw new NpgsqlException("The connection broke.");
        }

        public override void Rollback() => transaction.Rollback();
    }
}
