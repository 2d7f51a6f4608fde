using Kiwire.Server.Network;
using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>Somebody asks that a code be sent.</summary>
internal sealed record CodeRequest
{
    public required long TenantId { get; init; }

    public required PhoneNumber Phone { get; init; }

    /// <summary>Where the guest asks from, as it was seen; null: by RADIUS, which does not say.</summary>
    public System.Net.IPAddress? Address { get; init; }

    /// <summary>The guest's device; none: not known.</summary>
    public MacAddress Device { get; init; }

    /// <summary>The NAS at which the guest is; 0: not known.</summary>
    public long NasId { get; init; }

    /// <summary>The guest's language; empty: not known.</summary>
    public string Language { get; init; } = "";

    /// <summary>The account that logs in, where it is not one with the number as its name; empty: that one.</summary>
    public string Account { get; init; } = "";
}
