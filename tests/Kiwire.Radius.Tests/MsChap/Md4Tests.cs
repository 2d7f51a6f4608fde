using System.Text;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.MsChap;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class Md4Tests
{
    // RFC 1320, A.5.
    [TestCase("", "31d6cfe0d16ae931b73c59d7e0c089c0")]
    [TestCase("a", "bde52cb31de33e46245e05fbdbd6fb24")]
    [TestCase("abc", "a448017aaf21d8525fc10ae87aa6729d")]
    [TestCase("message digest", "d9130a8164549fe818874806e1c7014b")]
    [TestCase("abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9")]
    [TestCase("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4")]
    [TestCase("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "e33b4ddc9c38f2199c3e7b164fcc0536")]
    public void Hashes_the_test_suite_of_RFC_1320(string text, string expected)
    {
        Assert.That(Hash(Encoding.ASCII.GetBytes(text)), Is.EqualTo(expected));
    }

    [TestCase(55, "c889c81dd86c4d2e025778944ea02881")]
    [TestCase(56, "d5f9a9e9257077a5f08b0b92f348b0ad")]
    [TestCase(63, "7ea3da77432d44c323671097d1348fc8")]
    [TestCase(64, "52f5076fabd22680234a3fa9f9dc5732")]
    [TestCase(65, "330e377bf231f3cacfecc2c182fe7e5b")]
    [TestCase(200, "e4720c787792df1ec36423b1f3fb0ee6")]
    public void Hashes_lengths_around_a_block_as_OpenSSL_does(int length, string expected)
    {
        Assert.That(Hash(Encoding.ASCII.GetBytes(new string('a', length))), Is.EqualTo(expected));
    }

    [Test]
    public void Pieces_of_any_size_give_the_hash_of_the_whole()
    {
        const int seed = 1320;
        Random random = new(seed);
        for (int length = 0; length <= 300; length++)
        {
            byte[] data = new byte[length];
            random.NextBytes(data);
            Md4 md4 = Md4.Start();
            for (int at = 0; at < length;)
            {
                int piece = random.Next(1, length - at + 1);
                md4.Append(data.AsSpan(at, piece));
                at += piece;
            }

            byte[] digest = new byte[Md4.HashSize];
            md4.Finish(digest);

            Assert.That(Convert.ToHexStringLower(digest), Is.EqualTo(Hash(data)), $"length {length}, seed {seed}");
        }
    }

    private static string Hash(ReadOnlySpan<byte> data)
    {
        byte[] digest = new byte[Md4.HashSize];
        Md4.Hash(data, digest);
        return Convert.ToHexStringLower(digest);
    }
}
