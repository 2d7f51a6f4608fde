using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Storage;

[TestFixture(StorageProvider.Sqlite)]
[TestFixture(StorageProvider.PostgreSql)]
[Parallelizable(ParallelScope.All)]
internal sealed class JournalPositionsTests(StorageProvider provider)
{
    [Test]
    public async Task A_journal_that_is_not_known_is_at_nought()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        Assert.That(await JournalPositions.ReadAsync(storage.Database, "j", CancellationToken.None), Is.Zero);
    }

    [Test]
    public async Task The_position_moves_with_its_transaction_and_not_without()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);

        await AdvanceAsync(storage, 0, 10, commit: true);
        await AdvanceAsync(storage, 10, 20, commit: true);
        await AdvanceAsync(storage, 20, 30, commit: false);

        Assert.That(await JournalPositions.ReadAsync(storage.Database, "j", CancellationToken.None), Is.EqualTo(20));
    }

    [Test]
    public async Task Two_that_apply_the_same_journal_do_not_both_succeed()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await AdvanceAsync(storage, 0, 10, commit: true);
        await AdvanceAsync(storage, 10, 20, commit: true);

        Assert.That(() => AdvanceAsync(storage, 10, 15, commit: true), Throws.InvalidOperationException);
        Assert.That(await JournalPositions.ReadAsync(storage.Database, "j", CancellationToken.None), Is.EqualTo(20));
    }

    [Test]
    public async Task A_record_set_aside_keeps_its_octets_and_the_reason()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        var record = new JournalRecord(7, JournalRecordKind.Accounting, new byte[] { 1, 2, 0, 255 });

        for (var i = 0; i < 2; i++)
        {
            await using var scope = await storage.Database.BeginWriteAsync(CancellationToken.None);
            await JournalPositions.SetAsideAsync(scope, "j", record, "no such NAS", 1234, CancellationToken.None);
            await scope.CommitAsync(CancellationToken.None);
        }

        await using var connection = await storage.Database.OpenAsync(CancellationToken.None);
        var rows = (await connection.QueryAsync<(string JournalId, long Sequence, int Kind, byte[] Record, string Reason, long At)>(
            "SELECT journal_id, sequence, kind, record, reason, at FROM journal_set_aside")).ToList();
        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(rows[0].Record, Is.EqualTo(new byte[] { 1, 2, 0, 255 }));
        Assert.That(rows[0] with { Record = [] }, Is.EqualTo(("j", 7L, 1, Array.Empty<byte>(), "no such NAS", 1234L)));
    }

    [Test]
    public async Task A_restarted_journal_goes_on_where_the_database_is()
    {
        await using var storage = await TestDatabase.CreateAsync(provider);
        await storage.StartJournalAsync();
        for (var i = 0; i < 10; i++)
        {
            storage.Journal.Append(JournalRecordKind.Accounting, [(byte)i], null, 0, out _);
        }

        await storage.Journal.FlushAsync();
        await using (var scope = await storage.Database.BeginWriteAsync(CancellationToken.None))
        {
            await JournalPositions.AdvanceAsync(scope, storage.Journal.JournalId, 0, 6, CancellationToken.None);
            await scope.CommitAsync(CancellationToken.None);
        }

        await storage.StopJournalAsync();
        await storage.StartJournalAsync();
        using var reader = storage.Journal.OpenReader();
        var records = await reader.ReadAsync(100, CancellationToken.None);

        Assert.That(records.ToArray().Select(record => record.Sequence), Is.EqualTo(new[] { 7, 8, 9, 10 }));
        Assert.That(storage.Journal.Backlog.Records, Is.EqualTo(4));
    }

    private static async Task AdvanceAsync(TestDatabase storage, long from, long to, bool commit)
    {
        await using var scope = await storage.Database.BeginWriteAsync(CancellationToken.None);
        await JournalPositions.AdvanceAsync(scope, "j", from, to, CancellationToken.None);
        if (commit)
        {
            await scope.CommitAsync(CancellationToken.None);
        }
    }
}
