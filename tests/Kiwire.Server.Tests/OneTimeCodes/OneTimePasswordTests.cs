using System.Text;
using Kiwire.Server.OneTimeCodes;

namespace Kiwire.Server.Tests.OneTimeCodes;

/// <summary>The codes of RFC 4226 and RFC 6238, and the letters that secrets are written in.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class OneTimePasswordTests
{
    private const string Twenty = "12345678901234567890";

    // RFC 4226, appendix D.
    [TestCase(0, "755224")]
    [TestCase(1, "287082")]
    [TestCase(2, "359152")]
    [TestCase(3, "969429")]
    [TestCase(4, "338314")]
    [TestCase(5, "254676")]
    [TestCase(6, "287922")]
    [TestCase(7, "162583")]
    [TestCase(8, "399871")]
    [TestCase(9, "520489")]
    public void Counters_make_the_codes_of_RFC_4226(long counter, string code) =>
        Assert.That(Code(Twenty, counter, OneTimePasswordAlgorithm.Sha1, 6), Is.EqualTo(code));

    // RFC 6238, appendix B; its secrets are as long as the hashes (errata 2866).
    [TestCase(59L, OneTimePasswordAlgorithm.Sha1, "94287082")]
    [TestCase(59L, OneTimePasswordAlgorithm.Sha256, "46119246")]
    [TestCase(59L, OneTimePasswordAlgorithm.Sha512, "90693936")]
    [TestCase(1111111109L, OneTimePasswordAlgorithm.Sha1, "07081804")]
    [TestCase(1111111109L, OneTimePasswordAlgorithm.Sha256, "68084774")]
    [TestCase(1111111109L, OneTimePasswordAlgorithm.Sha512, "25091201")]
    [TestCase(1111111111L, OneTimePasswordAlgorithm.Sha1, "14050471")]
    [TestCase(1111111111L, OneTimePasswordAlgorithm.Sha256, "67062674")]
    [TestCase(1111111111L, OneTimePasswordAlgorithm.Sha512, "99943326")]
    [TestCase(1234567890L, OneTimePasswordAlgorithm.Sha1, "89005924")]
    [TestCase(1234567890L, OneTimePasswordAlgorithm.Sha256, "91819424")]
    [TestCase(1234567890L, OneTimePasswordAlgorithm.Sha512, "93441116")]
    [TestCase(2000000000L, OneTimePasswordAlgorithm.Sha1, "69279037")]
    [TestCase(2000000000L, OneTimePasswordAlgorithm.Sha256, "90698825")]
    [TestCase(2000000000L, OneTimePasswordAlgorithm.Sha512, "38618901")]
    [TestCase(20000000000L, OneTimePasswordAlgorithm.Sha1, "65353130")]
    [TestCase(20000000000L, OneTimePasswordAlgorithm.Sha256, "77737706")]
    [TestCase(20000000000L, OneTimePasswordAlgorithm.Sha512, "47863826")]
    public void Moments_make_the_codes_of_RFC_6238(long unixSeconds, OneTimePasswordAlgorithm algorithm, string code)
    {
        string secret = algorithm switch
        {
            OneTimePasswordAlgorithm.Sha256 => "12345678901234567890123456789012",
            OneTimePasswordAlgorithm.Sha512 => "1234567890123456789012345678901234567890123456789012345678901234",
            _ => Twenty,
        };

        Assert.That(Code(secret, OneTimePassword.StepOf(unixSeconds * 1000, 30), algorithm, 8), Is.EqualTo(code));
    }

    [TestCase(6, "287082")]
    [TestCase(7, "4287082")]
    [TestCase(8, "94287082")]
    public void A_shorter_code_is_a_longer_ones_end(int digits, string code) =>
        Assert.That(Code(Twenty, 1, OneTimePasswordAlgorithm.Sha1, digits), Is.EqualTo(code));

    // RFC 4648, 10, without padding.
    [TestCase("", "")]
    [TestCase("f", "MY")]
    [TestCase("fo", "MZXQ")]
    [TestCase("foo", "MZXW6")]
    [TestCase("foob", "MZXW6YQ")]
    [TestCase("fooba", "MZXW6YTB")]
    [TestCase("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_as_in_RFC_4648_and_read_again(string clear, string written)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Base32.Write(Encoding.ASCII.GetBytes(clear)), Is.EqualTo(written));
            foreach (string spelt in (string[])[written, written.ToLowerInvariant(), written.PadRight((written.Length + 7) / 8 * 8, '='), string.Join(' ', written.Chunk(2).Select(pair => new string(pair)))])
            {
                Assert.That(Base32.TryRead(spelt, out byte[]? octets), Is.True, spelt);
                Assert.That(octets, Is.EqualTo(Encoding.ASCII.GetBytes(clear)), spelt);
            }
        }
    }

    [TestCase("MZXW6Y1B", TestName = "A_digit_that_is_no_letter_of_it")]
    [TestCase("MZXW6YTB=OI", TestName = "Padding_in_the_middle")]
    [TestCase("A", TestName = "One_character_is_no_octet")]
    [TestCase("MZX", TestName = "Nor_are_three_a_whole_number_of_them")]
    [TestCase("MZ", TestName = "Bits_that_are_left_over_and_not_zero")]
    [TestCase("MÜXW", TestName = "A_letter_of_another_alphabet")]
    public void What_is_no_base_32_is_not_read(string text) => Assert.That(Base32.TryRead(text, out _), Is.False);

    [Test]
    public void Octets_of_any_length_come_back()
    {
        Random random = new(6238);
        for (int length = 0; length <= 130; length++)
        {
            byte[] octets = new byte[length];
            random.NextBytes(octets);

            Assert.That(Base32.TryRead(Base32.Write(octets), out byte[]? read), Is.True, $"{length}");
            Assert.That(read, Is.EqualTo(octets), $"{length}");
        }
    }

    private static string Code(string secret, long factor, OneTimePasswordAlgorithm algorithm, int digits)
    {
        Span<byte> code = stackalloc byte[digits];
        OneTimePassword.Write(Encoding.ASCII.GetBytes(secret), factor, algorithm, code);
        return Encoding.ASCII.GetString(code);
    }
}
