using Kiwire.Server.Storage;
using Kiwire.Server.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JournalRecoveryTests
{
    private const int TornTail = 921;
    private const int Damaged = 930;
    private const int Missing = 931;

    [Test]
    public async Task A_file_cut_anywhere_in_its_last_records_keeps_those_before()
    {
        byte[][] payloads = [[1], [2, 2], [3, 3, 3], [4, 4, 4, 4]];
        var (file, ends) = await WriteAsync(payloads);

        for (var cut = ends[0]; cut <= ends[^1]; cut++)
        {
            await using var test = new TestJournal();
            Place(test, file, file[..cut]);
            await test.OpenAsync();

            var whole = ends.Count(end => end <= cut);
            Assert.That((await test.ReadAllAsync()).Select(record => record.Payload), Is.EqualTo(payloads[..whole]), $"cut at {cut}");
            Assert.That(test.Log.Entries.Count(entry => entry.Id == TornTail), Is.EqualTo(ends.Contains(cut) ? 0 : 1), $"cut at {cut}");
        }
    }

    [Test]
    public async Task A_torn_tail_in_a_file_with_zeros_behind_it_is_cut_and_the_sequence_goes_on()
    {
        byte[][] payloads = [[1], [2, 2], [3, 3, 3]];
        var (file, ends) = await WriteAsync(payloads);

        for (var cut = ends[1] + 1; cut < ends[2]; cut++)
        {
            await using var test = new TestJournal();
            var torn = file.ToArray();
            torn.AsSpan(cut).Clear();
            torn[cut - 1] |= 1;
            Place(test, file, torn);
            await test.OpenAsync();
            test.Append([9]);
            await test.Journal.FlushAsync();

            var records = await test.ReadAllAsync();
            Assert.That(records.Select(record => record.Sequence), Is.EqualTo(new[] { 1, 2, 3 }), $"cut at {cut}");
            Assert.That(records.Select(record => record.Payload), Is.EqualTo(new byte[][] { [1], [2, 2], [9] }), $"cut at {cut}");
        }
    }

    [Test]
    public async Task A_flipped_bit_anywhere_in_a_record_costs_that_record_alone_and_is_reported()
    {
        byte[][] payloads = [[1, 1, 1], [2, 2, 2], [3, 3, 3]];
        var (file, ends) = await WriteAsync(payloads);

        for (var at = ends[0]; at < ends[1]; at++)
        {
            await using var test = new TestJournal();
            var damaged = file.ToArray();
            damaged[at] ^= 0x10;
            Place(test, file, damaged);
            await test.OpenAsync();

            var records = await test.ReadAllAsync();
            Assert.That(records.Select(record => record.Sequence), Is.EqualTo(new[] { 1, 2, 3 }), $"at {at}");
            Assert.That(
                records.Select(record => record.Kind),
                Is.EqualTo(new[] { JournalRecordKind.Accounting, JournalRecordKind.Damaged, JournalRecordKind.Accounting }),
                $"at {at}");
            Assert.That(records[1].Payload, Is.EqualTo(damaged[ends[0]..ends[1]]), $"at {at}");
            Assert.That(records[2].Payload, Is.EqualTo(payloads[2]), $"at {at}");
            Assert.That(test.Log.Entries.Count(entry => entry.Id == Damaged && entry.Level == LogLevel.Error), Is.EqualTo(1), $"at {at}");
        }
    }

    [Test]
    public async Task Damage_at_the_end_of_an_earlier_segment_does_not_hide_the_next()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var count = await FillSegmentsAsync(test, 3);
        await test.CloseAsync();
        var first = File.ReadAllBytes(test.Segments[0]);
        first.AsSpan(first.Length - 100).Fill(0xEE);
        File.WriteAllBytes(test.Segments[0], first);
        await test.OpenAsync();

        var records = await test.ReadAllAsync();

        Assert.That(records.Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, count)));
        Assert.That(records.Count(record => record.Kind == JournalRecordKind.Damaged), Is.EqualTo(1));
    }

    [Test]
    public async Task Zeros_behind_the_records_of_an_earlier_segment_are_no_damage()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var count = await FillSegmentsAsync(test, 3);
        await test.CloseAsync();
        using (var file = File.OpenWrite(test.Segments[0]))
        {
            file.SetLength(file.Length + 5000);
        }

        await test.OpenAsync();

        Assert.That((await test.ReadAllAsync()).Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, count)));
        Assert.That(test.Log.Entries.Where(entry => entry.Level >= LogLevel.Warning), Is.Empty);
    }

    [Test]
    public async Task A_missing_segment_is_reported_and_the_rest_is_read()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var count = await FillSegmentsAsync(test, 4);
        await test.CloseAsync();
        var firstOfThird = long.Parse(Path.GetFileNameWithoutExtension(test.Segments[2]), System.Globalization.CultureInfo.InvariantCulture);
        File.Delete(test.Segments[1]);
        await test.OpenAsync();

        var records = await test.ReadAllAsync();

        Assert.That(records[^1].Sequence, Is.EqualTo(count));
        Assert.That(records.Select(record => record.Sequence), Does.Contain(firstOfThird));
        Assert.That(test.Log.Entries.Count(entry => entry.Id == Missing), Is.EqualTo(1));
    }

    [Test]
    public async Task A_damaged_header_costs_no_record()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var count = await FillSegmentsAsync(test, 3);
        var id = test.Journal.JournalId;
        await test.CloseAsync();
        var second = File.ReadAllBytes(test.Segments[1]);
        second[20] ^= 1;
        File.WriteAllBytes(test.Segments[1], second);

        await test.OpenAsync();

        Assert.That(test.Journal.JournalId, Is.EqualTo(id));
        Assert.That((await test.ReadAllAsync()).Select(record => record.Sequence), Is.EqualTo(Enumerable.Range(1, count)));
    }

    [Test]
    public async Task Refuses_segments_of_a_newer_program()
    {
        var (file, _) = await WriteAsync([[1]]);
        await using var test = new TestJournal();
        Place(test, file, [.. HeaderOfVersion(2), .. file[JournalFormat.HeaderLength..]]);

        Assert.That(() => test.OpenAsync(start: false), Throws.TypeOf<StartUpException>().With.Message.Contains("version 2"));
    }

    [Test]
    public async Task Refuses_a_segment_of_another_journal()
    {
        var (file, _) = await WriteAsync([[1]]);
        await using var test = new TestJournal();
        await test.OpenAsync();
        test.Append([1]);
        await test.CloseAsync();
        File.WriteAllBytes(Path.Combine(test.Path, "0000000000000000900.journal"), file);

        Assert.That(() => test.OpenAsync(), Throws.TypeOf<StartUpException>().With.Message.Contains("another journal"));
    }

    [Test]
    public async Task Sequences_go_on_after_a_restart_with_everything_applied()
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        var id = test.Journal.JournalId;
        test.Append([1], [2]);
        await test.CloseAsync();
        await test.OpenAsync(applied: 2);
        await test.CloseAsync();
        await test.OpenAsync(applied: 2);

        test.Journal.Append(JournalRecordKind.Accounting, [3], null, 0, out var sequence);

        Assert.That(sequence, Is.EqualTo(3));
        Assert.That(test.Journal.JournalId, Is.EqualTo(id));
    }

    [Test]
    public async Task Numbers_that_the_database_has_seen_never_come_again()
    {
        await using var test = new TestJournal();
        await test.OpenAsync(applied: 500);

        test.Append([1]);
        await test.Journal.FlushAsync();

        Assert.That((await test.ReadAllAsync()).Select(record => record.Sequence), Is.EqualTo(new[] { 501 }));
    }

    private static async Task<int> FillSegmentsAsync(TestJournal test, int segments)
    {
        var count = 0;
        while (test.Segments.Length < segments)
        {
            for (var i = 0; i < 50; i++)
            {
                test.Append(new byte[100 + i]);
                count++;
            }

            await test.Journal.FlushAsync();
        }

        return count;
    }

    // The file of a journal with these records, as it is while the journal runs, and where each record ends.
    private static async Task<(byte[] File, int[] Ends)> WriteAsync(byte[][] payloads)
    {
        await using var test = new TestJournal();
        await test.OpenAsync();
        test.Append(payloads);
        await test.Journal.FlushAsync();
        var end = JournalFormat.HeaderLength;
        int[] ends = [.. payloads.Select(payload => end += JournalFormat.RecordOverhead + payload.Length)];
        using var file = new FileStream(test.Segments[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var octets = new byte[file.Length];
        file.ReadExactly(octets);
        return (octets, ends);
    }

    private static void Place(TestJournal test, byte[] original, byte[] octets)
    {
        Assert.That(JournalFormat.TryReadHeader(original, out var header));
        Directory.CreateDirectory(test.Path);
        foreach (var old in test.Segments)
        {
            File.Delete(old);
        }

        File.WriteAllBytes(Path.Combine(test.Path, $"{header.FirstSequence:d19}.journal"), octets);
    }

    private static byte[] HeaderOfVersion(ushort version)
    {
        var header = new byte[JournalFormat.HeaderLength];
        JournalFormat.WriteHeader(header, new(Guid.NewGuid(), 1, 0));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), version);
        var crc = uint.MaxValue;
        foreach (var octet in header.AsSpan(0, 60))
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, octet);
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(60), ~crc);
        return header;
    }
}
