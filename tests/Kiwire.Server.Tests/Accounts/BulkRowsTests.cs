using System.Text;
using Kiwire.Server.Accounts.Bulk;

namespace Kiwire.Server.Tests.Accounts;

/// <summary>Files as they are read: RFC 4180, JSON Lines, what is wrong with which line.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BulkRowsTests
{
    private const string Header = "username,password,remark\n";

    [TestCase("username,password,remark\nann,p1,x\nben,p2,y\n")]
    [TestCase("\uFEFFusername,password,remark\r\nann,p1,x\r\nben,p2,y")]
    [TestCase("username;password;remark\nann;p1;x\n\"ben\";\"p2\";y\n")]
    [TestCase("UserName , PASSWORD,remark\n\nann,p1,x\n\nben,p2,y\n\n")]
    [TestCase("remark,username,createdAt,password\nx,ann,2026-01-01,p1\ny,ben,,p2\n")]
    public async Task Understands_each_way_of_writing_the_same(string file)
    {
        List<BulkRow> rows = await ReadCsvAsync(file);

        Assert.That(rows.Select(row => (row.Name, row["password"], row["remark"])), Is.EqualTo(new[] { ("ann", "p1", "x"), ("ben", "p2", "y") }));
        Assert.That(rows, Has.All.Property(nameof(BulkRow.Faults)).Empty);
    }

    [Test]
    public async Task Quotes_hold_separators_quotes_and_ends_of_lines_and_lines_are_counted_on()
    {
        List<BulkRow> rows = await ReadCsvAsync(Header + "ann,p1,\"a, \"\"b\"\"\r\nc\"\r\n\"ben\",\"\",\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0]["remark"], Is.EqualTo("a, \"b\"\r\nc"));
            Assert.That(rows.Select(row => row.Line), Is.EqualTo(new[] { 2, 4 }));
            Assert.That(rows[1]["password"], Is.Empty);
            Assert.That(rows[1].ToSettings().Password, Is.Null, "an empty password is none");
            Assert.That(rows[1].ToSettings().Remark, Is.Empty, "an empty remark is one");
        }
    }

    [TestCase("ann,p1\n", "", "The line has 2 values; the header names 3 fields.")]
    [TestCase("ann,p1,x,y\n", "", "The line has 4 values; the header names 3 fields.")]
    [TestCase("ann,p\"1,x\n", "", "A quote stands inside a value")]
    [TestCase("ann,\"p\"1,x\n", "", "Something stands between a closing quote and the next separator")]
    [TestCase("ann,p1,\"x\n", "", "A quote that begins here is not closed")]
    public async Task A_line_that_cannot_be_read_is_named_and_the_next_is_read(string line, string field, string sentence)
    {
        List<BulkRow> rows = await ReadCsvAsync(Header + "first,p,x\n" + line + "last,p,x\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0].Faults, Is.Empty);
            Assert.That(rows[1].Line, Is.EqualTo(3));
            Assert.That(rows[1].Faults.Single().Field, Is.EqualTo(field));
            Assert.That(rows[1].Faults.Single().Fault, Does.StartWith(sentence));
            Assert.That(rows, Has.Count.EqualTo(line.EndsWith("\"x\n", StringComparison.Ordinal) ? 2 : 3));
        }
    }

    [Test]
    public async Task Octets_that_are_no_UTF8_are_named_by_line_and_field()
    {
        byte[] file = [.. Encoding.UTF8.GetBytes(Header + "ann,p1,"), 0xC3, 0x28, .. "\nben,p2,ü\n"u8];

        List<BulkRow> rows = await AllAsync(CsvRows.ReadAsync(new MemoryStream(file), BulkFields.Users, default));

        Assert.That((rows[0].Line, rows[0].Faults.Single().Message), Is.EqualTo((2, "remark is not UTF-8.")));
        Assert.That(rows[1]["remark"], Is.EqualTo("ü"));
    }

    [TestCase("", "The file is empty; its first line must name the fields.")]
    [TestCase("\uFEFF", "The file is empty; its first line must name the fields.")]
    [TestCase("\nann,p\n", "The first line has a field without a name")]
    [TestCase("ann,p1,x\n", "The first line names 'ann', which is no field; known are username, password")]
    [TestCase("username,password,username\n", "The first line names 'username' twice")]
    [TestCase("password,remark\n", "The first line does not name 'username'; it must.")]
    [TestCase("username,expiry,expiresAt\n", "The first line names both expiry and expiresAt")]
    [TestCase("username,\"pass\n", "The first line cannot be read")]
    public void A_header_that_cannot_be_is_refused_in_words(string file, string sentence) =>
        Assert.That(async () => await ReadCsvAsync(file), Throws.TypeOf<BulkFormatException>().With.Message.StartsWith(sentence));

    [Test]
    public async Task A_record_without_an_end_is_refused_by_its_line_after_what_stands_before_it()
    {
        List<BulkRow> rows = [];
        string file = Header + "ann,p1,x\nben,p2,\"" + string.Join('\n', Enumerable.Repeat("never closed", 20_000));

        BulkFormatException? refused = null;
        try
        {
            await foreach (BulkRow row in CsvRows.ReadAsync(Octets(file), BulkFields.Users, default))
            {
                rows.Add(row);
            }
        }
        catch (BulkFormatException e)
        {
            refused = e;
        }

        Assert.That(rows.Select(row => row.Name), Is.EqualTo(new[] { "ann" }));
        Assert.That(refused?.Message, Is.EqualTo("A record of more than 131072 octets begins at line 3; perhaps a quote is not closed. Nothing from there on was read."));
    }

    [Test]
    public async Task Json_lines_are_read_whatever_their_order_and_the_reader_of_blocks()
    {
        const string File = "\uFEFF{\"username\":\"ann\",\"password\":\"p1\",\"macs\":[\"02:00:00:00:00:01\",\"02:00:00:00:00:02\"]}\r\n\r\n{\"remark\":null,\"password\":\"p\\\"2\",\"username\":\"ben ü\",\"usedSeconds\":5}";

        List<BulkRow> rows = await AllAsync(JsonLineRows.ReadAsync(new OneOctetAtATime(Octets(File)), BulkFields.Users, default));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows.Select(row => (row.Line, row.Name, row["password"], row["macs"], row["remark"])), Is.EqualTo(new[]
            {
                (1L, "ann", "p1", "02:00:00:00:00:01,02:00:00:00:00:02", null), (3L, "ben ü", "p\"2", (string?)null, (string?)null),
            }));
            Assert.That(rows, Has.All.Property(nameof(BulkRow.Faults)).Empty);
        }
    }

    [TestCase("""{"username":"ann","pasword":"p"}""", "pasword is no field; known are username")]
    [TestCase("""{"username":"ann","password":5}""", "password must be a string")]
    [TestCase("""{"username":"ann","macs":[5]}""", "macs must be an array of strings.")]
    [TestCase("""{"username":"ann","remark":"\ud800"}""", "remark must be a string of whole characters.")]
    [TestCase("""{"username":"ann","username":"ben"}""", "The line is no JSON object, or names a field twice")]
    [TestCase("""{"username":"ann","USERNAME":"ben"}""", "username is there twice")]
    [TestCase("""{"username":"ann","expiry":"","expiresAt":""}""", "expiry is there together with expiresAt")]
    [TestCase("""["ann"]""", "The line is no JSON object.")]
    [TestCase("""{"username":"ann","password":"secret-thing""", "The line is no JSON object, or names a field twice (octet")]
    public async Task A_json_line_that_cannot_be_is_named_and_the_next_is_read(string line, string sentence)
    {
        List<BulkRow> rows = await AllAsync(JsonLineRows.ReadAsync(Octets(line + "\n{\"username\":\"ben\"}\n"), BulkFields.Users, default));

        using (Assert.EnterMultipleScope())
        {
            string fault = rows[0].Faults[0].Message.TrimStart();
            Assert.That(fault, Does.StartWith(sentence).And.Not.Contain("secret-thing"));
            Assert.That((rows[1].Line, rows[1].Name), Is.EqualTo((2, "ben")));
        }
    }

    [Test]
    public void A_json_line_without_an_end_is_refused() =>
        Assert.That(
            async () => await AllAsync(JsonLineRows.ReadAsync(Octets("{\"username\":\"ann\"}\n{\"remark\":\"" + new string('x', 200_000)), BulkFields.Users, default)),
            Throws.TypeOf<BulkFormatException>().With.Message.StartsWith("Line 2 has more than 131072 octets."));

    [TestCase("plain", "plain")]
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+60123", "'+60123")]
    [TestCase("-", "'-")]
    [TestCase("@sum", "'@sum")]
    [TestCase("\tx", "'\tx")]
    [TestCase("'quoted", "''quoted")]
    [TestCase("'", "''")]
    [TestCase("", "")]
    public void A_cell_is_no_formula_and_comes_back_as_it_was(string text, string cell)
    {
        Assert.That(SpreadsheetText.Guard(text), Is.EqualTo(cell));
        Assert.That(SpreadsheetText.Unguard(cell), Is.EqualTo(text));
    }

    [TestCase("'tis", ExpectedResult = "'tis")]
    [TestCase("'", ExpectedResult = "'")]
    [TestCase("o'clock", ExpectedResult = "o'clock")]
    public string An_apostrophe_before_anything_else_stays(string cell) => SpreadsheetText.Unguard(cell);

    private static Task<List<BulkRow>> ReadCsvAsync(string file) => AllAsync(CsvRows.ReadAsync(Octets(file), BulkFields.Users, default));

    private static MemoryStream Octets(string file) => new(Encoding.UTF8.GetBytes(file));

    private static async Task<List<BulkRow>> AllAsync(IAsyncEnumerable<BulkRow> rows)
    {
        List<BulkRow> all = [];
        await foreach (BulkRow row in rows)
        {
            all.Add(row);
        }

        return all;
    }

    private sealed class OneOctetAtATime(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, Math.Min(count, 1));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer[..Math.Min(buffer.Length, 1)], cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
