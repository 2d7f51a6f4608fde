using System.Text;
using Kiwire.Radius.Secrets;
using Chap = Kiwire.Radius.Secrets.MsChap;

namespace Kiwire.Radius.Tests.MsChap;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class MsChapTests
{
    // RFC 2433, B.2: challenge, password "MyPw", its NT-Response.
    private static readonly byte[] s_challenge = Convert.FromHexString("102DB5DF085D3041");
    private static readonly byte[] s_ntResponse = Convert.FromHexString("4E9D3C8F9CFD385D5BF4D3246791956CA4C351AB409A3D61");

    [Test]
    public void Accepts_the_response_of_RFC_2433_B_2()
    {
        Assert.That(Chap.VerifyV1(s_challenge, Response(flags: 1), "MyPw"u8), Is.True);
    }

    [TestCase("mypw")]
    [TestCase("MyPw ")]
    [TestCase("MyP")]
    [TestCase("")]
    public void Refuses_another_password(string password)
    {
        Assert.That(Chap.VerifyV1(s_challenge, Response(flags: 1), Encoding.UTF8.GetBytes(password)), Is.False);
    }

    [Test]
    public void Refuses_a_response_that_asks_for_its_LAN_Manager_half()
    {
        Assert.That(Chap.VerifyV1(s_challenge, Response(flags: 0), "MyPw"u8), Is.False);
    }

    [Test]
    public void Refuses_every_truncation_and_every_flipped_octet_of_what_counts()
    {
        byte[] response = Response(flags: 1);
        for (int length = 0; length < response.Length; length++)
        {
            Assert.That(Chap.VerifyV1(s_challenge, response.AsSpan(0, length), "MyPw"u8), Is.False, $"{length} octets");
        }

        for (int length = 0; length < s_challenge.Length; length++)
        {
            Assert.That(Chap.VerifyV1(s_challenge.AsSpan(0, length), response, "MyPw"u8), Is.False, $"{length} octets of challenge");
        }

        for (int at = 26; at < response.Length; at++)
        {
            response[at] ^= 0x40;
            Assert.That(Chap.VerifyV1(s_challenge, response, "MyPw"u8), Is.False, $"octet {at}");
            response[at] ^= 0x40;
        }
    }

    // RFC 2433, B.2; RFC 2759, 9.2; and hashes by an independent program.
    [TestCase("MyPw", "FC156AF7EDCD6C0EDDE3337D427F4EAC")]
    [TestCase("clientPass", "44EBBA8D5312B8D611474411F56989AE")]
    [TestCase("", "31D6CFE0D16AE931B73C59D7E0C089C0")]
    [TestCase("p\u00e4ssw\u00f6rd\U0001F600", "A395E2E215E896A8EC4B1657B229F081")]
    public void Hashes_a_password_as_UTF_16(string password, string expected)
    {
        byte[] hash = new byte[Chap.HashLength];

        Chap.NtPasswordHash(Encoding.UTF8.GetBytes(password), hash);

        Assert.That(Convert.ToHexString(hash), Is.EqualTo(expected));
    }

    [Test]
    public void Hashes_passwords_of_every_length_as_their_UTF_16_form()
    {
        const int seed = 2433;
        Random random = new(seed);
        string[] alphabet = ["a", "Z", "7", "\u00e9", "\u4e2d", "\U0001F600"];
        for (int length = 0; length < 200; length++)
        {
            StringBuilder password = new();
            for (int i = 0; i < length; i++)
            {
                password.Append(alphabet[random.Next(alphabet.Length)]);
            }

            byte[] hash = new byte[Chap.HashLength];
            byte[] expected = new byte[Chap.HashLength];
            Chap.NtPasswordHash(Encoding.UTF8.GetBytes(password.ToString()), hash);
            Md4.Hash(Encoding.Unicode.GetBytes(password.ToString()), expected);

            Assert.That(hash, Is.EqualTo(expected), $"length {length}, seed {seed}");
        }
    }

    // The first 8 octets of the LAN Manager hash, then the hash of the NT hash (RFC 2548, 2.4.1; RFC 3079, 2.5.3).
    [TestCase("clientPass", "76A152936096D783" + "41C00C584BD2D91C4017A2A12FA59F3F")]
    public void Makes_MPPE_keys(string password, string expected)
    {
        byte[] keys = new byte[Chap.MppeKeysLength];

        Chap.MppeKeys(Encoding.UTF8.GetBytes(password), keys);

        Assert.That(Convert.ToHexString(keys), Is.EqualTo(expected));
    }

    [TestCase("ABCDEFGHIJKLMN", "E0C510199CC66ABD")]
    [TestCase("abcdefghijklmn", "E0C510199CC66ABD")]
    [TestCase("a", "7584248B8D2C9F9E")]
    [TestCase("", "AAD3B435B51404EE")]
    [TestCase("ABCDEFGHIJKLMNO", "0000000000000000")]
    [TestCase("p\u00e4ssword", "0000000000000000")]
    public void The_first_of_the_MPPE_keys_is_of_the_LAN_Manager_hash(string password, string expected)
    {
        byte[] keys = new byte[Chap.MppeKeysLength];

        Chap.MppeKeys(Encoding.UTF8.GetBytes(password), keys);

        Assert.That(Convert.ToHexString(keys.AsSpan(0, 8)), Is.EqualTo(expected));
    }

    [Test]
    public void Writes_the_error_text_of_RFC_2759_6()
    {
        byte[] challenge = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");

        Assert.That(
            Chap.ErrorText(Chap.AuthenticationFailure, mayRetry: false, challenge, "Wrong name or password"),
            Is.EqualTo("E=691 R=0 C=000102030405060708090A0B0C0D0E0F V=3 M=Wrong name or password"));
    }

    [Test]
    public void Writes_the_error_text_of_RFC_2433_6()
    {
        Assert.That(
            Chap.ErrorText(Chap.AuthenticationFailure, mayRetry: true, s_challenge, "Again"),
            Is.EqualTo("E=691 R=1 C=102DB5DF085D3041 V=2 M=Again"));
    }

    // Identifier, flags, LM-Response (24), NT-Response (24): RFC 2548, 2.1.3.
    private static byte[] Response(byte flags) => [7, flags, .. new byte[24], .. s_ntResponse];
}
