using Kiwire.Server.Devices;
using Kiwire.Snmp;

namespace Kiwire.Server.Tests.Devices;

/// <summary>What SNMPv3 needs together (RFC 3411, 3.4.3; RFC 3414, 11.2).</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DeviceSecurityTests
{
    [TestCase(AuthenticationProtocol.None, PrivacyProtocol.None, "", "")]
    [TestCase(AuthenticationProtocol.Sha512, PrivacyProtocol.None, "12345678", "")]
    [TestCase(AuthenticationProtocol.Md5, PrivacyProtocol.Aes256Reeder, "12345678", "87654321")]
    public void A_level_with_all_that_it_needs_is_taken(AuthenticationProtocol authentication, PrivacyProtocol privacy, string password, string privacyPassword) =>
        Assert.That(Find(3, "user", authentication, privacy, password, privacyPassword), Is.Empty);

    [TestCase("", AuthenticationProtocol.None, PrivacyProtocol.None, "", "", "username is missing; SNMPv3 asks as a user, so it must be the user's name, 1 to 32 octets.")]
    [TestCase("é23456789012345678901234567890123", AuthenticationProtocol.None, PrivacyProtocol.None, "", "", "username has 34 octets; an SNMPv3 user's name has 1 to 32.")]
    [TestCase("u", AuthenticationProtocol.Sha256, PrivacyProtocol.None, "", "", "authenticationPassword is missing; with sha256 it must be the user's, 8 octets at least.")]
    [TestCase("u", AuthenticationProtocol.Sha256, PrivacyProtocol.None, "1234567", "", "authenticationPassword has fewer than 8 octets; SNMPv3 wants 8 at least (RFC 3414, 11.2).")]
    [TestCase("u", AuthenticationProtocol.Sha256, PrivacyProtocol.Aes128, "12345678", "", "privacyPassword is missing; with aes128 it must be the user's, 8 octets at least.")]
    [TestCase("u", AuthenticationProtocol.None, PrivacyProtocol.Des, "", "12345678", "privacyProtocol is des without an authenticationProtocol; SNMPv3 encrypts only what it authenticates: give one of md5, sha1, sha224, sha256, sha384 and sha512, or set it to none.")]
    public void What_is_missing_or_too_short_is_named(string user, AuthenticationProtocol authentication, PrivacyProtocol privacy, string password, string privacyPassword, string fault) =>
        Assert.That(Find(3, user, authentication, privacy, password, privacyPassword), Is.EqualTo([fault]));

    [Test]
    public void Below_SNMPv3_a_level_is_refused_when_it_is_given()
    {
        Assert.That(Find(2, "", AuthenticationProtocol.Sha1, PrivacyProtocol.None, "", ""), Is.EqualTo(
            ["authenticationProtocol is sha1 and snmpVersion is 2; only SNMPv3 has it: give snmpVersion 3, or none."]));
    }

    [Test]
    public void The_devices_password_stands_in_for_the_users_and_a_change_of_something_else_is_not_held_up()
    {
        DeviceSettings given = new() { SnmpVersion = 3, Username = "u", Password = "12345678", AuthenticationProtocol = AuthenticationProtocol.Sha1 };
        Device device = Device(3, "u", AuthenticationProtocol.Sha1, PrivacyProtocol.None);

        Assert.That(DeviceSecurity.FindFaults(device, DeviceSecrets.None.With(given), given), Is.Empty);
        Assert.That(DeviceSecurity.FindFaults(device with { Username = "" }, DeviceSecrets.None, new DeviceSettings { Location = "roof" }), Is.Empty);
    }

    private static IEnumerable<string> Find(int version, string user, AuthenticationProtocol authentication, PrivacyProtocol privacy, string password, string privacyPassword)
    {
        DeviceSettings given = new()
        {
            SnmpVersion = version, Username = user, AuthenticationProtocol = authentication, PrivacyProtocol = privacy, AuthenticationPassword = password, PrivacyPassword = privacyPassword,
        };
        return DeviceSecurity.FindFaults(Device(version, user, authentication, privacy), DeviceSecrets.None.With(given), given).Select(fault => fault.Message);
    }

    private static Device Device(int version, string user, AuthenticationProtocol authentication, PrivacyProtocol privacy) => new()
    {
        TenantId = 1, DeviceId = 1, Identity = "a", Address = "192.0.2.1", Type = "generic", SnmpVersion = version, Username = user, AuthenticationProtocol = authentication,
        PrivacyProtocol = privacy,
    };
}
