using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class HmacMd5KeyTests
{
    private static readonly TestCaseData[] Rfc2202 =
    [
        new(Repeat(0x0b, 16), Encoding.ASCII.GetBytes("Hi There"), "9294727a3638bb1c13f48ef8158bfc9d"),
        new(Encoding.ASCII.GetBytes("Jefe"), Encoding.ASCII.GetBytes("what do ya want for nothing?"), "750c783e6ab0b503eaa86e310a5db738"),
        new(Repeat(0xaa, 16), Repeat(0xdd, 50), "56be34521d144c88dbb8c733f0e8b3f6"),
        new(Enumerable.Range(1, 25).Select(static i => (byte)i).ToArray(), Repeat(0xcd, 50), "697eaf0aca3a3aea3a75164746ffaa79"),
        new(Repeat(0x0c, 16), Encoding.ASCII.GetBytes("Test With Truncation"), "56461ef2342edc00f9bab995690efd4c"),
        new(Repeat(0xaa, 80), Encoding.ASCII.GetBytes("Test Using Larger Than Block-Size Key - Hash Key First"), "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"),
        new(
            Repeat(0xaa, 80),
            Encoding.ASCII.GetBytes("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
            "6f630fad67cda0ee1fb1f562db3aa53e"),
    ];

    [TestCaseSource(nameof(Rfc2202))]
    public void Computes_the_test_cases_of_RFC_2202_2(byte[] key, byte[] message, string code)
    {
        byte[] computed = new byte[16];

        new HmacMd5Key(key).Compute(message, computed);

        Assert.That(computed, Is.EqualTo(Convert.FromHexString(code)));
    }

    [Test]
    public void Agrees_with_the_platform_on_every_key_up_to_200_octets()
    {
        Random random = new(2104);
        for (int length = 0; length <= 200; length++)
        {
            byte[] key = new byte[length];
            byte[] message = new byte[random.Next(0, 300)];
            random.NextBytes(key);
            random.NextBytes(message);
            byte[] computed = new byte[16];

            new HmacMd5Key(key).Compute(message, computed);

            Assert.That(computed, Is.EqualTo(HMACMD5.HashData(key, message)), $"key of {length}, message of {message.Length} octets");
        }
    }

    private static byte[] Repeat(byte octet, int times)
    {
        byte[] octets = new byte[times];
        Array.Fill(octets, octet);
        return octets;
    }
}
