using System.Net;
using System.Text;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Network;

/// <summary>What is wrong with a NAS's settings: each fault names its field and what would be right.</summary>
internal sealed class NasValidator(NasTypeCatalog types)
{
    /// <summary>An attribute's value holds no more (RFC 2865, 5), and NAS-Identifier is one.</summary>
    private const int LongestIdentity = 253;

    private const int LongestSecret = 256;
    private const int LongestText = 1000;

    /// <summary>All faults of what is given.</summary>
    /// <param name="settings">What is given.</param>
    /// <param name="creating">Whether identity, address and secret must be.</param>
    public IReadOnlyList<FieldFault> FindFaults(NasSettings settings, bool creating)
    {
        List<FieldFault> faults = [];
        CheckIdentity(settings.Identity, creating, faults);
        CheckAddress(settings.Address, creating, faults);
        CheckSecret(settings.Secret, creating, faults);
        if (settings.Type is { } type && !types.TryGet(type, out _))
        {
            faults.Add(new("type", $"is '{type}', which is not known; it must be one of {string.Join(", ", types.Names)}."));
        }

        if (settings.CoaPort is { } port and not (>= 1 and <= 65535))
        {
            faults.Add(new("coaPort", $"is {port}; it must be the UDP port for CoA, 1 to 65535 (usually 3799)."));
        }

        if (settings.RequireMessageAuthenticator is { } policy && !Enum.IsDefined(policy))
        {
            faults.Add(new("requireMessageAuthenticator", "is not known; it must be yes, auto or no."));
        }

        CheckText("location", settings.Location, faults);
        CheckText("server", settings.Server, faults);
        CheckText("description", settings.Description, faults);
        CheckText("community", settings.Community, faults);
        CheckText("username", settings.Username, faults);
        CheckText("password", settings.Password, faults);
        CheckText("uamSecret", settings.UamSecret, faults);
        return faults;
    }

    /// <summary>What is wrong with a name that lists of zones and NAS identities (allowNas) will hold; null: nothing.</summary>
    internal static string? FindNameFault(string name) => name.Trim() switch
    {
        "" => "is empty",
        var text when text.Contains(',', StringComparison.Ordinal) => "has a comma, which separates names in allowNas",
        var text when text.Any(char.IsControl) => "has a control character",
        var text when text.Equals("none", StringComparison.OrdinalIgnoreCase) => "is 'none', which means no restriction in allowNas",
        var text when Encoding.UTF8.GetByteCount(text) > LongestIdentity => $"has more than {LongestIdentity} octets",
        _ => null,
    };

    private static void CheckIdentity(string? identity, bool creating, List<FieldFault> faults)
    {
        if (identity is null)
        {
            if (creating)
            {
                faults.Add(new("identity", "is missing; it must be the NAS's identity, as its NAS-Identifier says it."));
            }
        }
        else if (FindNameFault(identity) is { } fault)
        {
            faults.Add(new("identity", $"{fault}; it must be the NAS's identity, 1 to {LongestIdentity} octets without a comma."));
        }
    }

    private static void CheckAddress(string? address, bool creating, List<FieldFault> faults)
    {
        if (address is null)
        {
            if (creating)
            {
                faults.Add(new("address", "is missing; it must be an address such as 192.0.2.1 or a prefix such as 192.0.2.0/24."));
            }
        }
        else if (!NasAddress.TryParse(address, out IPNetwork network))
        {
            faults.Add(new("address", $"is '{address}', which is neither an address such as 192.0.2.1 or 2001:db8::1 nor a prefix such as 192.0.2.0/24."));
        }
        else if (NasIndex.PrefixBits(network) == 128 && IsNoSource(network.BaseAddress))
        {
            faults.Add(new("address", $"is '{address}', which no packet comes from; it must be the NAS's own address or a prefix that holds it."));
        }
    }

    private static void CheckSecret(string? secret, bool creating, List<FieldFault> faults)
    {
        if (secret is null)
        {
            if (creating)
            {
                faults.Add(new("secret", "is missing; it must be the shared secret that the NAS is configured with."));
            }
        }
        else if (secret.Length == 0)
        {
            faults.Add(new("secret", "is empty; it must have at least one character (RFC 2865, 3), 16 or more of them random."));
        }
        else if (Encoding.UTF8.GetByteCount(secret) > LongestSecret)
        {
            faults.Add(new("secret", $"has more than {LongestSecret} octets; {LongestSecret} is the most."));
        }
    }

    private static void CheckText(string field, string? text, List<FieldFault> faults)
    {
        if (text?.Length > LongestText)
        {
            faults.Add(new(field, $"has {text.Length} characters; {LongestText} is the most."));
        }
    }

    private static bool IsNoSource(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast)
        || address.IsIPv6Multicast
        || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && address.GetAddressBytes()[0] is >= 224 and < 240;
}
