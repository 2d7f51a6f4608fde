namespace Kiwire.Server.Devices;

/// <summary>What a device is asked with; empty: not given. A class, and not a record, so that it does not print them.</summary>
internal sealed class DeviceSecrets(string community, string password, string authenticationPassword, string privacyPassword)
{
    public static DeviceSecrets None { get; } = new("", "", "", "");

    public string Community => community;

    /// <summary>The SNMPv3 user's; the device's password where none is given for this.</summary>
    public string AuthenticationPassword => authenticationPassword.Length > 0 ? authenticationPassword : password;

    public string PrivacyPassword => privacyPassword;

    /// <summary>With what is given in the place of what was.</summary>
    public DeviceSecrets With(DeviceSettings given) => new(
        given.Community ?? community, given.Password ?? password, given.AuthenticationPassword ?? authenticationPassword, given.PrivacyPassword ?? privacyPassword);
}
