using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kiwire.Server.Tenants;

/// <summary>
/// Stops those who guess administrators' passwords, at /api_login and /api/v1/login together. In memory, bounded, forgotten at a restart:
/// <list type="bullet">
/// <item>by address: ten failures within ten minutes, and for ten minutes everything from there is refused without a look. An IPv6 address
/// counts with its /64, which is one customer's.</item>
/// <item>by name, against guesses spread over many addresses: thirty failures of a name within ten minutes, and for one minute it is refused,
/// but not to an address from which that name has logged in within thirty days. So nobody can keep an administrator out of where they
/// work, and nobody out of elsewhere for long. Names that do not exist are counted like others, so that the answer does not tell.</item>
/// </list>
/// </summary>
internal sealed class LoginGuard(TimeProvider time)
{
    public const int FailuresOfAddress = 10;
    public const int FailuresOfName = 30;

    /// <summary>Stands for the name where only a <see cref="LoginCode"/> is sent.</summary>
    public const string NoName = "";

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan AddressShutFor = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan NameShutFor = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan AddressKnownFor = TimeSpan.FromDays(30);

    private readonly AttemptTable _addresses = new(time);
    private readonly AttemptTable _names = new(time);
    private readonly AttemptTable _known = new(time);

    /// <summary>For how long a log-in is refused without a look; zero: it is not.</summary>
    public TimeSpan ShutFor(IPAddress? address, long tenantId, string username)
    {
        TimeSpan ofAddress = _addresses.MarkedFor(KeyOf(address));
        return ofAddress > TimeSpan.Zero || _known.MarkedFor(KeyOf(tenantId, username, address)) > TimeSpan.Zero
            ? ofAddress
            : _names.MarkedFor(KeyOf(tenantId, username));
    }

    /// <summary>Counts a wrong name or password; true where this one shuts the address or the name.</summary>
    public bool Failed(IPAddress? address, long tenantId, string username)
    {
        bool shut = false;
        if (_addresses.Count(KeyOf(address), FailuresOfAddress, Window))
        {
            _addresses.Mark(KeyOf(address), AddressShutFor);
            shut = true;
        }

        if (_names.Count(KeyOf(tenantId, username), FailuresOfName, Window))
        {
            _names.Mark(KeyOf(tenantId, username), NameShutFor);
            shut = true;
        }

        return shut;
    }

    /// <summary>Remembers where a name logs in from. Failures stay counted: whoever has one account may guess at another's.</summary>
    public void Succeeded(IPAddress? address, long tenantId, string username) => _known.Mark(KeyOf(tenantId, username, address), AddressKnownFor);

    private static string KeyOf(long tenantId, string username) =>
        string.Create(CultureInfo.InvariantCulture, $"{tenantId}/{AdministratorStore.KeyOf(username)}");

    private static string KeyOf(long tenantId, string username, IPAddress? address) => $"{KeyOf(tenantId, username)}/{KeyOf(address)}";

    private static string KeyOf(IPAddress? address)
    {
        if (address is null || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address?.ToString() ?? "";
        }

        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }
}
