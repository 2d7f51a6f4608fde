using System.Security.Cryptography;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class TunnelPasswordTests
{
    private static readonly byte[] Authenticator = Convert.FromHexString("2aee86f08d0d55969ca5978e0d3367a2");

    [Test]
    public void Hides_values_of_every_length_as_RFC_2868_3_5_has_it_and_reveals_them()
    {
        Random random = new(2868);
        for (int length = 0; length <= TunnelPassword.MaximumLength; length++)
        {
            byte[] key = new byte[random.Next(1, 90)];
            byte[] plain = new byte[length];
            random.NextBytes(key);
            random.NextBytes(plain);
            ushort salt = (ushort)(0x8000 | random.Next(0x8000));
            byte[] hidden = new byte[TunnelPassword.HiddenLength(length)];
            byte[] revealed = new byte[TunnelPassword.MaximumLength + 1];

            int written = TunnelPassword.Hide(plain, salt, new SharedSecret(key), Authenticator, hidden);
            bool right = TunnelPassword.TryReveal(hidden, new SharedSecret(key), Authenticator, revealed, out int read);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(written, Is.EqualTo(hidden.Length));
                Assert.That(hidden, Is.EqualTo(HiddenByThePlatform(plain, salt, key)), $"{length} octets");
                Assert.That(right, Is.True);
                Assert.That(revealed[..read], Is.EqualTo(plain), $"{length} octets");
            }
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(17)]
    [TestCase(19)]
    [TestCase(253)]
    public void Refuses_a_value_that_is_not_salt_and_whole_blocks(int length)
    {
        Assert.That(TunnelPassword.TryReveal(new byte[length], new SharedSecret("s"), Authenticator, new byte[256], out _), Is.False);
    }

    [Test]
    public void Refuses_a_length_inside_that_reaches_past_the_blocks()
    {
        SharedSecret secret = new("s");
        byte[] hidden = new byte[18];
        TunnelPassword.Hide(new byte[15], 0x8000, secret, Authenticator, hidden);
        hidden[2] ^= 15 ^ 16;
        byte[] revealed = new byte[16];

        bool right = TunnelPassword.TryReveal(hidden, secret, Authenticator, revealed, out int length);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.False);
            Assert.That(length, Is.Zero);
            Assert.That(revealed, Is.All.Zero);
        }
    }

    [Test]
    public void Gives_salts_with_the_highest_bit_that_differ_from_each_other()
    {
        HashSet<ushort> salts = [];
        for (int i = 0; i < 1000; i++)
        {
            ushort salt = TunnelPassword.NextSalt();

            Assert.That(salt & 0x8000, Is.Not.Zero);
            salts.Add(salt);
        }

        Assert.That(salts, Has.Count.EqualTo(1000));
    }

    private static byte[] HiddenByThePlatform(byte[] plain, ushort salt, byte[] secret)
    {
        byte[] salted = [(byte)(salt >> 8), (byte)salt];
        byte[] padded = new byte[(1 + plain.Length + 15) / 16 * 16];
        padded[0] = (byte)plain.Length;
        plain.CopyTo(padded, 1);
        byte[] before = [.. Authenticator, .. salted];
        for (int at = 0; at < padded.Length; at += 16)
        {
            byte[] mask = MD5.HashData([.. secret, .. before]);
            for (int i = 0; i < 16; i++)
            {
                padded[at + i] ^= mask[i];
            }

            before = padded[at..(at + 16)];
        }

        return [.. salted, .. padded];
    }
}
