using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JournalProperties
{
    [Test]
    public async Task What_was_durable_is_read_back_exactly_once_whatever_happened([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        await using var test = new TestJournal();
        Dictionary<long, byte[]> durable = [];
        List<long> read = [];
        var applied = 0L;

        for (var run = 0; run < 5; run++)
        {
            await test.OpenAsync(applied);
            using (var reader = test.Journal.OpenReader())
            {
                for (var step = random.Next(30); step > 0; step--)
                {
                    await AppendSomeAsync(test, random, durable);
                    if (random.Next(2) == 0)
                    {
                        applied = await ApplySomeAsync(test, reader, random, durable, read);
                    }
                }
            }

            await test.CloseAsync();
            if (random.Next(2) == 0)
            {
                LeaveTornTail(test, random);
            }
        }

        await test.OpenAsync(applied);
        read.AddRange((await test.ReadAllAsync()).Select(record => record.Sequence));
        Assert.That(read, Is.EqualTo(durable.Keys.Order()), $"seed {seed}");
    }

    private static async Task AppendSomeAsync(TestJournal test, Random random, Dictionary<long, byte[]> durable)
    {
        for (var i = random.Next(200); i > 0; i--)
        {
            var payload = new byte[random.Next(random.Next(10) == 0 ? 20_000 : 300)];
            random.NextBytes(payload);
            var kind = random.Next(2) == 0 ? JournalRecordKind.Accounting : JournalRecordKind.Login;
            Assert.That(test.Journal.Append(kind, payload, null, 0, out var sequence), Is.EqualTo(JournalAppend.Taken));
            Assert.That(durable.TryAdd(sequence, payload), "no number is given twice");
        }

        await test.Journal.FlushAsync();
    }

    private static async Task<long> ApplySomeAsync(TestJournal test, JournalReader reader, Random random, Dictionary<long, byte[]> durable, List<long> read)
    {
        while (test.Journal.AppliedSequence < test.Journal.DurableSequence && random.Next(20) != 0)
        {
            var chunk = await reader.ReadAsync(1 + random.Next(300), CancellationToken.None);
            foreach (var record in chunk.ToArray())
            {
                read.Add(record.Sequence);
                Assert.That(record.Payload.Span.SequenceEqual(durable[record.Sequence]));
            }

            test.Journal.NotifyApplied(read[^1]);
        }

        return test.Journal.AppliedSequence;
    }

    // As a crash leaves it: half a record behind the last whole one.
    private static void LeaveTornTail(TestJournal test, Random random)
    {
        var records = new byte[1000];
        JournalFormat.WriteRecord(records, 1L << 40, JournalRecordKind.Accounting, new byte[500]);
        JournalFormat.Sign(records.AsSpan(0, 500 + JournalFormat.RecordOverhead));
        var file = File.ReadAllBytes(test.Segments[^1]);
        var end = file.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;

        // Payloads may end in zeros; only behind the last whole record is there room for a torn one.
        using var handle = File.OpenHandle(test.Segments[^1], FileMode.Open, FileAccess.ReadWrite);
        using var cursor = new SegmentCursor(handle, new byte[SegmentCursor.BufferLength], 1) { Offset = JournalFormat.HeaderLength };
        while (cursor.TryRead(file.Length, out _))
        {
        }

        Assert.That(end, Is.LessThanOrEqualTo(cursor.Offset));
        RandomAccess.Write(handle, records.AsSpan(0, 1 + random.Next(400)), cursor.Offset);
    }
}
