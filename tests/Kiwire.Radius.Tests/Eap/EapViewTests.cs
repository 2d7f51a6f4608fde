using Kiwire.Radius.Eap;

namespace Kiwire.Radius.Tests.Eap;

[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class EapViewTests
{
    // Code, identifier, length, type, "alice": RFC 3748, 4.1 and 5.1.
    private static readonly byte[] s_identity = Convert.FromHexString("0207000A01" + "616C696365");

    [Test]
    public void Reads_an_Identity_response()
    {
        bool read = EapView.TryParse(s_identity, out EapView packet);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.True);
            Assert.That(packet.Code, Is.EqualTo(EapCode.Response));
            Assert.That(packet.Identifier, Is.EqualTo(7));
            Assert.That(packet.Type, Is.EqualTo(EapType.Identity));
            Assert.That(packet.TypeData.ToArray(), Is.EqualTo("alice"u8.ToArray()));
        }
    }

    [TestCase("03070004", EapCode.Success)]
    [TestCase("04070004", EapCode.Failure)]
    public void Reads_Success_and_Failure(string hex, EapCode code)
    {
        bool read = EapView.TryParse(Convert.FromHexString(hex), out EapView packet);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.True);
            Assert.That(packet.Code, Is.EqualTo(code));
            Assert.That(packet.Type, Is.EqualTo(EapType.None));
            Assert.That(packet.TypeData.Length, Is.Zero);
        }
    }

    [Test]
    public void Ignores_what_follows_the_length()
    {
        bool read = EapView.TryParse([.. s_identity, 1, 2, 3], out EapView packet);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.True);
            Assert.That(packet.Octets.ToArray(), Is.EqualTo(s_identity));
        }
    }

    [TestCase("")]
    [TestCase("020700", Description = "no header")]
    [TestCase("02070004", Description = "a Response without a type")]
    [TestCase("0207000B01616C696365", Description = "a length past the end")]
    [TestCase("0307000500", Description = "a Success with data")]
    [TestCase("0007000501", Description = "code 0")]
    [TestCase("0507000501", Description = "code 5")]
    [TestCase("02070003", Description = "a length under the header's")]
    public void Refuses_what_is_not_a_packet(string hex)
    {
        Assert.That(EapView.TryParse(Convert.FromHexString(hex), out _), Is.False);
    }

    [Test]
    public void Refuses_every_truncation()
    {
        for (int length = 0; length < s_identity.Length; length++)
        {
            Assert.That(EapView.TryParse(s_identity.AsSpan(0, length), out _), Is.False, $"{length} octets");
        }
    }

    [Test]
    public void Random_octets_never_do_more_than_fail()
    {
        const int seed = 3748;
        Random random = new(seed);
        byte[] buffer = new byte[64];
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(buffer);
            buffer[0] = (byte)random.Next(6);
            buffer[2] = 0;
            ReadOnlySpan<byte> message = buffer.AsSpan(0, random.Next(buffer.Length));
            if (EapView.TryParse(message, out EapView packet))
            {
                Assert.That(packet.Octets.Length, Is.LessThanOrEqualTo(message.Length), $"seed {seed}");
                _ = packet.TypeData.ToArray();
            }
        }
    }
}
