using System.Security.Cryptography;
using System.Text;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class AscendSecretTests
{
    private static readonly byte[] Authenticator = Convert.FromHexString("2aee86f08d0d55969ca5978e0d3367a2");

    [TestCase("")]
    [TestCase("a")]
    [TestCase("sixteen octets !")]
    public void Masks_with_the_hash_of_authenticator_and_secret_and_reveals(string text)
    {
        byte[] plain = Encoding.ASCII.GetBytes(text);
        byte[] expected = MD5.HashData([.. Authenticator, .. "testing123"u8]);
        for (int i = 0; i < plain.Length; i++)
        {
            expected[i] ^= plain[i];
        }

        SharedSecret secret = new("testing123");
        byte[] hidden = new byte[16];
        byte[] revealed = new byte[16];
        AscendSecret.Hide(plain, secret, Authenticator, hidden);
        bool right = AscendSecret.TryReveal(hidden, secret, Authenticator, revealed, out int length);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(hidden, Is.EqualTo(expected));
            Assert.That(right, Is.True);
            Assert.That(revealed[..length], Is.EqualTo(plain));
        }
    }

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(17)]
    public void Refuses_a_value_that_has_not_16_octets(int length)
    {
        Assert.That(AscendSecret.TryReveal(new byte[length], new SharedSecret("s"), Authenticator, new byte[32], out _), Is.False);
    }
}
