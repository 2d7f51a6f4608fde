using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Secrets;

[Parallelizable(ParallelScope.All)]
public sealed class ChapPasswordTests
{
    // RFC 2865, 7.2: the challenge is the Request Authenticator.
    private static readonly byte[] Challenge = Convert.FromHexString("2aee86f08d0d55969ca5978e0d3367a2");
    private static readonly byte[] Value = Convert.FromHexString("16e97557c316185895f293ff6344077275");

    [Test]
    public void Verifies_the_password_of_RFC_2865_7_2()
    {
        Assert.That(ChapPassword.Verify(Value, "arctangent"u8, Challenge), Is.True);
    }

    [Test]
    public void Refuses_it_with_any_octet_changed()
    {
        for (int i = 0; i < Value.Length; i++)
        {
            byte[] changed = [.. Value];
            changed[i] ^= 0x40;

            Assert.That(ChapPassword.Verify(changed, "arctangent"u8, Challenge), Is.False, $"octet {i}");
        }
    }

    [Test]
    public void Refuses_another_password_and_another_challenge()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ChapPassword.Verify(Value, "arctangents"u8, Challenge), Is.False);
            Assert.That(ChapPassword.Verify(Value, ""u8, Challenge), Is.False);
            Assert.That(ChapPassword.Verify(Value, "arctangent"u8, Challenge.AsSpan(1)), Is.False);
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(16)]
    [TestCase(18)]
    public void Refuses_a_value_that_has_not_17_octets(int length)
    {
        Assert.That(ChapPassword.Verify(new byte[length], "arctangent"u8, Challenge), Is.False);
    }
}
