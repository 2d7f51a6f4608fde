using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Network;

[TestFixture]
[Parallelizable(ParallelScope.All)]
public class NasValidatorTests
{
    private readonly NasValidator _validator = new(new NasTypeCatalog([new NasType { Name = "generic", Aliases = ["other"] }]));

    [Test]
    public void Accepts_what_is_right() => Assert.That(_validator.FindFaults(Settings(), creating: true), Is.Empty);

    [Test]
    public void Nothing_needs_to_be_given_on_an_update() => Assert.That(_validator.FindFaults(new NasSettings(), creating: false), Is.Empty);

    [Test]
    public void Says_all_that_is_missing_at_once() =>
        Assert.That(
            _validator.FindFaults(new NasSettings(), creating: true).Select(fault => fault.Field), Is.EquivalentTo(["identity", "address", "secret"]));

    [TestCase("10.0.0.1", "10.0.0.1")]
    [TestCase(" 10.0.0.1 ", "10.0.0.1")]
    [TestCase("10.0.0.1/32", "10.0.0.1")]
    [TestCase("10.1.2.3/8", "10.0.0.0/8")]
    [TestCase("10.1.2.3/9", "10.0.0.0/9")]
    [TestCase("10.255.2.3/12", "10.240.0.0/12")]
    [TestCase("0.0.0.0/0", "0.0.0.0/0")]
    [TestCase("2001:DB8:0::7", "2001:db8::7")]
    [TestCase("2001:db8::7/64", "2001:db8::/64")]
    [TestCase("::ffff:10.1.2.3", "10.1.2.3")]
    [TestCase("::ffff:10.1.2.3/104", "10.0.0.0/8")]
    [TestCase("::/0", "::/0")]
    public void An_address_or_prefix_becomes_canonical(string text, string canonical)
    {
        Assert.That(NasAddress.TryParse(text, out System.Net.IPNetwork network), Is.True);
        Assert.That(NasAddress.ToText(network), Is.EqualTo(canonical));
    }

    [TestCase("")]
    [TestCase("10.1")]
    [TestCase("1")]
    [TestCase("0x0a000001")]
    [TestCase("010.0.0.1")]
    [TestCase("10.0.0.256")]
    [TestCase("10.0.0.1/33")]
    [TestCase("10.0.0.1/-1")]
    [TestCase("10.0.0.1/")]
    [TestCase("10.0.0.1/ 8")]
    [TestCase("2001:db8::/129")]
    [TestCase("[::1]")]
    [TestCase("[::1]:1812")]
    [TestCase("fe80::1%eth0")]
    [TestCase("::ffff:10.0.0.0/90")]
    [TestCase("ap.example.com")]
    [TestCase("0.0.0.0")]
    [TestCase("::")]
    [TestCase("255.255.255.255")]
    [TestCase("224.0.0.1")]
    [TestCase("ff02::1")]
    public void Anything_else_is_refused_with_what_would_be_right(string address)
    {
        FieldFault fault = Only(new NasSettings { Address = address });

        Assert.That(fault.Field, Is.EqualTo("address"));
        Assert.That(fault.Message, Does.Contain($"'{address}'").And.Contain("address"));
    }

    [TestCase("", "empty")]
    [TestCase("  ", "empty")]
    [TestCase("a,b", "comma")]
    [TestCase("None", "no restriction")]
    [TestCase("a\u0007", "control")]
    public void An_identity_that_lists_could_not_name_is_refused(string identity, string why)
    {
        FieldFault fault = Only(new NasSettings { Identity = identity });

        Assert.That(fault.Field, Is.EqualTo("identity"));
        Assert.That(fault.Message, Does.Contain(why));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(65536)]
    public void A_port_is_1_to_65535(int port)
    {
        FieldFault fault = Only(new NasSettings { CoaPort = port });

        Assert.That(fault, Is.EqualTo(new FieldFault("coaPort", $"is {port}; it must be the UDP port for CoA, 1 to 65535 (usually 3799).")));
    }

    [Test]
    public void An_unknown_type_is_refused_with_those_that_are_known()
    {
        FieldFault fault = Only(new NasSettings { Type = "toaster" });

        Assert.That(fault.Message, Is.EqualTo("type is 'toaster', which is not known; it must be one of generic, other."));
    }

    [Test]
    public void An_empty_secret_is_refused() =>
        Assert.That(Only(new NasSettings { Secret = "" }).Message, Does.StartWith("secret is empty"));

    [Test]
    public void A_secret_is_never_in_a_message()
    {
        NasSettings settings = new() { Secret = new string('s', 300) + "hush", Address = "x", Identity = "" };

        string all = string.Join(' ', _validator.FindFaults(settings, creating: true).Select(fault => fault.Message)) + settings;

        Assert.That(all, Does.Not.Contain("hush"));
    }

    private FieldFault Only(NasSettings settings)
    {
        IReadOnlyList<FieldFault> faults = _validator.FindFaults(settings, creating: false);
        Assert.That(faults, Has.Count.EqualTo(1));
        return faults[0];
    }

    private static NasSettings Settings() => new() { Identity = "ap", Address = "192.0.2.1", Secret = "testing123", Type = "GENERIC", CoaPort = 65535 };
}
