using Kiwire.Server.Accounts;
using Kiwire.Server.Network;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Authentication;

/// <summary>Everything that admission looks at.</summary>
internal readonly ref struct AdmissionFacts
{
    /// <summary>Null: no such account.</summary>
    public required AccountEntry? Account { get; init; }

    /// <summary>The credentials fit the account.</summary>
    public required bool PasswordRight { get; init; }

    public required TenantPolicy Policy { get; init; }

    /// <summary>The place of the login is one of those the account may log in from.</summary>
    public required bool ZoneAdmits { get; init; }

    public required MacAddress Device { get; init; }

    /// <summary>The tenant's, on whose clocks login hours are.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>What the account has used up to this moment, in the window that this moment is in.</summary>
    public required UsageTotals Usage { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long Now { get; init; }
}
