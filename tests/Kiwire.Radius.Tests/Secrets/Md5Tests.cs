using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class Md5Tests
{
    [TestCase("", "d41d8cd98f00b204e9800998ecf8427e")]
    [TestCase("a", "0cc175b9c0f1b6a831c399e269772661")]
    [TestCase("abc", "900150983cd24fb0d6963f7d28e17f72")]
    [TestCase("message digest", "f96b697d7cb7938d525a2f31aaf161d0")]
    [TestCase("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b")]
    [TestCase("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f")]
    [TestCase("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "57edf4a22be3c955ac49da2e2107b67a")]
    public void Hashes_the_test_suite_of_RFC_1321_A_5(string text, string digest)
    {
        Assert.That(Hash(Encoding.ASCII.GetBytes(text)), Is.EqualTo(Convert.FromHexString(digest)));
    }

    [Test]
    public void Agrees_with_the_platform_on_every_length_up_to_300_octets()
    {
        Random random = new(1321);
        for (int length = 0; length <= 300; length++)
        {
            byte[] octets = new byte[length];
            random.NextBytes(octets);

            Assert.That(Hash(octets), Is.EqualTo(MD5.HashData(octets)), $"{length} octets");
        }
    }

    [Test]
    public void Agrees_with_the_platform_however_the_octets_are_cut()
    {
        Random random = new(1322);
        for (int length = 0; length <= 300; length++)
        {
            byte[] octets = new byte[length];
            random.NextBytes(octets);
            Md5 md5 = Md5.Start();
            for (int at = 0; at < length;)
            {
                int piece = random.Next(0, Math.Min(length - at, 130) + 1);
                md5.Append(octets.AsSpan(at, piece));
                at += piece;
            }

            byte[] digest = new byte[Md5.HashSize];
            md5.Finish(digest);

            Assert.That(digest, Is.EqualTo(MD5.HashData(octets)), $"{length} octets");
        }
    }

    [Test]
    public void Goes_on_from_a_copy_without_changing_the_original()
    {
        byte[] first = new byte[70];
        byte[] second = [1, 2, 3];
        Md5 original = Md5.Start();
        original.Append(first);
        byte[] digest = new byte[Md5.HashSize];

        Md5 copy = original;
        copy.Append(second);
        copy.Finish(digest);
        original.Finish(first);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(digest, Is.EqualTo(MD5.HashData([.. new byte[70], .. second])));
            Assert.That(first[..16], Is.EqualTo(MD5.HashData(new byte[70])));
        }
    }

    private static byte[] Hash(ReadOnlySpan<byte> octets)
    {
        byte[] digest = new byte[Md5.HashSize];
        Md5.Hash(octets, digest);
        return digest;
    }
}
