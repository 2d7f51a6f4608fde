using System.Security.Cryptography;
using System.Text;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

[Parallelizable(ParallelScope.All)]
public sealed class Sha224Tests
{
    private static readonly TestCaseData[] Rfc4231 =
    [
        new(Repeat(0x0b, 20), Encoding.ASCII.GetBytes("Hi There"), "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22"),
        new(Encoding.ASCII.GetBytes("Jefe"), Encoding.ASCII.GetBytes("what do ya want for nothing?"), "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"),
        new(Repeat(0xaa, 20), Repeat(0xdd, 50), "7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea"),
        new(Enumerable.Range(1, 25).Select(static i => (byte)i).ToArray(), Repeat(0xcd, 50), "6c11506874013cac6a2abc1bb382627cec6a90d86efc012de7afec5a"),
        new(Repeat(0xaa, 131), Encoding.ASCII.GetBytes("Test Using Larger Than Block-Size Key - Hash Key First"), "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e"),
    ];

    [TestCase("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [TestCase("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    public void Computes_the_test_vectors_of_RFC_3874_3(string message, string expected)
    {
        Assert.That(Hash(Encoding.ASCII.GetBytes(message)), Is.EqualTo(expected));
    }

    [Test]
    public void Computes_the_hash_of_a_million_a_of_RFC_3874_3_3()
    {
        Assert.That(Hash(Repeat((byte)'a', 1_000_000)), Is.EqualTo("20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67"));
    }

    [TestCaseSource(nameof(Rfc4231))]
    public void Computes_the_HMACs_of_RFC_4231_4(byte[] key, byte[] message, string expected)
    {
        byte[] computed = new byte[Sha224.HashSize];

        _ = Sha224.HmacData(key, message, computed);

        Assert.That(Convert.ToHexStringLower(computed), Is.EqualTo(expected));
    }

    [Test]
    public void Is_right_at_every_length_up_to_200_octets()
    {
        // The SHA-256 of all 201 hashes; computed with Python's hashlib.
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] hash = new byte[Sha224.HashSize];
        for (int length = 0; length <= 200; length++)
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + length))];
            _ = Sha224.HashData(message, hash);
            all.AppendData(hash);
        }

        Assert.That(Convert.ToHexStringLower(all.GetHashAndReset()), Is.EqualTo("de48c42ccfc10bc3a0549002e4e06ef3b43a2c72ee3414f6ac98e151c869643c"));
    }

    private static string Hash(byte[] message)
    {
        byte[] hash = new byte[Sha224.HashSize];
        _ = Sha224.HashData(message, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static byte[] Repeat(byte octet, int times) => [.. Enumerable.Repeat(octet, times)];
}
