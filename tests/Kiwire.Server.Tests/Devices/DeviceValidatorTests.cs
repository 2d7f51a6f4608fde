using Kiwire.Server.Devices;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Devices;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DeviceValidatorTests
{
    private static readonly PollSetCatalog Sets = PollSetLoader.Load(PollSetLoader.BuiltInFolder, "none");

    [TestCase("192.0.2.1", "192.0.2.1")]
    [TestCase(" 192.0.2.1:161 ", "192.0.2.1")]
    [TestCase("192.0.2.1:1161", "192.0.2.1:1161")]
    [TestCase("2001:DB8::1", "2001:db8::1")]
    [TestCase("[2001:db8:0::1]", "2001:db8::1")]
    [TestCase("[2001:db8::1]:1161", "[2001:db8::1]:1161")]
    [TestCase("::ffff:192.0.2.1", "192.0.2.1")]
    [TestCase("[::ffff:192.0.2.1]:1161", "192.0.2.1:1161")]
    [TestCase("localhost", "localhost")]
    [TestCase("SW-1.Example.ORG:65535", "sw-1.example.org:65535")]
    public void An_address_is_kept_in_one_form(string text, string canonical)
    {
        Assert.That(DeviceAddress.TryParse(text, out DeviceAddress address), Is.True);
        Assert.That(address.ToString(), Is.EqualTo(canonical));
    }

    [TestCase("")]
    [TestCase("10.1")]
    [TestCase("256.1.1.1")]
    [TestCase("010.0.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("192.0.2.0/24")]
    [TestCase("192.0.2.1:0")]
    [TestCase("192.0.2.1:65536")]
    [TestCase("192.0.2.1:")]
    [TestCase("192.0.2.1:+1")]
    [TestCase("[192.0.2.1]:161")]
    [TestCase("[2001:db8::1]x")]
    [TestCase("[2001:db8::1")]
    [TestCase("fe80::1%eth0")]
    [TestCase("2001:db8::zz")]
    [TestCase("-switch")]
    [TestCase("switch-.example")]
    [TestCase("a..b")]
    [TestCase("sw_1")]
    [TestCase("http://switch")]
    public void What_is_no_address_is_refused(string text) => Assert.That(DeviceAddress.TryParse(text, out _), Is.False);

    [Test]
    public void A_host_name_has_at_most_63_octets_a_label_and_253_in_all()
    {
        string label = new('a', 63);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(DeviceAddress.TryParse(label, out _), Is.True);
            Assert.That(DeviceAddress.TryParse(label + "a", out _), Is.False);
            Assert.That(DeviceAddress.TryParse($"{label}.{label}.{label}.{label[..61]}", out _), Is.True);
            Assert.That(DeviceAddress.TryParse($"{label}.{label}.{label}.{label[..62]}", out _), Is.False);
        }
    }

    [Test]
    public void A_device_needs_an_identity_and_an_address() =>
        Assert.That(Fields(new DeviceSettings(), creating: true), Is.EqualTo(["identity", "address"]));

    [Test]
    public void Nothing_given_changes_nothing_and_has_no_fault() => Assert.That(Fields(new DeviceSettings(), creating: false), Is.Empty);

    [Test]
    public void Each_fault_names_its_field_and_none_a_secret()
    {
        string secret = new('s', 257);
        IReadOnlyList<FieldFault> faults = DeviceValidator.FindFaults(
            new DeviceSettings
            {
                Identity = "a,b", Address = "10.1", Type = " ", Mac = "02:00", SnmpVersion = 4, Community = secret, Mib = new string('m', 65), Description = new string('d', 1001),
                Location = new string('l', 1001), Username = new string('u', 1001), Password = secret,
            },
            creating: true,
            Sets);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Select(fault => fault.Field), Is.EquivalentTo(new[]
            {
                "identity", "address", "type", "mac", "snmpVersion", "community", "mib", "description", "location", "username", "password",
            }));
            Assert.That(faults.Select(fault => fault.Message), Has.None.Contains(secret));
            Assert.That(faults.Single(fault => fault.Field == "snmpVersion").Message, Is.EqualTo("snmpVersion is 4; it must be 1, 2 (which is v2c) or 3."));
        }
    }

    [TestCase("no-such-set")]
    [TestCase("if-mib2")]
    public void A_mib_that_no_poll_set_is_called_is_refused_with_those_that_there_are(string mib)
    {
        IReadOnlyList<FieldFault> faults = DeviceValidator.FindFaults(new DeviceSettings { Mib = mib }, creating: false, Sets);

        Assert.That(faults.Single().Message, Is.EqualTo(
            $"mib is '{mib}', which is not known; it must be the name of a poll set, or empty: "
            + "aruba, bridge-mib, cisco, entity-sensor, host-resources, if-mib, mikrotik, ruckus, ubiquiti, ucd."));
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("mikrotik")]
    [TestCase(" MikroTik ")]
    public void A_mib_is_a_poll_sets_name_or_empty(string mib) => Assert.That(Fields(new DeviceSettings { Mib = mib }, creating: false), Is.Empty);

    private static IEnumerable<string> Fields(DeviceSettings settings, bool creating) => DeviceValidator.FindFaults(settings, creating, Sets).Select(fault => fault.Field);
}
