using System.Data.Common;
using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Kiwire.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kiwire.Server.Tests.EndToEnd;

/// <summary>radius.md, Accounting: an Accounting-Response leaves only after its record survives kill -9. A real process, killed in the middle.</summary>
[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[NonParallelizable]
internal sealed class KillTests(StorageProvider provider)
{
    private const int Sessions = 4000;
    private const int KillAfterAnswers = 6000;

    [Test]
    [CancelAfter(600_000)]
    public async Task Every_answered_record_is_there_after_kill_9_and_usage_is_counted_once(CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("kiwire-kill-").FullName;
        PostgresServer? postgres = provider == StorageProvider.PostgreSql ? await PostgresServer.GetAsync() : null;
        string database = "kill_" + Guid.NewGuid().ToString("N");
        if (postgres is not null)
        {
            await postgres.ExecuteAsync($"CREATE DATABASE {database}");
        }

        string[] storage = postgres is null
            ? []
            : ["--Kiwire:Storage:Provider=PostgreSql", "--Kiwire:Storage:ConnectionString=" + postgres.ConnectionString(database)];
        try
        {
            LoadRecord[][] lives = [.. Enumerable.Range(0, Sessions).Select(LoadRecord.Life)];
            List<LoadRecord> answered;
            using (KiwireProcess first = await KiwireProcess.StartAsync(directory, 0, storage))
            {
                answered = KillInTheMiddle(first, lives);
            }

            Assert.That(answered, Has.Count.GreaterThanOrEqualTo(KillAfterAnswers));

            using (KiwireProcess second = await KiwireProcess.StartAsync(directory, 0, storage))
            {
                await WaitUntilAppliedAsync(second, cancellationToken);
                await second.Child.StopAsync();
            }

            await using (DbConnection connection = Open(directory, postgres?.ConnectionString(database)))
            {
                await AssertAllThereAsync(connection, answered);
            }

            // The NAS repeats what had no answer, and more than that; nothing may count twice.
            using (KiwireProcess third = await KiwireProcess.StartAsync(directory, 0, storage))
            {
                using AccountingLoad again = new(third.AccountingPort, "alice");
                again.Run(lives.SelectMany(life => life.Append(life[^1]).Append(life[1])), () => cancellationToken.IsCancellationRequested);
                await WaitUntilAppliedAsync(third, cancellationToken);
                await third.Child.StopAsync();
            }

            await using (DbConnection connection = Open(directory, postgres?.ConnectionString(database)))
            {
                await AssertTotalsAsync(connection, lives);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static List<LoadRecord> KillInTheMiddle(KiwireProcess server, LoadRecord[][] lives)
    {
        bool killed = false;
        AccountingLoad[] senders = [.. Enumerable.Range(0, 4).Select(_ => new AccountingLoad(server.AccountingPort, "alice"))];
        Thread[] threads = [.. senders.Select((sender, index) => new Thread(() => sender.Run(
            lives.Where((_, session) => session % senders.Length == index).SelectMany(life => life),
            () => Volatile.Read(ref killed))))];
        Array.ForEach(threads, thread => thread.Start());

        SpinWait wait = default;
        while (senders.Sum(sender => sender.Answered.Count) < KillAfterAnswers)
        {
            wait.SpinOnce();
        }

        server.Child.Kill();
        Volatile.Write(ref killed, true);
        Array.ForEach(threads, thread => thread.Join());
        List<LoadRecord> answered = [.. senders.SelectMany(sender => sender.Answered)];
        Array.ForEach(senders, sender => sender.Dispose());
        return answered;
    }

    private static async Task WaitUntilAppliedAsync(KiwireProcess server, CancellationToken cancellationToken)
    {
        // No oftener than the port's rates allow, however long it takes.
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (await server.MetricAsync("kiwire_journal_backlog_records") > 0)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private DbConnection Open(string directory, string? connectionString)
    {
        DbConnection connection = provider == StorageProvider.Sqlite
            ? new SqliteConnection($"Data Source={Path.Combine(directory, "kiwire.db")};Pooling=False")
            : new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        return connection;
    }

    private static async Task AssertAllThereAsync(DbConnection connection, List<LoadRecord> answered)
    {
        Dictionary<string, (long Seconds, long? EndedAt)> stored = (await connection.QueryAsync<(string Id, long Seconds, long? EndedAt)>(
            "SELECT acct_session_id, seconds, ended_at FROM sessions")).ToDictionary(row => row.Id, row => (row.Seconds, row.EndedAt));

        List<LoadRecord> lost = [.. answered.Where(record =>
            !stored.TryGetValue(record.AcctSessionId, out (long Seconds, long? EndedAt) session)
            || session.Seconds < record.Seconds
            || (record.Status == 2 && session.EndedAt is null))];
        Assert.That(lost, Is.Empty, $"{lost.Count} of {answered.Count} answered records are not in the database");
    }

    private static async Task AssertTotalsAsync(DbConnection connection, LoadRecord[][] lives)
    {
        (long seconds, long octetsIn, long octetsOut) = await connection.QuerySingleAsync<(long, long, long)>(
            "SELECT used_seconds, used_in, used_out FROM accounts WHERE name_key = 'alice'");
        long sessions = await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sessions WHERE ended_at IS NOT NULL");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sessions, Is.EqualTo(lives.Length));
            Assert.That(seconds, Is.EqualTo(lives.Sum(life => (long)life[^1].Seconds)));
            Assert.That(octetsIn, Is.EqualTo(lives.Sum(life => (long)life[^1].OctetsIn)));
            Assert.That(octetsOut, Is.EqualTo(lives.Sum(life => (long)life[^1].OctetsOut)));
        }
    }
}
