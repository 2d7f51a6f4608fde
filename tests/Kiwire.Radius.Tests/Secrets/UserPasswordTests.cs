using System.Security.Cryptography;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class UserPasswordTests
{
    private static readonly byte[] Authenticator = Convert.FromHexString("0f403f9473978057bd83d5cb98f4227a");

    [Test]
    public void Hides_the_password_of_RFC_2865_7_1()
    {
        byte[] hidden = new byte[16];

        int length = UserPassword.Hide("arctangent"u8, new SharedSecret("xyzzy5461"), Authenticator, hidden);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(length, Is.EqualTo(16));
            Assert.That(hidden, Is.EqualTo(Convert.FromHexString("0dbe708d93d413ce3196e43f782a0aee")));
        }
    }

    [Test]
    public void Hides_passwords_of_every_length_as_RFC_2865_5_2_has_it_and_reveals_them()
    {
        Random random = new(2865);
        for (int length = 0; length <= UserPassword.MaximumLength; length++)
        {
            byte[] key = new byte[random.Next(1, 90)];
            random.NextBytes(key);
            SharedSecret secret = new(key);
            byte[] password = RandomPassword(random, length);
            byte[] hidden = new byte[UserPassword.HiddenLength(length)];
            byte[] revealed = new byte[UserPassword.MaximumLength];

            int written = UserPassword.Hide(password, secret, Authenticator, hidden);
            bool right = UserPassword.TryReveal(hidden, secret, Authenticator, revealed, out int read);

            using (Assert.EnterMultipleScope())
            {
                Assert.That(written, Is.EqualTo(hidden.Length));
                Assert.That(hidden, Is.EqualTo(HiddenByThePlatform(password, key)), $"{length} octets");
                Assert.That(right, Is.True);
                Assert.That(revealed[..read], Is.EqualTo(password), $"{length} octets");
            }
        }
    }

    [Test]
    public void Reveals_and_hides_in_place()
    {
        SharedSecret secret = new("testing123");
        byte[] octets = new byte[48];
        RandomPassword(new Random(5), 40).CopyTo(octets, 0);
        byte[] password = octets[..40];

        int written = UserPassword.Hide(octets.AsSpan(0, 40), secret, Authenticator, octets);
        bool right = UserPassword.TryReveal(octets, secret, Authenticator, octets, out int read);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Is.EqualTo(48));
            Assert.That(right, Is.True);
            Assert.That(octets[..read], Is.EqualTo(password));
        }
    }

    [Test]
    public void Keeps_NULs_inside_a_password_and_takes_off_those_at_its_end()
    {
        SharedSecret secret = new("testing123");
        byte[] hidden = new byte[16];
        byte[] revealed = new byte[16];

        UserPassword.Hide([1, 0, 2, 0, 0], secret, Authenticator, hidden);
        UserPassword.TryReveal(hidden, secret, Authenticator, revealed, out int length);

        Assert.That(revealed[..length], Is.EqualTo(new byte[] { 1, 0, 2 }));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(15)]
    [TestCase(17)]
    [TestCase(127)]
    [TestCase(129)]
    [TestCase(144)]
    [TestCase(253)]
    public void Refuses_a_value_of_a_length_that_no_password_has(int length)
    {
        bool right = UserPassword.TryReveal(new byte[length], new SharedSecret("s"), Authenticator, new byte[256], out _);

        Assert.That(right, Is.False);
    }

    [Test]
    public void Refuses_a_destination_that_is_too_short_and_an_authenticator_that_is_none()
    {
        SharedSecret secret = new("s");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(UserPassword.TryReveal(new byte[32], secret, Authenticator, new byte[31], out _), Is.False);
            Assert.That(UserPassword.TryReveal(new byte[32], secret, new byte[15], new byte[32], out _), Is.False);
            Assert.That(() => UserPassword.Hide(new byte[129], secret, Authenticator, new byte[256]), Throws.ArgumentException);
            Assert.That(() => UserPassword.Hide(new byte[5], secret, Authenticator, new byte[15]), Throws.ArgumentException);
        }
    }

    private static byte[] RandomPassword(Random random, int length)
    {
        byte[] password = new byte[length];
        for (int i = 0; i < length; i++)
        {
            password[i] = (byte)random.Next(1, 256);
        }

        return password;
    }

    private static byte[] HiddenByThePlatform(byte[] password, byte[] secret)
    {
        byte[] padded = new byte[Math.Max(16, (password.Length + 15) / 16 * 16)];
        password.CopyTo(padded, 0);
        byte[] before = Authenticator;
        for (int at = 0; at < padded.Length; at += 16)
        {
            byte[] mask = MD5.HashData([.. secret, .. before]);
            for (int i = 0; i < 16; i++)
            {
                padded[at + i] ^= mask[i];
            }

            before = padded[at..(at + 16)];
        }

        return padded;
    }
}
