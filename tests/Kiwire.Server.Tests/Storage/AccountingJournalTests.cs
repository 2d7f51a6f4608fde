using System.Text;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AccountingJournalTests
{
    private static readonly byte[] Small = new byte[200];

    [Test]
    public async Task Records_come_back_in_their_order_with_what_they_held()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();

        for (var i = 1; i <= 1000; i++)
        {
            test.Journal.Append(i % 3 == 0 ? JournalRecordKind.Login : JournalRecordKind.Accounting, Payload(i), null, 0, out var sequence);
            Assert.That(sequence, Is.EqualTo(i));
        }

        await test.Journal.FlushAsync();
        var records = await test.ReadAllAsync(limit: 7);

        Assert.That(records.Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, 1000)));
        Assert.That(records.Select(record => record.Payload), Is.EqualTo(Enumerable.Range(1, 1000).Select(Payload)));
        Assert.That(records.Select(record => record.Kind == JournalRecordKind.Login), Is.EqualTo(Enumerable.Range(1, 1000).Select(i => i % 3 == 0)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(JournalFormat.PayloadLimit)]
    public async Task Takes_records_of_every_length(int length)
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var payload = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();

        test.Append(payload, payload, payload);
        await test.Journal.FlushAsync();

        Assert.That((await test.ReadAllAsync()).Select(record => record.Payload), Is.EqualTo(new[] { payload, payload, payload }));
    }

    [Test]
    public async Task Refuses_a_record_that_is_too_long()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();

        Assert.That(
            () => test.Journal.Append(JournalRecordKind.Accounting, new byte[JournalFormat.PayloadLimit + 1], null, 0, out _),
            Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task A_sink_is_told_only_when_its_records_are_on_disc()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        test.Disc.MaySync.Reset();
        var sink = new TicketSink();

        test.Journal.Append(JournalRecordKind.Accounting, Small, sink, 7, out _);
        var flushed = test.Journal.FlushAsync();
        var before = (sink.Tickets.Length, test.Journal.DurableSequence, flushed.IsCompleted);
        test.Disc.MaySync.Set();
        await sink.WaitAsync(1);

        Assert.That(before, Is.EqualTo((0, 0L, false)));
        Assert.That(sink.Tickets, Is.EqualTo(new[] { 7 }));
        Assert.That(test.Journal.DurableSequence, Is.EqualTo(1));
    }

    [Test]
    public async Task Sinks_of_one_sync_are_told_once_each_with_their_tickets_in_order()
    {
        await using var test = new TestJournal();
        await test.OpenAsync(start: false);
        TicketSink[] sinks = [new(), new(), new()];
        for (var i = 0; i < 999; i++)
        {
            test.Journal.Append(JournalRecordKind.Accounting, Small, sinks[i * 7 % 3], i, out _);
        }

        await test.Journal.StartingAsync(CancellationToken.None);
        await Task.WhenAll(sinks.Select(sink => sink.WaitAsync(333)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sinks.Select(sink => sink.Calls.Count), Is.All.EqualTo(1));
            Assert.That(sinks.Select(sink => sink.Tickets), Is.All.Ordered);
            Assert.That(sinks.SelectMany(sink => sink.Tickets), Is.EquivalentTo(Enumerable.Range(0, 999)));
        }
    }

    [Test]
    public async Task Records_that_gather_during_a_sync_share_the_next_one()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var sink = new TicketSink();
        test.Disc.MaySync.Reset();
        var before = test.Disc.Syncs;
        for (var i = 0; i < 100; i++)
        {
            // Less than a quarter of a segment: from there on the next one is made ready, whose sync is one more.
            test.Journal.Append(JournalRecordKind.Accounting, Small.AsSpan(0, 100), sink, i, out _);
        }

        test.Disc.MaySync.Set();
        await sink.WaitAsync(100);

        Assert.That(test.Disc.Syncs - before, Is.LessThanOrEqualTo(2));
        Assert.That(sink.Tickets, Is.EqualTo(Enumerable.Range(0, 100)));
    }

    [Test]
    public async Task Appenders_that_compete_each_keep_their_order_and_no_sequence_is_missing()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        const int Threads = 4;
        const int Each = 5000;
        var sinks = Enumerable.Range(0, Threads).Select(_ => new TicketSink()).ToArray();

        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (var i = 0; i < Each; i++)
            {
                test.Journal.Append(JournalRecordKind.Accounting, [(byte)thread, .. BitConverter.GetBytes(i)], sinks[thread], i, out _);
            }
        });
        await Task.WhenAll(sinks.Select(sink => sink.WaitAsync(Each)));
        var records = await test.ReadAllAsync(limit: 1000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, Threads * Each)));
            foreach (var thread in Enumerable.Range(0, Threads))
            {
                Assert.That(sinks[thread].Tickets, Is.EqualTo(Enumerable.Range(0, Each)));
                Assert.That(
                    records.Where(record => record.Payload[0] == thread).Select(record => BitConverter.ToInt32(record.Payload, 1)),
                    Is.EqualTo(Enumerable.Range(0, Each)));
            }
        }
    }

    [Test]
    public async Task History_alone_reaches_the_disc_by_itself()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();

        test.Journal.Append(JournalRecordKind.Login, Small, null, 0, out _);

        // Nothing asks for a flush: reading waits until the record is durable.
        Assert.That(await test.ReadAllUntilAsync(1), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Appending_allocates_nothing()
    {
        await using var test = new TestJournal();
        await test.OpenAsync(start: false);
        var sink = new TicketSink();
        test.Journal.Append(JournalRecordKind.Accounting, Small, sink, 0, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            test.Journal.Append(JournalRecordKind.Accounting, Small, sink, i, out _);
            test.Journal.Append(JournalRecordKind.Login, Small, null, 0, out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public async Task With_answers_after_the_database_sinks_are_told_when_their_records_are_applied()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        test.Journal.TellSinksWhenApplied = true;
        var sink = new TicketSink();
        for (var i = 1; i <= 10; i++)
        {
            test.Journal.Append(JournalRecordKind.Accounting, Small, sink, i, out _);
        }

        await test.Journal.FlushAsync();
        var durable = sink.Tickets;
        var waiting = test.Journal.WaitAppliedAsync(4, CancellationToken.None);
        test.Journal.NotifyApplied(4);
        await waiting;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(durable, Is.Empty);
            Assert.That(sink.Tickets, Is.EqualTo(new[] { 1, 2, 3, 4 }));
        }
    }

    [Test]
    public async Task What_is_appended_before_the_stop_is_on_disc_after_it_and_nothing_is_taken_then()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var sink = new TicketSink();
        for (var i = 0; i < 100; i++)
        {
            test.Journal.Append(JournalRecordKind.Accounting, Payload(i), sink, i, out _);
        }

        await test.Journal.StoppedAsync(CancellationToken.None);
        var late = test.Journal.Append(JournalRecordKind.Accounting, Small, sink, 100, out var sequence);
        await test.CloseAsync();
        await test.OpenAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((late, sequence), Is.EqualTo((JournalAppend.Closed, 0L)));
            Assert.That(sink.Tickets, Has.Length.EqualTo(100));
            Assert.That(await test.ReadAllAsync(), Has.Count.EqualTo(100));
        }
    }

    [Test]
    public async Task Backlog_counts_what_is_not_applied()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        for (var i = 0; i < 2000; i++)
        {
            test.Append(Small);
        }

        await test.Journal.FlushAsync();
        var full = test.Journal.Backlog;
        using var reader = test.Journal.OpenReader();
        var chunk = await reader.ReadAsync(500, CancellationToken.None);
        test.Journal.NotifyApplied(chunk.Span[^1].Sequence);
        var part = test.Journal.Backlog;
        test.Journal.NotifyApplied(2000);
        var none = test.Journal.Backlog;

        using (Assert.EnterMultipleScope())
        {
            Assert.That((full.Records, full.Octets), Is.EqualTo((2000, 2000 * (Small.Length + JournalFormat.RecordOverhead))));
            Assert.That(chunk.Length, Is.EqualTo(500));
            Assert.That((part.Records, part.Octets), Is.EqualTo((1500, 1500 * (Small.Length + JournalFormat.RecordOverhead))));
            Assert.That(none, Is.EqualTo(default(JournalBacklog)));
        }
    }

    private static byte[] Payload(int i) => Encoding.UTF8.GetBytes(new string('x', i % 300) + i);
}
