using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;
using Kiwire.Radius.Secrets;

namespace Kiwire.Radius.Tests.Dictionaries;

/// <summary>Values as text, by name where they have one.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DictionaryTextTests
{
    [TestCase("Session-Timeout", "3600", "00000e10")]
    [TestCase("Service-Type", "Framed-User", "00000002")]
    [TestCase("Tunnel-Type", ":1:VLAN", "0100000d")]
    [TestCase("Tunnel-Type", "VLAN", "0000000d")]
    [TestCase("Tunnel-Private-Group-Id", ":1:20", "013230")]
    [TestCase("NAS-IP-Address", "192.0.2.1", "c0000201")]
    [TestCase("Mikrotik-Rate-Limit", "1M/2M", "314d2f324d")]
    [TestCase("State", "0x0102", "0102")]
    [TestCase("NAS-IPv6-Address", "2001:db8::1", "20010db8000000000000000000000001")]
    public void Names_and_values_go_both_ways(string name, string text, string octets)
    {
        DictionaryAttribute attribute = RadiusDictionary.BuiltIn.Attribute(name);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(attribute.TryParse(text, default, out byte[]? parsed) ? Convert.ToHexStringLower(parsed) : null, Is.EqualTo(octets));
            Assert.That(attribute.TryFormat(Convert.FromHexString(octets), out string? formatted) ? formatted : null, Is.EqualTo(text));
        }
    }

    [TestCase("Service-Type", "2", "00000002")]
    [TestCase("Service-Type", "framed-user", "00000002")]
    [TestCase("Session-Timeout", "0x10", "00000010")]
    public void Takes_other_spellings_too(string name, string text, string octets)
    {
        Assert.That(
            RadiusDictionary.BuiltIn.Attribute(name).TryParse(text, default, out byte[]? parsed) ? Convert.ToHexStringLower(parsed) : null, Is.EqualTo(octets));
    }

    [TestCase("Service-Type", "Framed")]
    [TestCase("Session-Timeout", "-1")]
    [TestCase("NAS-IP-Address", "2001:db8::1")]
    [TestCase("State", "0x0")]
    public void Refuses_text_that_is_no_value(string name, string text)
    {
        Assert.That(RadiusDictionary.BuiltIn.Attribute(name).TryParse(text, default, out _), Is.False);
    }

    [Test]
    public void Shows_no_secret_but_takes_one()
    {
        DictionaryAttribute password = RadiusDictionary.BuiltIn.Attribute("User-Password");
        var context = new AttributeContext(new SharedSecret("testing123"), new byte[16]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(password.TryFormat(new byte[16], out _), Is.False);
            Assert.That(password.TryParse("wonderland", context, out byte[]? hidden) ? hidden.Length : 0, Is.EqualTo(16));
            Assert.That(password.TryParse("wonderland", default, out _), Is.False);
        }
    }

    [Test]
    public void Names_negative_values()
    {
        DictionaryAttribute attribute = DictionaryLoads.Load("ATTRIBUTE A 200 signed\nVALUE A Less -5").Attribute("A");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(attribute.TryParse("Less", default, out byte[]? octets) ? Convert.ToHexStringLower(octets) : null, Is.EqualTo("fffffffb"));
            Assert.That(attribute.TryFormat([0xff, 0xff, 0xff, 0xfb], out string? text) ? text : null, Is.EqualTo("Less"));
        }
    }
}
