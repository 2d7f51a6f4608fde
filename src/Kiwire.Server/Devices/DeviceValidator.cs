using Kiwire.Server.Devices.PollSets;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Devices;

/// <summary>What is wrong with a device's settings: each fault names its field and what would be right.</summary>
internal static class DeviceValidator
{
    private const int LongestIdentity = 253;
    private const int LongestWord = 64;
    private const int LongestSecret = 256;
    private const int LongestText = 1000;
    private const int LeastPollSeconds = 10;
    private const int MostPollSeconds = 86_400;

    /// <summary>All faults of what is given.</summary>
    /// <param name="settings">What is given.</param>
    /// <param name="creating">Whether identity and address must be.</param>
    /// <param name="sets">What its mib may name.</param>
    public static IReadOnlyList<FieldFault> FindFaults(DeviceSettings settings, bool creating, PollSetCatalog sets)
    {
        List<FieldFault> faults = [];
        CheckIdentity(settings.Identity, creating, faults);
        CheckAddress(settings.Address, creating, faults);
        if (settings.Type is { } type && type.Trim() is var word && (word.Length is 0 or > LongestWord || word.Any(char.IsControl)))
        {
            faults.Add(new("type", $"has {word.Length} characters or one that is not printable; it must be a word of 1 to {LongestWord} characters, such as router."));
        }

        if (settings.Mac is { } mac && mac.Trim().Length > 0 && !MacAddress.TryParse(mac.Trim(), out _))
        {
            faults.Add(new("mac", $"is '{mac}', which is no MAC address; it must be one such as 02:00:5e:10:00:01, in any notation, or empty."));
        }

        if (settings.SnmpVersion is { } version and not (>= 1 and <= 3))
        {
            faults.Add(new("snmpVersion", $"is {version}; it must be 1, 2 (which is v2c) or 3."));
        }

        CheckMib(settings.Mib, sets, faults);
        CheckSecret("community", settings.Community, faults);
        CheckSecret("password", settings.Password, faults);
        CheckSecret("authenticationPassword", settings.AuthenticationPassword, faults);
        CheckSecret("privacyPassword", settings.PrivacyPassword, faults);
        if (settings.PollSeconds is { } seconds and not 0 and not (>= LeastPollSeconds and <= MostPollSeconds))
        {
            faults.Add(new("pollSeconds", $"is {seconds}; it must be {LeastPollSeconds} to {MostPollSeconds}, or 0 for a device that is not polled."));
        }

        CheckText("description", settings.Description, faults);
        CheckText("location", settings.Location, faults);
        CheckText("username", settings.Username, faults);
        return faults;
    }

    private static void CheckIdentity(string? identity, bool creating, List<FieldFault> faults)
    {
        if (identity is null)
        {
            if (creating)
            {
                faults.Add(new("identity", "is missing; it must be a name that no other device has."));
            }
        }
        else if (NasValidator.FindNameFault(identity) is { } fault)
        {
            faults.Add(new("identity", $"{fault}; it must be the device's name, 1 to {LongestIdentity} octets without a comma."));
        }
    }

    private static void CheckAddress(string? address, bool creating, List<FieldFault> faults)
    {
        const string Right = "it must be an address or host name, with a port where that is not 161: 192.0.2.1, [2001:db8::1]:1161 or switch-1.example:1161.";
        if (address is null)
        {
            if (creating)
            {
                faults.Add(new("address", $"is missing; {Right}"));
            }
        }
        else if (!DeviceAddress.TryParse(address, out _))
        {
            faults.Add(new("address", $"is '{address}'; {Right}"));
        }
    }

    private static void CheckMib(string? mib, PollSetCatalog sets, List<FieldFault> faults)
    {
        string right = $"it must be the name of a poll set, or empty: {string.Join(", ", sets.Sets.Select(set => set.Name))}.";
        if (mib is not null && (mib.Trim().Length > LongestWord || mib.Any(char.IsControl)))
        {
            faults.Add(new("mib", $"has more than {LongestWord} characters or one that is not printable; {right}"));
        }
        else if (mib?.Trim().Length > 0 && !sets.TryGet(mib, out _))
        {
            faults.Add(new("mib", $"is '{mib}', which is not known; {right}"));
        }
    }

    private static void CheckSecret(string field, string? secret, List<FieldFault> faults)
    {
        if (secret is not null && System.Text.Encoding.UTF8.GetByteCount(secret) > LongestSecret)
        {
            faults.Add(new(field, $"has more than {LongestSecret} octets; {LongestSecret} is the most."));
        }
    }

    private static void CheckText(string field, string? text, List<FieldFault> faults)
    {
        if (text?.Length > LongestText)
        {
            faults.Add(new(field, $"has {text.Length} characters; {LongestText} is the most."));
        }
    }
}
