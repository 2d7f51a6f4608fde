using System.Text;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

[Parallelizable(ParallelScope.All)]
public sealed class CipherTests
{
    // FIPS 81, table C1 has key 0123456789abcdef and IV 1234567890abcdef; the pre-IV here is the IV under the salt (RFC 3414, 8.1.1.1).
    private static readonly byte[] Salt = Convert.FromHexString("00000007a5a5a5a5");
    private static readonly byte[] DesKey = [.. Convert.FromHexString("0123456789abcdef"), .. Under(Convert.FromHexString("1234567890abcdef"), Salt)];

    private static readonly byte[] AesPlain = Convert.FromHexString("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");

    [Test]
    public void Des_enciphers_the_example_of_FIPS_81()
    {
        byte[] plain = Encoding.ASCII.GetBytes("Now is the time for all ");
        byte[] cipher = new byte[plain.Length];
        byte[] back = new byte[plain.Length];

        DesCbc.Encrypt(DesKey, Salt, plain, cipher);
        bool whole = DesCbc.TryDecrypt(DesKey, Salt, cipher, back);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convert.ToHexStringLower(cipher), Is.EqualTo("e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6"));
            Assert.That(whole, Is.True);
            Assert.That(back, Is.EqualTo(plain));
        }
    }

    [Test]
    public void Des_pads_to_whole_blocks([Range(1, 24)] int length)
    {
        byte[] plain = AesPlain[..length];
        byte[] cipher = new byte[DesCbc.CipherLength(length)];
        byte[] back = new byte[cipher.Length];

        DesCbc.Encrypt(DesKey, Salt, plain, cipher);
        _ = DesCbc.TryDecrypt(DesKey, Salt, cipher, back);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(cipher.Length % 8, Is.Zero);
            Assert.That(back[..length], Is.EqualTo(plain));
            Assert.That(back[length..], Is.All.Zero);
        }
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(9)]
    public void Des_refuses_what_is_not_whole_blocks(int length)
    {
        Assert.That(DesCbc.TryDecrypt(DesKey, Salt, new byte[length], new byte[16]), Is.False);
    }

    [Test]
    public void Des_takes_a_weak_key_as_any_other()
    {
        byte[] weak = [.. Enumerable.Repeat((byte)1, 8), .. new byte[8]];
        byte[] cipher = new byte[8];
        byte[] twice = new byte[8];

        DesCbc.Encrypt(weak, new byte[8], AesPlain.AsSpan(0, 8), cipher);
        DesCbc.Encrypt(weak, new byte[8], cipher, twice);

        Assert.That(twice, Is.EqualTo(AesPlain[..8]), "a weak key is its own inverse");
    }

    // SP 800-38A, F.3.13, F.3.15 and F.3.17 (CFB128-AES128, -192, -256): IV 000102 ... 0f, which is boots 00010203, time 04050607 and the salt.
    [TestCase("2b7e151628aed2a6abf7158809cf4f3c", "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b")]
    [TestCase("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b", "cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a")]
    [TestCase("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4", "dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407b")]
    public void Aes_enciphers_the_examples_of_SP_800_38A_at_every_length(string key, string expected)
    {
        byte[] secret = Convert.FromHexString(key);
        byte[] salt = Convert.FromHexString("08090a0b0c0d0e0f");
        for (int length = 0; length <= AesPlain.Length; length++)
        {
            byte[] cipher = new byte[length];
            byte[] back = new byte[length];

            AesCfb.Encrypt(secret, 0x00010203, 0x04050607, salt, AesPlain.AsSpan(0, length), cipher);
            AesCfb.Decrypt(secret, 0x00010203, 0x04050607, salt, cipher, back);

            Assert.That(Convert.ToHexStringLower(cipher), Is.EqualTo(expected[..(2 * length)]));
            Assert.That(back, Is.EqualTo(AesPlain[..length]));
        }
    }

    private static byte[] Under(byte[] one, byte[] other) => [.. one.Zip(other, static (a, b) => (byte)(a ^ b))];
}
