using System.Text;
using System.Text.Json;
using Kiwire.Server.Storage;
using Kiwire.Snmp;

namespace Kiwire.Server.Devices;

/// <summary>
/// Whether what a device is asked with goes together: SNMPv3 needs a user, encrypts only what it authenticates, and has passwords of 8 octets
/// at least (RFC 3414, 11.2). A change that gives none of it is not held up by what was there before.
/// </summary>
internal static class DeviceSecurity
{
    private const int LeastPassword = 8;
    private const int MostUserName = 32;

    /// <summary>All faults.</summary>
    /// <param name="device">As it would be.</param>
    /// <param name="secrets">As they would be.</param>
    /// <param name="given">What is given.</param>
    public static IReadOnlyList<FieldFault> FindFaults(Device device, DeviceSecrets secrets, DeviceSettings given)
    {
        bool isGiven = given.SnmpVersion is not null || given.Username is not null || given.Password is not null
            || given.AuthenticationProtocol is not null || given.AuthenticationPassword is not null
            || given.PrivacyProtocol is not null || given.PrivacyPassword is not null;
        List<FieldFault> faults = [];
        if (isGiven && device.SnmpVersion == 3)
        {
            CheckUser(device, secrets, faults);
        }
        else if (isGiven)
        {
            CheckNone("authenticationProtocol", given.AuthenticationProtocol ?? AuthenticationProtocol.None, AuthenticationProtocol.None, device, faults);
            CheckNone("privacyProtocol", given.PrivacyProtocol ?? PrivacyProtocol.None, PrivacyProtocol.None, device, faults);
        }

        return faults;
    }

    private static void CheckUser(Device device, DeviceSecrets secrets, List<FieldFault> faults)
    {
        int octets = Encoding.UTF8.GetByteCount(device.Username);
        if (octets is 0 or > MostUserName)
        {
            faults.Add(new("username", octets == 0
                ? $"is missing; SNMPv3 asks as a user, so it must be the user's name, 1 to {MostUserName} octets."
                : $"has {octets} octets; an SNMPv3 user's name has 1 to {MostUserName}."));
        }

        if (device.AuthenticationProtocol != AuthenticationProtocol.None)
        {
            CheckPassword("authenticationPassword", secrets.AuthenticationPassword, Word(device.AuthenticationProtocol), faults);
        }

        if (device.PrivacyProtocol == PrivacyProtocol.None)
        {
            return;
        }

        if (device.AuthenticationProtocol == AuthenticationProtocol.None)
        {
            faults.Add(new("privacyProtocol",
                $"is {Word(device.PrivacyProtocol)} without an authenticationProtocol; SNMPv3 encrypts only what it authenticates: give one of md5, sha1, sha224, sha256, sha384 and sha512, or set it to none."));
        }

        CheckPassword("privacyPassword", secrets.PrivacyPassword, Word(device.PrivacyProtocol), faults);
    }

    private static void CheckPassword(string field, string password, string protocol, List<FieldFault> faults)
    {
        int octets = Encoding.UTF8.GetByteCount(password);
        if (octets < LeastPassword)
        {
            faults.Add(new(field, octets == 0
                ? $"is missing; with {protocol} it must be the user's, {LeastPassword} octets at least."
                : $"has fewer than {LeastPassword} octets; SNMPv3 wants {LeastPassword} at least (RFC 3414, 11.2)."));
        }
    }

    private static void CheckNone<T>(string field, T given, T none, Device device, List<FieldFault> faults)
        where T : struct, Enum
    {
        if (!given.Equals(none))
        {
            faults.Add(new(field, $"is {Word(given)} and snmpVersion is {device.SnmpVersion}; only SNMPv3 has it: give snmpVersion 3, or none."));
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
