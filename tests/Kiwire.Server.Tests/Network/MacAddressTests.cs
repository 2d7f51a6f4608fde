using System.Text;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.Network;

/// <summary>accounts.md: MAC addresses in any notation are one value, shown aa:bb:cc:dd:ee:ff.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
public class MacAddressTests
{
    [TestCase("aa:bb:cc:dd:ee:0f")]
    [TestCase("AA-BB-CC-DD-EE-0F")]
    [TestCase("Aa:Bb:cC:dD:Ee:0f")]
    [TestCase("aabb.ccdd.ee0f")]
    [TestCase("AABB.CCDD.EE0F")]
    [TestCase("aabbccddee0f")]
    [TestCase("AABBCCDDEE0F")]
    public void Any_notation_is_one_value(string text)
    {
        Assert.That(MacAddress.TryParse(text, out MacAddress mac), Is.True);
        Assert.That(mac.ToString(), Is.EqualTo("aa:bb:cc:dd:ee:0f"));
    }

    [TestCase("")]
    [TestCase("aa:bb:cc:dd:ee")]
    [TestCase("aa:bb:cc:dd:ee:0f:11")]
    [TestCase("aa:bb-cc:dd:ee:0f", Description = "mixed separators")]
    [TestCase("aa bb cc dd ee 0f")]
    [TestCase("aabb:ccdd:ee0f")]
    [TestCase("aabb-ccdd-ee0f")]
    [TestCase("aabb.ccdd-ee0f")]
    [TestCase("aabbccddee0g")]
    [TestCase("aabbccddee0")]
    [TestCase("aa:bb:cc:dd:ee:0\u00e9")]
    [TestCase("aa:bb:cc:dd:ee:0f:some-ssid")]
    [TestCase("::::::::::::::::0")]
    public void Anything_else_is_not_an_address(string text)
    {
        Assert.That(MacAddress.TryParse(text, out MacAddress mac), Is.False);
        Assert.That(mac.IsNone, Is.True);
    }

    [Test]
    public void All_zeros_is_an_address_and_not_none()
    {
        Assert.That(MacAddress.TryParse("00:00:00:00:00:00", out MacAddress mac), Is.True);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mac.IsNone, Is.False);
            Assert.That(mac, Is.Not.EqualTo(default(MacAddress)));
            Assert.That(mac.ToString(), Is.EqualTo("00:00:00:00:00:00"));
        }
    }

    [Test]
    public void None_is_shown_as_nothing() => Assert.That(default(MacAddress).ToString(), Is.Empty);

    [Test]
    public void Every_truncation_and_every_altered_octet_is_refused_or_another_address()
    {
        byte[] valid = Encoding.ASCII.GetBytes("aa:bb:cc:dd:ee:0f");
        _ = MacAddress.TryParse(valid, out MacAddress original);
        for (int length = 0; length < valid.Length; length++)
        {
            Assert.That(MacAddress.TryParse(valid.AsSpan(0, length), out _), Is.False, $"{length} octets");
        }

        for (int i = 0; i < valid.Length; i++)
        {
            byte[] altered = [.. valid];
            altered[i] ^= 0x01;
            Assert.That(MacAddress.TryParse(altered, out MacAddress mac) && mac == original, Is.False, $"octet {i}");
        }
    }

    [Test]
    public void Random_addresses_survive_being_written_and_read()
    {
        const int seed = 48;
        Random random = new(seed);
        for (int i = 0; i < 1000; i++)
        {
            MacAddress mac = MacAddress.FromBits((ulong)random.NextInt64());

            Assert.That(MacAddress.TryParse(mac.ToString(), out MacAddress read) && read == mac, Is.True, $"seed {seed}: {mac}");
        }
    }
}
