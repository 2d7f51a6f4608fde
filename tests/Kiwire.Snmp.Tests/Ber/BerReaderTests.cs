using Kiwire.Snmp.Ber;

namespace Kiwire.Snmp.Tests.Ber;

[Parallelizable(ParallelScope.All)]
public sealed class BerReaderTests
{
    // X.690, 8.3: minimal; then with octets of sign before it, as agents write integers of a fixed size.
    [TestCase("00", 0)]
    [TestCase("7F", 127)]
    [TestCase("80", -128)]
    [TestCase("FF", -1)]
    [TestCase("0080", 128)]
    [TestCase("00000000000005", 5)]
    [TestCase("FFFFFFFFFFFFFFFFFFFB", -5)]
    [TestCase("00000000000000000000000005", 5)]
    [TestCase("7FFFFFFFFFFFFFFF", long.MaxValue)]
    [TestCase("8000000000000000", long.MinValue)]
    public void Reads_signed_integers_however_many_octets_they_have(string octets, long value)
    {
        Assert.That(BerReader.TryParseSigned(Convert.FromHexString(octets), out long read), Is.True);
        Assert.That(read, Is.EqualTo(value));
    }

    [TestCase("")]
    [TestCase("018000000000000000")]
    [TestCase("008000000000000000")]
    [TestCase("FF7FFFFFFFFFFFFFFF")]
    public void Refuses_signed_integers_of_more_than_64_bits(string octets) => Assert.That(BerReader.TryParseSigned(Convert.FromHexString(octets), out _), Is.False);

    [TestCase("00", 32, 0ul)]
    [TestCase("00FFFFFFFF", 32, 4294967295ul)]
    [TestCase("FFFFFFFF", 32, 4294967295ul, Description = "no leading zero")]
    [TestCase("80", 32, 128ul, Description = "no leading zero")]
    [TestCase("FFFFFFFFF0000000", 32, 4026531840ul, Description = "sign-extended to 64 bits")]
    [TestCase("000000000000000007", 32, 7ul, Description = "nine octets")]
    [TestCase("00FFFFFFFFFFFFFFFF", 64, ulong.MaxValue)]
    [TestCase("FFFFFFFFFFFFFFFF", 64, ulong.MaxValue, Description = "no leading zero")]
    public void Reads_counters_as_what_agents_mean(string octets, int bits, ulong value)
    {
        Assert.That(BerReader.TryParseUnsigned(Convert.FromHexString(octets), bits, out ulong read), Is.True);
        Assert.That(read, Is.EqualTo(value));
    }

    [TestCase("", 32)]
    [TestCase("0100000000", 32)]
    [TestCase("FF7FFFFFFF", 32)]
    [TestCase("010000000000000000", 64)]
    public void Refuses_counters_that_are_too_large(string octets, int bits) => Assert.That(BerReader.TryParseUnsigned(Convert.FromHexString(octets), bits, out _), Is.False);

    [TestCase("0403616263", "616263")]
    [TestCase("048103616263", "616263", Description = "long form where the short would do")]
    [TestCase("048400000003616263", "616263")]
    [TestCase("0400", "")]
    public void Reads_lengths_of_both_forms(string octets, string content)
    {
        BerReader reader = new(Convert.FromHexString(octets));

        Assert.That(reader.TryRead(0x04, out ReadOnlySpan<byte> read), Is.True);
        Assert.That(Convert.ToHexString(read), Is.EqualTo(content));
        Assert.That(reader.IsAtEnd, Is.True);
    }

    [TestCase("")]
    [TestCase("04")]
    [TestCase("04036162", Description = "cut off")]
    [TestCase("0481", Description = "the length is cut off")]
    [TestCase("04820001", Description = "nothing behind the length")]
    [TestCase("0480616200", Description = "indefinite")]
    [TestCase("048500000000016162", Description = "a length of five octets")]
    [TestCase("0484FFFFFFFF61", Description = "a length that would be negative")]
    [TestCase("04847FFFFFFF61", Description = "a length of 2 GiB")]
    [TestCase("1F810161", Description = "a tag of many octets")]
    public void Refuses_elements_that_are_cut_off_or_of_no_definite_length(string octets)
    {
        BerReader reader = new(Convert.FromHexString(octets));

        Assert.That(reader.TryRead(out _, out _), Is.False);
    }

    [TestCase("2B06010201", "1.3.6.1.2.1")]
    [TestCase("2B060102018F51", "1.3.6.1.2.1.2001")]
    [TestCase("2B8FFFFFFF7F", "1.3.4294967295")]
    [TestCase("8837", "2.999")]
    [TestCase("7F", "2.47")]
    [TestCase("2B800680800106", "1.3.6.1.6", Description = "leading zeros within sub-identifiers")]
    [TestCase("", "0.0")]
    public void Reads_object_identifiers(string octets, string id)
    {
        uint[] subIdentifiers = new uint[ObjectId.MaximumLength];

        Assert.That(BerReader.TryParseObjectId(Convert.FromHexString(octets), subIdentifiers, out int count), Is.True);
        Assert.That(new ObjectId(subIdentifiers.AsSpan(0, count)).ToString(), Is.EqualTo(id));
    }

    [TestCase("2B86", Description = "cut off")]
    [TestCase("2B9080808000", Description = "2^32")]
    [TestCase("2BFFFFFFFFFFFFFFFFFFFF7F")]
    [TestCase("80")]
    public void Refuses_object_identifiers_that_are_none(string octets) =>
        Assert.That(BerReader.TryParseObjectId(Convert.FromHexString(octets), new uint[ObjectId.MaximumLength], out _), Is.False);

    [Test]
    public void Refuses_an_object_identifier_of_more_than_128_sub_identifiers()
    {
        byte[] octets = new byte[128];

        Assert.That(BerReader.TryParseObjectId(octets.AsSpan(0, 127), new uint[ObjectId.MaximumLength], out int count), Is.True);
        Assert.That(count, Is.EqualTo(128));
        Assert.That(BerReader.TryParseObjectId(octets, new uint[ObjectId.MaximumLength], out _), Is.False);
    }
}
