using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Storage;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class DatabaseTests(StorageProvider provider)
{
    [Test]
    public async Task Migrates_an_empty_database_and_once_only()
    {
        await using var storage = await TestDatabase.CreateAsync(provider, migrate: false);

        await storage.Database.MigrateAsync(CancellationToken.None);
        await storage.Database.MigrateAsync(CancellationToken.None);

        await using var connection = await storage.Database.OpenAsync(CancellationToken.None);
        var versions = (await connection.QueryAsync<int>("SELECT version FROM schema_migrations ORDER BY version")).ToList();
        var scripts = typeof(Database).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).ToList();
        Assert.That(versions, Is.EqualTo(scripts.Select(name => int.Parse(name.Split('.')[^2][..4], System.Globalization.CultureInfo.InvariantCulture)).Order()));
        Assert.That(versions, Is.Unique.And.Count.GreaterThanOrEqualTo(5));
        Assert.That(await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM sessions"), Is.Zero);
    }

    [Test]
    public async Task Servers_that_start_together_migrate_once()
    {
        await using var storage = await TestDatabase.CreateAsync(provider, migrate: false);
        var second = storage.OpenSecond();
        var both = provider == StorageProvider.Sqlite ? [storage.Database, storage.Database] : new[] { storage.Database, second };

        await Task.WhenAll(both.Select(database => Task.Run(() => database.MigrateAsync(CancellationToken.None))));

        await using var connection = await storage.Database.OpenAsync(CancellationToken.None);
        Assert.That(await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM tenants"), Is.Zero);
    }

    /// <summary>SQLite has one writer, PostgreSQL as many as it has connections.</summary>
    [Test]
    public async Task Is_contended_once_a_writer_waits_for_another()
    {
        await using var storage = await TestDatabase.CreateAsync(provider, migrate: false);
        Task<WriteScope> second;
        bool isContended;
        await using (await storage.Database.BeginWriteAsync(CancellationToken.None))
        {
            second = storage.Database.BeginWriteAsync(CancellationToken.None);
            isContended = storage.Database.IsContended;
        }

        await (await second).DisposeAsync();

        Assert.That(isContended, Is.EqualTo(provider == StorageProvider.Sqlite));
    }

    [Test]
    public async Task Refuses_a_database_that_is_newer_than_the_program()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using (var scope = await storage.Database.BeginWriteAsync(CancellationToken.None))
        {
            await scope.Connection.ExecuteAsync("INSERT INTO schema_migrations VALUES (9999, 'from_the_future', 0)", transaction: scope.Transaction);
            await scope.CommitAsync(CancellationToken.None);
        }

        Assert.That(
            () => storage.Database.MigrateAsync(CancellationToken.None),
            Throws.TypeOf<StartUpException>().With.Message.Contains("9999"));
    }

    [Test]
    public async Task A_write_that_is_not_committed_is_rolled_back()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        await using (var scope = await storage.Database.BeginWriteAsync(CancellationToken.None))
        {
            await InsertAsync(scope, "gone");
        }

        await using (var scope = await storage.Database.BeginWriteAsync(CancellationToken.None))
        {
            await InsertAsync(scope, "kept");
            await scope.CommitAsync(CancellationToken.None);
        }

        Assert.That(await NamesAsync(storage), Is.EqualTo(new[] { "kept" }));
    }

    [Test]
    public async Task Reads_see_what_is_committed_while_a_write_is_under_way()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var scope = await storage.Database.BeginWriteAsync(CancellationToken.None);
        await InsertAsync(scope, "a");

        var before = await NamesAsync(storage);
        await scope.CommitAsync(CancellationToken.None);
        var after = await NamesAsync(storage);

        Assert.That(before, Is.Empty);
        Assert.That(after, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Concurrent_writers_take_turns()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using (var scope = await storage.Database.BeginWriteAsync(CancellationToken.None))
        {
            await scope.Connection.ExecuteAsync("INSERT INTO journal_positions VALUES ('j', 0)", transaction: scope.Transaction);
            await scope.CommitAsync(CancellationToken.None);
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            await using var scope = await storage.Database.BeginWriteAsync(CancellationToken.None);
            await scope.Command("UPDATE journal_positions SET sequence = sequence + 1").ExecuteNonQueryAsync();
            await scope.CommitAsync(CancellationToken.None);
        })));

        await using var connection = await storage.Database.OpenAsync(CancellationToken.None);
        Assert.That(await connection.ExecuteScalarAsync<long>("SELECT sequence FROM journal_positions"), Is.EqualTo(20));
    }

    [Test]
    public async Task Tells_a_duplicate_from_other_failures()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var scope = await storage.Database.BeginWriteAsync(CancellationToken.None);
        await InsertAsync(scope, "a");

        var failure = Assert.CatchAsync<System.Data.Common.DbException>(() => InsertAsync(scope, "a"))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(storage.Database.Dialect.IsDuplicate(failure));
            Assert.That(storage.Database.Dialect.IsAway(failure), Is.False);
        }
    }

    [Test]
    public async Task Clocks_of_database_and_program_agree()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using var connection = await storage.Database.OpenAsync(CancellationToken.None);

        var now = await connection.ExecuteScalarAsync<long>($"SELECT {storage.Database.Dialect.Now}");

        Assert.That(now, Is.EqualTo(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()).Within(60_000));
    }

    [Test]
    public async Task Each_server_has_a_number_of_its_own_and_keeps_it()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        var second = storage.OpenSecond();

        var first = await ServerNumber.ClaimAsync(storage.Database, CancellationToken.None);
        var again = await ServerNumber.ClaimAsync(storage.Database, CancellationToken.None);
        Assert.That(again, Is.EqualTo(first));
        if (provider == StorageProvider.PostgreSql)
        {
            Assert.That(await ServerNumber.ClaimAsync(second, CancellationToken.None), Is.Not.EqualTo(first));
        }
    }

    [Test]
    public async Task A_failed_statement_does_not_make_it_unreachable_and_a_probe_makes_it_reachable_again()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await using (var scope = await storage.Database.BeginWriteAsync(CancellationToken.None))
        {
            storage.Database.Report(Assert.CatchAsync<System.Data.Common.DbException>(() => scope.Command("SELECT nonsense").ExecuteNonQueryAsync())!);
        }

        var afterStatement = storage.Database.IsReachable;
        storage.Database.Report(success: false);
        var away = storage.Database.IsReachable;
        await storage.Database.ProbeAsync(CancellationToken.None);

        Assert.That((afterStatement, away, storage.Database.IsReachable), Is.EqualTo((true, false, true)));
    }

    private static Task<int> InsertAsync(WriteScope scope, string name)
    {
        var command = scope.Command("INSERT INTO settings (name, value) VALUES (@name, @value)", "name", "value");
        command.Parameters[0].Value = name;
        command.Parameters[1].Value = new byte[] { 1 };
        return command.ExecuteNonQueryAsync();
    }

    private static async Task<IEnumerable<string>> NamesAsync(TestDatabase storage)
    {
        await using var connection = await storage.Database.OpenAsync(CancellationToken.None);
        return await connection.QueryAsync<string>("SELECT name FROM settings WHERE name NOT LIKE 'server.%' AND name NOT LIKE 'secrets.%' ORDER BY name");
    }
}
