using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JournalLimitsTests
{
    private const int NoSpace = 28;
    private static readonly byte[] Record = new byte[1000];

    [Test]
    public async Task Segments_follow_one_another_and_go_when_they_are_applied()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();

        for (var i = 0; i < 500; i++)
        {
            test.Append(Record);
            if (i % 20 == 0)
            {
                await test.Journal.FlushAsync();
            }
        }

        await test.Journal.FlushAsync();
        var before = test.Segments.Length;
        var records = await test.ReadAllAsync();
        test.Journal.NotifyApplied(250);
        var half = test.Segments.Length;
        test.Journal.NotifyApplied(500);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, 500)));
            Assert.That(before, Is.GreaterThan(6));
            Assert.That(half, Is.LessThan(before).And.GreaterThan(1));
            Assert.That(test.Segments, Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task At_its_limit_the_journal_refuses_and_takes_again_when_records_are_applied()
    {
        await using var test = new TestJournal();
        test.Options.JournalLimitOctets = 1 << 20;
        await test.OpenAsync();
        var taken = 0;
        while (test.Journal.Append(JournalRecordKind.Accounting, Record, null, 0, out _) == JournalAppend.Taken)
        {
            taken++;
        }

        var refused = test.Journal.Append(JournalRecordKind.Accounting, Record, null, 0, out _);
        await test.Journal.FlushAsync();
        using var reader = test.Journal.OpenReader();
        var chunk = await reader.ReadAsync(100, CancellationToken.None);
        test.Journal.NotifyApplied(chunk.Span[^1].Sequence);
        var again = test.Journal.Append(JournalRecordKind.Accounting, Record, null, 0, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo((1 << 20) / (Record.Length + JournalFormat.RecordOverhead)));
            Assert.That(refused, Is.EqualTo(JournalAppend.Full));
            Assert.That(again, Is.EqualTo(JournalAppend.Taken));
            Assert.That(test.Log.Entries.Count(entry => entry.Id == 940), Is.EqualTo(1), "said once, not for each record");
        }
    }

    [Test]
    public async Task History_is_dropped_where_accounting_is_still_taken()
    {
        await using var test = new TestJournal();
        test.Options.HistoryLimitOctets = 100_000;
        await test.OpenAsync();
        while (test.Journal.Append(JournalRecordKind.Login, Record, null, 0, out _) == JournalAppend.Taken)
        {
        }

        Assert.That(test.Journal.Append(JournalRecordKind.Accounting, Record, null, 0, out _), Is.EqualTo(JournalAppend.Taken));
    }

    [Test]
    public async Task The_limit_holds_after_a_restart()
    {
        await using var test = new TestJournal();
        test.Options.JournalLimitOctets = 1 << 20;
        await test.OpenAsync();
        while (test.Journal.Append(JournalRecordKind.Accounting, Record, null, 0, out _) == JournalAppend.Taken)
        {
        }

        await test.CloseAsync();
        await test.OpenAsync();

        Assert.That(test.Journal.Append(JournalRecordKind.Accounting, Record, null, 0, out _), Is.EqualTo(JournalAppend.Full));
    }

    [Test]
    public async Task A_full_disc_refuses_records_loses_none_and_recovers_by_itself()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        test.Append(Record);
        await test.Journal.FlushAsync();
        var sink = new TicketSink();

        test.Disc.Failure = new IOException("No space left on device", NoSpace);
        test.Journal.Append(JournalRecordKind.Accounting, Record, sink, 1, out _);
        await test.Log.WaitAsync(941);
        var refused = test.Journal.Append(JournalRecordKind.Accounting, Record, sink, 2, out _);
        var toldTooEarly = sink.Tickets;
        test.Disc.Failure = null;
        await sink.WaitAsync(1);
        await test.Log.WaitAsync(942);
        test.Journal.Append(JournalRecordKind.Accounting, Record, sink, 3, out _);
        await sink.WaitAsync(2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused, Is.EqualTo(JournalAppend.Full));
            Assert.That(toldTooEarly, Is.Empty);
            Assert.That(sink.Tickets, Is.EqualTo(new[] { 1, 3 }));
            Assert.That((await test.ReadAllAsync()).Select(record => record.Sequence), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(test.Lifetime.StopRequested.IsCompleted, Is.False);
        }
    }

    [Test]
    public async Task A_disc_that_is_full_when_the_next_segment_begins_loses_nothing()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        for (var i = 0; i < 60; i++)
        {
            test.Append(Record);
        }

        await test.Journal.FlushAsync();
        test.Disc.Failure = new IOException("No space left on device", NoSpace);
        for (var i = 0; i < 20; i++)
        {
            test.Append(Record);
        }

        var flushed = test.Journal.FlushAsync();
        await test.Log.WaitAsync(941);
        test.Disc.Failure = null;
        await flushed;

        Assert.That((await test.ReadAllAsync()).Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, 80)));
        Assert.That(test.Segments, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_disc_that_fails_stops_the_host_and_nothing_is_told_durable()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var sink = new TicketSink();

        test.Disc.Failure = new IOException("Input/output error", 5);
        test.Journal.Append(JournalRecordKind.Accounting, Record, sink, 1, out _);
        await test.Lifetime.StopRequested.WaitAsync(TimeSpan.FromMinutes(2));
        Environment.ExitCode = 0;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(test.Journal.Append(JournalRecordKind.Accounting, Record, sink, 2, out _), Is.EqualTo(JournalAppend.Closed));
            Assert.That(sink.Tickets, Is.Empty);
            Assert.That(() => test.Journal.FlushAsync(), Throws.InstanceOf<IOException>());
        }
    }
}
