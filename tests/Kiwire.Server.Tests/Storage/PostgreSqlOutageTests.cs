using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class PostgreSqlOutageTests
{
    [Test]
    [CancelAfter(240_000)]
    public async Task Another_servers_change_arrives(CancellationToken cancellationToken)
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql);
        var second = storage.OpenSecond();
        await second.MigrateAsync(cancellationToken);
        using var feed = new ChangeFeed(second, TimeProvider.System, storage.Lifetime, NullLogger<ChangeFeed>.Instance);
        var heard = Listen(feed);
        await feed.StartingAsync(cancellationToken);

        await AnnounceAsync(storage, new Change(ChangeKind.Nas, 5, 6), cancellationToken);

        Assert.That(await heard.Task.WaitAsync(cancellationToken), Is.EqualTo(new Change(ChangeKind.Nas, 5, 6)));
        await feed.StoppedAsync(cancellationToken);
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task Another_servers_change_arrives_without_notifications(CancellationToken cancellationToken)
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql);

        // Not migrated by this one, so it has not found out that it may listen.
        var second = storage.OpenSecond();
        Assert.That(second.CanNotify, Is.False);
        using var feed = new ChangeFeed(second, TimeProvider.System, storage.Lifetime, NullLogger<ChangeFeed>.Instance);
        var heard = Listen(feed);
        await feed.StartingAsync(cancellationToken);

        await AnnounceAsync(storage, new Change(ChangeKind.Nas, 5, 6), cancellationToken);

        Assert.That(await heard.Task.WaitAsync(cancellationToken), Is.EqualTo(new Change(ChangeKind.Nas, 5, 6)));
        await feed.StoppedAsync(cancellationToken);
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task A_change_made_while_the_feeds_connection_was_broken_arrives(CancellationToken cancellationToken)
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql);
        var second = storage.OpenSecond();
        await second.MigrateAsync(cancellationToken);
        using var feed = new ChangeFeed(second, TimeProvider.System, storage.Lifetime, NullLogger<ChangeFeed>.Instance);
        var heard = Listen(feed);
        await feed.StartingAsync(cancellationToken);

        await storage.Commits.EnqueueAsync(
            async unit =>
            {
                await unit.Connection.ExecuteAsync(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query LIKE '%FROM changes%') AND pid <> pg_backend_pid()",
                    transaction: unit.Transaction);
                unit.Announce(new Change(ChangeKind.Nas, 5, 6));
            },
            cancellationToken);

        Assert.That(await heard.Task.WaitAsync(cancellationToken), Is.EqualTo(new Change(ChangeKind.Nas, 5, 6)));
        await feed.StoppedAsync(cancellationToken);
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task A_server_that_starts_waits_for_anothers_migration_however_long_its_commands_may_take(CancellationToken cancellationToken)
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql, migrate: false);
        Task migration;
        await using (var scope = await storage.Database.BeginWriteAsync(cancellationToken))
        {
            await scope.Command(storage.Database.Dialect.StartLock!).ExecuteNonQueryAsync(cancellationToken);
            storage.Options.ConnectionString += ";Command Timeout=1";
            migration = storage.OpenSecond().MigrateAsync(cancellationToken);
            await scope.Command("SELECT pg_sleep(2)").ExecuteNonQueryAsync(cancellationToken);
        }

        Assert.That(async () => await migration, Throws.Nothing);
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task Units_fail_while_the_server_is_away_and_succeed_when_it_is_back(CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync();
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql, server: server);
        await server.StopAsync();

        Assert.That(() => InsertAsync(storage, "a"), Throws.InstanceOf<DbException>());
        var away = storage.Database.IsReachable;
        await server.RestartAsync();
        await InsertAsync(storage, "b");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(away, Is.False);
            Assert.That(storage.Database.IsReachable);
        }
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task A_server_that_is_back_is_noticed_without_anybody_using_it(CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync();
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql, server: server);
        using var probe = new DatabaseProbe(storage.Database, TimeProvider.System, storage.Lifetime, NullLogger<DatabaseProbe>.Instance);
        await server.StopAsync();
        Assert.That(() => InsertAsync(storage, "a"), Throws.InstanceOf<DbException>());
        await probe.StartingAsync(cancellationToken);

        await server.RestartAsync();
        while (!storage.Database.IsReachable)
        {
            // Asking it is the only way to learn of it, for a load balancer as for this.
            await Task.Delay(20, cancellationToken);
        }

        await probe.StoppedAsync(cancellationToken);
        Assert.That(storage.Lifetime.StopRequested.IsCompleted, Is.False);
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task A_connection_that_breaks_under_a_unit_fails_those_beside_it_and_the_queue_goes_on(CancellationToken cancellationToken)
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql);
        using var gate = new SemaphoreSlim(0);
        var before = storage.Commits.EnqueueAsync(
            async unit =>
            {
                await gate.WaitAsync(cancellationToken);
                return await unit.Connection.ExecuteAsync("INSERT INTO settings (name, value) VALUES ('a', '')", transaction: unit.Transaction);
            },
            cancellationToken);

        var breaking = storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync("SELECT pg_terminate_backend(pg_backend_pid())", transaction: unit.Transaction), cancellationToken);
        gate.Release();

        Assert.That(async () => await breaking.WaitAsync(cancellationToken), Throws.InstanceOf<DbException>());
        Assert.That(async () => await before.WaitAsync(cancellationToken), Throws.InstanceOf<DbException>());
        Assert.That(await InsertAsync(storage, "b").WaitAsync(cancellationToken), Is.EqualTo(1));
        Assert.That(storage.Lifetime.StopRequested.IsCompleted, Is.False);
    }

    [Test]
    [CancelAfter(240_000)]
    public async Task A_change_arrives_though_another_was_stamped_by_a_clock_that_was_ahead(CancellationToken cancellationToken)
    {
        await using var storage = await TestDatabase.CreateAsync(StorageProvider.PostgreSql);
        var second = storage.OpenSecond();
        await second.MigrateAsync(cancellationToken);
        using var feed = new ChangeFeed(second, TimeProvider.System, storage.Lifetime, NullLogger<ChangeFeed>.Instance);
        var ahead = Listen(feed);
        await feed.StartingAsync(cancellationToken);
        await storage.Commits.EnqueueAsync(
            unit => unit.Connection.ExecuteAsync(
                $"INSERT INTO changes (change_id, tenant_id, kind, id, server_id, at) VALUES (1, 5, 'nas', 6, 'before', {storage.Database.Dialect.Now} + 3600000)",
                transaction: unit.Transaction),
            cancellationToken);
        await ahead.Task.WaitAsync(cancellationToken);
        var heard = Listen(feed);

        await AnnounceAsync(storage, new Change(ChangeKind.Zone, 5, 7), cancellationToken);

        Assert.That(await heard.Task.WaitAsync(cancellationToken), Is.EqualTo(new Change(ChangeKind.Zone, 5, 7)));
        await feed.StoppedAsync(cancellationToken);
    }

    private static Task<int> InsertAsync(TestDatabase storage, string name) => storage.Commits.EnqueueAsync(
        unit => unit.Connection.ExecuteAsync("INSERT INTO settings (name, value) VALUES (@name, '')", new { name }, unit.Transaction),
        CancellationToken.None);

    private static Task AnnounceAsync(TestDatabase storage, Change change, CancellationToken cancellationToken) => storage.Commits.EnqueueAsync(
        unit =>
        {
            unit.Announce(change);
            return Task.CompletedTask;
        },
        cancellationToken);

    private static TaskCompletionSource<Change> Listen(ChangeFeed feed)
    {
        var heard = new TaskCompletionSource<Change>(TaskCreationOptions.RunContinuationsAsynchronously);
        feed.Subscribe(change => heard.TrySetResult(change));
        return heard;
    }
}
