using Kiwire.Snmp;

namespace Kiwire.Server.Devices.Polling;

/// <summary>
/// Makes credentials of what a device is asked with; the same for the same, as thousands of devices have one community, and the keys of a user
/// of SNMPv3 are costly. Bounded: full, they are no longer shared. Safe for concurrent use.
/// </summary>
internal sealed class CredentialsSource
{
    private const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<Key, SnmpCredentials> _shared = [];

    /// <summary>What lets us in.</summary>
    /// <param name="device">The device.</param>
    /// <param name="secrets">Its secrets.</param>
    /// <param name="fault">Why there are none, as a sentence; empty: there are.</param>
    public SnmpCredentials? Find(Device device, DeviceSecrets secrets, out string fault)
    {
        fault = "";
        if (device.SnmpVersion != 3)
        {
            return Share(new Key(device.SnmpVersion, secrets.Community, "", default, "", default, ""));
        }

        Key key = new(
            3, "", device.Username, device.AuthenticationProtocol, device.AuthenticationProtocol == AuthenticationProtocol.None ? "" : secrets.AuthenticationPassword,
            device.PrivacyProtocol, device.PrivacyProtocol == PrivacyProtocol.None ? "" : secrets.PrivacyPassword);
        if (Make(key) is not UsmCredentials { Fault: { } wrong })
        {
            return Share(key);
        }

        fault = $"The device's SNMPv3 settings do not go together. {wrong}";
        return null;
    }

    private SnmpCredentials Share(Key key)
    {
        lock (_lock)
        {
            if (!_shared.TryGetValue(key, out SnmpCredentials? credentials))
            {
                credentials = Make(key);
                if (_shared.Count < Capacity)
                {
                    _shared.Add(key, credentials);
                }
            }

            return credentials;
        }
    }

    private static SnmpCredentials Make(Key key) => key.Version == 3
        ? new UsmCredentials
        {
            User = key.User,
            AuthenticationProtocol = key.Authentication,
            AuthenticationPassword = key.AuthenticationPassword,
            PrivacyProtocol = key.Privacy,
            PrivacyPassword = key.PrivacyPassword,
        }
        : new CommunityCredentials(key.Version == 1 ? SnmpVersion.V1 : SnmpVersion.V2c, key.Community);

    private readonly record struct Key(
        int Version, string Community, string User, AuthenticationProtocol Authentication, string AuthenticationPassword, PrivacyProtocol Privacy, string PrivacyPassword)
    {
        /// <summary>Without secrets.</summary>
        public override string ToString() => $"version {Version}";
    }
}
